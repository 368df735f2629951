//! The words that open a byline, in one table for all languages: `By`, `Skrevet av`, `Автор:`, `作者：`.
//!
//! What a name looks like is not here.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::names::reads_as_full_name;
use crate::model::Language;

/// What opens a byline in one language, each word or words in lower case, between commas.
struct Openers {
    /// Its codes, with those of neighbours that write the same.
    codes: &'static str,
    /// Words that say who wrote something, with or without a colon, wherever a page is from.
    written: &'static str,
    /// Words that mean much else too: without a colon they count on pages in the language, before a full name.
    short: &'static str,
    /// Words for authors, which count with a colon alone.
    labels: &'static str,
    /// Words for texts and for those who write for their living, which count with a colon alone, and where they stand
    /// alone mean other things, or what someone is.
    texts: &'static str,
}

const OPENERS: &[Openers] = &[
    Openers {
        codes: "en",
        written: "this article was written by, this post was written by, view all posts by, view all articles by, \
                  read more about, all posts by, interview by, photographs by, published by, reporting by, article by, \
                  written by, posted by, story by, words by, opinion by, analysis by, commentary by, op-ed by, \
                  a joint op-ed by, guest post by, guest essay by, essay by, report by, perspective by, interviewed by, \
                  authors, author, by",
        short: "",
        labels: "contributor, contributors",
        texts: "words, text, from",
    },
    Openers {
        codes: "de",
        written: "geschrieben von, verfasst von, ein gastbeitrag von, gastbeitrag von, ein kommentar von, kommentar von, \
                  eine analyse von, autoren, autor, von",
        short: "",
        labels: "autorin, autorinnen, autor/in, autor*innen, autor:innen, autor(en)",
        texts: "text",
    },
    Openers {
        codes: "fr",
        written: "propos recueillis par, une tribune de, écrit par, rédigé par, auteurs, auteur, par",
        short: "",
        labels: "autrice, auteure, auteur(s)",
        texts: "texte",
    },
    Openers {
        codes: "es",
        written: "escrito por, redactado por, autores, autoras, autor, autora, por",
        short: "",
        labels: "",
        texts: "texto, periodista",
    },
    Openers { codes: "pt gl", written: "escrito por", short: "", labels: "", texts: "texto, reportagem" },
    Openers {
        codes: "it",
        written: "scritto da, a cura di, articolo di, autori, autore, di",
        short: "",
        labels: "autrice",
        texts: "testo, testi",
    },
    Openers { codes: "ca", written: "escrit per", short: "per", labels: "autora", texts: "text" },
    Openers {
        codes: "nl",
        written: "geschreven door",
        short: "door",
        labels: "",
        texts: "tekst, door, redacteur",
    },
    Openers {
        codes: "sv",
        written: "skriven av, skrivet av",
        short: "av",
        labels: "skribent, författare",
        texts: "text, av, reporter",
    },
    Openers {
        codes: "da",
        written: "skrevet af",
        short: "af",
        labels: "forfatter, forfattere",
        texts: "tekst, af, journalist",
    },
    Openers {
        codes: "no nb nn",
        written: "skrevet av, skrive av",
        short: "av",
        labels: "forfatter, forfattar",
        texts: "tekst, av, journalist",
    },
    Openers {
        codes: "fi",
        written: "kirjoittanut",
        short: "",
        labels: "kirjoittaja, kirjoittajat",
        texts: "teksti, toimittaja",
    },
    Openers { codes: "et", written: "", short: "", labels: "autorid", texts: "tekst" },
    Openers { codes: "lv", written: "", short: "", labels: "autors, autore, autori", texts: "teksts" },
    Openers { codes: "lt", written: "", short: "", labels: "autorius, autorė, autoriai", texts: "tekstas" },
    Openers {
        codes: "pl",
        written: "napisane przez",
        short: "napisał, napisała",
        labels: "autorka, autorzy, napisał, napisała, opracował, opracowała",
        texts: "tekst",
    },
    Openers {
        codes: "cs sk",
        written: "",
        short: "napsal, napsala, napísal, napísala",
        labels: "autorka, autoři, autori, napsal, napsala, napísal, napísala, připravil, připravila, pripravil, pripravila",
        texts: "text",
    },
    Openers {
        codes: "sl",
        written: "",
        short: "piše",
        labels: "avtor, avtorica, avtorji, piše",
        texts: "besedilo",
    },
    Openers {
        codes: "hr sr bs",
        written: "",
        short: "piše, пише",
        labels: "autorica, autorka, autori, napisao, napisala, piše, аутор, аутори, пише",
        texts: "tekst, novinar",
    },
    Openers { codes: "ro", written: "scris de", short: "de", labels: "autoare, autori", texts: "" },
    Openers {
        codes: "hu", written: "", short: "írta", labels: "szerző, szerzők, írta", texts: "szöveg"
    },
    Openers {
        codes: "tr",
        written: "",
        short: "",
        labels: "yazar, yazan, yazarlar, hazırlayan",
        texts: "haber, yazı, muhabir",
    },
    Openers {
        codes: "id ms",
        written: "ditulis oleh",
        short: "oleh",
        labels: "penulis, pengarang, oleh",
        texts: "reporter",
    },
    Openers { codes: "tl", written: "isinulat ni", short: "", labels: "may-akda", texts: "" },
    Openers { codes: "sw", written: "imeandikwa na", short: "", labels: "mwandishi", texts: "na" },
    Openers {
        codes: "vi",
        written: "",
        short: "",
        labels: "tác giả, người viết, viết bởi",
        texts: "bài, bài viết",
    },
    Openers {
        codes: "ru bg uk be mk",
        written: "авторы, автор",
        short: "",
        labels: "авторка, автори, аўтар, аўтары, беседовал, беседовала, подготовил, подготовила, підготував, підготувала",
        texts: "текст, тэкст, журналист, журналіст, корреспондент, кореспондент, репортер",
    },
    Openers {
        codes: "el",
        written: "γράφει ο, γράφει η, γράφουν οι, γραφει ο, γραφει η",
        short: "",
        labels: "συντάκτης, συντάκτρια, συντακτης, συντακτρια, συγγραφέας, συγγραφεας, αρθρογράφος, γράφει, γραφει",
        texts: "κείμενο",
    },
    Openers {
        codes: "he",
        written: "נכתב על ידי",
        short: "מאת",
        labels: "מאת, כותב, כותבת, מחבר, מחברת, מחברים",
        texts: "כתב, כתבה",
    },
    Openers {
        codes: "ar",
        written: "بقلم",
        short: "",
        labels: "الكاتب, الكاتبة, المؤلف",
        texts: "كتب, كتبت, إعداد, اعداد",
    },
    Openers {
        codes: "fa",
        written: "به قلم, نوشته شده توسط",
        short: "",
        labels: "نویسنده, نویسندگان, نگارنده",
        texts: "نوشته, گزارشگر, خبرنگار",
    },
    Openers { codes: "ur", written: "تحریر", short: "", labels: "مصنف, مصنفہ", texts: "" },
    Openers {
        codes: "hi mr", written: "", short: "", labels: "लेखक, लेखिका", texts: "लेखन, द्वारा, रिपोर्टर"
    },
    Openers {
        codes: "bn", written: "", short: "", labels: "লেখক, লেখিকা", texts: "লিখেছেন, প্রতিবেদক"
    },
    Openers {
        codes: "th",
        written: "เขียนโดย, บทความโดย, เรื่องโดย",
        short: "โดย",
        labels: "ผู้เขียน, ผู้แต่ง, โดย",
        texts: "เรื่อง",
    },
    Openers {
        codes: "ko",
        written: "",
        short: "",
        labels: "저자, 글쓴이, 필자, 작성자, 지은이",
        texts: "글, 기자",
    },
    Openers {
        codes: "ja",
        written: "",
        short: "",
        labels: "著者, 筆者, 執筆, 執筆者, 作者",
        texts: "文, 取材・文, 文・写真, 著, 記者, ライター",
    },
    Openers {
        codes: "zh",
        written: "",
        short: "",
        labels: "作者, 撰文, 撰稿, 执笔, 執筆",
        texts: "文, 记者, 記者, 本报记者, 本報記者, 特约撰稿, 通讯员",
    },
];

