//! Where records begin: what tells a web archive, and where the next record is amid bytes that aren't one.

use std::ops::RangeInclusive;

use super::super::sniff::UTF_8_MARK;
use super::header::{Format, WARC_NAME};
use super::unzip::{GZIP_MAGIC, head_of_gzip, holds_record};

/// Bytes that have to be known behind the beginning of a record by which it is told amid a line.
pub(super) const TOLD_BY_BYTES: usize = 4096;

/// The first line of nearly all WARC records; one is told by half of it, if the rest of the header is there.
const USUAL_VERSION: &[u8] = b"WARC/1.0";

/// Schemes that the address of a record in an ARC file begins with amid a line.
const SCHEMES: [&[u8]; 2] = [b"http://", b"https://"];

/// The format that a file beginning with `head` has, if it is a web archive.
pub(super) fn format_of(head: &[u8]) -> Option<Format> {
    if Format::Warc.begins(head) || has_damaged_version(head) {
        return Some(Format::Warc);
    }
    let is_arc = head.starts_with(b"filedesc://")
        || SCHEMES.iter().any(|scheme| head.starts_with(scheme)) && Format::Arc.begins(head);
    is_arc.then_some(Format::Arc)
}

/// Whether all that is wrong with the WARC record in `head` is its first line.
fn has_damaged_version(head: &[u8]) -> bool {
    let Some((first, rest)) = head.split_at_checked(USUAL_VERSION.len()) else { return false };
    let same = first.iter().zip(USUAL_VERSION).filter(|(a, b)| a == b).count();
    let line_ends = rest.starts_with(b"\r\nWARC-") || rest.starts_with(b"\nWARC-");
    2 * same >= USUAL_VERSION.len() && line_ends && is_complete_header(head)
}

/// Whether the header that `head` begins with says all that a WARC record has to say.
fn is_complete_header(head: &[u8]) -> bool {
    // What is no header at all needn't be read as one.
    let fields =
        memchr::memchr(b'\n', &head[..head.len().min(TOLD_BY_BYTES)]).map_or(head.len(), |end| end + 1);
    let is_field =
        |name: &[u8]| head[fields..].get(..name.len()).is_some_and(|b| b.eq_ignore_ascii_case(name));
    if !is_field(b"WARC-") && !is_field(b"Content-") {
        return false;
    }
    let header = Format::Warc.header(&head[..head.len().min(TOLD_BY_BYTES)]);
    header.is_some_and(|header| header.content_bytes.is_some() && header.date.is_some())
}

/// The format of the web archive that begins with `head`, and whether it is in gzip, whatever stands before its first
/// record that is no content: a byte-order mark, empty lines, an empty member of gzip.
pub(in crate::source) fn web_archive(head: &[u8]) -> Option<(Format, bool)> {
    if !head.starts_with(GZIP_MAGIC) {
        return format_of(without_blank(head)).map(|format| (format, false));
    }
    let first = head_of_gzip(head);
    let first = without_blank(&first);
    if !first.is_empty() {
        return format_of(first).map(|format| (format, true));
    }
    let holds = |format: &Format| members(head, 1..=head.len()).any(|at| holds_record(&head[at..], *format));
    [Format::Warc, Format::Arc].into_iter().find(holds).map(|format| (format, true))
}

/// The format that the file `name` should have by it, and whether it should be in gzip: for one whose beginning is
/// damaged.
pub(in crate::source) fn named_as_web_archive(name: &str) -> Option<(Format, bool)> {
    let name = name.to_ascii_lowercase();
    let endings =
        [(".warc", Format::Warc, false), (".warc.gz", Format::Warc, true), (".arc.gz", Format::Arc, true)];
    let named = endings.into_iter().find(|(ending, ..)| name.ends_with(ending));
    named.map(|(_, format, in_gzip)| (format, in_gzip))
}

/// `bytes` without what may stand between records.
pub(super) fn without_blank(bytes: &[u8]) -> &[u8] {
    &bytes[blank_bytes(bytes)..]
}

/// How many bytes that may stand between records `bytes` begin with: a byte-order mark, ends of lines, blanks, and
/// zeros, with which files are filled up.
pub(super) fn blank_bytes(bytes: &[u8]) -> usize {
    let mark = if bytes.starts_with(UTF_8_MARK) { UTF_8_MARK.len() } else { 0 };
    mark + bytes[mark..].iter().take_while(|b| matches!(b, b'\r' | b'\n' | b' ' | b'\t' | 0)).count()
}

/// What begins where a record is looked for.
#[derive(Clone, Copy)]
pub(super) struct Starts {
    pub format: Format,
    /// Whether members of gzip count too in which a record begins.
    pub members: bool,
}

