//! [`ZstdFrames`]: a zstd stream, frame by frame, with the dictionary that a web archive may begin with.

use std::fmt::Display;
use std::io::{self, BufRead, Read};
use std::ops::RangeInclusive;

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder, StreamingDecoder};

use super::packed::{MAX_WINDOW_KIB, damage, junk_behind, pass_zeros};

/// What a frame of data begins with.
pub(super) const FRAME_MAGIC: &[u8] = b"\x28\xb5\x2f\xfd";

/// What frames begin with that are passed over.
const PASSED_OVER: RangeInclusive<u8> = 0x50..=0x5f;

/// What a dictionary begins with (RFC 8878, section 5).
const DICTIONARY_MAGIC: &[u8] = b"\x37\xa4\x30\xec";

/// The number of the frame that holds a dictionary ("Zstandard Compression for WARC Files", IIPC).
const DICTIONARY_FRAME: u32 = 0x184D_2A5D;

/// Largest dictionary that is read, in bytes, decompressed: those in use have some 100 KB.
const MAX_DICTIONARY_BYTES: u64 = 16 << 20;

/// A last block without content and a checksum: behind them a decoder gives what it holds back to refer to.
const END_OF_FRAME: &[u8] = &[1, 0, 0, 0, 0, 0, 0];

/// What is said of a stream that ends within a frame.
pub(super) const CUT: &str = "it ends within a frame of zstd";

/// Whether `head` begins a zstd stream: with a frame of data, or with one that is passed over.
pub(super) fn is_zstd(head: &[u8]) -> bool {
    head.starts_with(FRAME_MAGIC)
        || matches!(head, [first, 0x2a, 0x4d, 0x18, ..] if PASSED_OVER.contains(first))
}

/// Reads all frames of a zstd stream, one after the other.
pub(super) struct ZstdFrames<R> {
    reader: R,
    decoder: FrameDecoder,
    in_frame: bool,
    /// What is said of the stream if it ends within the frame.
    cut: Option<String>,
    /// Whether no frame was read yet.
    at_start: bool,
    /// Whether something else than frames stands behind the last: that is told as often as it is tried.
    has_junk: bool,
    /// The dictionary that the stream begins with.
    dictionary: Option<u32>,
}

impl<R: BufRead> ZstdFrames<R> {
    /// The stream `reader`.
    pub fn new(reader: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(u64::from(MAX_WINDOW_KIB) << 10);
        Self {
            reader,
            decoder,
            in_frame: false,
            cut: None,
            at_start: true,
            has_junk: false,
            dictionary: None,
        }
    }

    /// Begins the next frame; whether there is one.
    fn begin(&mut self) -> io::Result<bool> {
        if self.at_start && self.reader.fill_buf()?.is_empty() {
            return Ok(false);
        }
        while self.at_start || self.is_more_behind()? {
            let at_start = std::mem::take(&mut self.at_start);
            match self.decoder.reset(&mut self.reader) {
                Ok(()) => {
                    // A frame need not name the dictionary that it was made with.
                    if let Some(id) = self.dictionary {
                        self.decoder.force_dict(id).map_err(|error| damage(in_words(&error)))?;
                    }
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    magic_number,
                    length,
                })) => self.pass(u64::from(length), at_start && magic_number == DICTIONARY_FRAME)?,
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::BadMagicNumber(_)))
                    if !at_start =>
                {
                    self.has_junk = true;
                    return Err(junk_behind());
                }
                Err(error) => return Err(self.fault(&error)),
            }
        }
        Ok(false)
    }

    /// Whether there is something behind a frame, which may be filled up with zeros as tapes were.
    ///
    /// # Errors
    ///
    /// If that is no frame.
    fn is_more_behind(&mut self) -> io::Result<bool> {
        if !self.has_junk && !pass_zeros(&mut self.reader)? {
            return Ok(false);
        }
        let first = self.reader.fill_buf()?.first();
        self.has_junk |= !first.is_some_and(|first| *first == FRAME_MAGIC[0] || PASSED_OVER.contains(first));
        if self.has_junk { Err(junk_behind()) } else { Ok(true) }
    }

    /// What is wrong with a frame that can't be decoded: the stream ends in it, or it is damaged.
    fn fault(&mut self, error: &FrameDecoderError) -> io::Error {
        match self.reader.fill_buf() {
            Ok([]) => io::Error::new(io::ErrorKind::UnexpectedEof, CUT),
            Ok(_) => damage(in_words(error)),
            Err(error) => error,
        }
    }

    /// Decodes the next block. Of a frame that is cut, what was decoded before is given first.
    fn decode_block(&mut self) -> io::Result<()> {
        let decoded = self.decoder.decode_blocks(&mut self.reader, BlockDecodingStrategy::UptoBlocks(1));
        let Err(error) = decoded else { return Ok(()) };
        let fault = self.fault(&error);
        if fault.kind() != io::ErrorKind::UnexpectedEof {
            return Err(fault);
        }
        self.cut = Some(fault.to_string());
        let ended = self.decoder.decode_blocks(END_OF_FRAME, BlockDecodingStrategy::All);
        ended.map(|_| ()).map_err(|_| fault)
    }

    /// Passes over a frame of `bytes` bytes without data, which may hold the dictionary of the others.
    fn pass(&mut self, bytes: u64, may_be_dictionary: bool) -> io::Result<()> {
        if may_be_dictionary && bytes <= MAX_DICTIONARY_BYTES {
            let mut content = Vec::new();
            (&mut self.reader).take(bytes).read_to_end(&mut content)?;
            return self.take_dictionary(&content);
        }
        io::copy(&mut (&mut self.reader).take(bytes), &mut io::sink()).map(|_| ())
    }

    /// Takes the dictionary in `content`, which may be compressed itself. Other content says nothing.
    fn take_dictionary(&mut self, content: &[u8]) -> io::Result<()> {
        let unpacked = if content.starts_with(FRAME_MAGIC) { unpacked(content)? } else { content.to_vec() };
        if !unpacked.starts_with(DICTIONARY_MAGIC) {
            return Ok(());
        }
        let dictionary = Dictionary::decode_dict(&unpacked).map_err(unread_dictionary)?;
        self.dictionary = Some(dictionary.id);
        self.decoder.add_dict(dictionary).map_err(unread_dictionary)
    }
}

