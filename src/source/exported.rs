//! [`Exported`]: a line of an export, which is JSON Lines that reading gives back the same articles of.
//!
//! Beside what any record may say, such a line has what ibid made of its input: blocks, where each piece of metadata
//! came from, what was taken out, the id, and the account of the input. It is believed only as far as it agrees with
//! itself.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::dedup::{Recurring, SetApart};
use crate::engine::{InputRecord, InputState, Noted, StoredArticle};
use crate::model::{Article, ArticleId, Block, Locator, Metadata};
use crate::text::{clean, is_harmful};

/// The version of the lines, which is the value of their first key.
const VERSION: u32 = 1;

/// The first key.
const KEY: &[u8] = b"\"ibid_export\"";

/// What a line of an export says.
#[derive(Clone, Debug, PartialEq)]
pub enum Exported {
    /// An input, with its article if one was made of it.
    Input {
        /// What is known of the input.
        record: Box<InputRecord>,
        /// Its article.
        article: Option<Box<StoredArticle>>,
    },
    /// The blocks that are known to recur on the pages of sites.
    Recurring(Recurring),
}

/// A line as it is written.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    ibid_export: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    article: Option<ArticleId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    locator: Option<Locator>,
    #[serde(flatten)]
    content: Option<Content>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    input: Option<Input>,
    /// By host, the hashes of blocks in hexadecimal: as numbers they are too large for other programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recurring: Option<BTreeMap<String, BTreeSet<String>>>,
}

/// What an article says.
#[derive(Debug, Serialize, Deserialize)]
struct Content {
    text: String,
    blocks: Vec<Block>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    apart: Vec<SetApart>,
    #[serde(flatten)]
    metadata: Metadata,
}

/// The account of an input, in the words of the account of a run.
#[derive(Debug, Serialize, Deserialize)]
struct Input {
    state: InputState,
    reason: Option<String>,
    sha256: Option<String>,
    #[serde(flatten)]
    noted: Noted,
}

/// Whether the line `bytes` may be one of an export.
pub(super) fn is_exported(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, KEY).is_some()
}

impl Exported {
    /// The line as JSON, without its end.
    ///
    /// # Errors
    ///
    /// If a value can't be written as JSON, which none is.
    pub fn to_json(&self) -> serde_json::Result<String> {
        let mut line = Line {
            ibid_export: VERSION,
            article: None,
            locator: None,
            content: None,
            input: None,
            recurring: None,
        };
        match self {
            Self::Recurring(recurring) => {
                let hex =
                    |blocks: &BTreeSet<u64>| blocks.iter().map(|block| format!("{block:016x}")).collect();
                line.recurring =
                    Some(recurring.iter().map(|(host, blocks)| (host.clone(), hex(blocks))).collect());
            }
            Self::Input { record, article } => {
                line.article = record.article;
                line.locator = Some(record.locator.clone());
                let (state, reason) = record.latest();
                line.input = Some(Input {
                    state,
                    reason: reason.map(str::to_owned),
                    sha256: record.hash.clone(),
                    noted: Noted { run: 0, unreadable: None, ..record.noted.clone() },
                });
                line.content = article.as_ref().map(|stored| Content {
                    text: stored.article.text.clone(),
                    blocks: stored.article.blocks.clone(),
                    apart: stored.apart.clone(),
                    metadata: stored.article.metadata.clone(),
                });
            }
        }
        serde_json::to_string(&line)
    }

    /// What the line `bytes` of the file `container` says; none if it is no line of an export.
    ///
    /// # Errors
    ///
    /// If it doesn't agree with itself: then nothing of it is believed.
    pub fn read(bytes: &[u8], container: &Locator) -> Result<Option<Self>, String> {
        let Some(line) = line_of(bytes)? else { return Ok(None) };
        if line.ibid_export != VERSION {
            return Err(format!("a line of an export of version {}, not {VERSION}", line.ibid_export));
        }
        if let Some(recurring) = line.recurring {
            return Ok(Some(Self::Recurring(read_recurring(recurring)?)));
        }
        let disagrees = |what: &str| format!("a line of an export that doesn't agree with itself: {what}");
        let locator = line.locator.filter(Locator::is_sound).ok_or_else(|| disagrees("it names no place"))?;
        let article = match line.content {
            None => None,
            Some(content) => {
                let id = line.article.ok_or_else(|| disagrees("an article without an id"))?;
                Some(Box::new(read_article(id, &locator, content).map_err(disagrees)?))
            }
        };
        let account = line.input.ok_or_else(|| disagrees("it doesn't say what became of its input"))?;
        // What is set aside keeps what was made of it before.
        let keeps = account.state == InputState::SetAside && line.article.is_some();
        let state = match (keeps, &article) {
            (false, _) => account.state,
            (true, Some(_)) => InputState::Indexed,
            (true, None) => InputState::Duplicate,
        };
        if (state == InputState::Indexed) != article.is_some() {
            return Err(disagrees("an article is there without its input, or the reverse"));
        }
        let reason = account.reason.as_deref().map(clean);
        let (unreadable, reason) =
            if keeps { (reason.or(Some(String::new())), None) } else { (None, reason) };
        let record = InputRecord {
            locator,
            container: Some(container.clone()),
            state,
            article: line.article,
            reason,
            stamp: None,
            hash: account.sha256.filter(|hash| hash.bytes().all(|b| b.is_ascii_hexdigit())),
            noted: plain(Noted { run: 0, unreadable, ..account.noted }),
        };
        Ok(Some(Self::Input { record: Box::new(record), article }))
    }
}

