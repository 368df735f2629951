//! Properties of the query language, checked on made-up trees and on any text.
#![cfg(test)]

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::build::{bag, clause, joined, not};
use super::field::Field;
use super::lexer::{TokenKind, has_word, leaf, relation};
use super::lone_characters::{is_of_parts, lone_characters};
use super::quotation::quotes;
use super::*;
use crate::model::{Date, Language};
use crate::text::{collapse_whitespace, is_unspaced_sentence};

fn word() -> impl Strategy<Value = Query> {
    let reads_as_word = |word: &String| {
        let named = word.split_once(':').and_then(|(name, _)| Field::named(name));
        has_word(word)
            && named.is_none()
            && !["AND", "OR", "NOT"].contains(&word.as_str())
            && relation(word).is_none()
            && leaf(word) == (TokenKind::Word(word), None)
            && !(word.starts_with('/') && word[1..].contains('/'))
            // It is read by its parts, or as a phrase.
            && lone_characters(word) == 0
            && !is_unspaced_sentence(word)
    };
    "[\\pL\\pN'’.:/*~?&][\\pL\\pN\\pM'’.,:;/+?!\\[\\]*~&—-]{0,9}"
        .prop_filter("a word", reads_as_word)
        .prop_map(Query::Word)
}

/// What may stand right behind a colon, where nothing else is read.
fn value() -> impl Strategy<Value = Query> {
    let texts = select(vec!["AND", "title:x", "date:2020", "-a", "+1", "author:", "NEAR/5", "/s"]);
    texts.prop_map(|text| Query::Word(text.to_owned()))
}

fn phrase() -> impl Strategy<Value = Query> {
    "[\\pL ()+:\"“«-]{0,5}[\\pL\\pN][\\PC]{0,12}"
        .prop_map(|text| collapse_whitespace(&text))
        .prop_filter("one kind of quotes", |text| {
            !['"', '«'].iter().all(|&quote| text.contains(quotes(quote)))
        })
        .prop_flat_map(|text| (Just(text), select(vec![0, 0, 3, MAX_DISTANCE])))
        // One word may be read by its parts.
        .prop_filter("a phrase", |(text, slop)| {
            *slop > 0 || text.contains(' ') || !is_of_parts(text) || lone_characters(text) == 0
        })
        .prop_map(|(text, slop)| Query::Phrase { text, slop })
}

fn exact() -> impl Strategy<Value = Query> {
    "[\\pL=]{0,2}[\\pL\\pN][\\pL:/*~-]{0,5}".prop_map(Query::Exact)
}

fn pattern() -> impl Strategy<Value = Query> {
    let wildcards = ["nucle*", "*é*", "wom?n", "a-b*", "?制", "d'*x"];
    let regexes = ["enrich(ed|ment)", "a", "[a-c]+", "a\\/\"b"];
    let wildcards = select(wildcards.to_vec()).prop_map(|text| Pattern::Wildcard(text.to_owned()));
    let regexes = select(regexes.to_vec()).prop_map(|text| Pattern::Regex(text.to_owned()));
    let fuzzy = ("[\\pL]{1,5}", 1..=2_u8).prop_map(|(word, edits)| Pattern::Fuzzy { word, edits });
    prop_oneof![wildcards, regexes, fuzzy].prop_map(Query::Pattern)
}

fn weighted() -> impl Strategy<Value = Query> {
    let leaf = prop_oneof![word(), phrase(), exact(), pattern()];
    // A word goes up to a space.
    let leaf = leaf.prop_filter("no weight of its own", |query| !query.to_string().contains('^'));
    (leaf, 1..100_u8)
        .prop_map(|(query, hundredths)| Query::Less(Box::new(query), Weight::of_hundredths(hundredths)))
}

