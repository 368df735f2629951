//! [`Originals`]: where the pages are that other records only say to be the same.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

use super::header::{Format, Header, without_brackets};
use crate::source::stretch::Stretch;

/// Where a record begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    /// Bytes of the file before it, or before the member of gzip that it is in.
    pub in_file: u64,
    /// Bytes of that member before it, decompressed.
    pub in_member: Option<u64>,
}

impl Position {
    /// The position of a record that isn't in gzip by itself.
    pub fn plain(at: u64) -> Self {
        Self { in_file: at, in_member: None }
    }

    /// The position of a record in a member of gzip that begins at `start`.
    pub fn packed(start: u64, at: u64) -> Self {
        Self { in_file: start, in_member: Some(at) }
    }
}

/// The file's offset alone where the record is all of its member, which is what archives are cited by.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.in_member {
            None | Some(0) => write!(f, "{}", self.in_file),
            Some(at) => write!(f, "{}+{at}", self.in_file),
        }
    }
}

/// A web archive that originals are read from again.
#[derive(Clone)]
pub(super) struct WebFile {
    pub format: Format,
    /// Its bytes, if they can be read at any time.
    pub stretch: Option<Stretch>,
}

/// The positions of the pages of all web archives that lie in one file. What they are found by is kept as a number
/// each, as there may be very many.
#[derive(Default)]
pub(in crate::source) struct Originals {
    hasher: RandomState,
    files: Vec<WebFile>,
    places: Vec<Place>,
    by_key: HashMap<u64, u32>,
}

/// Where an original is.
#[derive(Clone, Copy)]
struct Place {
    /// The number of its archive.
    file: u32,
    position: Position,
    /// Whether a revisit of it was given with its content.
    is_given_again: bool,
}

/// How the page of a revisit is come by.
pub(super) enum Original {
    /// It is read again, at a place in an archive.
    At(WebFile, Position),
    /// Its digest tells: it was read again for a revisit before, and may have thousands.
    ByDigest,
}

