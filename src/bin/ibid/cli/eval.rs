//! `ibid eval`: how well the index, or a run, ranks articles.

use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use ibid::error::EvalError;
use ibid::eval::{
    Judgements, Run, Topic, Unnamed, answer, check_queries, evaluate, judged_but_not_asked, parse_topics,
    relevant_but_unnamed,
};
use ibid::index::IndexSearcher;
use ibid::query::{Synonyms, echoed};
use ibid::search::ArticleHit;

use super::Global;
use super::asked::{Asked, is_of_the_query, reason_of};
use super::exit::Exit;
use super::paths::{make_sure_of_no_input, name_of, read_once, text_of};
use super::sought::{self, sought};
use super::terminal::Streams;
use crate::output::{self, Evaluated, SummaryFormat};

/// Measure how well articles are ranked, by queries with judgements
///
/// Answers the queries from the index as `ibid query` does, or reads a run that any search engine made, and prints
/// nDCG@10, recall@100, MAP and MRR@10, as means over the queries that have a relevant article. With `--baseline`
/// it says for each measure how likely the difference is by chance alone (paired randomisation test).
///
/// Files are in TREC's formats; one of those to read may be `-`, standard input. Articles are named by the `id` of
/// their JSON Lines record, or by ibid's own.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Queries: `name TAB query` a line, or TREC topics
    #[arg(long, value_name = "FILE", required_unless_present = "run")]
    queries: Option<PathBuf>,

    /// Judgements: `query 0 article grade` a line
    #[arg(long, value_name = "FILE")]
    qrels: PathBuf,

    /// Measure this run, `query Q0 article rank score tag` a line, and not the index
    #[arg(long, value_name = "FILE", conflicts_with_all = ["queries", "save", "lang", "strict", "fuzzy", "no_expand", "synonyms"])]
    run: Option<PathBuf>,

    /// Compare with this run
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Keep what the index answers as a run in this file
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,

    /// How many articles to ask for; recall and MRR look no further, and their names say how far
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,

    /// Print the measures of every query too
    #[arg(long)]
    per_query: bool,

    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: SummaryFormat,

    #[command(flatten)]
    sought: sought::Options,
}

/// How many names of a list a note gives.
const NAMES_TOLD: usize = 5;

/// The articles for a topic, best first.
type Answered<'t> = (&'t Topic, Vec<ArticleHit>);

/// Runs the command.
pub fn run(arguments: &Arguments, global: &Global, streams: &mut Streams) -> Result<Exit> {
    if let Some(file) = &arguments.save {
        let read = [&arguments.queries, &arguments.baseline].into_iter().flatten().chain([&arguments.qrels]);
        make_sure_of_no_input("--save", file, read.map(PathBuf::as_path))?;
    }
    read_once(&[
        ("--queries", arguments.queries.as_deref()),
        ("--qrels", Some(&arguments.qrels)),
        ("--run", arguments.run.as_deref()),
        ("--baseline", arguments.baseline.as_deref()),
        ("--synonyms", arguments.sought.synonyms.as_deref()),
    ])?;
    let judgements = read(&arguments.qrels, Judgements::parse)?;
    let depth = if arguments.run.is_some() { usize::MAX } else { arguments.limit as usize };
    let mut of_run = |file: &Path| evaluated(file, &judgements, depth, streams);
    let baseline = arguments.baseline.as_deref().map(&mut of_run).transpose()?;
    let (measured, exit) = match (&arguments.run, &arguments.queries) {
        (Some(file), _) => (of_run(file)?, Exit::Success),
        (None, Some(file)) => from_index(file, arguments, global, &judgements, streams)?,
        (None, None) => anyhow::bail!("queries are missing"),
    };
    let runs: Vec<Evaluated> = [Some(measured), baseline].into_iter().flatten().collect();
    output::write_evaluation(streams.out(), &runs, arguments.per_query, arguments.format)?;
    Ok(exit)
}

/// The file at `path`, as `parse` reads it.
fn read<T>(path: &Path, parse: impl FnOnce(&str) -> Result<T, EvalError>) -> Result<T> {
    let text = text_of(path)?;
    parse(&text).with_context(|| name_of(path))
}