/// The line, if its first key says that it is one of an export.
fn line_of(bytes: &[u8]) -> Result<Option<Line>, String> {
    #[derive(Deserialize)]
    struct Marked {
        ibid_export: Option<serde::de::IgnoredAny>,
    }
    if !is_exported(bytes) {
        return Ok(None);
    }
    match serde_json::from_slice::<Marked>(bytes) {
        Ok(Marked { ibid_export: Some(_) }) => {}
        // The words stand in the text of a record, or the line isn't read by anybody.
        Ok(_) | Err(_) => return Ok(None),
    }
    serde_json::from_slice(bytes).map(Some).map_err(|error| error.to_string())
}

/// The article that a line gives, if it is one that ibid could have made.
fn read_article(id: ArticleId, locator: &Locator, content: Content) -> Result<StoredArticle, &'static str> {
    let Content { text, blocks, apart, metadata } = content;
    let own = match &metadata.url {
        None => vec![ArticleId::from_locator(locator)],
        Some(url) => vec![ArticleId::from_url(url), ArticleId::from_url_and_locator(url, locator)],
    };
    if !own.contains(&id) {
        return Err("its id isn't that of its address or place");
    }
    let mut article = Article { locator: locator.clone(), metadata, ..Article::default() };
    for block in &blocks {
        let text = block.span.of(&text).ok_or("a block lies outside its text")?;
        article.push_block_of_page(block.kind, text, block.page);
    }
    if article.text != text || article.blocks != blocks {
        return Err("its blocks don't make its text");
    }
    if !is_clean(&text) || !apart.iter().all(|block| is_clean(&block.text)) {
        return Err("its text isn't plain");
    }
    if !is_plain(&article.metadata) {
        return Err("what is known of it isn't plain text");
    }
    Ok(StoredArticle { id, article, passages: Vec::new(), apart })
}

/// Whether `text` is such as ibid keeps. In exports of an earlier version word joiners and zero width spaces stand.
fn is_clean(text: &str) -> bool {
    let without = |text: &str| text.replace(['\u{2060}', '\u{200b}'], "");
    without(&clean(text)) == without(text)
}

/// Whether all texts of `metadata` are such as ibid keeps.
fn is_plain(metadata: &Metadata) -> bool {
    let one = [&metadata.title, &metadata.publisher, &metadata.section];
    let several = [&metadata.authors, &metadata.keywords];
    let texts = one.into_iter().flatten().chain(several.into_iter().flatten());
    let sources = metadata.provenance.iter().map(|known| &known.source);
    // Names stand as they were given, whatever form of Unicode that is.
    let mut names = [&metadata.id, &metadata.url].into_iter().flatten();
    texts.chain(sources).all(|text| is_clean(text) && !text.contains('\n'))
        && names.all(|name| !name.contains(is_harmful))
}

/// `noted` with what is plain of the names that it gives.
fn plain(noted: Noted) -> Noted {
    let name = |name: Option<String>| name.filter(|name| is_clean(name) && !name.contains('\n'));
    Noted {
        url: noted.url.filter(|url| !url.contains(is_harmful)),
        publisher: name(noted.publisher),
        section: name(noted.section),
        ..noted
    }
}

