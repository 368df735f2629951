//! Web archives whose records don't begin or end where they should: what one has lost, or others have put there, costs
//! no neighbour, and nothing is left out without a line.

use crate::archives::gzip;
use crate::harness::Sandbox;
use crate::pages::{page, text_about};
use crate::warc::{answer, ingested, record, record_of_length, response, response_with, uri};

/// That of the archive `content` the pages `titles` are read, and what else is told of it.
#[track_caller]
fn gives(name: &str, content: &[u8], counts: &str, titles: &[&str]) {
    let (_, found_counts, found) = ingested(name, content);
    assert_eq!(
        (found_counts.as_str(), found),
        (counts, titles.iter().map(|&t| t.to_owned()).collect()),
        "{name}"
    );
}

/// The page called `name`, by its server's word as long as it is.
fn measured(name: &str) -> Vec<u8> {
    let body = page(&format!("Page {name}"), &text_about(name));
    response_with(name, &format!("Content-Length: {}\r\n", body.len()), body.as_bytes())
}

#[test]
fn what_follows_a_record_does_not_cost_it() {
    let cases: [(&[u8], &str); 4] = [
        (&[0; 1000], "2 indexed"),
        (b" \r\n\t\r\n\0\0", "2 indexed"),
        (b"what a disk had there before\n", "2 indexed, 1 set aside"),
        (b"no end of a line", "2 indexed, 1 set aside"),
    ];
    for (junk, counts) in cases {
        let archive = [&response("a"), junk, &response("c")].concat();
        gives("a.warc", &archive, counts, &["Page a", "Page c"]);
        let last = [&response("a"), &response("c")[..], junk].concat();
        gives("b.warc", &last, counts, &["Page a", "Page c"]);
    }
}

#[test]
fn a_damaged_beginning_costs_its_record_and_not_the_one_before() {
    for (a, b) in [(response("a"), response("b")), (measured("a"), measured("b"))] {
        for damage in [b"WARX/1.0".as_slice(), b"\0\0\0\0\0\0\0\0", b"WARC/1.0 1.0"] {
            let b = [damage, &b[8..]].concat();
            let archive = [&a, &b, &response("c")[..]].concat();
            gives("a.warc", &archive, "2 indexed, 1 set aside", &["Page a", "Page c"]);
        }
    }
}

/// Wherever a crawler broke off, what another appended is read, and a cut page is none.
#[test]
fn a_record_cut_anywhere_does_not_cost_the_one_appended() {
    let (a, b, c) = (response("a"), response("b"), response("c"));
    let sandbox = Sandbox::new();
    let cuts: Vec<usize> = (1..b.len() - 4).step_by(13).collect();
    for cut in &cuts {
        sandbox.write(format!("in/{cut}.warc"), [&a, &b[..*cut], &c].concat());
    }
    let all = cuts.len();
    let counts = sandbox.ingest(&["in"]);
    assert_eq!(counts, format!("2 indexed, {} duplicates, {all} set aside", 2 * all - 2));
    assert_eq!(sandbox.titles("harbour"), ["Page a", "Page c"]);
}

/// What a server says of its answer's length may be any number, and is no place in a file then.
#[test]
fn a_server_may_say_that_its_answer_is_longer_than_anything() {
    let answer =
        answer(&format!("Content-Length: {}\r\n", u64::MAX), page("Page b", &text_about("b")).as_bytes());
    let b = record_of_length("response", &uri("b"), "", &answer, answer.len() - 50);
    let archive = [&response("a"), &b, &response("c")[..]].concat();
    gives("a.warc", &archive, "2 indexed, 1 set aside", &["Page a", "Page c"]);
}

#[test]
fn a_length_too_short_is_made_up_for_by_what_the_server_says() {
    let body = page("Page b", &text_about("b"));
    let chunked = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    let contents = [
        answer(&format!("Content-Length: {}\r\n", body.len()), body.as_bytes()),
        answer("Transfer-Encoding: chunked\r\n", chunked.as_bytes()),
    ];
    for content in contents {
        for less in [2, 50] {
            let b = record_of_length("response", &uri("b"), "", &content, content.len() - less);
            let archive = [&response("a"), &b, &response("c")[..]].concat();
            gives("a.warc", &archive, "3 indexed", &["Page a", "Page b", "Page c"]);
        }
    }
}

/// A body in gzip ends with zeros, which aren't taken for what fills up a file.
#[test]
fn zeros_that_end_a_body_belong_to_it() {
    let body = gzip(page("Page b", &text_about("b")).as_bytes());
    assert!(body.ends_with(&[0, 0]));
    let content = answer(&format!("Content-Encoding: gzip\r\nContent-Length: {}\r\n", body.len()), &body);
    let b = record_of_length("response", &uri("b"), "", &content, content.len() - 2);
    gives("a.warc", &[&b, &response("c")[..]].concat(), "2 indexed", &["Page b", "Page c"]);
}

/// A page about archives whose length is right is one page, also where junk follows it.
#[test]
fn a_page_about_web_archives_is_one_page_whatever_follows() {
    let body = format!(
        "<html><body><h1>Formats</h1><pre>\nWARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2014-02-16T05:02:21Z\r\n\
         Content-Length: 3\r\n\r\nabc</pre><p>{}</p></body></html>",
        text_about("formats")
    );
    let archive = [&response_with("f", "", body.as_bytes())[..], b"junk\n", &response("a")].concat();
    gives("a.warc", &archive, "2 indexed, 1 set aside", &["Formats", "Page a"]);
}

