//! Pages saved in other forms: feeds, mail, pages saved as messages, books.

use crate::archives::{gzip, zip_stored};
use crate::harness::{Sandbox, field};
use crate::pages::{page, page_with, text_about};

/// The entries of a feed are articles, under the addresses that they give, whatever the file is called.
#[test]
fn entries_of_feeds_are_articles() {
    let entry = |n: u8| {
        format!(
            "<item><title>Entry {n}</title><link>http://port.example/{n}</link><guid>urn:{n}</guid>\
             <description><![CDATA[<p>{}</p>]]></description><pubDate>Tue, 04 May 2021 10:00:00 GMT</pubDate></item>",
            text_about(&format!("matter {n}"))
        )
    };
    let rss = format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>Port</title>{}{}</channel></rss>",
        entry(1),
        entry(2)
    );
    for name in ["feed.xml", "index.html", "feed"] {
        let sandbox = Sandbox::new();
        sandbox.write(name, &rss);
        assert_eq!(sandbox.ingest(&[name]), "2 indexed", "{name}");
        let hit = &sandbox.hits("\"matter 2\"")[0];
        assert_eq!(field(hit, "url"), "http://port.example/2");
        assert_eq!(field(hit, "title"), "Entry 2");
        assert_eq!(field(hit, "published"), "2021-05-04");
        assert_eq!(field(hit, "publisher"), "Port");
        assert_eq!(field(hit, "locator"), format!("[DIR]/{name}#urn:2"));
        // A feed moves on: what it no longer holds stays until it is pruned.
        sandbox.write(name, rss.replace(&entry(1), &entry(3)));
        assert_eq!(sandbox.ingest(&[name]), "1 indexed, 1 unchanged", "{name}");
        assert_eq!(sandbox.article_count(), 3);
        assert_eq!(sandbox.ingest(&[name, "--prune"]), "2 unchanged, 1 removed", "{name}");
    }
}

/// A feed that is damaged gives what can be read of it, and an empty one is no fault.
#[test]
fn a_feed_without_entries_is_skipped() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.xml", "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"></feed>");
    sandbox.write("in/b.opml", "<?xml version=\"1.0\"?><opml version=\"2.0\"><body/></opml>");
    assert_eq!(sandbox.ingest(&["in"]), "2 skipped");
    sandbox.write(
        "in/c.xml",
        "<rss><channel><item><title>T</title><description>A harbour.</description></item><item <<",
    );
    assert_eq!(sandbox.ingest(&["in"]), "1 indexed, 2 skipped, 1 set aside");
}

const MESSAGE: &str = "From: Ana Lima <ana@port.example>\r\nTo: bo@port.example\r\nSubject: =?utf-8?q?Gr=C3=B6=C3=9Fe?= of the fleet\r\n\
    Date: Tue, 4 May 2021 10:00:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\
    Content-Transfer-Encoding: quoted-printable\r\n\r\nThe harbour caf=E9 has closed for the winter.\r\n";

/// A message is an article: its subject, author, day and text.
#[test]
fn messages_are_articles() {
    let sandbox = Sandbox::new();
    sandbox.write("a.eml", MESSAGE);
    assert_eq!(sandbox.ingest(&["a.eml"]), "1 indexed");
    let hit = &sandbox.hits("harbour")[0];
    assert_eq!(field(hit, "title"), "Gr\u{f6}\u{df}e of the fleet");
    assert_eq!(field(hit, "published"), "2021-05-04");
    assert_eq!(hit["authors"], serde_json::json!(["Ana Lima"]));
    assert!(field(hit, "text").contains("harbour caf\u{e9} has closed"));
}

/// A saved page that names its charset only in itself is read in that.
#[test]
fn the_charset_of_a_saved_page_is_its_own() {
    let mhtml = "From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\n\
        Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: http://port.example/p\r\n\r\n\
        <html><head><meta charset=3Dwindows-1251></head><body><p>=CF=EE=F0=F2 =E7=E0=EA=F0=FB=F2 =ED=E0 =E7=E8=EC=F3.</p></body></html>\r\n--x--\r\n";
    let sandbox = Sandbox::new();
    sandbox.write("a.mht", mhtml);
    let article = sandbox.ibid(&["extract", "a.mht", "--format", "jsonl"]).exits(0).json();
    assert_eq!(
        article["text"],
        "\u{41f}\u{43e}\u{440}\u{442} \u{437}\u{430}\u{43a}\u{440}\u{44b}\u{442} \u{43d}\u{430} \u{437}\u{438}\u{43c}\u{443}."
    );
}

