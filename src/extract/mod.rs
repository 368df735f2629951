//! From the bytes of a page to an article: text as typed blocks, and metadata with its sources.
//!
//! [`extract`] is the only way in. It takes values and gives values: no file, network, clock or
//! thread, and the same bytes always give the same article. Inside, a page passes through these steps:
//!
//! 1. `decode` and `mojibake`: bytes to text, in whatever encoding they are, and once too often;
//! 2. `prune`: one scan that cuts what nobody reads and bounds what is left;
//! 3. `page` and `accordions`: the parser's tree as a flat list of nodes, in one walk;
//! 4. `blocks`: the page's visible text as blocks, as a reader sees them;
//! 5. `metadata`, `saved` and `language`: what is known about it;
//! 6. `nature`, `candidate`, `furniture`, `subject`, `cards`, `replies`, `copies`, `trim`, `amid` and `verdict`: which
//!    of these blocks are the article.
//!
//! Finding inputs, and telling what type they have, is the source layer's matter.

mod accordions;
mod amid;
mod blocks;
mod candidate;
mod cards;
mod copies;
mod data_table;
mod decode;
mod furniture;
mod high_sign;
mod hints;
mod html;
mod jumps;
mod language;
mod markdown;
mod metadata;
mod mojibake;
mod nature;
mod no_article;
mod page;
mod pages;
mod parse;
mod plain;
mod prune;
mod redirect;
mod references;
mod replies;
mod running;
mod saved;
mod subject;
mod tag;
mod trim;
mod unshown;
mod verdict;

use std::borrow::Cow;

use crate::calendar::Habit;
use crate::error::ExtractError;
use crate::model::{
    Article, Date, Field, MediaType, Metadata, Missing, RawDocument, ReadAs, Unread, host_of,
};
use crate::text::one_line;

pub use crate::model::CharsetSource;
pub(crate) use decode::{Decoded, decode, utf16_of_head, wide_head};
pub(crate) use html::line_of_markup;
pub use metadata::is_name_of_body;
pub(crate) use references::unescaped;
pub use verdict::{Explained, Reason, Verdict};

/// Raised when the same bytes give another article, so that an account can say what read it.
pub const EXTRACTOR_VERSION: u32 = 16;

/// What the caller may decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Dates after this day are refused, as no page can be from the future. Without it any date goes.
    pub today: Option<Date>,
}

/// An article, and how it was come by.
#[derive(Clone, Debug, PartialEq)]
pub struct Extraction {
    /// The article.
    pub article: Article,
    /// The encoding that the bytes were read in, by its name in the WHATWG standard if that knows it.
    pub charset: &'static str,
    /// What said so.
    pub charset_source: CharsetSource,
    /// What went less than well.
    pub warnings: Vec<Warning>,
}

/// Something about a page that a careful reader of the article should know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Warning {
    /// Some bytes weren't text in the page's encoding.
    #[error("some bytes are not valid in the page's encoding")]
    Malformed,
    /// Nothing names the encoding, and in none that is known does the text read well.
    #[error("the encoding is a guess, and the text reads oddly in it")]
    Doubtful,
    /// A part of the document is missing where it was found.
    #[error("{0}")]
    Missing(Missing),
    /// What should be a date or an address can't be read as one.
    #[error("{0}")]
    Unread(Unread),
    /// The page is larger or nested deeper than is read.
    #[error("the page is larger or nested deeper than is read; a part was left out")]
    Bounded,
    /// No article stood out; the text is all that the page shows.
    #[error("no article stands out; this is all the text of the page, but for what is furniture by name")]
    WholePage,
    /// The text was hidden from readers, or stood in data for machines only.
    #[error("the text is not shown by the page itself")]
    HiddenText,
}

impl Warning {
    /// Whether something is lost that the document has, or should have: the account of an input tells of that.
    #[must_use]
    pub fn is_of_loss(&self) -> bool {
        matches!(self, Self::Missing(_) | Self::Unread(_))
    }
}

