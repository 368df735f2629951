//! `ibid query`: ranked passages for one query or for many.

use std::fs::File;
use std::io::{BufRead, BufReader, stdin};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use ibid::engine::{Facets, PatternWords, Searcher};
use ibid::error::{Error, IndexError};
use ibid::index::{Index, IndexSearcher};
use ibid::ingest::Options;
use ibid::model::Language;
use ibid::query::{Leaf, Note, Parsed, Query, QueryError, Rules, Synonyms, parse_by, point_at};
use ibid::search::{Diagnosis, PerArticle, Request, articles, explained, passages};
use ibid::source::Limits;

use super::exit::Exit;
use super::paths::{NOTHING_LISTED, are_listed, listed, make_sure_of};
use super::pdf::reader_apart;
use super::progress::{Progress, ProgressForm};
use super::sought::{self, Changes, Sought, is_too_costly, sought};
use super::terminal::{Streams, today};
use super::{Global, ingest};
use crate::output::{self, Answer, QueryFormat, Reading, Style};

/// Most passages of an answer: an answer is held as a whole, and the places of its copies are looked up.
const MAX_PASSAGES: i64 = 10_000;

/// Find passages: words, "exact phrases", AND, OR, NOT, NEAR/5, wild*, title: author: date: and more
///
/// Words side by side find passages with any of them; the more of them, the better. `"as written"`
/// finds a phrase, `"two words"~3` with up to three others between, `=word` this form alone. `+word` must be
/// there, `-word` must not. `AND`, `OR`, `NOT` and brackets combine. `a NEAR/5 b` and `a BEFORE/5 b` stand within five
/// words, `a /s b` in one sentence, `a /p b` in one paragraph. `nucle*`, `wom?n`, `kurila~` and `/enrich(ed|ment)/`
/// stand for several words.
///
/// `title:`, `heading:`, `author:`, `publisher:`, `section:`, `url:` and `source:` look in one field;
/// `site:example.org`, `lang:fr`, `after:2020`, `before:2024-06`, `date:2020..2024-06`, `date:"last 2 years"`,
/// `has:author` and `no:date` narrow the articles. docs/query-language.md has it all.
#[derive(Args, Debug)]
pub struct Arguments {
    /// What to look for
    #[arg(
        required_unless_present = "queries",
        conflicts_with = "queries",
        value_name = "QUERY",
        allow_hyphen_values = true
    )]
    query: Option<String>,

    /// How many passages to give, at most 10,000; `ibid export` prints all articles that match
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(..=MAX_PASSAGES))]
    limit: u32,

    /// How many passages to pass over first, at most 10,000
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=MAX_PASSAGES))]
    offset: u32,

    #[command(flatten)]
    repetition: Repetition,

    /// How to print the answers
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: QueryFormat,

    /// Answer many queries: `id TAB query` a line, `-` for standard input
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,

    /// First bring the index up to date with this file or folder, `-` for a list of them on standard input
    #[arg(long, value_name = "PATH")]
    from: Vec<PathBuf>,

    /// Most characters of a passage to show, as wide as on a terminal
    #[arg(long, value_name = "N", default_value_t = 480, value_parser = clap::value_parser!(u32).range(20..))]
    snippet_chars: u32,

    /// The language of the query, such as `fr`, where its words don't tell it
    ///
    /// Its common words say nothing then, in articles of any language. `lang:fr` in the query is another thing: it
    /// finds articles in French alone.
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<Language>,

    /// Say of each passage why it stands where it stands
    ///
    /// That is the share of its score that each word has, words near each other, words spelt alike, and its article
    /// with title and length. In JSON it is `why`.
    #[arg(long)]
    explain: bool,

    /// Print how the query is read, and end
    ///
    /// That is the query with every bracket that it implies and, where there is an index, what is looked for in
    /// each of its languages, what says nothing and is left out, and the words that patterns stand for.
    #[arg(long, conflicts_with = "queries")]
    explain_query: bool,

    /// Make an error of what is wrong with a query rather than guess what it means
    #[arg(long)]
    strict: bool,

    #[command(flatten)]
    sought: sought::Options,
}

/// How often the same may come up.
#[derive(Args, Debug)]
struct Repetition {
    /// Most passages of one article; without it, those beyond the second count less and less
    ///
    /// The third passage of an article counts 0.9 of its score, the fourth 0.81, and so on: so that others have
    /// their say, and an article that holds most of the answer isn't cut off for much weaker ones.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    per_article: Option<u32>,

