//! Input that is missing, too large, no text, malformed or unreadable: each is told, and the rest goes on.

use std::fs::{self, File};
use std::io::Write;

use ibid::extract::{Options, explain_in_time, extract_in_time};
use ibid::ingest::{Trust, in_page_time};
use ibid::model::{Locator, MediaType, Metadata, RawDocument};
use ibid::source::{Limits, Refusal};

use crate::archives::zip_stored;
use crate::harness::Sandbox;
use crate::pages::{page, text_about};

/// A path that isn't there is an error, and leaves nothing behind.
#[test]
fn a_missing_path_is_an_error() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Sluices", &text_about("sluices")));
    insta::assert_snapshot!(sandbox.ibid(&["ingest", "in", "nowhere"]).all(), @r"
    --- stderr
    error: nowhere: no such file or folder
    --- exit 2
    ");
    assert!(!sandbox.path("index").exists());
    insta::assert_snapshot!(sandbox.ibid(&["ingest"]).exits(2).stderr.lines().next().unwrap(), @"error: the following required arguments were not provided:");
}

/// A folder without articles finds nothing, and says so.
#[test]
fn a_folder_without_articles_is_told() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("empty")).unwrap();
    sandbox.ibid(&["ingest", "empty"]).exits(1).complains("no article among these inputs");
    sandbox.write("styles/a.css", "p {}");
    sandbox.ibid(&["ingest", "styles", "empty"]).exits(1).complains("no article among these inputs");
    sandbox.ibid(&["query", "water", "--from", "empty"]).exits(1).complains("no article among these inputs");
    // Something was found once, and still is.
    sandbox.write("in/a.html", page("Sluices", &text_about("sluices")));
    sandbox.ingest(&["in"]);
    assert_eq!(sandbox.ibid(&["ingest", "in"]).exits(0).stderr, "");
}

/// Without an index there is nothing to answer from: an error with a hint.
#[test]
fn no_index_is_an_error_with_a_hint() {
    let sandbox = Sandbox::new();
    insta::assert_snapshot!(sandbox.ibid(&["query", "water"]).all(), @r"
    --- stderr
    error: no index at index
    hint: `ibid ingest PATH` makes one; `--index DIR` names another place
    --- exit 2
    ");
    sandbox.ibid(&["show", "x"]).exits(2).complains("no index at index");
    sandbox.ibid(&["stats", "--index", "else/where"]).exits(2).complains("no index at else/where");
    assert!(!sandbox.path("index").exists());
}

/// A file beyond the limit is set aside, without being read into memory first.
#[test]
fn a_file_of_200_megabytes_is_set_aside() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Sluices", &text_about("sluices")));
    sandbox.write("in/page.html", page("Weirs", &"It begins like a page. ".repeat(500)));
    sandbox.write("in/zeros.html", "");
    for name in ["in/page.html", "in/zeros.html"] {
        File::options().write(true).open(sandbox.path(name)).unwrap().set_len(200 << 20).unwrap();
    }
    let outcome = sandbox.ibid(&["ingest", "in"]).exits(3);
    insta::assert_snapshot!(outcome.stderr, @r"
    set aside: [DIR]/in/page.html: larger than 64 MiB; --max-input-mib allows more
    set aside: [DIR]/in/zeros.html: named as a page, but it is binary data
    ");
    assert_eq!(sandbox.titles("harbour"), ["Sluices"]);
    assert_eq!(sandbox.ingest(&["in"]), "1 unchanged, 2 set aside");
}

/// The limit can be set, for pages and for records alike.
#[test]
fn the_limit_can_be_set() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Sluices", &"The sluice was opened again. ".repeat(50_000)));
    sandbox.write(
        "in/r.jsonl",
        format!(
            "{{\"id\":\"1\",\"text\":\"{}\"}}\n{{\"id\":\"2\",\"text\":\"A weir.\"}}\n",
            "long ".repeat(300_000)
        ),
    );
    assert_eq!(sandbox.ingest(&["in", "--max-input-mib", "1"]), "1 indexed, 2 set aside");
    assert_eq!(sandbox.articles("weir OR sluice"), ["2"]);
    sandbox.ibid(&["ingest", "in", "--max-input-mib", "0"]).exits(2);
}

