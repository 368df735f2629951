//! PDF files with a text layer: their text, with the pages to cite; and that no such file ends a run.

use pdf_extract::{Document, EncryptionState, EncryptionVersion, Object, Permissions};

use crate::archives::{gzip, zip};
use crate::harness::{Sandbox, field};
use crate::pages::{page, text_about};

/// A PDF file of `objects`, numbered from 1; the first is the catalog.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(objects) {
        offsets.push(file.len());
        file.extend(format!("{number} 0 obj\n{object}\nendobj\n").into_bytes());
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for offset in offsets {
        file.extend(format!("{offset:010} 00000 n \n").into_bytes());
    }
    let trailer = format!(
        "trailer\n<< /Size {} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    file.extend(trailer.into_bytes());
    file
}

/// A PDF file called `title` with a line of text after the other on each of `pages`.
fn document(title: &str, pages: &[&[&str]]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", 5 + 2 * at)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Kids [{}] /Count {} /MediaBox [0 0 600 800] >>",
            kids.join(" "),
            pages.len()
        ),
        format!("<< /Title ({title}) >>"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    for (at, lines) in pages.iter().enumerate() {
        let content_at = 6 + 2 * at;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 4 0 R >> >> /Contents {content_at} 0 R >>"
        ));
        let lines: String = (0..)
            .zip(*lines)
            .map(|(n, line)| format!("1 0 0 1 50 {} Tm ({line}) Tj\n", 700 - 14 * n))
            .collect();
        let content = format!("BT /F1 12 Tf\n{lines}ET");
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    pdf(&objects)
}

pub fn review() -> Vec<u8> {
    let first: &[&str] =
        &["The harbour was built by merchants who had come from the", "south, and it was paid for by tolls."];
    let second: &[&str] = &["Nobody regrets that the lighthouse was sold in the end."];
    document("Port Review", &[first, second])
}

/// The text of a PDF file is found, and cited by its page.
#[test]
fn passages_of_a_pdf_file_know_their_page() {
    let sandbox = Sandbox::new();
    sandbox.write("in/review.pdf", review());
    sandbox.write("in/named.html", review());
    sandbox.write("in/packed.gz", gzip(&review()));
    assert_eq!(sandbox.ingest(&["in"]), "1 indexed, 2 duplicates");
    let hit = &sandbox.hits("lighthouse")[0];
    assert_eq!(field(hit, "title"), "Port Review");
    let article = sandbox.ibid(&["extract", "in/review.pdf", "--format", "jsonl"]).exits(0).json();
    let pages: Vec<_> =
        article["blocks"].as_array().unwrap().iter().map(|block| block["page"].clone()).collect();
    assert_eq!(pages, [1, 2]);
    assert!(field(&article, "text").contains("come from the south, and it was paid"));
    assert_eq!(hit["page"], 1, "{hit}");
    let shown = sandbox.ibid(&["query", "lighthouse"]).exits(0);
    assert!(shown.stdout.contains(", p. 1\n"), "{}", shown.stdout);
}

/// A PDF file with a page that can't be read is read without it, and its account says so.
#[test]
fn a_page_that_cannot_be_read_is_told_in_the_account() {
    let sandbox = Sandbox::new();
    let file = String::from_utf8(review()).unwrap();
    let (first, second) = file.rsplit_once("/F1 12 Tf").unwrap();
    sandbox.write("a.pdf", [first, "/F9 12 Tf", second].concat());
    assert_eq!(sandbox.ingest(&["a.pdf"]), "1 indexed");
    let input = &sandbox.ibid(&["report", "--inputs"]).exits(0).lines()[0];
    assert_eq!(input["reason"], "1 of 2 pages can't be read");
}

/// A font of another name than the standard ones need not say how wide its characters are: words of two lines are two.
#[test]
fn lines_in_a_font_without_widths_do_not_run_together() {
    let sandbox = Sandbox::new();
    let file = String::from_utf8(review()).unwrap().replace("/BaseFont /Helvetica", "/BaseFont /SomeTimes");
    sandbox.write("a.pdf", file);
    let article = sandbox.ibid(&["extract", "a.pdf", "--format", "jsonl"]).exits(0).json();
    let text = field(&article, "text");
    assert!(text.contains("come from the south, and it was paid"), "{text}");
}

/// A PDF file in an archive is read too.
#[test]
fn a_pdf_file_in_an_archive_is_read() {
    let sandbox = Sandbox::new();
    sandbox.write("a.zip", zip(&[("review.pdf", review())]));
    assert_eq!(sandbox.ingest(&["a.zip"]), "1 indexed");
    let content =
        [b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n".as_slice(), &review()].concat();
    let header = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://port.example/r.pdf\r\nContent-Length: {}\r\n\r\n",
        content.len()
    );
    sandbox.write("b.warc", [header.as_bytes(), &content, b"\r\n\r\n"].concat());
    assert_eq!(sandbox.ingest(&["b.warc"]), "1 duplicates");
}

