//! Web archives: every record is an input of its own, and one that is damaged costs itself alone.
//!
//! The archives are made here, record by record, with the faults that real ones have.

use crate::archives::{gzip, lz4, zip_stored, zstd};
use crate::harness::{Sandbox, field};
use crate::pages::{page, page_at, text_about};

/// A record of a WARC file, with the length that it should have.
pub fn record(kind: &str, uri: &str, more: &str, content: &[u8]) -> Vec<u8> {
    record_of_length(kind, uri, more, content, content.len())
}

/// The same with a length that says what it likes.
pub fn record_of_length(kind: &str, uri: &str, more: &str, content: &[u8], length: usize) -> Vec<u8> {
    let header = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2014-02-16T05:02:21Z\r\n\
         {more}Content-Length: {length}\r\n\r\n"
    );
    [header.as_bytes(), content, b"\r\n\r\n"].concat()
}

/// The answer of a server with `header` lines and `body`.
pub fn answer(header: &str, body: &[u8]) -> Vec<u8> {
    let header = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{header}\r\n");
    [header.as_bytes(), body].concat()
}

/// A record of the page called `name`.
pub fn response(name: &str) -> Vec<u8> {
    response_with(name, "", page(&format!("Page {name}"), &text_about(name)).as_bytes())
}

pub fn response_with(name: &str, header: &str, body: &[u8]) -> Vec<u8> {
    record("response", &uri(name), "", &answer(header, body))
}

pub fn uri(name: &str) -> String {
    format!("http://port.example/{name}")
}

/// What became of the archive `content`: the counts, and the titles that were found.
#[track_caller]
pub fn ingested(name: &str, content: &[u8]) -> (Sandbox, String, Vec<String>) {
    let sandbox = Sandbox::new();
    sandbox.write(name, content);
    let counts = sandbox.ingest(&[name]);
    let titles = sandbox.titles("harbour");
    (sandbox, counts, titles)
}

/// That of the pages a, b and c only b is lost, however the archive is kept.
#[track_caller]
fn loses_only_b(b: &[u8], reason: &str) {
    let (a, c) = (response("a"), response("c"));
    let plain = [&a, b, &c].concat();
    let by_record = [gzip(&a), gzip(b), gzip(&c)].concat();
    for (name, archive) in [("a.warc", plain.clone()), ("a.warc.gz", by_record), ("b.warc.gz", gzip(&plain))]
    {
        let (sandbox, counts, titles) = ingested(name, &archive);
        assert_eq!(
            (counts.as_str(), titles),
            ("2 indexed, 1 set aside", vec!["Page a".into(), "Page c".into()]),
            "{name}"
        );
        drop(sandbox);
        let again = Sandbox::new();
        again.write(name, &archive);
        again.ibid(&["ingest", name]).exits(3).complains(reason);
    }
}

/// What an archive held before it was written anew is kept until it is pruned, and told of.
#[test]
fn records_that_an_archive_holds_no_more_are_told() {
    let (sandbox, _, _) = ingested("a.warc", &[response("a"), response("b"), response("c")].concat());
    sandbox.write("a.warc", response("a"));
    let told = "2 inputs are no longer in the archive read: `--prune` drops them";
    for _ in 0..2 {
        let run = sandbox.ibid(&["ingest", "a.warc"]).exits(0);
        assert!(run.all().contains(told), "{}", run.all());
    }
    assert_eq!(sandbox.titles("harbour").len(), 3);
    let pruned = sandbox.ibid(&["ingest", "a.warc", "--prune"]).exits(0);
    assert!(!pruned.all().contains("no longer"), "{}", pruned.all());
    assert_eq!(sandbox.titles("harbour"), ["Page a"]);
}

