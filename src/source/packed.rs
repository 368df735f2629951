//! Undoes compression, and stops what grows beyond measure.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use bzip2::bufread::BzDecoder;
use flate2::bufread::{DeflateDecoder, GzDecoder};
use lzma_rust2::XzReader;

use super::limits::{Limit, Limits};
use super::zstd::{CUT, ZstdFrames};

/// A stream of bytes, buffered.
pub(super) type Bytes = Box<dyn BufRead + Send>;

/// Bytes of a buffer over a stream.
pub(super) const BUFFER_BYTES: usize = 1 << 16;

/// Bytes that something compressed may grow to whatever its ratio: small files of one letter do.
pub(super) const FREE_EXPANSION_BYTES: u64 = 1 << 20;

/// Of how many parts of what is left one may be taken so.
const FREE_PARTS: u64 = 8;

/// Most memory that a stream's own window may take, in KiB: as much as the strongest common settings ask for.
pub(super) const MAX_WINDOW_KIB: u32 = (64 << 10) + 512;

/// A way in which bytes are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Codec {
    Gzip,
    Zstd,
    Xz,
    Bzip2,
    Lz4,
    /// As in ZIP files, without a header.
    Deflate,
}

/// How much the contents of a file may grow to in all, or of a container inside it, whatever lies inside what.
#[derive(Debug)]
pub(super) struct Allowance {
    ratio: u64,
    most: u64,
    /// How much of that only what keeps to the ratio may take.
    reserved: u64,
    grown: AtomicU64,
    /// The allowance of what it lies in, which counts what it takes too.
    around: Option<Arc<Self>>,
}

impl Allowance {
    /// The allowance of a file of `bytes` bytes.
    pub fn new(bytes: u64, limits: &Limits) -> Self {
        let ratio = limits.expansion_ratio;
        // The largest input goes beyond the ratio, so that one bomb doesn't cost the others.
        let reserved = bytes.saturating_mul(ratio);
        let most = reserved.saturating_add(limits.input_bytes);
        Self { ratio, most, reserved, grown: AtomicU64::new(0), around: None }
    }

    /// The allowance of something that lies in what has `around`: half of what is left of that, so that a bomb leaves
    /// something to what lies behind it.
    pub fn inside(around: &Arc<Self>) -> Self {
        let most = around.left() / 2;
        Self {
            ratio: around.ratio,
            most,
            reserved: most / 2,
            grown: AtomicU64::new(0),
            around: Some(Arc::clone(around)),
        }
    }

    /// Counts `bytes` more that came out of what has grown to `grown` bytes from `taken`.
    ///
    /// # Errors
    ///
    /// If that is more than it, or the file, may grow to.
    pub fn count(&self, bytes: u64, grown: u64, taken: u64) -> io::Result<()> {
        // The less is left, the less is free: any number of small bombs leaves what others need.
        let free = FREE_EXPANSION_BYTES.min(self.left().saturating_sub(self.reserved) / FREE_PARTS);
        if grown > taken.saturating_mul(self.ratio).max(free) {
            return Err(damage(Limit::Expansion(self.ratio).to_string()));
        }
        let mut counted = Some(self);
        while let Some(allowance) = counted {
            allowance.grown.fetch_add(bytes, Ordering::Relaxed);
            counted = allowance.around.as_deref();
        }
        self.check()
    }

    /// Makes sure that there is something left.
    ///
    /// # Errors
    ///
    /// If nothing more of the file, or of the container, can be read.
    pub fn check(&self) -> io::Result<()> {
        if self.is_used_up() { Err(damage(Limit::Expansion(self.ratio).to_string())) } else { Ok(()) }
    }

    /// Whether nothing more of the file, or of the container, can be read.
    pub fn is_used_up(&self) -> bool {
        self.grown.load(Ordering::Relaxed) > self.most
            || self.around.as_ref().is_some_and(|around| around.is_used_up())
    }

    fn left(&self) -> u64 {
        self.most.saturating_sub(self.grown.load(Ordering::Relaxed))
    }
}

