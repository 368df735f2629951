//! `ibid extract`: prints articles as ibid understands them, without an index.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use ibid::extract::{Options, Verdict, explain_in_time, extract_in_time};
use ibid::ingest::in_page_time;
use ibid::model::{Article, Locator, RawDocument};
use ibid::source::{Content, FoundFile, Limits, Member, PdfReader, Refusal, open, walk_listed};

use super::exit::Exit;
use super::limits::LimitArguments;
use super::paths::{NOTHING_LISTED, listed, make_sure_of};
use super::terminal::{Streams, today};
use crate::output::{self, ExtractFormat, Style, brief, printable};

/// Print the articles of files and folders as ibid understands them
///
/// Touches no index. Shows what of a page is taken for the article, and its title, authors and dates
/// with where each was found.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Files, folders and archives to read; `-` for a list of them on standard input, a line each
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Show for each block of a page whether it was kept, and why not
    #[arg(long, conflicts_with = "format")]
    explain: bool,

    #[command(flatten)]
    limits: LimitArguments,

    /// How to print the articles
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: ExtractFormat,
}

/// Runs the command.
pub fn run(arguments: &Arguments, streams: &mut Streams) -> Result<Exit> {
    let mut run = Run {
        style: streams.style(),
        streams,
        format: arguments.format,
        explain: arguments.explain,
        options: Options { today: today() },
        limits: arguments.limits.limits(),
        pdf_reader: arguments.limits.pdf_reader(),
        articles: 0,
        set_aside: 0,
        last_skipped: None,
    };
    make_sure_of(&arguments.paths)?;
    let paths = listed(&arguments.paths)?;
    if paths.is_empty() {
        run.streams.note(NOTHING_LISTED);
        return Ok(Exit::Success);
    }
    for path in &paths {
        for found in walk_listed(path, &[]) {
            match found {
                Ok(file) => run.file(&file)?,
                Err((locator, refusal)) => run.refused(&locator, &refusal),
            }
        }
    }
    if let (0, 0, Some(skipped)) = (run.set_aside, run.articles, &run.last_skipped) {
        run.streams.note(&format!("note: no article; skipped {skipped}"));
    }
    Ok(match (run.set_aside, run.articles) {
        (1.., _) => Exit::SetAside,
        (0, 0) => Exit::Nothing,
        (0, 1..) => Exit::Success,
    })
}

struct Run<'a> {
    streams: &'a mut Streams,
    style: Style,
    format: ExtractFormat,
    explain: bool,
    options: Options,
    limits: Limits,
    pdf_reader: PdfReader,
    articles: u64,
    set_aside: u64,
    /// What was passed over last, and why: told where there was nothing else.
    last_skipped: Option<String>,
}

impl Run<'_> {
    fn file(&mut self, file: &FoundFile) -> Result<()> {
        match open(file, &self.limits) {
            Err(refusal) => self.refused(&file.locator, &refusal),
            Ok(Content::Document(packed)) => self.member(packed.at(file.locator.clone()))?,
            Ok(Content::Container(members)) => {
                for member in members {
                    self.member(member)?;
                }
            }
        }
        Ok(())
    }

    fn member(&mut self, member: Member) -> Result<()> {
        match member.into_raw_document(&self.limits, &self.pdf_reader) {
            Ok(raw) => self.document(&raw),
            Err((locator, refusal)) => {
                self.refused(&locator, &refusal);
                Ok(())
            }
        }
    }

    fn document(&mut self, raw: &RawDocument) -> Result<()> {
        if self.explain {
            return self.explained(raw);
        }
        match in_page_time(&self.limits, &raw.locator, |is_over| extract_in_time(raw, &self.options, is_over))
        {
            Ok(extraction) => {
                for warning in &extraction.warnings {
                    self.streams.note(&format!("warning: {}: {warning}", printable(raw.locator.as_str())));
                }
                self.write(&extraction.article)
            }
            Err(refusal) => {
                self.refused(&raw.locator, &refusal);
                Ok(())
            }
        }
    }

    fn explained(&mut self, raw: &RawDocument) -> Result<()> {
        match in_page_time(&self.limits, &raw.locator, |is_over| explain_in_time(raw, &self.options, is_over))
        {
            Ok(blocks) => {
                self.articles += u64::from(blocks.iter().any(|block| block.verdict == Verdict::Kept));
                output::write_explained(self.streams.out(), raw.locator.as_str(), &blocks, &self.style)?;
            }
            Err(refusal) => self.refused(&raw.locator, &refusal),
        }
        Ok(())
    }

    fn write(&mut self, article: &Article) -> Result<()> {
        self.articles += 1;
        output::write_article(self.streams.out(), article, self.format, &self.style)?;
        Ok(())
    }

    fn refused(&mut self, locator: &Locator, refusal: &Refusal) {
        let told = format!("{}: {}", brief(locator.as_str()), brief(refusal.reason()));
        match refusal {
            Refusal::Skip(_) | Refusal::Unknown(_) | Refusal::Revisit => self.last_skipped = Some(told),
            Refusal::SetAside(_) | Refusal::Unreadable(_) => {
                self.set_aside += 1;
                self.streams.note(&format!("set aside: {told}"));
            }
        }
    }
}
