//! The headers of records of web archives, and of the answers of web servers in them.

use std::net::IpAddr;

/// Longest header that is read, in bytes: some tools put what they know of a page into it.
pub(super) const MAX_HEADER_BYTES: usize = 1 << 20;

/// Longest line before a record of an ARC file, in bytes.
const MAX_ARC_LINE_BYTES: usize = 1 << 13;

/// What the first line of a WARC record begins with.
pub(super) const WARC_NAME: &[u8] = b"WARC/";

/// Longest first line of a WARC record, in bytes.
pub(super) const MAX_VERSION_LINE_BYTES: usize = 16;

/// Most lines that are looked at for the beginning of another record at their end.
const MAX_SUSPECTED_LINES: usize = 4;

/// What records look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// WARC of any version.
    Warc,
    /// ARC of version 1 or 2.
    Arc,
}

/// What stands before a record's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Its own length, in bytes.
    pub bytes: usize,
    /// How long the content should be, in bytes, if it is said.
    pub content_bytes: Option<u64>,
    /// What kind of record it is, in small letters: `response` for all of an ARC file but its first.
    pub kind: String,
    /// The address.
    pub uri: Option<String>,
    /// When it was captured, as written.
    pub date: Option<String>,
    /// The media type of the content.
    pub media_type: Option<String>,
    /// All lines, of a WARC file.
    pub fields: Fields,
}

impl Format {
    /// Whether `head` looks like the beginning of a record.
    #[must_use]
    pub fn begins(self, head: &[u8]) -> bool {
        match self {
            Self::Warc => is_version_line(head),
            Self::Arc => ArcLine::read(head).is_some(),
        }
    }

    /// The header that `head` begins with.
    pub(super) fn header(self, head: &[u8]) -> Option<Header> {
        match self {
            Self::Warc => warc_header(head),
            Self::Arc => arc_header(head),
        }
    }
}

/// Whether `head` begins with the first line of a WARC record, which holds the version alone.
fn is_version_line(head: &[u8]) -> bool {
    let start = &head[..head.len().min(MAX_VERSION_LINE_BYTES)];
    let line = start.split(|&b| b == b'\n').next().unwrap_or_default();
    let Some((name, version)) = line.split_at_checked(WARC_NAME.len()) else { return false };
    let mut numbers = version.trim_ascii_end().split(|&b| b == b'.');
    let mut is_number = || numbers.next().is_some_and(|n| !n.is_empty() && n.iter().all(u8::is_ascii_digit));
    name.eq_ignore_ascii_case(WARC_NAME) && is_number() && is_number() && numbers.next().is_none()
}

fn warc_header(head: &[u8]) -> Option<Header> {
    let (bytes, fields) = Fields::read(head)?;
    if fields.run_into_another_record() {
        return None;
    }
    let value = |name: &str| fields.get(name).map(str::to_owned);
    let uri = fields.get("WARC-Target-URI").map(|uri| without_brackets(uri).to_owned());
    Some(Header {
        bytes,
        content_bytes: fields.get("Content-Length").and_then(|length| length.parse().ok()),
        kind: fields.get("WARC-Type").or(message_type(&fields))?.to_ascii_lowercase(),
        uri,
        date: value("WARC-Date"),
        media_type: value("Content-Type"),
        fields,
    })
}

/// An address or id without the angle brackets that some writers put around it.
pub(super) fn without_brackets(uri: &str) -> &str {
    uri.trim_start_matches('<').trim_end_matches('>')
}

/// What a record without a type is by its content, a server's answer or the request for it.
fn message_type(fields: &Fields) -> Option<&str> {
    let (_, kind) = fields.get("Content-Type")?.split_once("msgtype=")?;
    Some(kind.trim())
}

fn arc_header(head: &[u8]) -> Option<Header> {
    let line = ArcLine::read(head)?;
    Some(Header {
        bytes: line.bytes,
        content_bytes: Some(line.length.parse().ok()?),
        kind: if line.uri.starts_with("filedesc:") { "warcinfo".into() } else { "response".into() },
        uri: Some(line.uri),
        date: Some(line.date),
        media_type: Some(line.media_type),
        fields: Fields::default(),
    })
}

/// Whether `head` begins as the line before a record of an ARC file does, with an address and that of its server,
/// whatever became of the rest.
pub(super) fn begins_as_arc_line(head: &[u8]) -> bool {
    let line = head[..head.len().min(MAX_ARC_LINE_BYTES)].split(|&b| b == b'\n').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    let mut words = line.split(' ');
    words.next().is_some_and(|uri| uri.contains(':')) && words.any(|word| word.parse::<IpAddr>().is_ok())
}

