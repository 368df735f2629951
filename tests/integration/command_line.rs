//! What is typed: which words are queries and which are flags, and what is said of slips.

use crate::archive::archive;
use crate::harness::Sandbox;

/// A flag that nobody knows was taken for a query: an export was empty, or held part of the archive, with success.
#[test]
fn a_misspelt_flag_is_no_query() {
    let archive = archive();
    for (arguments, similar) in [
        (&["export", "--fromat=warc"][..], "--format"),
        (&["export", "--language"], "--lang"),
        (&["export", "--formt", "cdxj", "embargo"], "--format"),
        (&["query", "--al-copies"], "--all-copies"),
        (&["query", "--formt", "json", "embargo"], "--format"),
        (&["query", "-oil", "--limt", "3"], "--limit"),
        (&["query", "--queries", "q.tsv", "--stirct"], "--strict"),
    ] {
        let outcome = archive.ibid(arguments).exits(2);
        assert_eq!(outcome.stdout, "");
        outcome.complains(&format!("a similar argument exists: '{similar}'"));
    }
    archive.ibid(&["export", "--all"]).exits(2).complains("unexpected argument '--all'");
    archive.ibid(&["query", "-n5x"]).exits(2).complains("invalid value '5x'");
}

/// A word with a sign is a query, wherever it stands; with two, behind what ends the flags.
#[test]
fn a_word_with_a_sign_is_a_query() {
    let archive = archive();
    let understood = |arguments: &[&str]| {
        let all = [&["query", "--format", "json"], arguments].concat();
        archive.ibid(&all).json()["understood"].as_str().map(str::to_owned).unwrap()
    };
    assert_eq!(understood(&["-oil"]), "NOT oil");
    assert_eq!(understood(&["-nuclear", "-n", "3"]), "NOT nuclear");
    assert_eq!(understood(&["-n3", "-harbour treaty"]), "-harbour treaty");
    assert_eq!(understood(&["--", "-oil"]), "NOT oil");
    assert_eq!(understood(&["--", "--embargo"]), "embargo");
    assert_eq!(archive.ibid(&["export", "-oil"]).exits(0).stdout.lines().count(), 4);
}

