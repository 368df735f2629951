//! What the end of a ZIP file says of its directory, and what there is of that.
//!
//! The number of members is one of two bytes, and some writers let it overflow, or say what isn't so. The directory is
//! as long as its length says, so it is counted.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use super::packed::BUFFER_BYTES;
use super::stretch::Stretch;

/// Bytes in which the end of a ZIP file lies: its records, and a comment of at most 64 KiB.
const MAX_END_BYTES: u64 = (64 << 10) + 200;

/// What the record begins with that ends it.
const END_MAGIC: &[u8] = b"PK\x05\x06";

/// What the longer record begins with that stands before it where numbers are large.
const LONG_END_MAGIC: &[u8] = b"PK\x06\x06";

/// What the record begins with that says where the longer one is.
const LOCATOR_MAGIC: &[u8] = b"PK\x06\x07";

/// What each entry of the directory begins with, and how long it is without its name and what else is said.
const ENTRY_MAGIC: &[u8] = b"PK\x01\x02";
const ENTRY_BYTES: u64 = 46;

/// The version of the format, 4.5, in which the longer record is: that of the writer and that of the reader.
const VERSIONS: u64 = 0x002d_002d;

/// The directory of a ZIP file.
pub(super) struct Directory {
    /// Where it begins in the file, and where the file says so: something may stand before the ZIP file.
    start: u64,
    stated_start: u64,
    bytes: u64,
    /// How many members the end says that it has.
    stated: u64,
}

impl Directory {
    /// That of `file`, as its end tells.
    pub fn of(file: &Stretch) -> Option<Self> {
        let (before, end) = end_of(file)?;
        let at = memchr::memmem::rfind(&end, END_MAGIC)?;
        let (count, bytes, start) =
            (number(&end, at + 10, 2)?, number(&end, at + 12, 4)?, number(&end, at + 16, 4)?);
        let is_full =
            [(count, 2), (bytes, 4), (start, 4)].iter().any(|(value, size)| *value == (1 << (8 * size)) - 1);
        let long = memchr::memmem::rfind(&end[..at], LONG_END_MAGIC).filter(|_| is_full);
        let (ends_at, stated, bytes, stated_start) = match long {
            Some(long) => {
                (long, number(&end, long + 32, 8)?, number(&end, long + 40, 8)?, number(&end, long + 48, 8)?)
            }
            None => (at, count, bytes, start),
        };
        let start = (before + ends_at as u64).checked_sub(bytes)?;
        Some(Self { start, stated_start, bytes, stated })
    }

    /// How many members it has, as far as that is more than `most` or less, and whether that is all of it: behind a
    /// damaged entry none can be found.
    ///
    /// # Errors
    ///
    /// If it can't be read.
    pub fn count(&self, file: &Stretch, most: u64) -> io::Result<(u64, bool)> {
        let mut reader = BufReader::with_capacity(BUFFER_BYTES, file.part(self.start, self.bytes));
        let (mut at, mut members) = (0, 0);
        let mut entry = [0; ENTRY_BYTES as usize];
        while members <= most && at + ENTRY_BYTES <= self.bytes {
            reader.read_exact(&mut entry)?;
            if !entry.starts_with(ENTRY_MAGIC) {
                return Ok((members, false));
            }
            let rest: u64 = [28, 30, 32].iter().filter_map(|&at| number(&entry, at, 2)).sum();
            reader.seek_relative(rest.cast_signed())?;
            at += ENTRY_BYTES + rest;
            members += 1;
        }
        Ok((members, at <= self.bytes))
    }

    /// How many members the end of the file says that it has.
    pub fn stated(&self) -> u64 {
        self.stated
    }

    /// `file` with an end that says that it has so many `members`, if its own says another number.
    pub fn with_count(&self, file: &Stretch, members: u64) -> Stretch {
        if members == self.stated {
            return file.clone();
        }
        let directory = file.part(0, self.start + self.bytes);
        let ends_at = self.stated_start.saturating_add(self.bytes);
        let long = [44, VERSIONS, 0, members, members, self.bytes, self.stated_start];
        let sizes = [8, 4, 8, 8, 8, 8, 8];
        let mut end = LONG_END_MAGIC.to_vec();
        for (value, size) in long.into_iter().zip(sizes) {
            end.extend(&value.to_le_bytes()[..size]);
        }
        end.extend([LOCATOR_MAGIC, &[0; 4], &ends_at.to_le_bytes(), &1_u32.to_le_bytes()].concat());
        end.extend([END_MAGIC, &[0; 4], &[0xff; 12], &[0; 2]].concat());
        let bytes = directory.length() + end.len() as u64;
        Stretch::new(WithEnd { before: directory, end, at: 0 }, bytes)
    }
}