/// A small file that unpacks into a huge one is stopped early.
#[test]
fn a_compression_bomb_is_set_aside() {
    let sandbox = Sandbox::new();
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    bomb.write_all(b"<!DOCTYPE html><html><body><p>").unwrap();
    bomb.write_all(&vec![b'a'; 3 << 20]).unwrap();
    sandbox.write("in/bomb.html.gz", bomb.finish().unwrap());
    sandbox.ibid(&["ingest", "in"]).exits(3).complains("bomb.html.gz: grows to over 200 times its size");
}

/// A file in gzip that is cut short or damaged is set aside.
#[test]
fn a_broken_gzip_file_is_set_aside() {
    let sandbox = Sandbox::new();
    let mut whole = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    whole.write_all(page("Sluices", &text_about("sluices")).as_bytes()).unwrap();
    let whole = whole.finish().unwrap();
    sandbox.write("in/cut.html.gz", &whole[..whole.len() / 2]);
    let mut damaged = whole.clone();
    damaged[whole.len() / 2] ^= 0xff;
    sandbox.write("in/damaged.html.gz", damaged);
    sandbox.write("in/cut.jsonl.gz", &whole[..whole.len() - 4]);
    assert_eq!(sandbox.ingest(&["in"]), "3 set aside");
    let told = sandbox.ibid(&["report"]).exits(0);
    let cut = "it is cut short: the end of what is compressed isn't there";
    assert_eq!(told.stdout.matches(cut).count(), 2, "in words for programmers: {}", told.all());
}

/// Nesting of any depth is walked, and what stands at the bottom is found.
#[test]
fn a_page_of_100_000_nested_elements_is_read() {
    let sandbox = Sandbox::new();
    let text = "The hidden quorum of the assembly was never reached that winter.";
    for (name, tag) in [("div", "div"), ("bold", "b"), ("table", "table"), ("list", "ul")] {
        let open = format!("<{tag}>").repeat(100_000);
        sandbox.write(
            format!("in/{name}.html"),
            format!("<html><body>{open}<p>{text} {name}</p></body></html>"),
        );
    }
    assert_eq!(sandbox.ingest(&["in"]), "4 indexed");
    assert_eq!(sandbox.articles("quorum").len(), 4);
}