/// The date that `text` gives, as a record or book says it of an article in the language `tag`, at the address `url`.
///
/// It is read as dates of pages are. Of a page many things may be its date, so one that lies ahead isn't; here one
/// alone can be.
pub(crate) fn date_given(text: &str, tag: Option<&str>, url: Option<&str>) -> Option<Date> {
    let habit = Habit::of(tag, url.and_then(host_of));
    // Programs write a year of zeros where they know none.
    metadata::dates::given(text, habit).filter(|date| date.first_day().year() > 0)
}

/// The article in `raw`.
///
/// # Errors
///
/// [`ExtractError::Binary`] if the bytes aren't text, [`ExtractError::Empty`] if there is no word in them, and
/// [`ExtractError::LeadsElsewhere`] if they only lead to another page, and [`ExtractError::NotShown`] if they say that
/// there is nothing to see.
pub fn extract(raw: &RawDocument, options: &Options) -> Result<Extraction, ExtractError> {
    extract_in_time(raw, options, &|| false)
}

/// The same, given up once `is_over` says that the time is. It is asked between the steps: each of them is bounded by
/// the size of the page, and none can be left halfway.
///
/// # Errors
///
/// Those of [`extract`], and [`ExtractError::TooSlow`].
pub fn extract_in_time(
    raw: &RawDocument,
    options: &Options,
    is_over: &dyn Fn() -> bool,
) -> Result<Extraction, ExtractError> {
    let time = Time(is_over);
    let Decoded { text, read_as, malformed, doubtful } = decoded(raw, time)?;
    let unread = raw.unread.iter().cloned().map(Warning::Unread);
    let mut warnings: Vec<Warning> = raw.missing.map(Warning::Missing).into_iter().chain(unread).collect();
    if malformed {
        warnings.push(Warning::Malformed);
    }
    if doubtful {
        warnings.push(Warning::Doubtful);
    }
    let given = given(raw, &text);
    let read = match raw.media_type {
        MediaType::Html => html::read(&text, &given, options, &mut warnings, time)?,
        MediaType::PlainText => plain::read(text),
        MediaType::Markdown => markdown::read(&text, options, &mut warnings),
        MediaType::Pages => pages::read(&text),
    };
    time.is_left()?;
    let mut article = read;
    article.locator = raw.locator.clone();
    // A record of a title alone is still something to find.
    if article.is_empty() && given.title.is_none() {
        return Err(ExtractError::Empty);
    }
    outweigh(&mut article.metadata, &given);
    language::settle(&mut article);
    time.is_left()?;
    let ReadAs { name: charset, source: charset_source } = read_as;
    Ok(Extraction { article, charset, charset_source, warnings })
}

/// What is known of the document `raw`, which reads as `text`, beside what it says as a page: what its container knows,
/// or else the program that saved it.
fn given<'a>(raw: &'a RawDocument, text: &str) -> Cow<'a, Metadata> {
    if raw.media_type != MediaType::Html || raw.metadata.url.is_some() {
        return Cow::Borrowed(&raw.metadata);
    }
    let Metadata { url, captured, provenance, .. } = saved::known(text);
    if url.is_none() && captured.is_none() {
        return Cow::Borrowed(&raw.metadata);
    }
    let provenance = [raw.metadata.provenance.as_slice(), &provenance].concat();
    Cow::Owned(Metadata {
        url,
        captured: raw.metadata.captured.or(captured),
        provenance,
        ..raw.metadata.clone()
    })
}

/// Tells whether the time of a page is over.
#[derive(Clone, Copy)]
struct Time<'a>(&'a dyn Fn() -> bool);

impl Time<'_> {
    /// Goes on only if there is time.
    fn is_left(self) -> Result<(), ExtractError> {
        if (self.0)() { Err(ExtractError::TooSlow) } else { Ok(()) }
    }
}