/// The same pages give the same articles from a folder and from a web archive.
#[test]
fn pages_are_the_same_in_a_folder_and_in_a_web_archive() {
    let names = ["a.html", "b.html", "c.html"];
    let page = |name: &str| {
        page_at(&format!("http://port.example/{name}"), &format!("Page {name}"), &text_about(name))
    };
    let folder = Sandbox::new();
    for name in names {
        folder.write(format!("in/{name}"), page(name));
    }
    folder.ingest(&["in"]);
    let records: Vec<Vec<u8>> =
        names.iter().map(|name| response_with(name, "", page(name).as_bytes())).collect();
    let by_record: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    let archives = [
        ("a.warc", records.concat()),
        ("a.warc.gz", by_record.clone()),
        ("whole.warc.gz", gzip(&records.concat())),
        ("a.warc.zst", zstd(&records.concat())),
        ("a.warc.lz4", records.iter().flat_map(|record| lz4(record)).collect()),
        ("gzip.warc", by_record.clone()),
        ("a.wacz", zip_stored(&[("archive/data.warc.gz", by_record), ("datapackage.json", b"{}".to_vec())])),
    ];
    for (name, archive) in archives {
        let (sandbox, counts, _) = ingested(name, &archive);
        assert!(counts.starts_with("3 indexed"), "{name}: {counts}");
        let articles = |sandbox: &Sandbox| {
            let mut articles: Vec<(String, String, String)> = sandbox
                .hits("ministers OR observers")
                .iter()
                .map(|hit| (field(hit, "id"), field(hit, "title"), field(hit, "text")))
                .collect();
            articles.sort();
            articles
        };
        assert_eq!(articles(&sandbox), articles(&folder), "{name}");
    }
}

/// Each record is cited by its offset in the file as it is stored.
#[test]
fn records_are_cited_by_their_offsets() {
    let (a, b) = (response("a"), response("b"));
    let locators = |name: &str, archive: Vec<u8>| -> Vec<String> {
        let (sandbox, ..) = ingested(name, &archive);
        let mut locators: Vec<String> =
            sandbox.hits("harbour").iter().map(|hit| field(hit, "locator")).collect();
        locators.sort();
        locators.dedup();
        locators
    };
    assert_eq!(
        locators("x.warc", [&a[..], &b].concat()),
        ["[DIR]/x.warc@0".to_owned(), format!("[DIR]/x.warc@{}", a.len())]
    );
    let packed = gzip(&a);
    assert_eq!(
        locators("x.warc.gz", [&packed[..], &gzip(&b)].concat()),
        ["[DIR]/x.warc.gz@0".to_owned(), format!("[DIR]/x.warc.gz@{}", packed.len())]
    );
    assert_eq!(
        locators("x.warc.gz", gzip(&[&a[..], &b].concat())),
        ["[DIR]/x.warc.gz@0".to_owned(), format!("[DIR]/x.warc.gz@0+{}", a.len())]
    );
}

