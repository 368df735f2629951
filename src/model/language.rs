//! [`Language`]: an ISO 639-1 code in two bytes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language by its ISO 639-1 code, `und` where it isn't known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language([u8; 2]);

impl Language {
    /// English.
    pub const ENGLISH: Self = Self(*b"en");
    /// No language known.
    pub const UNKNOWN: Self = Self([0, 0]);
    /// Any of the languages that aren't told apart, by a code that no language has.
    pub const OTHER: Self = Self(*b"zz");

    /// The language of a tag such as `en`, `pt-BR`, `zh_Hant` or `eng`; none if it isn't one.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_', '.', ',', ';']).next()?.to_ascii_lowercase();
        match primary.as_bytes() {
            // Codes of old, which some programs write still: the preferred ones of IANA's registry.
            b"iw" => Some(Self(*b"he")),
            b"in" => Some(Self(*b"id")),
            b"ji" => Some(Self(*b"yi")),
            &[a, b] if a.is_ascii_lowercase() && b.is_ascii_lowercase() => Some(Self([a, b])),
            [_, _, _] => Self::from_iso_639_3(&primary),
            _ => None,
        }
    }

    /// The language of an ISO 639-3 code that has a two-letter one.
    #[must_use]
    pub fn from_iso_639_3(code: &str) -> Option<Self> {
        let index = ISO_639_3.binary_search_by_key(&code, |&(long, _)| long).ok()?;
        Some(Self(*ISO_639_3[index].1))
    }

    /// What an article may be in to be in this language: for Norwegian, one of its norms too.
    #[must_use]
    pub fn with_norms(self) -> Vec<Self> {
        let norms: &[Self] = if self.0 == *b"no" { &[Self(*b"nb"), Self(*b"nn")] } else { &[] };
        [&[self], norms].concat()
    }

    /// The two-letter code, `und` for [`Self::UNKNOWN`].
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).ok().filter(|code| !code.starts_with('\0')).unwrap_or("und")
    }
}

/// Three-letter codes to two-letter ones: the languages that detection knows, and bibliographic
/// variants that pages use.
const ISO_639_3: &[(&str, &[u8; 2])] = &[
    ("afr", b"af"),
    ("aka", b"ak"),
    ("amh", b"am"),
    ("ara", b"ar"),
    ("arb", b"ar"),
    ("aze", b"az"),
    ("bel", b"be"),
    ("ben", b"bn"),
    ("bul", b"bg"),
    ("cat", b"ca"),
    ("ces", b"cs"),
    ("chi", b"zh"),
    ("cmn", b"zh"),
    ("cym", b"cy"),
    ("dan", b"da"),
    ("deu", b"de"),
    ("dut", b"nl"),
    ("ell", b"el"),
    ("eng", b"en"),
    ("epo", b"eo"),
    ("est", b"et"),
    ("fas", b"fa"),
    ("fin", b"fi"),
    ("fra", b"fr"),
    ("fre", b"fr"),
    ("ger", b"de"),
    ("guj", b"gu"),
    ("heb", b"he"),
    ("hin", b"hi"),
    ("hrv", b"hr"),
    ("hun", b"hu"),
    ("hye", b"hy"),
    ("ind", b"id"),
    ("ita", b"it"),
    ("jav", b"jv"),
    ("jpn", b"ja"),
    ("kan", b"kn"),
    ("kat", b"ka"),
    ("khm", b"km"),
    ("kor", b"ko"),
    ("lat", b"la"),
    ("lav", b"lv"),
    ("lit", b"lt"),
    ("mal", b"ml"),
    ("mar", b"mr"),
    ("mkd", b"mk"),
    ("mya", b"my"),
    ("nep", b"ne"),
    ("nld", b"nl"),
    ("nno", b"nn"),
    ("nob", b"nb"),
    ("nor", b"no"),
    ("ori", b"or"),
    ("pan", b"pa"),
    ("per", b"fa"),
    ("pes", b"fa"),
    ("pol", b"pl"),
    ("por", b"pt"),
    ("ron", b"ro"),
    ("rum", b"ro"),
    ("rus", b"ru"),
    ("sin", b"si"),
    ("slk", b"sk"),
    ("slv", b"sl"),
    ("sna", b"sn"),
    ("spa", b"es"),
    ("srp", b"sr"),
    ("swe", b"sv"),
    ("tam", b"ta"),
    ("tel", b"te"),
    ("tgl", b"tl"),
    ("tha", b"th"),
    ("tuk", b"tk"),
    ("tur", b"tr"),
    ("ukr", b"uk"),
    ("urd", b"ur"),
    ("uzb", b"uz"),
    ("vie", b"vi"),
    ("yid", b"yi"),
    ("zho", b"zh"),
    ("zul", b"zu"),
];

impl Default for Language {
    fn default() -> Self {
        Self::UNKNOWN
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(tag: &str) -> Result<Self, String> {
        if tag == "und" {
            return Ok(Self::UNKNOWN);
        }
        Self::from_tag(tag).ok_or_else(|| format!("`{tag}` is not a language code such as en, fr or zh"))
    }
}

impl TryFrom<String> for Language {
    type Error = String;

    fn try_from(tag: String) -> Result<Self, String> {
        tag.parse()
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.code().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_many_forms_give_the_same_language() {
        for (tag, code) in [
            ("en", "en"),
            ("EN-us", "en"),
            ("pt_BR", "pt"),
            ("zh-Hant-TW", "zh"),
            ("fra", "fr"),
            ("cmn", "zh"),
        ] {
            assert_eq!(Language::from_tag(tag).unwrap().code(), code, "{tag}");
        }
        for tag in ["", "x", "english", "1a", "qqq"] {
            assert_eq!(Language::from_tag(tag), None, "{tag}");
        }
    }

    #[test]
    fn norwegian_is_either_of_its_norms() {
        let with_norms = |tag: &str| -> Vec<String> {
            let norms = tag.parse::<Language>().unwrap().with_norms();
            norms.iter().map(Language::to_string).collect()
        };
        assert_eq!(with_norms("no"), ["no", "nb", "nn"]);
        assert_eq!(with_norms("nno"), ["nn"]);
        assert_eq!(with_norms("en"), ["en"]);
    }

    #[test]
    fn the_code_reads_back() {
        for code in ["en", "ur", "und"] {
            assert_eq!(code.parse::<Language>().unwrap().to_string(), code);
        }
    }

    #[test]
    fn three_letter_codes_are_sorted_for_the_search() {
        assert!(ISO_639_3.is_sorted());
    }
}
