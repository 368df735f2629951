//! Which language an article is written in: what the page declares, checked against its text.

use std::borrow::Cow;

use whatlang::{Detector, Info, Lang, Script};

use crate::analysis::{StopWords, fold, language_told_by_words};
use crate::model::{Article, Field, Language};

/// Bytes of text from the article's middle that detection reads: enough to be sure, few enough to be
/// quick.
const SAMPLE_BYTES: usize = 800;

/// Letters below which detection can't be trusted over a declaration.
const SURE_LETTERS: usize = 200;

/// Letters below which it can't be trusted at all: of titles in English it takes one in ten for another language.
const FEWEST_LETTERS: usize = 60;

/// Decides the language of `article`, whose metadata may hold a declared one.
pub(super) fn settle(article: &mut Article) {
    let known = article.metadata.provenance_of(Field::Language);
    if known.is_some_and(|known| known.source == "record" || known.source == "container") {
        return;
    }
    let declared = article.metadata.language;
    let sample = sample_of(article);
    if declared.is_some_and(|declared| is_plainly(&sample, declared)) {
        return;
    }
    let found =
        detected(&sample, declared).or_else(|| by_common_words(&sample).filter(|_| declared.is_none()));
    if let Some((found, percent)) = found.filter(|&(found, _)| Some(found) != declared) {
        article.metadata.language = Some(found);
        article.metadata.note(Field::Language, "text", percent);
    }
}

/// A piece of the text, with the title where that is short.
fn sample_of(article: &Article) -> Cow<'_, str> {
    match &article.metadata.title {
        Some(title) if article.text.len() < SURE_LETTERS => Cow::Owned(format!("{title}\n{}", article.text)),
        _ => Cow::Borrowed(middle(&article.text)),
    }
}

/// The language that `sample` is in and how sure that is, in percent; none if a declaration is to be believed
/// more, or nothing at all.
fn detected(sample: &str, declared: Option<Language>) -> Option<(Language, u8)> {
    let info = whatlang::detect(sample)?;
    let found = language_of(info.lang(), info.script(), sample)?;
    let needed = if declared.is_some() { SURE_LETTERS } else { FEWEST_LETTERS };
    let is_long_enough = sample.len() >= needed;
    let info = if is_long_enough { beside_no_neighbour(sample, info) } else { info };
    let sure = writes_alone(info.script()) || info.is_reliable() && is_long_enough;
    let cousins = declared.is_some_and(|declared| declared != found && are_cousins(declared, found));
    let percent = (info.confidence() * 100.0) as u8;
    let believed = declared.is_some_and(|declared| {
        !is_detectable(declared) && may_write(declared, info.script()) && !is_beside_country(declared, found)
    });
    // Statistics only say which of the languages that they know is the nearest; common words say more.
    let overruled = !believed || is_plainly(sample, found);
    let has_words = info.script() != Script::Latin
        || declared.is_none_or(|declared| has_more_common_words(sample, found, declared));
    (sure && !cousins && overruled && has_words).then_some((found, percent.min(100)))
}

/// Whether `sample` has more of the common words of `found` than of those of `declared`: a table of names has none of
/// either, and is as near to Indonesian as to English.
fn has_more_common_words(sample: &str, found: Language, declared: Language) -> bool {
    let words = sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(|word| fold(word).to_string()).collect();
    let of_found = StopWords::count_listed(found, &words);
    let of_declared = StopWords::count_listed(declared, &words);
    if StopWords::has_list(found) {
        return of_found > of_declared;
    }
    // Nobody saves pages in Latin.
    found.code() != "la" && of_declared * UNLISTED_SHARE < words.len()
}

/// A text in a language whose common words aren't known has fewer than one word in so many that is common in another.
const UNLISTED_SHARE: usize = 10;

/// Whether detection knows `language`.
fn is_detectable(language: Language) -> bool {
    Lang::all().iter().any(|lang| Language::from_iso_639_3(lang.code()) == Some(language))
}