/// What relations join, and the relations between.
fn place() -> impl Strategy<Value = Query> {
    let leaf = prop_oneof![3 => word(), 1 => phrase(), 1 => exact(), 1 => pattern(), 1 => weighted()];
    leaf.prop_recursive(3, 8, 3, |inner| {
        let relations = vec![Relation::Near(5), Relation::Before(1), Relation::Sentence, Relation::Paragraph];
        let near = (select(relations), inner.clone(), inner.clone()).prop_map(|(relation, left, right)| {
            Query::Near { relation, left: Box::new(left), right: Box::new(right) }
        });
        let any = vec(inner.clone(), 1..4).prop_filter_map("not empty", |queries| joined(queries, Query::Or));
        let bag = vec(inner, 1..4).prop_filter_map("not empty", |queries| {
            bag(queries.into_iter().map(|query| clause(Occur::Should, query)).collect())
        });
        prop_oneof![3 => near, 1 => any, 1 => bag]
    })
}

fn date() -> impl Strategy<Value = Date> {
    (0..10_000_i16, 1..13_i8, 1..29_i8, 0..3).prop_map(|(year, month, day, precision)| {
        let date = match precision {
            0 => Date::year(year),
            1 => Date::month(year, month),
            _ => Date::day(year, month, day),
        };
        date.unwrap()
    })
}

fn filter() -> impl Strategy<Value = Query> {
    let language = select(vec!["fr", "ar", "zh", "und"]);
    let language = language.prop_map(|tag| Filter::Language(tag.parse::<Language>().unwrap()));
    let range = (date(), date(), 0..3).prop_filter_map("runs forward", |(from, to, open)| {
        let (from, to) = (Some(from).filter(|_| open != 1), Some(to).filter(|_| open != 2));
        let backward = from.zip(to).is_some_and(|(from, to)| from.first_day() > to.last_day());
        (!backward).then_some(Filter::Published { from, to })
    });
    let site = select(vec!["example.org", "gov"]).prop_map(|host| Filter::Site(host.to_owned()));
    let known = (select(Detail::ALL.to_vec()), any::<bool>());
    let known = known.prop_map(|(detail, present)| Filter::Known { detail, present });
    prop_oneof![language, range, site, known].prop_map(Query::Filter)
}

fn scoped(inner: impl Strategy<Value = Query>) -> impl Strategy<Value = Query> {
    let fields = vec![
        TextField::Title,
        TextField::Author,
        TextField::Publisher,
        TextField::Heading,
        TextField::Section,
        TextField::Url,
        TextField::Source,
    ];
    let fields = select(fields);
    (fields, inner).prop_map(|(field, query)| Query::Scoped(field, Box::new(query)))
}

fn tree() -> impl Strategy<Value = Query> {
    let leaf = prop_oneof![4 => word(), 2 => phrase(), 1 => exact(), 2 => pattern(), 2 => place(), 1 => filter(), 1 => scoped(value())];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let occur = select(vec![Occur::Should, Occur::Should, Occur::Must, Occur::MustNot]);
        let clauses = vec((occur, inner.clone()), 1..5);
        let queries = vec(inner.clone(), 1..4);
        prop_oneof![
            clauses.prop_filter_map("not empty", |clauses| {
                bag(clauses.into_iter().map(|(occur, query)| clause(occur, query)).collect())
            }),
            queries.clone().prop_filter_map("not empty", |queries| joined(queries, Query::And)),
            queries.prop_filter_map("not empty", |queries| joined(queries, Query::Or)),
            inner.clone().prop_map(not),
            scoped(inner),
        ]
    })
}

