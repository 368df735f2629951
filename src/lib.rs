//! ibid finds the passage: full-text search for archives of policy articles.

pub mod model;
pub mod text;
