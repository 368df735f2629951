//! Feeds, mail, records and pages that aren't written as the book says: they are told by what they hold, and what is
//! wrong with one entry or message costs that alone.

use crate::archives::{gzip, tar};
use crate::harness::{Sandbox, field};
use crate::pages::{page, text_about};

/// A feed of three entries with `second` in the text of the second.
fn feed(second: &str) -> String {
    let entry = |name: &str, more: &str| {
        let text = text_about(name);
        format!(
            "<item><title>{name}</title><guid>{name}</guid><description>{text}{more}</description></item>\n"
        )
    };
    let entries = [entry("one", ""), entry("two", second), entry("three", "")].concat();
    format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>F</title>{entries}</channel></rss>\n"
    )
}

/// Signs that should have been escaped are text.
#[test]
fn a_feed_with_loose_signs_is_read_whole() {
    for (n, signs) in ["a < b & c <", "a <3 b </ x> c", "<a href='x>"].into_iter().enumerate() {
        let sandbox = Sandbox::new();
        let name = format!("{n}.xml");
        sandbox.write(&name, feed(signs));
        assert_eq!(sandbox.ingest(&[&name]), "3 indexed", "{signs}");
    }
}

/// A section that isn't closed, or no markup at all, costs its entry; the ones behind it are read.
#[test]
fn a_damaged_entry_of_a_feed_costs_itself() {
    for fault in ["<!FOO", "<!-- ", "<![CDATA[ "] {
        let sandbox = Sandbox::new();
        // Behind the feed is what closes the section, so that no fault of XML tells of it.
        sandbox.write("f.xml", feed(fault) + "<!-- --><x><![CDATA[ ]]></x>");
        assert_eq!(sandbox.ingest(&["f.xml"]), "2 indexed, 1 set aside", "{fault}");
        sandbox.ibid(&["ingest", "f.xml"]).exits(3).complains("f.xml#two: a damaged entry: ");
        assert_eq!(sandbox.titles("harbour"), ["one", "three"], "{fault}");
    }
}

/// A feed that is cut says so, and what was read before of the entry that is cut, and of what lay behind, stays.
#[test]
fn a_cut_feed_is_told_and_keeps_what_lay_behind() {
    let sandbox = Sandbox::new();
    let whole = feed("");
    sandbox.write("f.xml", &whole);
    assert_eq!(sandbox.ingest(&["f.xml"]), "3 indexed");
    sandbox.write("f.xml", &whole[..whole.find("<guid>two").unwrap() + 40]);
    let outcome = sandbox.ibid(&["ingest", "f.xml", "--prune"]).exits(3);
    outcome
        .complains("f.xml#two: a damaged entry: the feed ends within it")
        .complains("f.xml#the rest: a damaged feed: it ends before its end tag");
    assert_eq!(sandbox.titles("harbour"), ["one", "three", "two"]);
}

/// What stands before the first element of a feed, and the prefix of its elements, don't hide it.
#[test]
fn feeds_are_told_behind_long_prologs_and_by_any_prefix() {
    let sandbox = Sandbox::new();
    let rss = feed("");
    let rss = rss.split_once('\n').unwrap().1;
    let netscape = "<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"u\">";
    sandbox.write("netscape.xml", format!("<?xml version=\"1.0\"?>\n{netscape}\n{rss}"));
    sandbox.write("comment.html", format!("<?xml version=\"1.0\"?><!-- {} -->{rss}", "words ".repeat(3000)));
    let text = text_about("prefixes");
    let entry =
        format!("<a:entry><a:title>Prefix</a:title><a:id>u</a:id><a:content>{text}</a:content></a:entry>");
    sandbox.write("atom.xml", format!("<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\">{entry}</a:feed>"));
    assert_eq!(sandbox.ingest(&["netscape.xml"]), "3 indexed");
    assert_eq!(sandbox.ingest(&["comment.html", "--full"]), "3 duplicates");
    assert_eq!(sandbox.ingest(&["atom.xml"]), "1 indexed");
    assert!(sandbox.titles("prefixes").contains(&"Prefix".to_owned()));
}

