//! What a person's name looks like, and how lines of several are told apart.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

use super::about::is_count;
use super::mail_addresses::without_addresses;
use super::openers::{COLONS, behind_inner_label, without_opener};
use super::tails::{is_weekday, without_tail};
use super::{Sources, bodies, folded_words, other_parts, ranks, reporters, rubrics, same_words};
use crate::calendar::{self, Habit};
use crate::model::Date;

/// Letters of the longest name that is believed.
const MAX_NAME_LETTERS: usize = 80;

/// Words of the longest name.
const MAX_NAME_WORDS: usize = 6;

/// Whose names are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Person,
    Any,
}

/// Words between names.
const CONNECTORS: [&str; 11] =
    [" and ", " AND ", " with ", " et ", " und ", " и ", " اور ", " और ", " and\u{a0}", " & ", "、"];

/// The same for words that stand within names too, or may: they part what has a given and a family name on either
/// side. Hebrew writes its own onto the name behind it.
const CONNECTORS_OF_FULL_NAMES: [&str; 19] = [
    " y ", " och ", " og ", " en ", " ja ", " e ", " i ", " a ", " és ", " și ", " şi ", " ve ", " dan ",
    " và ", " και ", " та ", " і ", " й ", " ו",
];

/// Words of the shortest two full names, one of which may have such a word written onto it.
const WORDS_OF_TWO_FULL_NAMES: usize = 4;

/// Where the second of two names begins that one of these words joins, and where the first ends.
fn joint_of_full_names(names: &str) -> Option<(usize, usize)> {
    let is_full = |name: &str| name.split_whitespace().count() > 1;
    if names.split_whitespace().count() < WORDS_OF_TWO_FULL_NAMES {
        return None;
    }
    CONNECTORS_OF_FULL_NAMES.iter().find_map(|connector| {
        let (at, found) = names.match_indices(connector).next()?;
        let behind = at + found.len();
        (is_full(&names[..at]) && is_full(&names[behind..])).then_some((at, behind))
    })
}

/// The names in `part`, of two or more that such words join.
fn parted(mut part: &str) -> Vec<&str> {
    let mut names = Vec::new();
    while let Some((end, behind)) = joint_of_full_names(part) {
        names.push(&part[..end]);
        part = &part[behind..];
    }
    names.push(part);
    names
}

/// Arabic's "and", which is written together with the name behind it. Names begin with it too, so that it only
/// parts what is too long for one name.
const ARABIC_AND: &str = " و";

/// Words of the longest Arabic name that is no two joined by it.
const ARABIC_NAME_WORDS: usize = 4;

/// Points behind which a byline goes on with something else than names, but in Korean.
const NAME_ENDS: [char; 4] = ['•', '·', '●', '⋅'];

/// The names in a byline or list of a page where dates are written by `habit`.
pub(super) fn split_names(text: &str, habit: Habit) -> Vec<String> {
    let text = super::super::line(&without_addresses(text));
    let language = habit.language;
    let text =
        other_parts::without_review(without_opener(behind_date(&text, habit).unwrap_or(&text), language));
    if bodies::begins_with_body(text) {
        return vec![text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')').to_owned()];
    }
    let between = if reporters::reads_korean(text) { &[] } else { &NAME_ENDS[..] };
    let text = without_brackets(text);
    let text = text.split(['|', '—', '/', '(']).next().unwrap_or_default();
    let text = text.split(between).next().unwrap_or(text);
    let parts = text.split([',', ';', '&', '、', '،', '·', 'ㆍ']).collect();
    let mut parts = bodies::without_offices(parts);
    for connector in CONNECTORS {
        parts = parts.into_iter().flat_map(|part| part.split(connector)).collect();
    }
    let is_japanese = language.is_some_and(|language| language.code() == "ja");
    let parts = parts.into_iter().flat_map(|part| match part {
        part if is_han(part) && !is_japanese => part.split(' ').collect(),
        part if part.split(' ').count() > ARABIC_NAME_WORDS => {
            part.split(ARABIC_AND).flat_map(parted).collect()
        }
        part => parted(part),
    });
    let name = |part: &str| {
        let part = ranks::without(without_opener(part.trim(), language));
        let name = bodies::without_post(part.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').trim());
        without_full_stop(name).to_owned()
    };
    parts.map(name).filter(|name| !name.is_empty()).collect()
}

