//! The part of BM25 that depends on one text: how counts saturate, given the text's length.
//!
//! Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009, section 3.

/// How soon further occurrences stop to count. Other values didn't help on 20 collections.
const K1: f64 = 1.2;

/// How much length counts, 0 to 1. Other values didn't help on 20 collections.
const B: f64 = 0.75;

/// The weight of `count` occurrences in a text of `relative_length` times the mean: from 0 to K1 + 1.
pub(super) fn saturation(count: usize, relative_length: f64) -> f64 {
    let count = count as f64;
    count * (K1 + 1.0) / (count + K1 * (1.0 - B + B * relative_length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_saturate_and_length_discounts() {
        assert_eq!(saturation(0, 1.0), 0.0);
        assert!((saturation(1, 1.0) - 1.0).abs() < 1e-12);
        assert!(saturation(2, 1.0) < 2.0 * saturation(1, 1.0));
        assert!(saturation(1, 2.0) < saturation(1, 1.0));
        assert!(saturation(1_000_000, 1.0) < K1 + 1.0);
    }
}
