//! [`as_utf8`]: UTF-16 as it is read line by line.

use std::io::{self, BufRead, Read};

use encoding_rs::Decoder;

use super::packed::Bytes;
use crate::extract::utf16_of_head;
use crate::model::{CharsetSource, ReadAs};

/// `reader` in UTF-8, and what it was decoded from, if it is UTF-16. All else is left as it is.
pub(super) fn as_utf8(mut reader: Bytes) -> (Bytes, Option<ReadAs>) {
    // A reader that fails tells so when it is read.
    let head = reader.fill_buf().unwrap_or_default();
    let Some((encoding, mark)) = utf16_of_head(head) else { return (reader, None) };
    reader.consume(mark);
    let source = if mark > 0 { CharsetSource::ByteOrderMark } else { CharsetSource::Content };
    let decoder = encoding.new_decoder_without_bom_handling();
    let utf8 = Utf8 { reader, decoder, text: Vec::new(), read: 0, is_at_end: false };
    (Box::new(utf8), Some(ReadAs { name: encoding.name(), source }))
}

/// What a reader gives, decoded.
struct Utf8 {
    reader: Bytes,
    decoder: Decoder,
    /// The text of what was read last, and how many bytes of it are taken.
    text: Vec<u8>,
    read: usize,
    is_at_end: bool,
}

impl BufRead for Utf8 {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.read == self.text.len() && !self.is_at_end {
            let bytes = self.reader.fill_buf()?;
            self.is_at_end = bytes.is_empty();
            let room = self.decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len());
            let mut text = String::with_capacity(room);
            let (_, used, _) = self.decoder.decode_to_string(bytes, &mut text, self.is_at_end);
            self.reader.consume(used);
            self.text = text.into_bytes();
            self.read = 0;
        }
        Ok(&self.text[self.read..])
    }

    fn consume(&mut self, count: usize) {
        self.read += count;
    }
}

impl Read for Utf8 {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: Vec<u8>) -> (String, Option<ReadAs>) {
        // Pieces that end amid a character.
        let (mut reader, read_as) =
            as_utf8(Box::new(io::BufReader::with_capacity(37, io::Cursor::new(bytes))));
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        (text, read_as)
    }

    #[test]
    fn lines_in_utf16_are_decoded_and_others_left() {
        let text = "{\"text\": \"The harbour — 水井 😀 — froze over.\"}\n".repeat(9);
        let big = |mark: &str| [mark, &text].concat().encode_utf16().flat_map(u16::to_be_bytes).collect();
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = ReadAs { name: "UTF-16BE", source: CharsetSource::ByteOrderMark };
        assert_eq!(read(big("\u{feff}")), (text.clone(), Some(marked)));
        assert_eq!(read(big("")), (text.clone(), Some(ReadAs { source: CharsetSource::Content, ..marked })));
        assert_eq!(
            read(little),
            (text.clone(), Some(ReadAs { name: "UTF-16LE", source: CharsetSource::Content }))
        );
        assert_eq!(read(text.clone().into_bytes()), (text, None));
    }
}
