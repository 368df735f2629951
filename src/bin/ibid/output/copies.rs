//! Where else an article is to be found, for people.

use std::io::{self, Write};

use ibid::search::{Copies, Place};

use super::named::counted;
use super::wrap::wrap;
use super::{Style, printable};

/// Columns before a place in a list.
const INDENT: usize = 11;

/// How many places there are, and since when.
pub fn in_one_line(copies: &Copies) -> String {
    let places = counted(copies.count as u64, "place");
    let since = copies.first_seen.map(|day| format!(", first seen {day}")).unwrap_or_default();
    format!("also at {places}{since}")
}

/// Writes the places, one below the other.
pub fn write_list(out: &mut dyn Write, copies: &Copies, style: &Style) -> io::Result<()> {
    writeln!(out, "{:INDENT$}{}", "copies", in_one_line(copies))?;
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