/// Whether `rest`, all that there is behind a record of an ARC file, may be the line before another that is cut in its
/// address.
pub(super) fn is_cut_arc_line(rest: &[u8]) -> bool {
    let line = String::from_utf8_lossy(rest);
    let scheme = line.split(':').next().unwrap_or_default();
    rest.len() < MAX_ARC_LINE_BYTES && !line.contains('\n') && is_scheme(scheme)
}

/// Whether an address may begin with `text` and a colon.
fn is_scheme(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
}

/// The line before a record of an ARC file, whose length may make no sense.
struct ArcLine {
    bytes: usize,
    uri: String,
    date: String,
    media_type: String,
    length: String,
}

impl ArcLine {
    /// Reads address, IP, date, media type and length. Addresses may have spaces in them, so it is read from its
    /// end.
    fn read(head: &[u8]) -> Option<Self> {
        let end = memchr::memchr(b'\n', &head[..head.len().min(MAX_ARC_LINE_BYTES)])?;
        let line = String::from_utf8_lossy(&head[..end]);
        let words: Vec<&str> = line.trim_end_matches('\r').split(' ').collect();
        let follows_ip =
            |at: &usize| at.checked_sub(1).is_some_and(|before| words[before].parse::<IpAddr>().is_ok());
        // Some writers give dates with fractions of a second, others without a time, which other numbers look like.
        let is_date = |at: &usize| {
            let Some(date) = words.get(*at).filter(|date| date.bytes().all(|b| b.is_ascii_digit())) else {
                return false;
            };
            match date.len() {
                14..=18 => true,
                8 | 10 | 12 => follows_ip(at),
                _ => false,
            }
        };
        // Version 2 has five more words between type and length.
        let usual = [3, 8].into_iter().filter_map(|back| words.len().checked_sub(back)).find(is_date);
        // A media type may have spaces in it too; then the address of the server tells where the date is.
        let date =
            usual.or_else(|| (2..words.len().saturating_sub(2)).rev().filter(is_date).find(follows_ip))?;
        let uri = words.get(..date.checked_sub(1)?)?;
        if uri.iter().any(|word| word.parse::<IpAddr>().is_ok()) {
            // The line is cut, and another's goes on with it.
            return None;
        }
        let uri = uri.join(" ");
        if !is_scheme(uri.split_once(':')?.0) {
            return None;
        }
        let word = |at: usize| words.get(at).map(|&word| word.to_owned());
        Some(Self {
            bytes: end + 1,
            date: word(date)?,
            media_type: if usual.is_some() {
                word(date + 1)?
            } else {
                words[date + 1..words.len() - 1].join(" ")
            },
            length: word(words.len() - 1)?,
            uri,
        })
    }
}

/// Lines of a header, each a name and a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields {
    lines: Vec<(String, String)>,
}

impl Fields {
    /// The header that `head` begins with: a first line and fields up to an empty line. Its length, and the fields.
    pub fn read(head: &[u8]) -> Option<(usize, Self)> {
        Self::read_until(head, |_| false)
    }

    /// The same, up to an empty line or before what `begins_content`.
    pub fn read_until(head: &[u8], begins_content: impl Fn(&[u8]) -> bool) -> Option<(usize, Self)> {
        let mut lines: Vec<(String, String)> = Vec::new();
        let mut at = 0;
        let mut is_first = true;
        loop {
            let rest = &head[at..];
            if begins_content(rest) {
                return Some((at, Self { lines }));
            }
            let end = memchr::memchr(b'\n', rest)?;
            let line = rest[..end].strip_suffix(b"\r").unwrap_or(&rest[..end]);
            at += end + 1;
            if line.is_empty() {
                return Some((at, Self { lines }));
            }
            if std::mem::take(&mut is_first) {
                continue;
            }
            if is_version_line(rest) {
                // The header is cut off, and another record begins.
                return None;
            }
            let line = String::from_utf8_lossy(line);
            match (line.starts_with([' ', '\t']), lines.last_mut()) {
                (true, Some((_, value))) => {
                    if !value.is_empty() {
                        value.push(' ');
                    }
                    value.push_str(line.trim());
                }
                _ => {
                    let (name, value) = line.split_once(':').unwrap_or((&line, ""));
                    lines.push((name.trim().to_owned(), value.trim().to_owned()));
                }
            }
        }
    }

