//! Pages made to hurt: each comes back in time, as an article or an error, on the stack that a worker has.
//!
//! What is ensured here is that they come back at all; the times are generous, since builds and machines differ.

use std::fmt::Write;
use std::thread;
use std::time::{Duration, Instant};

use ibid::error::ExtractError;
use ibid::extract::{Extraction, Options, extract};
use ibid::model::{Locator, MediaType, Metadata, RawDocument};

use crate::harness::Sandbox;

/// Stack of a worker thread.
const STACK_BYTES: usize = 2 * 1024 * 1024;

/// Some twenty times what the slowest page takes in a build without optimisation.
const MOST_TIME: Duration = Duration::from_mins(1);

const PARAGRAPHS: &str = "<p>The commission met in spring, looked at four proposals and took none of them.</p>\
    <p>Its members could not agree on who should pay, and the ministry had no money left to give.</p>";

const SENTENCE: &str = "The commission met in spring, looked at four proposals and took none of them. ";

/// The pieces 0 to `count`, one behind the other.
fn pieces(count: usize, piece: impl Fn(&mut String, usize)) -> String {
    let mut joined = String::new();
    (0..count).for_each(|number| piece(&mut joined, number));
    joined
}

/// What becomes of `bytes`, read on a small stack.
#[track_caller]
fn read(media_type: MediaType, bytes: Vec<u8>) -> Result<Extraction, ExtractError> {
    let raw = RawDocument {
        locator: Locator::from_stored("/archive/page"),
        media_type,
        charset: None,
        metadata: Metadata::default(),
        bytes,
        missing: None,
        unread: Vec::new(),
    };
    let begun = Instant::now();
    let worker =
        thread::Builder::new().stack_size(STACK_BYTES).spawn(move || extract(&raw, &Options::default()));
    let result = worker.unwrap().join().expect("the worker lives");
    assert!(begun.elapsed() < MOST_TIME, "{:?}", begun.elapsed());
    result
}

/// The text of the article that `page` holds.
#[track_caller]
fn text(page: impl Into<Vec<u8>>) -> String {
    read(MediaType::Html, page.into()).expect("an article").article.text
}

/// Makes sure that the article of `page` is the one of [`PARAGRAPHS`].
#[track_caller]
fn check_article(page: impl Into<Vec<u8>>) {
    let text = text(page);
    assert!(text.contains("took none of them.") && text.contains("no money left to give."), "{text:.300}");
}

#[test]
fn a_hundred_thousand_nested_elements() {
    check_article("<div>".repeat(100_000) + PARAGRAPHS);
}

#[test]
fn two_hundred_thousand_unclosed_elements() {
    check_article("<b>".repeat(200_000) + PARAGRAPHS);
}

#[test]
fn twenty_thousand_nested_tables() {
    check_article("<table><tr><td>".repeat(20_000) + PARAGRAPHS);
}

#[test]
fn five_megabytes_of_angles() {
    assert_eq!(read(MediaType::Html, vec![b'<'; 5_000_000]).unwrap_err(), ExtractError::Empty);
}

#[test]
fn a_text_node_of_ten_megabytes() {
    let long = SENTENCE.repeat(10_000_000 / SENTENCE.len());
    assert_eq!(text(format!("<p>{long}")), long.trim());
    let word = "x".repeat(10_000_000);
    assert_eq!(text(format!("<p>{word}")), word);
}

#[test]
fn an_element_with_a_hundred_thousand_attributes() {
    let unread = pieces(100_000, |page, n| write!(page, " a{n}=1").unwrap());
    check_article(format!("<main{unread}>{PARAGRAPHS}"));
    let read = pieces(100_000, |page, n| write!(page, " class=a{n}").unwrap());
    check_article(format!("<main{read}>{PARAGRAPHS}"));
}

#[test]
fn a_megabyte_of_entities() {
    assert_eq!(text(format!("<p>x{}", "&amp;".repeat(200_000))).len(), 200_001);
    assert!(text(format!("<p>x{}", "&CounterClockwiseContourIntegral;".repeat(32_000))).ends_with('∳'));
    assert!(text(format!("<p>x{}", "&#x1F600;".repeat(110_000))).ends_with('😀'));
    assert!(text(format!("<p>x{}", "&".repeat(1_000_000))).ends_with('&'));
}

#[test]
fn a_page_of_fifty_megabytes() {
    let page =
        format!("<h1>Wells</h1>{PARAGRAPHS}{}", format!("<p>{}</p>", SENTENCE.repeat(500)).repeat(1_290));
    assert!(page.len() > 50_000_000);
    let read = read(MediaType::Html, page.into_bytes()).unwrap();
    assert!(read.article.text.starts_with("The commission met"));
    assert!(read.warnings.contains(&ibid::extract::Warning::Bounded));
}

#[test]
fn a_page_of_fifty_megabytes_of_scripts() {
    let script = format!("<script>{}</script>", "if (a < b) { c('</p>') } ".repeat(2_000));
    check_article(format!("<main>{}{PARAGRAPHS}", script.repeat(1_000)));
}