    /// Show all articles of nearly the same text, and not the best of them alone
    ///
    /// Where else a text is to be found is told in any case. `--format trec` lists all articles.
    #[arg(long)]
    all_copies: bool,
}

/// Values that are counted of each kind: enough to choose from.
const MAX_FACET_VALUES: usize = 20;

/// A query to answer.
struct Asked {
    /// Its id in a file of queries.
    id: Option<String>,
    text: String,
    /// Why its line in the file can't be read.
    fault: Option<String>,
}

impl Asked {
    /// Says of which query it is, where there are several.
    fn named(&self) -> String {
        self.id.as_ref().map(|id| format!("query {}: ", output::printable(id))).unwrap_or_default()
    }

    /// Its id, or else its text.
    fn name(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.text)
    }

    fn note(&self, note: &str, streams: &mut Streams) {
        streams.note(&format!("note: {}{note}", self.named()));
    }
}

/// Runs the command.
pub fn run(arguments: &Arguments, global: &Global, streams: &mut Streams) -> Result<Exit> {
    if arguments.queries.as_deref() == Some(Path::new("-")) && are_listed(&arguments.from) {
        bail!("`--queries -` and `--from -` can't both be on standard input");
    }
    let asked = asked(arguments)?;
    if asked.is_empty() {
        streams.note("note: no query in the file, so there is nothing to answer");
    }
    let synonyms = arguments.sought.synonyms()?;
    // Before anything is read, so that a slip of the pen costs nothing.
    if let [only] = asked.as_slice() {
        match understand(only, arguments.strict) {
            Ok(parsed) if arguments.explain_query => {
                return explain(only, parsed, arguments, global, streams);
            }
            Ok(_) => {}
            Err(error) => {
                tell_script(only, &error, arguments, streams)?;
                return Err(error);
            }
        }
    }
    if !arguments.from.is_empty() && update(arguments, global, streams)? == Exit::Interrupted {
        return Ok(Exit::Interrupted);
    }
    let searcher = Index::open(&global.index).and_then(|index| index.searcher()).map_err(Error::from)?;
    // The process ends with the answer: unmapping file by file what the system takes back at once costs a tenth of it.
    let searcher = ManuallyDrop::new(searcher.with_queries_in(arguments.lang));
    let style = Style { snippet_columns: arguments.snippet_chars as usize, ..streams.style() };
    let (mut found, mut faulty) = (false, false);
    for one in &asked {
        match answer(one, arguments, &synonyms, &searcher, streams, &style) {
            Ok(any) => found |= any,
            Err(error) if asked.len() > 1 && is_of_the_query(&error) => {
                faulty = true;
                streams.note(&format!("error: {error:#}"));
                tell_script(one, &error, arguments, streams)?;
            }
            Err(error) => {
                if is_of_the_query(&error) {
                    tell_script(one, &error, arguments, streams)?;
                }
                return Err(error);
            }
        }
    }
    Ok(match (faulty, found) {
        (true, _) => Exit::Error,
        (false, true) => Exit::Success,
        (false, false) => Exit::Nothing,
    })
}

/// Whether a query was at fault, so that others may be answered.
fn is_of_the_query(error: &anyhow::Error) -> bool {
    is_too_costly(error) || error.downcast_ref::<Rejected>().is_some()
}

/// Gives a script that takes an object a query its object for one that was rejected with `error`.
fn tell_script(
    asked: &Asked,
    error: &anyhow::Error,
    arguments: &Arguments,
    streams: &mut Streams,
) -> Result<()> {
    if arguments.format != QueryFormat::Json {
        return Ok(());
    }
    let reason = match error.downcast_ref::<Rejected>() {
        Some(Rejected { reason, .. }) => reason.clone(),
        None => error.to_string(),
    };
    Ok(output::write_rejected(streams.out(), asked.name(), &reason)?)
}