/// Each message of a mailbox is an article of its own.
#[test]
fn messages_of_a_mailbox_are_articles() {
    let sandbox = Sandbox::new();
    let second =
        "Subject: Second\r\nFrom: Bo\r\n\r\nThe harbour is open.\r\n\r\n>From here on it is quoted.\r\n";
    let mailbox = format!(
        "From a@b Tue May  4 10:00:00 2021\r\n{MESSAGE}\r\nFrom c@d Wed May  5 10:00:00 2021\r\n{second}"
    );
    sandbox.write("mail.mbox.gz", gzip(mailbox.as_bytes()));
    assert_eq!(sandbox.ingest(&["mail.mbox.gz"]), "2 indexed");
    assert!(sandbox.hits("quoted").iter().any(|hit| field(hit, "text").contains("From here on")));
    assert!(
        sandbox.hits("quoted").iter().all(|hit| field(hit, "locator").ends_with("mail.mbox.gz#message 2"))
    );
}

/// A page that a browser saved with its pictures is the page, with its address and the day.
#[test]
fn a_page_saved_as_a_message_is_the_page() {
    let html = page("Saved", &text_about("saving"));
    let mhtml = format!(
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: http://port.example/saved\r\nSubject: Another title\r\n\
         Date: Tue, 4 May 2021 10:00:00 -0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related; type=\"text/html\"; boundary=\"--x\"\r\n\r\n\
         ----x\r\nContent-Type: text/html\r\nContent-Location: http://port.example/saved\r\n\r\n{html}\r\n\
         ----x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n----x--\r\n"
    );
    let (folder, saved) = (Sandbox::new(), Sandbox::new());
    folder.write("a.html", &html);
    folder.ingest(&["a.html"]);
    saved.write("a.mhtml", mhtml);
    assert_eq!(saved.ingest(&["a.mhtml"]), "1 indexed");
    let text = |sandbox: &Sandbox| field(&sandbox.hits("ministers")[0], "text");
    assert_eq!(text(&saved), text(&folder));
    let hit = &saved.hits("harbour")[0];
    assert_eq!(
        (field(hit, "title"), field(hit, "url")),
        ("Saved".into(), "http://port.example/saved".into())
    );
}

/// Where a book says which of its members are encrypted.
const ENCRYPTION: &str = "META-INF/encryption.xml";

/// A book of two chapters, without the members `left_out` and with `more`.
fn book(left_out: &[&str], more: &[(&str, &str)]) -> Vec<u8> {
    let container = "<?xml version=\"1.0\"?><container><rootfiles><rootfile full-path=\"OEBPS/book.opf\"/></rootfiles></container>";
    let contents = "<?xml version=\"1.0\"?><package xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><metadata>\
        <dc:title>On &amp; off shore</dc:title><dc:creator>Ana Lima</dc:creator><dc:language>en</dc:language>\
        <dc:date>2019-03</dc:date></metadata><manifest>\
        <item id=\"b\" href=\"text/b.xhtml\" media-type=\"application/xhtml+xml\"/>\
        <item id=\"a\" href=\"text/a%20b.xhtml\" media-type=\"application/xhtml+xml\"/>\
        <item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/></manifest>\
        <spine><itemref idref=\"nav\"/><itemref idref=\"a\"/><itemref idref=\"b\"/></spine></package>";
    let chapter = |title: &str| {
        format!(
            "<html><head><title>x</title></head><body><h1>{title}</h1><p>{}</p></body></html>",
            text_about(title)
        )
    };
    let (first, second) = (chapter("first things"), chapter("second things"));
    let members = [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("OEBPS/book.opf", contents),
        ("OEBPS/text/b.xhtml", second.as_str()),
        ("OEBPS/text/a b.xhtml", first.as_str()),
    ];
    let kept = members.iter().filter(|(name, _)| !left_out.contains(name));
    let members: Vec<(&str, &str)> = kept.chain(more).copied().collect();
    zip_stored(&members)
}

/// A book is one article, its chapters in the order in which they are read.
#[test]
fn a_book_is_one_article() {
    let sandbox = Sandbox::new();
    sandbox.write("a.epub", book(&[], &[]));
    assert_eq!(sandbox.ingest(&["a.epub"]), "1 indexed");
    let article = sandbox.ibid(&["extract", "a.epub", "--format", "jsonl"]).exits(0).json();
    assert_eq!(
        (field(&article, "title"), field(&article, "published")),
        ("On & off shore".into(), "2019-03".into())
    );
    let text = field(&article, "text");
    let (first, second) =
        (text.find("about first things").unwrap(), text.find("about second things").unwrap());
    assert!(first < second, "{text}");
}

/// A book that lacks what it is made of is set aside, with what is missing.
#[test]
fn a_damaged_book_is_set_aside() {
    let sandbox = Sandbox::new();
    sandbox.write("a.epub", book(&["OEBPS/book.opf"], &[]));
    sandbox.ibid(&["ingest", "a.epub"]).exits(3).complains("a.epub: a book without `OEBPS/book.opf`");
}

