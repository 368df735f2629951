//! [`is_within_edits`]: whether two spellings are near one another.
//!
//! Which words of a dictionary are near one is an automaton's matter ([`super::WordAutomaton`]).

/// Whether at most `most` letters have to be put in, left out or replaced to make one word of the other (Levenshtein
/// 1966). Places further apart than that can't be the same letter, so only those about the diagonal are looked at
/// (Ukkonen 1985).
#[must_use]
pub fn is_within_edits(most: usize, one: &[char], other: &[char]) -> bool {
    if one.len().abs_diff(other.len()) > most {
        return false;
    }
    let too_many = most + 1;
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.iter().enumerate() {
        let (from, to) = (at.saturating_sub(most), other.len().min(at + most + 1));
        let mut before = row[from];
        row[from] = if from == 0 { at + 1 } else { too_many };
        let mut least = row[from];
        for (in_other, other) in other.iter().enumerate().take(to).skip(from) {
            let replaced = before + usize::from(letter != other);
            // The last of the row before lies beyond what was looked at there.
            before = if in_other == at + most { too_many } else { row[in_other + 1] };
            row[in_other + 1] = replaced.min(before + 1).min(row[in_other] + 1);
            least = least.min(row[in_other + 1]);
        }
        if least > most {
            return false;
        }
    }
    row[other.len()] <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(word: &str) -> Vec<char> {
        word.chars().collect()
    }

    /// The least number that two words are within.
    fn edits(one: &str, other: &str) -> usize {
        let longer = one.len().max(other.len());
        (0..=longer).find(|&most| is_within_edits(most, &letters(one), &letters(other))).unwrap()
    }

    #[test]
    fn edits_are_counted() {
        assert_eq!([edits("kitten", "sitting"), edits("", "ab"), edits("same", "same")], [3, 2, 0]);
        assert_eq!([edits("abcdef", "bcdefa"), edits("ab", "ba"), edits("x", "")], [2, 2, 1]);
    }

    /// Against the definition itself, for all words of up to four letters of two.
    #[test]
    fn what_lies_beside_the_diagonal_is_not_missed() {
        fn defined(one: &[char], other: &[char]) -> usize {
            match (one, other) {
                ([], rest) | (rest, []) => rest.len(),
                ([first, one_rest @ ..], [second, other_rest @ ..]) => {
                    let replaced = defined(one_rest, other_rest) + usize::from(first != second);
                    replaced.min(defined(one_rest, other) + 1).min(defined(one, other_rest) + 1)
                }
            }
        }
        let words: Vec<Vec<char>> = (0..=4_u32)
            .flat_map(|length| (0..1 << length).map(move |bits| (length, bits)))
            .map(|(length, bits)| (0..length).map(|at| if bits >> at & 1 == 0 { 'a' } else { 'b' }).collect())
            .collect();
        for one in &words {
            for other in &words {
                for most in 0..=5 {
                    let is_near = defined(one, other) <= most;
                    assert_eq!(is_within_edits(most, one, other), is_near, "{one:?} {other:?} {most}");
                }
            }
        }
    }
}
