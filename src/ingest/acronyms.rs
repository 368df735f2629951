//! What an article says of acronyms, with what it is found by.

use std::collections::HashSet;

use crate::acronym::{Definition, definitions, each_capital_word};
use crate::analysis::{Analyzer, fold};
use crate::engine::{ArticleAcronyms, FoldedDefinition};
use crate::model::Article;

/// Most definitions that are kept of one article: a page that is all brackets defines nothing.
const MAX_DEFINITIONS: usize = 500;

/// Most of its words in capitals.
const MAX_CAPITALS: usize = 2_000;

/// What `article` says of acronyms. `plain` is an analyzer of no language.
pub(super) fn acronyms_of(article: &Article, plain: &mut Analyzer) -> ArticleAcronyms {
    let mut defined = Vec::new();
    for definition in definitions(&article.text).into_iter().take(MAX_DEFINITIONS) {
        let Definition { short, long } = &definition;
        let (short_words, long_words) = (folded_words(short, plain), folded_words(long, plain));
        defined.push(FoldedDefinition { definition, short_words, long_words });
    }
    let mut capitals = HashSet::new();
    let title = article.metadata.title.as_deref().unwrap_or_default();
    for text in [title, &article.text] {
        each_capital_word(text, |word| {
            if capitals.len() < MAX_CAPITALS && !capitals.contains(word) {
                capitals.insert(word);
            }
        });
    }
    let mut capitals: Vec<String> = capitals.into_iter().map(|word| fold(word).into_owned()).collect();
    capitals.sort_unstable();
    capitals.dedup();
    ArticleAcronyms { defined, capitals }
}

/// The words of `text` as written, folded and parted by spaces.
fn folded_words(text: &str, plain: &mut Analyzer) -> String {
    plain.phrase_sequence(text).map(|sequence| sequence.exact.join(" ")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BlockKind, Language};

    #[test]
    fn definitions_are_found_by_their_folded_words() {
        let mut article = Article::default();
        article.push_block(
            BlockKind::Paragraph,
            "The Tehrik-e-Taliban Pakistan (TTP) and the TTP of the WHO met.",
        );
        let said = acronyms_of(&article, &mut Analyzer::new(Language::OTHER));
        let [defined] = said.defined.as_slice() else { panic!("{said:?}") };
        assert_eq!(
            (defined.short_words.as_str(), defined.long_words.as_str()),
            ("ttp", "tehrik e taliban pakistan")
        );
        assert_eq!(said.capitals, ["ttp", "who"]);
    }
}
