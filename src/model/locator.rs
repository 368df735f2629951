//! [`Locator`]: where an input is, down to the record inside a container.

use std::fmt::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The place of an input: an absolute path, and `#` with the name of the record inside it, if any.
///
/// `/archive/a.html` is a file, `/archive/pages.jsonl#17` the record 17 of a JSON Lines file. Bytes of
/// a path that aren't UTF-8 are escaped as `%XX`, and so is `%` itself where it would read as such.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Locator(String);

impl Locator {
    /// The locator of a file.
    #[must_use]
    pub fn file(path: &Path) -> Self {
        let bytes = path.as_os_str().as_encoded_bytes();
        let mut out = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            for c in chunk.valid().chars() {
                if c.is_control() || turns_text(c) || c == '%' || c == '#' {
                    escape(c.encode_utf8(&mut [0; 4]).as_bytes(), &mut out);
                } else {
                    out.push(c);
                }
            }
            escape(chunk.invalid(), &mut out);
        }
        Self(out)
    }

    /// The locator of the record `name` inside this container.
    #[must_use]
    pub fn record(&self, name: &str) -> Self {
        let harmless = |c: char| if c.is_control() || turns_text(c) { ' ' } else { c };
        let name: String = name.chars().map(harmless).collect();
        Self(format!("{}#{name}", self.0))
    }

    /// The locator that reads `text`, as [`Self::as_str`] gave it.
    #[must_use]
    pub fn from_stored(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The whole locator as text, without control characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file's part, without the record.
    #[must_use]
    pub fn container(&self) -> &str {
        self.0.split_once('#').map_or(self.0.as_str(), |(file, _)| file)
    }

    /// The path of the file.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        let mut bytes = Vec::with_capacity(self.0.len());
        let mut rest = self.container();
        while let Some((before, after)) = rest.split_once('%') {
            bytes.extend_from_slice(before.as_bytes());
            let byte = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
            bytes.push(byte.unwrap_or(b'%'));
            rest = if byte.is_some() { &after[2..] } else { after };
        }
        bytes.extend_from_slice(rest.as_bytes());
        path_of(bytes)
    }

    /// Whether it lies at `root`, or in the folder or container `root`.
    #[must_use]
    pub fn is_under(&self, root: &Self) -> bool {
        match self.0.strip_prefix(root.0.as_str()) {
            Some(rest) => rest.is_empty() || root.0.ends_with('/') || rest.starts_with(['/', '#']),
            None => false,
        }
    }
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// Whether `c` changes the direction of the text around it, so that a name reads as another.
fn turns_text(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn escape(bytes: &[u8], out: &mut String) {
    for byte in bytes {
        // Writing to a string can't fail.
        let _ = write!(out, "%{byte:02X}");
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