/// What `reader` holds, decompressed.
pub(super) fn unpack(codec: Codec, reader: Bytes, allowance: &Arc<Allowance>) -> Bytes {
    let (taken, failed) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
    let counted = Counted { reader, taken: Arc::clone(&taken), failed: Arc::clone(&failed) };
    let reader: Box<dyn Read + Send> = match codec {
        Codec::Gzip => Box::new(Joined::<GzDecoder<Counted>>::new(counted)),
        Codec::Zstd => Box::new(ZstdFrames::new(counted)),
        Codec::Xz => Box::new(Joined::<XzReader<Counted>>::new(counted)),
        Codec::Bzip2 => Box::new(Joined::<BzDecoder<Counted>>::new(counted)),
        Codec::Lz4 => Box::new(Lz4Frames::new(counted)),
        Codec::Deflate => Box::new(DeflateDecoder::new(counted)),
    };
    let reader = InWords { reader, codec, failed };
    let bounded = Bounded { reader, taken, grown: 0, allowance: Arc::clone(allowance) };
    Box::new(BufReader::with_capacity(BUFFER_BYTES, bounded))
}

/// What is said of what is compressed and has no end.
const CUT_SHORT: &str = "it is cut short: the end of what is compressed isn't there";

/// Counts what is taken.
struct Counted {
    reader: Bytes,
    taken: Arc<AtomicU64>,
    /// Whether it couldn't be read, which is no matter of what is made of it.
    failed: Arc<AtomicBool>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer).inspect_err(|_| self.failed.store(true, Ordering::Relaxed))?;
        self.taken.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.reader.fill_buf().inspect_err(|_| self.failed.store(true, Ordering::Relaxed))
    }

    fn consume(&mut self, amount: usize) {
        self.taken.fetch_add(amount as u64, Ordering::Relaxed);
        self.reader.consume(amount);
    }
}

/// Says for people what a decoder finds wrong.
struct InWords {
    reader: Box<dyn Read + Send>,
    codec: Codec,
    failed: Arc<AtomicBool>,
}

impl Read for InWords {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reader.read(buffer).map_err(|error| {
            let tells_of_content = matches!(
                error.kind(),
                io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other
            );
            let is_of_decoder = self.codec == Codec::Xz
                && tells_of_content
                && !is_junk_behind(&error)
                && !self.failed.load(Ordering::Relaxed);
            if is_of_decoder { damage("what is compressed in xz is damaged") } else { as_damage(error) }
        })
    }
}

/// Fails once more comes out than what was taken may grow to, or the whole file.
struct Bounded {
    reader: InWords,
    taken: Arc<AtomicU64>,
    grown: u64,
    allowance: Arc<Allowance>,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.allowance.check()?;
        let read = self.reader.read(buffer)?;
        self.grown += read as u64;
        self.allowance.count(read as u64, self.grown, self.taken.load(Ordering::Relaxed))?;
        Ok(read)
    }
}

/// An error that tells of the content, not of the system.
pub(super) fn damage(reason: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason.into())
}

/// Says that all of what is compressed was read, and something else stands behind it.
#[derive(Debug, thiserror::Error)]
#[error("behind its end stand bytes that aren't compressed")]
struct JunkBehind;

pub(super) fn junk_behind() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, JunkBehind)
}

/// Whether `error` says that all was read, and something else stands behind it.
pub(super) fn is_junk_behind(error: &io::Error) -> bool {
    error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<JunkBehind>)
}

/// The next line of `reader`, or so many bytes of it; nothing at the end. The last line is whole without an end of its
/// own, and what stands behind it is told by the next that is read.
///
/// # Errors
///
/// If it can't be read.
pub(super) fn read_line(reader: &mut Bytes, most: u64) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    match reader.take(most).read_until(b'\n', &mut line) {
        Err(cut) if is_junk_behind(&cut) && !line.is_empty() => {}
        read => _ = read?,
    }
    Ok(line)
}

/// Another error that says the same as `error`.
pub(super) fn same(error: &io::Error) -> io::Error {
    if is_junk_behind(error) { junk_behind() } else { io::Error::new(error.kind(), error.to_string()) }
}

/// What a decoder says of its input is no fault of the system, whatever kind it gives it.
pub(super) fn as_damage(error: io::Error) -> io::Error {
    match error.kind() {
        _ if error.raw_os_error().is_some() => error,
        io::ErrorKind::InvalidData => error,
        io::ErrorKind::UnexpectedEof if error.to_string() == CUT => error,
        // Decoders say so in words for programmers, each in its own.
        io::ErrorKind::UnexpectedEof => io::Error::new(io::ErrorKind::UnexpectedEof, CUT_SHORT),
        _ => damage(error.to_string()),
    }
}

/// Decodes one of the streams that may be joined in a file.
trait Part: Read {
    /// What it begins with: as much of it as is surely at hand.
    const BEGINNING: u8;