/// What the archive knows of a page is kept with where it is from; what the page says of itself comes first.
#[test]
fn an_archive_tells_address_day_and_charset() {
    let body = "<html><head><title>Gr\u{f6}\u{df}e</title></head><body><h1>Gr\u{f6}\u{df}e</h1><p>Der Hafen war zugefroren, und die Boote lagen fest.</p></body></html>";
    let latin: Vec<u8> = body.chars().map(|c| c as u8).collect();
    let content =
        [b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-1\r\n\r\n".as_slice(), &latin]
            .concat();
    let sandbox = Sandbox::new();
    sandbox.write("a.warc", record("response", "http://port.example/size", "", &content));
    let article = sandbox.ibid(&["extract", "a.warc", "--format", "jsonl"]).exits(0).json();
    assert_eq!(article["title"], "Gr\u{f6}\u{df}e");
    assert_eq!(article["url"], "http://port.example/size");
    assert_eq!(article["locator"], "[DIR]/a.warc@0");
    assert_eq!(article["citation"], "a.warc@0");
    assert_eq!(article["captured"], "2014-02-16");
}

/// Bodies as servers send them are made plain.
#[test]
fn bodies_are_unwrapped() {
    let text = page("Wrapped", &text_about("wrapping"));
    let chunked = |body: &[u8]| {
        let (a, b) = body.split_at(body.len() / 2);
        let chunk = |part: &[u8]| [format!("{:X}\r\n", part.len()).as_bytes(), part, b"\r\n"].concat();
        [chunk(a), chunk(b), b"0\r\n\r\n".to_vec()].concat()
    };
    let plain = text.as_bytes();
    let cases: [(&str, Vec<u8>); 6] = [
        ("Transfer-Encoding: chunked\r\n", chunked(plain)),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", chunked(&gzip(plain))),
        ("Content-Encoding: gzip\r\n", gzip(plain)),
        ("Content-Encoding: zstd\r\n", zstd(plain)),
        ("Content-Encoding: br\r\n", plain.to_vec()),
        ("Transfer-Encoding: chunked\r\n", plain.to_vec()),
    ];
    for (header, body) in cases {
        let (_, counts, titles) = ingested("a.warc", &response_with("w", header, &body));
        assert_eq!((counts.as_str(), titles), ("1 indexed", vec!["Wrapped".into()]), "{header}");
    }
}

/// A record that is chunked and in gzip is read, and so are those behind it.
#[test]
fn a_record_chunked_and_in_gzip_does_not_end_the_archive() {
    let body = gzip(page("Packed", &text_about("packing")).as_bytes());
    let body = [format!("{:x}\r\n", body.len()).as_bytes(), &body, b"\r\n0\r\n\r\n"].concat();
    let packed = response_with("p", "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", &body);
    let archive = [gzip(&packed), gzip(&response("a")), gzip(&response("b"))].concat();
    let (_, counts, titles) = ingested("a.warc.gz", &archive);
    assert_eq!((counts.as_str(), titles.len()), ("3 indexed", 3));
}

/// A member of gzip that is cut is set aside, never taken for an empty page, and the next is read.
#[test]
fn a_cut_member_is_told_and_the_next_is_read() {
    let b = gzip(&response("b"));
    let archive = [gzip(&response("a")), b[..b.len() / 2].to_vec(), gzip(&response("c"))].concat();
    let (_, counts, titles) = ingested("a.warc.gz", &archive);
    assert_eq!((counts.as_str(), titles), ("2 indexed, 1 set aside", vec!["Page a".into(), "Page c".into()]));
    let cut_at_the_end = [gzip(&response("a")), b[..b.len() - 5].to_vec()].concat();
    let (_, counts, _) = ingested("a.warc.gz", &cut_at_the_end);
    assert_eq!(counts, "1 indexed, 1 set aside");
}

/// A body in gzip that is cut within a whole record is set aside.
#[test]
fn a_cut_body_is_told() {
    let body = gzip(page("Page b", &text_about("b")).as_bytes());
    let b = response_with("b", "Content-Encoding: gzip\r\n", &body[..body.len() / 2]);
    loses_only_b(&b, "its content can't be decoded as gzip");
}

/// A length that is too long swallows no other record.
#[test]
fn a_length_too_long_swallows_no_record() {
    let content = answer("", page("Page b", &text_about("b")).as_bytes());
    for more in [7, 30, 300, 100_000] {
        let b = record_of_length("response", &uri("b"), "", &content, content.len() + more);
        let (a, c) = (response("a"), response("c"));
        let plain = [&a[..], &b, &c].concat();
        for (name, archive) in
            [("a.warc", plain.clone()), ("a.warc.gz", [gzip(&a), gzip(&b), gzip(&c)].concat())]
        {
            let (_, counts, titles) = ingested(name, &archive);
            assert_eq!(counts, "2 indexed, 1 set aside", "{name}, {more}");
            assert_eq!(titles, ["Page a", "Page c"], "{name}, {more}");
        }
    }
}

/// A length that is absurd, or beyond what is read, doesn't either.
#[test]
fn a_length_beyond_all_measure_swallows_no_record() {
    let content = answer("", page("Page b", &text_about("b")).as_bytes());
    let b = record_of_length("response", &uri("b"), "", &content, 1 << 40);
    loses_only_b(&b, "1099511627776 bytes that it says");
}

/// A length that is too short loses its record and finds the next.
#[test]
fn a_length_too_short_finds_the_next_record() {
    let content = answer("", page("Page b", &text_about("b")).as_bytes());
    let b = record_of_length("response", &uri("b"), "", &content, content.len() - 50);
    loses_only_b(&b, "its length isn't");
}

/// A record of a wrong length is read all the same where the server's own length says that its page is whole.
#[test]
fn a_page_that_is_whole_is_read_whatever_its_record_says() {
    let body = page("Page b", &text_about("b"));
    let content = answer(&format!("Content-Length: {}\r\n", body.len()), body.as_bytes());
    let b = record_of_length("response", &uri("b"), "", &content, content.len() + 30);
    for archive in [[&b[..], &response("c")].concat(), [&response("c")[..], &b[..b.len() - 4]].concat()] {
        let (_, counts, titles) = ingested("a.warc", &archive);
        assert_eq!((counts.as_str(), titles), ("2 indexed", vec!["Page b".into(), "Page c".into()]));
    }
}

/// A record may go on in the next member of gzip.
#[test]
fn a_record_in_two_members_is_one() {
    let b = response("b");
    let (head, tail) = b.split_at(200);
    let archive = [gzip(&response("a")), gzip(head), gzip(tail), gzip(&response("c"))].concat();
    let (_, counts, titles) = ingested("a.warc.gz", &archive);
    assert_eq!((counts.as_str(), titles.len()), ("3 indexed", 3));
}

/// A record without a length, and bytes that are no record, cost themselves.
#[test]
fn what_is_no_record_is_passed_over() {
    let b = b"WARC/1.0\r\nWARC-Type: response\r\n\r\nno length\r\n\r\n";
    loses_only_b(b, "not a record that can be read");
}

/// Bytes that are flipped in a member of gzip cost its record.
#[test]
fn a_damaged_member_costs_its_record() {
    let (a, mut b, c) = (gzip(&response("a")), gzip(&response("b")), gzip(&response("c")));
    for at in [12, b.len() / 2, b.len() - 6] {
        b[at] ^= 0x55;
        let (_, counts, titles) = ingested("a.warc.gz", &[&a[..], &b, &c].concat());
        assert_eq!(counts, "2 indexed, 1 set aside", "{at}");
        assert_eq!(titles, ["Page a", "Page c"], "{at}");
    }
}

/// The first bytes of a member that isn't there any more are told once.
#[test]
fn a_file_cut_in_the_first_bytes_of_a_member_ends() {
    for cut in 1..12 {
        let b = gzip(&response("b"));
        let (_, counts, titles) = ingested("a.warc.gz", &[&gzip(&response("a"))[..], &b[..cut]].concat());
        assert_eq!((counts.as_str(), titles), ("1 indexed, 1 set aside", vec!["Page a".into()]), "{cut}");
    }
}

/// A page may speak of records: what looks like one within a record of the right length is content.
#[test]
fn a_page_about_web_archives_is_one_page() {
    let body = format!(
        "<html><body><h1>Formats</h1><pre>\nWARC/1.0\r\nWARC-Type: response\r\nContent-Length: 3\r\n\r\nabc</pre><p>{}</p></body></html>",
        text_about("formats")
    );
    let archive = [response_with("f", "", body.as_bytes()), response("a")].concat();
    let (_, counts, titles) = ingested("a.warc", &archive);
    assert_eq!((counts.as_str(), titles), ("2 indexed", vec!["Formats".into(), "Page a".into()]));
}

/// Records that hold no page are skipped and counted, each with its reason.
#[test]
fn what_is_no_page_is_counted() {
    let status = |status: &str| {
        let content =
            format!("HTTP/1.1 {status}\r\nContent-Type: text/html\r\n\r\n<html><p>The harbour is closed.");
        record("response", &uri(status), "", content.as_bytes())
    };
    let of_type = |media_type: &str, body: &str| {
        let content = format!("HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n\r\n{body}");
        record("response", &uri("x"), "", content.as_bytes())
    };
    let archive = [
        record("warcinfo", "", "", b"software: none\r\n"),
        record("request", &uri("a"), "", b"GET / HTTP/1.1\r\n\r\n"),
        record("metadata", &uri("a"), "", b"via: x\r\n"),
        status("404 Not Found"),
        status("301 Moved"),
        of_type("image/png", "\u{89}PNG"),
        of_type("application/json", "{\"harbour\": 1}"),
        of_type("text/css", "a{}"),
        record(
            "response",
            "http://port.example/robots.txt",
            "",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: harbour\r\n",
        ),
        record("response", "dns:port.example", "Content-Type: text/dns\r\n", b"20140216050221\r\nharbour"),
        of_type("text/html", ""),
        response("a"),
        record(
            "resource",
            &uri("r"),
            "Content-Type: text/html\r\n",
            page("Resource", &text_about("resources")).as_bytes(),
        ),
        record("conversion", &uri("c"), "Content-Type: text/plain\r\n", b"A quay was converted to text.\n"),
    ]
    .concat();
    let (_, counts, titles) = ingested("a.warc", &archive);
    assert_eq!(counts, "3 indexed, 11 skipped");
    assert!(titles.contains(&"Page a".to_owned()) && titles.contains(&"Resource".to_owned()), "{titles:?}");
}

/// ARC files are read, with their addresses, days and offsets.
#[test]
fn arc_files_are_read() {
    let entry = |uri: &str, media_type: &str, content: &[u8], length: usize| {
        let line = format!("{uri} 10.0.0.1 20110304050607 {media_type} {length}\n");
        [line.as_bytes(), content, b"\n"].concat()
    };
    let about = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n";
    let first = entry("filedesc://a.arc", "text/plain", about, about.len());
    let answer = |name: &str| answer("", page(&format!("Page {name}"), &text_about(name)).as_bytes());
    let whole = |name: &str| {
        entry(&format!("http://port.example/{name} x"), "text/html", &answer(name), answer(name).len())
    };
    let wrong = entry(&uri("b"), "text/html", &answer("b"), answer("b").len() + 90);
    let records = [first.clone(), whole("a"), whole("c")];
    let by_record: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    for (name, archive) in [("a.arc", records.concat()), ("a.arc.gz", by_record)] {
        let (sandbox, counts, titles) = ingested(name, &archive);
        assert_eq!(
            (counts.as_str(), titles),
            ("2 indexed, 1 skipped", vec!["Page a".into(), "Page c".into()]),
            "{name}"
        );
        let hits = sandbox.hits("harbour");
        assert!(hits.iter().any(|hit| field(hit, "url") == "http://port.example/a x"));
    }
    let (_, counts, titles) = ingested("b.arc", &[first, whole("a"), wrong, whole("c")].concat());
    assert_eq!(
        (counts.as_str(), titles),
        ("2 indexed, 1 skipped, 1 set aside", vec!["Page a".into(), "Page c".into()])
    );
}

/// Dates of records of ARC files may have no time, or no seconds.
#[test]
fn records_of_arc_files_whose_dates_lack_a_time_are_read() {
    for date in ["20110304", "201103040506"] {
        let content = answer("", page("Page a", &text_about("a")).as_bytes());
        let about = "filedesc://a.arc 0.0.0.0 20110304050607 text/plain 3\n1 0\n";
        let line = format!("http://port.example/a 10.0.0.1 {date} text/html {}\n", content.len());
        let archive = [about.as_bytes(), line.as_bytes(), &content, b"\n"].concat();
        let (sandbox, counts, _) = ingested("a.arc", &archive);
        assert_eq!(counts, "1 indexed, 1 skipped", "{date}");
        let inputs = sandbox.ibid(&["report", "--inputs"]).exits(0).lines();
        assert!(inputs.iter().any(|input| input["captured"] == "2011-03-04"), "{inputs:?}");
    }
}

/// A bomb in a record costs its record.
#[test]
fn a_bomb_in_a_record_costs_its_record() {
    let body = [b"<html><p>".as_slice(), &vec![b'x'; 6 << 20]].concat();
    let inside = response_with("b", "Content-Encoding: gzip\r\n", &gzip(&body));
    let archive =
        [gzip(&response("a")), gzip(&inside), gzip(&response_with("b", "", &body)), gzip(&response("c"))]
            .concat();
    let (sandbox, counts, titles) = ingested("a.warc.gz", &archive);
    assert_eq!((counts.as_str(), titles), ("2 indexed, 2 set aside", vec!["Page a".into(), "Page c".into()]));
    // With another limit, what was beyond it is read again.
    assert_eq!(
        sandbox.ingest(&["a.warc.gz", "--max-expansion", "5000"]),
        "1 indexed, 2 unchanged, 1 duplicates"
    );
}

/// Whatever bytes are lost, doubled or changed, an archive is read to its end.
#[test]
fn any_damage_is_survived() {
    let whole: Vec<u8> = ["a", "b", "c", "d"].iter().flat_map(|name| gzip(&response(name))).collect();
    let plain: Vec<u8> = ["a", "b", "c", "d"].iter().flat_map(|name| response(name)).collect();
    let sandbox = Sandbox::new();
    let mut seed = 7_u64;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for n in 0..60 {
        let mut archive = if n % 2 == 0 { whole.clone() } else { plain.clone() };
        let at = random(archive.len());
        match n % 3 {
            0 => archive[at] ^= 1 << random(8),
            1 => drop(archive.drain(at..(at + random(200)).min(plain.len().min(whole.len())).max(at))),
            _ => archive.truncate(at),
        }
        sandbox.write(format!("in/{n}.warc{}", if n % 2 == 0 { ".gz" } else { "" }), archive);
    }
    let outcome = sandbox.ibid(&["ingest", "in", "--format", "json"]).ends_by_itself();
    assert!(outcome.json()["inputs"].as_u64().unwrap() >= 60);
}
