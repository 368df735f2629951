//! Small files that the checks of `tests/tidy.rs` must find fault with, and some that they mustn't.

use super::{Check, MAX_LINES, absent, layers, length, module_doc, names, purity, reserved, unfinished};

/// Checks that `check` finds a fault on each of `lines` of the file, and no other.
#[track_caller]
fn finds(check: Check, path: &str, text: &str, lines: &[usize]) {
    let found: Vec<String> = check(path, text).into_iter().map(|fault| fault.place).collect();
    let expected: Vec<String> = lines.iter().map(|line| format!("{path}:{line}")).collect();
    assert_eq!(found, expected, "in:\n{text}");
}

#[test]
fn a_module_uses_lower_lines_only() {
    finds(layers, "src/text/span.rs", "use crate::model::Date;", &[1]);
    finds(layers, "src/rank/mod.rs", "\nfn a(b: &crate::query::Query) {}", &[2]);
    finds(layers, "src/engine/mod.rs", "use crate::{\n    model::Date,\n    index::Store,\n};", &[3]);
    finds(layers, "src/query/mod.rs", "use super::analysis::Analyzer;", &[1]);
    finds(layers, "src/query/lexer.rs", "use super::super::analysis::Analyzer;", &[1]);
    finds(layers, "src/extract/html/tag.rs", "use super::super::super::highlight::Span;", &[1]);
    finds(layers, "src/text/span.rs", "use crate::Fancy;\nuse crate::*;", &[1, 2]);
    finds(layers, "src/brand_new/mod.rs", "", &[1]);
    finds(layers, "src/brand_new.rs", "", &[1]);

    finds(
        layers,
        "src/query/mod.rs",
        "use crate::model::Date;\nuse crate::query::ast;\nuse super::text::Span;",
        &[],
    );
    finds(layers, "src/query/lexer.rs", "use super::analysis;\npub(crate) use self::x;", &[]);
    finds(layers, "src/index/mod.rs", "use crate::engine::Searcher;", &[]);
    finds(
        layers,
        "src/text/span.rs",
        "// crate::model\n/// [`crate::model`]\nconst A: &str = \"crate::model\";",
        &[],
    );
    finds(layers, "src/text/span.rs", "#[cfg(test)]\nmod tests {\n    use crate::model::Date;\n}", &[]);
    finds(layers, "src/lib.rs", "pub use crate::eval::run;", &[]);
    finds(layers, "tests/query.rs", "use crate::anything::at_all;", &[]);
}

#[test]
fn the_binary_has_lines_of_its_own() {
    finds(layers, "src/bin/ibid/output/json.rs", "use crate::cli::Style;", &[1]);
    finds(layers, "src/bin/ibid/cli/query.rs", "use crate::allocator::set;", &[1]);
    finds(layers, "src/bin/ibid/output.rs", "use super::cli::Style;", &[1]);
    finds(layers, "src/bin/ibid/progress.rs", "", &[1]);

    finds(layers, "src/bin/ibid/cli/query.rs", "use crate::output::json;\nuse ibid::search::Search;", &[]);
    finds(layers, "src/bin/ibid/main.rs", "mod cli;\nmod output;\nfn main() { crate::cli::run() }", &[]);
}

#[test]
fn pure_modules_do_no_io() {
    finds(purity, "src/text/span.rs", "use std::fs;", &[1]);
    finds(purity, "src/extract/mod.rs", "use std::{fmt, io::{self, Read}};", &[1, 1]);
    finds(purity, "src/rank/mod.rs", "\nfn a() { std::thread::spawn(b); }", &[2]);
    finds(purity, "src/engine/mod.rs", "use std::time;\nfn a() { time::Instant::now(); }", &[2]);
    finds(purity, "src/model/date.rs", "fn today() { jiff::Zoned::now() }", &[1]);
    finds(purity, "src/error/mod.rs", "use std::io::Error;\nuse std::io::Write;", &[2]);
    finds(purity, "src/query/mod.rs", "fn a() { println!(\"x\"); }", &[1]);

    finds(purity, "src/query/mod.rs", "use std::{fmt, time::Duration};\n// std::fs println!", &[]);
    finds(purity, "src/source/mod.rs", "use std::fs;\nuse std::io::{self, Read};", &[]);
}

