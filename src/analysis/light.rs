//! Light stemmers for languages without one among Snowball's: the endings of nouns and adjectives alone, as Savoy's do
//! (Light Stemming Approaches for the French, Portuguese, German and Hungarian Languages, 2006), by tables of our own.

/// The endings of a language, folded.
pub(super) struct Light {
    /// The longest of those that a word has is taken off.
    endings: &'static [&'static str],
    /// Endings that may belong to the word, or whole words, and what they are in its other forms.
    closed: &'static [(&'static str, &'static str)],
}

/// Letters that have to be left of a word.
const MIN_LETTERS: usize = 3;

/// Ukrainian. `і` in the last closed syllable is `о` or `е` in an open one: `Харків`, `Харкова`.
const UKRAINIAN: Light = Light {
    endings: &[
        "іями", "иями", "ями", "ами", "ого", "ому", "ими", "іми", "ові", "еві", "єві", "ьої", "ьою", "ах",
        "ях", "ів", "ам", "ям", "ом", "ем", "єм", "ою", "ею", "єю", "оі", "ии", "их", "іх", "ім", "им", "а",
        "я", "у", "ю", "и", "і", "е", "є", "о", "ь",
    ],
    closed: &[
        ("ів", "ов"),
        ("ів", "ев"),
        ("ів", "єв"),
        ("ові", "ов"),
        ("еві", "ев"),
        ("єві", "єв"),
        ("ір", "ор"),
        ("рік", "рок"),
        ("дім", "дом"),
        ("ід", "од"),
        ("ість", "ост"),
        // The vowel that is left out: `ринок`, `ринку`; `корабель`.
        ("ок", "к"),
        ("ель", "л"),
        ("ець", "ц"),
        // `зброя`, `зброї`.
        ("роі", "ро"),
        // `громадянин`, `громадяни`.
        ("янин", "ян"),
        ("анин", "ан"),
    ],
};

/// Urdu.
const URDU: Light = Light { endings: &["يوں", "ياں", "وں", "يں", "ات", "ه", "ي"], closed: &[] };

/// The light stemmer of the language with this code.
pub(super) fn light_stemmer(code: &str) -> Option<&'static Light> {
    match code {
        "uk" => Some(&UKRAINIAN),
        "ur" => Some(&URDU),
        _ => None,
    }
}

impl Light {
    /// What `word`, which is folded, may be as stems, the likeliest first.
    pub fn stems(&self, word: &str) -> Vec<String> {
        let fits = |ending: &&&str| is_long_enough(word.strip_suffix(**ending));
        let longest = self.endings.iter().filter(fits).max_by_key(|ending| ending.len());
        let stem = longest.map_or(word, |ending| &word[..word.len() - ending.len()]);
        let opened = self.closed.iter().filter_map(|(closed, open)| {
            let rest = word.strip_suffix(closed).filter(|rest| rest.chars().count() != 1)?;
            Some(format!("{rest}{open}"))
        });
        std::iter::once(undoubled(stem).to_owned()).chain(opened).collect()
    }
}

fn is_long_enough(stem: Option<&str>) -> bool {
    stem.is_some_and(|stem| stem.chars().count() >= MIN_LETTERS)
}

/// `stem` without the second of two letters that are the same: `відключенн-я`, `відключен-ь`.
fn undoubled(stem: &str) -> &str {
    let mut last = stem.char_indices().rev();
    match (last.next(), last.next()) {
        (Some((at, one)), Some((_, other))) if one == other && is_long_enough(Some(&stem[..at])) => {
            &stem[..at]
        }
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::fold;

    use super::*;

    fn meet(light: &Light, one: &str, other: &str) -> bool {
        let [one, other] = [one, other].map(|word| light.stems(&fold(word)));
        one.iter().any(|stem| other.contains(stem))
    }

    #[test]
    fn forms_of_a_ukrainian_noun_meet() {
        for (one, other) in [
            ("Харків", "Харкові"),
            ("Харків", "Харкова"),
            ("Київ", "Києва"),
            ("мобілізація", "мобілізацій"),
            ("відключення", "відключень"),
            ("зеленський", "зеленського"),
            ("міністр", "міністрами"),
            ("договір", "договори"),
            ("незалежність", "незалежності"),
            ("ринок", "ринку"),
            ("рік", "роки"),
            ("зброя", "зброї"),
        ] {
            assert!(meet(&UKRAINIAN, one, other), "{one} {other}");
        }
        assert!(!meet(&UKRAINIAN, "закон", "законник"));
        assert!(!meet(&UKRAINIAN, "рада", "радість"));
        assert!(!meet(&UKRAINIAN, "від", "вода"));
    }

    #[test]
    fn forms_of_an_urdu_noun_meet() {
        for (one, other) in [("معاہدہ", "معاہدوں"), ("کسان", "کسانوں"), ("پالیسی", "پالیسیاں")]
        {
            assert!(meet(&URDU, one, other), "{one} {other}");
        }
        assert!(!meet(&URDU, "کسان", "کمان"));
    }
}