/// A stretch of a file with another end.
struct WithEnd {
    before: Stretch,
    end: Vec<u8>,
    at: u64,
}

impl Read for WithEnd {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match self.at.checked_sub(self.before.length()) {
            None => {
                self.before.seek(SeekFrom::Start(self.at))?;
                self.before.read(buffer)?
            }
            Some(at) => self.end.get(at as usize..).unwrap_or_default().read(buffer)?,
        };
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for WithEnd {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let all = self.before.length() + self.end.len() as u64;
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => all.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// Whether `file` ends with the directory of a ZIP file, whatever it begins with.
pub(super) fn ends_as_zip(file: &Stretch) -> bool {
    let mut first = [0; 4];
    last_directory(file)
        .is_some_and(|at| file.part(at, 4).read_exact(&mut first).is_ok() && first == *ENTRY_MAGIC)
}

/// Where the directory is, by the record of the end that nothing follows but its comment.
fn last_directory(file: &Stretch) -> Option<u64> {
    let (start, end) = end_of(file)?;
    let at = memchr::memmem::rfind(&end, END_MAGIC)?;
    let (directory_bytes, comment_bytes) = (number(&end, at + 12, 4)?, number(&end, at + 20, 2)?);
    let is_last = at as u64 + 22 + comment_bytes == end.len() as u64;
    (start + at as u64).checked_sub(directory_bytes).filter(|_| is_last)
}

/// The bytes in which the end of a ZIP file lies, and where they begin.
fn end_of(file: &Stretch) -> Option<(u64, Vec<u8>)> {
    let start = file.length().saturating_sub(MAX_END_BYTES);
    let mut end = Vec::new();
    file.part(start, MAX_END_BYTES).read_to_end(&mut end).ok()?;
    Some((start, end))
}

/// The number that the `count` of `bytes` from `at` on make, the lowest first.
fn number(bytes: &[u8], at: usize, count: usize) -> Option<u64> {
    let digits = bytes.get(at..at + count)?;
    Some(digits.iter().rev().fold(0, |number, &digit| number << 8 | u64::from(digit)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    /// A ZIP file of so many members, each named by its number.
    fn zip(members: usize) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
        for number in 0..members {
            writer.start_file(number.to_string(), zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(b"text").unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn the_end_of_a_zip_file_is_told_from_what_looks_like_it() {
        let zip =
            |before: &[u8], after: &[u8]| ends_as_zip(&Stretch::in_memory([before, &zip(1), after].concat()));
        assert!(zip(b"", b"") && zip(&[7; 7000], b""));
        assert!(!zip(b"", b"x"));
        let looks = [b"PK\x05\x06".as_slice(), &[0; 18]].concat();
        assert!(!ends_as_zip(&Stretch::in_memory(looks)));
    }

    #[test]
    fn members_are_counted_whatever_the_end_says_of_their_number() {
        for before in [&b""[..], b"something else"] {
            let mut bytes = [before, &zip(3)].concat();
            let count = |bytes: &[u8]| {
                let file = Stretch::in_memory(bytes.to_vec());
                let directory = Directory::of(&file).unwrap();
                let (members, is_whole) = directory.count(&file, 100).unwrap();
                assert!(is_whole);
                (
                    directory.stated(),
                    members,
                    zip::ZipArchive::new(directory.with_count(&file, members)).unwrap().len(),
                )
            };
            assert_eq!(count(&bytes), (3, 3, 3));
            let at = memchr::memmem::rfind(&bytes, END_MAGIC).unwrap();
            (bytes[at + 8], bytes[at + 10]) = (1, 1);
            assert_eq!(count(&bytes), (1, 3, 3));
            (bytes[at + 8], bytes[at + 10]) = (0, 0);
            assert_eq!(count(&bytes), (0, 3, 3));
            (bytes[at + 8], bytes[at + 10]) = (9, 9);
            assert_eq!(count(&bytes), (9, 3, 3));
        }
    }

    #[test]
    fn members_before_a_damaged_entry_are_counted() {
        let mut bytes = zip(3);
        let entries: Vec<usize> = memchr::memmem::find_iter(&bytes, ENTRY_MAGIC).collect();
        for (damaged, left) in [(2, 2), (1, 1), (0, 0)] {
            bytes[entries[damaged]] = b'x';
            let file = Stretch::in_memory(bytes.clone());
            let directory = Directory::of(&file).unwrap();
            assert_eq!(directory.count(&file, 100).unwrap(), (left, false));
        }
    }
}
