//! [`Locator`]: where an input is, down to the record inside a container.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::text::{is_harmful, percent_decoded, push_percent_encoded};

/// The place of an input: an absolute path, and what leads to it inside that file, if it isn't the file itself: `#`
/// with the name of a record or member, `@` with the offset of a record of a web archive.
///
/// `/archive/a.html` is a file, `/archive/pages.jsonl#17` the record 17 of a JSON Lines file,
/// `/archive/a.zip#b/c.html` a member of a ZIP file and `/archive/a.warc.gz@5120` a record of a web archive. They
/// nest: `/archive/a.wacz#archive/data.warc.gz@0`. Bytes of a path that aren't UTF-8 are escaped as `%XX`, and so is
/// `%` itself, and what would read as the end of the path.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Locator(String);

impl Locator {
    /// The locator of a file.
    #[must_use]
    pub fn file(path: &Path) -> Self {
        let mut out = String::with_capacity(path.as_os_str().len());
        escape_into(path.as_os_str().as_encoded_bytes(), &mut out);
        if let Some((before, offset)) = split_offset(&out) {
            out = format!("{before}%40{offset}");
        }
        Self(out)
    }

    /// The locator of the member called `name` inside this container. Whatever the name is, it stays within the
    /// container: nothing of it is ever taken for a path of this machine.
    #[must_use]
    pub fn member(&self, name: &[u8]) -> Self {
        let mut out = format!("{}#", self.0);
        escape_into(name, &mut out);
        Self(out)
    }

    /// The locator of what begins at `offset` of this container: a number of bytes, or several joined by `+` where
    /// it lies inside something that begins there.
    #[must_use]
    pub fn at(&self, offset: &str) -> Self {
        Self(format!("{}@{offset}", self.0))
    }

    /// The locator of the record `name` inside this container.
    #[must_use]
    pub fn record(&self, name: &str) -> Self {
        let harmless = |c: char| if is_harmful(c) { ' ' } else { c };
        let name: String = name.chars().map(harmless).collect();
        Self(format!("{}#{name}", self.0))
    }

    /// The locator that reads `text`, as [`Self::as_str`] gave it.
    #[must_use]
    pub fn from_stored(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Whether it is one that could have been made of a name: it says something, and nothing in it is a control
    /// character or turns text around. Names come as the file system has them, so it need not be in NFC, nor without
    /// odd blanks.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        !self.0.is_empty() && !self.0.contains(is_harmful)
    }

    /// The whole locator as text, without control characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How what lies inside a container is cited, whatever folder that is in: `a.warc.gz@5120`. Files are cited by what
    /// they say of themselves, so there is none of them.
    #[must_use]
    pub fn citation(&self) -> Option<&str> {
        let file = self.container();
        let name = file.rfind(['/', '\\']).map_or(0, |slash| slash + 1);
        (file.len() < self.0.len()).then(|| &self.0[name..])
    }

    /// The file's part, without the record.
    #[must_use]
    pub fn container(&self) -> &str {
        let file = self.0.split_once('#').map_or(self.0.as_str(), |(file, _)| file);
        split_offset(file).map_or(file, |(file, _)| file)
    }

    /// The path of the file.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        path_of(percent_decoded(self.container()))
    }

    /// The container and the offset in it, if that is how it is named: `/archive/a.warc.gz` and `5120`, or `5120+20`
    /// for what lies inside something that begins there.
    #[must_use]
    pub fn place_and_offset(&self) -> Option<(&str, &str)> {
        split_offset(&self.0)
    }

    /// All places that it lies under: the folders and containers around it, outermost first, and itself.
    pub fn around(&self) -> impl Iterator<Item = Self> {
        let ends = self.0.match_indices(['/', '#', '@']).map(|(at, _)| at.max(1));
        let places = ends.chain([self.0.len()]).map(|end| Self(self.0[..end].to_owned()));
        places.filter(|place| self.is_under(place))
    }

    /// Whether it lies at `root`, or in the folder or container `root`.
    #[must_use]
    pub fn is_under(&self, root: &Self) -> bool {
        match self.0.strip_prefix(root.0.as_str()) {
            Some(rest) => {
                rest.is_empty()
                    || root.0.ends_with('/')
                    || rest.starts_with(['/', '#'])
                    || rest.starts_with('@') && self.container() == root.container()
            }
            None => false,
        }
    }
}

