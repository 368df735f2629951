//! What the program does, seen from outside: the real binary, real files, its streams and exit status.
//!
//! A module a subject. Every test makes a sandbox of its own, so they run side by side. How single parts
//! work is tested beside their code.

// Everything here is test code: a failed expectation is best met by a panic that says where, and nobody waits
// for a string to be put together.
#![allow(clippy::unwrap_used, clippy::format_push_string, clippy::format_collect)]

mod archive;
mod archives;
mod draw;
mod harness;
mod pages;

mod account;
mod acronyms;
mod answers;
mod bad_input;
mod books;
mod changes;
mod check;
mod cite;
mod command_line;
mod commits;
mod containers;
mod copies;
mod cuts;
mod damage;
mod dates;
mod decay;
mod diagnosis;
mod differential;
mod documentation;
mod durability;
mod encodings;
mod evaluation;
mod exports;
mod faulty_queries;
mod forms;
mod gone;
mod held;
mod hostile;
mod kept;
mod kinds;
mod languages;
mod limits;
mod lists;
mod little;
mod long_words;
mod mail;
mod odd_containers;
mod odd_kinds;
mod orphans;
mod output;
mod pdf;
mod queries;
mod ranking;
mod read_back;
mod reading;
mod record_bounds;
mod record_content;
mod recurring;
mod regressions;
mod revisits;
mod saved;
mod slips;
mod style;
mod terminal;
#[cfg(unix)]
mod unreadable;
mod upkeep;
mod warc;
mod words;
