//! The bytes of a part of a message, whose way of being sent is undone as far as it was kept to.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::{Message, MessagePart, MimeHeaders};

use super::{utf7, uuencode};
use crate::model::{Charset, CharsetSource, ReadAs};

/// Characters of one unit of base64.
const BASE64_UNIT: usize = 4;

/// The content of `part` and what its header says of the encoding.
pub(super) fn content(message: &Message<'_>, part: &MessagePart<'_>) -> (Vec<u8>, Option<Charset>) {
    let range = part.offset_body as usize..part.offset_end as usize;
    let sent = message.raw_message.get(range).unwrap_or_default();
    let way = part.content_transfer_encoding().unwrap_or_default().trim().to_ascii_lowercase();
    let bytes = match way.as_str() {
        "base64" => base64(sent),
        "quoted-printable" => quoted_printable(sent),
        "x-uuencode" | "x-uue" | "uuencode" => uuencode::decoded(sent),
        // A file amid a text is an attachment.
        _ => uuencode::without_files(sent),
    };
    match part.content_type().and_then(|kind| kind.attribute("charset")) {
        Some(label) => in_charset(label, bytes),
        None => (bytes, None),
    }
}

/// `bytes` that are said to be in the charset `label`. What messages are in and pages aren't is decoded.
fn in_charset(label: &str, bytes: Vec<u8>) -> (Vec<u8>, Option<Charset>) {
    let name: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
    let name = name.to_ascii_lowercase();
    let decoded = if name.ends_with("utf7") && bytes.is_ascii() {
        Some(("UTF-7", utf7::decode(&bytes)))
    } else if name.ends_with("850") && std::str::from_utf8(&bytes).is_err() {
        charset_decoder(b"ibm850").map(|decode| ("IBM850", decode(&bytes)))
    } else {
        None
    };
    match decoded {
        Some((name, text)) => {
            let read_as = ReadAs { name, source: CharsetSource::Container };
            (text.into_bytes(), Some(Charset::Decoded(read_as)))
        }
        None => (bytes, Some(Charset::Named(label.to_owned()))),
    }
}

/// What `sent` says in base64. Lines that aren't in it are passed over: lists add theirs behind it as they are.
fn base64(sent: &[u8]) -> Vec<u8> {
    base64_decode(sent).unwrap_or_else(|| {
        let lines = sent.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
        let kept: Vec<u8> = lines.filter(|line| is_base64(line)).flatten().copied().collect();
        base64_decode(&kept).unwrap_or_default()
    })
}

fn is_base64(line: &[u8]) -> bool {
    let is_sign = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    line.len().is_multiple_of(BASE64_UNIT) && line.iter().all(is_sign)
}

/// What `sent` says in quoted-printable. A sign that begins no code stands for itself.
fn quoted_printable(sent: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(sent.len());
    for line in sent.split_inclusive(|&byte| byte == b'\n') {
        let content = line.trim_ascii_end();
        match content.strip_suffix(b"=") {
            Some(content) => push_unquoted(&mut out, content),
            None => {
                push_unquoted(&mut out, content);
                out.extend(line.ends_with(b"\n").then_some(b'\n'));
            }
        }
    }
    out
}

/// Adds `content` to `out`, its codes of two digits undone.
pub(super) fn push_unquoted(out: &mut Vec<u8>, content: &[u8]) {
    let digit = |at: usize| char::from(*content.get(at)?).to_digit(16);
    let mut at = 0;
    while let Some(&byte) = content.get(at) {
        let code = digit(at + 1).zip(digit(at + 2)).filter(|_| byte == b'=');
        at += if code.is_some() { 3 } else { 1 };
        out.push(code.map_or(byte, |(high, low)| (high * 16 + low) as u8));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_footer_behind_base64_is_passed_over() {
        let footer = b"\n\n_____\nMailing list: a b\nlist footer here\n";
        assert_eq!(
            base64(&[b"VGhlIGhhcmJvdXIg\r\nZnJvemUu".as_slice(), footer].concat()),
            b"The harbour froze."
        );
        assert_eq!(base64(b"VGhlIGhhcmJvdXI=\nIGZyb3plLg==\n"), b"The harbour froze.");
    }

    #[test]
    fn what_is_badly_quoted_stands_for_itself() {
        assert_eq!(quoted_printable(b"caf=E9 a=b  \r\nsoft=  \r\nly=3D=3d=\n"), b"caf\xe9 a=b\nsoftly==");
        assert_eq!(quoted_printable(b"=4"), b"=4");
    }

    #[test]
    fn only_what_can_be_in_an_encoding_of_mail_is() {
        let name = |label: &str, bytes: &[u8]| match in_charset(label, bytes.to_vec()) {
            (bytes, Some(Charset::Decoded(read_as))) => (read_as.name, String::from_utf8(bytes).unwrap()),
            (bytes, _) => ("", String::from_utf8_lossy(&bytes).into_owned()),
        };
        assert_eq!(name("utf-7", b"caf+AOk-"), ("UTF-7", "café".to_owned()));
        assert_eq!(name("unicode-1-1-utf-7", "café".as_bytes()), ("", "café".to_owned()));
        assert_eq!(name("cp850", b"caf\x82"), ("IBM850", "café".to_owned()));
        assert_eq!(name("ibm850", "café".as_bytes()), ("", "café".to_owned()));
    }
}