/// `text` without what stands in brackets, such as the paper of who is named before them.
fn without_brackets(text: &str) -> Cow<'_, str> {
    if !text.contains('(') {
        return Cow::Borrowed(text);
    }
    let (mut kept, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, bracketed)) = rest.split_once('(') {
        let Some((_, behind)) = bracketed.split_once(')') else { break };
        kept.push_str(before.trim_end());
        // A comma stands close to the name before it.
        kept.push_str(if behind.trim_start().starts_with(',') { "" } else { " " });
        rest = behind.trim_start();
    }
    kept.push_str(rest);
    Cow::Owned(kept.trim_end().to_owned())
}

/// A full name without the full stop of the sentence that it ends.
fn without_full_stop(name: &str) -> &str {
    let ends_sentence = |last: &str| last.chars().count() > LETTERS_OF_ABBREVIATION && !last.contains('.');
    match name.strip_suffix('.') {
        Some(rest) if rest.rsplit_once(' ').is_some_and(|(_, last)| ends_sentence(last)) => rest,
        _ => name,
    }
}

/// Letters of the longest word that ends in a point within a name: `Jr.`, `Esq.`
const LETTERS_OF_ABBREVIATION: usize = 3;

/// Whether a text is in Chinese characters, whose names have no spaces inside.
fn is_han(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(is_han_letter)
}

