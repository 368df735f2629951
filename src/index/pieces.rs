//! [`Pieces`]: a file of the index that is read piece by piece, and not mapped into memory.
//!
//! Whoever writes to an index reads all of it while segments are merged and articles looked at anew. What is mapped
//! counts as the program's memory for as long as the segment is open; pieces are given back as soon as they were used.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

use parking_lot::Mutex;
use tantivy::HasLen;
use tantivy::directory::{Directory, FileHandle, MmapDirectory, OwnedBytes};

/// Bytes that are read at once where one piece follows the other. There are two or three such files a segment, and all
/// of them may be read at a time.
const BYTES_AHEAD: usize = 64 << 10;

/// Bytes of the largest piece that is copied. What is larger is the texts of a whole segment that another is to hold as
/// they are: mapped, and for no longer than that takes, as memory that the system may take back at any time.
const MAX_COPIED_BYTES: usize = 8 << 20;

/// A file that is read piece by piece.
pub(super) struct Pieces {
    path: PathBuf,
    bytes: usize,
    mapped: MmapDirectory,
    state: Mutex<State>,
}

struct State {
    file: File,
    /// The piece that is held, and where it begins.
    piece: OwnedBytes,
    start: usize,
    /// Where what was asked for last ends.
    end_of_last: usize,
}

impl Pieces {
    /// The file `path` in the folder `folder`, which `mapped` maps the files of.
    pub fn open(folder: &Path, path: &Path, mapped: &MmapDirectory) -> io::Result<Self> {
        let file = File::open(folder.join(path))?;
        let too_large = |_| io::Error::from(io::ErrorKind::FileTooLarge);
        let bytes = usize::try_from(file.metadata()?.len()).map_err(too_large)?;
        let state = State { file, piece: OwnedBytes::empty(), start: 0, end_of_last: usize::MAX };
        Ok(Self { path: path.to_owned(), bytes, mapped: mapped.clone(), state: Mutex::new(state) })
    }
}

impl State {
    /// The bytes in `range`, if they lie in the piece that is held.
    fn held(&self, range: &Range<usize>) -> Option<OwnedBytes> {
        let start = range.start.checked_sub(self.start)?;
        let end = range.end - self.start;
        (end <= self.piece.len()).then(|| self.piece.slice(start..end))
    }

    /// Whether what begins at `start` follows what was asked for last, or nearly.
    fn goes_on_at(&self, start: usize) -> bool {
        start.checked_sub(self.end_of_last).is_some_and(|gap| gap < BYTES_AHEAD)
    }

    fn read(&mut self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0; range.len()];
        self.file.seek(SeekFrom::Start(range.start as u64))?;
        self.file.read_exact(&mut bytes)?;
        let piece = OwnedBytes::new(bytes);
        if piece.len() <= BYTES_AHEAD {
            (self.piece, self.start) = (piece.clone(), range.start);
        }
        Ok(piece)
    }
}

impl FileHandle for Pieces {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.len() > MAX_COPIED_BYTES {
            let whole = self.mapped.get_file_handle(&self.path).map_err(io::Error::other)?;
            return whole.read_bytes(range);
        }
        let mut state = self.state.lock();
        let bytes = match state.held(&range) {
            Some(bytes) => bytes,
            None => {
                let ahead = if state.goes_on_at(range.start) { BYTES_AHEAD } else { 0 };
                let end = range.end.max(self.bytes.min(range.start + ahead));
                state.read(range.start..end)?.slice(0..range.len())
            }
        };
        state.end_of_last = range.end;
        Ok(bytes)
    }
}

impl HasLen for Pieces {
    fn len(&self) -> usize {
        self.bytes
    }
}

impl fmt::Debug for Pieces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pieces").field(&self.path).finish()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A file of so many bytes in `folder`, and what is in it.
    fn file(folder: &Path, bytes: u32) -> (Pieces, Vec<u8>) {
        let content: Vec<u8> = (0..bytes).map(|n| (n % 251) as u8).collect();
        std::fs::write(folder.join("f"), &content).unwrap();
        let mapped = MmapDirectory::open(folder).unwrap();
        (Pieces::open(folder, Path::new("f"), &mapped).unwrap(), content)
    }

    #[test]
    fn what_follows_is_read_ahead_and_held() {
        let folder = tempfile::tempdir().unwrap();
        let (pieces, content) = file(folder.path(), 200_000);
        let held = || pieces.state.lock().piece.len();
        assert_eq!(pieces.read_bytes(500..600).unwrap().as_slice(), &content[500..600]);
        assert_eq!(held(), 100);
        assert_eq!(pieces.read_bytes(610..620).unwrap().as_slice(), &content[610..620]);
        assert_eq!(held(), BYTES_AHEAD);
        assert_eq!(pieces.read_bytes(700..150_000).unwrap().as_slice(), &content[700..150_000]);
        assert_eq!(held(), BYTES_AHEAD);
        assert_eq!(pieces.read_bytes(199_000..200_000).unwrap().as_slice(), &content[199_000..]);
        assert_eq!(held(), 1_000);
    }

    #[test]
    fn what_is_large_is_mapped() {
        let folder = tempfile::tempdir().unwrap();
        let (pieces, content) = file(folder.path(), 9 << 20);
        assert_eq!(pieces.read_bytes(0..content.len()).unwrap().as_slice(), content);
        assert_eq!(pieces.state.lock().piece.len(), 0);
    }

    proptest! {
        #[test]
        fn pieces_are_what_the_file_holds(
            reads in proptest::collection::vec((0_usize..300_000, 0_usize..90_000), 1..20)
        ) {
            let folder = tempfile::tempdir().unwrap();
            let (pieces, content) = file(folder.path(), 300_000);
            for (start, bytes) in reads {
                let range = start..(start + bytes).min(content.len());
                let read = pieces.read_bytes(range.clone()).unwrap();
                prop_assert_eq!(read.as_slice(), &content[range]);
            }
        }
    }
}
