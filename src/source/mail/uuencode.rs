//! Files in uuencode, as mail had them before MIME: lines of signs between `begin 644 name` and `end`.

use memchr::memmem::find;

/// What the first line begins with, before the mode of the file in figures.
const BEGIN: &[u8] = b"begin ";

/// The last line.
const END: &[u8] = b"end";

/// The sign of zero; further signs follow up to the backtick, which stands for zero too.
const ZERO: u8 = b' ';

/// Signs of a unit, and the bytes that they stand for.
const UNIT_SIGNS: usize = 4;
const UNIT_BYTES: usize = 3;

/// What is in the files that `text` holds.
pub(super) fn decoded(text: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::new();
    for (line, is_of_file) in lines(text) {
        if is_of_file && is_data(line) {
            push_data(&mut decoded, line);
        }
    }
    decoded
}

/// `text` without the files in it.
pub(super) fn without_files(text: &[u8]) -> Vec<u8> {
    if find(text, BEGIN).is_none() {
        return text.to_vec();
    }
    lines(text).filter(|(_, is_of_file)| !is_of_file).flat_map(|(line, _)| line).copied().collect()
}

/// The lines of `text`, and whether each is one of a file.
fn lines(text: &[u8]) -> impl Iterator<Item = (&[u8], bool)> {
    let mut lines = text.split_inclusive(|&byte| byte == b'\n').peekable();
    let mut is_in_file = false;
    std::iter::from_fn(move || {
        let line = lines.next()?;
        let is_last = is_in_file && line.trim_ascii_end() == END;
        let is_of_file = if is_in_file {
            is_last || is_data(line) || line.trim_ascii().is_empty()
        } else {
            is_begin(line) && lines.peek().is_some_and(|next| is_data(next))
        };
        is_in_file = is_of_file && !is_last;
        Some((line, is_of_file))
    })
}

fn is_begin(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(BEGIN) else { return false };
    let mode = rest.iter().take_while(|byte| matches!(byte, b'0'..=b'7')).count();
    (3..=4).contains(&mode) && rest[mode..].starts_with(b" ") && !rest[mode..].trim_ascii().is_empty()
}

/// Whether `line` is one of signs: the first says how many bytes the others stand for. Blanks at the end may have been
/// lost, and some programs add a sign to check by.
fn is_data(line: &[u8]) -> bool {
    let line = without_end(line);
    let Some((first, signs)) = line.split_first() else { return false };
    let expected = usize::from(value(*first)).div_ceil(UNIT_BYTES) * UNIT_SIGNS;
    line.iter().all(|sign| (ZERO..=b'`').contains(sign))
        && (expected.saturating_sub(UNIT_SIGNS)..=expected + 1).contains(&signs.len())
}

fn push_data(bytes: &mut Vec<u8>, line: &[u8]) {
    let Some((first, signs)) = without_end(line).split_first() else { return };
    let end = bytes.len() + usize::from(value(*first));
    for unit in signs.chunks(UNIT_SIGNS) {
        let bits = (0..UNIT_SIGNS)
            .fold(0_u32, |bits, at| bits << 6 | u32::from(unit.get(at).map_or(0, |sign| value(*sign))));
        bytes.extend(&bits.to_be_bytes()[1..]);
    }
    bytes.truncate(end);
}

fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// The six bits that `sign` stands for.
fn value(sign: u8) -> u8 {
    sign.wrapping_sub(ZERO) & 0x3f
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &[u8] = b"begin 644 a.txt\r\n25&AE(&AA<F)O=7(@9G)O>F4N\r\n`\r\nend\r\n";

    #[test]
    fn a_file_is_decoded_and_left_out() {
        let text = [b"Before.\n".as_slice(), FILE, b"Behind.\n"].concat();
        assert_eq!(decoded(&text), b"The harbour froze.");
        assert_eq!(without_files(&text), b"Before.\nBehind.\n");
    }

    #[test]
    fn a_cut_file_ends_with_its_signs() {
        let text = b"begin 644 a.txt\n25&AE(&AA<F)O=7(@9G)O>F4N\nThe levy is new.\n";
        assert_eq!(without_files(text), b"The levy is new.\n");
    }

    #[test]
    fn words_are_no_file() {
        for text in [b"begin 100 times\nand end\n".as_slice(), b"begin with this\nend\n", b"begin 644 a\n"] {
            assert_eq!(without_files(text), text);
            assert_eq!(decoded(text), b"");
        }
    }
}
