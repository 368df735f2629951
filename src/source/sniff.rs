//! Tells what kind of content a file holds by its first bytes, and by its name only where those leave
//! it open.

use serde::de::IgnoredAny;

use super::packed::Codec;
use super::tar_file::is_tar;
use super::web::{Format, head_of_gzip, named_as_web_archive, web_archive};
use super::zstd::is_zstd;
use crate::extract::wide_head;
use crate::model::MediaType;

/// The mark that some programs begin a text in UTF-8 with.
pub(super) const UTF_8_MARK: &[u8] = b"\xef\xbb\xbf";

/// How much of a file is looked at, in bytes.
pub(super) const SNIFF_BYTES: usize = 4096;

/// How much of one is looked at whose first bytes leave it open what it is, in bytes.
pub(super) const MAX_SNIFF_BYTES: usize = 1 << 20;

/// Bytes in which a PDF file begins, whatever stands before it (ISO 32000-1, annex H, note 13).
const PDF_BEGINS_WITHIN_BYTES: usize = 1024;

/// What a file seems to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sniffed {
    /// Something that holds an article.
    Article(MediaType),
    /// A message, or a page saved as one with all that it needs.
    Mail,
    /// A book in ZIP.
    Epub,
    /// A PDF file.
    Pdf,
    /// Something that holds members.
    Container(ContainerKind),
    /// Something compressed.
    Packed(Codec),
    /// Something else of a known kind, with its name.
    Other(String),
    /// What can't be told, with what it looks like: it may be the damaged beginning of what its name promises.
    Unknown(String),
}

/// What holds members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ContainerKind {
    /// A file with a JSON object on each line.
    JsonLines,
    /// A tar archive.
    Tar,
    /// A ZIP file.
    Zip,
    /// A feed, whose entries are articles.
    Feed,
    /// Mail in one file, one message after the other.
    Mailbox,
    /// A web archive, whose members may be in gzip each.
    Web { format: Format, in_gzip: bool },
}

/// Beginnings of files that are compressed, or hold members.
const OPENED: &[(&[u8], Sniffed)] = &[
    (b"\xfd7zXZ\0", Sniffed::Packed(Codec::Xz)),
    (b"BZh", Sniffed::Packed(Codec::Bzip2)),
    (b"\x04\x22\x4d\x18", Sniffed::Packed(Codec::Lz4)),
    (b"PK\x03\x04", Sniffed::Container(ContainerKind::Zip)),
    (b"PK\x05\x06", Sniffed::Container(ContainerKind::Zip)),
    // What was once cut into parts, or could have been.
    (b"PK\x07\x08PK\x03\x04", Sniffed::Container(ContainerKind::Zip)),
    (b"PK00PK\x03\x04", Sniffed::Container(ContainerKind::Zip)),
];

/// What Macs write beside a file that they put where there is no room for all that they know of it.
const RESOURCE_FORK: &str = "a resource fork";

/// Beginnings of files that hold no article, and what they are.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image or sound"),
    (b"\x00\x00\x01\x00", "an image"),
    (b"wOF", "a font"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z file"),
    (b"Rar!", "a RAR file"),
    // What Word and its like wrote before they wrote ZIP files.
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OFFICE_FILE),
    (b"\x00\x05\x16\x07", RESOURCE_FORK),
];

/// What the kinds of `OpenDocument` files begin with.
const OPEN_DOCUMENT: &[u8] = b"application/vnd.oasis.opendocument";

/// What word processors and their like write.
pub(super) const OFFICE_FILE: &str = "an Office file";

/// Tags of which one stands near the head of every page.
const PAGE_TAGS: &[&str] = &[
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<title",
    "<meta",
    "<div",
    "<p>",
    "<p ",
    "<table",
    "<h1",
    "<h2",
    "<article",
    "<main",
    "<center",
    "<font",
];