#[test]
fn the_library_leaves_the_process_to_the_binary() {
    finds(purity, "src/ingest/mod.rs", "fn a() { std::process::exit(1) }\nuse std::env;", &[1, 2]);
    finds(purity, "src/source/mod.rs", "fn a() { eprintln!(\"x\") }\nuse std::io::{Read, stdin};", &[2, 1]);
    finds(purity, "src/bin/ibid/main.rs", "use std::env;\nfn a() { println!(\"x\") }", &[]);
}

#[test]
fn some_crates_are_named_in_one_module() {
    finds(reserved, "src/search/mod.rs", "use tantivy::Index;", &[1]);
    finds(reserved, "src/bin/ibid/cli.rs", "fn a(b: tantivy::Score) {}", &[1]);
    finds(reserved, "src/ingest/mod.rs", "use walkdir::WalkDir;", &[1]);
    finds(reserved, "src/search/mod.rs", "use std::thread;", &[1]);

    finds(reserved, "src/index/schema.rs", "use tantivy::Index;", &[]);
    finds(reserved, "src/search/mod.rs", "/// As tantivy does.\nconst A: &str = \"tantivy\";", &[]);
    finds(reserved, "tests/index.rs", "use tantivy::Index;", &[]);
}

#[test]
fn what_is_listed_and_not_there_is_told() {
    let told: Vec<String> = absent(&["src/lib.rs", "src/text/mod.rs"], "walkdir = \"2\"\n")
        .into_iter()
        .map(|fault| fault.what)
        .collect();
    for name in ["model", "output", "tantivy", "crossbeam_channel"] {
        assert!(told.contains(&format!("`{name}` isn't there")), "{name}");
    }
    assert!(!told.iter().any(|what| ["`text`", "`walkdir`"].iter().any(|name| what.starts_with(name))));
}

#[test]
fn every_file_opens_with_a_module_doc() {
    finds(module_doc, "src/lib.rs", "pub mod text;\n//! Late.", &[1]);
    finds(module_doc, "tests/a.rs", "// Not a doc.", &[1]);
    finds(module_doc, "benches/a.rs", "", &[1]);
    finds(module_doc, "src/lib.rs", "//! What it is.", &[]);
}

#[test]
fn a_file_has_an_end() {
    let full = "a\n".repeat(MAX_LINES);
    finds(length, "src/text/span.rs", &format!("{full}b\n"), &[MAX_LINES + 1]);
    finds(length, "tests/a.rs", &format!("#![cfg(test)]\n{full}"), &[MAX_LINES + 1]);
    finds(length, "src/text/span.rs", &full, &[]);
    finds(length, "src/text/span.rs", &format!("{full}#[cfg(test)]\nmod tests {{\n{full}}}\n"), &[]);
}

#[test]
fn nothing_is_left_unfinished() {
    finds(unfinished, "src/text/span.rs", "fn a() {\n    b.unwrap();\n    todo!()\n}", &[2, 3]);
    finds(
        unfinished,
        "src/bin/ibid/main.rs",
        "fn a() { unimplemented!(\"b\") }\nfn c() { dbg!(d); }",
        &[1, 2],
    );

    finds(
        unfinished,
        "src/text/span.rs",
        "/// a.unwrap()\nfn a() { b.unwrap_or(\"todo!\"); my_todo!() }",
        &[],
    );
    finds(unfinished, "src/text/span.rs", "a;\n#[cfg(test)]\nmod tests {\n    fn a() { b.unwrap() }\n}", &[]);
    finds(unfinished, "src/query/properties.rs", "//! Tests.\n#![cfg(test)]\nfn a() { b.unwrap() }", &[]);
    finds(unfinished, "tests/a.rs", "fn a() { b.unwrap() }", &[]);
}

#[test]
fn names_say_what_is_inside() {
    finds(names, "src/utils.rs", "", &[1]);
    finds(names, "src/extract/helpers/mod.rs", "", &[1]);
    finds(names, "src/bin/ibid/manager.rs", "", &[1]);
    finds(names, "src/query/lexer.rs", "", &[]);
}

#[test]
fn a_fault_says_where_what_and_what_to_do() {
    let fault = &layers("src/text/span.rs", "use crate::model::Date;")[0];
    assert_eq!(
        fault.to_string(),
        "src/text/span.rs:1: `text` on line 1 uses `model` on line 2a: a module uses lower lines only; move what \
         both need down, or take it as an argument"
    );
}
