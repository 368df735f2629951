//! The terminal, or what stands in for it: streams, colour, width, clock, working folder.

use std::io::{self, BufWriter, IsTerminal, Stderr, Stdout, Write};
use std::time::SystemTime;

use anstream::{AutoStream, ColorChoice};
use anyhow::Result;
use ibid::error::IndexError;
use ibid::model::Date;

use super::When;
use super::failure::{is_of_an_unknown_id, of_index};
use crate::output::{Style, printable};

/// Columns of text for people where there is no terminal to ask.
const DEFAULT_COLUMNS: usize = 80;

/// Widest text for people: longer lines are hard to read.
const MAX_COLUMNS: usize = 100;

/// Where results and messages go.
pub struct Streams {
    out: BufWriter<Results<AutoStream<Stdout>>>,
    err: AutoStream<Stderr>,
    colored: bool,
}

impl Streams {
    /// The process's streams, coloured as `when` says.
    pub fn new(when: When) -> Self {
        let (out, err) = (io::stdout(), io::stderr());
        let (of_out, of_err) = (choice(when, &out), choice(when, &err));
        let out = AutoStream::new(out, of_out);
        let colored = out.current_choice() != ColorChoice::Never;
        Self { out: BufWriter::new(Results(out)), err: AutoStream::new(err, of_err), colored }
    }

    /// Where results go.
    pub fn out(&mut self) -> &mut impl Write {
        &mut self.out
    }

    /// How text for people looks here.
    pub fn style(&self) -> Style {
        let columns = match terminal_size::terminal_size_of(io::stdout()) {
            Some((width, _)) if io::stdout().is_terminal() => usize::from(width.0),
            _ => DEFAULT_COLUMNS,
        };
        Style {
            colored: self.colored,
            columns: columns.clamp(20, MAX_COLUMNS),
            snippet_columns: usize::MAX,
            folder: std::env::current_dir().ok(),
        }
    }

    /// Tells something that isn't a result, in which paths and queries may be quoted as they were typed. A
    /// message that nobody reads is no failure.
    pub fn note(&mut self, message: &str) {
        for line in message.lines() {
            let _ = writeln!(self.err, "{}", printable(line));
        }
    }

    /// Says what went wrong, and what to do where that is known.
    pub fn error(&mut self, error: &anyhow::Error) {
        self.note(&format!("error: {}", told(error)));
        if let Some(hint) = hint(error) {
            self.note(&format!("hint: {hint}"));
        }
    }

    /// Makes sure that all results are out.
    ///
    /// # Errors
    ///
    /// If they can't be written.
    pub fn flush(&mut self) -> Result<()> {
        Ok(self.out.flush()?)
    }
}

/// Whether `stream` is coloured, as `when` says.
fn choice(when: When, stream: &impl IsTerminal) -> ColorChoice {
    match when {
        // What `Auto` is takes any value of the variable for a yes.
        When::Auto if is_unforced() && !stream.is_terminal() => ColorChoice::Never,
        When::Auto => ColorChoice::Auto,
        When::Always => ColorChoice::Always,
        When::Never => ColorChoice::Never,
    }
}

/// How help and what is wrong with the command line are coloured, before `--color` is read.
pub fn choice_of_usage() -> clap::ColorChoice {
    let plain = is_unforced() && !(io::stdout().is_terminal() && io::stderr().is_terminal());
    if plain { clap::ColorChoice::Never } else { clap::ColorChoice::Auto }
}

/// Whether `CLICOLOR_FORCE` says that colour isn't forced, which it does by 0.
fn is_unforced() -> bool {
    std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| value == "0")
}

/// Standard output, whose failures are told as its own: which of several places is full can't be told from
/// `no space left`.
pub struct Results<W>(pub W);

impl<W: Write> Write for Results<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(of_standard_output)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(of_standard_output)
    }
}

/// `error` as one of standard output.
pub fn of_standard_output(error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("standard output: {error}"))
}

/// An error and its causes, without those that it quotes itself.
fn told(error: &anyhow::Error) -> String {
    let mut message = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if message.is_empty() {
            message = cause;
        } else if !message.contains(&cause) {
            message = format!("{message}: {cause}");
        }
    }
    message
}

/// What to do about `error`, where that is known.
fn hint(error: &anyhow::Error) -> Option<String> {
    if is_of_an_unknown_id(error) {
        return Some("ids stand under each answer of `ibid query`".to_owned());
    }
    match of_index(error)? {
        IndexError::Missing { .. } => {
            Some("`ibid ingest PATH` makes one; `--index DIR` names another place".to_owned())
        }
        IndexError::NotAnIndex { .. } => {
            Some("`--index DIR` names the folder of an index, or one that isn't there yet".to_owned())
        }
        IndexError::NotABackup { .. } | IndexError::BackupDamaged { .. } => {
            Some("name a folder that is empty or isn't there yet".to_owned())
        }
        IndexError::BackupOfAnother { path, .. } => Some(format!(
            "name another folder, or remove {} if what it holds isn't needed any more",
            path.display()
        )),
        IndexError::Version { path, written_by, .. } => Some(format!(
            "go on with ibid {written_by}; or remove {} and ingest again, and where originals are gone let `ibid export` \
             of ibid {written_by} save what it holds first",
            path.display()
        )),
        IndexError::BackupInside { .. } => Some("name a folder elsewhere".to_owned()),
        IndexError::Locked { .. } => {
            Some("wait until it has ended: with `--wait` ingest, compact and query --from do so".to_owned())
        }
        IndexError::Damaged { path, .. } => Some(format!(
            "`ibid check --repair` saves what can be read of it, or remove {} and ingest again; the originals are \
             untouched",
            path.display()
        )),
        IndexError::BeyondRepair { path, .. } => Some(format!(
            "restore a backup of it, or remove {} and ingest again; the originals are untouched",
            path.display()
        )),
        IndexError::Immovable { path, .. } => Some(format!(
            "copy {} to a folder that may be renamed, and repair the copy, which `--index DIR` names",
            path.display()
        )),
        IndexError::NotReplaced { .. } => {
            Some("move it out of the damaged one, and name it with `--index DIR`: it is whole".to_owned())
        }
        IndexError::NoRoom { .. } => {
            Some("make room on it, and run again: the last commit stands".to_owned())
        }
        IndexError::Engine { .. } => {
            Some("is there room on the disk, and may it be written? The last commit stands".to_owned())
        }
        _ => None,
    }
}

/// What time it is, to the second.
pub fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// How wide messages may be.
pub fn columns_of_messages() -> usize {
    let size = terminal_size::terminal_size_of(io::stderr()).filter(|_| io::stderr().is_terminal());
    size.map_or(DEFAULT_COLUMNS, |(width, _)| usize::from(width.0))
}

/// The day that it is where the user is; by UTC where the system doesn't say in which time zone that is.
pub fn today() -> Option<Date> {
    let now = jiff::Zoned::try_from(SystemTime::now()).ok()?;
    Some(Date::from_civil(now.date()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::anyhow;

    #[test]
    fn a_cause_is_told_once() {
        assert_eq!(
            told(&anyhow!("full").context("writing").context("the index")),
            "the index: writing: full"
        );
        assert_eq!(told(&anyhow!("full").context("writing failed: full")), "writing failed: full");
    }
}
