//! Finds inputs and reads them: folders, files, what is compressed, and files of many records.
//!
//! Order is that of names, nothing is written, limits hold, and every fault names its place. What an
//! input means is not decided here, only what kind it is.

mod content;
mod json_lines;
mod sniff;
mod walk;

pub use content::{Content, Limits, Refusal, open};
pub use json_lines::{Line, Lines, by_number, to_raw_document};
pub use walk::{FoundFile, Walk, absolute, walk};
