//! What of the library a command failed with, however it comes: exit status and hint depend on it.

use ibid::error::{Error, IndexError};

/// The index's error that `error` is; none if it is another.
pub fn of_index(error: &anyhow::Error) -> Option<&IndexError> {
    // What asks the index alone fails with its errors; what does more, with one of the library's.
    match error.downcast_ref() {
        Some(Error::Index(error)) => Some(error),
        _ => error.downcast_ref(),
    }
}

/// Whether `error` is that nothing has the id that was asked for.
pub fn is_of_an_unknown_id(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(Error::UnknownId { .. }))
}

/// Whether `error` is that an article has no passage of the number that was asked for.
pub fn is_of_an_unknown_passage(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(Error::UnknownPassage { .. }))
}
