//! `ibid completions`: what a shell completes commands, flags and their values by.

use std::io::Write;

use anyhow::Result;
use clap::{Args, Command};
use clap_complete::{Shell, generate};

use super::exit::Exit;
use super::terminal::Streams;

/// What the program is called where it is typed.
const NAME: &str = "ibid";

/// Print what a shell completes commands and flags by
///
/// In bash, `source <(ibid completions bash)` completes until the shell ends; where a script of its own stays, shells
/// read it by themselves: `~/.local/share/bash-completion/completions/ibid`, `~/.config/fish/completions/ibid.fish`, or
/// `_ibid` in a folder of `fpath` of zsh.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The shell
    shell: Shell,
}

/// Runs the command, for those of `program` that are shown.
pub fn run(arguments: &Arguments, program: &Command, streams: &mut Streams) -> Result<Exit> {
    let shown = program.get_subcommands().filter(|command| !command.is_hide_set());
    let mut program = Command::new(NAME)
        .version(env!("CARGO_PKG_VERSION"))
        .args(program.get_arguments().cloned())
        .subcommands(shown.cloned());
    // It panics where it can't write.
    let mut script = Vec::new();
    generate(arguments.shell, &mut program, NAME, &mut script);
    streams.out().write_all(&script)?;
    Ok(Exit::Success)
}
