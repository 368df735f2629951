//! What is taken for an article, and what its text is made of: kinds of files and their names.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::archives::tar;
use crate::harness::{Sandbox, field};
use crate::pages::{page, text_about};

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// A page is a page under any name, and what is named so without being one is told apart.
#[test]
fn html_is_taken_by_content_under_any_name() {
    let sandbox = Sandbox::new();
    let names = ["a.html", "b.htm", "c.xhtml", "d", "e.php", "f.aspx?id=1", "g.txt", "h.jpg"];
    for name in names {
        sandbox.write(format!("pages/{name}"), page(&format!("Page {name}"), &text_about(name)));
    }
    assert_eq!(sandbox.ingest(&["pages"]), "8 indexed");
    assert_eq!(sandbox.titles("harbour"), names.map(|name| format!("Page {name}")));
}

/// A page in gzip is read, whatever its name says about that.
#[test]
fn gzip_is_undone_by_content() {
    let sandbox = Sandbox::new();
    for name in ["a.html.gz", "b.html", "c.gz", "d"] {
        let page = page(&format!("Page {name}"), &text_about(name));
        sandbox.write(format!("pages/{name}"), gzip(page.as_bytes()));
    }
    sandbox.write("pages/twice.html.gz.gz", gzip(&gzip(page("Page twice", &text_about("both")).as_bytes())));
    sandbox.write("pages/notes.txt.gz", gzip(b"The harbour froze over.\n"));
    assert_eq!(sandbox.ingest(&["pages"]), "6 indexed");
    assert_eq!(sandbox.hits("harbour").len(), 6);
}

/// Plain text and Markdown are articles; the first heading of Markdown is the title.
#[test]
fn text_and_markdown_are_articles() {
    let sandbox = Sandbox::new();
    sandbox.write("notes/visit.txt", "The delegation saw the lighthouse.\n\nIt rained all day.\n");
    sandbox.write("notes/README", "The lighthouse has no keeper.\n");
    sandbox
        .write("notes/paper.md", "# On lighthouses\n\nA *lighthouse* needs [oil](https://example.org/).\n");
    assert_eq!(sandbox.ingest(&["notes"]), "3 indexed");
    let texts: Vec<String> = sandbox.hits("lighthouse").iter().map(|hit| field(hit, "text")).collect();
    assert_eq!(texts.len(), 3);
    assert!(texts.iter().any(|text| text.contains("A lighthouse needs oil.")), "{texts:?}");
    assert_eq!(sandbox.titles("title:lighthouses"), ["On lighthouses"]);
}

/// Each line of a JSON Lines file is an article, under the id that it gives.
#[test]
fn records_keep_their_ids_and_their_metadata() {
    let sandbox = Sandbox::with_records(concat!(
        r#"{"id":"gulf-7","title":"Grain by sea","text":"Grain left the port.","url":"https://example.org/g","#,
        r#""authors":["Ana Lima","Bo Chen"],"publisher":"The Ledger","published":"2021-05-04","language":"en"}"#,
        "\n",
        r#"{"id":42,"text":"Grain stayed in the port.","published":"2022-06"}"#,
        "\n\n",
        r#"{"id":"page","html":"<html><body><h1>Port</h1><p>Grain went to the mill by rail.</p></body></html>"}"#,
        "\n",
    ));
    let mut articles = sandbox.articles("grain");
    articles.sort();
    assert_eq!(articles, ["42", "gulf-7", "page"]);
    let hit = &sandbox.hits("\"grain left\"")[0];
    assert_eq!(field(hit, "id"), "gulf-7.1");
    assert_eq!(field(hit, "title"), "Grain by sea");
    assert_eq!(field(hit, "url"), "https://example.org/g");
    assert_eq!(field(hit, "publisher"), "The Ledger");
    assert_eq!(field(hit, "published"), "2021-05-04");
    assert_eq!(hit["authors"], serde_json::json!(["Ana Lima", "Bo Chen"]));
    assert!(field(hit, "locator").ends_with("/records.jsonl#gulf-7"));
}

/// A line that can't be read costs itself, and is named by its number.
#[test]
fn a_faulty_record_is_set_aside_by_its_line() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "r.jsonl",
        "{\"id\":\"a\",\"text\":\"Wheat.\"}\n{\"id\":\n{\"id\":\"c\",\"text\":\"Wheat too.\"}\n",
    );
    assert_eq!(sandbox.ingest(&["r.jsonl"]), "2 indexed, 1 set aside");
    assert_eq!(sandbox.articles("wheat").len(), 2);
    sandbox.ibid(&["ingest", "r.jsonl"]).exits(3);
    let first = Sandbox::new();
    first.write("r.jsonl", "{\"id\":\n");
    first.ibid(&["ingest", "r.jsonl"]).exits(3).complains("set aside: [DIR]/r.jsonl#line 1: ");
}

/// Two records of one id in one file can't both be cited: the second is set aside.
#[test]
fn an_id_given_twice_is_a_fault_of_the_second() {
    let sandbox = Sandbox::new();
    sandbox.write("r.jsonl", "{\"id\":\"a\",\"text\":\"Barley.\"}\n{\"id\":\"a\",\"text\":\"Rye.\"}\n");
    sandbox
        .ibid(&["ingest", "r.jsonl"])
        .exits(3)
        .complains("r.jsonl#line 2: the file holds a record of this id");
    assert_eq!(sandbox.articles("barley OR rye"), ["a"]);
}

