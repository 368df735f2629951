//! `ibid man`: the manual pages of all commands, made of their help.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Command};
use clap_mangen::generate_to;

use super::exit::Exit;

/// Write the manual pages of all commands into a folder
///
/// `ibid.1`, `ibid-query.1` and so on. `ibid man ~/.local/share/man/man1` puts them where `man ibid-query` finds them.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The folder; it is made if it isn't there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Runs the command, for those of `program` that are shown.
pub fn run(arguments: &Arguments, program: Command) -> Result<Exit> {
    let folder = &arguments.folder;
    // Whoever reads the pages may have another index than whoever writes them.
    let program = program.mut_arg("index", |index| index.default_value("index"));
    let written = std::fs::create_dir_all(folder).and_then(|()| generate_to(program, folder));
    written.with_context(|| folder.display().to_string())?;
    Ok(Exit::Success)
}
