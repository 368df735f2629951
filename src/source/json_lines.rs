//! JSON Lines: a file with an article a line.
//!
//! Each line is an object with `text` (or `html`) and any of `id`, `title`, `url`, `authors`, `published`,
//! `modified`, `language`, `publisher`, `section`, `keywords`.

use std::io;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::content::Refusal;
use super::json_text::{fault_in, parsed};
use super::limits::Limit;
use super::member::{Form, Packed};
use super::members::{Container, Entry, Found, Place};
use super::packed::{Bytes, read_line};
use super::sniff::UTF_8_MARK;
use super::utf16::as_utf8;
use crate::extract::date_given;
use crate::model::{
    Charset, Date, Field, Language, Locator, MediaType, Metadata, RawDocument, ReadAs, Unread,
    leads_somewhere,
};
use crate::text::{is_harmful, one_line, percent_encoded};

/// Longest id, in bytes: it is a term of the index, and to be cited.
const MAX_ID_BYTES: usize = 512;

/// The lines of a file of records.
pub(super) struct Lines {
    place: Locator,
    reader: Bytes,
    /// The encoding that the file was in, if it was decoded.
    read_as: Option<ReadAs>,
    max_bytes: u64,
    number: u64,
    is_cut_off: bool,
}

impl Lines {
    /// The lines of the file of records at `place`, each of at most `max_bytes` bytes.
    pub fn new(place: Locator, reader: Bytes, max_bytes: u64) -> Self {
        let (reader, read_as) = as_utf8(reader);
        Self { place, reader, read_as, max_bytes, number: 0, is_cut_off: false }
    }

    fn read_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let line = read_line(&mut self.reader, self.max_bytes + 1)?;
        Ok((!line.is_empty()).then_some(line))
    }

    /// Passes over what is left of a line that is too long.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.reader.fill_buf()?;
            let end = buffer.iter().position(|&b| b == b'\n');
            let used = end.map_or(buffer.len(), |at| at + 1);
            let done = end.is_some() || buffer.is_empty();
            self.reader.consume(used);
            if done {
                return Ok(());
            }
        }
    }

    /// The next line that isn't blank.
    fn line(&mut self) -> io::Result<Option<Result<Vec<u8>, Refusal>>> {
        loop {
            self.number += 1;
            let Some(mut line) = self.read_line()? else { return Ok(None) };
            if line.len() as u64 > self.max_bytes && !line.ends_with(b"\n") {
                self.skip_line()?;
                let reason = format!("the line is {}", Limit::input(self.max_bytes));
                return Ok(Some(Err(Refusal::SetAside(reason))));
            }
            if self.number == 1 && line.starts_with(UTF_8_MARK) {
                line.drain(..UTF_8_MARK.len());
            }
            if !line.trim_ascii().is_empty() {
                self.is_cut_off = is_cut(&line);
                return Ok(Some(Ok(line)));
            }
        }
    }
}

impl Container for Lines {
    /// The next line that isn't blank. After one that can't be read there is none.
    fn next(&mut self) -> Option<Entry> {
        if self.is_cut_off {
            return None;
        }
        let content = match self.line() {
            Ok(line) => {
                let form = Form::JsonLine { file: self.place.clone(), read_as: self.read_as };
                line?.map(|bytes| Found::Packed(Packed { form, bytes, missing: None }))
            }
            Err(error) => {
                self.is_cut_off = true;
                Err(Refusal::SetAside(error.to_string()))
            }
        };
        Some(Entry { place: Place::At(by_number(&self.place, self.number)), content })
    }

    fn is_cut_off(&self) -> bool {
        self.is_cut_off
    }
}

/// Whether the file ends within the record that `line` begins with: behind it there may have been others.
fn is_cut(line: &[u8]) -> bool {
    !line.ends_with(b"\n") && serde_json::from_slice::<IgnoredAny>(line).is_err_and(|error| error.is_eof())
}

/// The fields that hold its text.
const TEXTS: [&str; 2] = ["text", "html"];

/// A record: only its text is held to a type. What is odd about the rest is no reason to lose the text.
#[derive(Deserialize)]
struct Record {
    text: Option<String>,
    html: Option<String>,
    #[serde(flatten)]
    rest: serde_json::Map<String, Value>,
}

