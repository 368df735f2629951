//! The members of a ZIP file, each as a stream of its own: nothing but its directory is kept in memory.

use std::io::{self, BufReader, Read};
use std::sync::Arc;

use flate2::Crc;
use zip::{CompressionMethod, ZipArchive};

use super::content::Refusal;
use super::limits::Limit;
use super::members::{Container, Entry, Found, Place};
use super::opener::{Opener, Stream};
use super::packed::{Allowance, BUFFER_BYTES, Codec, damage, unpack};
use super::sniff::OFFICE_FILE;
use super::stretch::Stretch;
use super::walk::IGNORE_FILE;
use super::zip_end::Directory;

/// A ZIP file that is being read.
pub(super) struct ZipFile {
    archive: ZipArchive<Stretch>,
    file: Stretch,
    /// Whether that stands in the file around it as it is.
    is_in_place: bool,
    allowance: Arc<Allowance>,
    next: usize,
    /// The folder in it that is laid out as a WACZ file is, itself or one inside.
    wacz: Option<Vec<u8>>,
    /// Whether it is yet to be told that members share a name.
    names_twice: bool,
    /// Whether its directory is damaged behind the members that it lists.
    is_cut_off: bool,
}

/// What a WACZ file holds beside its archives, either of which some writers leave out.
const WACZ_PARTS: [&[u8]; 2] = [b"datapackage.json", b"pages/pages.jsonl"];

/// Where a WACZ file has its archives.
const WACZ_ARCHIVES: &[u8] = b"archive/";

/// What web archives are called, which some writers put elsewhere.
const ARCHIVE_NAMES: [&[u8]; 6] = [b".warc", b".warc.gz", b".warc.zst", b".arc", b".arc.gz", b".wacz"];

/// What a book in EPUB has to hold.
const BOOK_PART: &str = "META-INF/container.xml";

/// What an `OpenDocument` file has to hold.
const OFFICE_PARTS: [&str; 2] = ["META-INF/manifest.xml", "content.xml"];

/// What members are compressed by.
const METHODS: [(CompressionMethod, Codec); 4] = [
    (CompressionMethod::DEFLATE, Codec::Deflate),
    (CompressionMethod::BZIP2, Codec::Bzip2),
    (CompressionMethod::ZSTD, Codec::Zstd),
    (CompressionMethod::XZ, Codec::Xz),
];

impl ZipFile {
    /// The ZIP file in `file`, which stands in the file around it as it is if `is_in_place` says so.
    ///
    /// # Errors
    ///
    /// If its directory can't be read, or it holds something else than files.
    pub fn new(file: Stretch, is_in_place: bool, opener: &Opener) -> Result<Self, Refusal> {
        let (whole, is_cut_off) = with_all(&file, opener.limits.members)?;
        let archive = ZipArchive::new(whole)
            .map_err(|error| Refusal::SetAside(format!("a ZIP file that can't be read: {error}")))?;
        if archive.is_empty() {
            return Err(Refusal::Skip("a ZIP file without members".to_owned()));
        }
        let holds = |name: &str| archive.index_for_name(name).is_some();
        if holds("[Content_Types].xml") || OFFICE_PARTS.iter().all(|name| holds(name)) {
            return Err(Refusal::Skip(OFFICE_FILE.to_owned()));
        }
        let wacz = wacz_folder(|| archive.file_names_raw());
        let names_twice = archive.has_duplicate_names();
        let allowance = Arc::clone(&opener.allowance);
        Ok(Self { names_twice, archive, file, is_in_place, allowance, next: 0, wacz, is_cut_off })
    }

    /// Whether it is a book, also if it doesn't begin by saying so.
    pub fn is_book(&self) -> bool {
        self.archive.index_for_name(BOOK_PART).is_some()
            && self.archive.file_names_raw().any(|name| name.ends_with(b".opf"))
    }

    /// The names of its members, by their numbers.
    pub fn names(&self) -> impl Iterator<Item = &[u8]> {
        self.archive.file_names_raw()
    }

