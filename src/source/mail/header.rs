//! [`names`]: subject and senders of a message, in whatever encodings their fields are.

use std::borrow::Cow;

use encoding_rs::Encoding;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::{Address, HeaderName, Message};

use super::body::push_unquoted;
use super::parser;
use crate::extract::decode;
use crate::model::Charset;
use crate::text::one_line;

/// What a message says of itself in words.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Names {
    pub subject: Option<String>,
    pub authors: Vec<String>,
}

/// What the field `name` of `message` says, as it stands.
pub(super) fn raw<'m>(message: &'m Message<'_>, name: &HeaderName<'_>) -> Option<Cow<'m, str>> {
    let header = message.headers().iter().find(|header| header.name == *name)?;
    let range = header.offset_start as usize..header.offset_end as usize;
    message.raw_message.get(range).map(String::from_utf8_lossy)
}

/// The names in the header of `message`, whose text has this `charset`.
pub(super) fn names(message: &Message<'_>, charset: Option<&Charset>) -> Names {
    let is_wanted = |name: &HeaderName<'_>| matches!(name, HeaderName::Subject | HeaderName::From);
    let mut fields = Vec::new();
    for header in message.headers().iter().filter(|header| is_wanted(&header.name)) {
        let range = header.offset_field as usize..header.offset_end as usize;
        let field = message.raw_message.get(range).unwrap_or_default();
        fields.extend(mended(field.trim_ascii_end(), charset));
        fields.extend(b"\r\n");
    }
    fields.extend(b"\r\n");
    let Some(read) = parser().parse_headers(&fields) else { return Names::default() };
    let from = read.from().map(Address::iter).into_iter().flatten();
    Names {
        subject: read.subject().and_then(one_line),
        authors: from.filter_map(|address| one_line(sender(address.name().or(address.address())?))).collect(),
    }
}

/// Who sent a message, of the `text` in its field. Archives of lists write `a at x.example (A Writer)`, so that no
/// program finds addresses in them.
fn sender(text: &str) -> &str {
    let Some((address, name)) = text.strip_suffix(')').and_then(|text| text.split_once(" (")) else {
        return text;
    };
    let is_address = address
        .split_once(" at ")
        .is_some_and(|(user, host)| !user.contains(' ') && !host.contains(' ') && host.contains('.'));
    if is_address && !name.trim().is_empty() { name } else { text }
}

/// `field` in UTF-8: its encoded words, of which a character may begin in one and end in the next, and what is in
/// another encoding as it stands.
fn mended(field: &[u8], charset: Option<&Charset>) -> Vec<u8> {
    let field = with_whole_words(field);
    if std::str::from_utf8(&field).is_ok() {
        return field;
    }
    let named = charset.filter(|charset| matches!(charset, Charset::Named(_)));
    match decode(&field, named, false) {
        Ok(decoded) => decoded.text.into_owned().into_bytes(),
        Err(_) => field,
    }
}

/// `field` with the encoded words that follow one another in one charset as one, in UTF-8.
fn with_whole_words(field: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(field.len());
    let mut rest = field;
    while let Some(&byte) = rest.first() {
        let Some((mut words, mut behind)) = EncodedWord::read(rest) else {
            out.push(byte);
            rest = &rest[1..];
            continue;
        };
        while let Some((next, after)) = EncodedWord::read(behind.trim_ascii_start())
            && next.label.eq_ignore_ascii_case(&words.label)
        {
            words.bytes.extend(next.bytes);
            behind = after;
        }
        match words.in_utf8() {
            Some(word) => out.extend(word.into_bytes()),
            None => out.extend(&rest[..rest.len() - behind.len()]),
        }
        rest = behind;
    }
    out
}

/// A word such as `=?koi8-r?B?xMHUwQ==?=` (RFC 2047).
struct EncodedWord {
    label: String,
    bytes: Vec<u8>,
}

