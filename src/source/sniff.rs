//! Tells what kind of content a file holds by its first bytes, and by its name only where those leave
//! it open.

use super::packed::Codec;
use super::tar_file::is_tar;
use super::web::{Format, head_of_gzip, named_as_web_archive, web_archive};
use crate::extract::utf16_head;
use crate::model::MediaType;

/// How much of a file is looked at, in bytes.
pub(super) const SNIFF_BYTES: usize = 4096;

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
    /// Something else, with its name.
    Other(String),
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
    (b"\x28\xb5\x2f\xfd", Sniffed::Packed(Codec::Zstd)),
    (b"\xfd7zXZ\0", Sniffed::Packed(Codec::Xz)),
    (b"BZh", Sniffed::Packed(Codec::Bzip2)),
    (b"\x04\x22\x4d\x18", Sniffed::Packed(Codec::Lz4)),
    (b"PK\x03\x04", Sniffed::Container(ContainerKind::Zip)),
    (b"PK\x05\x06", Sniffed::Container(ContainerKind::Zip)),
];

/// Beginnings of files that hold no article, and what they are.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image or sound"),
    (b"\x00\x00\x01\x00", "an image"),
    (b"wOF", "a font"),
    (b"\x5d\x2a\x4d\x18", "a zstd file with a dictionary of its own"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z file"),
    (b"Rar!", "a RAR file"),
    (b"\x00\x05\x16\x07", "a resource fork"),
];

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
    let extension = extension(name);
    if let Some((format, in_gzip)) = web_archive(head) {
        return Sniffed::Container(ContainerKind::Web { format, in_gzip });
    }
    if head.starts_with(b"\x1f\x8b") {
        return damaged_web_archive(&head_of_gzip(head), name).unwrap_or(Sniffed::Packed(Codec::Gzip));
    }
    if head.trim_ascii_start().starts_with(b"%PDF-") {
        return Sniffed::Pdf;
    }
    if is_epub(head) {
        return Sniffed::Epub;
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
    let Some(text) = as_text(head) else { return Sniffed::Other("binary data".to_owned()) };
    let text = text.trim_start();
    if is_feed(text) {
        return Sniffed::Container(ContainerKind::Feed);
    }
    if let Some(kind) = mail_kind(text, &extension) {
        return kind;
    }
    let is_article_by_name =
        is_page_extension(&extension) || matches!(extension.as_str(), "md" | "markdown" | "mkd");
    if !is_article_by_name && is_json_lines(text, &extension) {
        return Sniffed::Container(ContainerKind::JsonLines);
    }
    if is_page(text) || (is_page_extension(&extension) && !is_other_markup(text)) {
        return Sniffed::Article(MediaType::Html);
    }
    by_name(text, &extension)
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

fn is_page_extension(extension: &str) -> bool {
    matches!(extension, "html" | "htm" | "xhtml" | "xht" | "shtml")
}

fn extension(name: &str) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    if stem.is_empty() { String::new() } else { extension.to_ascii_lowercase() }
}

/// The head as text for looking at, none if it is binary.
fn as_text(head: &[u8]) -> Option<String> {
    let text = utf16_head(head).unwrap_or_else(|| {
        String::from_utf8_lossy(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head)).into_owned()
    });
    // Korean and Chinese in seven bits is full of shifts.
    let shifts: &[u8] = if text.contains("\u{1b}$)") { b"\x0e\x0f" } else { b"" };
    let odd = text.bytes().filter(|b| *b < 0x20 && !b"\t\n\r\x0c\x1b".contains(b) && !shifts.contains(b));
    // A damaged page may hold a few; in compressed or other binary data one byte in eight is.
    (odd.count() * 32 <= head.len()).then(|| text.to_ascii_lowercase())
}

