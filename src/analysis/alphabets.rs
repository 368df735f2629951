//! Which letters languages write: some tell a language by themselves, and a word with a letter that a language lacks is
//! none of its words.

/// Languages written in Latin letters, by the letters that they have beside those of ASCII, in small letters.
const LATIN: [(&str, &str); 25] = [
    ("ca", "àçèéíïòóúü·"),
    ("cs", "áéíóúýčďěňřšťůž"),
    ("da", "åæøé"),
    ("de", "äöüß"),
    ("en", ""),
    ("es", "áéíñóúü"),
    ("et", "äõöüšž"),
    ("fi", "äöåšž"),
    ("fr", "àâçèéêëîïôùûüÿœæ"),
    ("hr", "ćčđšž"),
    ("hu", "áéíóöúüőű"),
    ("id", "é"),
    ("it", "àèéìíòóùú"),
    ("lt", "ąčęėįšųūž"),
    ("lv", "āčēģīķļņšūž"),
    ("nl", "éëïèêöüáó"),
    ("no", "åæøéòô"),
    ("pl", "óąćęłńśźż"),
    ("pt", "àáâãçéêíóôõú"),
    ("ro", "ăâîşţșț"),
    ("sk", "áäéíóôúýčďĺľňŕšťž"),
    ("sl", "čšž"),
    ("sq", "çë"),
    ("sv", "åäöé"),
    ("tr", "çöüğışâîû\u{307}"),
];

/// Languages written in Cyrillic letters, by all of them.
const CYRILLIC: [(&str, &str); 6] = [
    ("be", "абвгдеёжзійклмнопрстуўфхцчшыьэюя"),
    ("bg", "абвгдежзийклмнопрстуфхцчшщъьюя"),
    ("mk", "абвгдѓежзѕијклљмнњопрстќуфхцчџш"),
    ("ru", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    ("sr", "абвгдђежзијклљмнњопрстћуфхцчџш"),
    ("uk", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
];

/// Languages written in Arabic letters, by those that not all of them have.
const ARABIC: [(&str, &str); 3] = [("ar", "ةىكيأإؤ"), ("fa", "پچژگکیكيأؤۀ"), ("ur", "پچژگکیٹڈڑںھہےۓۂؤ")];

/// Letters that some languages written in Arabic ones lack.
const ARABIC_LETTERS: &str = "ةىكيأإؤپچژگکیۀٹڈڑںھہےۓۂ";

/// A script whose languages are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Arabic,
}

impl Script {
    /// The script that `word` is written in, by its first letter; none if its languages aren't told apart here.
    pub fn of(word: &str) -> Option<Self> {
        let first = word.chars().find(|c| c.is_alphabetic())?;
        match first {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Some(Self::Latin),
            '\u{400}'..='\u{52f}' => Some(Self::Cyrillic),
            '\u{620}'..='\u{6ff}' => Some(Self::Arabic),
            _ => None,
        }
    }

    /// The codes of its languages, each with its letters.
    pub fn languages(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Latin => &LATIN,
            Self::Cyrillic => &CYRILLIC,
            Self::Arabic => &ARABIC,
        }
    }

    /// Letters of which one is in nearly each sentence of the language with this `code`, if there are any that others
    /// lack.
    pub fn shown_by(code: &str) -> &'static [char] {
        match code {
            "be" => &['і', 'ў'],
            "mk" => &['ѓ', 'ѕ', 'ќ'],
            "sr" => &['ј', 'љ', 'њ', 'ђ', 'ћ', 'џ'],
            "uk" => &['і', 'ї', 'є', 'ґ'],
            _ => &[],
        }
    }

    /// Whether `letter`, a small one, is one that not all of its languages have.
    pub fn tells(self, letter: char) -> bool {
        match self {
            Self::Latin => !letter.is_ascii() && letter.is_alphabetic(),
            Self::Cyrillic => letter.is_alphabetic(),
            Self::Arabic => ARABIC_LETTERS.contains(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_in_the_script_of_its_first_letter() {
        for (word, script) in [
            ("łódź", Some(Script::Latin)),
            ("права", Some(Script::Cyrillic)),
            ("حقوق", Some(Script::Arabic)),
            ("νόμος", None),
            ("法", None),
            ("", None),
        ] {
            assert_eq!(Script::of(word), script, "{word}");
        }
    }

    #[test]
    fn languages_are_told_by_letters_of_their_script() {
        for script in [Script::Latin, Script::Cyrillic, Script::Arabic] {
            assert!(script.languages().is_sorted_by_key(|(code, _)| *code));
            for (code, letters) in script.languages() {
                let of_others = Script::shown_by(code).iter().filter(|&&letter| !letters.contains(letter));
                assert_eq!(of_others.count(), 0, "{code}");
            }
        }
        assert!(Script::Latin.tells('ř') && !Script::Latin.tells('r'));
    }
}
