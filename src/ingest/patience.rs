//! Trying again what fails for a time alone, such as opening an index that another process writes to.

use std::time::Duration;

/// How long is waited before the next attempt.
const PAUSE: Duration = Duration::from_millis(200);

/// What `attempt` gives in the end. It is tried again after a pause as long as `may_pass` says of its error that
/// waiting may help.
///
/// # Errors
///
/// The first of which `may_pass` says no.
pub fn patiently<T, E>(
    mut attempt: impl FnMut() -> Result<T, E>,
    mut may_pass: impl FnMut(&E) -> bool,
) -> Result<T, E> {
    loop {
        match attempt() {
            Err(error) if may_pass(&error) => std::thread::sleep(PAUSE),
            ended => return ended,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_pass_is_tried_again() {
        let mut attempts = 0;
        let given = patiently(
            || {
                attempts += 1;
                if attempts < 3 { Err("locked") } else { Ok(7) }
            },
            |error| *error == "locked",
        );
        assert_eq!((given, attempts), (Ok(7), 3));
        assert_eq!(patiently(|| Err::<(), _>("damaged"), |error| *error == "locked"), Err("damaged"));
    }
}