/// Whether `language`, which detection doesn't know, may be written in `script`: in Latin letters if it isn't listed.
fn may_write(language: Language, script: Script) -> bool {
    use Script::{Arabic, Bengali, Cyrillic, Devanagari, Ethiopic, Latin};
    let scripts: &[Script] = match language.code() {
        "ps" | "sd" | "ug" | "ks" => &[Arabic, Devanagari],
        "ku" => &[Latin, Arabic, Cyrillic],
        "kk" => &[Cyrillic, Latin, Arabic],
        "tg" | "tt" | "ky" => &[Cyrillic, Latin, Arabic],
        "mn" | "ba" | "cv" | "ce" | "os" | "ab" | "av" | "kv" | "cu" => &[Cyrillic],
        "bs" => &[Latin, Cyrillic],
        "as" => &[Bengali],
        "sa" | "bh" => &[Devanagari],
        "ti" => &[Ethiopic],
        "bo" | "dz" | "dv" | "lo" | "ii" | "iu" => &[],
        _ => &[Latin],
    };
    scripts.contains(&script)
}

/// Whether pages mean a country by the code `declared`, where `found` is spoken: `br` is Breton, and Brazil.
fn is_beside_country(declared: Language, found: Language) -> bool {
    matches!(
        (declared.code(), found.code()),
        ("br", "pt") | ("se", "sv") | ("co", "es") | ("ch", "de" | "fr" | "it")
    )
}

/// What detection says of `sample`, of which it said `info`: where that is unsure of two Scandinavian languages, the
/// first of them without the others. Ordinary Danish is so near to Norwegian that it never is sure.
fn beside_no_neighbour(sample: &str, info: Info) -> Info {
    const SCANDINAVIAN: [Lang; 3] = [Lang::Dan, Lang::Nob, Lang::Swe];
    if info.is_reliable() || !SCANDINAVIAN.contains(&info.lang()) {
        return info;
    }
    let neighbours = SCANDINAVIAN.into_iter().filter(|&lang| lang != info.lang());
    let alone = Detector::with_denylist(neighbours.collect()).detect(sample);
    alone.filter(|alone| alone.lang() == info.lang()).unwrap_or(info)
}

/// How sure a language is that is known by a few common words, in percent.
const BY_COMMON_WORDS_PERCENT: u8 = 50;

/// The language of a text too short for statistics: what its function words and letters tell.
fn by_common_words(sample: &str) -> Option<(Language, u8)> {
    language_told_by_words(sample, |_| true).map(|found| (found, BY_COMMON_WORDS_PERCENT))
}

/// The commonest words of languages that most pages are in, of which no other language has as many.
const COMMON_WORDS: [(&str, &[&str]); 5] = [
    ("en", &["the", "of", "and", "to", "in", "is", "for", "that", "with", "you", "your", "are", "it"]),
    ("fr", &["le", "les", "des", "et", "est", "une", "dans", "pour", "que", "qui", "du", "sur"]),
    ("de", &["der", "die", "und", "das", "den", "von", "zu", "mit", "ist", "nicht", "ein", "auf"]),
    ("es", &["el", "los", "las", "del", "y", "una", "por", "con", "para", "que", "en"]),
    ("it", &["il", "di", "che", "della", "gli", "per", "una", "sono", "dei", "nel", "con"]),
];

/// One in so many words of a text must be such a word of its language, which saves the statistics.
const PLAIN_SHARE: usize = 6;

/// Words of the shortest text that this is asked of.
const PLAIN_WORDS: usize = 30;

/// Whether a text is in `language` by its commonest words alone.
fn is_plainly(sample: &str, language: Language) -> bool {
    let Some((_, common)) = COMMON_WORDS.iter().find(|(code, _)| *code == language.code()) else {
        return false;
    };
    let (mut words, mut known) = (0, 0);
    for word in sample.split_ascii_whitespace() {
        words += 1;
        known += usize::from(common.contains(&word));
    }
    words >= PLAIN_WORDS && known * PLAIN_SHARE >= words
}

/// A piece from the middle of `text`, whose ends often hold names and addresses.
fn middle(text: &str) -> &str {
    let start = text.len().saturating_sub(SAMPLE_BYTES) / 2;
    let start = text.floor_char_boundary(start);
    let end = text.floor_char_boundary((start + SAMPLE_BYTES).min(text.len()));
    &text[start..end]
}

fn language_of(lang: Lang, script: Script, sample: &str) -> Option<Language> {
    if script == Script::Mandarin && sample.chars().any(|c| ('\u{3040}'..='\u{30ff}').contains(&c)) {
        return Language::from_tag("ja");
    }
    Language::from_iso_639_3(lang.code())
}

