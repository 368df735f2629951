//! An input on a line of its own: what became of it, and how it was read.

use std::io::{self, Write};

use ibid::engine::{InputRecord, InputState};
use ibid::ingest::Outcome;
use serde::Serialize;
use serde_json::json;

use super::json::FORMAT_VERSION;
use super::printable;

/// What is told while a run goes on of an input that was set aside for `reason`.
pub fn set_aside_object(record: &InputRecord, reason: &str) -> String {
    let (version, state, locator) =
        (FORMAT_VERSION, InputState::SetAside.name(), printable(record.locator.as_str()));
    json!({ "version": version, "state": state, "locator": locator, "reason": printable(reason) }).to_string()
}

/// Writes what is known of an input as a JSON object. `outcome` is what became of it in a run; without it, what became
/// of it last is given.
pub fn write_input(out: &mut dyn Write, record: &InputRecord, outcome: Option<&Outcome>) -> io::Result<()> {
    #[derive(Serialize)]
    struct Line<'a> {
        locator: &'a str,
        /// How it is cited, if it was read out of an archive.
        citation: Option<&'a str>,
        state: serde_json::Value,
        reason: Option<&'a str>,
        /// The article that was made of it, or that it is a copy of.
        article: Option<String>,
        sha256: Option<&'a str>,
        bytes: u64,
        charset: Option<&'a str>,
        charset_source: serde_json::Value,
        language: Option<&'a str>,
        published: Option<String>,
        modified: Option<String>,
        captured: Option<String>,
        extractor: Option<u32>,
        /// Of the page, as a web archive gives it.
        digest: Option<&'a str>,
    }
    let noted = &record.noted;
    let (latest, reason) = record.latest();
    let state = match outcome {
        Some(outcome) => serde_json::to_value(outcome)?["state"].take(),
        None => serde_json::to_value(latest)?,
    };
    let line = Line {
        locator: record.locator.as_str(),
        citation: record.locator.citation(),
        state,
        reason,
        article: record.article.map(|id| id.to_string()),
        sha256: record.hash.as_deref(),
        bytes: noted.bytes,
        charset: noted.charset.as_deref(),
        charset_source: serde_json::to_value(noted.charset_source)?,
        language: noted.language.as_ref().map(ibid::model::Language::code),
        published: noted.published.map(|date| date.to_string()),
        modified: noted.modified.map(|date| date.to_string()),
        captured: noted.captured.map(|date| date.to_string()),
        extractor: noted.extractor,
        digest: noted.digest.as_deref(),
    };
    super::json::write_object(out, &line)
}
