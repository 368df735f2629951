//! Numbers whose digits stand in groups of three: `1,250,000`, `1.250.000`, `1’250’000`, `1 250 000`.

use super::fold::{fold, is_digit};

/// What may stand between the groups of one word. A blank parts words, in texts as in queries.
pub(super) const SEPARATORS: [char; 6] = [',', '.', '\'', '’', '٬', '，'];

/// Digits of a group, but for the first, which may have fewer.
const GROUP_DIGITS: usize = 3;

/// Digits of a group in India, but for the last: `12,34,567`.
const INDIAN_GROUP_DIGITS: usize = 2;

/// Digits of a year, which is no amount.
pub(super) const YEAR_DIGITS: usize = 4;

/// The end of the number that begins with the digits from `start` to `first_end`, if groups follow them. `run_end`
/// tells the end of the word that begins somewhere.
pub(super) fn grouped_end(
    text: &str,
    start: usize,
    first_end: usize,
    run_end: impl Fn(usize) -> usize,
) -> Option<usize> {
    let separator = text[first_end..].chars().next().filter(|c| SEPARATORS.contains(c))?;
    let first = digits_of(&text[start..first_end]).filter(|&digits| digits <= GROUP_DIGITS)?;
    // A comma of full width parts a list, but where the digits have full width too.
    if separator == '，' && text.as_bytes()[start].is_ascii() {
        return None;
    }
    let (mut end, mut groups) = (first_end, 0);
    // In India all groups but the last have two digits.
    let (mut of_two, mut ended) = (0, false);
    while !ended && text[end..].starts_with(separator) {
        let next = end + separator.len_utf8();
        let next_end = run_end(next);
        match digits_of(&text[next..next_end]) {
            Some(GROUP_DIGITS) => ended = of_two > 0,
            Some(INDIAN_GROUP_DIGITS) if of_two == groups && is_indian(first, separator) => of_two += 1,
            _ => break,
        }
        end = next_end;
        groups += 1;
    }
    if of_two > 0 && !ended {
        return None;
    }
    // A point before one group may be that of a decimal.
    (groups > usize::from(separator == '.')).then_some(end)
}

/// Whether groups may be those of India behind so many digits and this `separator`.
fn is_indian(first_digits: usize, separator: char) -> bool {
    first_digits <= INDIAN_GROUP_DIGITS && separator == ','
}

/// How else texts may have the number that the query word `text` is: in one word, and each group a word. None if it's
/// no number of several groups, or may be a year.
pub(super) fn other_spellings(text: &str) -> Option<[Vec<String>; 2]> {
    let folded = fold(text.trim_matches(|c: char| !c.is_alphanumeric()));
    let separator = folded.chars().find(|c| SEPARATORS.contains(c));
    let digits = folded.replace(SEPARATORS, "");
    let is_grouped = || {
        let mut groups = folded.rsplit(|c| Some(c) == separator).collect::<Vec<_>>();
        let first = groups.pop().filter(|first| is_digits(first)).unwrap_or_default();
        let has_digits = |digits: usize| move |group: &&str| group.len() == digits && is_digits(group);
        let is_of_threes = first.len() <= GROUP_DIGITS && groups.iter().all(has_digits(GROUP_DIGITS));
        let is_of_twos = || {
            let (last, others) = groups.split_first()?;
            let is_one = !others.is_empty() && others.iter().all(has_digits(INDIAN_GROUP_DIGITS));
            Some(is_one && has_digits(GROUP_DIGITS)(last) && is_indian(first.len(), separator?))
        };
        !first.is_empty() && (is_of_threes || is_of_twos() == Some(true))
    };
    let may_be_year = separator.is_none() && digits.len() == YEAR_DIGITS && digits.starts_with(['1', '2']);
    let is_one = digits.len() > GROUP_DIGITS && is_digits(&digits) && !digits.starts_with('0');
    if !is_one || may_be_year || separator.is_some() && !is_grouped() {
        return None;
    }
    let (first, groups) = digits.split_at((digits.len() - 1) % GROUP_DIGITS + 1);
    let mut grouped = vec![first.to_owned()];
    grouped
        .extend((0..groups.len()).step_by(GROUP_DIGITS).map(|at| groups[at..at + GROUP_DIGITS].to_owned()));
    Some([vec![digits], grouped])
}

/// How many digits `part` is, of any script; none if it's anything else.
fn digits_of(part: &str) -> Option<usize> {
    let is_one = |c: char| c.is_ascii_digit() || is_digit(c) || ('０'..='９').contains(&c);
    (!part.is_empty() && part.chars().all(is_one)).then(|| part.chars().count())
}

fn is_digits(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_be_spelt_in_one_or_in_groups() {
        for text in ["1250000", "1,250,000", "1.250.000", "1’250’000", "1'250'000", "$1,250,000.", "١٢٥٠٠٠٠"]
        {
            let spellings = other_spellings(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(spellings, [vec!["1250000"], vec!["1", "250", "000"]], "{text}");
        }
        for text in ["12,34,567", "1,234,567", "１，２３４，５６７", "١٬٢٣٤٬٥٦٧", "۱٬۲۳۴٬۵۶۷", "१२,३४,५६७"]
        {
            let spellings = other_spellings(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(spellings, [vec!["1234567"], vec!["1", "234", "567"]], "{text}");
        }
        assert_eq!(other_spellings("10.000").unwrap()[1], ["10", "000"]);
        assert_eq!(other_spellings("100000").unwrap()[1], ["100", "000"]);
        assert_eq!(other_spellings("3500").unwrap()[1], ["3", "500"]);
    }

    #[test]
    fn years_decimals_and_lists_are_no_amounts() {
        for text in [
            "2015",
            "1,25",
            "3.5",
            "0.125",
            "007",
            "250",
            "1,250.000",
            "12,345.67",
            "1.2.345",
            "F16",
            "",
            "123,45,678",
            "1,25,00",
        ] {
            assert_eq!(other_spellings(text), None, "{text}");
        }
    }
}
