//! PDF files are read in a process of their own, which may fail or be given up without a loss to the run.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Result;
use clap::Args;
use ibid::ingest::watched;
use ibid::source::{Limit, PdfReader, PdfText, read_pdf};

use super::exit::Exit;
use super::signals::pass_over_interrupts;
use super::terminal::Streams;

/// Name of the hidden command that such a process runs.
const COMMAND: &str = "pdf-text";

/// Most memory that a process may take for one file, in bytes.
const MAX_MEMORY_BYTES: u64 = 1 << 30;

/// Read a PDF file on standard input and print its text as JSON
#[derive(Args, Debug)]
pub struct Arguments {
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS")]
    seconds: u64,
}

/// Runs the command.
pub fn run(arguments: &Arguments, streams: &mut Streams) -> Result<Exit> {
    // An interrupt is for the process that asked; it waits for this one.
    pass_over_interrupts()?;
    // What the reader says of its failures is told by the other process, in other words.
    std::panic::set_hook(Box::new(|_| {}));
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    let most = Duration::from_secs(arguments.seconds);
    let mut reason = "a PDF file that can't be read".to_owned();
    let text = watched(
        move || read_pdf(&bytes),
        |taken| {
            if taken > most {
                reason = Limit::PdfSeconds(most.as_secs()).to_string();
            } else if memory_bytes() > MAX_MEMORY_BYTES {
                reason = format!("takes more than {} MiB to read", MAX_MEMORY_BYTES >> 20);
            } else {
                return true;
            }
            false
        },
    );
    let text = text.unwrap_or(Err(reason));
    serde_json::to_writer(streams.out(), &text)?;
    streams.flush()?;
    // What was given up still runs.
    std::process::exit(Exit::Success as i32)
}

/// How much memory this process takes, where that can be told: as Linux has it, in a line such as `VmRSS: 812 kB`.
fn memory_bytes() -> u64 {
    let told = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let resident = told.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB"));
    resident.and_then(|kibibytes| kibibytes.parse::<u64>().ok()).unwrap_or(0) << 10
}

/// A reader that gives a file up after `seconds`.
pub fn reader_apart(seconds: u64) -> PdfReader {
    PdfReader::new(move |bytes| {
        read_apart(bytes, seconds)
            .unwrap_or_else(|error| Err(format!("a PDF file that can't be read: {error}")))
    })
}

fn read_apart(bytes: &[u8], seconds: u64) -> Result<Result<PdfText, String>> {
    let mut process = Command::new(std::env::current_exe()?)
        .args([COMMAND, "--seconds", &seconds.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut input) = process.stdin.take() {
        // It prints nothing before it has read all. If it fails before that, its status says so.
        let _ = input.write_all(bytes);
    }
    let output = process.wait_with_output()?;
    match serde_json::from_slice(&output.stdout) {
        Ok(text) => Ok(text),
        Err(_) => Ok(Err("a PDF file that can't be read".to_owned())),
    }
}