/// What the file called `name` is, which begins with `head`.
pub(super) fn sniff(head: &[u8], name: &str) -> Sniffed {
    if let Some((format, in_gzip)) = web_archive(head) {
        return Sniffed::Container(ContainerKind::Web { format, in_gzip });
    }
    if head.starts_with(b"\x1f\x8b") {
        return damaged_web_archive(&head_of_gzip(head), name).unwrap_or(Sniffed::Packed(Codec::Gzip));
    }
    if head.trim_ascii_start().starts_with(b"%PDF-") {
        return Sniffed::Pdf;
    }
    match declared_in_zip(head) {
        Some(kind) if kind.starts_with(b"application/epub+zip") => return Sniffed::Epub,
        Some(kind) if kind.starts_with(OPEN_DOCUMENT) => return Sniffed::Other(OFFICE_FILE.to_owned()),
        _ => {}
    }
    if is_zstd(head) {
        return Sniffed::Packed(Codec::Zstd);
    }
    if let Some((_, sniffed)) = OPENED.iter().find(|(beginning, _)| head.starts_with(beginning)) {
        return sniffed.clone();
    }
    if is_tar(head) {
        return Sniffed::Container(ContainerKind::Tar);
    }
    if let Some((_, what)) = SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature)) {
        return Sniffed::Other((*what).to_owned());
    }
    if let Some(damaged) = damaged_web_archive(head, name) {
        return damaged;
    }
    match as_text(head) {
        Some(text) => sniff_text(text.trim_start(), head, &extension(name)),
        None if is_late_pdf(head) => Sniffed::Pdf,
        None => Sniffed::Unknown("binary data".to_owned()),
    }
}

/// What a file with this extension is, which begins with `head` and is text: `text` without blanks before it.
fn sniff_text(text: &str, head: &[u8], extension: &str) -> Sniffed {
    if is_feed(text) {
        return Sniffed::Container(ContainerKind::Feed);
    }
    if let Some(kind) = mail_kind(text, extension) {
        return kind;
    }
    let is_article_by_name = is_page_extension(extension) || matches!(extension, "md" | "markdown" | "mkd");
    if is_list_of_pages(text) {
        return Sniffed::Other("a list of the pages of a web archive".to_owned());
    }
    if !is_article_by_name && is_json_lines(text, extension) {
        return Sniffed::Container(ContainerKind::JsonLines);
    }
    if is_page(text) || (is_page_extension(extension) && !is_other_markup(text)) {
        return Sniffed::Article(MediaType::Html);
    }
    if is_late_pdf(head) {
        return Sniffed::Pdf;
    }
    by_name(text, extension)
}

/// Whether `head`, with which a file begins, may leave open what the file is: it holds nothing but blanks, comments,
/// one line of JSON, or a header that goes on.
pub(super) fn is_open(head: &[u8]) -> bool {
    let Some(text) = as_text(head) else { return false };
    let text = text.trim_start();
    let is_unclosed = |tag: &str, end: &str| text.starts_with(tag) && !text.contains(end);
    let one_line =
        text.starts_with('{') && text.split_once('\n').is_none_or(|(_, rest)| rest.trim().is_empty());
    behind_prolog(text).is_none_or(str::is_empty)
        || is_unclosed("<style", "</style")
        || is_unclosed("<script", "</script")
        || one_line
        || mail_header(text).is_some_and(|header| header.fields > 0 && !header.is_whole)
}

/// What the file called `name` is if it is a web archive by its name, and `head`, its first bytes, is nothing else: its
/// beginning is damaged, and there may be records behind.
fn damaged_web_archive(head: &[u8], name: &str) -> Option<Sniffed> {
    let (format, in_gzip) = named_as_web_archive(name)?;
    let is_other = head.starts_with(b"\x1f\x8b")
        || is_tar(head)
        || OPENED.iter().any(|(beginning, _)| head.starts_with(beginning))
        || as_text(head).is_some_and(|text| text.trim_start().starts_with('<'));
    (!is_other).then_some(Sniffed::Container(ContainerKind::Web { format, in_gzip }))
}

/// Whether a file of this name should be a page.
pub(super) fn is_named_as_page(name: &str) -> bool {
    is_page_extension(&extension(name))
}

/// Whether a file of this name should be a tar archive.
pub(super) fn is_named_as_tar(name: &str) -> bool {
    extension(name) == "tar"
}

/// Whether the file called `name`, which is `what`, is the companion of another: such a one has that one's name, and
/// promises nothing by it.
pub(super) fn is_companion(name: &str, what: &str) -> bool {
    what == RESOURCE_FORK && name.rsplit('/').next().is_some_and(|name| name.starts_with("._"))
}

