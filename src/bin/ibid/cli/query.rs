//! `ibid query`: ranked passages for one query or for many.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;
use ibid::engine::{Facets, Searcher as _};
use ibid::error::IndexError;
use ibid::index::IndexSearcher;
use ibid::ingest::Options;
use ibid::query::{Query, Synonyms};
use ibid::search::{Diagnosis, Hit, PerArticle, Request, articles, explained, passages};
use ibid::source::Limits;

use super::Global;
use super::asked::{Asked, Understood, is_of_the_query, read_queries, reason_of, tell_if_empty};
use super::exit::Exit;
use super::paths::{NOTHING_LISTED, are_listed, listed, make_sure_of, read_once};
use super::pdf::reader_apart;
use super::progress::{Progress, ProgressForm};
use super::signals::stop_on_interrupt;
use super::sought;
use super::terminal::Streams;
use super::update::{bring_up_to_date, told_exit_of};
use super::writing::{A_YEAR_SECONDS, opened};
use crate::output::{self, Answer, QueryExplained, QueryFormat, Style};

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
    /// What to look for: one argument, so several words go in quotes
    #[arg(required_unless_present = "queries", conflicts_with = "queries", value_name = "QUERY")]
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

    /// If another process writes to the index that `--from` is to bring up to date, wait until it has ended, but at
    /// most so many seconds
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, require_equals = true, default_missing_value = A_YEAR_SECONDS, requires = "from")]
    wait: Option<u64>,

    /// Most characters of a passage to show, as wide as on a terminal
    #[arg(long, value_name = "N", default_value_t = 480, value_parser = clap::value_parser!(u32).range(20..))]
    snippet_chars: u32,

    /// Say of each passage why it stands where it stands
    ///
    /// That is the share of its score that each word has, words near each other, words as the query has them,
    /// words spelt alike, and its article
    /// with title, length and the day that is named. In JSON it is `why`; csv, tsv and trec have no place for it.
    #[arg(long)]
    explain: bool,

    /// Print how the query is read, and end
    ///
    /// That is the query with every bracket that it implies and, where there is an index, what is looked for in
    /// each of its languages, what says nothing and is left out, and the words that patterns stand for.
    #[arg(long, conflicts_with = "queries")]
    explain_query: bool,

    #[command(flatten)]
    sought: sought::Options,
}

/// How often the same may come up.
#[derive(Args, Debug)]
struct Repetition {
    /// Most passages of one article; without it, those beyond the first count less and less
    ///
    /// The second passage of an article counts 0.95 of its score, the third 0.9, and so on: so that others have
    /// their say, and an article that holds most of the answer isn't cut off for much weaker ones.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    per_article: Option<u32>,

    /// Show all articles of nearly the same text, and not the best of them alone
    ///
    /// Where else a text is to be found is told in any case. `--format trec` lists all articles.
    #[arg(long)]
    all_copies: bool,
}

/// Publishers that are listed with their articles: enough to choose from.
const MAX_PUBLISHERS: usize = 20;