/// What an original is found by.
#[derive(Hash)]
enum Key<'a> {
    Id(&'a str),
    /// Address and time, 14 digits.
    Capture(&'a str, String),
    Address(&'a str),
    Digest(String),
}

impl Originals {
    /// Takes up the web archive `file`, whose records are noted by the number that it gives.
    pub(super) fn add(&mut self, file: WebFile) -> u32 {
        self.files.push(file);
        u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX)
    }

    /// Lets go of the bytes of the archive of the number `file` if they are held in memory: there may be many.
    pub(super) fn let_go(&mut self, file: u32) {
        if let Some(file) = self.files.get_mut(file as usize) {
            file.stretch.take_if(|stretch| stretch.is_in_memory());
        }
    }

    /// Notes that the record with `header` is at `position` of the archive of the number `file`.
    pub(super) fn note(&mut self, header: &Header, file: u32, position: Position) {
        let Ok(place) = u32::try_from(self.places.len()) else { return };
        self.places.push(Place { file, position, is_given_again: false });
        self.note_place(header, place);
        if let Some(uri) = header.uri.as_deref() {
            // Without a time, the last one before is meant.
            self.by_key.insert(self.hasher.hash_one(Key::Address(uri)), place);
        }
        if let Some(digest) = header.fields.get("WARC-Payload-Digest") {
            self.by_key.entry(self.hasher.hash_one(Key::Digest(plain_digest(digest)))).or_insert(place);
        }
    }

    fn note_place(&mut self, header: &Header, place: u32) {
        let id = header.fields.get("WARC-Record-ID").map(|id| Key::Id(without_brackets(id)));
        let captured = header.uri.as_deref().zip(header.date.as_deref());
        let captured = captured.map(|(uri, date)| Key::Capture(uri, seconds(date)));
        for key in [id, captured].into_iter().flatten() {
            self.by_key.entry(self.hasher.hash_one(key)).or_insert(place);
        }
    }

    /// The original of the revisit with `header`, which is the original of its own revisits from now on.
    pub(super) fn of(&mut self, header: &Header) -> Option<Original> {
        let place = self.place_of(header)?;
        self.note_place(header, place);
        let is_told_by_digest = self.place_by_digest(header).is_some();
        let original = self.places.get_mut(place as usize)?;
        if std::mem::replace(&mut original.is_given_again, true) && is_told_by_digest {
            return Some(Original::ByDigest);
        }
        Some(Original::At(self.files.get(original.file as usize)?.clone(), original.position))
    }

    /// Whether the original of the revisit with `header` is known.
    pub(super) fn knows(&self, header: &Header) -> bool {
        self.place_of(header).is_some()
    }

    fn place_of(&self, header: &Header) -> Option<u32> {
        let field = |name| header.fields.get(name);
        let uri = field("WARC-Refers-To-Target-URI").map(without_brackets);
        let date = field("WARC-Refers-To-Date");
        let keys = [
            field("WARC-Refers-To").map(|id| Key::Id(without_brackets(id))),
            uri.zip(date).map(|(uri, date)| Key::Capture(uri, seconds(date))),
        ];
        let addresses = [
            uri.filter(|_| date.is_none()),
            // What a server says to be as it was is what the address had last.
            header.uri.as_deref().filter(|_| is_not_modified(header)),
        ];
        let of_key = |key: Key<'_>| self.by_key.get(&self.hasher.hash_one(key)).copied();
        keys.into_iter()
            .flatten()
            .find_map(of_key)
            .or_else(|| self.place_by_digest(header))
            .or_else(|| addresses.into_iter().flatten().find_map(|address| of_key(Key::Address(address))))
    }

    fn place_by_digest(&self, header: &Header) -> Option<u32> {
        let digest = Key::Digest(plain_digest(header.fields.get("WARC-Payload-Digest")?));
        self.by_key.get(&self.hasher.hash_one(digest)).copied()
    }
}

/// Whether the revisit with `header` is an answer without content, to a question for what changed.
fn is_not_modified(header: &Header) -> bool {
    header.fields.get("WARC-Profile").is_some_and(|profile| profile.contains("server-not-modified"))
}

/// The digits of the time `date`, 14 at most: without fractions of a second, which not all records give.
pub(super) fn seconds(date: &str) -> String {
    date.chars().filter(char::is_ascii_digit).take(14).collect()
}

/// The digest `digest`, a name and a number in base 16 or 32, in base 16.
pub(super) fn plain_digest(digest: &str) -> String {
    let (name, number) = digest.split_once(':').unwrap_or(("", digest));
    let (name, number) = (name.to_ascii_lowercase(), number.trim_end_matches('=').to_ascii_lowercase());
    // A number in base 16 is longer, and has letters that base 32 lacks.
    let in_base_32 = (name == "sha1" && number.len() == 32).then(|| from_base_32(&number)).flatten();
    format!("{name}:{}", in_base_32.unwrap_or(number))
}

/// A number in base 32 of RFC 4648, in base 16.
fn from_base_32(number: &str) -> Option<String> {
    let mut bits = 0_u32;
    let mut left = 0;
    let mut base_16 = String::new();
    for digit in number.bytes() {
        let value = match digit {
            b'a'..=b'z' => digit - b'a',
            b'2'..=b'7' => digit - b'2' + 26,
            _ => return None,
        };
        bits = (bits << 5 | u32::from(value)) & 0xfff;
        left += 5;
        while left >= 4 {
            left -= 4;
            base_16.push(char::from_digit(bits >> left & 0xf, 16)?);
        }
    }
    Some(base_16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_the_same_in_either_base() {
        let base_16 = "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709";
        assert_eq!(plain_digest("SHA1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"), base_16);
        assert_eq!(plain_digest(&base_16.to_uppercase()), base_16);
        assert_eq!(plain_digest("sha1:ABC"), "sha1:abc");
    }
}
