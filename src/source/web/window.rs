//! [`Window`]: a stream that can be looked ahead in, and gone back in a little. One that is cut gives all that lies
//! before the cut first.

use std::io::{self, BufRead, Read};

use super::super::packed::Bytes;

/// Bytes that are read at once.
const CHUNK_BYTES: usize = 1 << 16;

/// Most bytes that are kept to go back to.
const MAX_KEPT_BYTES: usize = 8 << 20;

/// What records are read from: one part, or several of which a record may take up more than one.
pub(super) trait Parts: Read {
    /// Whether it is a member of a file in gzip, which most archives have by the record.
    const IS_MEMBER: bool;

    /// Goes on with the next part, if what is read ended and no record begins there; whether it did.
    ///
    /// # Errors
    ///
    /// If the next part can't be read.
    fn go_on(&mut self) -> io::Result<bool>;
}

impl Parts for Bytes {
    const IS_MEMBER: bool = false;

    fn go_on(&mut self) -> io::Result<bool> {
        Ok(false)
    }
}

/// A stream with what lies ahead in it, and where it stands.
pub(super) struct Window<R> {
    reader: R,
    buffer: Vec<u8>,
    start: usize,
    offset: u64,
    /// The offset from which on bytes are kept, to go back to.
    kept_from: Option<u64>,
    /// What is said of the stream's end if it is cut there.
    cut: Option<String>,
}

impl<R: Read> Window<R> {
    /// The stream `reader`, which stands at `offset`.
    pub fn new(reader: R, offset: u64) -> Self {
        Self { reader, buffer: Vec::new(), start: 0, offset, kept_from: None, cut: None }
    }

    /// Where it stands, in bytes.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// What lies ahead: at least `bytes` bytes, fewer only before the end, or before the place where the stream is cut.
    ///
    /// # Errors
    ///
    /// If the stream can't be read on.
    pub fn ahead(&mut self, bytes: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.start < bytes && self.cut.is_none() {
            match self.more() {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                    self.cut = Some(error.to_string());
                }
                Err(error) => return Err(error),
            }
        }
        Ok(&self.buffer[self.start..])
    }

    /// Whether nothing lies ahead.
    ///
    /// # Errors
    ///
    /// If the stream can't be read on, or is cut right here.
    pub fn is_at_end(&mut self) -> io::Result<bool> {
        let is_empty = self.ahead(1)?.is_empty();
        match self.cut() {
            Some(cut) if is_empty => Err(cut),
            _ => Ok(is_empty),
        }
    }

    /// The fault of the stream if it was seen to be cut, however much still lies ahead.
    pub fn cut(&self) -> Option<io::Error> {
        self.cut.as_ref().map(|reason| io::Error::new(io::ErrorKind::UnexpectedEof, reason.clone()))
    }

    /// Passes over `bytes` bytes that lie ahead.
    pub fn pass(&mut self, bytes: usize) {
        let bytes = bytes.min(self.buffer.len() - self.start);
        self.start += bytes;
        self.offset += bytes as u64;
    }

    /// Goes back by `bytes`, which were read last.
    pub fn put_back(&mut self, bytes: &[u8]) {
        self.buffer.splice(self.start..self.start, bytes.iter().copied());
        self.offset -= bytes.len() as u64;
    }

    /// Goes on with the next part of what is read; whether it did.
    pub fn go_on(&mut self) -> io::Result<bool>
    where
        R: Parts,
    {
        // Behind a cut nothing goes on.
        if self.cut.is_some() { Ok(false) } else { self.reader.go_on() }
    }

    /// Keeps what is read from here on, to go back to.
    pub fn keep(&mut self) {
        self.kept_from = Some(self.offset);
    }

    /// Goes back to where [`Self::keep`] was called, if that isn't too far.
    pub fn go_back(&mut self) {
        let back = self.kept_from.take().map(|from| self.offset - from);
        if let Some(back) =
            back.and_then(|back| usize::try_from(back).ok()).filter(|back| *back <= self.start)
        {
            self.start -= back;
            self.offset -= back as u64;
        }
    }

    /// Keeps nothing to go back to.
    pub fn forget_kept(&mut self) {
        self.kept_from = None;
    }

    /// Appends `bytes` bytes to `to`, fewer only at the end.
    pub fn read_into(&mut self, bytes: usize, to: &mut Vec<u8>) -> io::Result<()> {
        let wanted = to.len() + bytes;
        while to.len() < wanted {
            let ahead = self.ahead(1)?;
            if ahead.is_empty() {
                break;
            }
            let taken = ahead.len().min(wanted - to.len());
            to.extend_from_slice(&ahead[..taken]);
            self.pass(taken);
        }
        Ok(())
    }

    /// What it reads from; what lies ahead is lost.
    pub fn into_reader(self) -> R {
        self.reader
    }

    fn more(&mut self) -> io::Result<usize> {
        self.forget();
        let end = self.buffer.len();
        self.buffer.resize(end + CHUNK_BYTES, 0);
        let read = loop {
            match self.reader.read(&mut self.buffer[end..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.buffer.truncate(end + read.as_ref().map_or(0, |read| *read));
        read
    }

    /// Forgets what lies behind and needn't be kept.
    fn forget(&mut self) {
        let kept = self.kept_from.map_or(0, |from| self.offset - from);
        let kept = usize::try_from(kept).unwrap_or(usize::MAX);
        if kept > MAX_KEPT_BYTES {
            self.kept_from = None;
        }
        let kept = if self.kept_from.is_some() { kept.min(self.start) } else { 0 };
        let forgotten = self.start - kept;
        // What is moved to the front should be less than what is read for it.
        if forgotten > 0 && (forgotten >= CHUNK_BYTES || forgotten == self.buffer.len()) {
            self.buffer.drain(..forgotten);
            self.start = kept;
        }
    }
}

impl<R: Read> Read for Window<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let ahead = self.fill_buf()?;
        let taken = ahead.len().min(to.len());
        to[..taken].copy_from_slice(&ahead[..taken]);
        self.pass(taken);
        Ok(taken)
    }
}

