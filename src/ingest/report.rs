//! The account of a run: what became of every input.

use serde::{Deserialize, Serialize};

use crate::engine::InputRecord;

/// Hears of every input, in order, while a run is under way.
pub trait Observer: Sync {
    /// `inputs` more were found to look at.
    fn found(&self, inputs: u64);

    /// So many bytes more of files, as they lie there, were read or needn't be; what they hold may still be under way.
    fn read(&self, _file_bytes: u64) {}

    /// The input of `record`, of which `bytes` bytes were read, ended as `outcome`.
    fn finished(&self, record: &InputRecord, outcome: &Outcome, bytes: u64);

    /// What was told of the input of `record`, that it ended as `before`, doesn't hold any more: it ended as `after`.
    fn revised(&self, _record: &InputRecord, _before: &Outcome, _after: &Outcome) {}

    /// When all inputs are read: `done` of the `all` articles that may hold what recurs on their sites were looked at.
    /// May be called from several threads at once.
    fn looked_through(&self, _done: u64, _all: u64) {}

    /// The input of `record` is gone, and what was made of it is dropped.
    fn removed(&self, _record: &InputRecord) {}
}

/// What became of an input in this run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Outcome {
    /// It is a new article.
    Indexed,
    /// It replaced its article.
    Updated,
    /// It is as it was.
    Unchanged,
    /// Its text is that of an article that is there.
    Duplicate,
    /// It is nothing that articles are made of.
    Skipped {
        /// What it is.
        reason: String,
    },
    /// It should be an article but couldn't be read.
    SetAside {
        /// What is wrong with it.
        reason: String,
    },
}

/// How many inputs ended in which state. The states add up to the inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// Inputs that were looked at: files, or records of files that hold many.
    pub inputs: u64,
    /// New articles.
    pub indexed: u64,
    /// Articles that replaced their older form.
    pub updated: u64,
    /// Inputs that are as they were.
    pub unchanged: u64,
    /// Inputs with the text of another.
    #[serde(rename = "duplicate", alias = "duplicates")]
    pub duplicates: u64,
    /// Inputs that hold no article.
    pub skipped: u64,
    /// Inputs that couldn't be read.
    pub set_aside: u64,
    /// Articles that were dropped: their input is gone, or holds no article of its own any more.
    pub removed: u64,
    /// Inputs that pruning has dropped, with their articles or not: a copy may have its place.
    #[serde(skip)]
    pub pruned: u64,
    /// Inputs that lay in a container that was read anew, and do no more; pruning drops them.
    pub gone: u64,
    /// What was taken out of articles since it recurs on the pages of their site.
    pub recurring: Vec<Recurred>,
    /// Articles that such blocks were put back into.
    pub put_back: u64,
    /// Bytes that were read, decompressed.
    pub bytes: u64,
    /// Whether the run was ended before its end.
    pub interrupted: bool,
}

/// What recurs on the pages of a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurred {
    /// The site.
    pub host: String,
    /// Blocks that were taken out, each counted once.
    pub blocks: u64,
    /// Articles that they were taken out of.
    pub articles: u64,
}

impl Report {
    /// Counts one input.
    pub(super) fn count(&mut self, outcome: &Outcome, bytes: u64) {
        self.inputs += 1;
        self.bytes += bytes;
        *self.ended_as(outcome) += 1;
    }

    /// Counts an input as `after` that was counted as `before`.
    pub(super) fn recount(&mut self, before: &Outcome, after: &Outcome) {
        *self.ended_as(before) -= 1;
        *self.ended_as(after) += 1;
    }

    fn ended_as(&mut self, outcome: &Outcome) -> &mut u64 {
        match outcome {
            Outcome::Indexed => &mut self.indexed,
            Outcome::Updated => &mut self.updated,
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Duplicate => &mut self.duplicates,
            Outcome::Skipped { .. } => &mut self.skipped,
            Outcome::SetAside { .. } => &mut self.set_aside,
        }
    }

    /// Whether the index is another than before.
    #[must_use]
    pub fn changed(&self) -> bool {
        self.indexed + self.updated + self.removed + self.put_back > 0
    }
}