/// What holds no article is skipped and counted, and isn't an error.
#[test]
fn other_files_are_skipped() {
    let sandbox = Sandbox::new();
    sandbox.write("site/a.html", page("Canals", &text_about("canals")));
    sandbox.write("site/style.css", "body { color: red }");
    sandbox.write("site/logo.png", b"\x89PNG\r\n\x1a\n\0\0");
    sandbox.write("site/feed.xml", "<?xml version=\"1.0\"?><rss version=\"2.0\"></rss>");
    sandbox.write("site/data.json", "{\n  \"a\": 1\n}");
    sandbox.write("site/.cache/b.html", page("Cached", &text_about("caches")));
    assert_eq!(sandbox.ingest(&["site"]), "1 indexed, 5 skipped");
    assert_eq!(sandbox.titles("harbour"), ["Canals"]);
}

/// `.ibidignore` names what isn't an article, as `.gitignore` does, for its folder and those below.
#[test]
fn ibidignore_leaves_out_what_it_names() {
    let sandbox = Sandbox::new();
    for name in ["keep.html", "draft.html", "old/a.html", "new/draft.html", "new/b.html"] {
        sandbox.write(format!("site/{name}"), page(name, &text_about(name)));
    }
    sandbox.write("site/.ibidignore", "draft.html\nold/\n");
    // The drafts, the folder as one, and the file of patterns itself.
    assert_eq!(sandbox.ingest(&["site"]), "2 indexed, 4 skipped");
    assert_eq!(sandbox.titles("harbour"), ["keep.html", "new/b.html"]);
}

/// An index that lies in the folder that is read isn't read itself, under whatever name.
#[test]
fn the_index_in_the_folder_is_left_out() {
    let sandbox = Sandbox::new();
    sandbox.write("a.html", page("Locks", &text_about("locks")));
    for index in ["index", "deep/inside"] {
        assert_eq!(sandbox.ingest(&[".", "--index", index]), "1 indexed, 1 skipped");
        assert_eq!(sandbox.ingest(&[".", "--index", index]), "1 unchanged, 1 skipped");
        std::fs::remove_dir_all(sandbox.path(index)).unwrap();
    }
}

/// Names with spaces, signs, letters of any script and bytes that are no text stay apart.
#[test]
fn any_file_name_will_do() {
    let sandbox = Sandbox::new();
    let names = ["a b.html", "a#1.html", "100%.html", "مقال.html", "条约.html", "-n.html"];
    for name in names {
        sandbox.write(format!("pages/{name}"), page(&format!("Page {name}"), &text_about(name)));
    }
    let mut expected = 6;
    #[cfg(unix)]
    for byte in [b'\xfe', b'\xff'] {
        use std::os::unix::ffi::OsStrExt;
        let name = [b"pages/".as_slice(), &[byte], b".html"].concat();
        let path = std::path::Path::new(std::ffi::OsStr::from_bytes(&name));
        sandbox.write(path, page(&format!("Page {byte}"), &text_about(&byte.to_string())));
        expected += 1;
    }
    assert_eq!(sandbox.ingest(&["pages"]), format!("{expected} indexed"));
    assert_eq!(sandbox.titles("harbour").len(), expected);
    assert_eq!(sandbox.ingest(&["pages", "--prune"]), format!("{expected} unchanged"));
}

/// What was set aside under a name with `%` or `#` was never read again: its escaped name was taken for the file's.
#[test]
fn what_was_set_aside_is_read_again_under_any_name() {
    let sandbox = Sandbox::new();
    let names = ["a b.html", "a#1.html", "50%25 off.html", "مقال.html"];
    for name in names {
        sandbox.write(format!("pages/{name}"), "");
    }
    assert_eq!(sandbox.ingest(&["pages"]), "4 set aside");
    for name in names {
        sandbox.write(format!("pages/{name}"), page(&format!("Page {name}"), &text_about(name)));
    }
    assert_eq!(sandbox.ingest(&["--retry"]), "4 indexed");
}

/// Figures behind a point are no extension, so a folder of `page.1`, `page.2` is read by what its files hold; what
/// isn't read of it says why.
#[test]
fn numbered_files_are_read_by_their_content() {
    let sandbox = Sandbox::new();
    sandbox.write("in/page.1", page("First", &text_about("tides")));
    sandbox.write("in/page.2", "The council met on Tuesday and said that the levy would be raised.\n");
    sandbox.write("in/page.3", tar(&[("a.html", page("Packed", &text_about("packs")))]));
    sandbox.write("in/page.4", [0, 1, 2, 255].repeat(100));
    sandbox.write("in/page.5", "");
    assert_eq!(sandbox.ingest(&["in"]), "3 indexed, 2 skipped");
    let inputs = sandbox.ibid(&["report", "--inputs"]).exits(0).lines();
    let reasons: Vec<&str> = inputs.iter().filter_map(|input| input["reason"].as_str()).collect();
    assert_eq!(reasons, ["binary data", "the file is empty"]);
}