/// The path that the system writes as `bytes`.
#[cfg(unix)]
#[must_use]
pub fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

/// The path that is written as `bytes` in UTF-8.
#[cfg(not(unix))]
#[must_use]
pub fn path_of(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// The place before an offset that `text` ends with, and the offset.
fn split_offset(text: &str) -> Option<(&str, &str)> {
    let (before, offset) = text.rsplit_once('@')?;
    let is_offset = offset.starts_with(|c: char| c.is_ascii_digit())
        && offset.bytes().all(|b| b.is_ascii_digit() || b == b'+');
    is_offset.then_some((before, offset))
}

/// Appends the name `bytes`, with all escaped that isn't plain text or has a meaning in a locator.
fn escape_into(bytes: &[u8], out: &mut String) {
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if is_harmful(c) || c == '%' || c == '#' {
                push_percent_encoded(c.encode_utf8(&mut [0; 4]).as_bytes(), out);
            } else {
                out.push(c);
            }
        }
        push_percent_encoded(chunk.invalid(), out);
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_printable_text() {
        assert_eq!(Locator::file(Path::new("/a/b c.html")).as_str(), "/a/b c.html");
        assert_eq!(Locator::file(Path::new("/a/\u{1b}[1m#100%")).as_str(), "/a/%1B[1m%23100%25");
        assert_eq!(Locator::file(Path::new("/a/\u{202e}b")).as_str(), "/a/%E2%80%AEb");
        assert_eq!(Locator::file(Path::new("/a/\u{61c}b")).as_str(), "/a/%D8%9Cb");
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_utf8_stay_apart() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let path = |bytes: &[u8]| Locator::file(Path::new(OsStr::from_bytes(bytes)));
        assert_eq!(path(b"/a/\xff").as_str(), "/a/%FF");
        assert_ne!(path(b"/a/\xff"), path(b"/a/%FF"));
        for name in [b"/a/\xff%20\x1b#1".as_slice(), "/ä/b".as_bytes()] {
            assert_eq!(path(name).record("7").path().as_os_str().as_bytes(), name);
        }
    }

    #[test]
    fn members_and_offsets_name_their_file() {
        let file = Locator::file(Path::new("/a/b@1.warc.gz"));
        assert_eq!(file.at("512").as_str(), "/a/b@1.warc.gz@512");
        let inside = file.member(b"../../x\xff#y").at("0+7");
        assert_eq!(inside.as_str(), "/a/b@1.warc.gz#../../x%FF%23y@0+7");
        for place in [&file, &file.at("512"), &inside] {
            assert_eq!(place.path(), Path::new("/a/b@1.warc.gz"), "{place}");
            assert!(place.is_under(&file), "{place}");
        }
        let around: Vec<String> = inside.around().map(|place| place.to_string()).collect();
        assert_eq!(around[..3], ["/", "/a", "/a/b@1.warc.gz"]);
        assert_eq!(around.last().map(String::as_str), Some(inside.as_str()));
        let odd = Locator::file(Path::new("/a/b@12"));
        assert_eq!((odd.as_str(), odd.path()), ("/a/b%4012", PathBuf::from("/a/b@12")));
        assert!(!odd.is_under(&Locator::file(Path::new("/a/b"))));
        assert!(!Locator::file(Path::new("/a/b@c")).is_under(&Locator::file(Path::new("/a/b"))));
    }

    #[test]
    fn what_a_container_holds_is_cited_by_its_name_and_place() {
        let file = Locator::file(Path::new("/archive/a@2/b#c.warc.gz"));
        assert_eq!(file.citation(), None);
        assert_eq!(file.at("5120").citation(), Some("b%23c.warc.gz@5120"));
        assert_eq!(file.member(b"x/y.warc").at("0+7").citation(), Some("b%23c.warc.gz#x/y.warc@0+7"));
    }

    #[test]
    fn a_record_lies_under_its_file_and_the_file_under_its_folder() {
        let file = Locator::file(Path::new("/a/b.jsonl"));
        let record = file.record("7");
        assert_eq!(record.as_str(), "/a/b.jsonl#7");
        assert_eq!(record.container(), "/a/b.jsonl");
        for root in ["/", "/a", "/a/", "/a/b.jsonl"] {
            assert!(record.is_under(&Locator::from_stored(root)), "{root}");
        }
        assert!(!record.is_under(&Locator::from_stored("/a/b")));
        assert!(!file.is_under(&record));
    }
}
