//! What Tantivy and the system say, as errors of an index: which of them tell of damage, and which of a disk that is
//! full or of leave that isn't given.

use std::io::{self, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

use super::files::in_own_words;
use super::holder::Holder;
use crate::error::IndexError;

/// Does something with the files of the index at `path`; a failure says what was done.
///
/// Tantivy trusts its files and may panic on those that were damaged.
pub(super) fn guarded<T>(
    path: &Path,
    action: &'static str,
    work: impl FnOnce() -> tantivy::Result<T>,
) -> Result<T, IndexError> {
    let damaged = |_| IndexError::Damaged {
        path: path.to_owned(),
        reason: format!("{action} failed on what its files hold"),
    };
    let done = catch_unwind(AssertUnwindSafe(work)).map_err(damaged)?;
    done.map_err(|error| failure(path, action, error))
}

/// What Tantivy says, as an error of the index at `path`.
pub(super) fn failure(path: &Path, action: &'static str, error: TantivyError) -> IndexError {
    let path = path.to_owned();
    match &error {
        error if tells_of_a_full_disk(error) => IndexError::NoRoom { path, action },
        TantivyError::LockFailure(LockError::LockBusy, _) => {
            let holder =
                Holder::told_of(&path).map_or_else(|| "another ibid".to_owned(), |told| told.to_string());
            IndexError::Locked { path, holder }
        }
        // Tantivy adds that somebody else must be writing, whatever the system says.
        TantivyError::LockFailure(LockError::IoError(refusal), _) => {
            IndexError::Engine { path, action, source: Arc::clone(refusal).into() }
        }
        TantivyError::DataCorruption(found) => IndexError::Damaged { path, reason: format!("{found:?}") },
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
            IndexError::Damaged { path, reason: format!("{} is missing", file.display()) }
        }
        TantivyError::OpenReadError(OpenReadError::IncompatibleIndex(reason)) => {
            IndexError::Damaged { path, reason: format!("{reason:?}") }
        }
        // Our own queries and documents fit the schema, so it is the files that don't.
        TantivyError::SchemaError(reason)
        | TantivyError::FieldNotFound(reason)
        | TantivyError::InvalidArgument(reason)
        | TantivyError::InternalError(reason) => IndexError::Damaged { path, reason: reason.clone() },
        TantivyError::DeserializeError(reason) => IndexError::Damaged { path, reason: reason.to_string() },
        error if tells_of_damage(error) => IndexError::Damaged { path, reason: in_words(error) },
        // What a thread says is for programmers but for the system's own words.
        TantivyError::SystemError(reason) => {
            IndexError::Engine { path, action, source: said_by_the_system(reason).into() }
        }
        error if system_error(error).is_some() => {
            IndexError::Engine { path, action, source: in_words(error).into() }
        }
        _ => IndexError::Engine { path, action, source: error.into() },
    }
}

/// How the system's refusals to take more read in what threads of Tantivy say, as text, of why they ended.
const FULL: [&str; 4] = ["StorageFull", "QuotaExceeded", "No space left on device", "Disk quota exceeded"];

/// What the system says in `reason`, the error of a thread as text; if it says nothing, all of it.
fn said_by_the_system(reason: &str) -> String {
    let told = reason.split_once("message: \"").and_then(|(_, told)| told.split_once('"'));
    told.map_or(reason, |(told, _)| told).to_owned()
}

/// Whether the system has no room for what was written.
fn tells_of_a_full_disk(error: &TantivyError) -> bool {
    match error {
        TantivyError::LockFailure(LockError::IoError(error), _) => is_full(error),
        TantivyError::SystemError(reason) | TantivyError::InternalError(reason) => says_full(reason),
        error => system_error(error).is_some_and(is_full),
    }
}

/// Whether `error` is, or wraps, that there is no room.
fn is_full(error: &io::Error) -> bool {
    let full = |kind| matches!(kind, ErrorKind::StorageFull | ErrorKind::QuotaExceeded);
    full(error.kind()) || behind(error).map_or_else(|| says_full(&error.to_string()), is_full)
}

fn says_full(text: &str) -> bool {
    FULL.iter().any(|full| text.contains(full))
}

/// Whether a file was read and what it holds can't be.
fn tells_of_damage(error: &TantivyError) -> bool {
    system_error(error).is_some_and(|error| match error.kind() {
        ErrorKind::InvalidData | ErrorKind::UnexpectedEof => true,
        // The system's own errors have a kind or a number; what has neither is what a reader of the file says.
        ErrorKind::Other => !comes_of_the_system(error),
        _ => false,
    })
}