/// The measures of the run at `path`, as far down as `depth`.
fn evaluated(path: &Path, judgements: &Judgements, depth: usize, streams: &mut Streams) -> Result<Evaluated> {
    let run = read(path, Run::parse)?;
    let name = name_of(path);
    run.check_names(judgements).with_context(|| name.clone())?;
    tell_unanswered(&judged_but_not_asked(run.queries(), judgements), judgements, path, streams);
    Ok(Evaluated { name, evaluation: evaluate(&run, judgements, depth)? })
}

fn from_index(
    queries: &Path,
    arguments: &Arguments,
    global: &Global,
    judgements: &Judgements,
    streams: &mut Streams,
) -> Result<(Evaluated, Exit)> {
    let topics = read(queries, parse_topics)?;
    let synonyms = arguments.sought.synonyms()?;
    let searcher = global.searcher()?;
    let searcher = searcher.with_queries_in(arguments.sought.lang);
    tell_missing(&searcher, judgements, streams)?;
    let names = || topics.iter().map(|topic| topic.name.as_str());
    check_queries(names(), judgements)?;
    tell_unanswered(&judged_but_not_asked(names(), judgements), judgements, queries, streams);
    let mut exit = Exit::Success;
    let mut all: Vec<Answered<'_>> = Vec::new();
    for topic in &topics {
        match answered(topic, arguments, &synonyms, &searcher) {
            Ok(hits) => all.push((topic, hits)),
            Err(error) if is_of_the_query(&error) => {
                exit = Exit::Error;
                let reason = reason_of(&error);
                streams.note(&format!("error: query {}: {reason}", echoed(&topic.name)));
            }
            Err(error) => return Err(error),
        }
    }
    if let Some(file) = &arguments.save {
        save(file, &all).with_context(|| file.display().to_string())?;
    }
    let mut run = Run::default();
    for (topic, hits) in &all {
        run.add_answers(&topic.name, hits);
    }
    let evaluation = evaluate(&run, judgements, arguments.limit as usize)?;
    Ok((Evaluated { name: global.index.display().to_string(), evaluation }, exit))
}

/// What `ibid query` answers to `topic`.
fn answered(
    topic: &Topic,
    arguments: &Arguments,
    synonyms: &Synonyms,
    searcher: &IndexSearcher,
) -> Result<Vec<ArticleHit>> {
    let asked = Asked::with_id(&topic.name, &topic.query);
    let Some(query) = asked.parsed(arguments.sought.strict)?.query else { return Ok(Vec::new()) };
    let sought = sought(query, &arguments.sought, synonyms, searcher)?;
    Ok(answer(searcher, &sought.query, arguments.limit as usize)?)
}

/// Articles that aren't there can't be found, nor can those be named that share a name: no fault of the ranking.
fn tell_missing(searcher: &IndexSearcher, judgements: &Judgements, streams: &mut Streams) -> Result<()> {
    let Unnamed { missing, ambiguous } = relevant_but_unnamed(searcher, judgements)?;
    let all = judgements.relevant().len();
    if missing > 0 {
        streams.note(&format!("note: {missing} of the {all} articles judged relevant aren't in the index"));
    }
    if ambiguous > 0 {
        streams.note(&format!(
            "note: {ambiguous} of the {all} articles judged relevant are ids of several articles each, which count by \
             ibid's own ids alone"
        ));
    }
    Ok(())
}

/// Judged queries that the file at `path` doesn't have count as zeros, which nobody sees in a mean.
fn tell_unanswered(lacking: &[&str], judgements: &Judgements, path: &Path, streams: &mut Streams) {
    if lacking.is_empty() {
        return;
    }
    let names: Vec<_> = lacking.iter().take(NAMES_TOLD).map(|name| echoed(name)).collect();
    streams.note(&format!(
        "note: {} of the {} queries with something judged relevant aren't in {} and count as zeros: {}{}",
        lacking.len(),
        judgements.queries_with_relevant().count(),
        name_of(path),
        names.join(", "),
        if lacking.len() > NAMES_TOLD { ", …" } else { "" }
    ));
}

fn save(file: &Path, answered: &[Answered<'_>]) -> Result<()> {
    let mut out = BufWriter::new(fs::File::create(file)?);
    for (topic, hits) in answered {
        output::write_trec(&mut out, &topic.name, hits)?;
    }
    Ok(out.flush()?)
}