/// Binary junk that is named as a page is told; named otherwise, it isn't expected to be one.
#[test]
fn binary_junk_is_set_aside() {
    let sandbox = Sandbox::new();
    let junk: Vec<u8> = (0..20_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    sandbox.write("in/junk.html", &junk);
    sandbox.write("in/photo.html", b"\x89PNG\r\n\x1a\n\0\0\0");
    sandbox.write("in/empty.html", "");
    sandbox.write("in/junk.bin", &junk);
    insta::assert_snapshot!(sandbox.ibid(&["ingest", "in"]).all(), @r"
            0 indexed
            0 updated
            0 unchanged
            0 duplicates
            1 skipped
            3 set aside
            4 inputs
    0.0 MB read in [TIME], [TIME]
    --- stderr
    set aside: [DIR]/in/empty.html: the file is empty
    set aside: [DIR]/in/junk.html: named as a page, but it is binary data
    set aside: [DIR]/in/photo.html: named as a page, but it is an image
    --- exit 3
    ");
}

/// What should hold an article, or members that may, by its name, and can't be told for one is set aside; of a picture
/// and of what has no such name nothing is expected.
#[test]
fn a_damaged_file_of_a_known_kind_is_set_aside() {
    let names = [
        "a.tar", "b.zip", "c.gz", "d.pdf", "e.wacz", "f.epub", "g.tar.gz", "h.mhtml", "i.eml", "j.mbox",
        "k.txt", "l.jsonl", "m.rss", "n.zst", "o.xz", "p.bz2", "q.arc", "r.lz4", "s.md",
    ];
    let junk: Vec<u8> = (0..20_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let contents: [(&[u8], &str); 3] = [
        (&junk, ", but it is binary data"),
        (&[0; 5000], ", but it is binary data"),
        (b"", ": the file is empty"),
    ];
    for (content, reason) in contents {
        let sandbox = Sandbox::new();
        for name in names.iter().chain(&["photo.jpg", "style.css", "plain", "data.bin", "a.json"]) {
            sandbox.write(format!("in/{name}"), content);
        }
        let outcome = sandbox.ibid(&["ingest", "in"]).exits(3);
        for name in names {
            let line = outcome.stderr.lines().find(|line| line.contains(&format!("/in/{name}: ")));
            assert!(line.is_some_and(|line| line.ends_with(reason)), "{name}\n{}", outcome.all());
        }
        assert!(outcome.stdout.contains("5 skipped"), "{}", outcome.all());
        assert_eq!(sandbox.ingest(&["--retry"]), format!("{} set aside", names.len()));
    }
    let sandbox = Sandbox::new();
    sandbox.write("in/a.mbox", "A text that was saved under a wrong name.\n");
    sandbox.write("in/b.jsonl", "\n\n");
    sandbox.write("in/c.pdf", b"\x89PNG\r\n\x1a\n\0\0\0");
    let outcome = sandbox.ibid(&["ingest", "in"]).exits(3);
    assert!(outcome.stdout.contains("1 skipped"), "{}", outcome.all());
    outcome
        .complains("a.mbox: named as a mailbox, but it is text of another kind")
        .complains("b.jsonl: named as JSON Lines, but it is blank");
}

/// Pages that are cut short, hold nothing or only furniture never end a run.
#[test]
fn malformed_pages_never_end_a_run() {
    let sandbox = Sandbox::new();
    let odd: [&[u8]; 10] = [
        b"<html",
        b"<!DOCTYPE html>",
        b"<html><body></body></html>",
        b"<html><body><script>let a = '<p>';",
        b"<html><body><!-- never closed <p>x</p>",
        b"<html><head><meta charset=\"no-such\"></head><body><p>\xff\xfe\xfd text</p>",
        b"<html><head><meta charset=\"utf-7\"></head><body><p>+ADw-script+AD4- text</p>",
        b"<html><body><p>\0\0\0 zero bytes</p></body></html>",
        b"<html><head><script type=\"application/ld+json\">{\"@graph\": [[[</script></head><body><p>Text.</p>",
        b"<p>&#xffffffff;&#0;&nosuch;</p>",
    ];
    for (number, content) in odd.iter().enumerate() {
        sandbox.write(format!("in/{number}.html"), content);
    }
    sandbox.write("in/good.html", page("Sluices", &text_about("sluices")));
    let outcome = sandbox.ibid(&["ingest", "in"]).ends_by_itself();
    assert!(!outcome.all().contains("fault of ibid"), "{}", outcome.all());
    assert_eq!(sandbox.titles("harbour"), ["Sluices"]);
    sandbox.ingest(&["in"]);
}

/// A file and a folder that may not be read are set aside; asked for by name, the folder is an error.
/// Whoever may read everything can't see this.
#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_set_aside() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new();
    for name in ["in/a.html", "in/closed.html", "in/closed/b.html"] {
        sandbox.write(name, page(name, &text_about(name)));
    }
    assert_eq!(sandbox.ingest(&["in"]), "3 indexed");
    for name in ["in/closed.html", "in/closed"] {
        fs::set_permissions(sandbox.path(name), fs::Permissions::from_mode(0o000)).unwrap();
    }
    if File::open(sandbox.path("in/closed.html")).is_ok() {
        return;
    }
    let touched = sandbox.ibid(&["ingest", "in"]).exits(3);
    assert!(touched.stderr.contains("in/closed: Permission denied"), "{}", touched.stderr);
    sandbox.ibid(&["ingest", "in/closed"]).exits(2).complains("in/closed: Permission denied");
    // What can't be looked into isn't gone.
    sandbox.ibid(&["ingest", "in", "--prune"]).exits(3);
    assert!(sandbox.titles("harbour").contains(&"in/closed/b.html".to_owned()));
}

/// Links, pipes and devices are passed over and not waited for.
#[cfg(unix)]
#[test]
fn pipes_and_links_are_skipped() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Sluices", &text_about("sluices")));
    std::os::unix::fs::symlink(sandbox.path("in"), sandbox.path("in/loop")).unwrap();
    std::os::unix::fs::symlink("nowhere", sandbox.path("in/dangling.html")).unwrap();
    sandbox.write("outside.html", page("Outside", &text_about("weirs")));
    std::os::unix::fs::symlink("../outside.html", sandbox.path("in/outside.html")).unwrap();
    sandbox.shell("mkfifo in/pipe.html").exits(0);
    assert_eq!(sandbox.ingest(&["in"]), "1 indexed, 4 skipped");
    // A link that is asked for by name is followed.
    std::os::unix::fs::symlink(sandbox.path("in"), sandbox.path("linked")).unwrap();
    assert_eq!(sandbox.ingest(&["linked", "--index", "other"]), "1 indexed, 4 skipped");
}

/// A page that was read.
fn sluices() -> RawDocument {
    RawDocument {
        locator: Locator::from_stored("/a.html"),
        media_type: MediaType::Html,
        charset: None,
        metadata: Metadata::default(),
        bytes: page("Sluices", &text_about("sluices")).into_bytes(),
        missing: None,
        unread: Vec::new(),
    }
}

/// A page that takes longer than it may is set aside with the flag that allows more, and is read by a run that does.
#[test]
fn a_page_that_takes_too_long_is_set_aside() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Sluices", &text_about("sluices")));
    assert_eq!(sandbox.ingest_in_no_time("in", Trust::default()).set_aside, 1);
    let reason = "takes longer than 0 s to make an article of; --page-seconds allows more";
    assert!(sandbox.ibid(&["report"]).stdout.contains(&format!("in/a.html: {reason}")));
    let (raw, limits) = (sluices(), Limits { page_seconds: 0, ..Limits::default() });
    let options = Options::default();
    let extracted =
        in_page_time(&limits, &raw.locator, |is_over| extract_in_time(&raw, &options, is_over)).map(drop);
    let explained =
        in_page_time(&limits, &raw.locator, |is_over| explain_in_time(&raw, &options, is_over)).map(drop);
    let set_aside = Err(Refusal::SetAside(reason.to_owned()));
    assert_eq!((&extracted, &explained), (&set_aside, &set_aside));
    assert_eq!(sandbox.ingest(&["in"]), "1 indexed");
}