fn is_han_letter(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

/// What parts the pieces of a line about an article.
const PIECE_MARKS: [char; 6] = ['|', '\n', '•', '·', '●', '⋅'];

/// The piece of a line that names its author: what follows a "by", or what stands beside a date. With
/// `said_only` a date is not enough.
pub(super) fn named_piece(line: &str, said_only: bool, habit: Habit) -> Option<&str> {
    let mut pieces = line.split(PIECE_MARKS).map(str::trim).filter(|piece| !piece.is_empty());
    // The marks between pieces stand between names there too.
    let reporters = line.split('|').find_map(|piece| reporters::named(piece.trim()));
    let said = reporters.or_else(|| pieces.clone().find_map(|piece| said_name(piece, habit)));
    if said.is_some() || said_only {
        return said;
    }
    let is_name =
        |name: &&str| name.contains(' ') && !has_small_words(name) && !rubrics::has_word_of_rubric(name);
    let behind = pieces.clone().nth(1).filter(|name| is_full_name(name) && is_name(name));
    let first = pieces.next()?;
    if let Some(behind) = behind.filter(|_| calendar::find(first, habit).is_some_and(Date::is_day)) {
        return Some(behind);
    }
    let first = Some(first).filter(is_name)?;
    if pieces.any(|piece| calendar::find(piece, habit).is_some()) {
        return Some(first);
    }
    let name = without_tail(first);
    (name.len() < first.len() && calendar::find(first, habit).is_some() && is_full_name(name)).then_some(name)
}

/// Whether a text is of a script with capitals and doesn't read like a full name in it.
fn has_small_words(text: &str) -> bool {
    text.contains(char::is_uppercase) && !is_full_name(text)
        || text.chars().next().is_some_and(char::is_lowercase)
}

/// Drops from a list of names what follows a name in a byline without being one: degrees, and rubrics of one
/// word beside names of several.
pub(super) fn without_company(names: Vec<String>) -> Vec<String> {
    let full = names.iter().any(|name| name.contains(' '));
    let several = names.len() > 1;
    let is_company = |name: &str| several && is_single(name) && (full || !is_degree(name));
    let is_late_degree = |at: usize, name: &str| at > 0 && is_degree(name);
    let kept = names.iter().enumerate().filter(|(at, name)| !is_company(name) && !is_late_degree(*at, name));
    kept.map(|(_, name)| name.clone()).collect()
}

/// Whether a name is one word of plain letters.
pub(super) fn is_single(name: &str) -> bool {
    name.is_ascii() && !name.contains([' ', '.', '-'])
}

/// Letters of the longest degree: `PharmD`.
const DEGREE_LETTERS: usize = 6;

/// Whether a word is a degree or licence behind a name: `PhD`, `M.D.`, `CFP`.
pub(super) fn is_degree(name: &str) -> bool {
    let letters: String = name.chars().filter(|c| c.is_alphabetic()).collect();
    let capitals = letters.chars().filter(|c| c.is_uppercase()).count();
    name.is_ascii() && !name.contains(' ') && letters.len() <= DEGREE_LETTERS && capitals >= 2
}

/// What stands behind the "by" of a piece of a line, which may follow a date.
fn said_name(piece: &str, habit: Habit) -> Option<&str> {
    let rest = without_opener(piece, habit.language);
    if rest.len() < piece.len() {
        return before_label(without_tail(rest));
    }
    let glued =
        piece.strip_prefix("By").filter(|rest| rest.starts_with(char::is_uppercase) && rest.contains(' '));
    if let Some(name) = glued {
        return Some(without_tail(name));
    }
    let labelled = || behind_inner_label(piece).map(without_tail).and_then(before_label);
    behind_date(piece, habit).map(without_tail).or_else(labelled)
}

/// What of `text` stands before the next label with a colon: "Олена Гай Фото: УНІАН". None if nobody can tell where
/// the name ends and the label begins: a name of two words and a label of one are believed.
fn before_label(text: &str) -> Option<&str> {
    let Some(colon) = text.find(COLONS) else { return Some(text) };
    let (name, label) = text[..colon].trim_end().rsplit_once(char::is_whitespace)?;
    let name = name.trim_end();
    let words = name.split_whitespace().count();
    let told = words == 2 && !name.ends_with('.') || words > 0 && name.split_whitespace().all(is_han);
    // "SpringerSUBJECT:" is the end of a name and a label that a page sets close.
    let is_glued =
        label.chars().zip(label.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    (told && !is_glued).then_some(name)
}

/// What a piece of a line says behind its date and a "by".
fn behind_date(piece: &str, habit: Habit) -> Option<&str> {
    let (before, behind) = piece.split_once(" by ")?;
    calendar::find(before, habit).is_some().then_some(behind)
}

/// Whether a text can name a body or a post rather than a person: "Staff correspondent".
pub(super) fn is_body(name: &str) -> bool {
    let post = |word: &str| NOT_IN_NAMES.contains(&word);
    is_capitalised(name) || name.starts_with(char::is_uppercase) && name.split(' ').skip(1).all(post)
}

/// Words of a full name that stands alone.
const FULL_NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=4;

/// Whether a text is a given and a family name and nothing else: words of letters that begin with capitals and
/// go on without.
pub(super) fn is_full_name(text: &str) -> bool {
    let mut words = 0;
    text.split_whitespace().all(|word| {
        words += 1;
        let mut letters = word.chars();
        let initial = letters.next().is_some_and(char::is_uppercase);
        let rest = letters.as_str();
        let lower = rest.chars().any(char::is_lowercase) || rest == ".";
        is_particle(word)
            || initial
                && lower
                && rest.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'))
    }) && FULL_NAME_WORDS.contains(&words)
}

/// Letters of the longest full name in a script without capitals, that is told by nothing but its two or three words.
const MAX_LETTERS_WITHOUT_CAPITALS: usize = 30;

/// Whether `text` begins with a given and a family name, before a mark, a figure or its end.
pub(super) fn reads_as_full_name(text: &str) -> bool {
    let ends =
        |c: char| c.is_numeric() || matches!(c, ',' | ';' | '|' | '(' | '–' | '—' | '/' | '&' | '·' | '•');
    let name = text[..text.find(ends).unwrap_or(text.len())].trim();
    let name = joint_of_full_names(name).map_or(name, |(end, _)| name[..end].trim());
    if has_capitals(name) {
        return name.starts_with(char::is_uppercase) && is_full_name(name);
    }
    let words = name.split_whitespace().count();
    (2..=3).contains(&words) && name.chars().count() <= MAX_LETTERS_WITHOUT_CAPITALS
}

/// Whether `text` is of a script with capitals.
fn has_capitals(text: &str) -> bool {
    text.contains(|c: char| c.is_uppercase() || c.is_lowercase())
}

/// Letters of a name in Chinese characters or in Korean, which has no blank in it.
const LETTERS_WITHOUT_BLANK: std::ops::RangeInclusive<usize> = 2..=4;

/// Whether a text is a name and nothing else, in any script: below a line that says so.
pub(super) fn is_whole_name(text: &str) -> bool {
    let is_unspaced = |c: char| is_han_letter(c) || ('가'..='힣').contains(&c);
    if has_capitals(text) {
        is_full_name(text)
    } else if text.chars().all(is_unspaced) {
        LETTERS_WITHOUT_BLANK.contains(&text.chars().count())
    } else {
        text.chars().all(|c| c.is_alphabetic() || is_combining_mark(c) || c == ' ')
            && reads_as_full_name(text)
    }
}

/// Words of the longest name in a script without capitals, but of Arabic's, whose names are long.
const MAX_WORDS_WITHOUT_CAPITALS: usize = 4;

/// Whether a name in a script without capitals is no longer than names are: what else stands in a line is told by
/// nothing else.
pub(super) fn fits_its_script(name: &str) -> bool {
    let is_arabic = name.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c));
    has_capitals(name)
        || is_arabic
        || name.split_whitespace().count() <= MAX_WORDS_WITHOUT_CAPITALS
            && name.chars().count() <= MAX_LETTERS_WITHOUT_CAPITALS
}