    /// The member of number `index`, none for a folder.
    pub fn entry(&mut self, index: usize) -> Option<Entry> {
        let name = self.archive.by_index_data(index).ok().map(|member| member.name_raw().to_vec());
        let member = match self.archive.by_index_raw(index) {
            Ok(member) => member,
            Err(error) => {
                let place = name.map_or(Place::Number(index as u64 + 1), Place::Named);
                return Some(Entry::refused(place, Refusal::SetAside(error.to_string())));
            }
        };
        let name = name.unwrap_or_default();
        if name.ends_with(b"/") {
            return None;
        }
        let (packed, bytes, crc) = (member.compressed_size(), member.size(), member.crc32());
        let (method, start) = (member.compression(), member.data_start());
        let refusal = reason_to_pass(&name, self.wacz.as_deref()).or_else(|| {
            let skip = member.is_symlink().then(|| Refusal::Skip("a symbolic link".to_owned()));
            skip.or(member.encrypted().then(|| Refusal::SetAside("encrypted".to_owned())))
        });
        drop(member);
        let content = match (refusal, start) {
            (Some(refusal), _) => Err(refusal),
            (None, None) => Err(Refusal::SetAside("its beginning isn't where the file says".to_owned())),
            (None, Some(start)) => self.stream(self.file.part(start, packed), method, bytes, crc),
        };
        Some(Entry { place: Place::Named(name), content })
    }

    fn stream(
        &self,
        stretch: Stretch,
        method: CompressionMethod,
        bytes: u64,
        crc: u32,
    ) -> Result<Found, Refusal> {
        let checked = |reader| {
            let checked = Checked { reader, crc: Crc::new(), expected: crc, bytes };
            BufReader::with_capacity(BUFFER_BYTES, checked)
        };
        let packed = BufReader::with_capacity(BUFFER_BYTES, stretch.clone());
        if method == CompressionMethod::STORE {
            let stream = Stream::once(checked(Box::new(packed)), Some(bytes));
            let is_in_place = self.is_in_place;
            return Ok(Found::Stream(Stream { stretch: Some(stretch), is_in_place, ..stream }));
        }
        let Some((_, codec)) = METHODS.iter().find(|(known, _)| *known == method) else {
            return Err(Refusal::SetAside("compressed in a way that isn't read".to_owned()));
        };
        let reader = unpack(*codec, Box::new(packed), &self.allowance);
        Ok(Found::Stream(Stream::once(checked(Box::new(reader)), Some(bytes))))
    }
}

/// `file`, whose end says how many members can be found, and whether there were more: the directory of more than `most`
/// takes much memory.
fn with_all(file: &Stretch, most: u64) -> Result<(Stretch, bool), Refusal> {
    let Some(directory) = Directory::of(file) else { return Ok((file.clone(), false)) };
    // What is wrong with a directory that can't be read is said by who reads it.
    let (members, is_whole) = directory.count(file, most).unwrap_or((0, false));
    let is_cut_off = !is_whole && (1..directory.stated()).contains(&members);
    let is_known = is_whole || is_cut_off || members > directory.stated();
    let listed = if is_known { members } else { directory.stated() };
    if listed > most {
        return Err(Limit::Members(most).into());
    }
    Ok((directory.with_count(file, listed), is_cut_off))
}

/// The folder of a ZIP file with the members `names` that is laid out as a WACZ file is: the outermost.
fn wacz_folder<'n, N: Iterator<Item = &'n [u8]>>(names: impl Fn() -> N) -> Option<Vec<u8>> {
    let folder = |name: &'n [u8]| {
        let folder = WACZ_PARTS.iter().find_map(|part| name.strip_suffix(*part))?;
        (folder.is_empty() || folder.ends_with(b"/")).then_some(folder)
    };
    let folder = names().filter_map(folder).min_by_key(|folder| folder.len())?;
    let is_archive =
        |name: &[u8]| name.strip_prefix(folder).is_some_and(|name| name.starts_with(WACZ_ARCHIVES));
    names().any(is_archive).then(|| folder.to_vec())
}