/// What a file of this name should be, if that is something that holds an article, or members that may.
pub(super) fn promised_by(name: &str) -> Option<&'static str> {
    promised_by_extension(&extension(name))
}

fn promised_by_extension(extension: &str) -> Option<&'static str> {
    Some(match extension {
        _ if is_page_extension(extension) => "a page",
        "txt" | "text" | "md" | "markdown" | "mkd" => "a text",
        "pdf" => "a PDF file",
        "epub" => "a book",
        "eml" | "mht" | "mhtml" => "a message",
        "mbox" | "mbx" => "a mailbox",
        "rss" | "atom" => "a feed",
        "jsonl" | "ndjson" => "JSON Lines",
        "warc" | "arc" | "wacz" => "a web archive",
        "zip" => "a ZIP file",
        "tar" => "a tar archive",
        "gz" | "tgz" | "zst" | "tzst" | "xz" | "txz" | "bz2" | "tbz" | "tbz2" | "lz4" => "a compressed file",
        _ => return None,
    })
}

fn is_page_extension(extension: &str) -> bool {
    matches!(extension, "html" | "htm" | "xhtml" | "xht" | "shtml")
}

/// The extension of `name` in small letters. Words and figures behind a point are none: `U.S. policy on trade` and
/// `2015.03.04` are titles and days.
fn extension(name: &str) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let is_title = extension.contains(char::is_whitespace) || extension.bytes().all(|b| b.is_ascii_digit());
    if stem.is_empty() || is_title { String::new() } else { extension.to_ascii_lowercase() }
}

/// The head as text for looking at, none if it is binary.
fn as_text(head: &[u8]) -> Option<String> {
    let text = wide_head(head).unwrap_or_else(|| {
        String::from_utf8_lossy(head.strip_prefix(UTF_8_MARK).unwrap_or(head)).into_owned()
    });
    // Korean and Chinese in seven bits is full of shifts.
    let shifts: &[u8] = if text.contains("\u{1b}$)") { b"\x0e\x0f" } else { b"" };
    let odd = text.bytes().filter(|b| *b < 0x20 && !b"\t\n\r\x0c\x1b".contains(b) && !shifts.contains(b));
    // A damaged page may hold a few; in compressed or other binary data one byte in eight is.
    (odd.count() * 32 <= head.len()).then(|| text.to_ascii_lowercase())
}

fn is_json_lines(text: &str, extension: &str) -> bool {
    if !text.starts_with('{') || matches!(extension, "jsonl" | "ndjson") {
        return text.starts_with('{');
    }
    // What isn't an object doesn't begin as one.
    let is_object = |line: &str| serde_json::from_str::<IgnoredAny>(line.trim_end()).is_ok();
    match text.split_once('\n') {
        // A file of JSON has one value; where there is another, it has one a line.
        Some((first, rest)) => {
            is_object(first) && (extension != "json" || rest.trim_start().starts_with('{'))
        }
        None => {
            let is_cut = text.len() >= MAX_SNIFF_BYTES && text.starts_with("{\"");
            extension != "json" && (is_cut || is_object(text))
        }
    }
}

/// Whether `text` is the list of pages that WACZ files have beside their archives.
fn is_list_of_pages(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    first.starts_with('{') && first.contains("\"format\"") && first.contains("\"json-pages-1.")
}

fn is_page(text: &str) -> bool {
    if is_other_markup(text) {
        return false;
    }
    let marked = text.contains("<!doctype html") || text.contains("<html");
    marked || text.starts_with('<') && PAGE_TAGS.iter().any(|tag| text.contains(tag))
}

/// What a ZIP file that begins with `head` says that it is: its first member says nothing else.
fn declared_in_zip(head: &[u8]) -> Option<&[u8]> {
    let name = head.strip_prefix(b"PK\x03\x04")?.get(26..)?;
    name.strip_prefix(b"mimetype")
}

/// Whether a PDF file begins in `head` behind something else.
fn is_late_pdf(head: &[u8]) -> bool {
    let first = &head[..head.len().min(PDF_BEGINS_WITHIN_BYTES)];
    let Some(at) = memchr::memmem::find(first, b"%PDF-") else { return false };
    // A text may speak of it.
    matches!(&head[at + 5..], [b'1' | b'2', b'.', b'0'..=b'9', b'\r' | b'\n', ..])
        && memchr::memmem::find(&head[at..], b" obj").is_some()
}