/// Words that no person's name has, but that of a body may: rank, office, newsroom.
const NOT_IN_NAMES: [&str; 31] = [
    "administrator",
    "analyst",
    "chief",
    "columnist",
    "com",
    "content",
    "contributor",
    "correspondent",
    "desk",
    "director",
    "editor",
    "editorial",
    "expert",
    "fellow",
    "founder",
    "guest",
    "manager",
    "marketing",
    "news",
    "newsroom",
    "officer",
    "president",
    "professor",
    "reporter",
    "research",
    "senior",
    "specialist",
    "staff",
    "team",
    "user",
    "writer",
];

/// Words of lines around bylines and of templates, of no name at all.
const NOT_NAMES: [&str; 41] = [
    "about",
    "admin",
    "all",
    "article",
    "author",
    "authors",
    "bio",
    "blog",
    "by",
    "comments",
    "follow",
    "full",
    "home",
    "http",
    "https",
    "joined",
    "link",
    "member",
    "min",
    "minutes",
    "more",
    "null",
    "offline",
    "policy",
    "post",
    "posted",
    "posts",
    "published",
    "read",
    "reviewed",
    "share",
    "size",
    "sponsored",
    "the",
    "undefined",
    "updated",
    "via",
    "view",
    "webmaster",
    "written",
    "www",
];

/// Words inside of names that begin with a small letter.
const PARTICLES: [&str; 43] = [
    "'t", "a", "af", "al", "auf", "av", "aus", "ben", "bin", "bint", "binte", "binti", "da", "das", "de",
    "del", "della", "den", "der", "di", "do", "dos", "du", "e", "el", "i", "ibn", "im", "la", "le", "op",
    "ould", "ten", "ter", "van", "vom", "von", "y", "zu", "zum", "zur", "’t", "los",
];

/// Whether a name may go on with this word, or begin with it, though it has no capital: `van`, `al-Hadi`, `d'Aube`.
pub(super) fn is_particle(word: &str) -> bool {
    let is_joined = || {
        let (before, behind) = word.split_once(['-', '\'', '’'])?;
        let is_short =
            before.chars().count() <= MAX_LETTERS_BEFORE_JOINT && before.chars().all(char::is_lowercase);
        Some(is_short && behind.starts_with(char::is_uppercase))
    };
    PARTICLES.contains(&word) || is_joined() == Some(true)
}

/// Letters of the longest particle that is joined to a name: `al-`, `d'`, `esh-`.
const MAX_LETTERS_BEFORE_JOINT: usize = 3;

/// Letters of the shortest name.
const FEWEST_LETTERS: usize = 3;