#[test]
fn utf16_without_a_mark() {
    let page = format!("<html><body><main>{PARAGRAPHS}");
    check_article(page.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    check_article(page.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>());
    let odd = [page.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(), vec![b'<']].concat();
    check_article(odd);
}

#[test]
fn a_page_cut_in_a_tag() {
    for end in [
        "<p class=\"x",
        "<p class='",
        "<p a",
        "<",
        "</",
        "</p",
        "<!",
        "<!--",
        "<script>x</scr",
        "<a href=",
        "&am",
    ] {
        check_article(format!("<main>{PARAGRAPHS}{end}"));
    }
}

#[test]
fn null_bytes() {
    check_article(format!("<main>\0{}", PARAGRAPHS.replace("<p>", "<p>\0").replace(' ', " \0")));
    assert_eq!(text("<p>a\0b\0 word".repeat(20_000)).matches("ab word").count(), 20_000);
    assert!(read(MediaType::Html, vec![0; 1_000_000]).is_err());
}

/// What makes a parser by the standard quadratic: formatting that it opens again and again, end tags that it
/// looks for, elements that end others.
#[test]
fn markup_that_a_parser_goes_over_again() {
    for page in [
        "<b><p>x".repeat(20_000),
        pieces(20_000, |page, n| write!(page, "<b class=a{n}>x<p>").unwrap()),
        "<a href=x><div>x".repeat(20_000),
        "<table><b>x<div>".repeat(20_000),
        "<q>".repeat(20_000) + "x",
        "<svg><p>".repeat(20_000) + "x",
        "<template><div>".repeat(20_000) + "x",
        "<div>".repeat(250) + &"</section>".repeat(500_000) + "x",
        "<select>".to_owned() + &"<option>x".repeat(20_000) + "</select>x",
        "<script><!--<script>".repeat(20_000),
        "<!--".repeat(200_000) + "x",
        "<ul>".to_owned() + &"<li>x".repeat(100_000),
        "<a href='#x'>".to_owned() + &"#<b>#</b>".repeat(100_000),
    ] {
        for media_type in [MediaType::Html, MediaType::Markdown, MediaType::PlainText] {
            let _ = read(media_type, page.clone().into_bytes());
        }
    }
}

#[test]
fn data_for_machines_that_is_nested_or_long() {
    let script = |json: &str| format!("<script type=application/ld+json>{json}</script><main>{PARAGRAPHS}");
    check_article(script(&"[".repeat(1_000_000)));
    check_article(script(&"{\"a\":".repeat(200_000)));
    check_article(script(&format!(
        "[{}{{}}]",
        "{\"@type\":\"Article\",\"author\":{\"name\":\"A B\"}},".repeat(50_000)
    )));
    let names = pieces(50_000, |page, n| write!(page, "<meta name=author content=\"A B{n}\">").unwrap());
    check_article(format!("{names}<main>{PARAGRAPHS}"));
    check_article(format!("<title>{}</title><main>{PARAGRAPHS}", "word ".repeat(500_000)));
}

#[test]
fn markdown_that_is_nested_or_long() {
    let lists = pieces(1_500, |text, depth| writeln!(text, "{}- item", "  ".repeat(depth)).unwrap());
    let quotes = pieces(2_000, |text, depth| writeln!(text, "{} text", ">".repeat(depth)).unwrap());
    let headings = pieces(1_000_000, |text, n| write!(text, "# H{n}\n\n").unwrap());
    for text in [
        lists,
        quotes,
        headings,
        ">".repeat(1_000_000) + " text",
        SENTENCE.repeat(10_000_000 / SENTENCE.len()),
        "[".repeat(1_000_000) + "text",
        "[a](".repeat(500_000),
        "*a ".repeat(500_000),
        "`a``".repeat(500_000),
        format!("{}\n|{}", "|a".repeat(300_000), "-|".repeat(300_000)),
        format!("---\n{}---\ntext", "a: b\n".repeat(200_000)),
    ] {
        let read = read(MediaType::Markdown, text.into_bytes()).unwrap();
        assert!(!read.article.text.is_empty());
    }
}

#[test]
fn plain_text_of_one_line_or_a_million() {
    for text in [
        SENTENCE.repeat(10_000_000 / SENTENCE.len()),
        "word\n".repeat(1_000_000),
        "word\n\n".repeat(500_000),
        "\u{c}".repeat(1_000_000) + "word",
        "~{4s~} ".repeat(100_000),
    ] {
        assert!(!read(MediaType::PlainText, text.into_bytes()).unwrap().article.text.is_empty());
    }
}

/// A record nested 100,000 deep is set aside, and the next is read.
#[test]
fn a_record_nested_a_hundred_thousand_deep() {
    let sandbox = Sandbox::new();
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let objects = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    let page = format!("{}{PARAGRAPHS}", "<div>".repeat(100_000));
    sandbox.write(
        "records.jsonl",
        format!(
            "{{\"text\":\"deep\",\"x\":{nested}}}\n{{\"text\":\"deeper\",\"x\":{objects}}}\n\
             {{\"html\":\"{page}\"}}\n{{\"text\":\"Wells ran dry.\"}}\n"
        ),
    );
    let outcome = sandbox.ibid(&["ingest", "records.jsonl"]).exits(3).complains("recursion limit exceeded");
    assert!(outcome.all().contains("2 indexed"), "{}", outcome.all());
}