/// Openers of scripts that join them to the name, or put a blank or a bar between.
const JOINED: [&str; 8] = ["本报记者", "本報記者", "作者", "文", "撰文", "记者", "記者", "撰稿"];

/// What stands between such an opener and the name.
const JOINTS: [char; 9] = ['：', ':', ' ', '/', '／', '丨', '｜', '＝', '='];

/// Colons, of any script.
pub(in super::super) const COLONS: [char; 3] = [':', '：', '︰'];

/// When an opener counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    Nothing,
    /// Its language, and a full name behind it.
    FullName,
    /// A colon.
    Colon,
}

/// An opener, and when it counts.
#[derive(Clone, Copy, Debug)]
struct Opener {
    words: &'static str,
    needs: Needs,
    codes: &'static str,
    /// Whether it names authors, and not a text.
    names_authors: bool,
}

/// Each opener by its first letter, longer ones first.
static BY_FIRST_LETTER: LazyLock<HashMap<char, Vec<Opener>>> = LazyLock::new(|| {
    let mut all: HashMap<char, Vec<Opener>> = HashMap::new();
    for of in OPENERS {
        let kinds = [
            (of.written, Needs::Nothing, true),
            (of.short, Needs::FullName, false),
            (of.labels, Needs::Colon, true),
            (of.texts, Needs::Colon, false),
        ];
        for (list, needs, names_authors) in kinds {
            for words in list.split(", ") {
                let Some(first) = words.chars().next() else { continue };
                let opener = Opener { words, needs, codes: of.codes, names_authors };
                all.entry(first).or_default().push(opener);
            }
        }
    }
    for of_letter in all.values_mut() {
        of_letter.sort_by_key(|opener| std::cmp::Reverse(opener.words.len()));
    }
    all
});