impl<R: Read> BufRead for Window<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.is_at_end()?;
        self.ahead(1)
    }

    fn consume(&mut self, bytes: usize) {
        self.pass(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_back_to_where_it_kept_from() {
        let text: Vec<u8> = (0..300_000_u32).map(|n| (n % 251) as u8).collect();
        let mut window = Window::new(text.as_slice(), 10);
        window.read_into(70_000, &mut Vec::new()).unwrap();
        window.keep();
        let mut first = Vec::new();
        window.read_into(150_000, &mut first).unwrap();
        window.go_back();
        assert_eq!(window.offset(), 70_010);
        let mut second = Vec::new();
        window.read_into(150_000, &mut second).unwrap();
        assert_eq!(first, second);
        window.put_back(&second[second.len() - 3..]);
        let mut rest = Vec::new();
        window.read_to_end(&mut rest).unwrap();
        assert_eq!(rest, text[219_997..]);
    }

    /// A stream that is cut behind its content.
    struct Cut<'a>(&'a [u8]);

    impl Read for Cut<'_> {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            match self.0.read(to)? {
                0 => Err(io::Error::new(io::ErrorKind::UnexpectedEof, "cut")),
                read => Ok(read),
            }
        }
    }

    #[test]
    fn it_gives_what_lies_before_a_cut_and_then_tells_of_it() {
        let mut window = Window::new(Cut(b"abc"), 0);
        assert_eq!(window.ahead(10).unwrap(), b"abc");
        assert!(!window.is_at_end().unwrap());
        window.pass(3);
        for _ in 0..2 {
            assert_eq!(window.is_at_end().unwrap_err().to_string(), "cut");
            assert!(window.read(&mut [0]).is_err());
        }
    }
}
