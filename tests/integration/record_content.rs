//! What records of web archives hold is told by content: pages under whatever type, packed or not, and what the tools
//! that make archives write of themselves.

use crate::archives::{gzip, zstd};
use crate::harness::{Sandbox, field};
use crate::pages::{page, text_about};
use crate::warc::{answer, ingested, record, response, response_with, uri};

/// The answer of a server of the type `media_type`.
fn of_type(name: &str, media_type: &str, body: &[u8]) -> Vec<u8> {
    let header = format!("HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n\r\n");
    record("response", &uri(name), "", &[header.as_bytes(), body].concat())
}

fn page_of(name: &str) -> String {
    page(&format!("Page {name}"), &text_about(name))
}

#[test]
fn a_page_is_one_under_whatever_type() {
    let types = [
        "text/html, text/html",
        "text/html charset=utf-8",
        "text/htm",
        "*/*",
        "application/xml",
        "application/vnd.wap.xhtml+xml",
        "image/jpeg",
    ];
    for media_type in types {
        let (_, counts, titles) = ingested("a.warc", &of_type("a", media_type, page_of("a").as_bytes()));
        assert_eq!((counts.as_str(), titles), ("1 indexed", vec!["Page a".to_owned()]), "{media_type}");
    }
    for (media_type, body) in [("text/javascript", "write('<html><p>harbour')"), ("image/svg+xml", "<svg>")] {
        let (_, counts, _) = ingested("a.warc", &of_type("a", media_type, body.as_bytes()));
        assert_eq!(counts, "1 skipped", "{media_type}");
    }
}

#[test]
fn a_page_is_read_whatever_is_wrong_with_the_header_it_was_sent_with() {
    let body = page_of("a");
    let answer = ["HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", &body].concat();
    let message = "Content-Type: application/http; msgtype=response\r\n";
    let without_blank = ["HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", &body.replace("<p>", "\n\n<p>")];
    let cases: [(&str, Vec<u8>); 8] = [
        ("response", without_blank.concat().into_bytes()),
        ("response", answer.replace("HTTP/1.1", "HTTP").into_bytes()),
        ("response", answer.replace("HTTP/1.1", "ICY").into_bytes()),
        ("response", body.clone().into_bytes()),
        ("response", ["\r\n", &answer].concat().into_bytes()),
        ("response", ["HTTP/1.1 100 Continue\r\n\r\n", &answer].concat().into_bytes()),
        ("resource", answer.clone().into_bytes()),
        ("response", [b"HTTP/1.1 200 Trouv\xe9\r\n\r\n", body.as_bytes()].concat()),
    ];
    for (number, (kind, content)) in cases.iter().enumerate() {
        let (_, counts, titles) = ingested("a.warc", &record(kind, &uri("a"), message, content));
        assert_eq!((counts.as_str(), titles), ("1 indexed", vec!["Page a".to_owned()]), "{number}");
    }
}

/// What a record says of its page in an unusual way is kept, and told to other programs in theirs.
#[test]
fn what_a_record_says_of_its_page_is_kept_however_it_is_written() {
    let answer = format!("ICY 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page_of("a"));
    let of = |uri: &str, date: &str| {
        let header = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI:{uri}\r\nWARC-Date: {date}\r\nContent-Length: {}",
            answer.len()
        );
        [header.as_bytes(), b"\r\n\r\n", answer.as_bytes(), b"\r\n\r\n"].concat()
    };
    for (uri, date, url, captured, key) in [
        ("\r\n http://a.example/1", "2016", "http://a.example/1", "2016", "example,a)/1 20160101000000 "),
        (" HTTP://A.example/2", "2016-11", "http://a.example/2", "2016-11", "example,a)/2 20161101000000 "),
        (" ftp://a.example/3", "2016-11-05T06:07Z", "ftp://a.example/3", "2016-11-05", "ftp:"),
    ] {
        let sandbox = Sandbox::new();
        sandbox.write("a.warc", of(uri, date));
        assert_eq!(sandbox.ingest(&["a.warc"]), "1 indexed");
        assert_eq!(field(&sandbox.hits("harbour")[0], "url"), url);
        let inputs = sandbox.ibid(&["report", "--inputs"]).exits(0).lines();
        assert!(inputs.iter().any(|input| input["captured"] == captured), "{inputs:?}");
        let listed = sandbox.ibid(&["export", "--format", "cdxj"]).exits(0).stdout;
        assert!(listed.starts_with(key), "{listed}");
        assert!(listed.contains("\"mime\":\"text/html\",\"status\":\"200\""), "{listed}");
    }
}

