//! Finds inputs and reads them: folders, files, what is compressed, and what lies in archives.
//!
//! Order is that of names, nothing is written, limits hold, and every fault names its place. What an
//! input means is not decided here, only what kind it is.

mod content;
mod epub;
mod exported;
mod feed;
mod json_lines;
mod json_text;
mod limits;
mod mail;
mod member;
mod members;
mod opener;
mod packed;
mod pdf;
mod sniff;
mod stretch;
mod tar_file;
mod utf16;
mod walk;
mod web;
mod xml_text;
mod zip_end;
mod zip_file;
mod zstd;

pub use content::{Content, Refusal, open, open_bytes};
pub use exported::Exported;
pub use json_lines::as_record;
pub use limits::{Limit, Limits};
pub use member::{Form, Keeping, Member, Packed};
pub use members::Members;
pub use pdf::{PdfReader, PdfText, read_pdf};
pub use walk::{FoundFile, MISSING, Walk, absolute, is_as_it_was, is_gone, walk, walk_listed};
pub use web::{Format, METADATA_FIELD, WebRecord};
