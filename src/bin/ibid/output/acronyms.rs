//! The acronyms of an index.

use std::io::{self, Write};

use ibid::engine::DefinedAcronym;
use serde::Serialize;

use super::named::counted;
use super::{SummaryFormat, from_to, printable};

/// Writes `acronyms`, one a line; as JSON they are one object.
pub fn write_acronyms(
    out: &mut dyn Write,
    acronyms: &[DefinedAcronym],
    format: SummaryFormat,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Object<'a> {
        acronyms: &'a [DefinedAcronym],
    }
    match format {
        SummaryFormat::Json => super::json::write_object(out, &Object { acronyms }),
        SummaryFormat::Text => acronyms.iter().try_for_each(|acronym| write_line(out, acronym)),
    }
}

fn write_line(out: &mut dyn Write, acronym: &DefinedAcronym) -> io::Result<()> {
    let DefinedAcronym { short, long, language, articles, first, last } = acronym;
    let articles = counted(*articles, "article");
    let dates = match (first, last) {
        (Some(first), Some(last)) => format!(", {}", from_to(*first, *last)),
        _ => String::new(),
    };
    writeln!(out, "{:10}  {} ({language}, {articles}{dates})", printable(short), printable(long))
}
