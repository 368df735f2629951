//! Amounts, which are written with their scale in a word, short or in one with the figure: `$3bn`, `3 bn`, `3 billion`,
//! `3 Mrd.`. Which of these an archive has is looked up elsewhere.

use crate::query::Query;

/// A scale as it is written in one language, as a word and short.
struct Scale {
    words: &'static [&'static str],
    short: &'static [&'static str],
    /// Short as well, but only of money and in one with its figure: elsewhere it is a unit or a letter.
    short_of_money: &'static [&'static str],
}

const SCALES: [Scale; 6] = [
    Scale { words: &["million"], short: &["mn", "mln"], short_of_money: &["m"] },
    Scale { words: &["billion"], short: &["bn"], short_of_money: &["b"] },
    Scale { words: &["trillion"], short: &["tn", "trn"], short_of_money: &["t"] },
    Scale { words: &["Millionen"], short: &["Mio"], short_of_money: &[] },
    Scale { words: &["Milliarden"], short: &["Mrd"], short_of_money: &[] },
    Scale { words: &["milliards"], short: &["Md", "Mds"], short_of_money: &[] },
];

/// Signs of money before a figure.
const SIGNS: [char; 7] = ['$', '€', '£', '¥', '₹', '₽', '₩'];

/// Most characters of a figure.
const MAX_FIGURE_CHARS: usize = 9;

/// How the amount that was `typed` in one or two words is written otherwise, and what finds it so.
pub(super) fn written_otherwise(typed: &[&str]) -> Vec<(String, Query)> {
    let Some(Amount { figure, scale, unit, is_money }) = Amount::of(typed) else { return Vec::new() };
    let as_written = |text: String| (text.clone(), Query::Phrase { text, slop: 0 });
    let apart = |unit: &str| as_written(format!("{figure} {unit}"));
    let in_one = |unit: &str| as_written(format!("{figure}{unit}"));
    let of_money = if is_money { scale.short_of_money } else { &[] };
    let is_typed = |known: &&&str, words: usize| typed.len() == words && known.eq_ignore_ascii_case(unit);
    let words = scale.words.iter().filter(|word| !is_typed(word, 2)).map(|word| apart(word));
    let short = scale.short.iter().chain(of_money).filter(|unit| !is_typed(unit, 1)).map(|unit| in_one(unit));
    // A letter apart is mostly one of a list.
    let short_apart = scale.short.iter().filter(|unit| !is_typed(unit, 2)).map(|unit| apart(unit));
    words.chain(short).chain(short_apart).collect()
}

/// An amount as it was typed.
struct Amount<'t> {
    figure: &'t str,
    scale: &'static Scale,
    unit: &'t str,
    is_money: bool,
}

impl<'t> Amount<'t> {
    fn of(typed: &[&'t str]) -> Option<Self> {
        let (first, unit) = match typed {
            [word] => (*word, None),
            [figure, unit] => (*figure, Some(unit.trim_end_matches('.'))),
            _ => return None,
        };
        let (is_money, first) = first.rsplit_once(SIGNS).map_or((false, first), |(_, rest)| (true, rest));
        let is_of_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        let end = first.find(|c: char| !is_of_figure(c)).unwrap_or(first.len());
        let (figure, rest) = first.split_at(end);
        let unit = match unit {
            Some(unit) if rest.is_empty() => unit,
            None => rest,
            Some(_) => return None,
        };
        let is_figure = figure.starts_with(|c: char| c.is_ascii_digit())
            && figure.ends_with(|c: char| c.is_ascii_digit())
            && figure.len() <= MAX_FIGURE_CHARS;
        let has = |known: &&str| known.eq_ignore_ascii_case(unit);
        let is_of = |scale: &&Scale| {
            let of_money = scale.short_of_money.iter().filter(|_| is_money);
            scale.words.iter().chain(scale.short).chain(of_money).any(has)
        };
        let scale = SCALES.iter().find(is_of).filter(|_| is_figure)?;
        Some(Self { figure, scale, unit, is_money })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_written_otherwise() {
        for (typed, expected) in [
            (&["$3bn"][..], &["3 billion", "3b", "3 bn"][..]),
            (&["3.5bn"], &["3.5 billion", "3.5 bn"]),
            (&["US$3", "billion"], &["3bn", "3b", "3 bn"]),
            (&["2", "million"], &["2mn", "2mln", "2 mn", "2 mln"]),
            (&["£5m"], &["5 million", "5mn", "5mln", "5 mn", "5 mln"]),
            (&["3", "Mrd."], &["3 Milliarden", "3Mrd"]),
            (&["3", "bn"], &["3 billion", "3bn"]),
            (&["1,500", "trillion"], &["1,500tn", "1,500trn", "1,500 tn", "1,500 trn"]),
            (&["5m"], &[]),
            (&["3b"], &[]),
            (&["bn"], &[]),
            (&["$bn"], &[]),
            (&["3x", "million"], &[]),
            (&["3.", "million"], &[]),
            (&["two", "million"], &[]),
            (&["3", "million", "people"], &[]),
            (&["€", "million"], &[]),
        ] {
            let found: Vec<String> = written_otherwise(typed).into_iter().map(|(text, _)| text).collect();
            assert_eq!(found, expected, "{typed:?}");
        }
    }
}