/// What stands in `text` behind declarations and comments, none if one of them isn't closed.
fn behind_prolog(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?") => "?>",
            // It may declare entities in brackets.
            _ if rest.starts_with("<!doctype") => {
                let plain = rest.find('>').unwrap_or(rest.len());
                if rest[..plain].contains('[') { "]" } else { ">" }
            }
            _ => return Some(rest.strip_prefix('>').map_or(rest, str::trim_start)),
        };
        (_, rest) = rest.split_once(end)?;
        if end == "]" {
            (_, rest) = rest.split_once('>')?;
        }
    }
}

/// Whether the first element of `text` is that of a feed.
fn is_feed(text: &str) -> bool {
    let Some(tag) = behind_prolog(text).and_then(|rest| rest.strip_prefix('<')) else { return false };
    let Some((name, _)) = tag.split_once([' ', '>', '\n', '\r', '\t']) else { return false };
    matches!(name, "rss" | "rdf:rdf") || name.rsplit(':').next() == Some("feed")
}

/// Fields of which mail has several.
const MAIL_FIELDS: &[&str] = &[
    "from",
    "to",
    "subject",
    "date",
    "received",
    "message-id",
    "mime-version",
    "return-path",
    "content-type",
    "delivered-to",
    "snapshot-content-location",
];

/// The header that a message begins with.
struct MailHeader {
    /// Whether a line of a mailbox stands before it: none, or whether that gives a time too.
    begins_mailbox: Option<bool>,
    /// How many fields it has.
    fields: usize,
    /// How many of them are known.
    known: usize,
    /// Whether it ends in `text`.
    is_whole: bool,
}

/// The header that `text` begins with, if all of its lines are fields.
fn mail_header(text: &str) -> Option<MailHeader> {
    let mut lines = text.split_inclusive('\n').peekable();
    let begins_mailbox = lines.next_if(|line| line.starts_with("from ")).map(|line| line.contains(':'));
    let mut header = MailHeader { begins_mailbox, fields: 0, known: 0, is_whole: false };
    for line in lines {
        let is_cut = !line.ends_with('\n');
        let line = line.trim_end_matches(['\r', '\n']);
        if line.is_empty() {
            header.is_whole = true;
            break;
        }
        if is_cut || line.starts_with([' ', '\t']) {
            continue;
        }
        let (name, _) = line.split_once(':')?;
        // Some programs mark lines of mailboxes that they copy.
        if name.contains(' ') && !line.starts_with(">from ") {
            return None;
        }
        header.fields += 1;
        header.known += usize::from(MAIL_FIELDS.contains(&name));
    }
    Some(header)
}

/// The kind of mail that `text` begins as.
fn mail_kind(text: &str, extension: &str) -> Option<Sniffed> {
    let header = mail_header(text)?;
    let is_named = matches!(extension, "eml" | "mht" | "mhtml" | "mbox" | "mbx");
    let fewest = match header.begins_mailbox {
        _ if is_named => 1,
        Some(true) => 1,
        Some(false) => 2,
        None => 3,
    };
    let is_mailbox = header.begins_mailbox.is_some();
    let kind = if is_mailbox { Sniffed::Container(ContainerKind::Mailbox) } else { Sniffed::Mail };
    (header.known >= fewest).then_some(kind)
}

/// Feeds, drawings and other XML; a page may begin with an XML declaration too.
fn is_other_markup(text: &str) -> bool {
    let body = if text.starts_with("<?xml") {
        text.split_once("?>").map_or("", |(_, rest)| rest.trim_start())
    } else {
        text
    };
    let roots = ["<rss", "<feed", "<svg", "<urlset", "<sitemapindex", "<opml", "<rdf:rdf"];
    roots.iter().any(|root| body.starts_with(root))
        || text.starts_with("<?xml") && !text.contains("<html") && !text.contains("<!doctype html")
}

