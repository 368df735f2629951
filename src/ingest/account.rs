//! What the account of a run says of an input as it is read: its size, its hash, and what extraction told of it. What
//! becomes of it is the ledger's matter.

use crate::engine::{InputRecord, InputState, Noted};
use crate::extract::{EXTRACTOR_VERSION, Extraction};
use crate::model::{ArticleId, Field, Metadata, RawDocument};
use crate::source::{FoundFile, Member, Refusal};

impl InputRecord {
    pub(super) fn of_bytes(self, bytes: u64) -> Self {
        Self { noted: Noted { bytes, ..self.noted }, ..self }
    }

    pub(super) fn because(self, reason: &str) -> Self {
        Self { reason: Some(reason.to_owned()), ..self }
    }

    /// Makes it that of a copy of the article `original`, of which `metadata` tells what its own page says.
    pub(super) fn become_copy_of(&mut self, original: ArticleId, metadata: &Metadata) {
        let Metadata { url, publisher, section, .. } = metadata.clone();
        (self.state, self.article) = (InputState::Duplicate, Some(original));
        (self.noted.url, self.noted.publisher, self.noted.section) = (url, publisher, section);
    }
}

impl Metadata {
    /// Makes of what a page says of its place what that of `copy` says, which has the same text.
    pub(super) fn move_to(&mut self, copy: &InputRecord) {
        let Noted { url, publisher, section, extractor, .. } = &copy.noted;
        // A revisit says nothing of its own.
        if extractor.is_none() {
            return;
        }
        let places = [
            (Field::Url, &mut self.url, url),
            (Field::Publisher, &mut self.publisher, publisher),
            (Field::Section, &mut self.section, section),
        ];
        for (field, own, of_copy) in places {
            if own != of_copy {
                own.clone_from(of_copy);
                self.provenance.retain(|known| known.field != field);
            }
        }
    }
}

pub(super) fn record_of(file: &FoundFile, hash: Option<String>, state: InputState) -> InputRecord {
    InputRecord { stamp: Some(file.stamp), hash, ..InputRecord::new(file.locator.clone(), state) }
}

/// What the account says of `raw`, from which `extraction` came.
pub(super) fn noted(raw: &RawDocument, extraction: &Extraction) -> Noted {
    let metadata = &extraction.article.metadata;
    Noted {
        bytes: raw.bytes.len() as u64,
        charset: Some(extraction.charset.to_owned()),
        charset_source: Some(extraction.charset_source),
        language: metadata.language,
        published: metadata.published,
        modified: metadata.modified,
        captured: metadata.captured,
        extractor: Some(EXTRACTOR_VERSION),
        ..Noted::default()
    }
}

/// SHA-1 of nothing, which some programs give of every revisit.
const DIGEST_OF_NOTHING: &str = "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709";

/// Bytes of the longest digest: SHA-512 in base 16, and its name.
const MAX_DIGEST_BYTES: usize = 140;

/// Whether `digest` may be that of a page.
fn tells_of_a_page(digest: &str) -> bool {
    digest != DIGEST_OF_NOTHING && digest.len() <= MAX_DIGEST_BYTES
}

/// What `member` says of itself before it is looked into.
pub(super) fn noted_of(member: &Member) -> Noted {
    let bytes = bytes_of(member);
    let Some(record) = member.web_record() else { return Noted { bytes, ..Noted::default() } };
    Noted {
        bytes,
        digest: record.plain_digest().filter(|digest| tells_of_a_page(digest)),
        captured: record.captured,
        url: Some(record.uri),
        ..Noted::default()
    }
}

/// The state of an input that isn't read, for the reason of `refusal`.
pub(super) fn state_of(refusal: &Refusal) -> InputState {
    match refusal {
        Refusal::Skip(_) | Refusal::Unknown(_) | Refusal::Revisit => InputState::Skipped,
        Refusal::SetAside(_) | Refusal::Unreadable(_) => InputState::SetAside,
    }
}

/// `refusal` of an input that is `known`: what nothing tells the kind of is damaged if it was something before.
pub(super) fn judged(refusal: Refusal, known: Option<&InputRecord>) -> Refusal {
    match refusal {
        Refusal::Unknown(reason) if known.is_some_and(|known| known.state != InputState::Skipped) => {
            Refusal::SetAside(reason)
        }
        refusal => refusal,
    }
}

/// How much was read, in bytes.
pub(super) fn bytes_of(member: &Member) -> u64 {
    member.content.as_ref().map_or(0, |packed| packed.bytes.len() as u64)
}
