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
    /// An article has no passage of this number.
    #[error("no passage `{}`: {}", echoed(id), passages_of(article, *passages))]
    UnknownPassage {
        /// The id that was asked for.
        id: String,
        /// What it calls the article.
        article: String,
        /// How many passages that has.
        passages: usize,
    },
}

fn passages_of(article: &str, passages: usize) -> String {
    let article = echoed(article);
    match passages {
        0 => format!("the article `{article}` has none"),
        1 => format!("the article `{article}` has 1 passage, `{article}.1`"),
        _ => format!(
            "the article `{article}` has {passages} passages, `{article}.1` to `{article}.{passages}`"
        ),
    }
}

fn listed(named: &[(String, Locator)]) -> String {
    named.iter().fold(String::new(), |lines, (id, locator)| format!("{lines}\n  {id}  {locator}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_passages_of_an_article_are_told() {
        let told = |passages| {
            Error::UnknownPassage { id: "a.9".to_owned(), article: "a".to_owned(), passages }.to_string()
        };
        assert_eq!(told(0), "no passage `a.9`: the article `a` has none");
        assert_eq!(told(1), "no passage `a.9`: the article `a` has 1 passage, `a.1`");
        assert_eq!(told(3), "no passage `a.9`: the article `a` has 3 passages, `a.1` to `a.3`");
    }
}
