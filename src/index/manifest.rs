//! [`Manifest`]: which versions wrote an index, and what holds for all of it, kept in the payload of its last
//! commit.

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::TantivyError;
use tantivy::index::SegmentId;

use super::SCHEMA_VERSION;
use crate::analysis::ANALYZER_VERSION;
use crate::dedup::Recurring;
use crate::engine::Run;
use crate::error::IndexError;

/// The versions that an index was written with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// Of the fields.
    pub schema: u32,
    /// Of the tokens.
    pub analyzer: u32,
    /// The release of ibid, for people.
    pub written_by: String,
    /// The blocks that recur on the pages of a site.
    #[serde(default, skip_serializing_if = "Recurring::is_empty")]
    pub recurring: Recurring,
    /// The last run.
    #[serde(default)]
    pub run: Run,
    /// The releases of Tantivy that wrote files of it.
    #[serde(default)]
    pub engines: BTreeSet<String>,
    /// What tells the index from others wherever it lies, and its copies from theirs; those of earlier releases have it
    /// from the next commit on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lineage: Option<String>,
}

impl Manifest {
    /// The manifest of this program.
    pub fn current() -> Self {
        Self {
            schema: SCHEMA_VERSION,
            analyzer: ANALYZER_VERSION,
            written_by: env!("CARGO_PKG_VERSION").to_owned(),
            recurring: Recurring::new(),
            run: Run::default(),
            engines: BTreeSet::from([tantivy::version_string().to_owned()]),
            lineage: None,
        }
    }

    /// The same for an index that is written to from now on.
    pub fn with_lineage(mut self) -> Self {
        self.lineage.get_or_insert_with(|| SegmentId::generate_random().uuid_string());
        self
    }

    /// The manifest in the payload of the last commit of an index, which this program goes on with; a new and empty
    /// index has none yet.
    pub fn read(payload: Option<&str>) -> Self {
        let known: Option<Self> = payload.and_then(|payload| serde_json::from_str(payload).ok());
        let mut manifest = Self::current();
        if let Some(known) = known {
            manifest.engines.extend(known.engines);
            (manifest.recurring, manifest.run) = (known.recurring, known.run);
            manifest.lineage = known.lineage;
        }
        manifest
    }

    /// The payload of a commit.
    pub fn payload(&self) -> tantivy::Result<String> {
        serde_json::to_string(self).map_err(|error| TantivyError::SystemError(error.to_string()))
    }

    /// Checks the payload of the last commit of the index at `path`; a new and empty index has none.
    pub fn check(payload: Option<&str>, empty: bool, path: &Path) -> Result<(), IndexError> {
        let Some(payload) = payload else {
            return if empty { Ok(()) } else { Err(IndexError::NotAnIndex { path: path.to_owned() }) };
        };
        let found: Self = serde_json::from_str(payload).map_err(|error| IndexError::Damaged {
            path: path.to_owned(),
            reason: format!("its manifest can't be read: {error}"),
        })?;
        let current = Self::current();
        let versions =
            [("schema", found.schema, current.schema), ("analyzer", found.analyzer, current.analyzer)];
        match versions.into_iter().find(|(_, found, expected)| found != expected) {
            None => Ok(()),
            Some((part, version, expected)) => Err(IndexError::Version {
                path: path.to_owned(),
                written_by: found.written_by,
                part,
                found: version.to_string(),
                expected,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_is_refused_with_both_named() {
        let path = Path::new("index");
        assert!(Manifest::check(Some(&Manifest::current().payload().unwrap()), false, path).is_ok());
        let old = Manifest { analyzer: 0, written_by: "0.0.7".to_owned(), ..Manifest::current() };
        let error = Manifest::check(Some(&old.payload().unwrap()), false, path).unwrap_err().to_string();
        let both = format!("it has analyzer version 0, this ibid reads version {ANALYZER_VERSION}");
        assert_eq!(error, format!("the index at index was written by ibid 0.0.7: {both}"));
        assert!(Manifest::check(Some("?"), false, path).unwrap_err().to_string().contains("damaged"));
        assert!(Manifest::check(None, false, path).is_err());
        assert!(Manifest::check(None, true, path).is_ok());
    }
}
