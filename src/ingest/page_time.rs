//! [`in_page_time`]: how long an article of a page may be made, by the clock, and how a page ends that gives none.

use std::time::{Duration, Instant};

use super::frames::is_part_of_page;
use crate::error::ExtractError;
use crate::model::Locator;
use crate::source::{Limit, Limits, Refusal};

/// What `make` gives of the page at `locator`. It begins now and asks the function that it gets whether the time of
/// `limits` for one page is over.
///
/// # Errors
///
/// Why it gives nothing, and whether the page is set aside for it or passed over.
pub fn in_page_time<T>(
    limits: &Limits,
    locator: &Locator,
    make: impl FnOnce(&dyn Fn() -> bool) -> Result<T, ExtractError>,
) -> Result<T, Refusal> {
    let (begun, seconds) = (Instant::now(), limits.page_seconds);
    let is_over = || begun.elapsed() >= Duration::from_secs(seconds);
    make(&is_over).map_err(|error| match error {
        ExtractError::TooSlow => Limit::PageSeconds(seconds).into(),
        ExtractError::Empty if is_part_of_page(locator) => {
            Refusal::Skip("a blank part of a saved page".to_owned())
        }
        ExtractError::LeadsElsewhere(_) | ExtractError::NotShown(_) => Refusal::Skip(error.to_string()),
        error => Refusal::SetAside(error.to_string()),
    })
}
