//! Undoes compression, and stops what grows beyond measure.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::{DeflateDecoder, MultiGzDecoder};
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::limits::{Limits, too_grown};

/// A stream of bytes, buffered.
pub(super) type Bytes = Box<dyn BufRead + Send>;

/// Bytes of a buffer over a stream.
pub(super) const BUFFER_BYTES: usize = 1 << 16;

/// Bytes that something compressed may grow to whatever its ratio: small files of one letter do.
const FREE_EXPANSION_BYTES: u64 = 1 << 20;

/// Most memory that a stream's own window may take, in KiB: as much as the strongest common settings ask for.
const MAX_WINDOW_KIB: u32 = (64 << 10) + 512;

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

/// How much the contents of one file may grow to in all, whatever lies inside what.
#[derive(Debug)]
pub(super) struct Allowance {
    ratio: u64,
    most: u64,
    grown: AtomicU64,
}

impl Allowance {
    /// The allowance of a file of `bytes` bytes.
    pub fn new(bytes: u64, limits: &Limits) -> Self {
        let ratio = limits.expansion_ratio;
        // The largest input goes beyond the ratio, so that one bomb doesn't cost the others.
        let most = bytes.saturating_mul(ratio).saturating_add(limits.input_bytes);
        Self { ratio, most, grown: AtomicU64::new(0) }
    }

    /// Counts `bytes` more that came out of what has grown to `grown` bytes from `taken`.
    ///
    /// # Errors
    ///
    /// If that is more than it, or the file, may grow to.
    pub fn count(&self, bytes: u64, grown: u64, taken: u64) -> io::Result<()> {
        self.grown.fetch_add(bytes, Ordering::Relaxed);
        let most = taken.saturating_mul(self.ratio).max(FREE_EXPANSION_BYTES);
        if grown > most || self.is_used_up() {
            return Err(damage(too_grown(self.ratio)));
        }
        Ok(())
    }

    /// Whether nothing more of the file can be read.
    pub fn is_used_up(&self) -> bool {
        self.grown.load(Ordering::Relaxed) > self.most
    }
}

/// What `reader` holds, decompressed.
pub(super) fn unpack(codec: Codec, reader: Bytes, allowance: &Arc<Allowance>) -> Bytes {
    let taken = Arc::new(AtomicU64::new(0));
    let counted = Counted { reader, taken: Arc::clone(&taken) };
    let reader: Box<dyn Read + Send> = match codec {
        Codec::Gzip => Box::new(MultiGzDecoder::new(counted)),
        Codec::Zstd => Box::new(ZstdFrames::new(counted)),
        Codec::Xz => Box::new(lzma_rust2::XzReader::new_mem_limit(counted, true, MAX_WINDOW_KIB)),
        Codec::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(counted)),
        Codec::Lz4 => Box::new(Lz4Frames { decoder: lz4_flex::frame::FrameDecoder::new(counted) }),
        Codec::Deflate => Box::new(DeflateDecoder::new(counted)),
    };
    let bounded = Bounded { reader, taken, grown: 0, allowance: Arc::clone(allowance) };
    Box::new(BufReader::with_capacity(BUFFER_BYTES, bounded))
}

/// Counts what is taken.
struct Counted {
    reader: Bytes,
    taken: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.taken.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.reader.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.taken.fetch_add(amount as u64, Ordering::Relaxed);
        self.reader.consume(amount);
    }
}

/// Fails once more comes out than what was taken may grow to, or the whole file.
struct Bounded {
    reader: Box<dyn Read + Send>,
    taken: Arc<AtomicU64>,
    grown: u64,
    allowance: Arc<Allowance>,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer).map_err(as_damage)?;
        self.grown += read as u64;
        self.allowance.count(read as u64, self.grown, self.taken.load(Ordering::Relaxed))?;
        Ok(read)
    }
}

/// An error that tells of the content, not of the system.
pub(super) fn damage(reason: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason.into())
}

/// What a decoder says of its input is no fault of the system, whatever kind it gives it.
fn as_damage(error: io::Error) -> io::Error {
    let is_systems = error.raw_os_error().is_some()
        || matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof);
    if is_systems { error } else { damage(error.to_string()) }
}

/// Reads all frames of a zstd stream, one after the other.
pub(super) struct ZstdFrames<R> {
    reader: R,
    decoder: FrameDecoder,
    in_frame: bool,
}

impl<R: BufRead> ZstdFrames<R> {
    pub fn new(reader: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(u64::from(MAX_WINDOW_KIB) << 10);
        Self { reader, decoder, in_frame: false }
    }

    /// Begins the next frame; whether there is one.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.reader.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.reader) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    io::copy(&mut (&mut self.reader).take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(damage(error.to_string())),
            }
        }
        Ok(false)
    }
}

impl<R: BufRead> Read for ZstdFrames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.in_frame {
                self.in_frame = self.begin()?;
                if !self.in_frame {
                    return Ok(0);
                }
            }
            if self.decoder.can_collect() > 0 {
                return self.decoder.read(buffer);
            }
            if self.decoder.is_finished() {
                let stated = self.decoder.get_checksum_from_data();
                if stated.is_some() && stated != self.decoder.get_calculated_checksum() {
                    return Err(damage("its checksum is wrong"));
                }
                self.in_frame = false;
                continue;
            }
            self.decoder
                .decode_blocks(&mut self.reader, BlockDecodingStrategy::UptoBlocks(1))
                .map_err(|error| damage(error.to_string()))?;
        }
    }
}

/// Reads all frames of an LZ4 stream, one after the other.
struct Lz4Frames<R: Read> {
    decoder: lz4_flex::frame::FrameDecoder<R>,
}

impl<R: BufRead> Read for Lz4Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            // At the end of a frame it gives nothing, and behind it begins the next.
            let read = self.decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() || self.decoder.get_mut().fill_buf()?.is_empty() {
                return Ok(read);
            }
        }
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
