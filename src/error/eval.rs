//! Why nothing can be measured.

/// Why nothing can be measured.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EvalError {
    /// A file of queries, judgements or results has a line that can't be read.
    #[error("line {line}: {reason}")]
    Line {
        /// Its number, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// The index is empty: every measure would be zero, and say nothing.
    #[error("the index holds no articles, so there is nothing to measure; `ibid ingest` fills it")]
    EmptyIndex,
    /// No article that is judged relevant is in the index.
    #[error(
        "none of the {judged} articles judged relevant is in the index: judgements name them as `{example}`"
    )]
    NothingJudgedIsThere {
        /// How many there are.
        judged: usize,
        /// One of them.
        example: String,
    },
    /// The judgements are of other queries.
    #[error("no query has judgements: queries are named as `{query}`, judgements name them as `{judged}`")]
    NoQueryIsJudged {
        /// A query.
        query: String,
        /// A query of the judgements.
        judged: String,
    },
    /// The judgements are of other articles.
    #[error(
        "no article of the run has judgements: it names them as `{article}`, judgements name them as `{judged}`"
    )]
    NoArticleIsJudged {
        /// An article of the run.
        article: String,
        /// An article of the judgements.
        judged: String,
    },
    /// A run without a line.
    #[error("the run has no answer")]
    EmptyRun,
    /// A file of queries without one.
    #[error("the file has no query")]
    NoQueries,
    /// The judgements call nothing relevant.
    #[error("the judgements call no article relevant")]
    NothingRelevant,
}
