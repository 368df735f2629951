//! [`text_of`]: the text of what is written in XML, a feed or a part of a book. What its tags say isn't read here.

use std::borrow::Cow;

use crate::extract::{Decoded, decode};
use crate::model::ReadAs;

/// The text of `bytes`, and the encoding that it is in by the rule for pages. What is damaged may seem to be no text;
/// then it is read as UTF-8, of which nothing is told.
pub(super) fn text_of(bytes: &[u8]) -> (Cow<'_, str>, Option<ReadAs>) {
    match decode(bytes, None, true) {
        Ok(Decoded { text, read_as, .. }) => (text, Some(read_as)),
        Err(_) => (String::from_utf8_lossy(bytes), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declared_encoding_counts_unless_it_is_utf_8() {
        let xml = "<?xml version='1.0' encoding='iso-8859-1'?><rss>\u{e9}</rss>";
        let latin: Vec<u8> = xml.chars().map(|c| c as u8).collect();
        let (text, read_as) = text_of(&latin);
        assert_eq!((text.as_ref(), read_as.unwrap().name), (xml, "windows-1252"));
        let (text, read_as) = text_of(xml.as_bytes());
        assert_eq!((text.as_ref(), read_as.unwrap().name), (xml, "UTF-8"));
    }
}
