//! [`Sandbox`]: a folder to work in and the real binary to work with; [`Outcome`]: what a run left behind.
//!
//! Nothing of the caller's environment gets in, and nothing that differs from run to run gets out: the
//! sandbox's path reads `[DIR]`, and times and rates read `[TIME]`.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::AtomicBool;

use ibid::engine::InputRecord;
use ibid::error::IndexError;
use ibid::index::{Index, IndexWriter, WriterOptions};
use ibid::ingest::{Observer, Options, Report, Trust, ingest, patiently};
use ibid::source::Limits;
use serde_json::Value;
use tempfile::TempDir;

/// What is kept of the caller's environment: where programs are, and what measures coverage.
const KEPT_VARIABLES: [&str; 2] = ["PATH", "LLVM_PROFILE_FILE"];

/// A folder that a test has for itself. The binary runs in it, so its index is `index` in there.
pub struct Sandbox {
    folder: TempDir,
    root: PathBuf,
}

impl Sandbox {
    /// An empty folder.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        Self { folder, root }
    }

    /// A folder with the records `lines` in it, indexed.
    #[track_caller]
    pub fn with_records(lines: &str) -> Self {
        let sandbox = Self::new();
        sandbox.write("records.jsonl", lines);
        sandbox.ingest(&["records.jsonl"]);
        sandbox
    }

    /// The path of `name` in the sandbox.
    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.root.join(name)
    }

    /// Writes a file, with the folders that it lies in.
    pub fn write(&self, name: impl AsRef<Path>, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Removes a file.
    pub fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
    }

    /// Copies a folder with what lies in it directly.
    pub fn copy_folder(&self, from: &str, to: &str) {
        for entry in fs::read_dir(self.path(from)).unwrap() {
            let entry = entry.unwrap();
            self.write(Path::new(to).join(entry.file_name()), fs::read(entry.path()).unwrap());
        }
    }

    /// The binary, about to run in the sandbox with nothing of the caller's environment.
    pub fn command<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Command {
        self.in_sandbox(Command::new(binary()), arguments)
    }

    /// A shell, about to run `script`; `$IBID` is the binary.
    pub fn shell(&self, script: &str) -> Outcome {
        let mut command = self.in_sandbox(Command::new("sh"), &["-c", script]);
        command.env("IBID", binary());
        self.run(command)
    }

    fn in_sandbox<S: AsRef<OsStr>>(&self, mut command: Command, arguments: &[S]) -> Command {
        command.args(arguments).current_dir(&self.root).env_clear();
        for name in KEPT_VARIABLES {
            command.envs(std::env::var_os(name).map(|value| (name, value)));
        }
        command
    }

    /// Runs the binary.
    pub fn ibid<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Outcome {
        self.run(self.command(arguments))
    }

    /// Runs `command` to its end with nothing to read.
    pub fn run(&self, mut command: Command) -> Outcome {
        let output = command.stdin(Stdio::null()).output().unwrap();
        self.outcome(&command, &output)
    }

    /// Runs `command` with `input` to read.
    pub fn run_with_input(&self, mut command: Command, input: &str) -> Outcome {
        self.write(".input", input);
        let input = fs::File::open(self.path(".input")).unwrap();
        let output = command.stdin(input).output().unwrap();
        self.remove(".input");
        self.outcome(&command, &output)
    }

    /// Starts the binary and lets it run; what it prints is kept for [`Sandbox::finish`].
    pub fn start<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Child {
        let mut command = self.command(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Waits for what was started.
    pub fn finish(&self, child: Child) -> Outcome {
        let output = child.wait_with_output().unwrap();
        self.outcome(&Command::new("a process that was started"), &output)
    }

    fn outcome(&self, command: &Command, output: &std::process::Output) -> Outcome {
        let text = |bytes: &[u8]| self.constant(std::str::from_utf8(bytes).expect("output is UTF-8"));
        Outcome {
            command: format!("{command:?}"),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
            status: output.status.code(),
        }
    }

    fn constant(&self, text: &str) -> String {
        without_times(&text.replace(self.root.to_str().unwrap(), "[DIR]"))
    }

    /// Ingests and gives the counts that aren't zero, such as `2 indexed, 1 skipped`. That they add up to
    /// the inputs, and agree with the exit status, holds for every run.
    #[track_caller]
    pub fn ingest<S: AsRef<OsStr>>(&self, arguments: &[S]) -> String {
        let mut command = self.command(&["ingest", "--format", "json"]);
        command.args(arguments);
        let outcome = self.run(command);
        let report = outcome.json();
        let count = |name: &str| report[name].as_u64().unwrap();
        let states = ["indexed", "updated", "unchanged", "duplicate", "skipped", "set_aside"];
        let sum: u64 = states.iter().map(|state| count(state)).sum();
        assert_eq!(sum, count("inputs"), "the counts don't add up: {report}");
        let status = match (count("set_aside"), count("inputs") - count("skipped")) {
            (1.., _) => 3,
            (0, 0) => i32::from(count("removed") == 0),
            (0, 1..) => 0,
        };
        outcome.exits(status);
        let shown = states.iter().chain(&["removed"]).filter(|state| count(state) > 0);
        let shown: Vec<String> = shown.map(|state| format!("{} {state}", count(state))).collect();
        shown.join(", ").replace("set_aside", "set aside").replace("duplicate", "duplicates")
    }

    /// Ingests what lies at `path` when there is no time to make an article of any page, which no flag asks for, and
    /// gives the report.
    pub fn ingest_in_no_time(&self, path: &str, trust: Trust) -> Report {
        let limits = Limits { page_seconds: 0, ..Limits::default() };
        let options = Options { limits, trust, ..Options::default() };
        let index = Index::open_or_create(&self.path("index")).unwrap();
        let writer = writer_of(&index);
        let report = ingest(&writer, &[self.path(path)], &options, &AtomicBool::new(false), &Deaf).unwrap();
        writer.finish().unwrap();
        report
    }

    /// The passages that answer `query`, copies too, as objects.
    #[track_caller]
    pub fn hits(&self, query: &str) -> Vec<Value> {
        let outcome = self.ibid(&["query", query, "--format", "jsonl", "--limit", "100", "--all-copies"]);
        let hits = outcome.lines();
        outcome.exits(i32::from(hits.is_empty()));
        hits
    }

    /// The titles of the articles that answer `query`, by name.
    #[track_caller]
    pub fn titles(&self, query: &str) -> Vec<String> {
        let mut titles: Vec<String> = self.hits(query).iter().map(|hit| field(hit, "title")).collect();
        titles.sort();
        titles.dedup();
        titles
    }

    /// The names of the articles that answer `query`, best first.
    #[track_caller]
    pub fn articles(&self, query: &str) -> Vec<String> {
        let mut articles: Vec<String> = Vec::new();
        for hit in self.hits(query) {
            let article = field(&hit, "article");
            if !articles.contains(&article) {
                articles.push(article);
            }
        }
        articles
    }

    /// How many articles are in the index.
    #[track_caller]
    pub fn article_count(&self) -> u64 {
        self.ibid(&["stats", "--format", "json"]).exits(0).json()["articles"].as_u64().unwrap()
    }
}

impl Drop for Sandbox {
    /// What a test made unreadable must not stay behind.
    fn drop(&mut self) {
        let _ = allow_all(self.folder.path());
    }
}

#[cfg(unix)]
fn allow_all(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            fs::set_permissions(entry.path(), fs::Permissions::from_mode(0o700))?;
            allow_all(&entry.path())?;
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn allow_all(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Hears of no input.
struct Deaf;

impl Observer for Deaf {
    fn found(&self, _: u64) {}
    fn finished(&self, _: &InputRecord, _: &ibid::ingest::Outcome, _: u64) {}
}

/// What a run printed, and how it ended.
pub struct Outcome {
    command: String,
    pub stdout: String,
    pub stderr: String,
    /// None if a signal ended it.
    pub status: Option<i32>,
}

impl Outcome {
    /// Makes sure of the exit status.
    #[track_caller]
    pub fn exits(self, status: i32) -> Self {
        assert_eq!(self.status, Some(status), "{}", self.told());
        self
    }

    /// Makes sure that `text` stands on standard error.
    #[track_caller]
    pub fn complains(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "`{text}` isn't said\n{}", self.told());
        self
    }

    /// Makes sure that the program ended by itself and told of no fault of its own.
    #[track_caller]
    pub fn ends_by_itself(self) -> Self {
        let panicked =
            self.status.is_none() || self.status == Some(101) || self.stderr.contains("panicked at");
        assert!(!panicked, "{}", self.told());
        self
    }

    /// Standard output as one JSON value.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{}", self.told()))
    }

    /// Standard output as JSON values, one a line.
    #[track_caller]
    pub fn lines(&self) -> Vec<Value> {
        let read = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        self.stdout.lines().map(read).collect()
    }

    /// Both streams and the status, for a snapshot.
    pub fn all(&self) -> String {
        let mut all = self.stdout.clone();
        if !self.stderr.is_empty() {
            let _ = write!(all, "--- stderr\n{}", self.stderr);
        }
        let _ = write!(all, "--- exit {}", self.status.map_or("by a signal".into(), |code| code.to_string()));
        all
    }

    fn told(&self) -> String {
        format!("{}\n{}", self.command, self.all())
    }
}

/// How often a writer is asked for while another seems to be at work.
const MOST_TRIES: u32 = 50;

/// The writer of `index`. A lock that was let go of may be held for a moment still: other tests start processes, which
/// have what this one has open until they begin.
pub fn writer_of(index: &Index) -> IndexWriter {
    writer_with(index, WriterOptions::default())
}

/// The same, with `options`.
pub fn writer_with(index: &Index, options: WriterOptions) -> IndexWriter {
    let mut tries = 0;
    let may_pass = |error: &IndexError| {
        tries += 1;
        matches!(error, IndexError::Locked { .. }) && tries < MOST_TRIES
    };
    patiently(|| index.writer_with(options), may_pass).unwrap()
}

/// The text of a field.
pub fn field(hit: &Value, name: &str) -> String {
    hit[name].as_str().unwrap_or_else(|| panic!("no `{name}` in {hit}")).to_owned()
}

/// The program under test.
pub fn binary() -> &'static Path {
    assert_cmd::cargo::cargo_bin!("ibid")
}

