//! The words of an index that are long enough to be compounds, in one text that is looked through at once.
//!
//! Reading them out of the dictionaries takes longer than all else that a process does which is asked one query. Who
//! has written to an index therefore leaves them in a file beside it, with the segments that they are of. Where there
//! is none, or one of other segments, they are read as ever: the file says nothing that the index doesn't. What a
//! compound is isn't decided here.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::OnceLock;

use memchr::{memchr, memmem, memrchr};
use tantivy::directory::OwnedBytes;
use tantivy::{Directory, Searcher};

use super::Index;
use super::dictionary::{each_word_of_segments, words_of_segments};
use super::directory::Files;
use super::failure::guarded;
use super::fields::Fields;
use super::seal::{TEXT_DIGITS, opened_text, sealed_text};
use crate::analysis::makes_compounds;
use crate::error::IndexError;

/// The file: the ids of segments in one line, each of their words in another, and a seal. By its name it is no text
/// that a run would read where the index lies among its inputs.
pub(super) const LONG_WORDS_FILE: &str = "long.words";

/// Words of the segments' dictionaries that are looked at; of more a query would notice it.
const MAX_WORDS: usize = 1_000_000;

/// Fewest words of the dictionaries that a file is written for: to read fewer takes no millisecond.
const FEWEST_WORDS_KEPT: usize = 8_000;

/// Fewest bytes of a word that may be a compound.
const MIN_BYTES: usize = 8;

/// Most bytes of one: no dictionary has longer ones, and a hostile archive shouldn't take more memory than others.
const MAX_BYTES: usize = 64;

/// The long words of an index, each behind a line feed, one more at the end: read once.
#[derive(Default)]
pub(super) struct LongWords(OnceLock<OwnedBytes>);

impl LongWords {
    /// Those of the index of `searcher` in `folder`; none if it has too many words.
    pub fn of(&self, searcher: &Searcher, fields: &Fields, folder: &Path) -> tantivy::Result<Option<&[u8]>> {
        if let Some(known) = self.0.get() {
            return Ok(Some(known));
        }
        if words_of_segments(searcher, fields.exact)? > MAX_WORDS {
            return Ok(None);
        }
        let words = match kept(&Files::open(folder)?, &segments_of(searcher)) {
            Some(kept) => kept,
            None => OwnedBytes::new(with_long_words(String::new(), searcher, fields)?.into_bytes()),
        };
        Ok(Some(self.0.get_or_init(|| words)))
    }
}

/// Calls `found` with each of `long_words` that has `trace`, once for each time.
pub(super) fn each_word_with(long_words: &[u8], trace: &str, mut found: impl FnMut(&str)) {
    for at in memmem::find_iter(long_words, trace) {
        // A trace may begin with the line feed before a word.
        let inside = at + usize::from(trace.starts_with('\n'));
        let start = memrchr(b'\n', &long_words[..inside]).map_or(0, |before| before + 1);
        let length = memchr(b'\n', &long_words[inside..]).unwrap_or_default();
        if let Ok(word) = std::str::from_utf8(&long_words[start..inside + length]) {
            found(word);
        }
    }
}

impl Index {
    /// Makes the file of long words that of the last commit, if it isn't. An index without articles in languages that
    /// make compounds has none, nor has one of very few words or of too many.
    ///
    /// # Errors
    ///
    /// [`IndexError::Locked`] if another process writes to the index; or if it can't be read, or the file be written.
    pub(super) fn keep_long_words(&self) -> Result<(), IndexError> {
        let searcher = self.searcher()?;
        let in_words = FEWEST_WORDS_KEPT..=MAX_WORDS;
        guarded(self.path(), "writing the list of long words", || {
            let files = Files::open(self.path())?;
            let (engine, fields) = (searcher.engine(), searcher.fields());
            if !searcher.groups.iter().any(|group| makes_compounds(group.language()))
                || !in_words.contains(&words_of_segments(engine, fields.exact)?)
            {
                let _ = fs::remove_file(files.folder().join(LONG_WORDS_FILE));
                return Ok(());
            }
            let segments = segments_of(engine);
            if kept(&files, &segments).is_none() {
                let mut text = with_long_words(segments, engine, fields)?;
                // The seal comes with another.
                text.pop();
                let _lock = files.lock_for_writing()?;
                files.write_as_is(Path::new(LONG_WORDS_FILE), sealed_text(text).as_bytes())?;
            }
            Ok(())
        })
    }
}

