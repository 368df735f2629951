//! [`edits`]: how far two spellings are from one another.
//!
//! Which words of a dictionary are near one is an automaton's matter ([`super::WordAutomaton`]).

/// Letters to be put in, left out or replaced to make one word of the other (Levenshtein 1966).
#[must_use]
pub fn edits(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.iter().enumerate() {
        let mut before = row[0];
        row[0] = at + 1;
        for (in_other, other) in other.iter().enumerate() {
            let replaced = before + usize::from(letter != other);
            before = row[in_other + 1];
            row[in_other + 1] = replaced.min(before + 1).min(row[in_other] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        let count = |one: &str, other: &str| {
            edits(&one.chars().collect::<Vec<_>>(), &other.chars().collect::<Vec<_>>())
        };
        assert_eq!([count("kitten", "sitting"), count("", "ab"), count("same", "same")], [3, 2, 0]);
    }
}
