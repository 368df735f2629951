//! The shape of the source tree: layers, purity, module docs, file length, names.
//!
//! Each check is a function from a file to its faults. It is run over the whole tree, and over small cases
//! that it must find (`tidy/cases.rs`). Comments, strings and test modules don't count, except for what
//! is said of a whole file.
//! Whether public items are documented, and whether items are public at all, is left to rustc.

// A test that can't read the tree has to fail where it stands.
#![allow(clippy::unwrap_used)]

#[path = "tidy/cases.rs"]
mod cases;
#[path = "tidy/rust.rs"]
mod rust;

use std::fmt;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use rust::{before_tests, code, paths};

/// The library's modules, line by line from the bottom. A module uses lower lines only.
const LIBRARY: &[(&str, &[&str])] = &[
    ("1", &["text"]),
    ("2a", &["model"]),
    ("2b", &["calendar"]),
    ("3", &["query", "analysis", "acronym", "rank", "passage", "dedup"]),
    ("4", &["error", "terms"]),
    ("5", &["extract", "highlight"]),
    ("6a", &["engine"]),
    ("6b", &["source", "index"]),
    ("7", &["ingest", "search", "check", "export"]),
    ("8", &["eval"]),
];

/// The same for the binary, which is a crate of its own.
const BINARY: &[(&str, &[&str])] = &[("1", &["output"]), ("2", &["cli", "allocator"]), ("3", &["main"])];

/// Modules that only turn values into values.
const PURE: &[&str] = &[
    "text",
    "model",
    "calendar",
    "query",
    "analysis",
    "acronym",
    "rank",
    "passage",
    "dedup",
    "error",
    "terms",
    "extract",
    "highlight",
    "engine",
];

/// What a pure module doesn't touch: files, network, other processes, threads, the clock.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::io",
    "std::env",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "Instant::now",
    "SystemTime::now",
    "Zoned::now",
    "Timestamp::now",
];

/// Types that are only told of, not used: an error may carry the operating system's.
const MENTIONED_BY_ERROR: &[&str] = &["std::io::Error", "std::io::ErrorKind"];

/// What only the binary reads, writes or decides.
const BINARY_ONLY: &[&str] =
    &["std::env", "std::process", "std::io::stdin", "std::io::stdout", "std::io::stderr"];

/// Crates, and `std` modules, that one module alone may name.
const RESERVED: &[(&str, &str)] = &[
    ("tantivy", "index"),
    ("tantivy_fst", "index"),
    ("walkdir", "source"),
    ("std::thread", "ingest"),
    ("crossbeam_channel", "ingest"),
];

const PRINTING: &[&str] = &["println!", "eprintln!", "print!", "eprint!"];
const UNFINISHED: &[&str] = &[".unwrap()", "todo!", "unimplemented!", "dbg!"];
/// Names that say nothing of what is inside.
const VAGUE: &[&str] = &["util", "utils", "helper", "helpers", "manager", "misc"];
/// The longest that a file may be before its test module.
const MAX_LINES: usize = 500;

type Check = fn(&str, &str) -> Vec<Fault>;

const CHECKS: &[Check] = &[layers, purity, reserved, module_doc, length, unfinished, names];

struct Fault {
    place: String,
    what: String,
    todo: &'static str,
}

impl Fault {
    fn new(path: &str, line: usize, what: String, todo: &'static str) -> Self {
        Self { place: format!("{path}:{line}"), what, todo }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.place, self.what, self.todo)
    }
}

#[test]
fn the_tree_is_tidy() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = sources(root);
    assert!(files.iter().any(|(path, _)| path == "src/lib.rs"), "no source found in {}", root.display());
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let faults: Vec<String> = files
        .iter()
        .flat_map(|(path, text)| CHECKS.iter().flat_map(move |check| check(path, text)))
        .chain(absent(&paths, &manifest))
        .map(|fault| fault.to_string())
        .collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Every Rust file of `src`, `tests` and `benches`, by its path from `root`.
