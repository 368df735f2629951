//! What a few words tell of the language that they are in: by its function words, and by its letters.
//!
//! Statistics of runs of letters need more than a title or a query has; they only choose among languages that words
//! tell alike.

use whatlang::{Detector, Lang};

use super::alphabets::Script;
use super::fold::fold;
use super::stemmer::analysed_as;
use super::stop_words::StopWords;
use crate::model::Language;

/// Words that are looked at: the beginning of a text says enough.
const MAX_WORDS: usize = 160;

/// What speaks for a language that has a function word, one of a single letter, or a word with letters that are its own
/// and not all have; and what speaks against one that lacks a letter of a word. Set by hand.
const OF_FUNCTION_WORD: i32 = 2;
const OF_LONE_LETTER: i32 = 1;
const OF_OWN_LETTER: i32 = 1;
const OF_FOREIGN_LETTER: i32 = -2;

/// What speaks against a language that nearly always shows in letters that aren't there.
const OF_MISSING_LETTERS: i32 = -2;

/// What has to speak for a language at least, and how much more than for English: its words are everywhere.
const MIN_POINTS: i32 = 3;
const MORE_THAN_ENGLISH: i32 = 2;

/// Words of a text of which one point has to be told: any has a few that look like those of another language.
const WORDS_PER_POINT: i32 = 3;

/// Function words that are needed where no letter tells anything.
const MIN_FUNCTION_WORDS: usize = 2;

/// Languages whose lists have many words that are no function words: they only speak against others.
const NEVER_TOLD: [&str; 3] = ["ca", "sl", "sq"];

/// Words of English, no stop words, that are stop words elsewhere: of `die in war` all three are German, and none tells
/// German.
const ENGLISH_WORDS: [&str; 96] = [
    "ad", "ai", "also", "alta", "ante", "ate", "aura", "bade", "bar", "bare", "bin", "cam", "cat", "come",
    "con", "contra", "cum", "dan", "dar", "data", "die", "dig", "dog", "dos", "dove", "end", "era", "est",
    "face", "fie", "fora", "fosse", "fur", "ham", "han", "hans", "hat", "hay", "hem", "hun", "ill", "inca",
    "lo", "man", "mar", "meg", "men", "met", "mi", "min", "mina", "mine", "mint", "mis", "mod", "mot",
    "multi", "nada", "non", "ob", "ole", "pa", "par", "para", "pas", "pe", "per", "pic", "pot", "pour",
    "prima", "reeds", "sale", "se", "sea", "sean", "sedan", "sin", "sine", "sit", "son", "sub", "sue", "sur",
    "tale", "tau", "ti", "tie", "till", "ton", "tot", "un", "van", "want", "war", "wo",
];

/// Function words of English that are none of its stop words, as they say something of a subject.
const ENGLISH_FUNCTION_WORDS: [&str; 32] = [
    "along", "also", "among", "around", "could", "every", "go", "if", "in", "may", "might", "must", "one",
    "per", "shall", "since", "than", "through", "toward", "two", "until", "upon", "us", "via", "who",
    "whose", "within", "without", "would", "new", "world", "get",
];

/// Whether `word`, which is folded, is a word of English that is a stop word elsewhere.
#[must_use]
pub fn is_english_too(word: &str) -> bool {
    ENGLISH_WORDS.contains(&word)
}

/// What speaks for a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Told {
    language: Language,
    /// How much speaks for it, less what speaks against it.
    points: i32,
    /// How many function words of it there are, of two letters at least.
    function_words: usize,
}

/// The language that the function words and letters of `text` tell, of those that it `may_be`; none if they tell none,
/// or not surely.
#[must_use]
pub fn language_told_by_words(text: &str, may_be: impl Fn(Language) -> bool) -> Option<Language> {
    let words = distinct_words(text);
    let told = told_by(&words, may_be);
    let best = told.first()?;
    let english = told.iter().find(|told| told.language == Language::ENGLISH);
    let tells_by_letter = words.iter().any(|word| word.tells_by_letter);
    if usize::try_from(best.points * WORDS_PER_POINT).ok().is_none_or(|most| words.len() > most) {
        return None;
    }
    let runner_up = told.get(1).map_or(0, |told| told.points);
    let is_english = best.language == Language::ENGLISH;
    if is_english && best.function_words > 0 {
        return (best.points > runner_up).then_some(best.language);
    }
    if best.points < MIN_POINTS || !tells_by_letter && best.function_words < MIN_FUNCTION_WORDS {
        return None;
    }
    if english.is_some_and(|english| english.points + MORE_THAN_ENGLISH > best.points) {
        return None;
    }
    let near: Vec<Language> =
        told.iter().filter(|told| told.points + 1 >= best.points).map(|told| told.language).collect();
    likeliest(text, &near).filter(|found| !NEVER_TOLD.contains(&found.code()))
}

