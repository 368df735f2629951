//! The parts of an article that can be looked into alone, as streams.

use crate::analysis::{Analyzer, StreamWriter, analysed_as, marked_stem};
use crate::engine::Parts;
use crate::model::{Article, Language};
use crate::terms::HeldAt;

/// Adds to `parts` the title and the headings of `article`, read by the analyzer of its language. Gives whether there
/// was room for all of them.
pub(super) fn add_headlines(article: &Article, analyzer: &mut Analyzer, parts: &mut Parts) -> bool {
    let group = analysed_as(article.language());
    let title = article.metadata.title.as_deref().into_iter();
    (parts.title, parts.title_exact, _) = in_both_forms(analyzer, group, title);
    let has_room;
    (parts.heading, parts.heading_exact, has_room) = in_both_forms(analyzer, group, article.headings());
    has_room
}

/// Adds to `parts` the authors of `article` and what is looked for of its place, read by an analyzer of no language.
pub(super) fn add_names(article: &Article, analyzer: &mut Analyzer, parts: &mut Parts) {
    parts.author = analyzer.stream_of(article.metadata.authors.iter().map(String::as_str));
    parts.held = HeldAt::of(article).terms(analyzer);
}

/// `pieces` as marked stems and as words, and whether there was room for all.
fn in_both_forms<'p>(
    analyzer: &mut Analyzer,
    group: Language,
    pieces: impl Iterator<Item = &'p str>,
) -> (String, String, bool) {
    let (mut stems, mut exact) = (StreamWriter::default(), StreamWriter::default());
    let mut has_room = true;
    for piece in pieces {
        has_room = stems.begins_piece() && exact.begins_piece();
        if !has_room {
            break;
        }
        analyzer.each_token(piece, |token| {
            stems.push(&marked_stem(group, token.stem));
            for stem in token.other_stems.iter() {
                stems.push_beside(&marked_stem(group, stem));
            }
            exact.push(token.exact);
        });
    }
    (stems.finish(), exact.finish(), has_room)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{PIECE_POSITIONS, StreamReader};

    #[test]
    fn names_stand_apart() {
        let names = Analyzer::new(Language::OTHER).stream_of(["Ana Lima", "", "Bo Chen"].into_iter());
        let names: Vec<_> = StreamReader::new(&names).collect();
        let second = PIECE_POSITIONS;
        assert_eq!(names, [("ana", 0), ("lima", 1), ("bo", second), ("chen", second + 1)]);
    }

    #[test]
    fn stems_of_a_part_name_their_language() {
        let english = Language::ENGLISH;
        let title = in_both_forms(&mut Analyzer::new(english), english, ["Treaties"].into_iter());
        let [stems, exact] = [&title.0, &title.1].map(|stream| StreamReader::new(stream).collect::<Vec<_>>());
        assert_eq!((stems, exact), (vec![("en:treati", 0)], vec![("treaties", 0)]));
    }
}
