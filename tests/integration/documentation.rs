//! Runs what the documents show: every command of the program in a `console` block has to print what stands
//! under it. `INSTA_UPDATE=always cargo test documentation` rewrites what is shown.
//!
//! The commands of a document run one after the other, as a reader would type them, in a folder that looks
//! like the repository and keeps its index to itself. What goes to standard error may be shown or left out.

#![cfg(unix)]

mod console;

use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::{Sandbox, without_times};
use console::{Step, matches, rewritten, steps};

/// What isn't there in a fresh clone, or would be written to.
const LEFT_OUT: [&str; 3] = ["index", "target", ".git"];

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The documents that show commands to readers.
fn documents() -> Vec<PathBuf> {
    let docs = fs::read_dir(repository().join("docs")).into_iter().flatten().flatten();
    let pages = docs.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "md"));
    let readme = repository().join("README.md");
    let mut documents: Vec<PathBuf> = pages.chain(readme.exists().then_some(readme)).collect();
    documents.sort();
    documents
}

/// A folder in which every path of the repository is found.
fn clone() -> Sandbox {
    let sandbox = Sandbox::new();
    for entry in fs::read_dir(repository()).unwrap() {
        let entry = entry.unwrap();
        if !LEFT_OUT.iter().any(|name| entry.file_name() == *name) {
            std::os::unix::fs::symlink(entry.path(), sandbox.path(entry.file_name())).unwrap();
        }
    }
    sandbox
}

/// What the steps of a document really print, as little of it as is shown; none where a step isn't the
/// program's.
fn run(steps: &[Step]) -> Vec<Option<String>> {
    let clone = clone();
    let mut status = 0;
    let mut printed = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        printed.push(match step.runnable() {
            _ if step.command == "echo $?" => Some(format!("{status}\n")),
            None => None,
            Some(command) => {
                let outcome = clone.shell(&format!("ibid() {{ \"$IBID\" \"$@\"; }}\n{command}"));
                status = outcome.status.unwrap_or(-1);
                let told = steps.get(at + 1).is_some_and(|next| next.command == "echo $?");
                assert!(status == 0 || told, "line {}: {command}: {}", step.line, outcome.all());
                let all = format!("{}{}", outcome.stderr, outcome.stdout);
                Some(if outcome.stdout.is_empty() || is_shown(step, &all) { all } else { outcome.stdout })
            }
        });
    }
    printed
}

fn is_shown(step: &Step, real: &str) -> bool {
    let shown: Vec<String> = step.shown.iter().map(|line| without_times(line)).collect();
    matches(&shown, real)
}

/// What is wrong in the document at `path`: each step that prints something else than is shown. None is, once
/// the document has been rewritten.
fn faults(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let steps = steps(&text);
    let printed: Vec<Option<String>> = run(&steps)
        .into_iter()
        .zip(&steps)
        .map(|(real, step)| real.filter(|real| !is_shown(step, real)))
        .collect();
    if std::env::var_os("INSTA_UPDATE").is_some_and(|value| value == "always") {
        fs::write(path, rewritten(&text, &steps, &printed)).unwrap();
        return Vec::new();
    }
    let told = |(step, real): (&Step, &String)| {
        let (place, shown) = (format!("{}:{}", path.display(), step.line), step.shown.join("\n"));
        format!("{place}: `{}` is shown with\n{shown}\nand prints\n{real}", step.command)
    };
    let faulty = steps.iter().zip(&printed).filter_map(|(step, real)| Some((step, real.as_ref()?)));
    faulty.map(told).collect()
}

/// Documents show what the program prints.
#[test]
fn documents_show_what_the_program_prints() {
    let faults: Vec<String> = documents().iter().flat_map(|path| faults(path)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The queries that readers are to begin with find something in the archive that they have.
#[test]
fn the_first_queries_find_something() {
    let document = fs::read_to_string(repository().join("docs/query-language.md")).unwrap();
    let (_, behind) = document.split_once("| You remember | Type |").unwrap();
    let (table, _) = behind.split_once("\n\n").unwrap();
    let queries: Vec<&str> = table.split('`').skip(1).step_by(2).collect();
    assert_eq!(queries.len(), 10);
    let clone = clone();
    clone.ibid(&["ingest", "corpus", "--quiet"]).exits(0);
    for query in queries {
        clone.ibid(&["query", query, "--strict"]).exits(0);
    }
}

/// A README that shows no command shows nothing.
#[test]
fn the_readme_shows_commands() {
    let Ok(readme) = fs::read_to_string(repository().join("README.md")) else { return };
    assert!(
        steps(&readme).iter().any(|step| step.runnable().is_some()),
        "README.md shows no command of ibid"
    );
}