fn is_json_lines(text: &str, extension: &str) -> bool {
    let named = matches!(extension, "jsonl" | "ndjson");
    let first = text.lines().next().unwrap_or_default().trim_end();
    let is_object = |line: &str| serde_json::from_str::<serde_json::Map<_, _>>(line).is_ok();
    let whole_object = first.ends_with('}') && is_object(first);
    let cut_object = first.starts_with("{\"") && first.len() == text.len() && named;
    text.starts_with('{') && (named || whole_object && extension != "json") || cut_object
}

fn is_page(text: &str) -> bool {
    if is_other_markup(text) {
        return false;
    }
    let marked = text.contains("<!doctype html") || text.contains("<html");
    marked || text.starts_with('<') && PAGE_TAGS.iter().any(|tag| text.contains(tag))
}

/// Whether a ZIP file says in its first member that it is a book.
fn is_epub(head: &[u8]) -> bool {
    let name = head.get(30..).unwrap_or_default();
    head.starts_with(b"PK\x03\x04") && name.starts_with(b"mimetypeapplication/epub+zip")
}

/// Whether the first element of `text` is that of a feed.
fn is_feed(text: &str) -> bool {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?") => "?>",
            _ => break,
        };
        let Some((_, behind)) = rest.split_once(end) else { return false };
        rest = behind;
    }
    let is_root = |root: &&str| {
        rest.strip_prefix(*root).is_some_and(|behind| behind.starts_with([' ', '>', '\n', '\r', '\t']))
    };
    ["<rss", "<feed", "<rdf:rdf"].iter().any(is_root)
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

/// The kind of mail that `text` begins as.
fn mail_kind(text: &str, extension: &str) -> Option<Sniffed> {
    let mut lines = text.lines();
    let is_mailbox = text.starts_with("from ") && text.lines().next().is_some_and(|line| line.contains(':'));
    if is_mailbox {
        lines.next();
    }
    let mut known = 0;
    for line in lines.take_while(|line| !line.is_empty()) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let (name, _) = line.split_once(':')?;
        if name.contains(' ') {
            return None;
        }
        known += usize::from(MAIL_FIELDS.contains(&name));
    }
    let is_named = matches!(extension, "eml" | "mht" | "mhtml" | "mbox" | "mbx");
    let is_mail = known >= if is_named || is_mailbox { 1 } else { 3 };
    is_mail.then_some(if is_mailbox { Sniffed::Container(ContainerKind::Mailbox) } else { Sniffed::Mail })
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
        _ if is_other_markup(text) => Sniffed::Other("a feed or other XML".to_owned()),
        extension => Sniffed::Other(format!("a .{} file", printable(extension))),
    }
}

fn printable(extension: &str) -> String {
    extension.chars().filter(|c| !c.is_control()).take(12).collect()
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
        check(b"<\0h\0t\0m\0l\0>\0<\0p\0>\0a\0", "a.htm", page.clone());
        let russian = "<p>Комиссия рассмотрела весной четыре предложения и не приняла ни одного.";
        let wide: Vec<u8> = russian.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&wide, "a.html", page.clone());
        check(b"<p>\x1b$)C \x0e@L\x0f \x0e9.<-4B\x0f", "a", page);
    }

    #[test]
    fn what_is_no_page_is_named() {
        check(b"%PDF-1.4", "a.html", Sniffed::Pdf);
        check(&[0, 1, 2, 3, 200, 4, 5], "a.html", Sniffed::Other("binary data".into()));
        check(b"body{color:red}", "a.css", Sniffed::Other("a .css file".into()));
        check(b"<?xml version='1.0'?><svg >", "a.xml", Sniffed::Other("a feed or other XML".into()));
        check(b"[1,2]", "data", Sniffed::Other("data without a name for its kind".into()));
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
        let epub = [b"PK\x03\x04".as_slice(), &[0; 26], b"mimetypeapplication/epub+zip"].concat();
        check(&epub, "a", Sniffed::Epub);
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
        check(b"{\n \"text\": 1}", "a.json", Sniffed::Other("a .json file".into()));
        check(&[0x1f, 0x8b, 8], "a.html.gz", Sniffed::Packed(Codec::Gzip));
    }
}
