//! [`Lengths`]: how many tokens the fields of an index have.
//!
//! Tantivy counts them in a new segment, and estimates them in one that was merged without what had been removed, which
//! ranks the same articles otherwise. What is added up here are the lengths that BM25 weighs an article by, which both
//! have alike.

use std::collections::HashMap;

use parking_lot::Mutex;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;
use tantivy::{Searcher, SegmentReader};

use super::where_held::Lacking;

/// The number of tokens of each field that was asked about.
#[derive(Default)]
pub(super) struct Lengths(Mutex<HashMap<Field, u64>>);

impl Lengths {
    /// How many tokens `field` has in all documents of `searcher`, those in `lacking` left out, as they have none.
    pub fn tokens(
        &self,
        searcher: &Searcher,
        field: Field,
        lacking: Option<&Lacking>,
    ) -> tantivy::Result<u64> {
        let mut known = self.0.lock();
        if let Some(&tokens) = known.get(&field) {
            return Ok(tokens);
        }
        let mut tokens = 0;
        for segment in searcher.segment_readers() {
            if lacking.is_none_or(|lacking| !lacking.contains(&segment.segment_id())) {
                tokens += tokens_of(segment, field)?;
            }
        }
        known.insert(field, tokens);
        Ok(tokens)
    }
}

fn tokens_of(segment: &SegmentReader, field: Field) -> tantivy::Result<u64> {
    let Some(lengths) = segment.fieldnorms_readers().get_field(field)? else { return Ok(0) };
    let mut documents = [0_u64; 256];
    for doc in 0..segment.max_doc() {
        documents[usize::from(lengths.fieldnorm_id(doc))] += 1;
    }
    let of_length =
        |(id, &documents): (u8, &u64)| u64::from(FieldNormReader::id_to_fieldnorm(id)) * documents;
    Ok((0..=u8::MAX).zip(&documents).map(of_length).sum())
}