/// Pieces of syntax in any order, and words between them.
fn soup() -> impl Strategy<Value = String> {
    let pieces = vec![
        "a",
        "bc",
        "é",
        "中文",
        "ה\"ל",
        "世界卫生组织",
        "年",
        "ISIS-K",
        "^0.5",
        "a^0.25",
        "AND",
        "OR",
        "NOT",
        " ",
        " ",
        " ",
        " ",
        "(",
        ")",
        "\"",
        "“",
        "”",
        "«",
        "»",
        "-",
        "+",
        "--",
        "—",
        "?",
        ":",
        "title:",
        "NEAR/5",
        "BEFORE/0",
        "/s",
        "/",
        "/x/",
        "~",
        "~2",
        "*",
        "=",
        "site:a.b",
        "has:",
        "/p has:x9",
        "no:date",
        "Author:",
        "what:",
        "lang:fr",
        "lang:",
        "date:2020..",
        "date:",
        "after:2020-06",
        "before:2020",
        "..",
        "（",
        "）",
        "：",
        "title：",
        "ＡＮＤ",
        "ＮＥＡＲ／５",
        "＊",
        "＋",
        "－",
        "−",
        "”",
        "„",
        "[2020 TO 2021]",
        "<2020",
        "S.21*",
        "\n",
        "\0",
        "\u{202e}",
        "\u{301}",
    ];
    vec(select(pieces), 0..40).prop_map(|pieces| pieces.concat())
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let parsed = match parse(text) {
        Ok(parsed) => parsed,
        Err(error) => {
            prop_assert!(error.span.of(text).is_some(), "{error:?}");
            let _ = point_at(text, error.span, 80);
            return Ok(());
        }
    };
    for note in &parsed.notes {
        let points_at_something = |at: &str| !at.is_empty() || text.is_empty();
        prop_assert!(note.span.of(text).is_some_and(points_at_something), "{note:?}");
        let _ = point_at(text, note.span, 80);
    }
    prop_assert_eq!(parsed.notes.is_empty(), parse_strict(text).is_ok());
    if let Some(query) = parsed.query {
        let printed = query.to_string();
        let again = parse(&printed);
        prop_assert_eq!(again.map(|parsed| parsed.query), Ok(Some(query)), "{}", printed);
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_tree_prints_as_text_that_reads_as_the_tree(query in tree()) {
        let printed = query.to_string();
        let again = parse(&printed);
        prop_assert_eq!(again.map(|parsed| parsed.query), Ok(Some(query)), "{}", printed);
    }

    #[test]
    fn characters_in_words_read_back(text in "(\"?[A-Z0-9a-z.(-]{0,3}[税年월ก][A-Z0-9税،,^.~*]{0,3}\"?(\\^0\\.5)? ?){1,3}") {
        check(&text)?;
    }

    #[test]
    fn pieces_of_syntax_are_understood_or_refused_with_a_span(text in soup()) {
        check(&text)?;
    }

    #[test]
    fn any_text_is_understood_or_refused_with_a_span(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn plain_text_never_fails(text in "[^:(]*") {
        prop_assert!(parse(&text).is_ok());
    }

    #[test]
    fn a_fault_is_pointed_at_on_two_lines(text in any::<String>(), ends in any::<(prop::sample::Index, prop::sample::Index)>()) {
        let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (a, b) = (*ends.0.get(&boundaries), *ends.1.get(&boundaries));
        let pointed = point_at(&text, Span::new(a.min(b), a.max(b)), 80);
        prop_assert_eq!(pointed.lines().count(), 2, "{}", pointed);
        prop_assert!(!pointed.chars().any(|c| c.is_control() && c != '\n'));
    }
}

#[test]
fn the_worst_of_texts_end() {
    for piece in [
        "(",
        ")",
        "\"",
        "«",
        "/",
        "/(",
        "/a(",
        "a*",
        "a /s ",
        "-",
        "-\"",
        "+(",
        "title:",
        "title:\"",
        "NOT ",
        "a AND ",
        "\"\" ",
        "date:2020 ",
        "date:[",
        "date:2020 .. ",
        "（",
        "（a）",
        "－a",
        "title：（",
        "“\"",
    ] {
        let text: String = piece.chars().cycle().take(MAX_CHARS).collect();
        check(&text).unwrap();
    }
}