/// What is wrong with the file of long words; nothing if there is none.
pub(super) fn long_words_fault(files: &Files) -> Option<&'static str> {
    match fs::read_to_string(files.folder().join(LONG_WORDS_FILE)) {
        Ok(text) => opened_text(&text).is_none().then_some("it isn't as it was written"),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Some("it isn't as it was written"),
        Err(_) => Some("it can't be read"),
    }
}

/// Puts the file of long words of the index in the folder `of` beside the backup in `to`. Where that can't be done,
/// what is put there says the same, only later.
pub(super) fn back_up_long_words(of: &Path, to: &Files) {
    let path = Path::new(LONG_WORDS_FILE);
    let Ok(words) = fs::read(of.join(path)) else { return };
    if !to.read_as_is(path).is_ok_and(|there| there == words) {
        let _ = to.write_as_is(path, &words);
    }
}

/// The segments of `searcher`, in one line that is always the same of the same ones.
fn segments_of(searcher: &Searcher) -> String {
    let mut ids: Vec<String> =
        searcher.segment_readers().iter().map(|segment| segment.segment_id().uuid_string()).collect();
    ids.sort_unstable();
    ids.join(" ")
}

/// The long words that the file in the folder of `files` has of `segments`, if it is of these.
fn kept(files: &Files, segments: &str) -> Option<OwnedBytes> {
    let bytes = files.open_read(Path::new(LONG_WORDS_FILE)).ok()?.read_bytes().ok()?;
    let words = segments.len()..bytes.len().checked_sub(TEXT_DIGITS)?;
    let in_lines = bytes.get(words.clone())?;
    let is_theirs =
        bytes.starts_with(segments.as_bytes()) && in_lines.starts_with(b"\n") && in_lines.ends_with(b"\n");
    is_theirs.then(|| bytes.slice(words))
}

/// `text` with the long words in the dictionaries of `searcher` behind it.
fn with_long_words(mut text: String, searcher: &Searcher, fields: &Fields) -> tantivy::Result<String> {
    each_word_of_segments(searcher, fields.exact, |word| {
        if (MIN_BYTES..=MAX_BYTES).contains(&word.len()) {
            text.push('\n');
            text.push_str(word);
        }
    })?;
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_what_they_have_and_by_how_they_begin() {
        let with = |trace: &str| {
            let mut found = Vec::new();
            each_word_with(b"\nklimagesetz\ngesetzbuch\nhandelsgesetze\n", trace, |word| {
                found.push(word.to_owned());
            });
            found
        };
        assert_eq!(with("gesetz"), ["klimagesetz", "gesetzbuch", "handelsgesetze"]);
        assert_eq!(with("\ngesetz"), ["gesetzbuch"]);
        assert_eq!(with("vertrag"), [""; 0]);
    }

    #[test]
    fn words_of_other_segments_are_not_taken_for_these() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let path = Path::new(LONG_WORDS_FILE);
        let words = |segments: &str| kept(&files, segments).map(|words| words.as_slice().to_vec());
        assert_eq!((words("a1 b2"), long_words_fault(&files)), (None, None));
        files.write_as_is(path, sealed_text("a1 b2\nklimagesetz".to_owned()).as_bytes()).unwrap();
        assert_eq!(
            (words("a1 b2").as_deref(), long_words_fault(&files)),
            (Some(&b"\nklimagesetz\n"[..]), None)
        );
        assert_eq!((words("a1"), words("a1 b2 c3"), words("a1 b3")), (None, None, None));
        for damaged in ["", "a1 b2", "a1 b2\nklimagesatz\n0123456789abcdef"] {
            files.write_as_is(path, damaged.as_bytes()).unwrap();
            assert!(long_words_fault(&files).is_some(), "{damaged}");
        }
    }
}
