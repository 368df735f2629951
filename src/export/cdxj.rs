//! Sources as lines of CDXJ, by which other programs find records in web archives.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Selection;
use super::sources::{Missing, Source, each_source};
use super::surt::surt;
use crate::source::Limits;
use crate::text::hex;

/// What a line says behind its key and time, all as text, as other programs write it.
#[derive(Serialize)]
struct Entry<'a> {
    url: &'a str,
    mime: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    digest: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    length: Option<String>,
    offset: &'a str,
    filename: &'a str,
}

/// Why a record has no line: programs that go by lines seek to an offset.
const PACKED: &str =
    "it is compressed together with others: `ibid export --format warc` gives each record by itself";

impl Selection<'_> {
    /// Lines of CDXJ, in their order, for those of the articles that came from web archives; and the sources that
    /// couldn't be read.
    #[must_use]
    pub fn cdxj(&self, limits: &Limits) -> (Vec<String>, Vec<Missing>) {
        let mut records = self.articles.clone();
        records.retain(|record| record.locator.place_and_offset().is_some());
        let mut lines = Vec::new();
        let mut packed = Vec::new();
        let mut each = |source: Source<'_>| -> Result<(), std::convert::Infallible> {
            // An id may end as the place of a record does: `ana@7`.
            if source.member.web_record().is_none() {
                return Ok(());
            }
            if source.is_apart {
                lines.extend(line(&source));
            } else {
                let locator = source.record.locator.clone();
                packed.push(Missing { locator, reason: PACKED.to_owned() });
            }
            Ok(())
        };
        let Ok(mut missing) = each_source(&records, limits, &mut each);
        missing.append(&mut packed);
        lines.sort_unstable();
        (lines, missing)
    }
}

fn line(source: &Source<'_>) -> Option<String> {
    let record = source.member.web_record()?;
    let (filename, offset) = source.record.locator.place_and_offset()?;
    let digest = || format!("sha256:{}", hex(&Sha256::digest(record.payload)));
    let entry = Entry {
        url: &record.uri,
        mime: &record.media_type,
        status: record.status.map(|status| status.to_string()),
        digest: record.digest.clone().unwrap_or_else(digest),
        length: source.stored_bytes.map(|bytes| bytes.to_string()),
        offset,
        filename,
    };
    let json = serde_json::to_string(&entry).ok()?;
    Some(format!("{} {} {json}", surt(&record.uri).replace(' ', "%20"), record.timestamp))
}
