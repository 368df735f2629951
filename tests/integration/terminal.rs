//! What pages, records, file names and queries can't do: reach the terminal with more than text.

use crate::harness::{Outcome, Sandbox};
use crate::pages::page;

/// Recolours, retitles the window, clears the screen, rings, deletes, turns the line around.
const HOSTILE: &str = "x\u{1b}[31m\u{1b}]0;owned\u{7}\u{9b}2J\u{8}\u{7f}\u{202e}\u{2066}y";

/// Makes sure that neither stream holds a control character, nor text for people one that turns the line
/// around. Colour is the program's own, so it's off.
#[track_caller]
fn is_harmless(outcome: &Outcome) {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let for_people = !outcome.stdout.starts_with('{');
    let harmful = |c: char| c.is_control() && c != '\n' || for_people && turns(c);
    assert!(!outcome.stdout.contains(harmful), "{:?}", outcome.stdout);
    assert!(!outcome.stderr.contains(harmful), "{:?}", outcome.stderr);
}

/// Makes sure that what is escaped on both streams is the program's own colour and nothing else.
#[track_caller]
fn escapes_are_colours(outcome: &Outcome) {
    let without_colours = |text: &str| {
        ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m", "\u{1b}[1;33m"]
            .iter()
            .fold(text.to_owned(), |text, colour| text.replace(colour, ""))
    };
    for stream in [&outcome.stdout, &outcome.stderr] {
        let rest = without_colours(stream);
        assert!(!rest.contains(|c: char| c.is_control() && c != '\n'), "{rest:?}");
    }
}

/// An archive in which everything that can be hostile is.
fn hostile_archive() -> Sandbox {
    let sandbox = Sandbox::new();
    let text = format!("The sluice {HOSTILE} was opened for the ships that had waited since the morning.");
    sandbox
        .write(format!("in/a{}.html", HOSTILE.replace('/', "")), page(&format!("Sluice {HOSTILE}"), &text));
    let record = serde_json::json!({
        "id": format!("id{HOSTILE}"), "title": format!("Sluice {HOSTILE}"), "text": text,
        "url": format!("https://example.org/{HOSTILE}"), "authors": [format!("Ana {HOSTILE}")],
        "publisher": format!("The {HOSTILE}"), "section": HOSTILE, "keywords": [HOSTILE],
    });
    sandbox.write(
        "in/r.jsonl",
        format!(
            "{record}\n{{\"id\":\"bad{}\",\"published\":\"{}\",\"text\":\"x\"}}\n",
            "\\u001b[1m", "\\u001b[31mMay"
        ),
    );
    sandbox.write(format!("in/b{HOSTILE}.html"), [0_u8, 1, 2, 3].repeat(100));
    sandbox.write("in/c.html", format!("<html lang=\"{HOSTILE}\"><head><title>{HOSTILE}</title><link rel=canonical href=\"https://example.org/{HOSTILE}\"><meta name=author content=\"{HOSTILE}\"></head><body><p>The sluice was closed again when the last of the ships was through it.</p><pre>{HOSTILE}</pre>"));
    sandbox
}

/// Escapes in texts, titles, names, addresses and file names are taken out of all that is printed, whatever
/// the format, with colour and without.
#[test]
fn nothing_of_an_archive_controls_the_terminal() {
    let sandbox = hostile_archive();
    let mut commands: Vec<Vec<String>> = vec![vec!["ingest".into(), "in".into()]];
    let own = |arguments: &[&str]| arguments.iter().map(|&argument| argument.to_owned()).collect();
    // The cells of `tsv` are those of `csv`, and its tabs are its own.
    for format in ["text", "json", "jsonl", "csv", "markdown", "html", "trec"] {
        commands.push(own(&["query", "sluice", "--format", format, "--per-article", "9"]));
    }
    commands.extend([own(&["extract", "in"]), own(&["extract", "in", "--format", "jsonl"]), own(&["stats"])]);
    for command in &commands {
        is_harmless(&sandbox.ibid(command).ends_by_itself());
        let colored = sandbox.ibid(&[command.as_slice(), &["--color".into(), "always".into()]].concat());
        escapes_are_colours(&colored.ends_by_itself());
    }
    for id in sandbox.articles("sluice") {
        is_harmless(&sandbox.ibid(&["show", &id]).exits(0));
        is_harmless(&sandbox.ibid(&["show", &format!("{id}.1"), "--format", "json"]).exits(0));
    }
    assert_eq!(sandbox.articles("sluice").len(), 3);
}

/// Nor does what stands in a query, a path or an id that is told of in a message.
#[test]
fn nothing_that_was_typed_controls_the_terminal() {
    let sandbox = hostile_archive();
    sandbox.ingest(&["in"]);
    sandbox.write("queries.tsv", format!("{HOSTILE}\t{HOSTILE} date:20x0\nq\t{HOSTILE} \"sluice\n"));
    let commands: [&[&str]; 8] = [
        &["query", &format!("{HOSTILE} zeppelin")],
        &["query", &format!("{HOSTILE} \"zeppelin")],
        &["query", &format!("{HOSTILE} date:{HOSTILE}")],
        &["query", "--queries", "queries.tsv"],
        &["query", "--queries", HOSTILE],
        &["ingest", HOSTILE],
        &["show", HOSTILE],
        &["stats", "--index", HOSTILE],
    ];
    for command in commands {
        is_harmless(&sandbox.ibid(command).ends_by_itself());
        escapes_are_colours(&sandbox.ibid(&[command, &["--color", "always"]].concat()).ends_by_itself());
    }
}
