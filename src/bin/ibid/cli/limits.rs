//! The flags that bound how much of an input is read.

use clap::Args;
use ibid::source::{Limits, PdfReader};

use super::pdf::reader_apart;

/// How much of an input is read.
#[derive(Args, Clone, Copy, Debug)]
#[command(next_help_heading = "Limits")]
pub struct LimitArguments {
    /// Set inputs aside that are larger, decompressed, in MiB, at most 1,024
    #[arg(long, value_name = "MIB", default_value_t = 64, value_parser = clap::value_parser!(u64).range(1..=1024))]
    max_input_mib: u64,

    /// Stop reading what grows to more times its compressed size, at most 100,000
    ///
    /// It holds for each thing that is compressed, and for all that a file holds against the file itself.
    #[arg(long, value_name = "TIMES", default_value_t = 200, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    max_expansion: u64,

    /// Stop reading a file that holds more members, those of archives inside it among them
    #[arg(long, value_name = "N", default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1..))]
    max_members: u64,

    /// Set archives aside that lie inside this many others, at most 64
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=64))]
    max_depth: u32,

    /// Set PDF files aside that take longer to read, at least 1
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    pdf_seconds: u64,

    /// Set pages aside of which it takes longer to make an article, at least 1
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    page_seconds: u64,
}

impl LimitArguments {
    /// A reader of PDF files within these limits.
    pub fn pdf_reader(self) -> PdfReader {
        reader_apart(self.pdf_seconds)
    }

    /// The limits that were asked for.
    pub fn limits(self) -> Limits {
        Limits {
            input_bytes: self.max_input_mib << 20,
            expansion_ratio: self.max_expansion,
            members: self.max_members,
            depth: self.max_depth,
            pdf_seconds: self.pdf_seconds,
            page_seconds: self.page_seconds,
        }
    }
}
