//! [`known`]: what programs that save pages write into them, in comments: where a page came from, and when.
//!
//! What a page says of itself is the matter of `metadata`.

use memchr::memmem::{find, rfind};

use super::metadata::dates;
use crate::calendar::Habit;
use crate::model::Metadata;

/// Bytes at the beginning of a page in which browsers write such a comment.
const HEAD_BYTES: usize = 16 << 10;

/// Bytes at its end in which archives write theirs.
const TAIL_BYTES: usize = 8 << 10;

/// Bytes of the longest comment that is looked at.
const MAX_COMMENT_BYTES: usize = 4_000;

/// What the program knew that saved `page`, as the container of a page does.
pub(super) fn known(page: &str) -> Metadata {
    let bytes = page.as_bytes();
    let (head, tail) =
        (&bytes[..bytes.len().min(HEAD_BYTES)], &bytes[bytes.len().saturating_sub(TAIL_BYTES)..]);
    let mut known = Metadata::default();
    for (part, sign, read) in [
        (head, "saved from url=(", of_browser as fn(&str, &mut Metadata)),
        (head, "Page saved with SingleFile", of_single_file),
        (head, "Mirrored from ", of_httrack),
        (tail, "Mirrored from ", of_httrack),
        (tail, "FILE ARCHIVED ON ", of_wayback),
    ] {
        if let Some(comment) = comment(part, sign) {
            read(&String::from_utf8_lossy(comment), &mut known);
        }
    }
    known.note_kept_with();
    known
}

/// What stands behind `sign` in a comment of `part`.
fn comment<'a>(part: &'a [u8], sign: &str) -> Option<&'a [u8]> {
    let at = find(part, sign.as_bytes())?;
    let opened = rfind(&part[..at], b"<!--")?;
    let behind = &part[at + sign.len()..];
    let end = find(&behind[..behind.len().min(MAX_COMMENT_BYTES)], b"-->")?;
    find(&part[opened..at], b"-->").is_none().then_some(&behind[..end])
}

/// `0026)https://a.example/page.html`: how long it is, and the address.
fn of_browser(comment: &str, known: &mut Metadata) {
    note_url(known, comment.split_once(')').map_or("", |(_, address)| address));
}

/// Lines of `url: https://a.example/page` and `saved date: Tue Mar 03 2015 10:00:00 GMT+0100`.
fn of_single_file(comment: &str, known: &mut Metadata) {
    for line in comment.lines() {
        match line.trim().split_once(": ") {
            Some(("url", address)) => note_url(known, address),
            Some(("saved date", date)) => known.captured = dates::parse(date, Habit::default(), None),
            _ => {}
        }
    }
}

/// `a.example/page.html by HTTrack Website Copier/3.x [XR&CO'2014], Tue, 03 Mar 2015 10:00:00 GMT`.
fn of_httrack(comment: &str, known: &mut Metadata) {
    let Some((address, behind)) = comment.split_once(" by HTTrack") else { return };
    let has_scheme = address.contains("://");
    note_url(known, &if has_scheme { address.to_owned() } else { format!("http://{address}") });
    known.captured =
        behind.split_once("], ").and_then(|(_, date)| dates::parse(date, Habit::default(), None));
}

/// `10:00:00 Mar 03, 2015 AND RETRIEVED FROM THE INTERNET ARCHIVE ON`. The address is the one that the page gives.
fn of_wayback(comment: &str, known: &mut Metadata) {
    let date = comment.split_once(" AND ").and_then(|(time, _)| time.split_once(' '));
    known.captured = date.and_then(|(_, date)| dates::parse(date, Habit::default(), None)).or(known.captured);
}

fn note_url(known: &mut Metadata, address: &str) {
    known.url = super::metadata::cleaned(address).or(known.url.take());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(page: &str) -> [Option<String>; 2] {
        let Metadata { url, captured, .. } = known(page);
        [url, captured.map(|date| date.to_string())]
    }

    fn some(url: &str, captured: &str) -> [Option<String>; 2] {
        [url, captured].map(|text| (!text.is_empty()).then(|| text.to_owned()))
    }

    #[test]
    fn the_address_that_a_program_saved_a_page_from_is_read() {
        let padding = "<p>text</p>".repeat(10_000);
        for (page, expected) in [
            (
                "<!DOCTYPE html>\n<!-- saved from url=(0026)https://ie.example/p.html -->\n<html>".to_owned(),
                some("https://ie.example/p.html", ""),
            ),
            ("<!-- saved from url=(0014)about:internet -->".to_owned(), some("", "")),
            (
                "<html><!--\n Page saved with SingleFile \n url: https://sf.example/p \n \
                 saved date: Tue Mar 03 2015 10:00:00 GMT+0100 (CET)\n-->"
                    .to_owned(),
                some("https://sf.example/p", "2015-03-03"),
            ),
            (
                format!(
                    "{padding}<!-- Mirrored from ht.example/p.html by HTTrack Website Copier/3.x [XR&CO'2014], \
                     Tue, 03 Mar 2015 10:00:00 GMT -->"
                ),
                some("http://ht.example/p.html", "2015-03-03"),
            ),
            (
                format!(
                    "<!-- saved from url=(0063)https://web.archive.org/web/20150303100000/http://w.example/p -->{padding}\
                     <!--\n FILE ARCHIVED ON 10:00:00 Mar 03, 2015 AND RETRIEVED FROM THE\n INTERNET ARCHIVE ON \
                     11:22:33 Jan 05, 2020.\n-->"
                ),
                some("http://w.example/p", "2015-03-03"),
            ),
        ] {
            assert_eq!(told(&page), expected, "{}", &page[..page.len().min(200)]);
        }
    }

    #[test]
    fn only_comments_tell_of_it() {
        let note = "saved from url=(0019)http://ie.example/p";
        for page in [
            format!("<p>{note} --></p>"),
            format!("<!-- a --><p>{note}</p><!-- b -->"),
            format!("<!-- {note}"),
        ] {
            assert_eq!(told(&page), some("", ""), "{page}");
        }
    }
}
