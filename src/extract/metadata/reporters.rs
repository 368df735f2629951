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

/// Letters at the beginning of a paragraph in which its source and its reporter stand.
const SOURCE_LETTERS: usize = 60;

/// The names before a paragraph's text, as papers and agencies give them: "(서울=통신) 김철수 기자 = ", "[통신/김철수기자] ".
pub(super) fn before_text(paragraph: &str) -> Option<&str> {
    let end = paragraph.char_indices().nth(SOURCE_LETTERS).map_or(paragraph.len(), |(end, _)| end);
    let (open, rest) = [('[', ']'), ('(', ')'), ('【', '】')]
        .into_iter()
        .find_map(|(open, close)| paragraph[..end].strip_prefix(open)?.split_once(close))?;
    // Within the brackets, or behind them and before a sign.
    let inside = open.rsplit(['/', '=']).next().filter(|inside| inside.trim_end().ends_with(REPORTER));
    let behind = rest.split_once('=').map(|(names, _)| names).filter(|names| names.contains(REPORTER));
    named(inside.or(behind)?.trim())
}

/// Whether `text` is in Korean, where a point joins names and ends none.
pub(super) fn reads_korean(text: &str) -> bool {
    text.starts_with(|c: char| ('가'..='힣').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::{before_text, named};

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

    #[test]
    fn a_reporter_before_a_paragraph_s_text_is_read() {
        for (paragraph, names) in [
            ("(서울=통신) 김철수 기자 = 위원회는 봄에 모였다.", Some("김철수")),
            ("[통신/김철수기자] 위원회는 봄에 모였다.", Some("김철수")),
            ("[서울=통신]김철수·이영희 기자 = 위원회는 봄에 모였다.", Some("김철수·이영희")),
            ("[통신] 위원회는 봄에 모였고 기자 회견 = 없었다.", None),
            ("위원회는 김철수 기자 = 봄에 모였다.", None),
            ("(위원회) 봄에 모였다.", None),
        ] {
            assert_eq!(before_text(paragraph), names, "{paragraph}");
        }
    }
}
