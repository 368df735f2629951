//! Books in EPUB as programs of all times wrote them: encodings, names of chapters, and what is said of a book.

use crate::archives::zip_stored;
use crate::harness::{Sandbox, field};
use crate::pages::text_about;

/// A book of the chapters `members`, each a name and a content.
fn book(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let item = |n: usize, name: &str| {
        format!("<item id=\"c{n}\" href=\"{name}\" media-type=\"application/xhtml+xml\"/>")
    };
    let items: String = members.iter().enumerate().map(|(n, (name, _))| item(n, name)).collect();
    let spine: String = (0..members.len()).map(|n| format!("<itemref idref=\"c{n}\"/>")).collect();
    let contents = format!(
        "<package><metadata><dc:title>Ports</dc:title></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    );
    let container = "<container><rootfiles><rootfile full-path=\"book.opf\"/></rootfiles></container>";
    let mut all = vec![
        ("mimetype", b"application/epub+zip".to_vec()),
        ("META-INF/container.xml", container.into()),
        ("book.opf", contents.into_bytes()),
    ];
    all.extend_from_slice(members);
    zip_stored(&all)
}

/// A chapter that declares to be in `encoding`.
fn chapter(encoding: &str, text: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?><html><body><p>{text}</p></body></html>")
}

const RUSSIAN: &str = "Совет рассмотрел доклад о положении в порту и принял решение продолжить наблюдение.";
const FRENCH: &str =
    "Le ministère de l’économie a été créé à Genève, et les délégués s’y réunissent chaque été.";

/// The text of a book that holds `members`, and the encoding that the account names.
fn read(members: &[(&str, Vec<u8>)]) -> (String, String) {
    let sandbox = Sandbox::new();
    sandbox.write("a.epub", book(members));
    assert_eq!(sandbox.ingest(&["a.epub"]), "1 indexed");
    let input = &sandbox.ibid(&["report", "--inputs"]).exits(0).lines()[0];
    assert!(input["reason"].is_null(), "{input}");
    let article = sandbox.ibid(&["extract", "a.epub", "--format", "jsonl"]).exits(0).json();
    (field(&article, "text"), format!("{} {}", field(input, "charset"), field(input, "charset_source")))
}

/// A chapter is in the encoding that its XML declaration names, or in UTF-16, whatever the other chapters are in.
#[test]
fn chapters_in_other_encodings_than_utf_8_are_read() {
    let windows = |label: &str, text: &str| {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        encoding.encode(&chapter(label, text)).0.into_owned()
    };
    for (label, text) in [("windows-1251", RUSSIAN), ("koi8-r", RUSSIAN), ("windows-1252", FRENCH)] {
        let (read, charset) = read(&[("a.xhtml", windows(label, text))]);
        assert_eq!(read, text, "{label}");
        assert_eq!(charset.to_lowercase(), format!("{label} declaration"));
    }
    let last = RUSSIAN.to_uppercase();
    let [first, third] = [RUSSIAN, &last].map(|text| chapter("utf-16", text));
    let little: Vec<u8> = format!("\u{feff}{first}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = third.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let narrow = chapter("utf-8", FRENCH).into_bytes();
    let (text, charset) = read(&[("a.xhtml", little), ("b.xhtml", narrow), ("c.xhtml", big)]);
    assert_eq!(text, format!("{RUSSIAN}\n\n{FRENCH}\n\n{last}"));
    assert_eq!(charset, "UTF-16LE byte-order-mark");
}

/// That a member is a chapter says the list of contents, and not its name.
#[test]
fn chapters_without_a_known_extension_are_read() {
    let names = ["chapter1", "text/2.chapter", "3.HTML"];
    let chapters: Vec<(&str, Vec<u8>)> = names
        .into_iter()
        .map(|name| (name, chapter("utf-8", &text_about(&format!("part {name}"))).into_bytes()))
        .collect();
    let (text, _) = read(&chapters);
    for name in names {
        assert!(text.contains(&format!("about part {name}")), "{name}: {text}");
    }
}
