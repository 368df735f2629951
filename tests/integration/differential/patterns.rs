//! Which words a pattern stands for, letter by letter. Articles are not read here.

use ibid::analysis::fold;

/// A piece of a glob that ends in its signs, with its letters folded.
pub fn folded_piece(piece: &str) -> String {
    let letters = piece.trim_end_matches(['*', '?']);
    format!("{}{}", fold(letters), &piece[letters.len()..])
}

/// A glob with each question mark between letters as it stands, and as a space.
pub fn parted(glob: &str) -> Vec<String> {
    let letters: Vec<char> = glob.chars().collect();
    let mark = (1..letters.len().saturating_sub(1)).find(|&at| {
        letters[at] == '?' && letters[at - 1].is_alphanumeric() && letters[at + 1].is_alphanumeric()
    });
    let Some(mark) = mark else { return vec![glob.to_owned()] };
    let head: String = letters[..mark].iter().collect();
    let tails = parted(&letters[mark + 1..].iter().collect::<String>());
    tails.iter().flat_map(|tail| [format!("{head}?{tail}"), format!("{head} {tail}")]).collect()
}

/// Whether `word` fits `glob` as a whole.
pub fn fits(glob: &str, word: &str) -> bool {
    let Some(first) = glob.chars().next() else { return word.is_empty() };
    let rest = &glob[first.len_utf8()..];
    let mut behind = word.chars();
    match first {
        '*' => word.char_indices().map(|(at, _)| at).chain([word.len()]).any(|at| fits(rest, &word[at..])),
        '?' => behind.next().is_some() && fits(rest, behind.as_str()),
        letter => behind.next() == Some(letter) && fits(rest, behind.as_str()),
    }
}

/// Letters that are missing, added, replaced or swapped with their neighbour between two words.
pub fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let moved = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(replaced);
                let swaps = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                if swaps { moved.min(rows[i - 2][j - 2] + 1) } else { moved }
            };
        }
    }
    rows[a.len()][b.len()]
}