impl Record {
    /// The field `name` as one line: a text, or a number as it is written.
    fn line(&self, name: &str) -> Option<String> {
        self.rest.get(name).and_then(as_line)
    }

    /// The id as it was given: two may differ in a blank or in their form of Unicode alone. What a terminal might do
    /// something else with than show it stands as in the names of files.
    fn id(&self) -> Option<String> {
        match self.rest.get("id") {
            Some(Value::String(id)) if id.trim().is_empty() => None,
            Some(Value::String(id)) => Some(percent_encoded(id, is_harmful)),
            given => given.and_then(as_line),
        }
    }

    /// The field `name` as lines: one text, or a list of texts or of objects with a `name`.
    fn lines(&self, name: &str) -> Vec<String> {
        match self.rest.get(name) {
            Some(Value::Array(values)) => values.iter().filter_map(as_line).collect(),
            value => value.and_then(as_line).into_iter().collect(),
        }
    }

    /// The field `name` as a date, if it is there: a text, or a whole number of the figures of a day or year.
    ///
    /// # Errors
    ///
    /// With what stands there, if that is no date.
    fn date(&self, name: &str) -> Result<Option<Date>, String> {
        let given = match self.rest.get(name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => one_line(text),
            Some(other) => Some(other.to_string()),
        };
        let Some(text) = given else { return Ok(None) };
        let (language, url) = (self.line("language"), self.line("url"));
        date_given(&text, language.as_deref(), url.as_deref()).map(Some).ok_or(text)
    }

    /// The dates that it was published and modified, and what stands in their place and is none.
    fn dates(&self) -> ([Option<Date>; 2], Vec<Unread>) {
        let mut unread = Vec::new();
        let dates = [("published", Field::Published), ("modified", Field::Modified)].map(|(name, field)| {
            self.date(name).unwrap_or_else(|value| {
                unread.push(Unread::new(field, &value));
                None
            })
        });
        (dates, unread)
    }
}

fn as_line(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => one_line(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => object.get("name").and_then(Value::as_str).and_then(one_line),
        Value::Null | Value::Bool(_) | Value::Array(_) => None,
    }
}

/// The locator of the line `number` of `container`, where its record can't name it.
fn by_number(container: &Locator, number: u64) -> Locator {
    container.record(&format!("line {number}"))
}

/// The locator of the record `id` of `container`. An id that reads as a line's number stands in quotes.
fn by_id(container: &Locator, id: &str) -> Locator {
    if id.starts_with("line ") { container.record(&format!("\"{id}\"")) } else { container.record(id) }
}

/// The document in the line `bytes` of `container`, which lies at `by_number` and was in the encoding `read_as` if it
/// was decoded.
///
/// # Errors
///
/// With the locator of the line and what is wrong with it. A record that says nothing, or isn't of an article,
/// is skipped: nothing is wrong with it.
pub(super) fn to_raw_document(
    container: &Locator,
    by_number: Locator,
    bytes: &[u8],
    read_as: Option<ReadAs>,
) -> Result<RawDocument, (Locator, Refusal)> {
    let failed = |reason: String| (by_number.clone(), Refusal::SetAside(reason));
    let record: Record = parsed(bytes).map_err(|error| failed(fault_in(bytes, &TEXTS, &error)))?;
    let id = record.id();
    if id.as_ref().is_some_and(|id| id.len() > MAX_ID_BYTES) {
        return Err(failed(format!("the id is longer than {MAX_ID_BYTES} bytes")));
    }
    // Some programs write each field, of a page the text as an empty one.
    let text = record.text.as_ref().filter(|text| record.html.is_none() || !text.trim().is_empty());
    let (media_type, text) = match (&record.html, text) {
        (Some(html), None) => (MediaType::Html, html),
        (_, Some(text)) => (MediaType::PlainText, text),
        (None, None) => {
            let reason = "a record with neither `text` nor `html`".to_owned();
            return Err((by_number, Refusal::Skip(reason)));
        }
    };
    let locator = id.as_ref().map_or(by_number.clone(), |id| by_id(container, id));
    let bytes = text.clone().into_bytes();
    let (metadata, unread) = metadata(&record, id);
    if bytes.trim_ascii().is_empty() && metadata.title.is_none() {
        return Err((locator, Refusal::Skip("a record without title and text".to_owned())));
    }
    let charset = Some(read_as.map_or_else(|| Charset::Named("utf-8".to_owned()), Charset::Decoded));
    Ok(RawDocument { locator, media_type, charset, metadata, bytes, missing: None, unread })
}

