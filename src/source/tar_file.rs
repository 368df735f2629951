//! The members of a tar archive, as streams out of the one stream that it is.

use std::io::{self, BufReader, Read};
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use tar::{EntryType, GnuExtSparseHeader, GnuHeader, Header, PaxExtensions};

use super::content::Refusal;
use super::member::refused;
use super::members::{Container, Entry, Found, Place};
use super::opener::Stream;
use super::packed::{BUFFER_BYTES, Bytes, damage};
use super::zip_file::hidden;

/// Bytes of a header; contents are filled up to a multiple of it.
const BLOCK_BYTES: usize = 512;

/// Longest name or list of extensions, in bytes.
const MAX_EXTENSION_BYTES: u64 = 1 << 20;

/// Whether `head` begins with the header of a tar archive: its checksum is right.
pub(super) fn is_tar(head: &[u8]) -> bool {
    head.get(..BLOCK_BYTES)
        .is_some_and(|block| block[0] != 0 && checksum_is_right(Header::from_byte_slice(block)))
}

/// Bytes that programs fill an archive up to, at most.
const RECORD_BYTES: usize = 20 * BLOCK_BYTES;

/// Whether `reader` gives nothing but the mark that ends an archive, two blocks of zeros, filled up as programs do: more
/// zeros are what is left of something else.
pub(super) fn is_empty_tar(reader: &mut impl Read) -> bool {
    let mut all = Vec::new();
    let is_read = reader.take(RECORD_BYTES as u64 + 1).read_to_end(&mut all).is_ok();
    let is_filled =
        (2 * BLOCK_BYTES..=RECORD_BYTES).contains(&all.len()) && all.len().is_multiple_of(BLOCK_BYTES);
    is_read && is_filled && all.iter().all(|&byte| byte == 0)
}

fn checksum_is_right(header: &Header) -> bool {
    let bytes = header.as_bytes();
    let sum: u32 = bytes.iter().map(|&b| u32::from(b)).sum();
    let stated: u32 = bytes[148..156].iter().map(|&b| u32::from(b)).sum();
    header.cksum().is_ok_and(|checksum| checksum == sum - stated + 8 * u32::from(b' '))
}

/// How many bytes the member of `header` has. The field may be empty where there is nothing, as of labels.
fn stated_bytes(header: &Header) -> io::Result<u64> {
    if header.as_old().size.iter().all(|byte| matches!(byte, 0 | b' ')) {
        return Ok(0);
    }
    header
        .entry_size()
        .map_err(|_| damage("the archive is damaged: a header doesn't say how long its member is"))
}

fn is_zeros(header: &Header) -> bool {
    header.as_bytes().iter().all(|&b| b == 0)
}

/// A tar archive that is being read.
pub(super) struct TarFile {
    stream: Arc<Mutex<Shared>>,
    /// Whether what lies in it stands in the file as it is.
    is_in_place: bool,
    number: u64,
    ended: bool,
    /// Whether a stretch was passed over in which members may have been.
    has_gap: bool,
}

/// The stream, and how much of it is left of the member that it stands in.
struct Shared {
    reader: Bytes,
    left: u64,
    padding: u64,
    is_cut_off: bool,
    /// The header behind a stretch that was passed over.
    found: Option<Header>,
}

/// What extensions say of the member that follows them.
#[derive(Default)]
struct Extensions {
    name: Option<Vec<u8>>,
    bytes: Option<u64>,
    /// Whether it is kept without its holes, as GNU tar does in archives of PAX.
    is_sparse: bool,
    /// What it is called then; the name in its header may be made up.
    sparse_name: Option<Vec<u8>>,
}

impl TarFile {
    /// The archive in `reader`, which stands in its file as it is if `is_in_place` says so.
    pub fn new(reader: Bytes, is_in_place: bool) -> Self {
        let shared = Shared { reader, left: 0, padding: 0, is_cut_off: false, found: None };
        Self { stream: Arc::new(Mutex::new(shared)), is_in_place, number: 0, ended: false, has_gap: false }
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.stream.lock()
    }

