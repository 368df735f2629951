//! Queries as they were typed or stand in a file: how each is read, what is looked for in the end, and all that is said
//! of it on standard error. What becomes of what is found is the commands' matter.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, stdin};
use std::path::Path;

use anyhow::{Context, Result};
use ibid::engine::{PatternWords, Searcher as _};
use ibid::index::{Holder, IndexSearcher};
use ibid::query::{Leaf, Parsed, Query, QueryError, Rules, Synonyms, echoed, parse_by, point_at};
use ibid::search::{Also, Diagnosis};

use super::Global;
use super::paths::{name_of, name_of_line};
use super::sought::{Options, Sought, is_too_costly, sought};
use super::terminal::{Streams, columns_of_messages, today};
use crate::output;

/// A query to answer.
pub struct Asked {
    /// Its id in a file of queries.
    pub id: Option<String>,
    /// The query.
    pub text: String,
    /// Why its line in the file can't be read.
    unreadable: Option<String>,
}

/// What a query asks for.
pub struct Understood {
    /// What is looked for; nothing if there is no word to look for.
    pub query: Option<Query>,
    /// What is looked for beside what was typed.
    pub also: Vec<Also>,
    /// What is wrong with the query, and how it was read.
    pub warnings: Vec<String>,
}

impl Asked {
    /// A query that stands for itself.
    pub fn alone(text: &str) -> Self {
        Self { id: None, text: text.to_owned(), unreadable: None }
    }

    /// A query of several, of which each has an id.
    pub fn with_id(id: &str, text: &str) -> Self {
        Self { id: Some(id.to_owned()), ..Self::alone(text) }
    }

    /// What it is in the query language.
    ///
    /// # Errors
    ///
    /// [`Rejected`] if it can't be understood.
    pub fn parsed(&self, strict: bool) -> Result<Parsed> {
        if let Some(fault) = &self.unreadable {
            return Err(Rejected { message: fault.clone(), reason: fault.clone() }.into());
        }
        let parsed = parse_by(&self.text, rules(&self.text, strict));
        Ok(parsed.map_err(|error| Rejected::new(self, &error))?)
    }

    /// What it is in the query language, and how it was read, which is told.
    ///
    /// # Errors
    ///
    /// [`Rejected`] if it can't be understood.
    pub fn read(&self, strict: bool, streams: &mut Streams) -> Result<Understood> {
        let Parsed { query, notes } = self.parsed(strict)?;
        for note in &notes {
            let place = point_at(&self.text, note.span, columns_of_messages());
            self.note(&format!("{}\n{place}", note.message), streams);
        }
        let warnings = notes.into_iter().map(|note| note.message).collect();
        Ok(Understood { query, also: Vec::new(), warnings })
    }

    /// What it looks for in `searcher`, where it was `read` so, and what was changed in it, which is told; `synonyms`
    /// are those that `options` name.
    ///
    /// # Errors
    ///
    /// If it would look at too much, or the index can't be read.
    pub fn looked_for(
        &self,
        read: Understood,
        options: &Options,
        synonyms: &Synonyms,
        searcher: &IndexSearcher,
        streams: &mut Streams,
    ) -> Result<Understood> {
        let Understood { query: Some(query), mut warnings, .. } = read else { return Ok(read) };
        let Sought { query, notes, also } = sought(query, options, synonyms, searcher)?;
        for note in notes {
            self.note(&note, streams);
            warnings.push(note);
        }
        Ok(Understood { query: Some(query), also, warnings })
    }

    /// What it asks of `searcher`, and of which patterns not all words are looked for; all is told. `synonyms` are
    /// those that `options` name.
    ///
    /// # Errors
    ///
    /// [`Rejected`] if it can't be understood; if it would look at too much, or the index can't be read.
    pub fn understood(
        &self,
        options: &Options,
        synonyms: &Synonyms,
        searcher: &IndexSearcher,
        streams: &mut Streams,
    ) -> Result<Understood> {
        let read = self.read(options.strict, streams)?;
        let mut understood = self.looked_for(read, options, synonyms, searcher, streams)?;
        let cut = understood.query.as_ref().map(|query| pattern_warnings(searcher, query)).transpose()?;
        for warning in cut.into_iter().flatten() {
            self.note(&warning, streams);
            understood.warnings.push(warning);
        }
        Ok(understood)
    }

    /// Why `query`, which it asks for and which finds `total` articles, finds so little; it is told.
    ///
    /// # Errors
    ///
    /// If the index can't be read.
    pub fn diagnosed(
        &self,
        searcher: &IndexSearcher,
        query: &Query,
        total: u64,
        streams: &mut Streams,
    ) -> Result<Option<Diagnosis>> {
        // Of an empty index it is said once for all queries.
        let is_empty = searcher.languages().is_empty();
        let diagnosis = if is_empty { None } else { Diagnosis::of(searcher, query, total)? };
        for note in diagnosis.iter().flat_map(output::diagnosis_notes) {
            self.note(&note, streams);
        }
        if let Some(hint) = diagnosis.as_ref().and_then(output::diagnosis_hint) {
            streams.note(hint);
        }
        Ok(diagnosis)
    }

