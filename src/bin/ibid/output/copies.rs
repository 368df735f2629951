//! Where else an article is to be found, for people.

use std::io::{self, Write};

use ibid::search::{Copies, Place};

use super::named::counted;
use super::wrap::wrap;
use super::{Style, printable};

/// Columns before a place in a list.
const INDENT: usize = 11;

/// How many places there are beside the one at `url`, and since when; by name the one that the query asked for.
pub fn in_one_line(copies: &Copies, url: Option<&str>) -> String {
    let all = copies.count as u64;
    let link = |place: &Place| match place.url.as_deref() {
        Some(other) if Some(other) != url => other.to_owned(),
        _ => place.locator.to_string(),
    };
    let places = match copies.places.first().filter(|place| place.asked_for) {
        None => counted(all, "place"),
        Some(place) if all < 2 => link(place),
        Some(place) => format!("{} and {}", link(place), counted(all - 1, "other place")),
    };
    let since = copies.first_seen.map(|day| format!(", first seen {day}")).unwrap_or_default();
    printable(&format!("also at {places}{since}"))
}

/// Writes the places, one below the other.
pub fn write_list(out: &mut dyn Write, copies: &Copies, style: &Style) -> io::Result<()> {
    writeln!(out, "{:INDENT$}{}", "copies", in_one_line(copies, None))?;
    for place in &copies.places {
        writeln!(out, "{}", wrap(&described(place), &[], INDENT, style))?;
    }
    let unlisted = copies.count - copies.places.len();
    if unlisted > 0 {
        writeln!(out, "{:INDENT$}and {unlisted} more", "")?;
    }
    Ok(())
}

fn described(place: &Place) -> String {
    let what = if place.same_text { "same text".to_owned() } else { place.id.clone() };
    let date = place.published.map(|date| date.to_string());
    let link = place.url.as_deref().unwrap_or(place.locator.as_str()).to_owned();
    let parts = [place.title.clone(), place.publisher.clone(), date, Some(link)];
    let about: Vec<String> = parts.into_iter().flatten().collect();
    printable(&format!("{what}: {}", about.join(" · ")))
}