    /// The next member that isn't a folder; none at the end.
    fn entry(&mut self) -> io::Result<Option<Entry>> {
        let mut extensions = Extensions::default();
        loop {
            let Some(header) = self.lock().header()? else { return Ok(None) };
            let kind = header.entry_type();
            let bytes = extensions.bytes.take().map_or_else(|| stated_bytes(&header), Ok)?;
            if kind.is_gnu_sparse() {
                self.lock().pass_holes(&header)?;
            }
            self.lock().begin(bytes);
            if kind.is_gnu_longname() {
                let mut name = self.lock().extension()?;
                name.truncate(name.iter().position(|&b| b == 0).unwrap_or(name.len()));
                extensions.name = Some(name);
            } else if kind.is_pax_local_extensions() {
                extensions.read(&self.lock().extension()?);
            } else if !kind.is_gnu_longlink() && !kind.is_pax_global_extensions() {
                let Extensions { name, is_sparse, sparse_name, .. } = std::mem::take(&mut extensions);
                let name = sparse_name.or(name).unwrap_or_else(|| header.path_bytes().into_owned());
                self.number += 1;
                if !kind.is_dir() && !name.ends_with(b"/") {
                    return Ok(Some(self.member(name, kind, bytes, is_sparse || kind.is_gnu_sparse())));
                }
            }
        }
    }

    fn member(&self, name: Vec<u8>, kind: EntryType, bytes: u64, is_sparse: bool) -> Entry {
        let content = match not_a_file(kind).or_else(|| hidden(&name)) {
            Some(what) => Err(Refusal::Skip(what.to_owned())),
            None if is_sparse => Err(Refusal::SetAside("a file with holes, which isn't read".to_owned())),
            None if kind.as_byte() == REST_OF_ANOTHER_VOLUME => {
                Err(Refusal::SetAside("the rest of a member that begins in another volume".to_owned()))
            }
            None => {
                let reader = BufReader::with_capacity(BUFFER_BYTES, TarMember(Arc::clone(&self.stream)));
                let is_in_place = self.is_in_place;
                Ok(Found::Stream(Stream { is_in_place, ..Stream::once(reader, Some(bytes)) }))
            }
        };
        Entry { place: Place::Named(name), content }
    }
}

/// The kind of what goes on with a member of the volume before, in archives of GNU tar.
const REST_OF_ANOTHER_VOLUME: u8 = b'M';

/// That of the label of a volume there.
const LABEL: u8 = b'V';

/// What the extensions that tell of holes are called.
const SPARSE_KEYS: &[u8] = b"GNU.sparse.";

/// What a member is that holds nothing.
fn not_a_file(kind: EntryType) -> Option<&'static str> {
    match kind {
        EntryType::Symlink => Some("a symbolic link"),
        EntryType::Link => Some("a link to another member"),
        EntryType::Char | EntryType::Block | EntryType::Fifo => Some("a device or pipe"),
        kind if kind.as_byte() == LABEL => Some("the label of the archive"),
        _ => None,
    }
}

impl Extensions {
    fn read(&mut self, text: &[u8]) {
        for extension in PaxExtensions::new(text).flatten() {
            match extension.key_bytes() {
                b"path" => self.name = Some(extension.value_bytes().to_vec()),
                b"size" => self.bytes = extension.value().ok().and_then(|size| size.parse().ok()),
                b"GNU.sparse.name" => self.sparse_name = Some(extension.value_bytes().to_vec()),
                key => self.is_sparse |= key.starts_with(SPARSE_KEYS),
            }
        }
    }
}

