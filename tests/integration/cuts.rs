//! Files and archives that end too soon: what lies before the cut is read and kept, and the cut is told where it is.

use std::fmt::Write as _;

use crate::archives::{gzip, tar, zip, zstd};
use crate::harness::Sandbox;
use crate::pages::{page, text_about};
use crate::warc::{answer, ingested, record, uri};

const NAMES: [&str; 4] = ["one", "two", "three", "four"];

/// A text about `name` that can't be compressed to nothing: a cut amid what is packed is one amid what it holds.
fn long_text(name: &str) -> String {
    let mut text = text_about(name);
    let mut number: u32 = name.bytes().map(u32::from).sum();
    for _ in 0..300 {
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let _ = write!(text, " {number:x}");
    }
    text
}

fn long_page(name: &str) -> Vec<u8> {
    page(name, &long_text(name)).into_bytes()
}

fn web_record(name: &str) -> Vec<u8> {
    record("response", &uri(name), "", &answer("", &long_page(name)))
}

fn arc_record(name: &str) -> Vec<u8> {
    let content = answer("", &long_page(name));
    let line = format!("{} 10.0.0.1 20110304050607 text/html {}\n", uri(name), content.len());
    [line.as_bytes(), &content, b"\n"].concat()
}

fn each(of: impl Fn(&str) -> Vec<u8>) -> Vec<u8> {
    NAMES.iter().flat_map(|name| of(name)).collect()
}

fn feed() -> Vec<u8> {
    let item = |name: &str| {
        let text = long_text(name);
        format!("<item><title>{name}</title><guid>{name}</guid><description>{text}</description></item>\n")
            .into_bytes()
    };
    [b"<rss version=\"2.0\"><channel><title>F</title>".as_slice(), &each(item), b"</channel></rss>"].concat()
}

fn lines() -> Vec<u8> {
    let line = |name: &str| {
        let line = serde_json::json!({ "id": name, "title": name, "text": long_text(name) });
        format!("{line}\n").into_bytes()
    };
    each(line)
}

fn mailbox() -> Vec<u8> {
    let message = |name: &str| {
        let text = long_text(name);
        format!("From a@b.example Mon Jun  3 10:00:00 2019\nFrom: a@b.example\nSubject: {name}\n\n{text}\n\n")
            .into_bytes()
    };
    each(message)
}

/// Every kind of container that is read from its beginning on, with a page called by each of the names.
fn containers() -> Vec<(&'static str, Vec<u8>)> {
    let pages: Vec<(String, Vec<u8>)> =
        NAMES.iter().map(|name| (format!("{name}.html"), long_page(name))).collect();
    let tar = tar(&pages);
    vec![
        ("in.xml", feed()),
        ("in.xml.gz", gzip(&feed())),
        ("in.jsonl", lines()),
        ("in.jsonl.gz", gzip(&lines())),
        ("in.mbox", mailbox()),
        ("in.warc", each(web_record)),
        ("in.warc.gz", each(|name| gzip(&web_record(name)))),
        ("whole.warc.gz", gzip(&each(web_record))),
        ("in.arc", each(arc_record)),
        ("in.tar.gz", gzip(&tar)),
        ("in.tar", tar),
    ]
}

/// That of `archive`, which holds a page called `before` and `container` cut at three quarters, the first two pages of
/// that are kept, and the cut is told of it.
#[track_caller]
fn keeps_what_lies_before(file: &str, archive: &[u8], container: &str) {
    let sandbox = Sandbox::new();
    sandbox.write(file, archive);
    let told = sandbox.ibid(&["ingest", file]).exits(3);
    let place = format!("set aside: [DIR]/{file}#{container}");
    assert!(told.stderr.lines().any(|line| line.starts_with(&place)), "{container}: {}", told.stderr);
    let titles = sandbox.titles("harbour");
    for title in ["before", "one", "two"] {
        assert!(titles.iter().any(|found| found == title), "{container}: {title} is lost: {titles:?}");
    }
    assert!(!titles.iter().any(|found| found == "four"), "{container}: {titles:?}");
}

#[test]
fn a_tar_cut_inside_a_container_keeps_what_was_read_of_it() {
    for (name, content) in containers() {
        let whole = tar(&[("before.html", long_page("before")), (name, content.clone())]);
        let begins = whole.len() - 1024 - content.len().next_multiple_of(512);
        let cut = &whole[..begins + content.len() * 3 / 4];
        keeps_what_lies_before("a.tar", cut, name);
    }
}

/// So does a container that is cut in itself, and lies whole in an archive. Where a mailbox should end nothing says.
#[test]
fn a_cut_container_inside_an_archive_keeps_what_was_read_of_it() {
    for (name, content) in containers().into_iter().filter(|(name, _)| *name != "in.mbox") {
        let members =
            [("before.html", long_page("before")), (name, content[..content.len() * 3 / 4].to_vec())];
        keeps_what_lies_before("a.zip", &zip(&members), name);
    }
}