/// The likeliest of `languages`, which words tell alike, by statistics.
fn likeliest(text: &str, languages: &[Language]) -> Option<Language> {
    let [_, _, ..] = languages else { return languages.first().copied() };
    let as_listed = |lang: Lang| {
        let language = Language::from_iso_639_3(lang.code())?;
        languages.iter().copied().find(|&listed| listed == language || analysed_as(language) == listed)
    };
    let listed = Lang::all().iter().copied().filter(|&lang| as_listed(lang).is_some()).collect();
    as_listed(Detector::with_allowlist(listed).detect_lang(text)?)
}

/// What `words` tell of the languages of the script that most of them are in and that they `may_be`, the likeliest
/// first.
fn told_by(words: &[Word], may_be: impl Fn(Language) -> bool) -> Vec<Told> {
    let of_script = |script: Script| words.iter().filter(|word| word.script == script).count();
    let scripts = [Script::Latin, Script::Cyrillic, Script::Arabic];
    let Some(script) = scripts.into_iter().max_by_key(|&script| of_script(script)) else { return Vec::new() };
    let words: Vec<&Word> = words.iter().filter(|word| word.script == script).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let folded: Vec<String> = words.iter().map(|word| word.folded.clone()).collect();
    let of_language = |&(code, letters): &(&str, &str)| {
        // To look through a list takes long, and an archive has few languages.
        let language = Language::from_tag(code).filter(|&language| may_be(language))?;
        let is_english = language == Language::ENGLISH;
        let mut told = Told { language, points: 0, function_words: 0 };
        for (word, is_listed) in words.iter().zip(StopWords::which_listed(language, &folded)) {
            let folded = word.folded.as_str();
            let is_listed = is_listed
                || is_english && (is_english_too(folded) || ENGLISH_FUNCTION_WORDS.contains(&folded));
            let is_its_own = word.telling.chars().all(|letter| letters.contains(letter));
            told.points += match (is_listed, is_its_own) {
                (_, false) => OF_FOREIGN_LETTER,
                (true, true) if word.is_lone_letter => OF_LONE_LETTER,
                (true, true) => OF_FUNCTION_WORD,
                (false, true) if word.tells_by_letter => OF_OWN_LETTER,
                (false, true) => 0,
            };
            told.function_words += usize::from(is_listed && is_its_own && !word.is_lone_letter);
        }
        let shows_in = Script::shown_by(code);
        if !shows_in.is_empty() && !words.iter().any(|word| word.telling.contains(shows_in)) {
            told.points += OF_MISSING_LETTERS;
        }
        Some(told)
    };
    let mut told: Vec<Told> = script.languages().iter().filter_map(of_language).collect();
    told.sort_by_key(|told| (-told.points, told.language));
    told
}

/// Letters of Cyrillic that few languages have.
const FEW_HAVE: [char; 18] =
    ['ы', 'э', 'ё', 'ъ', 'і', 'ї', 'є', 'ґ', 'ў', 'ј', 'љ', 'њ', 'ђ', 'ћ', 'џ', 'ѓ', 'ќ', 'ѕ'];

/// A word that may tell a language.
struct Word {
    folded: String,
    script: Script,
    /// Its letters that not all languages of the script have.
    telling: String,
    /// Whether one of them is in few of them.
    tells_by_letter: bool,
    is_lone_letter: bool,
}

/// The words of `text`, each once, without acronyms, numbers and endings behind an apostrophe.
fn distinct_words(text: &str) -> Vec<Word> {
    let shouted = !text.chars().any(char::is_lowercase);
    let mut words: Vec<Word> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    let mut between = '\0';
    for piece in text.split_inclusive(|c: char| !is_of_word(c)).take(MAX_WORDS) {
        let spelt = piece.trim_end_matches(|c: char| !is_of_word(c));
        let apart = std::mem::replace(&mut between, piece.chars().next_back().unwrap_or_default());
        let is_ending = matches!(apart, '\'' | '’') && spelt.chars().count() <= MAX_LETTERS_BEHIND_APOSTROPHE;
        let is_acronym = !shouted
            && spelt.chars().filter(|c| c.is_uppercase()).count() > 1
            && !spelt.contains(char::is_lowercase);
        let lower = spelt.to_lowercase();
        if is_ending || is_acronym || spelt.contains(char::is_numeric) || seen.contains(&lower) {
            continue;
        }
        if let Some(script) = Script::of(&lower) {
            words.push(Word::of(&lower, script));
            seen.push(lower);
        }
    }
    words
}

