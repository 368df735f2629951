//! The command `ibid`: hands over to the command line and ends with its exit status.

mod allocator;
mod cli;
mod output;

use std::process::ExitCode;

fn main() -> ExitCode {
    allocator::set_up();
    cli::run().into()
}