/// Runs the command.
pub fn run(arguments: &Arguments, global: &Global, streams: &mut Streams) -> Result<Exit> {
    check_arguments(arguments)?;
    let asked = asked(arguments)?;
    if asked.is_empty() {
        streams.note("note: no query in the file, so there is nothing to answer");
    }
    let synonyms = arguments.sought.synonyms()?;
    // Before anything is read, so that a slip of the pen costs nothing.
    if let [only] = asked.as_slice() {
        match only.parsed(arguments.sought.strict) {
            Ok(_) if arguments.explain_query => {
                return explain(only, arguments, &synonyms, global, streams);
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
    let searcher = global.searcher()?;
    tell_if_empty(&searcher, global, streams);
    // The process ends with the answer: unmapping file by file what the system takes back at once costs a tenth of it.
    let searcher = ManuallyDrop::new(searcher.with_queries_in(arguments.sought.lang));
    answer_all(&asked, arguments, &synonyms, &searcher, streams)
}

/// Makes sure that no two flags read standard input, and that there is a form to print what is asked for in.
fn check_arguments(arguments: &Arguments) -> Result<()> {
    let from = are_listed(&arguments.from).then(|| Path::new("-"));
    read_once(&[
        ("--queries", arguments.queries.as_deref()),
        ("--from", from),
        ("--synonyms", arguments.sought.synonyms.as_deref()),
    ])?;
    if arguments.explain_query && !matches!(arguments.format, QueryFormat::Text | QueryFormat::Json) {
        bail!("`--explain-query` prints text, or an object with `--format json`");
    }
    if arguments.explain
        && matches!(arguments.format, QueryFormat::Csv | QueryFormat::Tsv | QueryFormat::Trec)
    {
        bail!("`--explain` has no column to go in; `--format jsonl` has it as `why`");
    }
    Ok(())
}

/// Answers one query after the other. Of several, one that is at fault costs itself alone.
fn answer_all(
    asked: &[Asked],
    arguments: &Arguments,
    synonyms: &Synonyms,
    searcher: &IndexSearcher,
    streams: &mut Streams,
) -> Result<Exit> {
    let style = Style { snippet_columns: arguments.snippet_chars as usize, ..streams.style() };
    let (mut found, mut faulty) = (false, false);
    let mut title = Some(if let [only] = asked { only.name() } else { "Answers" });
    for one in asked {
        match answer(one, arguments, synonyms, searcher, streams, &style, &mut title) {
            Ok(any) => found |= any,
            Err(error) if is_of_the_query(&error) => {
                tell_script(one, &error, arguments, streams)?;
                if asked.len() == 1 {
                    return Err(error);
                }
                faulty = true;
                streams.note(&format!("error: {}", one.fault(&error)));
            }
            Err(error) => return Err(error),
        }
    }
    if title.is_none() {
        output::write_end(streams.out(), arguments.format)?;
    }
    Ok(match (faulty, found) {
        (true, _) => Exit::Error,
        (false, true) => Exit::Success,
        (false, false) => Exit::Nothing,
    })
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
    Ok(output::write_rejected(streams.out(), asked.name(), &reason_of(error))?)
}

/// Prints how `asked` is read and, where there is an index, what it looks for in it.
fn explain(
    asked: &Asked,
    arguments: &Arguments,
    synonyms: &Synonyms,
    global: &Global,
    streams: &mut Streams,
) -> Result<Exit> {
    let mut understood = asked.read(arguments.sought.strict, streams)?;
    let mut told = None;
    if understood.query.is_some()
        && let Some(searcher) = searcher_if_any(global)?
    {
        let searcher = searcher.with_queries_in(arguments.sought.lang);
        understood = asked.looked_for(understood, &arguments.sought, synonyms, &searcher, streams)?;
        told = understood.query.as_ref().map(|query| explained(&searcher, query)).transpose()?;
    }
    let Understood { query, also, warnings } = understood;
    let understood = query.map(|query| query.to_string());
    let exit = if understood.is_some() { Exit::Success } else { Exit::Nothing };
    let explained =
        QueryExplained { query: asked.name(), understood, also: &also, explained: told.as_ref(), warnings };
    output::write_query_explained(streams.out(), &explained, arguments.format)?;
    Ok(exit)
}

/// The index as of its last commit; none if there is no index yet.
fn searcher_if_any(global: &Global) -> Result<Option<IndexSearcher>, IndexError> {
    match global.searcher() {
        Err(IndexError::Missing { .. }) => Ok(None),
        opened => opened.map(Some),
    }
}

fn update(arguments: &Arguments, global: &Global, streams: &mut Streams) -> Result<Exit> {
    let progress = Progress::new(ProgressForm::Auto, false, None);
    make_sure_of(&arguments.from)?;
    let (paths, is_listed) = (listed(&arguments.from)?, are_listed(&arguments.from));
    if paths.is_empty() {
        streams.note(NOTHING_LISTED);
        return Ok(Exit::Success);
    }
    let pdf_reader = reader_apart(Limits::default().pdf_seconds);
    let options = Options { is_listed, pdf_reader, ..Options::default() };
    let stop = stop_on_interrupt()?;
    let writer = opened(global, arguments.wait, &stop)?;
    let report = bring_up_to_date(writer, &paths, global, options, &progress, &stop)?;
    if report.changed() || report.set_aside > 0 {
        streams.note(&output::one_line_summary(&report));
    }
    Ok(told_exit_of(&report, streams))
}

/// What is found for a query.
#[derive(Default)]
struct Found {
    hits: Vec<Hit>,
    /// How many articles match, where that is asked for.
    total: Option<u64>,
    facets: Facets,
    diagnosis: Option<Diagnosis>,
}

/// Answers one query, below the beginning with `title` if that isn't written yet; whether anything was found.
fn answer(
    asked: &Asked,
    arguments: &Arguments,
    synonyms: &Synonyms,
    searcher: &IndexSearcher,
    streams: &mut Streams,
    style: &Style,
    title: &mut Option<&str>,
) -> Result<bool> {
    let Understood { query, also, warnings } =
        asked.understood(&arguments.sought, synonyms, searcher, streams)?;
    let found = match &query {
        Some(query) if arguments.format == QueryFormat::Trec => {
            return answer_with_articles(asked, query, arguments, searcher, streams);
        }
        Some(query) => found(asked, query, arguments, searcher, streams)?,
        None => Found { total: Some(0), ..Found::default() },
    };
    let warnings: Vec<&str> = warnings.iter().map(String::as_str).collect();
    let answer = Answer {
        heading: asked.id.as_ref().map(|id| format!("{id}: {}", asked.text)),
        query: asked.name(),
        understood: query.map(|query| query.to_string()),
        total: found.total,
        facets: found.facets,
        hits: &found.hits,
        also: &also,
        warnings: &warnings,
        diagnosis: found.diagnosis.as_ref(),
    };
    if let Some(title) = title.take() {
        output::write_beginning(streams.out(), title, arguments.format)?;
    }
    output::write_answer(streams.out(), &answer, arguments.format, style)?;
    // Whichever part of the answer is asked for, be it none or one behind its end, the status tells whether there is any.
    Ok(!found.hits.is_empty() || found.total.is_some_and(|total| total > 0))
}

/// The passages for `query`, which is what `asked` looks for, and what is shown beside them.
fn found(
    asked: &Asked,
    query: &Query,
    arguments: &Arguments,
    searcher: &IndexSearcher,
    streams: &mut Streams,
) -> Result<Found> {
    let hits = passages(searcher, &request(query, arguments))?;
    let has_count = !matches!(arguments.format, QueryFormat::Jsonl | QueryFormat::Csv | QueryFormat::Tsv);
    let is_counted = hits.is_empty() || has_count;
    let total = is_counted.then(|| searcher.count(query)).transpose()?;
    let facets = match arguments.format {
        QueryFormat::Json => searcher.facets(query, MAX_PUBLISHERS)?,
        _ => Facets::default(),
    };
    let diagnosis =
        total.map(|total| asked.diagnosed(searcher, query, total, streams)).transpose()?.flatten();
    Ok(Found { hits, total, facets, diagnosis })
}

/// Answers with the articles for `query`, which is what `asked` looks for; whether there are any.
fn answer_with_articles(
    asked: &Asked,
    query: &Query,
    arguments: &Arguments,
    searcher: &IndexSearcher,
    streams: &mut Streams,
) -> Result<bool> {
    let hits = articles(searcher, &request(query, arguments))?;
    let total = if hits.is_empty() { searcher.count(query)? } else { hits.len() as u64 };
    if hits.is_empty() {
        asked.diagnosed(searcher, query, total, streams)?;
    }
    output::write_trec(streams.out(), asked.name(), &hits)?;
    Ok(total > 0)
}

/// How much of what `query` finds is asked for.
fn request<'q>(query: &'q Query, arguments: &Arguments) -> Request<'q> {
    let at_most = |most: u32| PerArticle::AtMost(most as usize);
    Request {
        query,
        limit: arguments.limit as usize,
        offset: arguments.offset as usize,
        per_article: arguments.repetition.per_article.map_or_else(PerArticle::default, at_most),
        all_copies: arguments.repetition.all_copies,
        explain: arguments.explain,
    }
}

/// The queries to answer.
fn asked(arguments: &Arguments) -> Result<Vec<Asked>> {
    match (&arguments.queries, &arguments.query) {
        (Some(file), _) => read_queries(file),
        (None, Some(query)) => Ok(vec![Asked::alone(query)]),
        (None, None) => bail!("a query is missing"),
    }
}