    fn of(reader: Counted) -> Self;

    fn into_reader(self) -> Counted;
}

impl Part for GzDecoder<Counted> {
    const BEGINNING: u8 = b'\x1f';

    fn of(reader: Counted) -> Self {
        Self::new(reader)
    }

    fn into_reader(self) -> Counted {
        self.into_inner()
    }
}

impl Part for BzDecoder<Counted> {
    const BEGINNING: u8 = b'B';

    fn of(reader: Counted) -> Self {
        Self::new(reader)
    }

    fn into_reader(self) -> Counted {
        self.into_inner()
    }
}

impl Part for XzReader<Counted> {
    const BEGINNING: u8 = b'\xfd';

    fn of(reader: Counted) -> Self {
        Self::new_mem_limit(reader, false, MAX_WINDOW_KIB)
    }

    fn into_reader(self) -> Counted {
        self.into_inner()
    }
}

/// Reads all streams that are joined in a file, which may be filled up with zeros as tapes were.
struct Joined<P> {
    /// None behind the last.
    decoder: Option<P>,
    /// Whether anything else stands there: that is told as often as it is tried.
    has_junk: bool,
}

impl<P: Part> Joined<P> {
    fn new(reader: Counted) -> Self {
        Self { decoder: Some(P::of(reader)), has_junk: false }
    }
}

impl<P: Part> Read for Joined<P> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(decoder) = &mut self.decoder {
            let read = decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let reader = self.decoder.take().map(P::into_reader);
            if let Some(mut reader) = reader
                && pass_zeros(&mut reader)?
            {
                self.has_junk = reader.fill_buf()?.first() != Some(&P::BEGINNING);
                self.decoder = (!self.has_junk).then(|| P::of(reader));
            }
        }
        if self.has_junk { Err(junk_behind()) } else { Ok(0) }
    }
}

/// Passes over zeros; whether anything else is behind them.
pub(super) fn pass_zeros(reader: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let ahead = reader.fill_buf()?;
        let zeros = ahead.iter().take_while(|&&byte| byte == 0).count();
        if zeros < ahead.len() || ahead.is_empty() {
            let is_more = !ahead.is_empty();
            reader.consume(zeros);
            return Ok(is_more);
        }
        reader.consume(zeros);
    }
}

/// Reads all frames of an LZ4 stream, one after the other.
struct Lz4Frames<R: Read> {
    decoder: lz4_flex::frame::FrameDecoder<R>,
    /// Whether a frame was read to its end.
    is_behind_one: bool,
    /// Whether something else stands behind it: that is told as often as it is tried.
    has_junk: bool,
}

/// What a frame of LZ4 begins with.
const LZ4_BEGINNING: u8 = b'\x04';

impl<R: BufRead> Lz4Frames<R> {
    fn new(reader: R) -> Self {
        let decoder = lz4_flex::frame::FrameDecoder::new(reader);
        Self { decoder, is_behind_one: false, has_junk: false }
    }

    /// Whether another frame begins, behind zeros perhaps.
    fn goes_on(&mut self) -> io::Result<bool> {
        self.is_behind_one = true;
        let reader = self.decoder.get_mut();
        let is_more = pass_zeros(reader)?;
        self.has_junk = is_more && reader.fill_buf()?.first() != Some(&LZ4_BEGINNING);
        Ok(is_more && !self.has_junk)
    }

    /// What is wrong where the decoder says `error`.
    fn fault(&mut self, error: io::Error) -> io::Error {
        use lz4_flex::frame::Error;
        match error.get_ref().and_then(|error| error.downcast_ref()) {
            Some(Error::WrongMagicNumber) if self.is_behind_one => {
                self.has_junk = true;
                junk_behind()
            }
            Some(Error::HeaderChecksumError | Error::BlockChecksumError | Error::ContentChecksumError) => {
                damage("its checksum is wrong")
            }
            Some(_) => damage("a frame of LZ4 is damaged"),
            None => error,
        }
    }
}