/// Whether `error` is, or wraps, one of the system's.
fn comes_of_the_system(error: &io::Error) -> bool {
    behind(error).map_or(error.raw_os_error().is_some(), comes_of_the_system)
}

/// The error of input or output that `error` wraps.
fn behind(error: &io::Error) -> Option<&io::Error> {
    let mut cause = error.get_ref().map(|wrapped| wrapped as &(dyn std::error::Error + 'static));
    while let Some(error) = cause {
        // A dictionary that can't be written doesn't name the error behind its own.
        let behind = match error.downcast_ref::<tantivy_fst::Error>() {
            Some(tantivy_fst::Error::Io(error)) => Some(error),
            _ => error.downcast_ref::<io::Error>(),
        };
        if behind.is_some() {
            return behind;
        }
        cause = error.source();
    }
    None
}

/// What an index that can't be opened suffers from, unless the system refused to read it.
pub(super) fn as_damage(error: IndexError) -> IndexError {
    match error {
        IndexError::Engine { path, source, .. }
            if source.downcast_ref::<TantivyError>().is_some_and(|error| system_error(error).is_none()) =>
        {
            IndexError::Damaged { path, reason: source.to_string() }
        }
        error => error,
    }
}

/// What the system's error behind Tantivy's says, with the file that it is about where that is known.
fn in_words(error: &TantivyError) -> String {
    let file = match error {
        TantivyError::OpenReadError(OpenReadError::IoError { filepath, .. })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { filepath, .. }) => Some(filepath),
        _ => None,
    };
    match (system_error(error), file) {
        (Some(told), Some(file)) => format!("{}: {}", file.display(), in_own_words(told)),
        (Some(told), None) => in_own_words(told),
        (None, _) => error.to_string(),
    }
}

/// The system's error behind Tantivy's, which doesn't name it as its source.
fn system_error(error: &TantivyError) -> Option<&io::Error> {
    match error {
        TantivyError::IoError(error)
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error: error, .. })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: error, .. })
        | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error: error, .. }) => {
            Some(error)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use tantivy::schema::document::DeserializeError;

    use super::*;

    #[test]
    fn a_dictionary_that_finds_the_disk_full_is_not_damaged() {
        const NO_ROOM: i32 = 28;
        const TOO_LARGE: i32 = 27;
        let told = |error: io::Error| failure(Path::new("index"), "committing", error.into());
        let full = || io::Error::from_raw_os_error(NO_ROOM);
        for error in [full(), io::Error::other(full()), io::Error::other(tantivy_fst::Error::Io(full()))] {
            assert!(matches!(told(error), IndexError::NoRoom { .. }));
        }
        let of_a_thread = TantivyError::SystemError(format!("{:?}", TantivyError::from(full())));
        let said = failure(Path::new("index"), "committing", of_a_thread).to_string();
        assert_eq!(said, "no space left on the disk of the index at index: committing failed");
        let too_large = TantivyError::SystemError(format!("{:?}", io::Error::from_raw_os_error(TOO_LARGE)));
        let said = failure(Path::new("index"), "committing", too_large).to_string();
        assert_eq!(said, "the index at index: committing failed: File too large");
        let unread = io::Error::other(tantivy_fst::Error::Fst(tantivy_fst::raw::Error::Format));
        for error in [io::Error::other("no dictionary"), unread] {
            assert!(matches!(told(error), IndexError::Damaged { .. }));
        }
    }

    /// It was asked whether there is room on the disk.
    #[test]
    fn a_record_that_holds_no_text_is_damaged() {
        let read = TantivyError::from(DeserializeError::from(io::Error::from(ErrorKind::InvalidData)));
        let told = failure(Path::new("index"), "reading a record", read);
        assert!(matches!(told, IndexError::Damaged { .. }), "{told}");
    }

    #[test]
    fn an_index_that_may_not_be_written_is_not_said_to_have_a_writer() {
        let refused = LockError::wrap_io_error(ErrorKind::PermissionDenied.into());
        let advice = "there is already an `IndexWriter` working on this `Directory`".to_owned();
        let refused = TantivyError::LockFailure(refused, Some(advice));
        let told = failure(Path::new("index"), "opening it for writing", refused).to_string();
        assert_eq!(told, "the index at index: opening it for writing failed: permission denied");
    }
}
