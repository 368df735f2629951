//! Whether two runs differ by more than luck: the paired randomisation test.
//!
//! Smucker, Allan and Carterette, A Comparison of Statistical Significance Tests for Information Retrieval
//! Evaluation, 2007: it assumes nothing of how the measure is distributed, and agrees with the paired t-test.

/// Drawn assignments of signs: p-values are good to about 0.002 around 0.05.
const DRAWS: u32 = 20_000;

/// The same input gives the same p-value.
const SEED: u64 = 2007;

/// Below this two means count as equal: sums of the same differences in another order differ by less.
const EPSILON: f64 = 1e-12;

/// The two-sided p-value of the mean of `differences` between two runs, a query each: how often it is as far from
/// zero if which run is which is drawn anew for each query. 1 if there are none.
#[must_use]
pub fn paired_p_value(differences: &[f64]) -> f64 {
    let observed = differences.iter().sum::<f64>().abs();
    let mut random = SplitMix(SEED);
    let as_far = (0..DRAWS).filter(|_| random.signed_sum(differences).abs() >= observed - EPSILON).count();
    (as_far as f64 + 1.0) / (f64::from(DRAWS) + 1.0)
}

/// Steele, Lea and Flood's `SplitMix64`, 2014: small, and good enough to toss coins.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// The sum of `values`, each with a sign that is drawn.
    fn signed_sum(&mut self, values: &[f64]) -> f64 {
        let mut sum = 0.0;
        for chunk in values.chunks(64) {
            let signs = self.next();
            for (bit, value) in chunk.iter().enumerate() {
                sum += if signs >> bit & 1 == 0 { *value } else { -value };
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_runs_do_not_differ() {
        assert_eq!(paired_p_value(&[]), 1.0);
        assert_eq!(paired_p_value(&[0.0; 50]), 1.0);
    }

    /// With n differences of one sign, two of the 2^n assignments are as extreme.
    #[test]
    fn the_p_value_is_that_of_counting_all_assignments() {
        for n in [3, 5, 8] {
            let exact = 2.0 / f64::from(1 << n);
            let found = paired_p_value(&vec![0.1; n]);
            assert!((found - exact).abs() < 0.008, "{n}: {found} for {exact}");
        }
    }

    #[test]
    fn a_steady_difference_is_told_from_a_wavering_one() {
        let wavering: Vec<f64> = (0..100).map(|n| if n % 2 == 0 { 0.2 } else { -0.19 }).collect();
        assert!(paired_p_value(&[0.05; 100]) < 0.001);
        assert!(paired_p_value(&wavering) > 0.5);
    }
}
