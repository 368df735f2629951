//! Revisits, records that say of a page that it was the same: each is a copy of its original, by whatever it refers to
//! it, or is skipped where that isn't known.

use crate::archives::{gzip, zip, zip_stored};
use crate::harness::{Sandbox, field};
use crate::pages::{page, text_about};
use crate::warc::{answer, ingested, record, uri};

/// A record with the header lines `more` that holds the page called `name`.
fn original(name: &str, more: &str) -> Vec<u8> {
    record(
        "response",
        &uri(name),
        more,
        &answer("", page(&format!("Page {name}"), &text_about(name)).as_bytes()),
    )
}

/// A record with the header lines `more` that says that the page at the address of `name` is one that was seen before.
fn revisit(name: &str, more: &str) -> Vec<u8> {
    record("revisit", &uri(name), more, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
}

/// A page that was captured again is a copy of its original, or is skipped where that isn't known.
#[test]
fn a_revisit_is_resolved_to_its_original() {
    let content = answer("", page("Page a", &text_about("a")).as_bytes());
    let digest = "WARC-Payload-Digest: sha1:ABC\r\n";
    let original = record("response", &uri("a"), digest, &content);
    let refers =
        format!("WARC-Refers-To-Target-URI: {}\r\nWARC-Refers-To-Date: 2014-02-16T05:02:21Z\r\n", uri("a"));
    let by_digest = record("revisit", &uri("other"), digest, b"HTTP/1.1 304 Not Modified\r\n\r\n");
    let by_address = record("revisit", &uri("third"), &refers, b"");
    let unknown = record("revisit", &uri("x"), "WARC-Payload-Digest: sha1:XYZ\r\n", b"");
    let records = [original, by_digest, by_address, unknown];
    let by_record: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    let wacz = zip_stored(&[("archive/a.warc.gz", by_record.clone())]);
    let cases = [
        ("a.warc", records.concat()),
        ("a.warc.gz", by_record),
        ("b.warc.gz", gzip(&records.concat())),
        ("a.zip", wacz),
    ];
    for (name, archive) in cases {
        let (_, counts, _) = ingested(name, &archive);
        assert_eq!(counts, "1 indexed, 2 duplicates, 1 skipped", "{name}");
    }
}

/// However a revisit names its original.
#[test]
fn an_original_is_found_by_all_that_may_name_it() {
    let address = format!("WARC-Refers-To-Target-URI: {}\r\n", uri("a"));
    let time = "WARC-Refers-To-Date: 2014-02-16T05:02:21Z\r\n";
    let base_16 = "WARC-Payload-Digest: sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709\r\n";
    let base_32 = "WARC-Payload-Digest: SHA1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ\r\n";
    let cases = [
        ("WARC-Record-ID: <urn:uuid:1>\r\n", "WARC-Refers-To: <urn:uuid:1>\r\n".to_owned()),
        ("", address.clone()),
        ("", format!("WARC-Refers-To-Target-URI: <{}>\r\n{time}", uri("a"))),
        ("", format!("{address}WARC-Refers-To-Date: 2014-02-16T05:02:21.123Z\r\n")),
        (base_16, base_32.to_owned()),
        (base_32, base_16.to_owned()),
    ];
    for (names, refers) in cases {
        let (_, counts, _) = ingested("a.warc", &[original("a", names), revisit("b", &refers)].concat());
        assert_eq!(counts, "1 indexed, 1 duplicates", "{refers}");
    }
    let other = revisit("b", "WARC-Refers-To: <urn:uuid:2>\r\n");
    let (_, counts, _) =
        ingested("a.warc", &[original("a", "WARC-Record-ID: <urn:uuid:1>\r\n"), other].concat());
    assert_eq!(counts, "1 indexed, 1 skipped");
}

#[test]
fn a_revisit_of_a_revisit_is_one_of_its_original() {
    let refers = |name: &str| {
        format!("WARC-Refers-To-Target-URI: {}\r\nWARC-Refers-To-Date: 2014-02-16T05:02:21Z\r\n", uri(name))
    };
    let archive = [original("a", ""), revisit("b", &refers("a")), revisit("c", &refers("b"))].concat();
    let (_, counts, _) = ingested("a.warc", &archive);
    assert_eq!(counts, "1 indexed, 2 duplicates");
}

/// An original may come after its revisit, and in another web archive of the same file.
#[test]
fn an_original_is_found_wherever_it_is_in_the_file() {
    let digest = "WARC-Payload-Digest: sha1:ABC\r\n";
    let (a, b) = (gzip(&original("a", digest)), gzip(&revisit("b", digest)));
    let (_, counts, _) = ingested("a.warc.gz", &[&b[..], &a].concat());
    assert_eq!(counts, "1 indexed, 1 duplicates");
    let members = [("archive/1.warc.gz", a), ("archive/2.warc.gz", b)];
    let (_, counts, _) = ingested("a.zip", &zip_stored(&members));
    assert_eq!(counts, "1 indexed, 1 duplicates");
}

/// What is compressed can't be gone back to: there the digest alone tells.
#[test]
fn an_original_that_cannot_be_read_again_is_told_by_its_digest() {
    let digest = "WARC-Payload-Digest: sha1:ABC\r\n";
    let refers = format!("WARC-Refers-To-Target-URI: {}\r\n", uri("a"));
    for (names, refers, counted) in
        [(digest, digest, "1 indexed, 1 duplicates"), ("", refers.as_str(), "1 indexed, 1 skipped")]
    {
        let members = [("archive/1.warc", original("a", names)), ("archive/2.warc", revisit("b", refers))];
        let (_, counts, _) = ingested("b.zip", &zip(&members));
        assert_eq!(counts, counted);
    }
}

/// The WARC files of a crawl refer to one another, whether they are read in one run or in several.
#[test]
fn an_original_in_a_file_that_was_read_before_is_found_by_its_digest() {
    let digest = "WARC-Payload-Digest: sha1:ABC\r\n";
    let archive = || {
        let sandbox = Sandbox::new();
        sandbox.write("1.warc.gz", gzip(&original("a", digest)));
        sandbox.write("2.warc.gz", gzip(&[revisit("b", digest), revisit("c", digest)].concat()));
        sandbox
    };
    let both = ["1.warc.gz", "2.warc.gz"];
    let at_once = archive();
    assert_eq!(at_once.ingest(&both), "1 indexed, 2 duplicates");
    let one_by_one = archive();
    assert_eq!(one_by_one.ingest(&both[..1]), "1 indexed");
    assert_eq!(one_by_one.ingest(&both[1..]), "2 duplicates");
    for (sandbox, more) in [(at_once, &["--full"][..]), (one_by_one, &[])] {
        let place = &sandbox.hits("harbour")[0]["copies"]["places"][0];
        assert_eq!((field(place, "url"), &place["same_text"]), (uri("b"), &true.into()));
        assert_eq!(sandbox.ingest(&both), "3 unchanged");
        assert_eq!(sandbox.ingest(&[&both[..], &["--full"]].concat()), "1 updated, 2 unchanged");
        // Without their original they have nothing to say.
        sandbox.remove("1.warc.gz");
        sandbox.ibid(&[&["ingest", ".", "--prune"], more].concat()).exits(0);
        assert!(sandbox.titles("harbour").is_empty());
        let inputs = sandbox.ibid(&["report", "--inputs"]).lines();
        let unknown =
            |input: &&serde_json::Value| input["reason"] == "a revisit of a page that isn't indexed";
        assert_eq!(inputs.iter().filter(unknown).count(), 2);
    }
}

/// A file that is renamed takes its revisits along, also where it is read behind them.
#[test]
fn a_revisit_outlives_the_renaming_of_its_original() {
    let sandbox = Sandbox::new();
    let digest = "WARC-Payload-Digest: sha1:ABC\r\n";
    sandbox.write("in/1.warc", original("a", digest));
    sandbox.write("in/2.warc", revisit("b", digest));
    sandbox.ingest(&["in"]);
    sandbox.write("in/3.warc", original("a", digest));
    sandbox.remove("in/1.warc");
    sandbox.ibid(&["ingest", "in", "--prune"]).exits(0);
    assert_eq!(sandbox.titles("harbour"), ["Page a"]);
    let place = &sandbox.hits("harbour")[0]["copies"]["places"][0];
    assert_eq!(field(place, "url"), uri("b"));
    sandbox.ibid(&["check", "--against", "in"]).exits(0);
}

/// One whose original comes later is resolved when it is read again, and one of nothing never.
#[test]
fn a_revisit_before_its_original_waits_for_a_full_run() {
    let sandbox = Sandbox::new();
    let digest = "WARC-Payload-Digest: sha1:ABC\r\n";
    let empty = "WARC-Payload-Digest: sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ\r\n";
    sandbox.write("1.warc", [revisit("b", digest), revisit("c", empty)].concat());
    sandbox.write("2.warc", [original("a", digest), original("d", empty)].concat());
    assert_eq!(sandbox.ingest(&["1.warc", "2.warc"]), "2 indexed, 2 skipped");
    assert_eq!(sandbox.ingest(&["1.warc", "2.warc", "--full"]), "2 updated, 1 duplicates, 1 skipped");
}

#[test]
fn a_revisit_of_a_resource_is_a_copy_of_it() {
    let digest = "WARC-Payload-Digest: sha1:ABC\r\n";
    let html = page("Page a", &text_about("a"));
    let resource =
        record("resource", &uri("a"), &format!("{digest}Content-Type: text/html\r\n"), html.as_bytes());
    let again = format!("{digest}Content-Type: application/http; msgtype=response\r\n");
    let (_, counts, _) = ingested("a.warc", &[resource, record("revisit", &uri("b"), &again, b"")].concat());
    assert_eq!(counts, "1 indexed, 1 duplicates");
}

/// A part of a page is no page.
#[test]
fn a_record_in_segments_is_set_aside() {
    let first = original("a", "WARC-Segment-Number: 1\r\n");
    let second = record("continuation", &uri("a"), "WARC-Segment-Number: 2\r\n", b"the rest");
    let (_, counts, titles) = ingested("a.warc", &[first, second, original("c", "")].concat());
    assert_eq!((counts.as_str(), titles), ("1 indexed, 1 skipped, 1 set aside", vec!["Page c".to_owned()]));
}

/// A revisit of what was answered with another status than a page is no copy of one, wherever its original is.
#[test]
fn a_revisit_of_an_error_page_is_skipped_as_other_answers_are() {
    let digest = "WARC-Payload-Digest: sha1:ABC\r\n";
    let answered = |name: &str, status: &str| {
        let content = format!("HTTP/1.1 {status}\r\nContent-Type: text/html\r\n\r\n");
        record("revisit", &uri(name), digest, content.as_bytes())
    };
    let records = [
        answered("before", "404 Not Found"),
        original("a", digest),
        answered("gone", "404 Not Found"),
        answered("moved", "301 Moved Permanently"),
        answered("same", "200 OK"),
        answered("unchanged", "304 Not Modified"),
    ];
    let (sandbox, counts, _) = ingested("a.warc", &records.concat());
    assert_eq!(counts, "1 indexed, 2 duplicates, 3 skipped");
    sandbox.write("b.warc", answered("elsewhere", "404 Not Found"));
    sandbox.ibid(&["ingest", "b.warc", "--report", "report"]).exits(1);
    let report = std::fs::read_to_string(sandbox.path("report")).unwrap();
    assert!(report.contains("\"reason\":\"answered with status 404\""), "{report}");
}

/// Each revisit had its original decoded anew, and counted it to what the file may grow to: of a page that was captured
/// hourly the last revisits were set aside, and pages behind them.
#[test]
fn thousands_of_revisits_of_a_page_leave_room_for_others() {
    let text: String = (0..1_500).map(|line| format!("<p>The harbour has berth {line}.</p>")).collect();
    let digest = "WARC-Payload-Digest: sha1:ABC\r\n";
    let original = record("response", &uri("a"), digest, &answer("", page("Page a", &text).as_bytes()));
    let mut archive = gzip(&original);
    for number in 0..300 {
        archive.extend(gzip(&revisit(&format!("a?at={number}"), digest)));
    }
    archive.extend(gzip(&self::original("b", "")));
    let sandbox = Sandbox::new();
    sandbox.write("a.warc.gz", archive);
    let limits = ["--max-expansion", "20", "--max-input-mib", "1"];
    assert_eq!(sandbox.ingest(&[&["a.warc.gz"][..], &limits].concat()), "2 indexed, 300 duplicates");
    let hit = &sandbox.hits("berth")[0];
    assert_eq!(hit["copies"]["count"], 300);
}

/// A server that says that a page is as it was says so of what its address had last.
#[test]
fn a_page_that_was_not_modified_is_the_last_of_its_address() {
    let profile = "WARC-Profile: http://netpreserve.org/warc/1.0/revisit/server-not-modified\r\n";
    let unmodified = record("revisit", &uri("a"), profile, b"HTTP/1.1 304 Not Modified\r\n\r\n");
    let (_, counts, _) = ingested("a.warc", &[original("a", ""), unmodified].concat());
    assert_eq!(counts, "1 indexed, 1 duplicates");
}