/// What was made of each block of text of the page `raw`, kept or dropped, and why: for people who want to
/// know how an article came about. None but pages of HTML have anything to drop. It is given up once `is_over` says
/// that the time is.
///
/// # Errors
///
/// [`ExtractError::Binary`] if the bytes aren't text, [`ExtractError::TooSlow`] if it was given up.
pub fn explain_in_time(
    raw: &RawDocument,
    options: &Options,
    is_over: &dyn Fn() -> bool,
) -> Result<Vec<Explained>, ExtractError> {
    let time = Time(is_over);
    let text = decoded(raw, time)?.text;
    Ok(match raw.media_type {
        MediaType::Html => html::explain(&text, &given(raw, &text), options, time)?,
        MediaType::PlainText => verdict::all_kept(&plain::read(text)),
        MediaType::Markdown => verdict::all_kept(&markdown::read(&text, options, &mut Vec::new())),
        MediaType::Pages => verdict::all_kept(&pages::read(&text)),
    })
}

/// The text of `raw` as it was meant: where it was encoded twice, it is decoded twice.
fn decoded<'r>(raw: &'r RawDocument, time: Time<'_>) -> Result<Decoded<'r>, ExtractError> {
    let decoded = decode(&raw.bytes, raw.charset.as_ref(), raw.media_type == MediaType::Html)?;
    time.is_left()?;
    let text = mojibake::repair(decoded.text);
    time.is_left()?;
    Ok(Decoded { text, ..decoded })
}

/// How sure an address is that is taken for a template's mistake.
const DOUBTED_PERCENT: u8 = 20;

/// Puts what the container or record knows (`given`) over what was `found`.
fn outweigh(found: &mut Metadata, given: &Metadata) {
    if given.id.is_some() {
        found.id.clone_from(&given.id);
    }
    let text = |given: &Option<String>| given.as_deref().and_then(one_line);
    let lines =
        |given: &[String]| -> Vec<String> { given.iter().filter_map(|text| one_line(text)).collect() };
    // The address that a page was fetched from is only second to the one that it gives, so that it is the same
    // article wherever it is kept.
    let stated =
        found.provenance_of(Field::Url).is_some_and(|known| known.confidence_percent > DOUBTED_PERCENT);
    let names_itself = stated && given.is_of_container(Field::Url);
    let url = match &given.url {
        Some(url) if given.is_of_container(Field::Url) => Some(metadata::cleaned(url).unwrap_or(line(url))),
        url => text(url),
    };
    let fields = [
        (Field::Title, set(&mut found.title, text(&given.title))),
        (Field::Authors, set_list(&mut found.authors, lines(&given.authors))),
        (Field::Publisher, set(&mut found.publisher, text(&given.publisher))),
        (Field::Section, set(&mut found.section, text(&given.section))),
        (Field::Keywords, set_list(&mut found.keywords, lines(&given.keywords))),
        (Field::Published, set(&mut found.published, given.published)),
        (Field::Modified, set(&mut found.modified, given.modified)),
        (Field::Captured, set(&mut found.captured, given.captured)),
        (Field::Language, set(&mut found.language, given.language)),
        (Field::Url, !names_itself && set(&mut found.url, url)),
    ];
    for (field, changed) in fields {
        if changed {
            match given.provenance_of(field) {
                Some(known) => found.note(field, &known.source, known.confidence_percent),
                None => found.note(field, "record", 100),
            }
        }
    }
}

/// `text` as one clean line, empty if nothing is in it.
fn line(text: &str) -> String {
    one_line(text).unwrap_or_default()
}

fn set<T>(found: &mut Option<T>, given: Option<T>) -> bool {
    let changed = given.is_some();
    if changed {
        *found = given;
    }
    changed
}

fn set_list(found: &mut Vec<String>, given: Vec<String>) -> bool {
    let changed = !given.is_empty();
    if changed {
        *found = given;
    }
    changed
}

#[cfg(test)]
mod byline_tests;
#[cfg(test)]
mod edge_tests;
#[cfg(test)]
mod language_tests;
#[cfg(test)]
mod lost_text_tests;
#[cfg(test)]
mod other_page_tests;
#[cfg(test)]
mod short_page_tests;
#[cfg(test)]
mod tests;
