//! What was typed, on its way to clap: which words with a sign are queries, and what is said of slips that clap can't
//! tell.
//!
//! Clap can let an argument begin with a sign, as `-oil` does, but then takes every flag that it doesn't know for that
//! argument, which would make a query of `--fromat`.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ColorChoice, Command, FromArgMatches};

use super::terminal::choice_of_usage;

/// Commands that take a query, of which the words may be typed one by one by mistake.
const TAKE_A_QUERY: [&str; 2] = ["query", "export"];

/// Commands whose argument may begin with a sign: those, and ids of records may.
const TAKE_SIGNS: [&str; 4] = ["query", "export", "show", "cite"];

/// What everything behind it is an argument for, however it begins.
const ESCAPE: &str = "--";

/// What `typed`, which begins with the program's name, means to `command`.
///
/// # Errors
///
/// If it means nothing, or asks for help.
pub fn parsed<T: FromArgMatches>(command: Command, typed: Vec<OsString>) -> Result<T, clap::Error> {
    let mut command = command.color(color(&typed));
    command.build();
    let subcommand = subcommand(&typed, &command).map(|(at, named)| (at, named.clone()));
    let typed = match &subcommand {
        Some((at, named)) if TAKE_SIGNS.contains(&named.get_name()) => words_escaped(typed, *at, named),
        _ => typed,
    };
    let parsed = command.try_get_matches_from_mut(typed).and_then(|matches| T::from_arg_matches(&matches));
    parsed.map_err(|error| {
        let takes_a_query = subcommand.is_some_and(|(_, named)| TAKE_A_QUERY.contains(&named.get_name()));
        explained(error, &command, takes_a_query)
    })
}

/// How to colour what is said of the command line, which isn't understood yet.
fn color(typed: &[OsString]) -> ColorChoice {
    let mut flags =
        typed.iter().map(|argument| argument.to_string_lossy()).take_while(|flag| *flag != ESCAPE);
    let mut asked = None;
    while let Some(flag) = flags.next() {
        match flag.strip_prefix("--color") {
            Some("") => asked = flags.next().or(asked),
            Some(when) => asked = when.strip_prefix('=').map(|when| when.to_owned().into()).or(asked),
            None => {}
        }
    }
    match asked.as_deref() {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => choice_of_usage(),
    }
}

/// The subcommand that is named, and where.
fn subcommand<'c>(typed: &[OsString], command: &'c Command) -> Option<(usize, &'c Command)> {
    let mut rest = typed.iter().enumerate().skip(1);
    while let Some((at, argument)) = rest.next() {
        let argument = argument.to_string_lossy();
        match argument.strip_prefix("--") {
            None => return command.find_subcommand(&*argument).map(|named| (at, named)),
            Some(flag) if takes_value(command, flag) => drop(rest.next()),
            Some(_) => {}
        }
    }
    None
}

/// Whether `flag` has its value behind it.
fn takes_value(command: &Command, flag: &str) -> bool {
    let known = command.get_arguments().find(|known| known.get_long() == Some(flag));
    known.is_some_and(|known| known.get_action().takes_values())
}

/// `typed` with the words that begin with a sign behind an escape. The subcommand, which is `named` at `at`, has none
/// of them for a flag.
fn words_escaped(mut typed: Vec<OsString>, at: usize, named: &Command) -> Vec<OsString> {
    let end = typed.iter().position(|argument| argument == ESCAPE);
    let behind = end.map(|end| typed.split_off(end)).unwrap_or_default();
    let (words, flags): (Vec<OsString>, Vec<OsString>) =
        typed.split_off(at + 1).into_iter().partition(|argument| is_word(&argument.to_string_lossy(), named));
    if words.is_empty() && behind.is_empty() {
        return [typed, flags].concat();
    }
    let behind = behind.into_iter().skip(1).collect();
    [typed, flags, vec![ESCAPE.into()], words, behind].concat()
}

/// Whether `argument` is a word with a sign, and no flag of the subcommand `named`: `-n` and `-n5` are, `-nuclear`
/// isn't.
fn is_word(argument: &str, named: &Command) -> bool {
    let Some(word) = argument.strip_prefix('-') else { return false };
    let mut rest = word.chars();
    let Some(first) = rest.next().filter(|&first| first != '-') else { return false };
    let is_flag = named.get_arguments().any(|known| known.get_short() == Some(first));
    let has_value = rest.next().is_none_or(|next| next.is_ascii_digit() || next == '=');
    !(is_flag && has_value)
}

/// `error` with what clap doesn't know.
fn explained(error: clap::Error, command: &Command, takes_a_query: bool) -> clap::Error {
    let mut error = error;
    match (error.kind(), error.get(ContextKind::InvalidArg)) {
        (ErrorKind::UnknownArgument, Some(ContextValue::String(argument)))
            if takes_a_query && !argument.starts_with("--") =>
        {
            let tip = "a query is one argument: put its words in quotes, as in 'water policy'";
            error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
        }
        (ErrorKind::MissingSubcommand, _) => {
            let shown = command.get_subcommands().filter(|known| !known.is_hide_set());
            let names = shown.map(|known| known.get_name().to_owned()).collect();
            error.insert(ContextKind::ValidSubcommand, ContextValue::Strings(names));
        }
        _ => {}
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Arg;

    fn command() -> Command {
        let limit = Arg::new("limit").short('n').long("limit");
        let mut command = Command::new("ibid")
            .arg(Arg::new("index").long("index").global(true))
            .subcommand(Command::new("query").arg(limit).arg(Arg::new("query")))
            .subcommand(Command::new("show").arg(Arg::new("id")));
        command.build();
        command
    }

    fn escaped(typed: &str) -> String {
        let command = command();
        let typed: Vec<OsString> = typed.split(' ').map(OsString::from).collect();
        let (at, named) = subcommand(&typed, &command).unwrap();
        words_escaped(typed, at, named).join(" ".as_ref()).into_string().unwrap()
    }

    #[test]
    fn words_with_a_sign_are_no_flags() {
        for (typed, expected) in [
            ("ibid query -oil", "ibid query -- -oil"),
            ("ibid query -nuclear -n 5", "ibid query -n 5 -- -nuclear"),
            ("ibid query -n5 --index=x -hope", "ibid query -n5 --index=x -- -hope"),
            ("ibid query -n=5 oil", "ibid query -n=5 oil"),
            ("ibid query -h", "ibid query -h"),
            ("ibid query --queries -", "ibid query --queries -"),
            ("ibid query --fromat -- --oil", "ibid query --fromat -- --oil"),
            ("ibid query -a -- -b", "ibid query -- -a -b"),
            ("ibid --index show query -n 5", "ibid --index show query -n 5"),
            ("ibid --index=show show -x.1", "ibid --index=show show -- -x.1"),
        ] {
            assert_eq!(escaped(typed), expected);
        }
    }

    #[test]
    fn colour_is_known_before_the_command_line_is() {
        let color = |typed: &str| color(&typed.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(color("ibid qury --color never"), ColorChoice::Never);
        assert_eq!(color("ibid --color=never --color always"), ColorChoice::Always);
        assert_eq!(color("ibid query -- --color never"), ColorChoice::Auto);
    }
}