    /// What is said of it where it was at fault, as `error` tells.
    pub fn fault(&self, error: &anyhow::Error) -> String {
        // What can't be understood names it already.
        let of = if error.is::<Rejected>() { String::new() } else { self.named() };
        format!("{of}{error:#}")
    }

    /// Its id, or else its text.
    pub fn name(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.text)
    }

    /// Says of which query it is, where there are several.
    fn named(&self) -> String {
        self.id.as_ref().map(|id| format!("query {}: ", echoed(id))).unwrap_or_default()
    }

    fn note(&self, note: &str, streams: &mut Streams) {
        streams.note(&format!("note: {}{note}", self.named()));
    }
}

/// How `text` is read. Only what stands behind a colon may count from today, and to find out what day that is where the
/// user is would take a query of plain words longer than reading it.
fn rules(text: &str, strict: bool) -> Rules {
    Rules { strict, today: text.contains(':').then(today).flatten() }
}

/// Tells of patterns that stand for more words than are looked for.
fn pattern_warnings(searcher: &IndexSearcher, query: &Query) -> Result<Vec<String>> {
    if !query.all_leaves().iter().any(Leaf::is_pattern) {
        return Ok(Vec::new());
    }
    let patterns = searcher.pattern_words(query)?.into_iter();
    let cut = patterns.filter(|pattern| pattern.found > pattern.words.len());
    let warning = |pattern: PatternWords| {
        let left_out = match pattern.too_common {
            0 => String::new(),
            common => format!(", but for {common} that stand at too many places"),
        };
        let (found, words) = (pattern.found, pattern.words.len());
        format!(
            "`{}` stands for {found} words: the {words} in most articles are looked for{left_out}",
            echoed(&pattern.pattern)
        )
    };
    Ok(cut.map(warning).collect())
}

/// A query that can't be understood, with the place at fault.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
struct Rejected {
    /// For people, with the query and a mark below the place.
    message: String,
    /// What is wrong, in one line.
    reason: String,
}

impl Rejected {
    fn new(asked: &Asked, error: &QueryError) -> Self {
        let of = asked.named();
        let hint = error.hint.as_ref().map(|hint| format!("\nhint: {hint}")).unwrap_or_default();
        let message =
            format!("{of}{error}\n{}{hint}", point_at(&asked.text, error.span, columns_of_messages()));
        Self { message, reason: error.to_string() }
    }
}

/// Whether a query was at fault, so that others may be answered.
pub fn is_of_the_query(error: &anyhow::Error) -> bool {
    is_too_costly(error) || error.is::<Rejected>()
}

/// What is wrong with a query that was rejected with `error`, in one line.
pub fn reason_of(error: &anyhow::Error) -> String {
    match error.downcast_ref::<Rejected>() {
        Some(Rejected { reason, .. }) => reason.clone(),
        None => error.to_string(),
    }
}

/// Says that `searcher` has no article, if it is so, and who is about to write some.
pub fn tell_if_empty(searcher: &IndexSearcher, global: &Global, streams: &mut Streams) {
    if !searcher.languages().is_empty() {
        return;
    }
    let writer = Holder::told_of(&global.index);
    let writer = writer.map(|holder| format!(": {holder} is writing to it, or was killed while it did"));
    streams.note(&format!("note: no article is in the index yet{}", writer.unwrap_or_default()));
}

/// The queries of a file of `id TAB query` lines, or of standard input.
///
/// # Errors
///
/// If it can't be read. A line that is none, or gives a second query an id, is the query's own fault.
pub fn read_queries(file: &Path) -> Result<Vec<Asked>> {
    let reader: Box<dyn BufRead> = if file == Path::new("-") {
        Box::new(stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(file).with_context(|| name_of(file))?))
    };
    let mut asked = Vec::new();
    let mut ids = HashSet::new();
    for (number, line) in (1..).zip(reader.split(b'\n')) {
        let bytes = line.with_context(|| name_of_line(file, number))?;
        let line = String::from_utf8_lossy(&bytes);
        let line = line.trim_end_matches('\r').trim_start_matches('\u{feff}');
        if line.trim().is_empty() {
            continue;
        }
        let parts =
            line.split_once('\t').map(|(id, text)| (id.trim(), text)).filter(|(id, _)| !id.is_empty());
        let fault = match parts {
            _ if std::str::from_utf8(&bytes).is_err() => "it isn't in UTF-8".to_owned(),
            None => "no id and tab before the query".to_owned(),
            // Nobody could tell their answers apart.
            Some((id, _)) if !ids.insert(id.to_owned()) => {
                format!("a second query is called `{}`", echoed(id))
            }
            Some((id, text)) => {
                asked.push(Asked::with_id(id, text));
                continue;
            }
        };
        let fault = format!("{}: {fault}", name_of_line(file, number));
        asked.push(Asked { unreadable: Some(fault), ..Asked::alone(line) });
    }
    Ok(asked)
}
