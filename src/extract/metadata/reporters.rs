//! Names of Korean bylines, which a post stands behind and nothing before: `김철수 기자`.

/// The post.
const REPORTER: &str = "기자";

/// What may stand before it, with a blank or without: senior, trainee, intern, specialist.
const RANKS: [&str; 6] = ["선임", "수습", "인턴", "전문", "객원", "시민"];

/// What stands between several names.
const BETWEEN: [char; 5] = ['·', 'ㆍ', ',', '、', '‧'];

/// Letters of a name: a family name of one or two, and a given name.
const NAME_LETTERS: std::ops::RangeInclusive<usize> = 2..=4;

/// The names in a piece of a line that is nothing but names, the post and an address, of which the first is given to
/// whoever reads several.
pub(super) fn named(piece: &str) -> Option<&str> {
    let piece = piece.trim_matches(['[', ']', '(', ')', '=', ' ']);
    let at = piece.find(REPORTER)?;
    let behind = &piece[at + REPORTER.len()..];
    let is_address = |word: &str| word.contains('@') || word.chars().all(|c| !c.is_alphanumeric());
    if !behind.split_whitespace().all(is_address) {
        return None;
    }
    let mut names = piece[..at].trim_end();
    for rank in RANKS {
        names = names.strip_suffix(rank).map_or(names, str::trim_end);
    }
    let is_name = |name: &str| {
        NAME_LETTERS.contains(&name.chars().count()) && name.chars().all(|c| ('가'..='힣').contains(&c))
    };
    names.split(BETWEEN).map(str::trim).all(is_name).then_some(names)
}

/// Whether `text` is in Korean, where a point joins names and ends none.
pub(super) fn reads_korean(text: &str) -> bool {
    text.starts_with(|c: char| ('가'..='힣').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn names_before_the_post_are_read() {
        for (piece, names) in [
            ("김철수 기자", "김철수"),
            ("김철수기자", "김철수"),
            ("김철수 선임기자 kcs@harbour.example", "김철수"),
            ("[김철수 기자]", "김철수"),
            ("김철수·이영희 기자", "김철수·이영희"),
        ] {
            assert_eq!(named(piece), Some(names), "{piece}");
        }
        for piece in
            ["기자", "기자 회견", "김철수 기자가 말했다", "오늘의 우물 소식을 전하는 기자", "kim 기자"]
        {
            assert_eq!(named(piece), None, "{piece}");
        }
    }
}
