//! Shows how far an ingest is, and says which inputs were set aside.
//!
//! For people it is one line, on a terminal only; for scripts a JSON object a second on standard error.

use std::io::{IsTerminal, Write as _};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::ValueEnum;
use ibid::engine::InputRecord;
use ibid::ingest::{Observer, Outcome};
use ibid::source::walk;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use parking_lot::Mutex;

use super::account::Account;
use super::set_aside::SetAsideTold;
use crate::output::{self, Pace, brief};

/// Redraws a second: smooth to the eye, cheap on the wire.
const REDRAWS_A_SECOND: u8 = 10;

/// How often a script hears.
const INTERVAL: Duration = Duration::from_secs(1);

/// How progress is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ProgressForm {
    /// One line that is kept up to date, on a terminal only
    #[default]
    Auto,
    /// A JSON object a second on standard error
    Json,
    /// Not at all
    None,
}

/// What is told while a run is under way.
pub struct Progress {
    bar: ProgressBar,
    form: ProgressForm,
    counts: Counts,
    begun: Instant,
    told: Mutex<Instant>,
    quiet: bool,
    set_aside: Mutex<SetAsideTold>,
    account: Option<Account>,
}

/// What was counted so far.
#[derive(Default)]
struct Counts {
    inputs: AtomicU64,
    articles: AtomicU64,
    set_aside: AtomicU64,
    /// Bytes of inputs, decompressed.
    bytes: AtomicU64,
    /// Bytes of files that were read, as they lie there.
    file_bytes: AtomicU64,
    /// Bytes of all files, as far as that was looked at.
    all_file_bytes: AtomicU64,
    /// Articles that were looked through for what recurs.
    looked_through: AtomicU64,
    /// Articles to look through, 0 before it begins.
    to_look_through: AtomicU64,
}

impl Progress {
    /// Progress told as `form` says; if it is to be `quiet`, to scripts alone. Every input goes into `account`.
    pub fn new(form: ProgressForm, quiet: bool, account: Option<Account>) -> Self {
        let form = if quiet && form == ProgressForm::Auto { ProgressForm::None } else { form };
        let target = if form == ProgressForm::Auto && std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr_with_hz(REDRAWS_A_SECOND)
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        // A wide message is cut where a terminal has become narrower since.
        let style = ProgressStyle::with_template("{spinner} {wide_msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        if !bar.is_hidden() {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        let now = Instant::now();
        Self {
            bar,
            form,
            counts: Counts::default(),
            begun: now,
            told: Mutex::new(now),
            quiet,
            set_aside: Mutex::default(),
            account,
        }
    }

    /// Looks at how much there is to read, so that the time left can be told.
    pub fn look_ahead(&self, paths: &[PathBuf], left_out: &[PathBuf]) {
        if self.bar.is_hidden() && self.form != ProgressForm::Json {
            return;
        }
        let files = paths.iter().filter_map(|path| walk(path, left_out).ok()).flatten().flatten();
        let bytes = files.map(|file| file.stamp.bytes).sum();
        self.counts.all_file_bytes.store(bytes, Ordering::Relaxed);
    }

    /// Takes the line away, and says what more was set aside than was told.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
        for line in self.set_aside.lock().untold() {
            self.say(&line);
        }
    }

    /// Takes the line away, tells a script the last time, and makes sure that the account is written.
    ///
    /// # Errors
    ///
    /// If it can't be.
    pub fn end(self) -> Result<()> {
        self.finish();
        if self.form == ProgressForm::Json {
            tell_script(&self.pace(true).json());
        }
        self.account.map_or(Ok(()), Account::end)
    }

    fn say(&self, line: &str) {
        self.bar.suspend(|| anstream::eprintln!("{line}"));
    }