impl Starts {
    /// Whether a record begins with `head`.
    pub fn begins(self, head: &[u8]) -> bool {
        self.format.begins(head) || self.members && holds_record(head, self.format)
    }

    /// The first place in the part `range` of `bytes` where a record seems to begin. At the beginning of a line a first
    /// line will do, amid a line, where one that was cut may have been joined by another, it takes a whole header.
    pub fn find(self, bytes: &[u8], range: RangeInclusive<usize>) -> Option<usize> {
        let record = match self.format {
            Format::Warc => find_warc(bytes, range.clone()),
            Format::Arc => find_arc(bytes, range.clone()),
        };
        let range = *range.start()..=record.unwrap_or(*range.end());
        let member = self.members.then(|| members(bytes, range)).into_iter().flatten();
        member.into_iter().find(|&at| holds_record(&bytes[at..], self.format)).or(record)
    }
}

/// Where members of gzip may begin in the part `range` of `bytes`.
fn members(bytes: &[u8], range: RangeInclusive<usize>) -> impl Iterator<Item = usize> {
    find_all(bytes, GZIP_MAGIC, range)
}

/// Where `sought` begins in the part `range` of `bytes`.
fn find_all<'a>(
    bytes: &'a [u8],
    sought: &'a [u8],
    range: RangeInclusive<usize>,
) -> impl Iterator<Item = usize> + 'a {
    let end = range.end().saturating_add(sought.len()).min(bytes.len());
    let start = (*range.start()).min(end);
    memchr::memmem::find_iter(&bytes[start..end], sought).map(move |at| start + at)
}

fn find_warc(bytes: &[u8], range: RangeInclusive<usize>) -> Option<usize> {
    find_all(bytes, WARC_NAME, range).find(|&at| {
        let begins_line = at == 0 || bytes[at - 1] == b'\n';
        Format::Warc.begins(&bytes[at..]) && (begins_line || is_complete_header(&bytes[at..]))
    })
}

fn find_arc(bytes: &[u8], range: RangeInclusive<usize>) -> Option<usize> {
    let mut line = 0;
    while line <= *range.end() && line < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[line..]).map_or(bytes.len(), |end| line + end + 1);
        let record = arc_start(&bytes[line..end]).map(|at| line + at);
        if let Some(at) = record.filter(|at| range.contains(at)) {
            return Some(at);
        }
        line = end;
    }
    None
}

/// Where in `line` the line before a record of an ARC file begins.
fn arc_start(line: &[u8]) -> Option<usize> {
    if Format::Arc.begins(line) {
        return Some(0);
    }
    let at = SCHEMES.iter().filter_map(|scheme| memchr::memmem::rfind(line, scheme)).max()?;
    Format::Arc.begins(&line[at..]).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str =
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2014-02-16T05:02:21Z\r\nContent-Length: 3\r\n\r\n";

    #[track_caller]
    fn found(format: Format, bytes: &str) -> Option<usize> {
        Starts { format, members: false }.find(bytes.as_bytes(), 0..=bytes.len())
    }

    #[test]
    fn records_are_found_at_the_beginnings_of_lines_and_whole_ones_amid_them() {
        assert_eq!(found(Format::Warc, "see WARC/1.0\nWARC/1.1\r\n"), Some(13));
        assert_eq!(found(Format::Warc, "WARC/1.0 is a format\nof archives"), None);
        assert_eq!(found(Format::Warc, &format!("<p>the harb{HEADER}abc")), Some(11));
        assert_eq!(found(Format::Warc, &format!("<p>the harb{}", &HEADER[..60])), None);
        let line = "http://a.example/ 1.2.3.4 20140216050221 text/html 12\n";
        assert_eq!(found(Format::Arc, &format!("<p>text\n{line}")), Some(8));
        assert_eq!(found(Format::Arc, &format!("<p>the harb{line}")), Some(11));
    }

    #[test]
    fn a_web_archive_is_told_whatever_stands_before_it() {
        let warc = Some((Format::Warc, false));
        for before in ["", "\r\n\r\n", "\u{feff}", "\0\0\0"] {
            assert_eq!(web_archive(format!("{before}{HEADER}").as_bytes()), warc, "{before:?}");
        }
        assert_eq!(web_archive(HEADER.replace("WARC/1.0", "XXXX/1.0").as_bytes()), warc);
        assert_eq!(web_archive(HEADER.replace("WARC/1.0", "warc/1.0").as_bytes()), warc);
        let line = "http://a.example/ 1.2.3.4 20140216050221 text/html 12\n";
        assert_eq!(web_archive(line.as_bytes()), Some((Format::Arc, false)));
        for other in [format!("A record begins so:\n{HEADER}"), "WARC/1.0 is a format\n".to_owned()] {
            assert_eq!(web_archive(other.as_bytes()), None, "{other}");
        }
    }
}
