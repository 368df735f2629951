//! [`Stretch`]: a part of a file, or of bytes in memory, that can be read from any place in it.
//!
//! What lies inside other files is read in place by it, however deep: a stored member of a ZIP file is a
//! stretch of that file.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

use parking_lot::Mutex;

/// What a stretch is of.
trait Source: Read + Seek + Send {}

impl<T: Read + Seek + Send> Source for T {}

/// The source, and where in it the next byte would be read.
struct Shared {
    source: Box<dyn Source>,
    at: u64,
    /// How many bytes were read of it so far, some of them perhaps twice.
    read: u64,
}

/// A part of something that can be read from any place in it. Its clones read independently.
#[derive(Clone)]
pub(super) struct Stretch {
    shared: Arc<Mutex<Shared>>,
    start: u64,
    bytes: u64,
    at: u64,
    in_memory: bool,
}

impl Stretch {
    /// All `bytes` bytes of `source`, which is at its beginning.
    pub fn new(source: impl Read + Seek + Send + 'static, bytes: u64) -> Self {
        let shared = Shared { source: Box::new(source), at: 0, read: 0 };
        Self { shared: Arc::new(Mutex::new(shared)), start: 0, bytes, at: 0, in_memory: false }
    }

    /// All of `bytes`, which are held for it.
    pub fn in_memory(bytes: Vec<u8>) -> Self {
        let length = bytes.len() as u64;
        Self { in_memory: true, ..Self::new(io::Cursor::new(bytes), length) }
    }

    /// Whether what it is a part of is held in memory.
    pub fn is_in_memory(&self) -> bool {
        self.in_memory
    }

    /// Its part of at most `bytes` bytes from `start` on.
    pub fn part(&self, start: u64, bytes: u64) -> Self {
        let start = start.min(self.bytes);
        Self {
            shared: Arc::clone(&self.shared),
            start: self.start + start,
            bytes: bytes.min(self.bytes - start),
            at: 0,
            in_memory: self.in_memory,
        }
    }

    /// How many bytes were read so far of what it is a part of, by whomever; at most as many as it is long.
    pub fn bytes_read(&self) -> u64 {
        self.shared.lock().read.min(self.bytes)
    }

    /// How long it is, in bytes.
    pub fn length(&self) -> u64 {
        self.bytes
    }
}

impl Read for Stretch {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.bytes.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let most = buffer.len().min(left);
        if most == 0 {
            return Ok(0);
        }
        let mut shared = self.shared.lock();
        let wanted = self.start + self.at;
        if shared.at != wanted {
            shared.at = shared.source.seek(SeekFrom::Start(wanted))?;
        }
        let read = shared.source.read(&mut buffer[..most])?;
        shared.at += read as u64;
        shared.read += read as u64;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Stretch {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.bytes.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_independently() {
        let whole = Stretch::new(io::Cursor::new(b"0123456789".to_vec()), 10);
        let (mut a, mut b) = (whole.part(2, 3), whole.part(5, 100));
        let mut two = [0; 2];
        a.read_exact(&mut two).unwrap();
        assert_eq!(&two, b"23");
        let mut rest = String::new();
        b.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "56789");
        rest.clear();
        a.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "4");
        assert_eq!((whole.bytes_read(), whole.part(0, 3).bytes_read()), (8, 3));
        a.seek(SeekFrom::End(-1)).unwrap();
        assert_eq!(a.read(&mut two).unwrap(), 1);
        assert!(a.seek(SeekFrom::Current(-9)).is_err());
    }
}