fn read_recurring(told: BTreeMap<String, BTreeSet<String>>) -> Result<Recurring, String> {
    let number = |block: String| {
        u64::from_str_radix(&block, 16).map_err(|_| format!("`{block}` is no hash of a block"))
    };
    let of_host = |(host, blocks): (String, BTreeSet<String>)| {
        Ok((host, blocks.into_iter().map(number).collect::<Result<_, String>>()?))
    };
    told.into_iter().map(of_host).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BlockKind, Field, Language};

    fn exported() -> Exported {
        let locator = Locator::from_stored("/archive/a.html");
        let mut article = Article { locator: locator.clone(), ..Article::default() };
        article.metadata.title = Some("Two Rivers".into());
        article.metadata.language = Some(Language::ENGLISH);
        article.metadata.published = "2020-05".parse().ok();
        article.metadata.note(Field::Title, "headline", 95);
        article.push_block(BlockKind::Heading(2), "Dams");
        article.push_block_of_page(BlockKind::Paragraph, "They were “built”.\tTwice.", Some(7));
        let id = ArticleId::from_locator(&locator);
        let apart = vec![SetApart { before: 0, kind: BlockKind::Paragraph, text: "Subscribe.".into() }];
        let noted = Noted { bytes: 77, charset: Some("UTF-8".into()), ..Noted::default() };
        let record = InputRecord {
            locator,
            container: Some(Locator::from_stored("/x.jsonl")),
            state: InputState::Indexed,
            article: Some(id),
            reason: None,
            stamp: None,
            hash: Some("ab12".into()),
            noted,
        };
        let stored = StoredArticle { id, article, passages: Vec::new(), apart };
        Exported::Input { record: Box::new(record), article: Some(Box::new(stored)) }
    }

    #[test]
    fn word_joiners_and_zero_width_spaces_of_an_earlier_version_are_read() {
        assert!(is_clean("COVID-\u{2060}19") && is_clean("data\u{200b}base, ไทย\u{200b}ลาว"));
        assert!(!is_clean("a\u{ad}b") && !is_clean("a\u{2060}\u{1b}b"));
    }

    /// They were said to name no place, and their articles were lost with the originals.
    #[test]
    fn lines_of_files_with_names_that_are_no_clean_text_are_read() {
        for name in ["cafe\u{301}", "a\u{a0}b", "a\u{ad}b", "a\u{200b}b", "a\u{2028}b", "\u{212b}"] {
            let locator = Locator::file(std::path::Path::new(&format!("/archive/{name}.html")));
            let Exported::Input { mut record, .. } = exported() else { panic!("it is one") };
            (record.locator, record.state, record.article) = (locator, InputState::Skipped, None);
            let exported = Exported::Input { record, article: None };
            assert_eq!(read(&exported.to_json().unwrap()), Ok(Some(exported)), "{name:?}");
        }
        for name in ["", "/a\u{1b}[31m", "/a\nb", "/a\u{202e}b"] {
            let line = serde_json::json!({"ibid_export": 1, "locator": name, "input": {"state": "skipped"}});
            assert!(read(&line.to_string()).unwrap_err().contains("it names no place"), "{name:?}");
        }
    }

    fn read(line: &str) -> Result<Option<Exported>, String> {
        Exported::read(line.as_bytes(), &Locator::from_stored("/x.jsonl"))
    }

    #[test]
    fn a_line_reads_back_as_what_was_written() {
        let exported = exported();
        assert_eq!(read(&exported.to_json().unwrap()), Ok(Some(exported)));
        let recurring = Recurring::from([("a.example".to_owned(), BTreeSet::from([7, u64::MAX]))]);
        let recurring = Exported::Recurring(recurring);
        assert_eq!(read(&recurring.to_json().unwrap()), Ok(Some(recurring)));
    }

    #[test]
    fn other_records_are_none_of_an_export() {
        assert_eq!(read(r#"{"text": "a"}"#), Ok(None));
        assert_eq!(read(r#"{"text": "of \"ibid_export\" lines"}"#), Ok(None));
        assert_eq!(read(r#"{"ibid_export": 1, "#), Ok(None));
    }

    #[test]
    fn what_does_not_agree_with_itself_is_not_believed() {
        let line = exported().to_json().unwrap();
        for (from, to, reason) in [
            ("\"ibid_export\":1", "\"ibid_export\":2", "of version 2, not 1"),
            ("/archive/a.html", "/archive/b.html", "its id isn't that of its address or place"),
            ("\"start\":6", "\"start\":7", "its blocks don't make its text"),
            ("\"end\":4", "\"end\":99", "a block lies outside its text"),
            ("Two Rivers", "Two\\u001b[31m", "isn't plain text"),
            ("Subscribe.", "\\u0007", "its text isn't plain"),
            ("\"state\":\"indexed\"", "\"state\":\"skipped\"", "an article is there without its input"),
        ] {
            assert!(line.contains(from), "{from} isn't in {line}");
            let error = read(&line.replace(from, to)).unwrap_err();
            assert!(error.contains(reason), "{to}: {error}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_read_or_refused(at in 0_usize..700, with in "[\\PC]{0,3}", cut in 0_usize..4) {
            let line = exported().to_json().unwrap();
            let at = line.floor_char_boundary(at.min(line.len()));
            let end = line.floor_char_boundary((at + cut).min(line.len()));
            let changed = format!("{}{with}{}", &line[..at], &line[end..]);
            if let Ok(Some(Exported::Input { article: Some(stored), .. })) = read(&changed) {
                let article = stored.article;
                proptest::prop_assert!(article.blocks.iter().all(|b| b.span.of(&article.text).is_some()));
            }
        }
    }
}