/// A page behind blanks or a comment longer than what is looked at first is a page.
#[test]
fn a_page_is_told_behind_what_says_nothing() {
    let sandbox = Sandbox::new();
    let befores = ["\n".repeat(5000), format!("<!-- {} -->", "x".repeat(40_000)), " ".repeat(70_000)];
    for (n, before) in befores.into_iter().enumerate() {
        let page = page(&format!("Page {n}"), &text_about(&format!("blanks of kind {n}")));
        sandbox.write(format!("in/{n}"), before.clone() + &page);
        sandbox.write(format!("in/{n}.php"), before + &page);
    }
    assert_eq!(sandbox.ingest(&["in"]), "3 indexed, 3 duplicates");
}

/// A message whose header goes on beyond what is looked at first is a message, wherever that ends.
#[test]
fn a_long_header_does_not_hide_a_message() {
    let sandbox = Sandbox::new();
    for shift in 0..12 {
        let trace = format!("X-Trace-{}: {}\r\n", "n".repeat(shift), "v".repeat(60)).repeat(120);
        let text = text_about(&format!("shift {shift}"));
        let header = format!("From: Ana Lima <a@b.example>\r\nSubject: Shift {shift}\r\n{trace}");
        let date = "Date: Tue, 04 May 2021 10:00:00 +0200\r\n";
        sandbox.write(format!("in/{shift}.eml"), format!("{header}{date}\r\n{text}\r\n"));
        sandbox
            .write(format!("in/{shift}"), format!("{header}{date}To: c\r\n\r\n{text} Without a name.\r\n"));
    }
    assert_eq!(sandbox.ingest(&["in"]), "24 indexed");
}

/// What is attached to a message isn't the message.
#[test]
fn an_attached_page_does_not_replace_the_text_of_a_message() {
    let sandbox = Sandbox::new();
    let part = |header: &str, content: &str| format!("--x\r\n{header}\r\n\r\n{content}\r\n");
    let message = |parts: &[String]| {
        let kind = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n";
        format!("From: a@b.example\r\nSubject: Minutes\r\nTo: c\r\n{kind}\r\n{}--x--\r\n", parts.concat())
    };
    let own = part("Content-Type: text/plain", &text_about("the minutes"));
    let attached = part(
        "Content-Type: text/html; name=a.html\r\nContent-Disposition: attachment",
        &page("Attached", &text_about("the attachment")),
    );
    sandbox.write("in/a.eml", message(&[own, attached.clone()]));
    sandbox.write("in/b.eml", message(&[attached]));
    assert_eq!(sandbox.ingest(&["in"]), "2 indexed");
    let of = |words: &str| -> Vec<String> {
        sandbox
            .hits(words)
            .iter()
            .map(|hit| field(hit, "locator").rsplit('/').next().unwrap().to_owned())
            .collect()
    };
    assert!(of("\"the minutes\"").iter().all(|name| name == "a.eml"));
    assert!(of("\"the attachment\"").iter().all(|name| name == "b.eml"), "nothing else is in it");
}

/// Messages of a mailbox are told apart without a blank line between them, without a time in the line that begins
/// them, and from texts whose lines begin with the same word.
#[test]
fn messages_of_a_mailbox_are_told_from_texts() {
    let message = |beginning: &str, name: &str| {
        let text = text_about(name);
        let quoted = "From now on the levy applies to all.\nIt is high.";
        format!("{beginning}\nFrom: a@b.example\nSubject: {name}\n\n{text}\n\n{quoted}\n")
    };
    let [dated, undated] = ["From a@b.example Tue May  4 10:00:00 2021", "From MAILER-DAEMON"];
    for (file, between, beginning) in
        [("close", "", dated), ("undated.mbox", "\n", undated), ("undated", "\n", undated)]
    {
        let sandbox = Sandbox::new();
        let messages = ["one", "two", "three"].map(|name| message(beginning, name));
        sandbox.write(file, messages.join(between));
        assert_eq!(sandbox.ingest(&[file]), "3 indexed", "{file}");
        assert_eq!(sandbox.titles("harbour"), ["one", "three", "two"]);
    }
}

