//! The sources of articles, read again where they are: the pages and records that the articles were made of.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use crate::engine::{InputRecord, Stamp};
use crate::model::Locator;
use crate::source::{Content, Form, FoundFile, Limits, Member, Refusal, open, walk_listed};

/// A source that couldn't be read again, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Where it should be.
    pub locator: Locator,
    /// Why it isn't read.
    pub reason: String,
}

/// What an article was made of.
pub(super) struct Source<'r> {
    /// What is known of it.
    pub record: &'r InputRecord,
    /// It, as it was read.
    pub member: Member,
    /// Size and time of the file that it lies in.
    pub stamp: Stamp,
    /// How many bytes it takes in its web archive, if that can be told.
    pub stored_bytes: Option<u64>,
    /// Whether it can be read by its offset in a web archive alone: not if it is compressed together with others.
    pub is_apart: bool,
}

/// Tells `each` of the source of each of `records`, which are in order; gives those that can't be read.
pub(super) fn each_source<E>(
    records: &[InputRecord],
    limits: &Limits,
    each: &mut dyn FnMut(Source<'_>) -> Result<(), E>,
) -> Result<Vec<Missing>, E> {
    let mut by_file: BTreeMap<PathBuf, HashMap<&str, &InputRecord>> = BTreeMap::new();
    for record in records {
        by_file.entry(record.locator.path()).or_default().insert(record.locator.as_str(), record);
    }
    let mut missing = Vec::new();
    for (path, mut wanted) in by_file {
        let read = match found(&path) {
            Ok(file) => each_of_file(&file, limits, &mut wanted, each)?,
            Err(reason) => Err(reason),
        };
        let reason = match read {
            Ok(mut changed) => {
                missing.append(&mut changed);
                "it is no longer there".to_owned()
            }
            Err(reason) => reason,
        };
        let mut left: Vec<&InputRecord> = wanted.into_values().collect();
        left.sort_unstable_by(|a, b| a.locator.cmp(&b.locator));
        let of = |record: &InputRecord| Missing { locator: record.locator.clone(), reason: reason.clone() };
        missing.extend(left.into_iter().map(of));
    }
    Ok(missing)
}

/// The file at `path`, or why it can't be read.
fn found(path: &Path) -> Result<FoundFile, String> {
    match walk_listed(path, &[]).next() {
        Some(Ok(file)) => Ok(file),
        Some(Err((_, refusal))) => Err(refusal.reason().to_owned()),
        None => Err("it is no longer there".to_owned()),
    }
}

/// Takes those of `wanted` that are in `file` out of it, and tells `each` of them; gives those that aren't what they
/// were, or the reason if the file can't be read.
fn each_of_file<E>(
    file: &FoundFile,
    limits: &Limits,
    wanted: &mut HashMap<&str, &InputRecord>,
    each: &mut dyn FnMut(Source<'_>) -> Result<(), E>,
) -> Result<Result<Vec<Missing>, String>, E> {
    let stamp = file.stamp;
    let members: Box<dyn Iterator<Item = Member>> = match open(file, limits) {
        Err(refusal) => return Ok(Err(refusal.reason().to_owned())),
        Ok(Content::Document(packed)) => Box::new(std::iter::once(packed.at(file.locator.clone()))),
        Ok(Content::Container(members)) => Box::new(members),
    };
    let mut members = members.peekable();
    let mut changed = Vec::new();
    while let Some(member) = members.next() {
        let Some(record) = wanted.remove(own_locator(&member).as_str()) else { continue };
        // What lies there now may say something else than what was found.
        if record.hash.is_some() && member.content.is_ok() && member.hash() != record.hash {
            let reason = "it has changed since it was read".to_owned();
            changed.push(Missing { locator: record.locator.clone(), reason });
            continue;
        }
        let next = members.peek().map(|next| &next.locator);
        let stored_bytes = stored_bytes(&member, next);
        let is_apart =
            member.keeping.is_some_and(|keeping| keeping.is_in_place) && !is_inside_another(&member.locator);
        each(Source { record, member, stamp, stored_bytes, is_apart })?;
        if wanted.is_empty() {
            break;
        }
    }
    Ok(Ok(changed))
}

/// Whether the offset of a record is one inside something that begins at another: `0+236`.
fn is_inside_another(locator: &Locator) -> bool {
    locator.place_and_offset().is_some_and(|(_, offset)| offset.contains('+'))
}

/// Where a member lies by what it says itself: a record may have an id.
fn own_locator(member: &Member) -> Locator {
    member.named_locator().unwrap_or_else(|| member.locator.clone())
}

/// From the offset of a record to that of the next, or to the end of its web archive.
fn stored_bytes(member: &Member, next: Option<&Locator>) -> Option<u64> {
    let (place, offset) = member.locator.place_and_offset()?;
    let offset: u64 = offset.parse().ok()?;
    let of_next = next.and_then(Locator::place_and_offset).filter(|(at, _)| *at == place);
    let end = match of_next {
        Some((_, next)) => next.parse().ok()?,
        None => member.keeping?.bytes?,
    };
    // What is told last may lie before it: a revisit that waited for its original.
    if end > offset { Some(end - offset) } else { Some(member.keeping?.bytes?.checked_sub(offset)?) }
}

/// What the bytes of a source are, as a media type.
pub(super) fn media_type(form: &Form) -> &'static str {
    use crate::model::MediaType;
    match form {
        Form::Plain(MediaType::Html) => "text/html",
        Form::Plain(MediaType::Markdown) => "text/markdown",
        Form::Plain(MediaType::PlainText | MediaType::Pages) => "text/plain",
        Form::Mail => "message/rfc822",
        Form::Epub => "application/epub+zip",
        Form::Pdf => "application/pdf",
        Form::JsonLine { .. } => "application/json",
        Form::WebRecord { .. } | Form::Revisit { .. } => "application/http",
    }
}

/// Why a source isn't read, as what is said of it.
pub(super) fn missing(record: &InputRecord, refusal: &Refusal) -> Missing {
    Missing { locator: record.locator.clone(), reason: refusal.reason().to_owned() }
}