    /// The value of the first field called `name`, in letters of any size.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.lines.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Whether a line is cut and the next record begins amid it, so that what follows are the fields of that one. An
    /// address may end in a version too, but then the record doesn't say twice what it is.
    fn run_into_another_record(&self) -> bool {
        let ends_in_version =
            |text: &str| text.rfind("WARC/").is_some_and(|at| is_version_line(&text.as_bytes()[at..]));
        let suspected = self
            .lines
            .iter()
            .enumerate()
            .filter(|(_, (name, value))| ends_in_version(if value.is_empty() { name } else { value }));
        let is_again = |name: &str, later: &[(String, String)]| {
            later.iter().any(|(known, _)| known.eq_ignore_ascii_case(name))
        };
        suspected.take(MAX_SUSPECTED_LINES).any(|(at, (name, value))| {
            let (before, later) = self.lines.split_at(at + 1);
            value.is_empty()
                || is_again(name, later)
                || is_again("WARC-Type", before) && is_again("WARC-Type", later)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_of_a_warc_record_is_read() {
        let head = b"WARC/1.0\r\nwarc-type: Response\r\nWARC-Target-URI: <http://a.example/>\r\nX: a\r\n b\r\nContent-Length: 7\r\n\r\n1234567";
        let header = Format::Warc.header(head).unwrap();
        assert_eq!((header.content_bytes, header.kind.as_str()), (Some(7), "response"));
        assert_eq!(header.uri.as_deref(), Some("http://a.example/"));
        assert_eq!(header.fields.get("x"), Some("a b"));
        let folded = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI:\r\n http://a.example/\r\n\r\n";
        assert_eq!(Format::Warc.header(folded).unwrap().uri.as_deref(), Some("http://a.example/"));
        assert_eq!(&head[header.bytes..], b"1234567");
        let without = Format::Warc.header(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n").unwrap();
        assert_eq!(without.content_bytes, None);
        assert_eq!(Format::Warc.header(b"WARC/1.0\r\nContent-Length: 7\r\n\r\n"), None);
    }

    #[test]
    fn a_header_that_is_cut_does_not_run_into_the_next() {
        let whole = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/WARC/1.0\r\nContent-Length: 7\r\n\r\n";
        assert!(Format::Warc.header(whole.as_bytes()).is_some());
        for cut in 10..whole.len() - 2 {
            let appended = [&whole.as_bytes()[..cut], whole.as_bytes()].concat();
            assert_eq!(Format::Warc.header(&appended), None, "{cut}");
        }
    }

    #[test]
    fn a_line_of_an_arc_file_is_read_with_spaces_in_its_address() {
        let line = b"http://a.example/a b.html 1.2.3.4 20140216050221 text/html 12\nHTTP/1.1 200";
        let header = Format::Arc.header(line).unwrap();
        assert_eq!(header.uri.as_deref(), Some("http://a.example/a b.html"));
        assert_eq!((header.content_bytes, header.date.as_deref()), (Some(12), Some("20140216050221")));
        let second = b"http://a.example/ 1.2.3.4 20140216050221 text/html 200 ck - 77 a.arc.gz 12\n";
        assert_eq!(Format::Arc.header(second).unwrap().content_bytes, Some(12));
        let typed = b"http://a.example/ 1.2.3.4 20140216050221 text/html; charset=utf-8 12\n";
        assert_eq!(
            Format::Arc.header(typed).unwrap().media_type.as_deref(),
            Some("text/html; charset=utf-8")
        );
        assert_eq!(Format::Arc.header(b"a line of text with 5 words\n"), None);
        for date in ["20140216", "201402160502"] {
            for line in ["text/html 12\n", "text/html 200 ck - 12345678 a.arc.gz 12\n"] {
                let line = format!("http://a.example/ 1.2.3.4 {date} {line}");
                assert_eq!(
                    Format::Arc.header(line.as_bytes()).unwrap().date.as_deref(),
                    Some(date),
                    "{line}"
                );
            }
        }
        assert_eq!(Format::Arc.header(b"Note: of the 20140216 report 12\n"), None);
    }

    #[test]
    fn a_line_of_an_arc_file_may_be_cut_in_its_address() {
        for cut in ["h", "http:", "http://a.example/a b.html 1.2"] {
            assert!(is_cut_arc_line(cut.as_bytes()), "{cut}");
        }
        for other in ["", "two words: and more", "</p>", "http://a.example/\nmore"] {
            assert!(!is_cut_arc_line(other.as_bytes()), "{other}");
        }
    }
}