fn sources(root: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for folder in ["src", "tests", "benches"].map(|folder| root.join(folder)).iter().filter(|f| f.exists()) {
        for entry in WalkDir::new(folder).sort_by_file_name() {
            let path = entry.unwrap().into_path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                files.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files
}

// ---- where a file stands -------------------------------------------------------------------------

/// A file of `src` as a part of its crate.
struct Place<'p> {
    table: &'static [(&'static str, &'static [&'static str])],
    /// The module directly under the crate's root that the file belongs to; `main` and `lib` are roots.
    module: &'p str,
    /// How many `super` lead from the file's own module to the root.
    depth: usize,
}

impl<'p> Place<'p> {
    /// The place of the file at `path`, if it lies in `src`.
    fn of(path: &'p str) -> Option<Self> {
        let inside = path.strip_prefix("src/")?.strip_suffix(".rs")?;
        let (table, inside) = match inside.strip_prefix("bin/") {
            Some(binary) => (BINARY, binary.split_once('/').map_or("main", |(_, inside)| inside)),
            None => (LIBRARY, inside),
        };
        let names: Vec<&str> = inside.trim_end_matches("/mod").split('/').collect();
        let is_root = matches!(names[..], ["main" | "lib"]);
        Some(Self { table, module: names[0], depth: if is_root { 0 } else { names.len() } })
    }

    fn is_library(&self) -> bool {
        self.table == LIBRARY
    }

    /// The height and the name of the line that `module` stands on.
    fn line(&self, module: &str) -> Option<(usize, &'static str)> {
        let height = self.table.iter().position(|(_, modules)| modules.contains(&module))?;
        Some((height, self.table[height].0))
    }

    /// The module under the crate's root that a path such as `crate::a::b` or `super::a` leads into.
    fn target<'s>(&self, segments: &[&'s str]) -> Option<&'s str> {
        let supers = segments.iter().take_while(|segment| **segment == "super").count();
        match segments {
            ["crate", module, ..] => Some(module),
            _ if supers > 0 && supers == self.depth => segments.get(supers).copied(),
            _ => None,
        }
    }
}

// ---- the checks ----------------------------------------------------------------------------------

fn layers(path: &str, text: &str) -> Vec<Fault> {
    let Some(place) = Place::of(path) else { return Vec::new() };
    if place.module == "lib" {
        return Vec::new();
    }
    let Some((height, line)) = place.line(place.module) else {
        let what = format!("`{}` is in no layer", place.module);
        return vec![Fault::new(path, 1, what, "give it a line in tests/tidy.rs and in ARCHITECTURE.md")];
    };
    let mut faults = Vec::new();
    for (at, segments) in paths(&code(text)) {
        let Some(target) = place.target(&segments).filter(|&target| target != place.module) else { continue };
        let (what, todo) = match place.line(target) {
            Some((below, _)) if below < height => continue,
            Some((_, other)) => (
                format!("`{}` on line {line} uses `{target}` on line {other}", place.module),
                "a module uses lower lines only; move what both need down, or take it as an argument",
            ),
            None => {
                (format!("`{}` is in no module of a layer", segments.join("::")), "name it by its module")
            }
        };
        faults.push(Fault::new(path, at, what, todo));
    }
    faults
}

fn purity(path: &str, text: &str) -> Vec<Fault> {
    let Some(place) = Place::of(path).filter(Place::is_library) else { return Vec::new() };
    let pure = PURE.contains(&place.module);
    let code = code(text);
    let mut faults = Vec::new();
    for (at, segments) in paths(&code) {
        let named = segments.join("::");
        let mentioned = place.module == "error" && is_one_of(&named, MENTIONED_BY_ERROR);
        if pure && is_one_of(&named, IMPURE) && !mentioned {
            let what = format!("`{}` names `{named}`", place.module);
            faults.push(Fault::new(
                path,
                at,
                what,
                "pure modules take values and give values; let the caller do it",
            ));
        } else if is_one_of(&named, BINARY_ONLY) {
            let what = format!("the library names `{named}`");
            faults.push(Fault::new(path, at, what, "that is the binary's; take it as an argument"));
        }
    }
    faults.extend(words(path, &code, PRINTING, "the library prints nothing; return it to the binary"));
    faults
}