/// Records are told by their lines, whatever the file is called and however long the first is.
#[test]
fn records_are_told_by_their_lines() {
    let long = "The harbour froze over. ".repeat(600);
    for name in ["a", "a.dat", "a.txt", "a.json"] {
        for text in ["The harbour froze over.", &long] {
            let sandbox = Sandbox::new();
            let line = |id: &str| format!("{{\"id\": \"{id}\", \"text\": \"{text} {id}\"}}\n");
            sandbox.write(name, [line("x"), line("y")].concat());
            assert_eq!(sandbox.ingest(&[name]), "2 indexed", "{name}");
        }
    }
    let sandbox = Sandbox::new();
    sandbox.write("one.json", "{\"text\": \"The harbour froze over.\"}\n");
    assert_eq!(sandbox.ingest(&["one.json"]), "1 skipped");
}

/// In archives kinds are told the same.
#[test]
fn odd_kinds_are_told_in_archives_too() {
    let sandbox = Sandbox::new();
    let blanks = "\n".repeat(5000) + &page("Blanks", &text_about("blanks"));
    sandbox.write("a.tar", tar(&[("a", blanks), ("f.xml", feed("<!FOO"))]));
    assert_eq!(sandbox.ingest(&["a.tar"]), "3 indexed, 1 set aside");
}

/// What Macs write beside a file is no input, whatever that file is.
#[test]
fn companions_of_macs_are_skipped() {
    let sandbox = Sandbox::new();
    let companion = [b"\x00\x05\x16\x07\0\x02\0\0Mac OS X        ".as_slice(), &[0; 100]].concat();
    for name in ["in/._a.html", "in/._b.pdf", "in/._c.warc.gz", "in/._d"] {
        sandbox.write(name, &companion);
    }
    sandbox.write("in/a.tar", tar(&[("x/._a.html", companion.clone())]));
    assert_eq!(sandbox.ingest(&["in"]), "5 skipped");
    sandbox.write("in/a.html", companion);
    assert_eq!(sandbox.ingest(&["in"]), "5 skipped, 1 set aside");
}

/// A title or a day as the name of a file has no extension.
#[test]
fn texts_under_titles_and_days_are_read() {
    let sandbox = Sandbox::new();
    for name in ["U.S. policy on trade", "2015.03.04", "page@q=1.2"] {
        sandbox.write(format!("in/{name}"), text_about(name));
    }
    assert_eq!(sandbox.ingest(&["in"]), "3 indexed");
}

/// A page in gzip with something else behind it is the page, and its account tells of that.
#[test]
fn junk_behind_gzip_does_not_hide_the_page() {
    for length in [40, 4000] {
        let sandbox = Sandbox::new();
        let text = format!("{} {}", text_about("junk"), "word ".repeat(length));
        sandbox.write("a.html.gz", [gzip(page("Junk", &text).as_bytes()), b"junk".to_vec()].concat());
        assert_eq!(sandbox.ingest(&["a.html.gz"]), "1 indexed");
        let input = &sandbox.ibid(&["report", "--inputs"]).exits(0).lines()[0];
        assert_eq!(
            field(input, "reason"),
            "behind the end of its compressed file stand bytes that aren't compressed"
        );
    }
    let sandbox = Sandbox::new();
    sandbox.write("a.png.gz", [gzip(b"\x89PNG\r\n"), b"junk".to_vec()].concat());
    assert_eq!(sandbox.ingest(&["a.png.gz"]), "1 skipped");
}

/// Blank frames that browsers save beside a page are skipped; such a page elsewhere is a fault.
#[test]
fn blank_frames_of_saved_pages_are_skipped() {
    let sandbox = Sandbox::new();
    let blank = "<!-- saved from url=(0011)about:blank -->\n<html><head></head><body></body></html>";
    sandbox.write("in/page.htm", page("Saved", &text_about("frames")));
    sandbox.write("in/page_files/saved_resource.html", blank);
    sandbox.write("in/page_files/frame.html", page("Frame", &text_about("adverts")));
    assert_eq!(sandbox.ingest(&["in"]), "2 indexed, 1 skipped");
    sandbox.write("in/blank.html", blank);
    assert_eq!(sandbox.ingest(&["in"]), "2 unchanged, 1 skipped, 1 set aside");
}
