//! Unpacking a block in LZ4 whose packed length nobody knows: it ends where its unpacked length is reached.
//!
//! Tantivy's own unpacking has to be given the packed block alone, and so needs the table of blocks of a file.

use std::io::{self, Read};

/// The shortest stretch that is copied from what was unpacked before.
const SHORTEST_COPY: usize = 4;

/// A length that goes on in further bytes.
const GOES_ON: usize = 15;

/// Bytes that a packed byte may stand for at most.
const MAX_GROWTH: u64 = 255;

/// The next block of `packed`, of which `left` bytes are left: its unpacked length, and the block.
///
/// # Errors
///
/// If it is cut short, or no such block.
pub(super) fn unpacked(packed: &mut impl Read, left: u64) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    packed.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if u64::from(length) > left.saturating_mul(MAX_GROWTH) {
        return Err(no_block());
    }
    let length = length as usize;
    let mut unpacked = Vec::new();
    loop {
        let token = usize::from(byte(packed)?);
        let literal = stretch(packed, token >> 4, length - unpacked.len())?;
        let read = packed.by_ref().take(literal as u64).read_to_end(&mut unpacked)?;
        if read < literal {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if unpacked.len() == length {
            return Ok(unpacked);
        }
        copy(packed, token & 0xf, &mut unpacked, length)?;
    }
}

/// Adds a stretch of what was unpacked before.
fn copy(packed: &mut impl Read, length: usize, unpacked: &mut Vec<u8>, whole: usize) -> io::Result<()> {
    let back = usize::from(u16::from_le_bytes([byte(packed)?, byte(packed)?]));
    if back == 0 || back > unpacked.len() {
        return Err(no_block());
    }
    let room = (whole - unpacked.len()).checked_sub(SHORTEST_COPY).ok_or_else(no_block)?;
    // What is copied may reach into what the copy adds.
    for _ in 0..stretch(packed, length, room)? + SHORTEST_COPY {
        unpacked.push(unpacked[unpacked.len() - back]);
    }
    Ok(())
}

/// A length that begins with `first`, and is `room` at most.
fn stretch(packed: &mut impl Read, first: usize, room: usize) -> io::Result<usize> {
    let mut length = first;
    let mut goes_on = first == GOES_ON;
    while goes_on && length <= room {
        let more = byte(packed)?;
        length += usize::from(more);
        goes_on = more == u8::MAX;
    }
    if length <= room { Ok(length) } else { Err(no_block()) }
}

fn byte(packed: &mut impl Read) -> io::Result<u8> {
    let mut byte = [0];
    packed.read_exact(&mut byte)?;
    Ok(byte[0])
}

fn no_block() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "no block of a store")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `abc`, six bytes copied from three before, and `xyzzy` to end with.
    const PACKED: [u8; 16] = *b"\x0e\0\0\0\x32abc\x03\0\x50xyzzy";

    #[test]
    fn a_block_ends_where_its_length_is_reached() {
        let mut packed = [&PACKED[..], b"what follows"].concat();
        let left = packed.len() as u64;
        let mut packed = packed.as_mut_slice() as &[u8];
        assert_eq!(unpacked(&mut packed, left).unwrap(), b"abcabcabcxyzzy");
        assert_eq!(packed, b"what follows");
    }

    #[test]
    fn what_is_no_block_is_an_error() {
        for end in 0..PACKED.len() {
            assert!(unpacked(&mut &PACKED[..end], 100).is_err(), "{end}");
        }
        for filler in [0x00, 0x0f, 0xf0, 0xff] {
            let _ = unpacked(&mut &[filler; 1000][..], 1000).map(|block| assert!(block.is_empty()));
        }
    }
}
