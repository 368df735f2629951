//! ibid finds the passage: full-text search for archives of policy articles.

pub mod acronym;
pub mod analysis;
mod calendar;
pub mod check;
pub mod dedup;
pub mod engine;
pub mod error;
pub mod eval;
pub mod export;
pub mod extract;
pub mod highlight;
pub mod index;
pub mod ingest;
pub mod model;
pub mod passage;
pub mod query;
pub mod rank;
pub mod search;
pub mod source;
pub mod terms;
pub mod text;