/// A book of which a chapter isn't there is read, and its account says what it lacks.
#[test]
fn a_book_without_one_of_its_chapters_is_told_in_the_account() {
    let told = "1 of 2 chapters can't be read";
    for (left_out, reason) in [(&[][..], None), (&["OEBPS/text/b.xhtml"], Some(told))] {
        let sandbox = Sandbox::new();
        sandbox.write("a.epub", book(left_out, &[]));
        assert_eq!(sandbox.ingest(&["a.epub"]), "1 indexed");
        let input = &sandbox.ibid(&["report", "--inputs"]).exits(0).lines()[0];
        assert_eq!(input["reason"].as_str(), reason, "{input}");
        let extracted = sandbox.ibid(&["extract", "a.epub"]).exits(0);
        assert_eq!(extracted.stderr.contains(told), reason.is_some(), "{}", extracted.stderr);
    }
}

/// A list of contents may name a chapter many times: what is read stays as large as what the book holds.
#[test]
fn a_chapter_that_is_named_a_thousand_times_is_read_once() {
    let sandbox = Sandbox::new();
    let spine = (0..1000).map(|part| format!("<itemref idref=\"a\"/><itemref idref=\"a{part}\"/>"));
    let items = (0..1000).map(|part| format!("<item id=\"a{part}\" href=\"a.xhtml#part{part}\"/>"));
    let contents = format!(
        "<package><manifest><item id=\"a\" href=\"a.xhtml\"/>{}</manifest><spine>{}</spine></package>",
        items.collect::<String>(),
        spine.collect::<String>()
    );
    let chapter = format!("<html><body><h1>Wells</h1><p>{}</p></body></html>", text_about("wells"));
    let container = "<container><rootfiles><rootfile full-path=\"book.opf\"/></rootfiles></container>";
    let members =
        [("META-INF/container.xml", container), ("book.opf", &contents), ("a.xhtml", chapter.as_str())];
    sandbox.write("a.epub", zip_stored(&members));
    let article = sandbox.ibid(&["extract", "a.epub", "--format", "jsonl"]).exits(0).json();
    assert_eq!(field(&article, "text").matches("about wells").count(), 1, "{article}");
    sandbox.ingest(&["a.epub"]);
    let input = &sandbox.ibid(&["report", "--inputs"]).exits(0).lines()[0];
    assert!(input["reason"].is_null(), "{input}");
}

/// A book with rights management says which of its members are encrypted: what is read of its chapters is noise. Fonts
/// that are made useless elsewhere leave a book readable.
#[test]
fn a_book_with_encrypted_chapters_is_set_aside() {
    let sandbox = Sandbox::new();
    let encryption = |uri: &str| {
        format!(
            "<encryption xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><enc:EncryptedData \
             xmlns:enc='http://www.w3.org/2001/04/xmlenc#'><enc:EncryptionMethod Algorithm='x'/><enc:CipherData>\
             <enc:CipherReference URI='{uri}'/></enc:CipherData></enc:EncryptedData></encryption>"
        )
    };
    sandbox.write("fonts.epub", book(&[], &[(ENCRYPTION, &encryption("OEBPS/fonts/a.otf"))]));
    sandbox.write("locked.epub", book(&[], &[(ENCRYPTION, &encryption("OEBPS/text/a%20b.xhtml"))]));
    assert_eq!(sandbox.ingest(&["fonts.epub"]), "1 indexed");
    let told = "locked.epub: a book whose chapters are encrypted";
    sandbox.ibid(&["ingest", "locked.epub"]).exits(3).complains(told);
}

/// `-` reads paths from standard input, a line each.
#[test]
fn paths_are_read_from_standard_input() {
    let sandbox = Sandbox::new();
    for name in ["a b.html", "c.html", "d.html"] {
        sandbox.write(name, page(&format!("Page {name}"), &text_about(name)));
    }
    let command = sandbox.command(&["ingest", "-", "--format", "json"]);
    let outcome = sandbox.run_with_input(command, "a b.html\n\nc.html\r\n").exits(0);
    assert_eq!(outcome.json()["indexed"], 2);
    let command = sandbox.command(&["extract", "-", "--format", "jsonl"]);
    assert_eq!(sandbox.run_with_input(command, "d.html").exits(0).lines().len(), 1);
    let command = sandbox.command(&["ingest", "-"]);
    sandbox.run_with_input(command, "\n").exits(0).complains("no path on standard input");
}