/// Whatever is wrong with a PDF file, it is set aside with a reason, and the run goes on.
#[test]
fn a_hostile_pdf_file_costs_itself() {
    let cycle = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [4 0 R] /Count 1 /Parent 2 0 R >>".to_owned(),
        "<< >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R >>".to_owned(),
    ]);
    let sandbox = Sandbox::new();
    sandbox.write("in/cycle.pdf", cycle);
    sandbox.write("in/cut.pdf", &review()[..300]);
    sandbox.write("in/none.pdf", b"%PDF-1.7\nnothing");
    sandbox.write("in/picture.pdf", document("Scan", &[&[], &[]]));
    sandbox.write("in/page.html", page("Safe", &text_about("safety")));
    let outcome = sandbox.ibid(&["ingest", "in"]).exits(3).ends_by_itself();
    for name in ["cycle", "cut", "none", "picture"] {
        assert!(
            outcome.stderr.contains(&format!("in/{name}.pdf: a PDF file ")),
            "{name}\n{}",
            outcome.stderr
        );
    }
    assert_eq!(sandbox.titles("harbour"), ["Safe"]);
}

/// A PDF file that begins behind something else is one.
#[test]
fn a_pdf_file_may_begin_behind_something() {
    let sandbox = Sandbox::new();
    let file = document("Tides", &[&["The harbour froze over in the winter."]]);
    sandbox.write("a.pdf", [b"junk\r\n".to_vec(), file.clone()].concat());
    assert_eq!(sandbox.ingest(&["a.pdf"]), "1 indexed");
    sandbox.write("b", [b"\x00\x01\x02\x03".repeat(200), file].concat());
    assert_eq!(sandbox.ingest(&["b"]), "1 duplicates");
}

/// A file whose end is damaged, or not its end, holds its pages as before.
#[test]
fn a_damaged_end_of_a_pdf_file_does_not_hide_its_pages() {
    let whole = review();
    let told = |file: &[u8]| {
        let sandbox = Sandbox::new();
        sandbox.write("a.pdf", file);
        assert_eq!(sandbox.ingest(&["a.pdf"]), "1 indexed");
        ["merchants", "lighthouse"].map(|word| sandbox.hits(word)[0]["page"].clone())
    };
    let as_text = String::from_utf8(whole.clone()).unwrap();
    let start = as_text.rfind("startxref").unwrap();
    let table = as_text.rfind("\nxref").unwrap() + 1;
    for damaged in [
        [whole.as_slice(), "\r\n".repeat(3000).as_bytes(), b"<!-- x -->"].concat(),
        as_text.replace("startxref\n", "startxref\n9").into_bytes(),
        whole[..start].to_vec(),
        whole[..table].to_vec(),
    ] {
        assert_eq!(told(&damaged), told(&whole), "{}", String::from_utf8_lossy(&damaged));
    }
}

/// A file without its end is read as far as it goes, and the account says how many pages it lacks.
#[test]
fn a_cut_pdf_file_tells_how_many_pages_it_lacks() {
    let whole = review();
    let last = whole.windows(7).rposition(|at| at == b"7 0 obj").unwrap();
    let sandbox = Sandbox::new();
    sandbox.write("a.pdf", &whole[..last]);
    assert_eq!(sandbox.ingest(&["a.pdf"]), "1 indexed");
    let input = &sandbox.ibid(&["report", "--inputs"]).exits(0).lines()[0];
    assert_eq!(field(input, "reason"), "1 of 2 pages can't be read");
}

/// A file that was taken for text, and its lines ended in another way, holds its pages as before; it was said to hold
/// no text. Where that can't be undone, its pages are said to be lost.
#[test]
fn a_pdf_file_with_other_ends_of_lines_is_read() {
    let sandbox = Sandbox::new();
    let whole = review();
    let as_text = String::from_utf8(whole).unwrap();
    sandbox.write("in/a.pdf", as_text.replace('\n', "\r\n"));
    assert_eq!(sandbox.ingest(&["in"]), "1 indexed");
    assert_eq!(sandbox.articles("merchants lighthouse").len(), 1);
    sandbox.write("b.pdf", as_text.replace("Tm (", "Tm  ("));
    let told = "b.pdf: a PDF file without a page that can be read";
    sandbox.ibid(&["ingest", "b.pdf"]).exits(3).complains(told);
}

/// A file that only its owner has a password for is read; one that asks its readers for one is said to. One whose end
/// is lost, and with it how to read it, was said to be of pictures.
#[test]
fn an_encrypted_pdf_file_is_told() {
    let sandbox = Sandbox::new();
    sandbox.write("open.pdf", encrypted(""));
    assert_eq!(sandbox.ingest(&["open.pdf"]), "1 indexed");
    let locked = encrypted("secret");
    let trailer = locked.windows(7).rposition(|at| at == b"trailer").unwrap();
    sandbox.write("locked.pdf", &locked);
    sandbox.write("cut.pdf", &locked[..trailer]);
    let told = "locked.pdf: an encrypted PDF file that asks for a password";
    sandbox.ibid(&["ingest", "locked.pdf"]).exits(3).complains(told);
    sandbox.ibid(&["ingest", "cut.pdf"]).exits(3).complains("cut.pdf: a PDF file that can't be read");
}

/// The review, encrypted; whoever reads it needs `password`.
fn encrypted(password: &str) -> Vec<u8> {
    let mut document = Document::load_mem(&review()).unwrap();
    let id = Object::string_literal("sixteen bytes id");
    document.trailer.set("ID", vec![id.clone(), id]);
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: password,
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}