#[test]
fn a_record_without_a_length_ends_by_its_servers_word_or_with_its_member() {
    let without = |record: Vec<u8>| {
        let text = String::from_utf8(record).unwrap();
        let at = text.rfind("Content-Length: ").filter(|at| *at < 200).unwrap();
        let end = at + text[at..].find("\r\n").unwrap() + 2;
        [&text[..at], &text[end..]].concat().into_bytes()
    };
    let unmeasured = without(response("b"));
    let body = page("Page b", &text_about("b"));
    let content = answer(&format!("Content-length: {}\r\n", body.len()), body.as_bytes());
    let measured = without(record("response", &uri("b"), "", &content));
    let all = ["Page a", "Page b", "Page c"];
    gives("a.warc", &[&response("a"), &measured, &response("c")[..]].concat(), "3 indexed", &all);
    let members = [gzip(&response("a")), gzip(&unmeasured), gzip(&response("c"))].concat();
    gives("a.warc.gz", &members, "3 indexed", &all);
    let plain = [&response("a"), &unmeasured, &response("c")[..]].concat();
    gives("b.warc", &plain, "2 indexed, 1 set aside", &["Page a", "Page c"]);
}

#[test]
fn a_record_without_a_type_is_what_its_content_is() {
    let b = String::from_utf8(response("b")).unwrap();
    let b = b.replace("WARC-Type: response", "Content-Type: application/http; msgtype=response");
    gives("a.warc", &[b.as_bytes(), &response("c")].concat(), "2 indexed", &["Page b", "Page c"]);
}

/// Some tools put all that they know of a page into the header of its record.
#[test]
fn a_long_header_is_read() {
    let more = format!("WARC-JSON-Metadata: {}\r\n", "x".repeat(70_000));
    let content = answer("", page("Page b", &text_about("b")).as_bytes());
    let archive = [record("response", &uri("b"), &more, &content), response("c")].concat();
    gives("a.warc", &archive, "2 indexed", &["Page b", "Page c"]);
}

/// A media type with spaces, and a line that is cut and joined by another record's.
#[test]
fn lines_of_arc_files_cost_no_neighbour() {
    let entry = |name: &str, media_type: &str| {
        let content = answer("", page(&format!("Page {name}"), &text_about(name)).as_bytes());
        let line = format!("{} 10.0.0.1 20110304050607 {media_type} {}\n", uri(name), content.len());
        [line.as_bytes(), &content, b"\n"].concat()
    };
    let (a, b, c) =
        (entry("a", "text/html"), entry("b", "text/html; charset=utf-8"), entry("c", "text/html"));
    let first = b"filedesc://a.arc 0.0.0.0 20110304050607 text/plain 3\nabc\n".as_slice();
    let all = ["Page a", "Page b", "Page c"];
    gives("a.arc", &[first, &a, &b, &c].concat(), "3 indexed, 1 skipped", &all);
    gives("b.arc", &[&a[..], &b, &c].concat(), "3 indexed", &all);
    for cut in [34, 50, 90, 300, b.len() - 40] {
        let archive = [first, &a, &b[..cut], &c].concat();
        gives("c.arc", &archive, "2 indexed, 1 skipped, 1 set aside", &["Page a", "Page c"]);
    }
}

/// A damaged member of gzip is no part of the record before it.
#[test]
fn a_damaged_member_does_not_cost_the_one_before() {
    let (a, b, c) = (gzip(&response("a")), gzip(&response("b")), gzip(&response("c")));
    for at in [10, 11, 12, 14, 20, b.len() / 2] {
        let mut damaged = b.clone();
        damaged[at] ^= 0xff;
        let archive = [&a[..], &damaged, &c].concat();
        gives("a.warc.gz", &archive, "2 indexed, 1 set aside", &["Page a", "Page c"]);
    }
}

#[test]
fn a_record_in_many_members_is_one() {
    let b = response("b");
    let members: Vec<u8> =
        [&b[..3], &b[3..20], &b[20..400], &b[400..]].iter().flat_map(|part| gzip(part)).collect();
    let archive = [gzip(&response("a")), members, gzip(&response("c"))].concat();
    gives("a.warc.gz", &archive, "3 indexed", &["Page a", "Page b", "Page c"]);
}

#[test]
fn records_in_gzip_and_others_may_be_in_one_file() {
    let (a, b, c) = (response("a"), response("b"), response("c"));
    let all = ["Page a", "Page b", "Page c"];
    gives("a.warc", &[&a, &gzip(&b), &c[..]].concat(), "3 indexed", &all);
    gives("a.warc.gz", &[&gzip(&a), &b, &gzip(&c)[..]].concat(), "3 indexed", &all);
    gives("b.warc.gz", &[&gzip(&a), &b, &c[..]].concat(), "3 indexed", &all);
}

/// Damage at the beginning of a file costs its first record, and what is only before it costs nothing.
#[test]
fn damage_at_the_beginning_costs_the_first_record() {
    let (a, b, c) = (response("a"), response("b"), response("c"));
    let two = ["Page b", "Page c"];
    let lost = "2 indexed, 1 set aside";
    for damage in [b"XXXX".as_slice(), b"\0\0\0\0"] {
        gives("a.warc", &[damage, &a[4..], &b, &c].concat(), lost, &two);
        gives("a.warc.gz", &[damage, &gzip(&a)[4..], &gzip(&b), &gzip(&c)].concat(), lost, &two);
    }
    gives("b.warc", &[&a[..], &b, &c].concat()[100..], lost, &two);
    let mut first = gzip(&a);
    first[12] ^= 0xff;
    gives("b.warc.gz", &[first, gzip(&b), gzip(&c)].concat(), lost, &two);
    for before in [b"\r\n\r\n".as_slice(), b"\xef\xbb\xbf", b"\0\0"] {
        gives("c.warc", &[before, &b, &c].concat(), "2 indexed", &two);
    }
    gives("c.warc.gz", &[gzip(b"\r\n"), gzip(&b), gzip(&c)].concat(), "2 indexed", &two);
}