/// Most letters of an ending behind an apostrophe: of `Fransa'da` the last two are no word of German.
const MAX_LETTERS_BEHIND_APOSTROPHE: usize = 3;

/// Whether `c` stands in words: letters, digits, accents of their own, and what parts a word of Persian from its
/// ending.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}')
}

impl Word {
    /// That of `lower`, which is in small letters and in `script`.
    fn of(lower: &str, script: Script) -> Self {
        let telling: String = lower.chars().filter(|&c| script.tells(c)).collect();
        let tells_by_letter = match script {
            Script::Cyrillic => telling.contains(FEW_HAVE),
            Script::Latin | Script::Arabic => !telling.is_empty(),
        };
        Self {
            folded: fold(lower).into_owned(),
            script,
            telling,
            tells_by_letter,
            is_lone_letter: lower.chars().count() == 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::stemmer::STEMMED;
    use super::*;

    fn told(text: &str) -> String {
        language_told_by_words(text, |_| true).unwrap_or(Language::UNKNOWN).code().to_owned()
    }

    #[test]
    fn a_short_text_is_told_by_function_words_and_letters() {
        for (text, code) in [
            ("Министерство объявило новые правила для рыбаков.", "ru"),
            ("Міністерство оголосило нові правила для рибалок.", "uk"),
            (
                "Министерството обяви нови правила за рибарите и за хората в селата, които са край реката.",
                "bg",
            ),
            ("Министарство је објавило нова правила за рибаре.", "sr"),
            ("Ministerstvo vyhlásilo nová pravidla pro rybáře, kteří loví v řece.", "cs"),
            ("Ministerstvo vyhlásilo nové pravidlá pre rybárov, ktorí lovia v rieke.", "sk"),
            ("Ministerstwo ogłosiło nowe przepisy dla rybaków.", "pl"),
            ("A minisztérium új szabályokat hirdetett a halászoknak, és ez nem tetszik.", "hu"),
            ("O ministério anunciou novas regras para os pescadores.", "pt"),
            ("El ministerio anunció nuevas reglas para los pescadores.", "es"),
            ("Le ministère annonce de nouvelles règles pour les pêcheurs.", "fr"),
            ("Das Ministerium verkündete neue Regeln für die Fischer.", "de"),
            ("Het ministerie heeft nieuwe regels voor de vissers.", "nl"),
            ("وزارتخانه مقررات جدیدی برای ماهیگیران اعلام کرد که اجرا می‌شود.", "fa"),
            ("The ministry has new rules for those who fish.", "en"),
        ] {
            assert_eq!(told(text), code, "{text}");
        }
    }

    #[test]
    fn what_may_be_english_or_nothing_is_not_told() {
        for text in [
            "",
            "1325",
            "Algorithm 396",
            "Los Angeles water supply",
            "El Salvador gang policy",
            "men die at sea in war",
            "Pope Francis says no to a data sale",
            "Hepatitis C treatment in Paris",
            "Fransa'da nükleer",
        ] {
            assert!(["und", "en"].contains(&&*told(text)), "{text}: {}", told(text));
        }
    }

    #[test]
    fn a_language_that_is_out_of_the_question_is_not_told() {
        let spanish: Language = "es".parse().unwrap();
        let text = "requisitos para ser presidente de la República";
        assert_eq!(language_told_by_words(text, |language| language == spanish), Some(spanish));
        assert_eq!(language_told_by_words(text, |language| language == Language::ENGLISH), None);
    }

    #[test]
    fn words_of_english_are_listed_where_they_are_stop_words_elsewhere() {
        let others = || STEMMED.into_iter().filter(|&code| code != "en").filter_map(Language::from_tag);
        let is_listed = |word: &str| {
            others().any(|language| StopWords::of(language).contains(word))
                && !StopWords::of(Language::ENGLISH).contains(word)
        };
        let wrong: Vec<&str> = ENGLISH_WORDS.into_iter().filter(|word| !is_listed(word)).collect();
        assert_eq!(wrong, [""; 0]);
    }
}
