//! [`in_page_time`]: how long an article of a page may be made, by the clock.

use std::time::{Duration, Instant};

use crate::error::ExtractError;
use crate::source::Limits;

/// What `make` gives, which begins now and asks the function that it gets whether the time of `limits` for one page is
/// over.
///
/// # Errors
///
/// Why it gives nothing, as is told of the page.
pub fn in_page_time<T>(
    limits: &Limits,
    make: impl FnOnce(&dyn Fn() -> bool) -> Result<T, ExtractError>,
) -> Result<T, String> {
    let (begun, seconds) = (Instant::now(), limits.page_seconds);
    let is_over = || begun.elapsed() >= Duration::from_secs(seconds);
    make(&is_over).map_err(|error| match error {
        ExtractError::TooSlow => Limits::page_too_slow(seconds),
        error => error.to_string(),
    })
}