/// Why a member isn't looked at, by its name.
fn reason_to_pass(name: &[u8], wacz: Option<&[u8]>) -> Option<Refusal> {
    let in_wacz = wacz.and_then(|folder| name.strip_prefix(folder));
    let is_archive = |name: &[u8]| {
        let name = name.to_ascii_lowercase();
        name.starts_with(WACZ_ARCHIVES) || ARCHIVE_NAMES.iter().any(|end| name.ends_with(end))
    };
    if in_wacz.is_some_and(|name| !is_archive(name)) {
        return Some(Refusal::Skip("a part of the WACZ file that holds no pages".to_owned()));
    }
    // It says what kind of file it is in, which isn't one of those that are known by it.
    let says_kind = (name == b"mimetype").then_some("a note of what kind of file it lies in");
    hidden(name).or(says_kind).map(|what| Refusal::Skip(what.to_owned()))
}

/// What the member `name` of an archive is, if that is nothing for readers.
pub(super) fn hidden(name: &[u8]) -> Option<&'static str> {
    let mut parts = name.split(|b| matches!(b, b'/' | b'\\')).rev();
    let last = parts.next();
    if name.starts_with(b"__MACOSX/") {
        return Some("a resource fork");
    }
    if last == Some(IGNORE_FILE.as_bytes()) {
        return Some("a file of patterns, which counts in folders alone");
    }
    let is_hidden = |part: &[u8]| part.starts_with(b".") && part != b"." && part != b"..";
    parts.any(is_hidden).then_some("in a hidden folder")
}

impl Container for ZipFile {
    fn next(&mut self) -> Option<Entry> {
        if std::mem::take(&mut self.names_twice) {
            let reason = "members of one name, of which but one is read".to_owned();
            return Some(Entry::refused(Place::Number(0), Refusal::SetAside(reason)));
        }
        while self.next < self.archive.len() {
            let index = self.next;
            self.next += 1;
            if let Some(entry) = self.entry(index) {
                return Some(entry);
            }
        }
        if self.is_cut_off && self.next == self.archive.len() {
            self.next += 1;
            let reason = "its directory is damaged from here on: what else it holds can't be told".to_owned();
            return Some(Entry::refused(Place::Number(self.next as u64), Refusal::SetAside(reason)));
        }
        None
    }

    fn is_cut_off(&self) -> bool {
        self.is_cut_off
    }
}

/// Compares what was read with the checksum and the size that the directory gives.
struct Checked {
    reader: Box<dyn Read + Send>,
    crc: Crc,
    expected: u32,
    bytes: u64,
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.crc.update(&buffer[..read]);
        let all = u64::from(self.crc.amount()) == self.bytes & u64::from(u32::MAX);
        if read == 0 && !buffer.is_empty() && !(all && self.crc.sum() == self.expected) {
            return Err(damage("its checksum is wrong"));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wacz_file_is_told_by_its_layout() {
        let folder = |names: &[&str]| {
            let names: Vec<&[u8]> = names.iter().map(|name| name.as_bytes()).collect();
            wacz_folder(|| names.iter().copied()).map(|folder| String::from_utf8(folder).unwrap())
        };
        assert_eq!(folder(&["archive/a.warc.gz", "datapackage.json"]).as_deref(), Some(""));
        assert_eq!(folder(&["archive/a.warc.gz", "pages/pages.jsonl"]).as_deref(), Some(""));
        assert_eq!(folder(&["c/archive/a.warc.gz", "c/datapackage.json"]).as_deref(), Some("c/"));
        assert_eq!(folder(&["archive/a.html", "b.html"]), None);
        assert_eq!(folder(&["a/datapackage.json", "b/archive/a.warc"]), None);
        assert_eq!(folder(&["my-datapackage.json", "archive/a.html"]), None);
    }

    #[test]
    fn of_a_wacz_file_only_archives_are_looked_at() {
        let passed = |name: &str| reason_to_pass(name.as_bytes(), Some(b"c/")).is_some();
        assert!(passed("c/pages/pages.jsonl") && passed("c/indexes/index.cdx.gz"));
        assert!(!passed("c/archive/a") && !passed("c/wacz/two.wacz") && !passed("other/a.html"));
    }
}
