//! Makes a new index of what can still be read of a damaged one.
//!
//! Records bear seals, so what is read is what was written. An input whose article is lost is forgotten, so that the
//! next run reads it again; an article whose input is forgotten gets a record that has it read again.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::check;
use super::inputs::Accounts;
use crate::engine::{Indexer, InputRecord, InputState, PreparedArticle, StoredArticle};
use crate::error::{Error, IndexError};
use crate::index::{Index, IndexWriter, Kept, Salvage};
use crate::model::{ArticleId, Locator};

/// What a repair saved, and what it lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Repaired {
    /// Articles that are in the new index.
    pub articles: u64,
    /// Inputs that it knows, without the files that hold them.
    pub inputs: u64,
    /// Records that can't be read any more: articles, or what was known of inputs.
    pub lost: u64,
    /// Inputs that the next run reads again, since their article is lost.
    pub to_read_again: Vec<Locator>,
    /// Segments of which nobody can tell any more what was removed: such articles may be back.
    pub without_removals: u64,
    /// Where the damaged index lies now.
    pub damaged: PathBuf,
}

impl Repaired {
    /// Whether the new index lacks something that the damaged one had.
    #[must_use]
    pub fn has_lost(&self) -> bool {
        self.lost > 0 || !self.to_read_again.is_empty()
    }
}

/// Makes a new index of the records of the damaged one at `path`, and puts it in its place; the damaged one is kept
/// beside it. `prepare` makes an article ready to be indexed.
///
/// # Errors
///
/// If another process writes to the index, no list of its segments can be read, or the new one can't be written. Then
/// the damaged index stays where it is.
pub fn repair(
    path: &Path,
    prepare: &mut dyn FnMut(StoredArticle) -> PreparedArticle,
) -> Result<Repaired, Error> {
    let salvage = Salvage::open(path)?;
    let place = salvage.room_for_rebuilt()?;
    let index = Index::open_or_create(&place)?;
    let rebuilt = rebuild(&salvage, &index, prepare).and_then(|repaired| sound(&place).map(|()| repaired));
    match rebuilt {
        Ok(repaired) => Ok(Repaired { damaged: salvage.replace_by_rebuilt()?, ..repaired }),
        Err(error) => {
            // It was made by this run, and is of no use.
            let _ = fs::remove_dir_all(&place);
            Err(error)
        }
    }
}

fn rebuild(
    salvage: &Salvage,
    index: &Index,
    prepare: &mut dyn FnMut(StoredArticle) -> PreparedArticle,
) -> Result<Repaired, Error> {
    let writer = index.writer()?;
    let mut repaired = Repaired::default();
    let mut accounts = Accounts::default();
    let mut articles: Vec<(ArticleId, Locator)> = Vec::new();
    let mut inputs: Vec<InputRecord> = Vec::new();
    let salvaged = salvage.each_kept(|kept| -> Result<(), Error> {
        match kept {
            Kept::Article(stored) if !accounts.has_article(stored.id) => {
                accounts.add_article(&stored);
                articles.push((stored.id, stored.article.locator.clone()));
                writer.put_article(prepare(*stored))?;
            }
            Kept::Input(record) => inputs.push(*record),
            Kept::Article(_) | Kept::Unreadable { .. } => {}
        }
        Ok(())
    })?;
    (repaired.lost, repaired.without_removals) = (salvaged.lost, salvaged.without_removals);
    repaired.articles = articles.len() as u64;
    restore_inputs(&writer, inputs, &articles, &accounts, &mut repaired)?;
    writer.set_recurring(salvage.recurring());
    writer.set_run(salvage.run());
    writer.commit()?;
    writer.finish()?;
    Ok(repaired)
}

fn restore_inputs(
    writer: &IndexWriter,
    mut inputs: Vec<InputRecord>,
    articles: &[(ArticleId, Locator)],
    accounts: &Accounts,
    repaired: &mut Repaired,
) -> Result<(), IndexError> {
    inputs.sort_by(|a, b| a.locator.cmp(&b.locator));
    inputs.dedup_by(|a, b| a.locator == b.locator);
    let is_lost = |input: &InputRecord| {
        let names_one = matches!(input.state, InputState::Indexed | InputState::Duplicate);
        names_one && !input.article.is_some_and(|id| accounts.has_article(id))
    };
    let (lost, mut kept): (Vec<_>, Vec<_>) = inputs.into_iter().partition(is_lost);
    let mut containers: Vec<Locator> = lost.iter().filter_map(|input| input.container.clone()).collect();
    repaired.to_read_again = lost.into_iter().map(|input| input.locator).collect();
    for (id, locator) in articles {
        let place = kept.binary_search_by(|input| input.locator.cmp(locator));
        if place.is_ok_and(|at| kept[at].state == InputState::Indexed && kept[at].article == Some(*id)) {
            continue;
        }
        let made_up = to_read_again(*id, locator);
        containers.extend(made_up.container.clone());
        match place {
            Ok(at) => kept[at] = made_up,
            Err(at) => kept.insert(at, made_up),
        }
    }
    for mut input in kept {
        // What holds an input that is to be read again isn't passed over for being unchanged.
        if containers.contains(&input.locator) {
            input.stamp = None;
        }
        repaired.inputs += u64::from(input.state != InputState::Container);
        writer.put_input(&input)?;
    }
    Ok(())
}

/// The record of an input of which nothing is known but its article.
fn to_read_again(id: ArticleId, locator: &Locator) -> InputRecord {
    let container = locator.container();
    InputRecord {
        container: (container != locator.as_str()).then(|| Locator::from_stored(container)),
        article: Some(id),
        ..InputRecord::new(locator.clone(), InputState::Indexed)
    }
}

/// Makes sure that the index at `path` is sound before it takes the place of another.
fn sound(path: &Path) -> Result<(), Error> {
    match check(path)?.findings.into_iter().next() {
        None => Ok(()),
        Some(finding) => {
            let reason = format!("what was rebuilt isn't sound: {}: {}", finding.place, finding.reason);
            Err(IndexError::Damaged { path: path.to_owned(), reason }.into())
        }
    }
}
