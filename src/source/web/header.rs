//! The headers of records of web archives, and of the answers of web servers in them.

/// Longest header that is read, in bytes.
pub(super) const MAX_HEADER_BYTES: usize = 1 << 16;

/// Longest line before a record of an ARC file, in bytes.
const MAX_ARC_LINE_BYTES: usize = 1 << 13;

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
    /// How long the content should be, in bytes.
    pub content_bytes: u64,
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
            Self::Warc => head.starts_with(b"WARC/1.") || head.starts_with(b"WARC/0."),
            Self::Arc => ArcLine::read(head).is_some(),
        }
    }

    /// The first place in `bytes`, at the beginning of a line, where a record seems to begin.
    #[must_use]
    pub fn find_start(self, bytes: &[u8]) -> Option<usize> {
        if self.begins(bytes) {
            return Some(0);
        }
        let mut lines = memchr::memchr_iter(b'\n', bytes).map(|end| end + 1);
        lines.find(|&at| self.begins(&bytes[at..]))
    }

    /// The header that `head` begins with.
    pub(super) fn header(self, head: &[u8]) -> Option<Header> {
        match self {
            Self::Warc => warc_header(head),
            Self::Arc => arc_header(head),
        }
    }
}

fn warc_header(head: &[u8]) -> Option<Header> {
    let (bytes, fields) = Fields::read(head)?;
    let value = |name: &str| fields.get(name).map(str::to_owned);
    // Some writers put addresses in angle brackets.
    let uri =
        value("WARC-Target-URI").map(|uri| uri.trim_start_matches('<').trim_end_matches('>').to_owned());
    Some(Header {
        bytes,
        content_bytes: fields.get("Content-Length")?.parse().ok()?,
        kind: fields.get("WARC-Type")?.to_ascii_lowercase(),
        uri,
        date: value("WARC-Date"),
        media_type: value("Content-Type"),
        fields,
    })
}

fn arc_header(head: &[u8]) -> Option<Header> {
    let line = ArcLine::read(head)?;
    Some(Header {
        bytes: line.bytes,
        content_bytes: line.length.parse().ok()?,
        kind: if line.uri.starts_with("filedesc:") { "warcinfo".into() } else { "response".into() },
        uri: Some(line.uri),
        date: Some(line.date),
        media_type: Some(line.media_type),
        fields: Fields::default(),
    })
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
        // Some writers give dates with fractions of a second.
        let is_date = |at: &usize| {
            words.get(*at).is_some_and(|date| {
                (14..=18).contains(&date.len()) && date.bytes().all(|b| b.is_ascii_digit())
            })
        };
        // Version 2 has five more words between type and length.
        let date = [3, 8].into_iter().filter_map(|back| words.len().checked_sub(back)).find(is_date)?;
        let uri = words.get(..date.checked_sub(1)?)?.join(" ");
        let scheme = uri.split_once(':')?.0;
        if scheme.is_empty() || !scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b)) {
            return None;
        }
        let word = |at: usize| words.get(at).map(|&word| word.to_owned());
        Some(Self {
            bytes: end + 1,
            date: word(date)?,
            media_type: word(date + 1)?,
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
        let mut lines: Vec<(String, String)> = Vec::new();
        let mut at = 0;
        let mut is_first = true;
        loop {
            let rest = &head[at..];
            let end = memchr::memchr(b'\n', rest)?;
            let line = rest[..end].strip_suffix(b"\r").unwrap_or(&rest[..end]);
            at += end + 1;
            if line.is_empty() {
                return Some((at, Self { lines }));
            }
            let line = String::from_utf8_lossy(line);
            if std::mem::take(&mut is_first) {
                continue;
            }
            match (line.starts_with([' ', '\t']), lines.last_mut()) {
                (true, Some((_, value))) => {
                    value.push(' ');
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_of_a_warc_record_is_read() {
        let head = b"WARC/1.0\r\nwarc-type: Response\r\nWARC-Target-URI: <http://a.example/>\r\nX: a\r\n b\r\nContent-Length: 7\r\n\r\n1234567";
        let header = Format::Warc.header(head).unwrap();
        assert_eq!((header.content_bytes, header.kind.as_str()), (7, "response"));
        assert_eq!(header.uri.as_deref(), Some("http://a.example/"));
        assert_eq!(header.fields.get("x"), Some("a b"));
        assert_eq!(&head[header.bytes..], b"1234567");
        assert_eq!(Format::Warc.header(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n"), None);
    }

    #[test]
    fn a_line_of_an_arc_file_is_read_with_spaces_in_its_address() {
        let line = b"http://a.example/a b.html 1.2.3.4 20140216050221 text/html 12\nHTTP/1.1 200";
        let header = Format::Arc.header(line).unwrap();
        assert_eq!(header.uri.as_deref(), Some("http://a.example/a b.html"));
        assert_eq!((header.content_bytes, header.date.as_deref()), (12, Some("20140216050221")));
        let second = b"http://a.example/ 1.2.3.4 20140216050221 text/html 200 ck - 77 a.arc.gz 12\n";
        assert_eq!(Format::Arc.header(second).unwrap().content_bytes, 12);
        assert_eq!(Format::Arc.header(b"a line of text with 5 words\n"), None);
    }

    #[test]
    fn records_are_found_at_the_beginnings_of_lines() {
        assert_eq!(Format::Warc.find_start(b"see WARC/1.0\nWARC/1.1\r\n"), Some(13));
        assert_eq!(Format::Warc.find_start(b"see WARC/1.0"), None);
    }
}
