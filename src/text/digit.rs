//! [`digit`]: the figures of other scripts.

/// The zeros that digits follow of Arabic, Persian, the scripts of India from Devanagari to Malayalam, Thai, Lao,
/// Burmese, Shan and Khmer.
const ZEROS: [u32; 16] = [
    0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0x1040,
    0x1090, 0x17e0,
];

/// The digit, `0` to `9`, that `c` is in a script that has its own.
#[must_use]
pub fn digit(c: char) -> Option<char> {
    ZEROS.iter().find_map(|zero| char::from_digit((c as u32).checked_sub(*zero)?, 10))
}