/// `text`, of a page in `language`, without the words that come before a name in a byline.
pub(super) fn without_opener(text: &str, language: Option<Language>) -> &str {
    let mut rest = text;
    // "Written by: By Amara Finch".
    while let Some(behind) = behind_opener(rest, language) {
        rest = behind;
    }
    rest
}

/// What stands behind the words that open `text`, if they are a byline's.
fn behind_opener(text: &str, language: Option<Language>) -> Option<&str> {
    let code = language.as_ref().map_or("", Language::code);
    let counts = |opener: &Opener| {
        let rest = behind(text, opener.words)?;
        // French has a blank before a colon that doesn't break.
        let rest = rest.strip_prefix('\u{a0}').filter(|rest| rest.starts_with(COLONS)).unwrap_or(rest);
        let name = rest.trim_start_matches(|c: char| c == ' ' || COLONS.contains(&c));
        let between = &rest[..rest.len() - name.len()];
        let has_colon = between.contains(COLONS);
        let is_met = match opener.needs {
            Needs::Nothing => true,
            Needs::FullName => opener.codes.split(' ').any(|of| of == code) && reads_as_full_name(name),
            Needs::Colon => has_colon,
        };
        (is_met && !between.is_empty()).then_some(name)
    };
    openers_of(text).iter().find_map(counts).or_else(|| behind_joined(text))
}

/// What stands behind an opener that is joined to the name.
fn behind_joined(text: &str) -> Option<&str> {
    JOINED.iter().find_map(|opener| {
        let rest = text.strip_prefix(opener)?;
        let name = rest.trim_start_matches(JOINTS);
        (name.len() < rest.len()).then_some(name)
    })
}

/// The openers that begin like `text`.
fn openers_of(text: &str) -> &'static [Opener] {
    let first = text.chars().next().and_then(|c| c.to_lowercase().next());
    first.and_then(|first| BY_FIRST_LETTER.get(&first)).map_or(&[], Vec::as_slice)
}

/// What stands in `text` behind `words`, which are in lower case, if it begins with them in any case.
fn behind<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    let mut letters = words.chars();
    let mut wanted = letters.next();
    while let Some(letter) = wanted {
        let found = rest.next()?;
        let is_same = if found.is_ascii() {
            found.to_ascii_lowercase() == letter
        } else {
            // Which of two the last `Σ` of a word is in lower case, a letter alone doesn't tell.
            found.to_lowercase().eq([letter]) || found == 'Σ' && letter == 'ς'
        };
        if !is_same {
            return None;
        }
        wanted = letters.next();
    }
    Some(rest.as_str())
}

/// Whether `line` is words for authors and nothing else, but for a colon: names stand below.
pub(super) fn is_label(line: &str) -> bool {
    let label = line.trim_end_matches(|c: char| c.is_whitespace() || COLONS.contains(&c));
    let is_whole = |opener: &&Opener| behind(label, opener.words) == Some("");
    openers_of(label)
        .iter()
        .any(|opener| opener.needs == Needs::Colon && opener.names_authors && is_whole(&opener))
}