/// `text` with what a clock told taken out: `0.2 s`, `1.5 MB/s`, `"seconds":0.2`, when a run began.
pub fn without_times(text: &str) -> String {
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        out.push_str(&without_times_in_line(line));
    }
    out
}

fn without_times_in_line(line: &str) -> String {
    if line.starts_with("begun ") {
        return "begun [TIME]\n".to_owned();
    }
    if let Some((before, after)) = line.split_once("\"begun\":\"") {
        let rest = after.split_once('"').map_or("", |(_, rest)| rest);
        return format!("{before}\"begun\":\"[TIME]\"{rest}");
    }
    if let Some((before, after)) = line.split_once("\"seconds\":") {
        let rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || ".e-".contains(c));
        return format!("{before}\"seconds\":\"[TIME]\"{rest}");
    }
    match line.split_once(" MB read in ") {
        Some((megabytes, rest)) if rest.contains(" MB/s") => {
            let end = if rest.ends_with('\n') { "\n" } else { "" };
            format!("{megabytes} MB read in [TIME], [TIME]{end}")
        }
        _ => line.to_owned(),
    }
}

#[test]
fn times_are_taken_out_and_nothing_else() {
    assert_eq!(without_times("2.5 MB read in 0.5 s, 5.0 MB/s\nx"), "2.5 MB read in [TIME], [TIME]\nx");
    assert_eq!(without_times("{\"a\":1,\"seconds\":1.5e-2}\n"), "{\"a\":1,\"seconds\":\"[TIME]\"}\n");
    assert_eq!(without_times("in 5 s it read"), "in 5 s it read");
}