impl<R: BufRead> Read for Lz4Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.has_junk {
            let read = self.decoder.read(buffer).map_err(|error| self.fault(error))?;
            // At the end of a frame it gives nothing, and behind it begins the next.
            if read > 0 || buffer.is_empty() || !self.goes_on()? && !self.has_junk {
                return Ok(read);
            }
        }
        Err(junk_behind())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn unpacked(codec: Codec, packed: Vec<u8>, ratio: u64) -> Result<Vec<u8>, String> {
        let limits = Limits { expansion_ratio: ratio, ..Limits::default() };
        let allowance = Arc::new(Allowance::new(packed.len() as u64, &limits));
        let mut bytes = Vec::new();
        let mut reader = unpack(codec, Box::new(io::Cursor::new(packed)), &allowance);
        reader.read_to_end(&mut bytes).map(|_| bytes).map_err(|error| error.to_string())
    }

    fn packed(codec: Codec, text: &[u8]) -> Vec<u8> {
        use flate2::Compression;
        use flate2::write::{DeflateEncoder, GzEncoder};
        match codec {
            Codec::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
                encoder.write_all(text).unwrap();
                encoder.finish().unwrap()
            }
            Codec::Deflate => {
                let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
                encoder.write_all(text).unwrap();
                encoder.finish().unwrap()
            }
            Codec::Zstd => {
                ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
            }
            Codec::Xz => {
                let options = lzma_rust2::XzOptions::with_preset(6);
                let mut encoder = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
                encoder.write_all(text).unwrap();
                encoder.finish().unwrap()
            }
            Codec::Lz4 => {
                let mut encoder = lz4_flex::frame::FrameEncoder::new(Vec::new());
                encoder.write_all(text).unwrap();
                encoder.finish().unwrap()
            }
            Codec::Bzip2 => {
                let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
                encoder.write_all(text).unwrap();
                encoder.finish().unwrap()
            }
        }
    }

    const ALL: [Codec; 6] = [Codec::Gzip, Codec::Zstd, Codec::Xz, Codec::Bzip2, Codec::Lz4, Codec::Deflate];

    #[test]
    fn every_codec_is_undone_and_those_that_join_are_read_to_their_end() {
        let text = b"the harbour froze over and thawed again ".repeat(50);
        for codec in ALL {
            assert_eq!(unpacked(codec, packed(codec, &text), 200).as_ref(), Ok(&text), "{codec:?}");
            if codec != Codec::Deflate {
                let two = [packed(codec, b"one "), packed(codec, b"two")].concat();
                assert_eq!(unpacked(codec, two, 200).unwrap(), b"one two", "{codec:?}");
            }
        }
    }

    #[test]
    fn what_is_joined_may_be_filled_up_with_zeros_and_nothing_else() {
        for codec in [Codec::Gzip, Codec::Bzip2, Codec::Xz, Codec::Zstd, Codec::Lz4] {
            let members = |between: &[u8]| {
                [&packed(codec, b"one ")[..], between, &packed(codec, b"two"), between].concat()
            };
            assert_eq!(unpacked(codec, members(&[0; 7000]), 200).unwrap(), b"one two");
            for junk in [&b"\0\0x"[..], b"xx", b"junk behind it", b"(junk", b"\x04junk behind it"] {
                let junk = unpacked(codec, members(junk), 200).unwrap_err();
                assert!(junk.contains("behind its end stand bytes"), "{codec:?}: {junk}");
            }
        }
    }

    #[test]
    fn any_number_of_bombs_leaves_something() {
        let limits = Limits { input_bytes: 64 << 20, ..Limits::default() };
        let file = Arc::new(Allowance::new(1000, &limits));
        let grow = |allowance: &Allowance, taken: u64| {
            let mut grown = 0;
            while allowance.count(1 << 14, grown + (1 << 14), taken).is_ok() {
                grown += 1 << 14;
            }
            grown
        };
        for _ in 0..1000 {
            grow(&file, 10);
        }
        assert!(grow(&file, 1000) >= 1000 * 180 && !file.is_used_up());
        let inside = Allowance::inside(&file);
        while inside.check().is_ok() {
            grow(&inside, 10_000);
        }
        assert!(inside.is_used_up() && !file.is_used_up());
    }

    #[test]
    fn a_cut_stream_is_an_error_and_never_a_short_text() {
        let text: Vec<u8> =
            (0..20_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        for codec in ALL {
            let packed = packed(codec, &text);
            let cut = packed[..packed.len() / 2].to_vec();
            assert!(unpacked(codec, cut, 200).is_err(), "{codec:?}");
        }
    }

    #[test]
    fn a_bomb_is_stopped() {
        let bomb = vec![b' '; 2 << 20];
        for codec in ALL {
            let error = unpacked(codec, packed(codec, &bomb), 20).unwrap_err();
            assert!(error.contains("over 20 times its size; --max-expansion"), "{codec:?}: {error}");
        }
    }
}
