//! Archives that aren't put together as most are: what lies in them is read, and what is damaged costs itself.

use std::collections::BTreeSet;

use crate::archives::{bzip2, gzip, lz4, tar, xz, zip, zip_stored, zstd};
use crate::harness::Sandbox;
use crate::pages::{page, text_about};

fn pages(names: &[&str]) -> Vec<(String, String)> {
    names.iter().map(|name| ((*name).to_owned(), page(&format!("Page {name}"), &text_about(name)))).collect()
}

/// A ZIP file behind a program that unpacks it, or with the mark of one that was cut, is read.
#[test]
fn a_zip_file_may_stand_behind_something() {
    for (name, before) in [
        ("a.zip", b"#!/bin/sh\nexit\n".to_vec()),
        ("a.exe", [b"MZ\x90\0\x03".as_slice(), &[0; 3000]].concat()),
        ("a", [0, 1, 2, 3].repeat(5000)),
        ("cut.zip", b"PK00".to_vec()),
    ] {
        let sandbox = Sandbox::new();
        sandbox.write(name, [before, zip(&pages(&["a.html", "b.html"]))].concat());
        assert_eq!(sandbox.ingest(&[name]), "2 indexed", "{name}");
        assert_eq!(sandbox.titles("harbour"), ["Page a.html", "Page b.html"], "{name}");
    }
    let sandbox = Sandbox::new();
    sandbox.write("a.bin", [[0, 1, 2, 3].repeat(5000), b"PK\x05\x06".to_vec(), vec![0; 18]].concat());
    assert_eq!(sandbox.ingest(&["a.bin"]), "1 skipped");
}

/// Archives of tar that were put together are read to their end; what else stands there is told.
#[test]
fn tar_archives_that_were_put_together_are_read() {
    let sandbox = Sandbox::new();
    let two = [tar(&pages(&["a.html"])), vec![0; 9 * 512], tar(&pages(&["b.html"]))].concat();
    sandbox.write("a.tar", &two);
    sandbox.write("b.tar.gz", gzip(&two));
    assert_eq!(sandbox.ingest(&["a.tar"]), "2 indexed");
    assert_eq!(sandbox.ingest(&["b.tar.gz"]), "2 duplicates");
    let other = [tar(&pages(&["c.html"])), b"something else ".repeat(50)].concat();
    sandbox.write("c.tar", other);
    let outcome = sandbox.ibid(&["ingest", "c.tar"]).exits(3);
    outcome.complains("c.tar#member 2: behind the end mark of the archive stands something else");
    assert!(sandbox.titles("harbour").contains(&"Page c.html".to_owned()));
}

/// Zeros fill files in gzip up; anything else behind the end is told.
#[test]
fn a_page_in_gzip_may_be_filled_up_with_zeros() {
    let sandbox = Sandbox::new();
    let packed = gzip(page("Zeros", &text_about("zeros")).as_bytes());
    sandbox.write("a.html.gz", [packed.clone(), vec![0; 70_000]].concat());
    assert_eq!(sandbox.ingest(&["a.html.gz"]), "1 indexed");
    sandbox.write("b.html.gz", [packed, b"junk".to_vec()].concat());
    assert_eq!(sandbox.ingest(&["b.html.gz", "--report", "account.jsonl"]), "1 duplicates");
    let account = std::fs::read_to_string(sandbox.path("account.jsonl")).unwrap();
    assert!(account.contains("stand bytes that aren't compressed"), "{account}");
}