    fn set_aside(&self, record: &InputRecord, reason: &str) {
        if self.form == ProgressForm::Json {
            tell_script(&output::set_aside_object(record, reason));
            return;
        }
        let reason = brief(reason);
        let is_told = || self.set_aside.lock().is_told(&reason);
        if !self.quiet && is_told() {
            self.say(&format!("set aside: {}: {reason}", brief(record.locator.as_str())));
        }
    }

    fn pace(&self, ended: bool) -> Pace {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Pace {
            inputs: count(&self.counts.inputs),
            articles: count(&self.counts.articles),
            set_aside: count(&self.counts.set_aside),
            bytes: count(&self.counts.bytes),
            file_bytes: count(&self.counts.file_bytes),
            all_file_bytes: count(&self.counts.all_file_bytes),
            looked_through: count(&self.counts.looked_through),
            to_look_through: count(&self.counts.to_look_through),
            seconds: self.begun.elapsed().as_secs_f64(),
            ended,
        }
    }

    /// Tells how far the run is, a script only if it wasn't told a moment ago.
    fn tell(&self) {
        self.tell_if(|last| last.elapsed() >= INTERVAL);
    }

    /// The same to a script if `is_time`, given when it was told last.
    fn tell_if(&self, is_time: impl Fn(&Instant) -> bool) {
        if !self.bar.is_hidden() {
            self.bar.set_message(self.pace(false).line(columns_of_the_line()));
        } else if self.form == ProgressForm::Json {
            let mut told = self.told.lock();
            if is_time(&told) {
                *told = Instant::now();
                tell_script(&self.pace(false).json());
            }
        }
    }
}

/// Columns for the line on the terminal, without the sign before it that turns.
fn columns_of_the_line() -> usize {
    let size = terminal_size::terminal_size_of(std::io::stderr());
    size.map_or(usize::MAX, |(width, _)| usize::from(width.0).saturating_sub(2))
}

/// What nobody reads is no failure.
fn tell_script(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

impl Observer for Progress {
    fn found(&self, _: u64) {}

    fn read(&self, file_bytes: u64) {
        self.counts.file_bytes.fetch_add(file_bytes, Ordering::Relaxed);
    }

    fn finished(&self, record: &InputRecord, outcome: &Outcome, bytes: u64) {
        self.counts.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.counts.inputs.fetch_add(1, Ordering::Relaxed);
        if matches!(outcome, Outcome::Indexed | Outcome::Updated) {
            self.counts.articles.fetch_add(1, Ordering::Relaxed);
        }
        if let Outcome::SetAside { reason } = outcome {
            self.counts.set_aside.fetch_add(1, Ordering::Relaxed);
            self.set_aside(record, reason);
        }
        if let Some(account) = &self.account {
            account.add(record, outcome);
        }
        self.tell();
    }

    fn looked_through(&self, done: u64, all: u64) {
        self.counts.to_look_through.store(all, Ordering::Relaxed);
        // Threads may tell out of order.
        self.counts.looked_through.fetch_max(done, Ordering::Relaxed);
        let is_end = done == 0 || done == all;
        self.tell_if(|last| is_end || last.elapsed() >= INTERVAL);
    }

    fn revised(&self, record: &InputRecord, before: &Outcome, after: &Outcome) {
        let makes_article = |outcome: &Outcome| matches!(outcome, Outcome::Indexed | Outcome::Updated);
        let is_set_aside = |outcome: &Outcome| matches!(outcome, Outcome::SetAside { .. });
        recount(&self.counts.articles, makes_article(before), makes_article(after));
        recount(&self.counts.set_aside, is_set_aside(before), is_set_aside(after));
        if let Outcome::SetAside { reason } = after {
            self.set_aside(record, reason);
        }
        if let Some(account) = &self.account {
            account.revise(record, after);
        }
        self.tell();
    }
}

/// Counts an input that was one of those that `counter` counts `before`, and is one `after` or not.
fn recount(counter: &AtomicU64, before: bool, after: bool) {
    counter.fetch_add(u64::from(after), Ordering::Relaxed);
    counter.fetch_sub(u64::from(before), Ordering::Relaxed);
}