/// What `record` tells of its article, and the dates and address that it gives and that are none.
fn metadata(record: &Record, id: Option<String>) -> (Metadata, Vec<Unread>) {
    let ([published, modified], mut unread) = record.dates();
    let url = record.line("url");
    unread.extend(url.iter().filter(|url| !leads_somewhere(url)).map(|url| Unread::new(Field::Url, url)));
    let mut metadata = Metadata {
        id,
        title: record.line("title"),
        authors: record.lines("authors"),
        publisher: record.line("publisher"),
        section: record.line("section"),
        keywords: record.lines("keywords"),
        published,
        modified,
        language: record.line("language").as_deref().and_then(Language::from_tag),
        url: url.filter(|url| leads_somewhere(url)),
        ..Metadata::default()
    };
    metadata.note_given("record");
    (metadata, unread)
}

/// The fields of a record that tell of an article and aren't its text, its address or its id.
const ABOUT: [&str; 8] =
    ["title", "authors", "publisher", "section", "keywords", "published", "modified", "language"];

/// `metadata` in the fields of a record, as one line of JSON; none if it says nothing that a record could.
#[must_use]
pub fn as_record(metadata: &Metadata) -> Option<String> {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(metadata) else { return None };
    let is_empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    fields.retain(|name, value| ABOUT.contains(&name.as_str()) && !is_empty(value));
    (!fields.is_empty()).then(|| Value::Object(fields).to_string())
}

