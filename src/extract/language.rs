//! Which language an article is written in: what the page declares, checked against its text.

use whatlang::{Lang, Script};

use crate::model::{Article, Field, Language};

/// Bytes of text from the article's middle that detection reads: enough to be sure, few enough to be
/// quick.
const SAMPLE_BYTES: usize = 800;

/// Letters below which detection can't be trusted over a declaration.
const SURE_LETTERS: usize = 200;

/// Decides the language of `article`, whose metadata may hold a declared one.
pub(super) fn settle(article: &mut Article) {
    let known = article.metadata.provenance.iter().find(|known| known.field == Field::Language);
    if known.is_some_and(|known| known.source == "record" || known.source == "container") {
        return;
    }
    let declared = article.metadata.language;
    let sample = middle(&article.text);
    if declared.is_some_and(|declared| is_plainly(sample, declared)) {
        return;
    }
    let Some(info) = whatlang::detect(sample) else { return };
    let Some(found) = language_of(info.lang(), info.script(), sample) else { return };
    if Some(found) == declared {
        return;
    }
    let sure = info.is_reliable() && sample.len() >= SURE_LETTERS || writes_alone(info.script());
    let cousins = declared.is_some_and(|declared| are_cousins(declared, found));
    if declared.is_none() || sure && !cousins {
        article.metadata.language = Some(found);
        let percent = (info.confidence() * 100.0) as u8;
        article.metadata.note(Field::Language, "text", percent.min(100));
    }
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
    fn a_short_text_does_not() {
        assert_eq!(settled("Non.", Some("en")).as_deref(), Some("en"));
    }
}