impl EncodedWord {
    /// The word that `text` begins with, and what is behind it.
    fn read(text: &[u8]) -> Option<(Self, &[u8])> {
        let rest = text.strip_prefix(b"=?")?;
        let mut parts = rest.splitn(4, |&byte| byte == b'?');
        let (label, way, content, behind) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        // A language may stand behind the label (RFC 2231).
        let label = label.split(|&byte| byte == b'*').next()?;
        let label = std::str::from_utf8(label).ok()?.to_owned();
        let bytes = match way {
            b"B" | b"b" => base64_decode(content)?,
            b"Q" | b"q" if !content.contains(&b'\n') => unquoted(content),
            _ => return None,
        };
        Some((Self { label, bytes }, behind.strip_prefix(b"=")?))
    }

    /// The word in UTF-8, if its label is that of an encoding.
    fn in_utf8(&self) -> Option<String> {
        Encoding::for_label(self.label.as_bytes())?;
        let named = Charset::Named(self.label.clone());
        let text = decode(&self.bytes, Some(&named), false).ok()?.text;
        let codes: Vec<String> = text.bytes().map(|byte| format!("={byte:02X}")).collect();
        Some(format!("=?utf-8?Q?{}?=", codes.concat()))
    }
}

/// The bytes of a word that is quoted, with a line for each space.
fn unquoted(content: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = content.iter().map(|&byte| if byte == b'_' { b' ' } else { byte }).collect();
    let mut bytes = Vec::with_capacity(spaced.len());
    push_unquoted(&mut bytes, &spaced);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_in(header: &[u8], charset: &str) -> Names {
        let message = [header, b"\r\n\r\nText."].concat();
        let message = parser().parse(&message).unwrap();
        names(&message, Some(&Charset::Named(charset.to_owned())))
    }

    fn subject(field: &[u8]) -> String {
        names_in(&[b"Subject: ", field].concat(), "koi8-r").subject.unwrap()
    }

    #[test]
    fn a_character_may_begin_in_one_encoded_word_and_end_in_the_next() {
        assert_eq!(subject(b"=?utf-8?B?0JTQ?=\r\n =?UTF-8?B?vtC6?="), "Док");
        assert_eq!(subject(b"=?utf-8?Q?=D0=94=D0?= =?utf-8?Q?=BE_x=5F?="), "До x_");
    }

    #[test]
    fn a_subject_in_the_encoding_of_the_text_is_read() {
        assert_eq!(subject(b"\xe4\xcf\xcb\xcc\xc1\xc4 \xcf\r\n\t\xd7\xcf\xc4\xc5"), "Доклад о воде");
        assert_eq!(subject("Доклад".as_bytes()), "Доклад");
        let names = names_in(
            b"From: \"\xe9\xd7\xc1\xce\" <i@b.example>, =?us-ascii?Q?=C3=96?= <o@b.example>",
            "koi8-r",
        );
        assert_eq!(names.authors, ["Иван", "Ö"]);
    }

    #[test]
    fn a_sender_in_the_archive_of_a_list_is_called_by_name() {
        for (from, expected) in [
            ("a at x.example (A Writer)", "A Writer"),
            ("a@x.example (A Writer)", "A Writer"),
            ("a at x.example", "a at x.example"),
            ("Look at me (Ltd)", "Look at me (Ltd)"),
        ] {
            let header = format!("From: {from}");
            assert_eq!(names_in(header.as_bytes(), "utf-8").authors, [expected], "{from}");
        }
    }

    #[test]
    fn odd_encoded_words_are_read_as_ever() {
        for (field, expected) in [
            (b"=?utf-8*en?Q?Caf=C3=A9?= and =?koi8-r?B?1w==?=".as_slice(), "Café and в"),
            (b"a =?utf-8?Q?unfinished", "a =?utf-8?Q?unfinished"),
            (b"=?utf-8?B?Q2Fmw6k?=", "Café"),
            (b"=?utf-7?Q?caf+AOk-?=", "café"),
            (b"=?iso-8859-1?Q?=E9?= =?utf-8?Q?=C3=A9?=", "éé"),
            (b"=?hz-gb-2312?Q?~{K.>.~}?=", "水井"),
        ] {
            assert_eq!(subject(field), expected);
        }
    }
}