/// A container of a few hundred bytes is cut within what is looked at to tell what it is.
#[test]
fn a_tar_cut_inside_a_small_container_keeps_what_was_read_of_it() {
    let line = |name: &str| {
        format!("{{\"id\":\"{name}\",\"title\":\"{name}\",\"text\":\"The harbour of {name} froze.\"}}\n")
    };
    let lines = NAMES.map(line).concat();
    let whole = tar(&[("in.jsonl", &lines)]);
    let (_, counts, _) = ingested("a.tar", &whole[..512 + lines.len() - 5]);
    assert_eq!(counts, "3 indexed, 1 set aside");
    // What lies behind the line that begins a message is cut, and not the message before.
    let mailbox = mailbox();
    let second = memchr::memmem::rfind(&mailbox, b"From a@b").unwrap();
    let whole = tar(&[("in.mbox", &mailbox)]);
    let line = second + mailbox[second..].iter().position(|&byte| byte == b'\n').unwrap() + 1;
    let (_, counts, _) = ingested("a.tar", &whole[..512 + line]);
    assert_eq!(counts, "3 indexed, 1 set aside");
    // What would be skipped isn't when it may be something else.
    let whole = tar(&[("in.png", b"\x89PNG\r\n\x1a\n and more".repeat(20))]);
    let (_, counts, _) = ingested("a.tar", &whole[..700]);
    assert_eq!(counts, "1 set aside");
}

/// A file in gzip that is cut amid it keeps the records before, whether each is a member of its own or all are one.
#[test]
fn a_web_archive_in_gzip_that_is_clipped_keeps_the_records_before() {
    for archive in [gzip(&each(web_record)), each(|name| gzip(&web_record(name)))] {
        let sandbox = Sandbox::new();
        sandbox.write("clipped.warc.gz", &archive[..archive.len() * 5 / 8]);
        assert_eq!(sandbox.ingest(&["clipped.warc.gz"]), "2 indexed, 1 set aside");
        assert_eq!(sandbox.titles("harbour"), ["one", "two"]);
        // It is looked at again, and made whole it gives the rest.
        sandbox.write("clipped.warc.gz", &archive);
        assert_eq!(sandbox.ingest(&["clipped.warc.gz", "--prune"]), "2 indexed, 2 unchanged");
    }
}

/// An ARC file that ends within the line before a record costs that record, and not the one before it, wherever the cut
/// is.
#[test]
fn an_arc_file_cut_in_the_address_of_a_record_keeps_the_one_before() {
    let (one, two) = (arc_record("one"), arc_record("two"));
    let line = two.iter().position(|&byte| byte == b'\n').unwrap();
    for cut in (1..line + 40).step_by(3) {
        let archive = [&one[..], &two[..cut]].concat();
        for (name, archive) in [("a.arc", archive.clone()), ("whole.arc.gz", gzip(&archive))] {
            let sandbox = Sandbox::new();
            sandbox.write(name, archive);
            assert_eq!(sandbox.ingest(&[name]), "1 indexed, 1 set aside", "{name}, {cut}");
        }
    }
}

/// A page whose body was cut before it came into its archive is read as far as it goes, and its account says so.
#[test]
fn a_body_in_chunks_that_is_cut_short_is_told_in_the_account() {
    let body = long_page("one");
    let chunks: Vec<u8> = body
        .chunks(700)
        .flat_map(|chunk| [format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat())
        .collect();
    let chunked = |sent: &[u8]| answer("Transfer-Encoding: chunked\r\n", sent);
    let measured = |sent: &[u8]| answer(&format!("Content-Length: {}\r\n", body.len()), sent);
    let whole = [&chunks[..], b"0\r\n\r\n"].concat();
    let told = "the page is cut short: its end isn't there";
    for (content, reason) in [
        (chunked(&whole), None),
        (chunked(&chunks), Some(told)),
        (chunked(&chunks[..chunks.len() - 900]), Some(told)),
        (measured(&body), None),
        (measured(&body[..body.len() - 900]), Some(told)),
    ] {
        let sandbox = Sandbox::new();
        sandbox.write("a.warc", record("response", &uri("one"), "", &content));
        sandbox.ibid(&["ingest", "a.warc", "--report", "report"]).exits(0);
        let report = std::fs::read_to_string(sandbox.path("report")).unwrap();
        let line: serde_json::Value = serde_json::from_str(&report).unwrap();
        assert_eq!((&line["state"], line["reason"].as_str()), (&"indexed".into(), reason), "{line}");
        let inputs = sandbox.ibid(&["report", "--inputs"]).lines();
        assert!(inputs.iter().any(|input| input["reason"].as_str() == reason), "{inputs:?}");
        let extracted = sandbox.ibid(&["extract", "a.warc"]).exits(0);
        assert_eq!(extracted.stderr.contains(told), reason.is_some(), "{}", extracted.stderr);
    }
}

/// Of a web archive in zstd all blocks are read that are whole, though a decoder keeps them back to refer to.
#[test]
fn a_web_archive_in_zstd_that_is_cut_keeps_the_records_of_its_whole_blocks() {
    let names: Vec<String> = (0..150).map(|number| format!("page-{number}")).collect();
    let archive = zstd(&names.iter().flat_map(|name| web_record(name)).collect::<Vec<u8>>());
    let sandbox = Sandbox::new();
    sandbox.write("a.warc.zst", &archive[..archive.len() - 20]);
    let told = sandbox.ibid(&["ingest", "a.warc.zst", "--format", "json"]).exits(3);
    assert!(told.json()["indexed"].as_u64().unwrap() > 50, "{}", told.all());
    assert_eq!(told.json()["set_aside"], 1);
    told.complains("it ends within a frame of zstd");
}