fn explain(
    asked: &Asked,
    parsed: Parsed,
    arguments: &Arguments,
    global: &Global,
    streams: &mut Streams,
) -> Result<Exit> {
    tell(asked, &parsed.notes, streams);
    let mut warnings: Vec<String> = parsed.notes.iter().map(|note| note.message.clone()).collect();
    let Some(query) = parsed.query else {
        let reading = Reading { query: asked.name(), understood: None, also: &[], explained: None, warnings };
        output::write_reading(streams.out(), &reading, arguments.format)?;
        return Ok(Exit::Nothing);
    };
    match Index::open(&global.index).and_then(|index| index.searcher()) {
        Ok(searcher) => {
            let searcher = searcher.with_queries_in(arguments.lang);
            let synonyms = arguments.sought.synonyms()?;
            let rules = Changes { strict: arguments.strict, options: &arguments.sought, synonyms: &synonyms };
            let Sought { query, notes, also } = sought(query, &rules, &searcher)?;
            for note in &notes {
                streams.note(&format!("note: {note}"));
            }
            warnings.extend(notes);
            let explained = explained(&searcher, &query).map_err(Error::from)?;
            let (understood, explained) = (Some(query.to_string()), Some(&explained));
            let reading = Reading { query: asked.name(), understood, also: &also, explained, warnings };
            output::write_reading(streams.out(), &reading, arguments.format)?;
        }
        Err(IndexError::Missing { .. }) => {
            let understood = Some(query.to_string());
            let reading = Reading { query: asked.name(), understood, also: &[], explained: None, warnings };
            output::write_reading(streams.out(), &reading, arguments.format)?;
        }
        Err(error) => return Err(Error::from(error).into()),
    }
    Ok(Exit::Success)
}

/// Tells of patterns that stand for more words than are looked for.
fn pattern_warnings(searcher: &IndexSearcher, query: &Query) -> Result<Vec<String>> {
    if !query.all_leaves().iter().any(Leaf::is_pattern) {
        return Ok(Vec::new());
    }
    let patterns = searcher.pattern_words(query).map_err(Error::from)?.into_iter();
    let cut = patterns.filter(|pattern| pattern.found > pattern.words.len());
    let warning = |pattern: PatternWords| {
        let left_out = match pattern.too_common {
            0 => String::new(),
            common => format!(", but for {common} that stand at too many places"),
        };
        let (found, words) = (pattern.found, pattern.words.len());
        format!(
            "`{}` stands for {found} words: the {words} in most articles are looked for{left_out}",
            pattern.pattern
        )
    };
    Ok(cut.map(warning).collect())
}

fn update(arguments: &Arguments, global: &Global, streams: &mut Streams) -> Result<Exit> {
    let options = Options { pdf_reader: reader_apart(Limits::default().pdf_seconds), ..Options::default() };
    let progress = Progress::new(ProgressForm::Auto, false, None);
    make_sure_of(&arguments.from)?;
    let (paths, is_listed) = (listed(&arguments.from)?, are_listed(&arguments.from));
    if paths.is_empty() {
        streams.note(NOTHING_LISTED);
        return Ok(Exit::Success);
    }
    let options = Options { is_listed, ..options };
    let stop = ingest::stop_on_interrupt()?;
    let writer = ingest::opened(global, None, &stop)?;
    let report = ingest::bring_up_to_date(writer, &paths, global, options, &progress, &stop)?;
    if report.changed() || report.set_aside > 0 {
        streams.note(&output::one_line_summary(&report));
    }
    Ok(ingest::told_exit_of(&report, streams))
}