/// What stands behind the end of a compressed file is told, and costs none of what it holds: the last message of a
/// mailbox and the last line were lost, and zeros behind bzip2 were taken for a fault.
#[test]
fn junk_behind_a_compressed_container_costs_none_of_its_members() {
    let message =
        |n: u32| format!("From a@b.example Thu Jan  2 10:00:00 2020\nSubject: M{n}\n\nOf the levy {n}.");
    let mailbox = [message(1), message(2)].join("\n\n");
    let lines = [r#"{"text":"One on the levy."}"#, r#"{"text":"Another on the levy."}"#].join("\n");
    let members = tar(&pages(&["a.html", "b.html"]));
    for (name, content) in
        [("a.mbox", mailbox.as_bytes()), ("a.jsonl", lines.as_bytes()), ("a.tar", &members)]
    {
        let packed = [
            ("gz", gzip(content)),
            ("bz2", bzip2(content)),
            ("xz", xz(content)),
            ("zst", zstd(content)),
            ("lz4", lz4(content)),
        ];
        for (ending, packed) in packed {
            let sandbox = Sandbox::new();
            let name = format!("{name}.{ending}");
            sandbox.write(&name, [packed.clone(), vec![0; 512]].concat());
            assert_eq!(sandbox.ingest(&[&name]), "2 indexed", "{name}");
            let sandbox = Sandbox::new();
            sandbox.write(&name, [packed, b"<!-- junk -->".to_vec()].concat());
            let outcome = sandbox.ibid(&["ingest", &name]).exits(3);
            let outcome = outcome.complains("behind its end stand bytes that aren't compressed");
            assert!(outcome.stdout.contains(" 2 indexed"), "{}", outcome.all());
        }
    }
}

/// A page in zstd or LZ4 was set aside for what stands behind it, with what a decoder says to programmers.
#[test]
fn junk_behind_a_compressed_page_costs_none_of_it() {
    let sandbox = Sandbox::new();
    let html = page("Levies", &text_about("levies"));
    for (ending, packed) in
        [("zst", zstd(html.as_bytes())), ("lz4", lz4(html.as_bytes())), ("gz", gzip(html.as_bytes()))]
    {
        for (at, junk) in
            [&b"xx"[..], b"garbage here", b"\x04\x22 garbage", b"(\xb5 garbage"].into_iter().enumerate()
        {
            let name = format!("{at}.html.{ending}");
            sandbox.write(&name, [&packed[..], junk].concat());
            sandbox.ibid(&["ingest", &name, "--report", "account.jsonl"]).exits(0);
            let account = std::fs::read_to_string(sandbox.path("account.jsonl")).unwrap();
            assert!(account.contains("stand bytes that aren't compressed"), "{name}: {account}");
        }
    }
}

/// What a decoder finds wrong was told in its own words: `DecompressionError(OffsetOutOfBounds)`, `dist overflow`.
#[test]
fn what_is_damaged_within_what_is_compressed_is_told_in_words() {
    let sandbox = Sandbox::new();
    let html = page("Levies", &text_about("levies")).repeat(40);
    for (ending, packed) in
        [("zst", zstd(html.as_bytes())), ("lz4", lz4(html.as_bytes())), ("xz", xz(html.as_bytes()))]
    {
        for at in (20..packed.len() - 1).step_by(7) {
            let mut damaged = packed.clone();
            damaged[at] ^= 0x55;
            sandbox.write(format!("in/{at}.html.{ending}"), damaged);
        }
    }
    sandbox.ibid(&["ingest", "in"]).exits(3);
    let report = sandbox.ibid(&["report", "--format", "json"]).exits(0).json();
    let reasons: BTreeSet<&str> = report["set_aside_inputs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|input| input["reason"].as_str().unwrap())
        .collect();
    let told =
        ["damaged", "checksum", "cut short", "within a frame", "dictionary", "memory", "times its size"];
    for reason in &reasons {
        let is_told = told.iter().any(|told| reason.contains(told));
        assert!(is_told && !reason.contains(['(', '_']), "{reason}");
    }
    assert!(reasons.len() > 2, "{reasons:?}");
}

/// Members that the end of a ZIP file doesn't count were lost in silence: of more than 65,535 without ZIP64 all but the
/// rest.
#[test]
fn a_zip_file_holds_what_its_directory_lists() {
    let sandbox = Sandbox::new();
    let mut two = zip(&pages(&["a.html", "b.html"]));
    let end = two.len() - 22;
    (two[end + 8], two[end + 10]) = (1, 1);
    sandbox.write("two.zip", &two);
    assert_eq!(sandbox.ingest(&["two.zip"]), "2 indexed");
    assert_eq!(sandbox.ingest(&["two.zip", "--full"]), "2 updated");
    (two[end + 8], two[end + 10]) = (0, 0);
    sandbox.write("in/none.zip", &two);
    sandbox.write("in/within.tar", tar(&[("two.zip", &two)]));
    assert_eq!(sandbox.ingest(&["in", "--index", "other"]), "2 indexed, 2 duplicates");
}

/// A tar archive without members was set aside as binary data.
#[test]
fn an_empty_tar_archive_is_skipped() {
    let sandbox = Sandbox::new();
    sandbox.write("in/e.tar", [0; 10_240]);
    sandbox.write("in/f.tgz", gzip(&[0; 10_240]));
    assert_eq!(sandbox.ingest(&["in"]), "2 skipped");
    sandbox.write("in/g.tar", [&[0; 10_240][..], &[b'x'; 600]].concat());
    assert_eq!(sandbox.ingest(&["in"]), "2 skipped, 1 set aside");
}

/// What lies in an archive for programs is no article.
#[test]
fn notes_for_programs_in_a_zip_file_are_skipped() {
    let sandbox = Sandbox::new();
    let mut members = pages(&["a.html"]);
    members.push(("mimetype".to_owned(), "application/x-of-another-kind".to_owned()));
    members.push(("folder/.ibidignore".to_owned(), "*.tmp\n".to_owned()));
    sandbox.write("a.zip", zip(&members));
    assert_eq!(sandbox.ingest(&["a.zip"]), "1 indexed, 2 skipped");
}

/// A file in zstd may begin with a frame that holds no data.
#[test]
fn a_frame_without_data_does_not_hide_a_file_in_zstd() {
    let sandbox = Sandbox::new();
    let frame = b"\x50\x2a\x4d\x18\x04\0\0\0abcd";
    sandbox
        .write("a.html.zst", [&frame[..], &zstd(page("Frames", &text_about("frames")).as_bytes())].concat());
    sandbox.write("a.tar.zst", [&frame[..], &zstd(&tar(&pages(&["a.html"])))].concat());
    assert_eq!(sandbox.ingest(&["a.html.zst"]), "1 indexed");
    assert_eq!(sandbox.ingest(&["a.tar.zst"]), "1 indexed");
}

/// Any number of bombs, in archives or not, leaves what lies behind them.
#[test]
fn bombs_cost_what_lies_behind_them_nothing() {
    let sandbox = Sandbox::new();
    let bomb = |n: usize| format!("<html><p>{}{n}", "x".repeat(2 << 20));
    let bombs: Vec<(String, String)> = (0..40).map(|n| (format!("{n}.html"), bomb(n))).collect();
    let inner = zip(&bombs);
    let mut members: Vec<(String, Vec<u8>)> =
        vec![("0.zip".to_owned(), inner.clone()), ("1.zip".to_owned(), inner)];
    members.extend(bombs.into_iter().map(|(name, bomb)| (name, bomb.into_bytes())));
    members.extend(
        pages(&["safe.html", "sound.html"]).into_iter().map(|(name, page)| (name, page.into_bytes())),
    );
    sandbox.write("a.zip", zip(&members));
    sandbox.ibid(&["ingest", "a.zip", "--max-input-mib", "4"]).exits(3);
    let account = sandbox.ibid(&["report"]).exits(0).stdout;
    for bomb in ["a.zip#1.zip#39.html", "a.zip#39.html"] {
        assert!(account.contains(&format!("{bomb}: grows to over 200 times")), "{account}");
    }
    assert_eq!(sandbox.titles("harbour"), ["Page safe.html", "Page sound.html"]);
}

/// The parts of a book in EPUB, in `order`.
fn book(order: &[usize]) -> Vec<(&'static str, String)> {
    let chapter =
        |name: &str| format!("<html><body><h1>{name}</h1><p>{}</p></body></html>", text_about(name));
    let container = "<container><rootfiles><rootfile full-path=\"c.opf\"/></rootfiles></container>";
    let contents = "<package><metadata><dc:title>Tides</dc:title></metadata><manifest>\
                    <item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/>\
                    <item id=\"b\" href=\"b.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>\
                    <spine><itemref idref=\"a\"/><itemref idref=\"b\"/></spine></package>";
    let parts = [
        ("mimetype", "application/epub+zip".to_owned()),
        ("META-INF/container.xml", container.to_owned()),
        ("c.opf", contents.to_owned()),
        ("a.xhtml", chapter("ebb")),
        ("b.xhtml", chapter("flood")),
    ];
    order.iter().map(|&at| parts[at].clone()).collect()
}

/// A book is one article, also if its first member doesn't say plainly that it is one.
#[test]
fn a_book_is_one_article_however_it_is_packed() {
    for (name, archive) in [
        ("plain.epub", zip_stored(&book(&[0, 1, 2, 3, 4]))),
        ("deflated.epub", zip(&book(&[0, 1, 2, 3, 4]))),
        ("last.epub", zip(&book(&[1, 2, 3, 4, 0]))),
        ("unnamed", zip(&book(&[1, 2, 3, 4]))),
    ] {
        let sandbox = Sandbox::new();
        sandbox.write(name, archive.clone());
        assert_eq!(sandbox.ingest(&[name]), "1 indexed", "{name}");
        assert_eq!(sandbox.titles("harbour"), ["Tides"], "{name}");
        let inside = Sandbox::new();
        inside.write("a.tar", tar(&[(name, archive)]));
        assert_eq!(inside.ingest(&["a.tar"]), "1 indexed", "{name}");
    }
    let sandbox = Sandbox::new();
    let kind = ("mimetype", "application/vnd.oasis.opendocument.text");
    let parts = [kind, ("content.xml", "<x/>"), ("META-INF/manifest.xml", "<x/>")];
    sandbox.write("a.odt", zip_stored(&parts));
    sandbox.write("b.odt", zip(&parts));
    assert_eq!(sandbox.ingest(&["."]), "3 skipped");
    assert_eq!(sandbox.article_count(), 0);
}

/// A web archive of one page, in gzip.
fn warc(name: &str) -> Vec<u8> {
    let page = page(name, &text_about(name));
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
    let header = "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n";
    let uri = format!("WARC-Target-URI: http://a.example/{name}\r\n");
    gzip(format!("{header}{uri}Content-Length: {}\r\n\r\n{answer}\r\n\r\n", answer.len()).as_bytes())
}

/// The members of a WACZ file of one page in the folder `folder`.
fn wacz(folder: &str, name: &str) -> Vec<(String, Vec<u8>)> {
    let list = "{\"format\": \"json-pages-1.0\", \"id\": \"pages\"}\n";
    let text =
        format!("{list}{{\"url\": \"http://a.example/{name}\", \"text\": \"The harbour, again: {name}\"}}\n");
    [
        ("archive/data.warc.gz", warc(name)),
        ("pages/pages.jsonl", text.clone().into_bytes()),
        ("pages/extraPages.jsonl", text.into_bytes()),
        ("datapackage.json", b"{}".to_vec()),
    ]
    .map(|(part, content)| (format!("{folder}{part}"), content))
    .to_vec()
}

/// Web archives and nothing else are read of a WACZ file, also in a folder, unpacked, or without its description.
#[test]
fn a_wacz_file_is_told_by_its_layout() {
    let sandbox = Sandbox::new();
    sandbox.write("top.wacz", zip_stored(&wacz("top/", "top")));
    assert_eq!(sandbox.ingest(&["top.wacz"]), "1 indexed, 3 skipped");
    sandbox.write("bare.wacz", zip_stored(&wacz("", "bare")[..3]));
    assert_eq!(sandbox.ingest(&["bare.wacz"]), "1 indexed, 2 skipped");
    for (name, content) in wacz("unpacked/", "unpacked") {
        sandbox.write(name, content);
    }
    assert_eq!(sandbox.ingest(&["unpacked"]), "1 indexed, 3 skipped");
    let mut outer = wacz("", "outer");
    outer.push(("wacz/inner.wacz".to_owned(), zip_stored(&wacz("", "inner"))));
    sandbox.write("outer.wacz", zip_stored(&outer));
    assert_eq!(sandbox.ingest(&["outer.wacz"]), "2 indexed, 6 skipped");
    assert_eq!(sandbox.titles("harbour"), ["bare", "inner", "outer", "top", "unpacked"]);
}

/// An archive with a label, which has no length, wasn't read.
#[test]
fn a_tar_archive_with_a_label_is_read() {
    let sandbox = Sandbox::new();
    let mut label = tar::Header::new_gnu();
    label.set_path("Backup of 2019").unwrap();
    label.set_entry_type(tar::EntryType::new(b'V'));
    label.set_cksum();
    let labelled = [label.as_bytes().to_vec(), tar(&pages(&["a.html", "b.html"]))].concat();
    sandbox.write("a.tar", &labelled);
    assert_eq!(sandbox.ingest(&["a.tar"]), "2 indexed, 1 skipped");
    sandbox.write("b.tgz", gzip(&labelled));
    assert_eq!(sandbox.ingest(&["b.tgz"]), "2 duplicates, 1 skipped");
    let inputs = sandbox.ibid(&["report", "--inputs"]).lines();
    let skipped = inputs.iter().find(|input| input["state"] == "skipped").unwrap();
    assert_eq!(skipped["reason"], "the label of the archive");
}

/// Members behind a damaged header were lost, and not told of. What was read of the archive before is kept.
#[test]
fn a_tar_archive_is_read_on_behind_a_damaged_header() {
    let whole = tar(&pages(&["a.html", "b.html", "c.html"]));
    let second = 512 + memchr::memmem::find(&whole[512..], b"b.html\0").unwrap();
    for damaged_at in [148, 124] {
        let sandbox = Sandbox::new();
        sandbox.write("a.tar", &whole);
        assert_eq!(sandbox.ingest(&["a.tar"]), "3 indexed");
        let mut damaged = whole.clone();
        damaged[second + damaged_at] ^= 4;
        sandbox.write("a.tar", &damaged);
        assert_eq!(sandbox.ingest(&["a.tar", "--prune"]), "2 unchanged, 1 set aside");
        assert_eq!(sandbox.titles("harbour"), ["Page a.html", "Page b.html", "Page c.html"]);
        let outcome = sandbox.ibid(&["ingest", "a.tar", "--index", "new"]).exits(3);
        outcome.complains("a.tar#member 2: the archive is damaged: the checksum of a header is wrong");
    }
    let sandbox = Sandbox::new();
    let mut damaged = whole[..second].to_vec();
    let mut header = tar::Header::new_gnu();
    header.set_path("b.html").unwrap();
    header.as_old_mut().size = *b"many bytes..";
    header.set_cksum();
    damaged.extend_from_slice(header.as_bytes());
    damaged.extend_from_slice(&whole[second + 512..]);
    sandbox.write("a.tar", &damaged);
    let outcome = sandbox.ibid(&["ingest", "a.tar"]).exits(3);
    outcome.complains("a.tar#member 2: the archive is damaged: a header doesn't say how long its member is");
    assert_eq!(sandbox.titles("harbour"), ["Page a.html", "Page c.html"]);
}

/// A ZIP file whose end told of more members than there are wasn't read, and of one with a damaged entry in its directory
/// none was.
#[test]
fn a_zip_file_is_read_as_far_as_its_directory_goes() {
    let whole = zip(&pages(&["a.html", "b.html", "c.html"]));
    let end = memchr::memmem::rfind(&whole, b"PK\x05\x06").unwrap();
    let sandbox = Sandbox::new();
    let mut overstated = whole.clone();
    (overstated[end + 8], overstated[end + 10]) = (9, 9);
    sandbox.write("a.zip", &overstated);
    assert_eq!(sandbox.ingest(&["a.zip"]), "3 indexed");
    let mut damaged = whole.clone();
    let third = memchr::memmem::rfind(&whole, b"PK\x01\x02").unwrap();
    damaged[third] = b'x';
    sandbox.write("a.zip", &damaged);
    assert_eq!(sandbox.ingest(&["a.zip", "--prune"]), "2 unchanged, 1 set aside");
    assert_eq!(sandbox.titles("harbour").len(), 3, "what was read before is kept");
    let outcome = sandbox.ibid(&["ingest", "a.zip", "--index", "new"]).exits(3);
    outcome.complains("a.zip#member 3: its directory is damaged from here on");
}