fn by_name(text: &str, extension: &str) -> Sniffed {
    match extension {
        "md" | "markdown" | "mkd" => Sniffed::Article(MediaType::Markdown),
        "txt" | "text" => Sniffed::Article(MediaType::PlainText),
        "" if !text.starts_with(['{', '[', '<']) => Sniffed::Article(MediaType::PlainText),
        "" => Sniffed::Other("data without a name for its kind".to_owned()),
        _ if promised_by_extension(extension).is_some() => {
            let what = if text.is_empty() { "blank" } else { "text of another kind" };
            Sniffed::Unknown(what.to_owned())
        }
        _ if is_other_markup(text) => Sniffed::Other("a feed or other XML".to_owned()),
        extension => Sniffed::Other(format!("a .{} file", printable(extension))),
    }
}

fn printable(extension: &str) -> String {
    extension.chars().filter(|c| c.is_alphanumeric() || c.is_ascii_graphic()).take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(head: &[u8], name: &str, expected: Sniffed) {
        assert_eq!(sniff(head, name), expected, "{name}");
    }

    #[test]
    fn pages_are_told_by_content() {
        let page = Sniffed::Article(MediaType::Html);
        for name in ["a.html", "a", "a.php", "a.jpg", "a.txt", "a.aspx?id=1"] {
            check(b"  <!DOCTYPE html><html>", name, page.clone());
        }
        check(b"<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC", "a.xhtml", page.clone());
        check(b"<div class=a>fragment</div>", "a.css", page.clone());
        check(b"just words", "a.html", page.clone());
        check(b"\xff\xfe<\0h\0t\0m\0l\0>\0", "a", page.clone());
        let wider: Vec<u8> = "\u{feff}<html>".chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        check(&wider, "a", page.clone());
        check(b"<\0h\0t\0m\0l\0>\0<\0p\0>\0a\0", "a.htm", page.clone());
        let russian = "<p>Комиссия рассмотрела весной четыре предложения и не приняла ни одного.";
        let wide: Vec<u8> = russian.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&wide, "a.html", page.clone());
        check(b"<p>\x1b$)C \x0e@L\x0f \x0e9.<-4B\x0f", "a", page);
    }

    #[test]
    fn what_is_no_page_is_named() {
        check(b"%PDF-1.4", "a.html", Sniffed::Pdf);
        check(&[0, 1, 2, 3, 200, 4, 5], "a.html", Sniffed::Unknown("binary data".into()));
        check(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "a.doc", Sniffed::Other(OFFICE_FILE.into()));
        check(b"body{color:red}", "a.css", Sniffed::Other("a .css file".into()));
        check(b"<?xml version='1.0'?><svg >", "a.xml", Sniffed::Other("a feed or other XML".into()));
        check(b"[1,2]", "data", Sniffed::Other("data without a name for its kind".into()));
    }

    #[test]
    fn names_promise_what_holds_articles() {
        assert_eq!(promised_by("a.tar.gz"), Some("a compressed file"));
        assert_eq!(promised_by("A.PDF"), Some("a PDF file"));
        for name in ["a.jpg", "a.css", "a.json", "a.docx", "pdf", ".zip", "a"] {
            assert_eq!(promised_by(name), None, "{name}");
        }
        check(b"just words", "a.mbox", Sniffed::Unknown("text of another kind".into()));
        check(b"\r\n\r\n", "a.jsonl", Sniffed::Unknown("blank".into()));
    }

    #[test]
    fn feeds_mail_and_books_are_told_by_content() {
        let feed = Sniffed::Container(ContainerKind::Feed);
        check(b"<?xml version='1.0'?><!-- x --><rss version='2.0'>", "a.html", feed.clone());
        check(b"<feed xmlns='http://www.w3.org/2005/Atom'>", "a", feed);
        check(b"From: a@b.example\nTo: c\nSubject: d\n e\n\ntext", "a", Sniffed::Mail);
        check(b"MIME-Version: 1.0\n\ntext", "a.mht", Sniffed::Mail);
        let mailbox = Sniffed::Container(ContainerKind::Mailbox);
        check(b"From a@b Mon Jan  3 10:00:00 2020\nSubject: d\n\ntext", "a", mailbox);
        check(b"Note: a list\nTo: do\n\n", "a.txt", Sniffed::Article(MediaType::PlainText));
        check(b"From here: on\n", "a.txt", Sniffed::Article(MediaType::PlainText));
        check(
            b"From MAILER-DAEMON\nFrom: a\nSubject: d\n\ntext",
            "a",
            Sniffed::Container(ContainerKind::Mailbox),
        );
        check(b"From: a@b.example\r\nTo: c\r\nSubject: d\r\nX-Cut", "a", Sniffed::Mail);
        let epub = [b"PK\x03\x04".as_slice(), &[0; 26], b"mimetypeapplication/epub+zip"].concat();
        check(&epub, "a", Sniffed::Epub);
    }

    #[test]
    fn feeds_are_told_behind_declarations_and_by_any_prefix() {
        let feed = Sniffed::Container(ContainerKind::Feed);
        let netscape =
            b"<?xml version='1.0'?>\n<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'u'>\n<rss >";
        check(netscape, "a.xml", feed.clone());
        check(b"<!DOCTYPE rss [<!ENTITY nbsp \"&#160;\"> ] ><rss version='2.0'>", "a.html", feed.clone());
        check(b"<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'>", "a.xml", feed);
        check(b"<!DOCTYPE html><html><feed>", "a", Sniffed::Article(MediaType::Html));
    }

    #[test]
    fn words_and_figures_behind_a_point_are_no_extension() {
        for name in ["U.S. policy on trade", "2015.03.04", "page@q=1.2", "Vol. 2", "notes."] {
            check(b"A line of text.", name, Sniffed::Article(MediaType::PlainText));
        }
        check(b"A line of text.", "a.b2", Sniffed::Other("a .b2 file".into()));
    }

    #[test]
    fn a_reason_holds_no_marks_of_direction() {
        check(b"A line of text.", "a.x\u{1b}[31m\u{202e}y", Sniffed::Other("a .x[31my file".into()));
    }

    #[test]
    fn a_pdf_file_may_begin_behind_something() {
        check(b"junk\r\n%PDF-1.4\n1 0 obj\n<<", "a", Sniffed::Pdf);
        check(b"\x00\x01\x02\x03%PDF-1.7\r\n1 0 obj", "a", Sniffed::Pdf);
        check(
            b"A file of the kind begins with %PDF-1.4, an obj",
            "a.txt",
            Sniffed::Article(MediaType::PlainText),
        );
    }

    #[test]
    fn what_says_nothing_yet_leaves_it_open() {
        let open: [&[u8]; 7] = [
            b" \n ",
            b"<?xml version='1.0'?>\n<!-- a",
            b"<!DOCTYPE rss [<!ENTITY a \"b\">",
            b"{\"text\": \"a",
            b"{\"text\": \"a\"}\n",
            b"From: a\nTo: b\nX-C",
            b"<script>a = '<b",
        ];
        for head in open {
            assert!(is_open(head), "{}", String::from_utf8_lossy(head));
        }
        for head in
            [b"<!-- a --><p>".as_slice(), b"{\n \"a\"", b"From: a\n\nb", b"Just words, no more", b"\0\x01"]
        {
            assert!(!is_open(head), "{}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn text_markdown_and_records_are_told_by_name_and_content() {
        check(b"# Title", "a.md", Sniffed::Article(MediaType::Markdown));
        check(b"{{< toc >}}\n# Title", "a.md", Sniffed::Article(MediaType::Markdown));
        check(b"{% extends base %}\n<p>text", "a.html", Sniffed::Article(MediaType::Html));
        check(b"{% a %}\ntext", "a.txt", Sniffed::Article(MediaType::PlainText));
        check(b"A line.", "README", Sniffed::Article(MediaType::PlainText));
        check(b"{\"text\": \"a\"}\n{\"text\"", "a.jsonl", Sniffed::Container(ContainerKind::JsonLines));
        check(b"{\"text\": \"a\"}\n", "dump", Sniffed::Container(ContainerKind::JsonLines));
        check(b"{\"text\": \"a\"}\n{\"text\"", "a.json", Sniffed::Container(ContainerKind::JsonLines));
        check(b"{\"text\": \"a\"}\n", "a.json", Sniffed::Other("a .json file".into()));
        let pages = b"{\"format\": \"json-pages-1.0\", \"id\": \"pages\"}\n{\"url\"";
        check(pages, "pages.jsonl", Sniffed::Other("a list of the pages of a web archive".into()));
        check(b"{\n \"text\": 1}", "a.json", Sniffed::Other("a .json file".into()));
        check(&[0x1f, 0x8b, 8], "a.html.gz", Sniffed::Packed(Codec::Gzip));
    }
}