/// A list without a path is no failure: `find` may have found nothing new. Nothing is read then, whatever is asked for.
#[test]
fn an_empty_list_of_paths_is_no_failure() {
    let sandbox = Sandbox::new();
    for arguments in [["ingest", "-", "--prune"], ["ingest", "-", "--retry"], ["extract", "-", "--explain"]] {
        let outcome = sandbox.run_with_input(sandbox.command(&arguments), "").exits(0);
        assert_eq!(outcome.stdout, "");
        outcome.complains("note: no path on standard input, so there is nothing to read");
    }
    assert!(!sandbox.path("index").exists());
}

/// A path of a list that is gone since the list was made is told, and the others are read; one that was typed is a
/// slip of the pen.
#[test]
fn a_listed_path_that_is_gone_costs_itself() {
    let sandbox = Sandbox::new();
    sandbox.write("a.html", page("Page a", &text_about("tides")));
    let gone = "set aside: [DIR]/none.html: no such file or folder";
    let command = sandbox.command(&["ingest", "-", "--report", "r.jsonl"]);
    sandbox.run_with_input(command, "none.html\na.html\n").exits(3).complains(gone);
    assert_eq!(sandbox.titles("harbour"), ["Page a"]);
    let account = std::fs::read_to_string(sandbox.path("r.jsonl")).unwrap();
    assert_eq!(account.lines().count(), 2, "{account}");
    let command = sandbox.command(&["extract", "-", "--format", "jsonl"]);
    let outcome = sandbox.run_with_input(command, "a.html\nnone.html\n").exits(3).complains(gone);
    assert_eq!(outcome.lines().len(), 1);
    let command = sandbox.command(&["ingest", "-", "typed.html"]);
    sandbox.run_with_input(command, "a.html\n").exits(2).complains("typed.html: no such file or folder");
}

/// A web archive of what was not in one is read again as it was.
#[test]
fn exported_books_and_saved_pages_are_read_again() {
    let mhtml = "From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\n\
        Content-Type: text/html\r\nContent-Location: http://port.example/saved\r\n\r\n\
        <html><head><title>Saved</title></head><body><p>The harbour was closed for a week.</p></body></html>\r\n--x--\r\n";
    let mail = "From: Ana Lima <ana@port.example>\r\nSubject: Mailed\r\nDate: Mon, 3 Jun 2019 10:00:00 +0000\r\n\
        Content-Type: text/plain\r\n\r\nThe harbour was opened again.\r\n";
    let sandbox = Sandbox::new();
    sandbox.write("in/a.mht", mhtml);
    sandbox.write("in/b.eml", mail);
    sandbox.write("in/c.epub", book(&[], &[]));
    sandbox.ibid(&["ingest", "in"]).exits(0);
    let told = |index: &str| -> Vec<[String; 5]> {
        let hits = sandbox
            .ibid(&["query", "harbour OR things", "--format", "jsonl", "--index", index])
            .exits(0)
            .lines();
        let mut told: Vec<[String; 5]> = hits
            .iter()
            .map(|hit| ["title", "authors", "published", "url", "text"].map(|name| hit[name].to_string()))
            .collect();
        told.sort();
        told
    };
    let before = told("index");
    assert!(before.len() > 2, "{before:?}");
    sandbox.shell("\"$IBID\" export --format warc > hits.warc.gz").exits(0);
    sandbox.ibid(&["ingest", "hits.warc.gz", "--index", "again"]).exits(0);
    assert_eq!(told("again"), before);
}

/// A page that a program saved in a file has the address that it was saved from, and the day; the one that it gives
/// itself comes first.
#[test]
fn a_page_saved_in_a_file_keeps_its_address() {
    let sandbox = Sandbox::new();
    let html = |name: &str, head: &str| page_with(name, head, &text_about(name));
    let mark = "<!-- saved from url=(0026)https://port.example/mark1 -->\n<html";
    sandbox.write("in/mark.html", html("mark", "").replace("<html", mark));
    let canonical = "<link rel=\"canonical\" href=\"https://port.example/own\">";
    sandbox.write("in/own.html", html("own", canonical).replace("<html", mark));
    let copy = "<link rel=\"canonical\" href=\"https://web.archive.org/web/20150303100000/http://port.example/copy\">";
    let archived =
        "<!--\n FILE ARCHIVED ON 10:00:00 Mar 03, 2015 AND RETRIEVED FROM THE\n INTERNET ARCHIVE -->";
    sandbox.write("in/copy.html", html("copy", copy) + archived);
    assert_eq!(sandbox.ingest(&["in"]), "3 indexed");
    for (name, url, captured) in [
        ("mark", "https://port.example/mark1", None),
        ("own", "https://port.example/own", None),
        ("copy", "http://port.example/copy", Some("2015-03-03")),
    ] {
        let article =
            sandbox.ibid(&["extract", &format!("in/{name}.html"), "--format", "jsonl"]).exits(0).json();
        assert_eq!(field(&article, "url"), url);
        assert_eq!(article["captured"].as_str(), captured, "{article}");
    }
}
