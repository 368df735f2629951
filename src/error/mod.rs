//! Every way that the library can fail, each with the place at fault.
//!
//! Messages are for a person: lower case, no full stop, and they say what to do where that is known. What
//! goes wrong with one input among many is a value of the ingest report, not an error of the run.

mod eval;
mod extract;
mod index;
mod source;

pub use eval::EvalError;
pub use extract::ExtractError;
pub use index::IndexError;
pub use source::SourceError;

use crate::model::Locator;
use crate::query::{QueryError, echoed};

/// Any failure of the library.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The query can't be understood.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The index can't be used.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// An input can't be read at all.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// Nothing can be measured.
    #[error(transparent)]
    Eval(#[from] EvalError),
    /// A thread can't be started.
    #[error("no thread could be started: {0}")]
    Thread(#[source] std::io::Error),
    /// Several articles or passages have this id.
    #[error("`{}` names {} things; ask for one by the id that ibid gave it:{}", echoed(id), named.len(), listed(named))]
    AmbiguousId {
        /// The id that was asked for.
        id: String,
        /// What ibid itself calls each of them, and where it came from.
        named: Vec<(String, Locator)>,
    },
    /// No article or passage has this id.
    #[error("no article or passage `{}` in the index", echoed(id))]
    UnknownId {
        /// The id that was asked for.
        id: String,
    },
}

fn listed(named: &[(String, Locator)]) -> String {
    named.iter().fold(String::new(), |lines, (id, locator)| format!("{lines}\n  {id}  {locator}"))
}