/// An id that begins with a sign was taken for a flag, though answers show it.
#[test]
fn an_id_with_a_sign_is_shown() {
    let sandbox = Sandbox::with_records("{\"id\":\"-x\",\"text\":\"Sluices.\"}\n");
    let id = sandbox.hits("sluices")[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(id, "-x.1");
    assert!(sandbox.ibid(&["show", &id, "-C2"]).exits(0).stdout.contains("Sluices."));
    sandbox.ibid(&["show", "--contxt"]).exits(2).complains("--context");
}

/// Words typed one by one were told to be unexpected, without a word of quotes.
#[test]
fn a_query_of_several_arguments_is_told_to_be_put_in_quotes() {
    insta::assert_snapshot!(archive().ibid(&["query", "peace", "treaty"]).all(), @r"
    --- stderr
    error: unexpected argument 'treaty' found

      tip: a query is one argument: put its words in quotes, as in 'water policy'

    Usage: ibid query [OPTIONS] [QUERY]

    For more information, try '--help'.
    --- exit 2
    ");
    archive().ibid(&["export", "peace", "-treaty"]).exits(2).complains("in quotes");
}

/// With a variable for the index the program alone printed an error with a hidden command, and usage that asks for a
/// flag nobody needs.
#[test]
fn a_variable_for_the_index_changes_no_usage() {
    let sandbox = Sandbox::new();
    let run = |arguments: &[&str]| {
        let mut command = sandbox.command(arguments);
        sandbox.run({
            command.env("IBID_INDEX", "elsewhere");
            command
        })
    };
    let help = run(&[]).exits(2).stderr;
    assert!(
        help.contains("Usage: ibid [OPTIONS] <COMMAND>") && help.contains("[default: elsewhere]"),
        "{help}"
    );
    assert!(run(&["query"]).exits(2).stderr.contains("Usage: ibid query <QUERY>"));
    let told = run(&["--index", "a"]).exits(2).complains("requires a subcommand").stderr;
    assert!(told.contains("export, eval, completions, man, help]") && !told.contains("pdf-text"), "{told}");
    run(&["stats"]).exits(2).complains("no index at elsewhere");
}

/// `--color` held for answers alone.
#[test]
fn help_and_usage_errors_are_coloured_as_asked() {
    let sandbox = Sandbox::new();
    let is_colored = |arguments: &[&str]| {
        let mut command = sandbox.command(arguments);
        command.env("CLICOLOR_FORCE", "1");
        let outcome = sandbox.run(command);
        [outcome.stdout, outcome.stderr].concat().contains('\u{1b}')
    };
    for arguments in [&["quary"][..], &["--help"], &["query", "--limt"]] {
        assert!(is_colored(arguments), "{arguments:?}");
        assert!(!is_colored(&[arguments, &["--color", "never"]].concat()), "{arguments:?}");
        assert!(!is_colored(&[&["--color=never"], arguments].concat()), "{arguments:?}");
    }
}

/// Help that couldn't be written was success.
#[cfg(target_os = "linux")]
#[test]
fn help_that_cannot_be_written_is_an_error() {
    let outcome = Sandbox::new().shell("\"$IBID\" --help >/dev/full").exits(2);
    outcome.complains("standard output: No space left on device");
}

/// Each command that prints much ends in peace where nobody reads on, and says that it is standard output that is full:
/// an error that names no place was taken for one of the index.
#[cfg(target_os = "linux")]
#[test]
fn standard_output_that_is_closed_or_full_is_told_apart() {
    let archive = archive();
    let commands =
        ["query river", "show indus", "report --inputs", "export", "extract records.jsonl", "stats"];
    for command in commands {
        let closed = format!("{{ sleep 0.1; \"$IBID\" {command}; echo $? >status; }} | true");
        assert_eq!(archive.shell(&closed).exits(0).stderr, "", "{command}");
        assert_eq!(std::fs::read_to_string(archive.path("status")).unwrap(), "0\n", "{command}");
        let full = archive.shell(&format!("\"$IBID\" {command} >/dev/full"));
        full.exits(2).complains("error: standard output: No space left on device");
    }
}

/// Today was the day in UTC, which is yesterday for half the day in Auckland. The two zones are never on the same day.
#[test]
fn today_is_the_day_where_the_user_is() {
    let sandbox = Sandbox::new();
    let today = |zone: &str| {
        let mut command = sandbox.command(&["query", "--explain-query", "date:today"]);
        command.env("TZ", zone);
        sandbox.run(command).exits(0).stdout
    };
    assert!(today("EAST-14") > today("WEST+12"));
}

/// Scripts for shells name every command that is shown, and bash takes its own for one.
#[test]
fn shells_complete_what_is_shown() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = sandbox.ibid(&["completions", shell]).exits(0).stdout;
        for name in ["ingest", "query", "backup", "completions", "fuzzy"] {
            assert!(script.contains(name), "{shell} doesn't complete {name}");
        }
        assert!(!script.contains("pdf-text"), "{shell} completes what isn't shown");
    }
    sandbox.ibid(&["completions", "tcsh"]).exits(2).complains("possible values: bash");
    sandbox.shell("\"$IBID\" completions bash >script && bash -n script").exits(0);
}

/// Every command that is shown has a page of its own, which holds nothing that a terminal would obey.
#[test]
fn each_command_has_a_manual_page() {
    let sandbox = Sandbox::new();
    let mut command = sandbox.command(&["man", "share/man1"]);
    command.env("IBID_INDEX", "somewhere");
    sandbox.run(command).exits(0);
    let help = sandbox.ibid(&["--help"]).exits(0).stdout;
    let listed = help.split_once("Commands:\n").unwrap().1.split_once("\n\n").unwrap().0;
    let commands = listed.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let commands: Vec<&str> = commands.filter(|name| !name.is_empty() && *name != "help").collect();
    assert!(commands.contains(&"query") && commands.contains(&"man"), "{commands:?}");
    let mut pages: Vec<String> = commands.iter().map(|name| format!("ibid-{name}.1")).collect();
    pages.push("ibid.1".to_owned());
    pages.sort_unstable();
    let mut written: Vec<String> = std::fs::read_dir(sandbox.path("share/man1"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    written.sort_unstable();
    assert_eq!(written, pages);
    for page in &written {
        let text = std::fs::read_to_string(sandbox.path("share/man1").join(page)).unwrap();
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{page}");
        assert!(text.contains(".SH NAME") && !text.contains("somewhere"), "{text}");
    }
    sandbox.write("file", "");
    sandbox.ibid(&["man", "file"]).exits(2).complains("error: file: ");
}