/// `extract` says of a page that leads to another what `ingest` says.
#[test]
fn a_page_that_only_leads_to_another_is_skipped_wherever_it_is_read() {
    let sandbox = Sandbox::new();
    sandbox.write("a.html", "<meta http-equiv=refresh content='0; url=/wells'><p>This page has moved.</p>");
    assert_eq!(sandbox.ingest(&["a.html"]), "1 skipped");
    let extracted = sandbox.ibid(&["extract", "a.html"]).exits(1);
    assert!(extracted.stderr.contains("no article; skipped"), "{}", extracted.stderr);
    assert!(extracted.stderr.contains("only leads to another: /wells"), "{}", extracted.stderr);
}

/// An account never overwrites what it is an account of.
#[test]
fn an_account_in_one_of_the_inputs_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("a.html", "<p>The harbour froze over.");
    let told = "a.html: an input can't be the file of --report";
    sandbox.ibid(&["ingest", "a.html", "--report", "./a.html"]).exits(2).complains(told);
    let command = sandbox.command(&["ingest", "-", "--report", "a.html"]);
    sandbox.run_with_input(command, "a.html\n").exits(2).complains(told);
    sandbox.write("b.html", "");
    sandbox.ibid(&["ingest", "b.html"]).exits(3);
    sandbox
        .ibid(&["ingest", "--retry", "--report", "b.html"])
        .exits(2)
        .complains("b.html: an input can't be");
    assert_eq!(fs::read(sandbox.path("a.html")).unwrap(), b"<p>The harbour froze over.");
}