/// The compressed dictionary `content`.
fn unpacked(content: &[u8]) -> io::Result<Vec<u8>> {
    let decoder = StreamingDecoder::new_with_max_window_size(content, MAX_DICTIONARY_BYTES);
    let decoder = decoder.map_err(unread_dictionary)?;
    let mut unpacked = Vec::new();
    decoder.take(MAX_DICTIONARY_BYTES + 1).read_to_end(&mut unpacked).map_err(unread_dictionary)?;
    if unpacked.len() as u64 > MAX_DICTIONARY_BYTES {
        return Err(unread_dictionary(format!("larger than {} MiB", MAX_DICTIONARY_BYTES >> 20)));
    }
    Ok(unpacked)
}

/// What `error` says, for people.
fn in_words(error: &FrameDecoderError) -> String {
    match error {
        FrameDecoderError::DictNotProvided { .. } => {
            "it is made with a dictionary that isn't there".to_owned()
        }
        FrameDecoderError::WindowSizeTooBig { .. } => {
            format!("it takes more than {} MiB of memory to undo its compression", MAX_WINDOW_KIB >> 10)
        }
        _ => "a frame of zstd is damaged".to_owned(),
    }
}

fn unread_dictionary(reason: impl Display) -> io::Error {
    damage(format!("its dictionary can't be read: {reason}"))
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
            if let Some(cut) = &self.cut {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, cut.clone()));
            }
            if self.decoder.is_finished() {
                let stated = self.decoder.get_checksum_from_data();
                if stated.is_some() && stated != self.decoder.get_calculated_checksum() {
                    return Err(damage("its checksum is wrong"));
                }
                self.in_frame = false;
                continue;
            }
            self.decode_block()?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the frames say.
    const TEXT: &str = "<p>The harbour froze over. Ships waited for pilots while ministers spoke.</p>\n";

    /// A dictionary, as `zstd --train --maxdict=256` makes it.
    const DICTIONARY: &str = "\
        37a430ec0a05da741b10e02ae9ffffffff770364c7b4354fa925d9f88fc99999e9408001330050c0208123cb7a000000\
        0460450caba0210bc9f25012621000000000000080180200800100000000000000000476e14a250c32c5888000000000\
        000000000001000000040000000800000072207469646520746865207768696c652070696c6f74732074696465207469\
        64652073706f6b65206f7665722e3c2f703e0a206f7665722e20616e64207768696c6520636f617374206f7665722077\
        68696c6520737472616974206f7665722077616974206f7665722e20686172626f75722073706f6b6520677261696e20\
        6f66207768696c65207468652066726f";

    /// The same in zstd.
    const PACKED_DICTIONARY: &str = "\
        28b52ffd600000250600940937a430ec0a05da741b10e02ae9ff770364c7b4354fa925d9f88fc99999e9408001330050\
        c0208123cb7a0000000460450caba0210bc9f25012621000801802008001000476e14a250c32c5888000040800000072\
        207469646520746865207768696c652070696c6f747373706f6b65206f7665722e3c2f703e0a20616e64636f61737473\
        747261692e20686172626f7572676e206f6666726f1228b0224bdb608a0d1f84082e48075f0a5f0b2829e990ae6b9eb0\
        590438e518f204ead9d8962e2801";

    /// [`TEXT`] by this dictionary, which the frame names.
    const FRAME: &str = "\
        28b52ffd230a05da744e850100d38207957e68a80bed5f3e418f6784bd90b49683de799b500c91a11345eb84740c05fc\
        7781d6dd9f56c6f829e7856f5f";

    /// The same without its name.
    const NAMELESS_FRAME: &str = "\
        28b52ffd204e850100d38207957e68a80bed5f3e418f6784bd90b49683de799b500c91a11345eb84740c05fc7781d6dd\
        9f56c6f829e7856f5f";

    fn bytes(digits: &str) -> Vec<u8> {
        let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
        (0..digits.len()).step_by(2).map(byte).collect()
    }

    /// A frame without data that begins with `first`.
    fn passed_over(first: u8, content: &[u8]) -> Vec<u8> {
        [&[first, 0x2a, 0x4d, 0x18], &(content.len() as u32).to_le_bytes()[..], content].concat()
    }

    fn read(frames: &[Vec<u8>]) -> Result<String, String> {
        let mut text = String::new();
        let read = ZstdFrames::new(frames.concat().as_slice()).read_to_string(&mut text);
        read.map(|_| text).map_err(|error| error.to_string())
    }

    #[test]
    fn a_web_archive_may_begin_with_its_dictionary() {
        for dictionary in [DICTIONARY, PACKED_DICTIONARY] {
            let dictionary = passed_over(0x5d, &bytes(dictionary));
            let frames = [dictionary, bytes(FRAME), passed_over(0x50, b"more"), bytes(NAMELESS_FRAME)];
            assert!(is_zstd(&frames.concat()));
            assert_eq!(read(&frames).unwrap(), TEXT.repeat(2));
        }
    }

    #[test]
    fn a_frame_without_its_dictionary_is_told() {
        let frames = |content: &[u8]| [passed_over(0x5d, content), bytes(FRAME)];
        assert!(read(&frames(b"something else")).unwrap_err().to_lowercase().contains("dict"));
        let cut = &bytes(DICTIONARY)[..40];
        assert!(read(&frames(cut)).unwrap_err().starts_with("its dictionary can't be read: "));
        let cut = &bytes(PACKED_DICTIONARY)[..40];
        assert!(read(&frames(cut)).unwrap_err().starts_with("its dictionary can't be read: "));
    }

    #[test]
    fn what_was_decoded_of_a_frame_that_is_cut_is_given() {
        // Blocks hold 128 KiB at most.
        let text: String = (0..60_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_string() + " ").collect();
        let level = ruzstd::encoding::CompressionLevel::Fastest;
        let whole = ruzstd::encoding::compress_to_vec(text.as_bytes(), level);
        for cut in [whole.len() - 1, whole.len() - 4, whole.len() - 5, whole.len() / 2, whole.len() / 4, 9] {
            let mut given = Vec::new();
            let error = ZstdFrames::new(&whole[..cut]).read_to_end(&mut given).unwrap_err();
            assert_eq!(
                (error.kind(), error.to_string().as_str()),
                (io::ErrorKind::UnexpectedEof, CUT),
                "{cut}"
            );
            assert!(text.as_bytes().starts_with(&given), "{cut}");
            assert!(given.len() + (256 << 10) > text.len() * cut / whole.len(), "{cut}: {}", given.len());
        }
    }

    #[test]
    fn frames_without_data_are_passed_over_wherever_they_are() {
        let frame = |text: &str| {
            ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest)
        };
        let frames = [passed_over(0x50, &[9; 4]), frame("one "), passed_over(0x5e, b""), frame("two")];
        assert!(is_zstd(&frames.concat()) && !is_zstd(b"\x60\x2a\x4d\x18"));
        assert_eq!(read(&frames).unwrap(), "one two");
    }
}