/// What stands behind words for authors and a colon within `line`: "12.11.2023 Автор: Іван Петренко".
pub(super) fn behind_inner_label(line: &str) -> Option<&str> {
    let colons = line.match_indices(COLONS);
    colons.into_iter().find_map(|(at, colon)| {
        let before = line[..at].trim_end();
        let is_label = |words: &str| {
            let start = before.len().checked_sub(words.len())?;
            let word = before.get(start..)?;
            let is_apart = before[..start].ends_with(char::is_whitespace);
            (is_apart && behind(word, words) == Some("")).then_some(())
        };
        let mut labels = LABELS_WITHIN_LINES.iter();
        labels.find_map(|words| is_label(words))?;
        Some(line[at + colon.len()..].trim_start())
    })
}

/// Words for authors that are told from what stands before them in a line.
const LABELS_WITHIN_LINES: [&str; 14] = [
    "author",
    "autor",
    "autorka",
    "auteur",
    "autore",
    "автор",
    "автори",
    "авторы",
    "yazar",
    "penulis",
    "tác giả",
    "συντάκτης",
    "作者",
    "نویسنده",
];

/// Whether a line begins by saying who wrote something, wherever it stands.
pub(super) fn says_written(line: &str) -> bool {
    let is_said = |opener: &Opener| {
        let Some(rest) = behind(line, opener.words) else { return false };
        let has_colon = rest.trim_start().starts_with(COLONS);
        match opener.needs {
            Needs::Nothing => opener.codes != "en" && (has_colon || opener.words.contains(' ')),
            Needs::Colon => has_colon && opener.names_authors,
            Needs::FullName => false,
        }
    };
    WRITTEN.iter().any(|words| behind(line, words).is_some()) || openers_of(line).iter().any(is_said)
}

/// Openers that say who wrote something without a colon.
const WRITTEN: [&str; 10] = [
    "written by",
    "this article was written by",
    "this post was written by",
    "article by",
    "words by",
    "story by",
    "posted by",
    "authored by",
    "by ",
    "автор",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn opened<'t>(text: &'t str, tag: &str) -> &'t str {
        without_opener(text, Language::from_tag(tag))
    }

    #[test]
    fn words_that_open_much_else_need_a_colon() {
        for text in
            ["Text Size", "From Selm to the Sea", "Words Fail", "Journalist Amara Finch", "글 쓰는 사람"]
        {
            assert_eq!(opened(text, ""), text);
        }
        assert_eq!(opened("FROM: Amara Finch", ""), "Amara Finch");
        assert_eq!(opened("Texte : Hélène Roy", ""), "Hélène Roy");
        assert_eq!(opened("ТЕКСТ: Олена Гай", ""), "Олена Гай");
    }

    #[test]
    fn short_words_count_in_their_language_before_a_full_name() {
        for (text, tag) in [
            ("Av Kari Nordmann", "no"),
            ("av Kari Nordmann", "nn"),
            ("Av Kari Nordmann", "sv"),
            ("Af Kari Nordmann, journalist", "da"),
            ("Door Kari Nordmann", "nl"),
            ("Oleh Kari Nordmann", "id"),
            ("De Kari Nordmann", "ro"),
        ] {
            assert_eq!(&opened(text, tag)[..13], "Kari Nordmann".split_at(13).0, "{text}");
        }
        for (text, tag) in [
            ("Av Kari Nordmann", "en"),
            ("Door Repair Services", "en"),
            ("Oleh Kovalenko", "id"),
            ("Oleh Ivan Kovalenko", "uk"),
            ("Av alle ting i livet", "no"),
            ("De la Paris la Roma", "ro"),
            ("โดย มีผู้เข้าร่วมประชุมจำนวนมากจากทั่วประเทศ", "th"),
        ] {
            assert_eq!(opened(text, tag), text, "{tag}");
        }
    }

    #[test]
    fn a_label_may_stand_alone_or_within_a_line() {
        assert!(
            is_label("Kirjoittaja") && is_label("Автори:") && !is_label("Tekst") && !is_label("Autorka Jana")
        );
        assert_eq!(behind_inner_label("12.11.2023 Автор: Олена Гай"), Some("Олена Гай"));
        assert_eq!(behind_inner_label("2023-11-12 来源：水利 作者：沈若棠"), Some("沈若棠"));
        assert_eq!(behind_inner_label("Coautor: Jan Hlavatý"), None);
    }
}