impl Shared {
    /// The header of the next member, past what is left of this one; none at the end mark.
    fn header(&mut self) -> io::Result<Option<Header>> {
        if let Some(found) = self.found.take() {
            return Ok(Some(found));
        }
        let rest = self.left + self.padding;
        let passed = io::copy(&mut (&mut self.reader).take(rest), &mut io::sink())?;
        (self.left, self.padding) = (0, 0);
        let mut header = Header::new_old();
        if passed < rest || self.reader.read_exact(header.as_mut_bytes()).is_err() {
            return Err(damage("the archive ends before its end mark"));
        }
        if is_zeros(&header) && !self.pass_end_mark(&mut header)? {
            return Ok(None);
        }
        if !checksum_is_right(&header) {
            return Err(damage("the archive is damaged: the checksum of a header is wrong"));
        }
        Ok(Some(header))
    }

    /// Passes over the end mark that `header` begins, and reads the header behind it; whether there is one. Archives
    /// that were put together have one.
    fn pass_end_mark(&mut self, header: &mut Header) -> io::Result<bool> {
        while is_zeros(header) {
            let mut block = Vec::with_capacity(BLOCK_BYTES);
            (&mut self.reader).take(BLOCK_BYTES as u64).read_to_end(&mut block)?;
            if block.len() < BLOCK_BYTES {
                return Ok(false);
            }
            header.as_mut_bytes().copy_from_slice(&block);
        }
        if !checksum_is_right(header) {
            return Err(damage("behind the end mark of the archive stands something else"));
        }
        Ok(true)
    }

    /// Passes over all up to the next header, where one couldn't be read; whether there is one.
    fn pass_gap(&mut self) -> bool {
        (self.left, self.padding) = (0, 0);
        let mut header = Header::new_old();
        while self.reader.read_exact(header.as_mut_bytes()).is_ok() {
            if !is_zeros(&header) && checksum_is_right(&header) {
                self.found = Some(header);
                return true;
            }
        }
        false
    }

    /// Passes over the blocks that tell of more holes than there is room for in `header`.
    fn pass_holes(&mut self, header: &Header) -> io::Result<()> {
        let mut goes_on = header.as_gnu().is_some_and(GnuHeader::is_extended);
        while goes_on {
            let mut block = GnuExtSparseHeader::new();
            let read = self.reader.read_exact(block.as_mut_bytes());
            read.map_err(|_| damage("the archive ends within a header"))?;
            goes_on = block.is_extended();
        }
        Ok(())
    }

    fn begin(&mut self, bytes: u64) {
        self.left = bytes;
        self.padding = (BLOCK_BYTES as u64 - bytes % BLOCK_BYTES as u64) % BLOCK_BYTES as u64;
    }

    /// The content of an extension.
    fn extension(&mut self) -> io::Result<Vec<u8>> {
        if self.left > MAX_EXTENSION_BYTES {
            return Err(damage("the archive is damaged: an extension is too long"));
        }
        let mut bytes = Vec::new();
        let read = (&mut self.reader).take(self.left).read_to_end(&mut bytes)?;
        self.left -= read as u64;
        if self.left > 0 { Err(damage("the archive ends within a header")) } else { Ok(bytes) }
    }
}

impl Container for TarFile {
    fn next(&mut self) -> Option<Entry> {
        if self.ended || self.lock().is_cut_off {
            return None;
        }
        match self.entry() {
            Ok(Some(entry)) => Some(entry),
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.number += 1;
                self.has_gap = true;
                let goes_on = self.lock().pass_gap();
                self.lock().is_cut_off |= !goes_on;
                Some(Entry::refused(Place::Number(self.number), refused(&error)))
            }
        }
    }

    fn is_cut_off(&self) -> bool {
        self.has_gap || self.lock().is_cut_off
    }
}

/// The content of the member that the stream stands in.
struct TarMember(Arc<Mutex<Shared>>);

impl Read for TarMember {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut shared = self.0.lock();
        let most = buffer.len().min(usize::try_from(shared.left).unwrap_or(usize::MAX));
        if most == 0 {
            return Ok(0);
        }
        let read = shared.reader.read(&mut buffer[..most]).inspect_err(|_| shared.is_cut_off = true);
        let read = match read {
            Ok(0) => {
                shared.is_cut_off = true;
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive ends within it"));
            }
            read => read?,
        };
        shared.left -= read as u64;
        Ok(read)
    }
}
