//! ibid finds the passage: full-text search for archives of policy articles.

pub mod analysis;
pub mod error;
pub mod model;
pub mod passage;
pub mod text;