/// Answers one query; whether anything was found.
fn answer(
    asked: &Asked,
    arguments: &Arguments,
    synonyms: &Synonyms,
    searcher: &IndexSearcher,
    streams: &mut Streams,
    style: &Style,
) -> Result<bool> {
    let Parsed { query, notes } = understand(asked, arguments.strict)?;
    tell(asked, &notes, streams);
    let changes = Changes { strict: arguments.strict, options: &arguments.sought, synonyms };
    let sought = query.map(|query| sought(query, &changes, searcher)).transpose()?;
    let mut warnings: Vec<String> = Vec::new();
    if let Some(sought) = &sought {
        warnings.extend(sought.notes.iter().cloned());
        warnings.extend(pattern_warnings(searcher, &sought.query)?);
    }
    for warning in &warnings {
        asked.note(warning, streams);
    }
    let warnings: Vec<&str> =
        notes.iter().map(|note| &note.message).chain(&warnings).map(String::as_str).collect();
    let name = asked.name();
    let Some(Sought { query, also, .. }) = sought else {
        let heading = asked.id.as_ref().map(|id| format!("{id}: {}", asked.text));
        let answer = Answer {
            heading,
            query: name,
            understood: None,
            total: Some(0),
            facets: Facets::default(),
            hits: &[],
            also: &[],
            warnings: &warnings,
            diagnosis: None,
        };
        output::write_answer(streams.out(), &answer, arguments.format, style)?;
        return Ok(false);
    };
    let request = Request {
        query: &query,
        limit: arguments.limit as usize,
        offset: arguments.offset as usize,
        per_article: arguments
            .repetition
            .per_article
            .map_or_else(PerArticle::default, |most| PerArticle::AtMost(most as usize)),
        all_copies: arguments.repetition.all_copies,
        explain: arguments.explain,
    };
    if arguments.format == QueryFormat::Trec {
        let hits = articles(searcher, &request)?;
        if hits.is_empty() {
            let total = searcher.count(&query).map_err(Error::from)?;
            diagnosed(asked, searcher, &query, total, streams)?;
        }
        output::write_trec(streams.out(), name, &hits)?;
        return Ok(!hits.is_empty());
    }
    let hits = passages(searcher, &request)?;
    let is_counted = hits.is_empty() || arguments.format != QueryFormat::Jsonl;
    let total = is_counted.then(|| searcher.count(&query)).transpose().map_err(Error::from)?;
    let facets = match arguments.format {
        QueryFormat::Json => searcher.facets(&query, MAX_FACET_VALUES).map_err(Error::from)?,
        QueryFormat::Text | QueryFormat::Jsonl | QueryFormat::Trec => Facets::default(),
    };
    let diagnosis =
        total.map(|total| diagnosed(asked, searcher, &query, total, streams)).transpose()?.flatten();
    let understood = Some(query.to_string());
    let heading = asked.id.as_ref().map(|id| format!("{id}: {}", asked.text));
    let answer = Answer {
        heading,
        query: name,
        understood,
        total,
        facets,
        hits: &hits,
        also: &also,
        warnings: &warnings,
        diagnosis: diagnosis.as_ref(),
    };
    output::write_answer(streams.out(), &answer, arguments.format, style)?;
    Ok(!hits.is_empty())
}

/// Why `query`, which finds `total` articles, finds so little, and tells it.
fn diagnosed(
    asked: &Asked,
    searcher: &IndexSearcher,
    query: &Query,
    total: u64,
    streams: &mut Streams,
) -> Result<Option<Diagnosis>> {
    let diagnosis = Diagnosis::of(searcher, query, total)?;
    for note in diagnosis.iter().flat_map(output::diagnosis_notes) {
        asked.note(&note, streams);
    }
    if let Some(hint) = diagnosis.as_ref().and_then(output::diagnosis_hint) {
        streams.note(hint);
    }
    Ok(diagnosis)
}

/// What `asked` means.
fn understand(asked: &Asked, strict: bool) -> Result<Parsed> {
    if let Some(fault) = &asked.fault {
        return Err(Rejected { message: fault.clone(), reason: fault.clone() }.into());
    }
    let parsed = parse_by(&asked.text, Rules { strict, today: today() });
    Ok(parsed.map_err(|error| Rejected::new(asked, &error))?)
}

/// Tells what is wrong with a query and how it was read.
fn tell(asked: &Asked, notes: &[Note], streams: &mut Streams) {
    for note in notes {
        asked.note(&format!("{}\n{}", note.message, point_at(&asked.text, note.span)), streams);
    }
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
        let message = format!("{of}{error}\n{}{hint}", point_at(&asked.text, error.span));
        Self { message, reason: error.to_string() }
    }
}

fn asked(arguments: &Arguments) -> Result<Vec<Asked>> {
    match (&arguments.queries, &arguments.query) {
        (Some(file), _) => read_queries(file),
        (None, Some(query)) => Ok(vec![Asked { id: None, text: query.clone(), fault: None }]),
        (None, None) => bail!("a query is missing"),
    }
}

fn read_queries(file: &Path) -> Result<Vec<Asked>> {
    let reader: Box<dyn BufRead> = if file == Path::new("-") {
        Box::new(stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(file).with_context(|| file.display().to_string())?))
    };
    let mut asked = Vec::new();
    for (number, line) in (1..).zip(reader.lines()) {
        let line = line.with_context(|| format!("{} line {number}", file.display()))?;
        let line = line.trim_start_matches('\u{feff}');
        if line.trim().is_empty() {
            continue;
        }
        let parts = line.split_once('\t').filter(|(id, _)| !id.trim().is_empty());
        let fault = format!("{} line {number}: no id and tab before the query", file.display());
        asked.push(match parts {
            Some((id, text)) => Asked { id: Some(id.to_owned()), text: text.to_owned(), fault: None },
            None => Asked { id: None, text: line.to_owned(), fault: Some(fault) },
        });
    }
    Ok(asked)
}
