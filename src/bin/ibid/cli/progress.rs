//! Shows how far an ingest is, on a terminal only, and says which inputs were set aside.

use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::Result;
use ibid::engine::InputRecord;
use ibid::ingest::{Observer, Outcome};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::account::Account;
use crate::output::printable;

/// Redraws a second: smooth to the eye, cheap on the wire.
const REDRAWS_A_SECOND: u8 = 10;

/// A progress line, and a line for each input that was set aside.
pub struct Progress {
    bar: ProgressBar,
    bytes: AtomicU64,
    set_aside: AtomicU64,
    quiet: bool,
    account: Option<Account>,
}

impl Progress {
    /// A progress line on standard error, if that is a terminal and it isn't to be `quiet`; every input goes into
    /// `account`.
    pub fn new(quiet: bool, account: Option<Account>) -> Self {
        let target = if !quiet && std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr_with_hz(REDRAWS_A_SECOND)
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        let style = ProgressStyle::with_template("{spinner} {pos} of {len} inputs, {rate}, {msg} {elapsed}");
        let rate = |state: &ProgressState, out: &mut dyn Write| {
            // A rate that can't be shown leaves its place empty.
            let _ = write!(out, "{:.0}/s", state.per_sec());
        };
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).with_key("rate", rate));
        if !bar.is_hidden() {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self { bar, bytes: AtomicU64::new(0), set_aside: AtomicU64::new(0), quiet, account }
    }

    /// Takes the line away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// Takes the line away, and makes sure that the account is written.
    ///
    /// # Errors
    ///
    /// If it can't be.
    pub fn end(self) -> Result<()> {
        self.finish();
        self.account.map_or(Ok(()), Account::end)
    }

    fn say(&self, line: &str) {
        self.bar.suspend(|| anstream::eprintln!("{line}"));
    }
}

impl Observer for Progress {
    fn found(&self, inputs: u64) {
        self.bar.inc_length(inputs);
    }

    fn finished(&self, record: &InputRecord, outcome: &Outcome, bytes: u64) {
        let bytes = self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if let Outcome::SetAside { reason } = outcome {
            self.set_aside.fetch_add(1, Ordering::Relaxed);
            if !self.quiet {
                self.say(&format!(
                    "set aside: {}: {}",
                    printable(record.locator.as_str()),
                    printable(reason)
                ));
            }
        }
        if let Some(account) = &self.account {
            account.add(record, outcome);
        }
        if !self.bar.is_hidden() {
            let set_aside = self.set_aside.load(Ordering::Relaxed);
            self.bar.set_message(format!("{} MB, {set_aside} set aside,", bytes / 1_000_000));
        }
        self.bar.inc(1);
    }
}
