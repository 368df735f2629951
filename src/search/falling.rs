//! Scores of articles that are listed: the order of a list is known by its scores alone, and every tool has its own for
//! equal ones.

/// How much less a score is at least than the one before it: what nine decimals show.
const LEAST_STEP: f64 = 2e-9;

/// The same as a part of the score: what tools that keep scores in four bytes tell apart.
const LEAST_PART: f64 = 2.0 * f32::EPSILON as f64;

/// `scores`, of which none is higher than the one before, so that each is less. What has none, as all that `-oil`
/// finds, has 1, or just less than the one before.
pub(super) fn falling(scores: impl IntoIterator<Item = f64>) -> impl Iterator<Item = f64> {
    let mut before: Option<f64> = None;
    scores.into_iter().map(move |score| {
        let score = if score > 0.0 { score } else { 1.0 };
        let highest = before.map_or(score, |before| before - LEAST_STEP.max(before.abs() * LEAST_PART));
        *before.insert(score.min(highest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_fall_as_they_are_printed_and_in_four_bytes() {
        for (highest, first) in
            [(0.0, 1.0), (1e-5, 1e-5), (0.3, 0.3), (1.0, 1.0), (7.9, 7.9), (1000.0, 1000.0)]
        {
            let scores = [highest; 200].into_iter().chain([highest - 1e-10; 3]).chain([0.0; 2_000]);
            let printed: Vec<String> = falling(scores).map(|score| format!("{score:.9}")).collect();
            let read: Vec<f64> = printed.iter().map(|score| score.parse().unwrap()).collect();
            assert!(read.windows(2).all(|pair| pair[1] < pair[0] && (pair[1] as f32) < pair[0] as f32));
            assert!(read[0] == first && read[2202] > 0.0, "{highest}: {} to {}", read[0], read[2202]);
        }
    }
}