fn reserved(path: &str, text: &str) -> Vec<Fault> {
    let Some(place) = Place::of(path) else { return Vec::new() };
    let mut faults = Vec::new();
    for (at, segments) in paths(&code(text)) {
        let named = segments.join("::");
        let owner = RESERVED.iter().find(|(reserved, _)| is_one_of(&named, &[reserved]));
        if let Some((reserved, owner)) =
            owner.filter(|(_, owner)| !place.is_library() || place.module != *owner)
        {
            let what = format!("`{reserved}` is named outside src/{owner}");
            faults.push(Fault::new(path, at, what, "go through that module"));
        }
    }
    faults
}

fn module_doc(path: &str, text: &str) -> Vec<Fault> {
    if text.starts_with("//! ") {
        return Vec::new();
    }
    let what = "the file doesn't open with a `//!` comment".to_owned();
    vec![Fault::new(path, 1, what, "say in a sentence what it defines, and what is deliberately not here")]
}

fn length(path: &str, text: &str) -> Vec<Fault> {
    let lines = before_tests(text).lines().count();
    if lines <= MAX_LINES {
        return Vec::new();
    }
    let what = format!("{lines} lines before the tests, {MAX_LINES} at most");
    vec![Fault::new(path, MAX_LINES + 1, what, "one concept a file: split it")]
}

fn unfinished(path: &str, text: &str) -> Vec<Fault> {
    if Place::of(path).is_none() {
        return Vec::new();
    }
    words(path, &code(text), UNFINISHED, "return an error, or use what cannot fail")
}

fn names(path: &str, _: &str) -> Vec<Fault> {
    let Some(inside) = path.strip_prefix("src/") else { return Vec::new() };
    let vague = inside.trim_end_matches(".rs").split('/').find(|name| VAGUE.contains(name));
    let fault = |name| {
        let what = format!("`{name}` says nothing of what is inside");
        Fault::new(path, 1, what, "name it after what it defines")
    };
    vague.map(fault).into_iter().collect()
}

/// What this file lists that is neither among the files `paths` nor a dependency of `manifest`.
fn absent(paths: &[&str], manifest: &str) -> Vec<Fault> {
    let places: Vec<Place<'_>> = paths.iter().filter_map(|path| Place::of(path)).collect();
    let in_table = |table: &'static [(&str, &[&str])]| {
        table.iter().flat_map(|(_, modules)| *modules).map(move |module| (table, *module))
    };
    let owners = RESERVED.iter().map(|(_, owner)| owner);
    let of_library = PURE.iter().chain(owners).map(|module| (LIBRARY, *module));
    let listed = in_table(LIBRARY).chain(in_table(BINARY)).chain(of_library);
    let modules = listed
        .filter(|&(table, module)| !places.iter().any(|place| place.table == table && place.module == module))
        .map(|(_, module)| module);
    let is_dependency = |name: &str| {
        let name = name.replace('_', "-");
        name.starts_with("std::") || manifest.lines().any(|line| line.starts_with(&format!("{name} =")))
    };
    let crates = RESERVED.iter().map(|(reserved, _)| *reserved).filter(|name| !is_dependency(name));
    let fault = |name| Fault::new("tests/tidy.rs", 1, format!("`{name}` isn't there"), "list what is");
    modules.chain(crates).map(fault).collect()
}

/// Whether the path `named` holds one of the paths `known`.
fn is_one_of(named: &str, known: &[&str]) -> bool {
    let named = format!("::{named}::");
    known.iter().any(|known| named.contains(&format!("::{known}::")))
}

/// A fault for each of `words` that stands in `code`, and not at the end of a longer name.
fn words(path: &str, code: &str, words: &[&str], todo: &'static str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (index, line) in code.lines().enumerate() {
        for word in words {
            let whole = |&(at, _): &(usize, &str)| {
                word.starts_with('.') || !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
            };
            if line.match_indices(word).any(|found| whole(&found)) {
                faults.push(Fault::new(path, index + 1, format!("`{word}`"), todo));
            }
        }
    }
    faults
}
