//! Colour, and the variables and flags that decide it; which index is meant.

use crate::archive::archive;
use crate::harness::Sandbox;

const ESCAPE: char = '\u{1b}';

/// Whether an answer is coloured with these arguments and variables. Nothing here is a terminal.
#[track_caller]
fn is_colored(sandbox: &Sandbox, arguments: &[&str], variables: &[(&str, &str)]) -> bool {
    let mut command = sandbox.command(&["query", "embargo"]);
    command.args(arguments).envs(variables.iter().copied());
    sandbox.run(command).exits(0).stdout.contains(ESCAPE)
}

/// Without a terminal there is no colour, unless it is asked for.
#[test]
fn colour_is_for_terminals_and_for_who_asks() {
    let archive = archive();
    assert!(!is_colored(&archive, &[], &[]));
    assert!(is_colored(&archive, &["--color", "always"], &[]));
    assert!(is_colored(&archive, &[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!is_colored(&archive, &["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!is_colored(&archive, &[], &[("CLICOLOR_FORCE", "0")]), "0 means not forced");
    assert!(!is_colored(&archive, &[], &[("NO_COLOR", "1")]));
    assert!(!is_colored(&archive, &[], &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]));
    assert!(is_colored(&archive, &["--color", "always"], &[("NO_COLOR", "1")]), "the flag has the last word");
    archive.ibid(&["query", "embargo", "--color", "sometimes"]).exits(2).complains("sometimes");
}

/// Colour adds escapes and takes the asterisks away; it changes no word.
#[test]
fn colour_changes_no_word() {
    let archive = archive();
    let plain = archive.ibid(&["query", "embargo"]).exits(0).stdout;
    let colored = archive.ibid(&["query", "embargo", "--color", "always"]).exits(0).stdout;
    assert!(colored.contains("\u{1b}[1;33membargo\u{1b}[0m"), "{colored}");
    let mut bare = String::new();
    for part in colored.split(ESCAPE) {
        bare.push_str(part.split_once('m').filter(|_| part.starts_with('[')).map_or(part, |(_, rest)| rest));
    }
    assert_eq!(bare, plain.replace('*', ""));
}

/// What scripts read is never coloured.
#[test]
fn machine_formats_are_never_coloured() {
    let archive = archive();
    for format in ["json", "jsonl", "csv", "tsv", "markdown", "html", "trec"] {
        let outcome = archive.ibid(&["query", "embargo", "--format", format, "--color", "always"]).exits(0);
        assert!(!outcome.stdout.contains(ESCAPE), "{format}");
    }
}

/// The index is `--index`, else `IBID_INDEX`, else `index` in the working folder.
#[test]
fn the_index_is_found_by_flag_variable_and_default() {
    let sandbox = Sandbox::new();
    for index in ["by-flag", "by-variable", "index"] {
        sandbox.write("a.txt", format!("This is {}.\n", index.replace('-', " ")));
        sandbox.ingest(&["a.txt", "--index", index]);
    }
    let text = |variable: Option<&str>, arguments: &[&str]| {
        let mut command = sandbox.command(&["query", "this OR by OR index", "--format", "jsonl"]);
        command.args(arguments).envs(variable.map(|value| ("IBID_INDEX", value)));
        sandbox.run(command).exits(0).lines()[0]["text"].as_str().unwrap().to_owned()
    };
    assert_eq!(text(None, &[]), "This is index.");
    assert_eq!(text(Some("by-variable"), &[]), "This is by variable.");
    assert_eq!(text(Some("by-variable"), &["--index", "by-flag"]), "This is by flag.");
}

/// Help and version are answers: on standard output, with success.
#[test]
fn help_and_version_are_answers() {
    let sandbox = Sandbox::new();
    let help = sandbox.ibid(&["--help"]).exits(0);
    assert!(help.stdout.contains("Find the passage") && help.stderr.is_empty());
    for command in ["ingest", "query", "extract", "show", "stats"] {
        assert!(help.stdout.contains(&format!("  {command} ")), "{command} isn't in the help");
        assert!(!sandbox.ibid(&[command, "--help"]).exits(0).stdout.is_empty());
    }
    assert!(sandbox.ibid(&["--version"]).exits(0).stdout.starts_with("ibid "));
    sandbox.ibid(&["find", "water"]).exits(2);
    sandbox.ibid::<&str>(&[]).exits(2);
}