/// A limit of no seconds set all aside.
#[test]
fn limits_of_no_time_are_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("in/a.html", page("Sluices", &text_about("sluices")));
    for flag in ["--page-seconds", "--pdf-seconds"] {
        sandbox.ibid(&["ingest", "in", flag, "0"]).exits(2).complains("0 is not in 1..");
    }
    assert!(!sandbox.path("index").exists());
}

/// A record with half a surrogate pair was set aside, and what was wrong with others was told in the words of a
/// library.
#[test]
fn an_odd_record_costs_no_more_than_what_is_odd() {
    let sandbox = Sandbox::new();
    let lines = [
        r#"{"title":"lone \ud800 x","text":"A text about sluices."}"#,
        "[1,2]",
        r#"{"title":"T","text":7}"#,
        r#"{"title":"T" "text":"a"}"#,
        &format!("{{\"id\":\"{}\",\"text\":\"a\"}}", "x".repeat(513)),
    ];
    sandbox.write("r.jsonl", lines.join("\n") + "\n");
    let lines = sandbox.ibid(&["ingest", "r.jsonl", "-q", "--report", "-"]).exits(3).lines();
    let reasons: Vec<&str> = lines.iter().filter_map(|line| line["reason"].as_str()).collect();
    insta::assert_snapshot!(reasons.join("\n"), @r"
    the line is a list, not an object
    `text` is a number, not a text
    no JSON from byte 14 of the line on: expected `,` or `}`
    the id is longer than 512 bytes
    ");
    assert_eq!(sandbox.titles("sluices"), ["lone \u{fffd} x"]);
}

/// An archive of many empty members filled the terminal with a line for each.
#[test]
fn of_many_inputs_that_are_set_aside_for_one_reason_some_are_told() {
    let sandbox = Sandbox::new();
    let members: Vec<(String, &str)> = (0..70).map(|number| (format!("{number:02}.html"), "")).collect();
    sandbox.write("many.zip", zip_stored(&members));
    sandbox.write("junk.html", [0u8, 1, 2, 3]);
    let told = sandbox.ibid(&["ingest", "many.zip", "junk.html", "--report", "report.jsonl"]).exits(3).stderr;
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 22, "{told}");
    assert_eq!(lines[19], "set aside: [DIR]/many.zip#19.html: the file is empty");
    assert!(lines[20].contains("junk.html"), "{told}");
    assert_eq!(
        lines[21],
        "set aside: 50 more: the file is empty (`ibid report` lists them; of a dry run, `--report FILE`)"
    );
    assert_eq!(fs::read_to_string(sandbox.path("report.jsonl")).unwrap().lines().count(), 71);
    assert_eq!(sandbox.ibid(&["report"]).exits(0).stdout.matches("set aside: ").count(), 71);
    assert_eq!(sandbox.ibid(&["ingest", "many.zip", "--quiet", "--full"]).exits(3).stderr, "");
}

/// A page that a server gave in the place of an article was an article, found by its title.
#[test]
fn what_a_server_gives_in_the_place_of_a_page_is_skipped() {
    let sandbox = Sandbox::new();
    sandbox.write("in/denied.html", page("Access Denied", "<p>You have no leave to see this page.</p>"));
    let article = page("Access Denied: how firms lose markets", "<p>Two firms lost a market.</p>");
    sandbox.write("in/article.html", article);
    assert_eq!(sandbox.ingest(&["in"]), "1 indexed, 1 skipped");
    let inputs = sandbox.ibid(&["report", "--inputs"]).exits(0).stdout;
    assert!(inputs.contains("the page only says that there is nothing to see: Access Denied"), "{inputs}");
}
