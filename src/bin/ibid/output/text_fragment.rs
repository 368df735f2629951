//! Addresses that lead to a passage in its page: browsers scroll to the text that one names behind `#:~:text=`, and mark
//! it (URL Fragment Text Directives, WICG). Where the page has changed it opens as ever.

use ibid::text::percent_encoded;

/// Words that a passage is told by at its beginning, and as many at its end.
const WORDS: usize = 6;

/// Most characters of these: where no blanks stand between words they may be a whole paragraph.
const MAX_CHARS: usize = 120;

/// `address` with the text that begins and ends like `passage`, which may be of several lines.
pub fn with_text(address: &str, passage: &str) -> String {
    let Some(text) = directive(passage) else { return address.to_owned() };
    let sign = if address.contains('#') { "" } else { "#" };
    format!("{address}{sign}:~:text={text}")
}

fn directive(passage: &str) -> Option<String> {
    let mut lines = passage.lines().filter(|line| !line.trim().is_empty());
    let first: Vec<&str> = lines.next()?.split_whitespace().collect();
    let last: Vec<&str> = match lines.next_back() {
        Some(line) => line.split_whitespace().collect(),
        None if first.len() <= 2 * WORDS => return encoded(&first),
        None => first.clone(),
    };
    let start = encoded(&first[..first.len().min(WORDS)])?;
    let end = encoded(&last[last.len().saturating_sub(WORDS)..])?;
    Some(format!("{start},{end}"))
}

/// `words` as one text of a directive; none if that is too long.
fn encoded(words: &[&str]) -> Option<String> {
    let text = words.join(" ");
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '~');
    (text.chars().count() <= MAX_CHARS).then(|| percent_encoded(&text, |c| !is_plain(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_told_by_its_ends() {
        let long = "One two three, four five six seven eight nine ten-and eleven twelve thirteen.";
        for (address, passage, expected) in [
            ("https://a.example/b", "The weir & dam.", "https://a.example/b#:~:text=The%20weir%20%26%20dam."),
            (
                "https://a.example/b",
                long,
                "https://a.example/b#:~:text=One%20two%20three%2C%20four%20five%20six,\
                 eight%20nine%20ten%2Dand%20eleven%20twelve%20thirteen.",
            ),
            ("https://a.example/b#c", "Eins.\n\nZwölf.", "https://a.example/b#c:~:text=Eins.,Zw%C3%B6lf."),
            ("https://a.example/b", " \n", "https://a.example/b"),
        ] {
            assert_eq!(with_text(address, passage), expected);
        }
        let whole = "经济".repeat(90);
        assert_eq!(with_text("https://a.example/b", &whole), "https://a.example/b");
    }
}