/// Whether a script is one language's own, so that the script alone tells it.
fn writes_alone(script: Script) -> bool {
    matches!(
        script,
        Script::Greek
            | Script::Georgian
            | Script::Armenian
            | Script::Hangul
            | Script::Thai
            | Script::Katakana
            | Script::Hiragana
            | Script::Khmer
            | Script::Myanmar
            | Script::Tamil
            | Script::Telugu
            | Script::Kannada
            | Script::Malayalam
            | Script::Gujarati
            | Script::Gurmukhi
            | Script::Sinhala
            | Script::Oriya
    )
}

/// Languages near enough that a declaration tells them apart better than statistics do.
fn are_cousins(a: Language, b: Language) -> bool {
    const FAMILIES: [&[&str]; 9] = [
        &["hr", "sr", "bs", "sl"],
        &["nb", "nn", "no", "da", "sv"],
        &["es", "ca", "gl", "pt"],
        &["af", "nl"],
        &["id", "ms", "jv"],
        &["cs", "sk"],
        &["ru", "uk", "be", "bg", "mk"],
        &["hi", "mr", "ne"],
        &["tr", "az", "tk", "uz"],
    ];
    FAMILIES.iter().any(|family| family.contains(&a.code()) && family.contains(&b.code()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BlockKind;

    fn settled(text: &str, declared: Option<&str>) -> Option<String> {
        let mut article = Article::default();
        article.push_block(BlockKind::Paragraph, text);
        article.metadata.language = declared.and_then(Language::from_tag);
        settle(&mut article);
        article.metadata.language.map(|language| language.code().to_owned())
    }

    #[test]
    fn a_sure_text_beats_a_wrong_declaration() {
        let french = "Le ministère a publié hier un rapport sur la gestion de l'eau dans les régions du nord. \
            Les auteurs y décrivent les difficultés que rencontrent les communes lorsqu'elles doivent entretenir \
            des réseaux anciens, et ils proposent de partager les coûts entre l'État et les usagers.";
        assert_eq!(settled(french, Some("en")).as_deref(), Some("fr"));
        assert_eq!(settled(french, None).as_deref(), Some("fr"));
    }

    #[test]
    fn a_table_of_names_leaves_the_declaration_as_it_is() {
        let names = "Alabama 210,000 Montgomery Alaska 17,000 Juneau Arizona 290,000 Phoenix Arkansas 88,000 Little Rock \
            California 900,000 Sacramento Colorado 120,000 Denver Connecticut 61,000 Hartford Delaware 20,000 Dover Florida \
            500,000 Tallahassee Georgia 310,000 Atlanta Hawaii 30,000 Honolulu Idaho 41,000 Boise Illinois 280,000 Indiana";
        assert_eq!(settled(names, Some("en")).as_deref(), Some("en"));
        let polish = "Ministerstwo ogłosiło wczoraj sprawozdanie o gospodarce wodnej w północnych regionach kraju. Autorzy \
            opisują trudności, jakie napotykają gminy przy utrzymaniu starych sieci, i proponują podział kosztów między \
            państwem a użytkownikami, którzy płacą za wodę coraz więcej.";
        assert_eq!(settled(polish, Some("en")).as_deref(), Some("pl"));
    }

    #[test]
    fn danish_is_neither_english_nor_german() {
        for danish in [
            "Danmark har siden den kolde krigs afslutning ført en aktiv udenrigspolitik, hvor deltagelse i missioner \
             har spillet en stor rolle. Regeringen har nu besluttet at øge udgifterne til forsvaret markant, og et bredt \
             flertal i Folketinget bakker op om aftalen. Mange soldater forlader forsvaret efter få år, fordi lønnen er \
             lav, og fordi de kan finde bedre betalte stillinger i det private erhvervsliv.",
            "Høsten blev halveret på grund af tørken i forsommeren og den megen regn i august, fortæller landmænd på \
             Fyn. Regeringen vil derfor oprette en fond, som kan hjælpe de bedrifter, der er truet af lukning. Forskere \
             advarer dog om, at støtten blot udskyder den nødvendige omstilling til mere robuste afgrøder.",
        ] {
            for declared in [None, Some("en"), Some("da")] {
                assert_eq!(settled(danish, declared).as_deref(), Some("da"), "{declared:?}: {danish}");
            }
            assert_eq!(
                settled(danish, Some("nb")).as_deref(),
                Some("nb"),
                "a declaration tells neighbours apart"
            );
        }
    }

    #[test]
    fn a_language_that_detection_does_not_know_is_not_told_by_a_word_or_two() {
        let haitian = "Gouvènman an te anonse yon nouvo plan pou dlo potab nan tout depatman yo. Anpil moun di ke yo pa \
            gen konfyans, paske dènye plan an pa t janm fini. Per ane, chak komin ap resevwa yon ti kantite lajan pou \
            repare kanal yo.";
        assert_ne!(settled(haitian, None).as_deref(), Some("it"));
    }

    #[test]
    fn a_declared_language_that_detection_does_not_know_is_believed() {
        for (code, text) in [
            (
                "mn",
                "Монгол Улсын Засгийн газар усны нөөцийн менежментийн талаар шинэ бодлого зарлав. Сайд хэлэхдээ энэ төсөл \
                 иргэдэд ашигтай бөгөөд хөрш орнуудтай хамтын ажиллагааг бэхжүүлнэ гэжээ.",
            ),
            (
                "eu",
                "Eusko Jaurlaritzak ur-baliabideen kudeaketari buruzko politika berria iragarri zuen atzo. Sailburuak esan \
                 zuen proiektuak herritarrei mesede egingo diela eta inguruko eskualdeekiko lankidetza sendotuko duela.",
            ),
        ] {
            assert_eq!(settled(text, Some(code)).as_deref(), Some(code));
        }
        let english = "The ministry said yesterday that the new rules for the use of water in the north of the country will \
            hold from the first day of the year, and that it is up to the towns to see to it that they are kept. The towns \
            have asked for more time and for a part of the money that they had been told of.";
        assert_eq!(settled(english, Some("eu")).as_deref(), Some("en"), "by its common words");
        let russian = "Правительство объявило вчера о новой политике в области управления водными ресурсами. Министр сказал, \
            что проект будет полезен гражданам и укрепит сотрудничество с соседними странами в ближайшие годы.";
        assert_eq!(settled(russian, Some("eu")).as_deref(), Some("ru"), "by its script");
        let brazilian = "O governo anunciou ontem uma nova política de gestão dos recursos hídricos. O ministro disse que o \
            projeto será útil para os cidadãos e reforçará a cooperação com os países vizinhos nos próximos anos.";
        assert_eq!(settled(brazilian, Some("br")).as_deref(), Some("pt"), "the code of a country");
    }

    #[test]
    fn a_short_text_does_not() {
        assert_eq!(settled("Non.", Some("en")).as_deref(), Some("en"));
    }

    #[test]
    fn a_few_words_tell_a_language_by_its_commonest_or_not_at_all() {
        assert_eq!(settled("Algorithm 396", None), None);
        assert_eq!(settled("A Fortran Simulator", None), None);
        assert_eq!(settled("The design of tariffs", None).as_deref(), Some("en"));
        assert_eq!(settled("Le prix des céréales", None).as_deref(), Some("fr"));
        assert_eq!(settled("سعر", None), None);
        assert_eq!(settled("Η τιμή", None).as_deref(), Some("el"));
    }

    #[test]
    fn a_sentence_is_in_a_language() {
        for (text, code) in [
            ("Министерство объявило новые правила для рыбаков.", "ru"),
            ("Ministerstwo ogłosiło nowe przepisy dla rybaków.", "pl"),
            ("Міністерство оголосило нові правила для рибалок.", "uk"),
            ("Het ministerie heeft nieuwe regels voor de vissers.", "nl"),
        ] {
            assert_eq!(settled(text, None).as_deref(), Some(code), "{text}");
        }
        assert_eq!(settled("Al Gore’s Home Energy Use", None), None);
        assert_eq!(settled("Rain Falling in One Spot", None), None);
    }

    #[test]
    fn a_title_alone_counts_as_text() {
        let mut article = Article::default();
        article.metadata.title = Some("The price of bread".into());
        settle(&mut article);
        assert_eq!(article.language(), Language::ENGLISH);
    }
}