/// Bodies that an archive has decoded, and whose header still speaks of it, in any encoding of text.
#[test]
fn a_body_that_is_decoded_already_is_read() {
    let html = page_of("a");
    let utf16: Vec<u8> = html.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin = [html.replace("</p>", "").as_bytes(), &[0xe9; 600]].concat();
    let split = format!("{}{html}", "\u{20ac}".repeat(171));
    for coding in ["gzip", "deflate", "br", "zstd"] {
        for body in [
            [b"\xef\xbb\xbf", html.as_bytes()].concat(),
            [b"\xff\xfe".as_slice(), &utf16].concat(),
            latin.clone(),
            split.clone().into_bytes(),
            text_about("tables").replace("harbour", "market").into_bytes(),
        ] {
            let archive = response_with("a", &format!("Content-Encoding: {coding}\r\n"), &body);
            let (_, counts, _) = ingested("a.warc", &archive);
            assert_eq!(counts, "1 indexed", "{coding}: {}", String::from_utf8_lossy(&body[..20]));
        }
    }
}

#[test]
fn a_packed_body_is_read_to_its_end_and_not_beyond() {
    let html = page_of("a");
    let (head, tail) = html.as_bytes().split_at(html.len() / 2);
    let cases = [
        ("zstd", [zstd(head), zstd(tail)].concat()),
        ("gzip", [gzip(head), gzip(tail)].concat()),
        ("gzip", [gzip(html.as_bytes()), vec![0; 3]].concat()),
        ("br", gzip(html.as_bytes())),
        ("identity", gzip(html.as_bytes())),
    ];
    for (coding, body) in cases {
        let archive = response_with("a", &format!("Content-Encoding: {coding}\r\n"), &body);
        let (sandbox, counts, _) = ingested("a.warc", &archive);
        assert_eq!(counts, "1 indexed", "{coding}");
        assert_eq!(sandbox.titles("secretariat"), ["Page a"], "{coding}: the end isn't there");
    }
}

#[test]
fn what_a_tool_writes_of_itself_is_no_article() {
    let log = text_about("the harbour").into_bytes();
    let text = |uri: &str| record("resource", uri, "Content-Type: text/plain\r\n", &log);
    let html = |uri: &str, name: &str| {
        record("resource", uri, "Content-Type: text/html\r\n", page_of(name).as_bytes())
    };
    let archive = [
        text("metadata://gnu.org/software/wget/warc/wget.log"),
        text("urn:X-wpull:log"),
        text("urn:text:http://port.example/a"),
        text("whois:port.example"),
        text("ftp://port.example/reports/"),
        html("file:///provenance-summary.html", "provenance"),
        response("a"),
        html("urn:uuid:0a1b", "b"),
        html("http://port.example/c", "c"),
    ];
    let (_, counts, titles) = ingested("a.warc", &archive.concat());
    assert_eq!(counts, "3 indexed, 6 skipped");
    assert_eq!(titles, ["Page a", "Page b", "Page c"]);
    let again = Sandbox::new();
    again.write("a.warc", archive.concat());
    again.ibid(&["ingest", "a.warc", "--report", "report"]).exits(0);
    let report = std::fs::read_to_string(again.path("report")).unwrap();
    assert_eq!(report.matches("a record of the tool that made the archive").count(), 6, "{report}");
}

/// What an archive says that it didn't keep all of is read as far as it goes, and told of; a revisit, which keeps
/// nothing, isn't cut.
#[test]
fn a_page_that_its_archive_says_is_cut_is_told_in_the_account() {
    let html = page("Page a", &text_about("a"));
    let cut = "WARC-Truncated: length\r\n";
    let digest = "WARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n";
    let first = record("response", &uri("a"), &format!("{cut}{digest}"), &answer("", html.as_bytes()));
    let second = response("b");
    let same = page("Page c", &text_about("c"));
    let digest = "WARC-Payload-Digest: sha1:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB\r\n";
    let third = record("response", &uri("c"), digest, &answer("", same.as_bytes()));
    let revisit = record("revisit", &uri("d"), &format!("{cut}{digest}"), b"");
    let sandbox = Sandbox::new();
    sandbox.write("a.warc", [first, second, third, revisit].concat());
    assert_eq!(sandbox.ingest(&["a.warc"]), "3 indexed, 1 duplicates");
    let inputs = sandbox.ibid(&["report", "--inputs"]).exits(0).lines();
    let reasons: Vec<&str> = inputs.iter().filter_map(|input| input["reason"].as_str()).collect();
    assert_eq!(reasons, ["the page is cut short: its end isn't there"]);
}
