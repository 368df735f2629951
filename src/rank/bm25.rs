//! The part of BM25 that depends on one text: how counts saturate, given the text's length.
//!
//! Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009, section 3.

/// How soon further occurrences stop to count. Other values didn't help on 20 collections.
const K1: f64 = 1.2;

/// How much length counts, 0 to 1. On the twelve collections of docs/evaluation.md 0.6 is above 0.75 by .002
/// nDCG@10 and .006 MRR@10.
const B: f64 = 0.6;

/// What the weight of ever more occurrences comes near.
pub(super) const MOST_SATURATION: f64 = K1 + 1.0;

/// The weight of `count` occurrences in a text of `relative_length` times the mean: from 0 to K1 + 1.
pub(super) fn saturation(count: f64, relative_length: f64) -> f64 {
    count * MOST_SATURATION / (count + K1 * (1.0 - B + B * relative_length))
}

/// How rare what `found` of `all` texts have is: above 0, however many have it.
pub(crate) fn inverse_frequency(found: f64, all: f64) -> f64 {
    (1.0 + ((all - found).max(0.0) + 0.5) / (found + 0.5)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_saturate_and_length_discounts() {
        assert_eq!(saturation(0.0, 1.0), 0.0);
        assert!((saturation(1.0, 1.0) - 1.0).abs() < 1e-12);
        assert!(saturation(2.0, 1.0) < 2.0 * saturation(1.0, 1.0));
        assert!(saturation(1.0, 2.0) < saturation(1.0, 1.0));
        assert!(saturation(1e6, 1.0) < K1 + 1.0);
    }
}