/// Whether `name` can be the name of an author.
pub(super) fn is_name(name: &str, sources: &Sources<'_, '_>, kind: Kind) -> bool {
    let words = folded_words(name);
    if name.chars().count() > MAX_NAME_LETTERS || name.contains(['@', ':', '：', '/', '?', '!']) {
        return false;
    }
    if name.contains(" by ") {
        return false;
    }
    let letters: usize = words.iter().map(String::len).sum();
    let no_name = words.iter().all(|word| NOT_NAMES.contains(&word.as_str()));
    if letters < FEWEST_LETTERS || words.len() > MAX_NAME_WORDS || no_name || is_no_name(name, &words) {
        return false;
    }
    if kind == Kind::Any {
        return true;
    }
    let known = |word: &String| {
        NOT_IN_NAMES.contains(&word.as_str())
            || NOT_NAMES.contains(&word.as_str())
            || bodies::is_word_of_body(word)
            || bodies::is_post(word)
    };
    let site = sources.tags.first(&["og:site_name"]);
    let is_site =
        [site, sources.data.publisher.as_deref()].into_iter().flatten().any(|site| same_words(site, name));
    is_capitalised(name)
        && !words.iter().any(known)
        && !is_site
        && !name.contains(|c: char| c.is_ascii_digit())
}

/// Networks on which articles are shared. A line of several is one of buttons.
const NETWORKS: [&str; 6] = ["facebook", "instagram", "linkedin", "pinterest", "twitter", "whatsapp"];

/// Whether a text is something else that stands by headlines: a date, a day of the week, how long it takes to read,
/// what to share it on.
fn is_no_name(text: &str, words: &[String]) -> bool {
    let counts = |text: &str| is_count(text) && !text.contains(char::is_uppercase);
    let networks = words.iter().filter(|word| NETWORKS.contains(&word.as_str())).count();
    is_date(words) || counts(text) || networks > 1 || matches!(words, [word] if is_weekday(word))
}

/// Whether a text is a month with figures, or figures alone.
fn is_date(words: &[String]) -> bool {
    let figures = |word: &&String| word.bytes().all(|b| b.is_ascii_digit());
    let count = words.iter().filter(figures).count();
    let months = words.iter().filter(|word| calendar::is_month(word)).count();
    count + months == words.len() || count > 0 && months > 0
}

/// Whether all words begin with a capital but for particles. Scripts without capitals pass.
fn is_capitalised(name: &str) -> bool {
    name.split_whitespace().all(|word| {
        let first = word.chars().find(|c| c.is_alphabetic());
        !first.is_some_and(char::is_lowercase) || is_particle(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_split_into_names() {
        for (line, names) in [
            ("By Amara Diallo-Finch and Jonas Weatherby", vec!["Amara Diallo-Finch", "Jonas Weatherby"]),
            ("Written by: Ana de la Cruz | 3 min read", vec!["Ana de la Cruz"]),
            ("作者：沈若棠 贺兰柏舟", vec!["沈若棠", "贺兰柏舟"]),
            ("Авторы: Аселя Жуматаева и Ильдар Лозовой", vec!["Аселя Жуматаева", "Ильдар Лозовой"]),
            ("Par Hélène Roy et Luc Petit", vec!["Hélène Roy", "Luc Petit"]),
            ("AMARA FINCH AND JONAS WEATHERBY", vec!["AMARA FINCH", "JONAS WEATHERBY"]),
        ] {
            assert_eq!(split_names(line, Habit::default()), names, "{line}");
        }
    }

    #[test]
    fn names_begin_with_capitals_where_there_are_any() {
        assert!(is_capitalised("Ludwig van der Berg") && is_capitalised("山田太郎"));
        assert!(!is_capitalised("Personal finance"));
    }

    #[test]
    fn dates_are_no_names() {
        let words = |text| folded_words(text);
        assert!(is_date(&words("March 5")) && is_date(&words("2021")));
        assert!(!is_date(&words("April Ruiz")));
    }

    #[test]
    fn what_stands_by_headlines_beside_names_is_none() {
        let is_no_name = |text| is_no_name(text, &folded_words(text));
        for text in ["5 min read", "Sat", "Sunday", "Facebook Pinterest Twitter", "18 May"] {
            assert!(is_no_name(text), "{text}");
        }
        for text in ["98 Quay Partners", "Sunday Adeyemi", "Amara Finch"] {
            assert!(!is_no_name(text), "{text}");
        }
    }
}
