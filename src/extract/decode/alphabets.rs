//! Which letters beyond ASCII a language writes, for the languages that legacy encodings were made for.
//!
//! Borrowed names hold others now and then; a text in the right encoding holds few. What to make of
//! that is [`super::guess`]'s matter.

use whatlang::Lang;

/// What a language is written in, beyond ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alphabet {
    /// These small letters and their capitals.
    Letters(&'static str),
    /// All characters of a block, first to last.
    Block(char, char),
}

impl Alphabet {
    /// What `language` is written in, none if it isn't known here.
    pub(super) fn of(language: Lang) -> Option<Self> {
        letters(language).map(Self::Letters).or_else(|| block(language))
    }

    /// Whether `c`, a letter or mark beyond ASCII, belongs to it.
    pub(super) fn has(self, c: char) -> bool {
        match self {
            Self::Letters(letters) => c.to_lowercase().any(|small| letters.contains(small)),
            Self::Block(first, last) => (first..=last).contains(&c),
        }
    }

    /// How many different letters a long text in it is sure to have.
    pub(super) fn expected(self) -> usize {
        match self {
            // A third: of the letters listed some are for borrowed words, or rare.
            Self::Letters(letters) => letters.chars().count().div_ceil(3),
            Self::Block(..) => 12,
        }
    }
}

/// The small letters beyond ASCII of languages in Latin and Cyrillic script, from the national standards
/// that Unicode's CLDR collects as main and auxiliary letters.
fn letters(language: Lang) -> Option<&'static str> {
    Some(match language {
        Lang::Afr => "êëéèïîôû",
        Lang::Aze => "əğıöşüç\u{307}",
        Lang::Bel => "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
        Lang::Bul => "абвгдежзийклмнопрстуфхцчшщъьюя",
        Lang::Cat => "àçèéíïòóúü·",
        Lang::Ces => "áčďéěíňóřšťúůýž",
        Lang::Cym => "âêîôûŵŷäëïöüáéíóúẃýàèìòù",
        Lang::Dan | Lang::Nob => "æøåéèêóòô",
        Lang::Deu => "äöüßé",
        Lang::Eng => "éèêëïôöüñçàâ",
        Lang::Epo => "ĉĝĥĵŝŭ",
        Lang::Est => "äöõüšž",
        Lang::Fin => "äöåšž",
        Lang::Fra => "àâæçèéêëîïôœùûüÿ",
        Lang::Hrv | Lang::Slv => "čšžćđ",
        Lang::Hun => "áéíóöőúüű",
        Lang::Ita => "àèéìíîòóùú",
        Lang::Lav => "āčēģīķļņšūžōŗ",
        Lang::Lit => "ąčęėįšųūž",
        Lang::Mkd => "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ",
        Lang::Nld => "éëïóöüèêáíú",
        Lang::Pol => "ąćęłńóśźż",
        Lang::Por => "áâãàçéêíóôõúü",
        Lang::Ron => "ăâîșțşţ",
        Lang::Rus => "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        Lang::Slk => "áäčďéíĺľňóôŕšťúýž",
        Lang::Spa => "áéíñóúüªº",
        Lang::Srp => "абвгдђежзијклљмнњопрстћуфхцчџш",
        Lang::Swe => "åäöé",
        Lang::Tuk => "äçňöşüýž",
        Lang::Tur => "çğıöşüâîû\u{307}",
        Lang::Ukr => "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        Lang::Vie => "àáâãèéêìíòóôõùúýăđĩũơư\u{300}\u{301}\u{303}\u{309}\u{323}",
        _ => return None,
    })
}

/// The blocks of scripts of their own for which there are encodings of one byte a character.
fn block(language: Lang) -> Option<Alphabet> {
    Some(match language {
        Lang::Ara | Lang::Pes | Lang::Urd => Alphabet::Block('\u{600}', '\u{6ff}'),
        Lang::Ell => Alphabet::Block('\u{370}', '\u{3ff}'),
        Lang::Heb | Lang::Yid => Alphabet::Block('\u{590}', '\u{5ff}'),
        Lang::Tha => Alphabet::Block('\u{e00}', '\u{e7f}'),
        _ => return None,
    })
}