/// What the fields of a record in `json` tell of its article, nothing if they are none.
pub(super) fn about(json: &str) -> Metadata {
    let record: Option<Record> = parsed(json.as_bytes()).ok();
    record.map_or_else(Metadata::default, |mut record| {
        record.rest.retain(|name, _| ABOUT.contains(&name.as_str()));
        metadata(&record, None).0
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn read(text: &str, max_bytes: u64) -> Vec<Result<RawDocument, String>> {
        let mut lines = lines(Box::new(io::Cursor::new(text.to_owned())), max_bytes);
        std::iter::from_fn(|| Some(document(lines.next()?)))
            .map(|read| read.map_err(|(at, refusal)| format!("{at}: {}", refusal.reason())))
            .collect()
    }

    fn lines(reader: Bytes, max_bytes: u64) -> Lines {
        Lines::new(Locator::from_stored("/a.jsonl"), reader, max_bytes)
    }

    fn document(entry: Entry) -> Result<RawDocument, (Locator, Refusal)> {
        let Place::At(place) = entry.place else { panic!("a line without a place") };
        match entry.content {
            Ok(Found::Packed(Packed { form: Form::JsonLine { file, read_as }, bytes, .. })) => {
                to_raw_document(&file, place, &bytes, read_as)
            }
            Ok(_) => panic!("a line that is no record"),
            Err(refusal) => Err((place, refusal)),
        }
    }

    #[test]
    fn a_record_gives_a_document_under_its_own_id() {
        let line = r#"{"id": 7, "title": "T", "text": "Body.", "authors": "A. B.", "published": "2020-05", "language": "en-GB"}"#;
        let document = read(line, 1000).remove(0).unwrap();
        assert_eq!(document.locator.as_str(), "/a.jsonl#7");
        assert_eq!(document.metadata.id.as_deref(), Some("7"));
        assert_eq!(document.metadata.authors, ["A. B."]);
        assert_eq!(document.metadata.published.unwrap().to_string(), "2020-05");
        assert_eq!(document.bytes, b"Body.");
    }

    /// The page was passed over as a record without title and text.
    #[test]
    fn an_empty_text_beside_a_page_is_none() {
        for text in ["", " \\n"] {
            let line = format!("{{\"html\":\"<p>Body.\",\"text\":\"{text}\"}}");
            assert_eq!(read(&line, 1000).remove(0).unwrap().bytes, b"<p>Body.");
        }
        assert_eq!(read(r#"{"html":"<p>Body.","text":"Text."}"#, 1000).remove(0).unwrap().bytes, b"Text.");
        assert!(read(r#"{"text":""}"#, 1000).remove(0).is_err());
    }

    #[test]
    fn an_id_is_not_taken_for_the_number_of_a_line() {
        let read = read("{\"id\": \"line 2\", \"text\": \"a\"}\n{\"text\": \"b\"}", 1000);
        let locators: Vec<_> = read.iter().map(|read| read.as_ref().unwrap().locator.as_str()).collect();
        assert_eq!(locators, ["/a.jsonl#\"line 2\"", "/a.jsonl#line 2"]);
    }

    /// Blanks, accents and soft hyphens were folded, and the second of two such records was lost as one of an id given
    /// before.
    #[test]
    fn ids_stand_as_they_are() {
        for id in
            ["a b", "a  b", " a b", "a\u{a0}b", "cafe\u{301}", "caf\u{e9}", "a\u{ad}b", "a\u{200b}b", "a%b#c"]
        {
            let document =
                read(&serde_json::json!({"id": id, "text": "a"}).to_string(), 1000).remove(0).unwrap();
            assert_eq!(document.metadata.id.as_deref(), Some(id));
            assert_eq!(document.locator.as_str(), format!("/a.jsonl#{id}"));
        }
        for (given, id) in [("a\tb\n", "a%09b%0A"), ("\u{1b}[m", "%1B[m"), ("a\u{202e}b", "a%E2%80%AEb")] {
            let document =
                read(&serde_json::json!({"id": given, "text": "a"}).to_string(), 1000).remove(0).unwrap();
            assert_eq!(document.metadata.id.as_deref(), Some(id));
        }
        let without = read(r#"{"id": " ", "text": "a"}"#, 1000).remove(0).unwrap();
        assert_eq!((without.locator.as_str(), without.metadata.id), ("/a.jsonl#line 1", None));
    }

    #[test]
    fn a_faulty_line_names_itself_and_the_next_is_read() {
        let read =
            read("{\"text\": 1}\n\n{}\n{\"text\":\"ok\",\"published\":\"May\"}\n{\"text\":\"ok\"}", 1000);
        let errors: Vec<_> = read.iter().filter_map(|result| result.as_ref().err().cloned()).collect();
        assert_eq!(errors[0], "/a.jsonl#line 1: `text` is a number, not a text");
        assert_eq!(errors[1], "/a.jsonl#line 3: a record with neither `text` nor `html`");
        assert_eq!(read[2].as_ref().unwrap().locator.as_str(), "/a.jsonl#line 4");
    }

    #[test]
    fn odd_metadata_costs_itself_and_not_the_article() {
        let line = r#"{"text": "a", "published": "May", "modified": 2020, "authors": [{"name": "A B"}, null], "language": 7}"#;
        let document = read(line, 1000).remove(0).unwrap();
        let metadata = document.metadata;
        assert_eq!((metadata.published, metadata.language), (None, None));
        assert_eq!(document.unread, [Unread::new(Field::Published, "May")]);
        assert_eq!(metadata.modified.unwrap().to_string(), "2020");
        assert_eq!(metadata.authors, ["A B"]);
    }

    /// A page that was read from a script was found at it.
    #[test]
    fn a_program_is_no_address_of_a_record() {
        let line = r#"{"text": "a", "url": "javascript:alert(1)"}"#;
        let document = read(line, 1000).remove(0).unwrap();
        assert_eq!(document.metadata.url, None);
        assert_eq!(document.metadata.provenance_of(Field::Url), None);
        let told = document.unread.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(told, ["`url` is left out: \"javascript:alert(1)\" is no address"]);
        let line = r#"{"text": "a", "url": "urn:isbn:1"}"#;
        assert_eq!(read(line, 1000).remove(0).unwrap().metadata.url.as_deref(), Some("urn:isbn:1"));
    }

    /// All forms but `2020-06-30` were dropped without a word.
    #[test]
    fn dates_of_records_are_read_as_those_of_pages() {
        let published = |value: &str, rest: &str| {
            let line = format!("{{\"text\": \"a\", \"published\": {value}{rest}}}");
            let document = read(&line, 1000).remove(0).unwrap();
            let unread = document.unread.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
            document.metadata.published.map_or(unread, |date| date.to_string())
        };
        let day = "2020-06-30";
        for value in [
            "\"30 June 2020\"",
            "\"June 30, 2020\"",
            "\"2020/06/30\"",
            "\"Tue, 30 Jun 2020 10:00:00 GMT\"",
            "\"20200630\"",
            "20200630",
        ] {
            assert_eq!(published(value, ""), day, "{value}");
        }
        assert_eq!(published("2020", ""), "2020");
        assert_eq!(published("\"03/04/2020\"", ""), "2020-03-04");
        assert_eq!(published("\"03/04/2020\"", ", \"language\": \"fr\""), "2020-04-03");
        assert_eq!(published("\"03/04/2020\"", ", \"url\": \"http://a.uk/\""), "2020-04-03");
        for (value, told) in [("1593561600", "1593561600"), ("[2020]", "[2020]"), ("\"0000\"", "0000")] {
            let told = format!("`published` is left out: no date can be made of \"{told}\"");
            assert_eq!(published(value, ""), told);
        }
        assert_eq!((published("null", ""), published("\" \"", "")), (String::new(), String::new()));
    }

    #[test]
    fn what_is_known_of_an_article_is_written_as_a_record_has_it() {
        let line = r#"{"id": "7", "text": "a", "title": "T\r\nü", "authors": ["A", "B"], "published": "2020-05", "language": "fr", "url": "http://a/"}"#;
        let known = read(line, 1000).remove(0).unwrap().metadata;
        let json = as_record(&known).unwrap();
        assert!(!json.contains(['\r', '\n']), "{json}");
        let about = about(&json);
        assert_eq!((about.title, about.authors), (known.title, known.authors));
        assert_eq!((about.published, about.language), (known.published, known.language));
        assert_eq!((about.id, about.url), (None, None));
        assert_eq!(as_record(&Metadata { url: Some("http://a/".to_owned()), ..Metadata::default() }), None);
        assert_eq!(super::about("no JSON"), Metadata::default());
    }

    #[test]
    fn a_byte_order_mark_costs_no_record() {
        assert!(read("\u{feff}{\"text\": \"a\"}", 1000)[0].is_ok());
    }

    #[test]
    fn an_id_is_bounded() {
        let line = format!("{{\"id\": \"{}\", \"text\": \"a\"}}", "x".repeat(600));
        assert!(read(&line, 1000)[0].as_ref().unwrap_err().contains("longer than 512 bytes"));
    }

    #[test]
    fn a_record_that_says_nothing_is_skipped() {
        let container = Locator::from_stored("/a.jsonl");
        let line = br#"{"id": "9", "title": "", "text": " "}"#;
        let (locator, refusal) =
            to_raw_document(&container, by_number(&container, 1), line, None).unwrap_err();
        assert_eq!(locator.as_str(), "/a.jsonl#9");
        assert!(matches!(refusal, Refusal::Skip(_)));
    }

    #[test]
    fn a_line_that_is_too_long_costs_itself_alone() {
        let long = format!("{{\"text\": \"{}\"}}\n{{\"text\":\"ok\"}}\n", "x".repeat(100));
        let read = read(&long, 40);
        assert!(read[0].as_ref().unwrap_err().contains("larger than"));
        assert!(read[1].is_ok());
        assert_eq!(read.len(), 2);
    }

    #[test]
    fn only_a_file_that_ends_too_soon_is_cut_off() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("gone"))
            }
        }
        let cut_off = |reader: Bytes| -> Vec<bool> {
            let mut lines = lines(reader, 8);
            std::iter::from_fn(|| lines.next().map(|_| lines.is_cut_off())).collect()
        };
        assert_eq!(cut_off(Box::new(io::Cursor::new("{}\n{\"text\": \"long\"}"))), [false, false]);
        assert_eq!(cut_off(Box::new(io::Cursor::new("{\"a\n{\"a\"}"))), [false, false]);
        assert_eq!(cut_off(Box::new(io::Cursor::new("{}\n{\"a\": "))), [false, true]);
        assert_eq!(
            cut_off(Box::new(io::BufReader::new(io::Cursor::new("{}\n").chain(Broken)))),
            [false, true]
        );
    }
}
