//! Makes of an article all that is indexed of it: token streams, passages, fingerprint, sketch.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::acronyms::acronyms_of;
use super::parts;
use super::vocabulary::Vocabulary;
use crate::analysis::{
    Analyzer, ArticleStreams, Break, Opening, StopWords, StreamReader, Streams, analysed_as,
    each_article_word,
};
use crate::dedup::{Sketch, SketchedWord, Sketcher, fingerprint, with_recurring};
use crate::engine::{Parts, PreparedArticle, StoredArticle};
use crate::model::{Article, ArticleId, Language};
use crate::passage::passages;
use crate::rank::{Extent, KeyTerm};
use crate::terms::known;
use crate::text::{Span, sentences};

/// Words that the analyzers of all languages remember together: those of two and a part of others. Each takes up to
/// half a kilobyte.
const MAX_REMEMBERED_WORDS: usize = 120_000;

/// Prepares articles; one for each thread, since its analyzers remember words.
#[derive(Default)]
pub struct Preparer {
    analyzers: Analyzers,
    streams: ArticleStreams<AboutWord>,
}

/// What is known about a word of an article: what a sketch goes by, and whether it is indexed.
type AboutWord = (SketchedWord, bool);

impl Preparer {
    /// `article`, ready to be indexed under an id that the plan may still change.
    #[must_use]
    pub fn prepare(&mut self, article: Article) -> PreparedArticle {
        let sentences = sentences(&article.text);
        let passages = passages(&article, &sentences);
        let metadata = &article.metadata;
        let fingerprint = (metadata.id.is_none() && !article.is_empty()).then(|| fingerprint_of(&article));
        let mut parts = Parts::default();
        let plain = self.analyzers.of(Language::OTHER);
        parts::add_names(&article, plain, &mut parts);
        let acronyms = acronyms_of(&article, plain);
        let analyzer = self.analyzers.of(analysed_as(article.language()));
        let has_all_headings = parts::add_headlines(&article, analyzer, &mut parts);
        let title = metadata.title.as_deref().unwrap_or_default();
        let read = Words::read(analyzer, &mut self.streams, title, &article.text, &sentences, &passages);
        let Streams { stems, exact } = read.streams;
        let keys = key_terms(&stems, StopWords::of(analyzer.language()));
        let id = own_id(&article);
        PreparedArticle {
            fingerprint,
            leaves_words_out: read.leaves_words_out || !has_all_headings,
            keys,
            acronyms,
            stems,
            exact,
            breaks: read.breaks,
            parts,
            known: known(&article),
            extents: read.extents,
            sketch: read.sketch,
            stored: StoredArticle { id, passages, article, apart: Vec::new() },
        }
    }

    /// An article that was kept, ready to be indexed anew under its id.
    #[must_use]
    pub fn prepare_again(&mut self, stored: StoredArticle) -> PreparedArticle {
        // A copy is told by all of its text, whatever is taken out of it.
        let whole = with_recurring(&stored.article, &stored.apart);
        let mut article = self.prepare(stored.article);
        article.fingerprint = article.fingerprint.map(|_| fingerprint_of(&whole));
        article.stored.id = stored.id;
        article.stored.apart = stored.apart;
        article
    }
}

fn fingerprint_of(article: &Article) -> String {
    fingerprint(article.metadata.title.as_deref().unwrap_or_default(), &article.text)
}

/// The analyzer of each language.
#[derive(Default)]
struct Analyzers(HashMap<Language, Analyzer>);

impl Analyzers {
    fn of(&mut self, language: Language) -> &mut Analyzer {
        if self.remembered_words() > MAX_REMEMBERED_WORDS {
            self.0.retain(|known, _| *known == language);
        }
        self.0.entry(language).or_insert_with(|| Analyzer::new(language))
    }

    fn remembered_words(&self) -> usize {
        self.0.values().map(Analyzer::remembered_words).sum()
    }
}

/// Terms that an article is compared with others by: 24 and 48 differ by .002 nDCG@10.
const MAX_KEY_TERMS: usize = 32;

/// Fewest bytes of such a term: what is shorter is an initial or a number of a list.
const MIN_KEY_BYTES: usize = 3;

/// The terms that the stream `stems` has most often; of equal ones those that come first.
fn key_terms(stems: &str, stop_words: &StopWords) -> Vec<KeyTerm> {
    let mut counts: hashbrown::HashMap<&str, (u32, u32)> = hashbrown::HashMap::new();
    each_term(stems, |stem, first, count| {
        if stem.len() >= MIN_KEY_BYTES && !stop_words.contains(stem) {
            counts.entry(stem).or_insert((0, first)).0 += count;
        }
    });
    let rank = |&(_, (count, first)): &(&str, (u32, u32))| (Reverse(count), first);
    let mut terms: Vec<(&str, (u32, u32))> = counts.into_iter().collect();
    if terms.len() > MAX_KEY_TERMS {
        terms.select_nth_unstable_by_key(MAX_KEY_TERMS, rank);
        terms.truncate(MAX_KEY_TERMS);
    }
    terms.sort_unstable_by_key(rank);
    terms.into_iter().map(|(stem, (count, _))| KeyTerm { term: number_of(stem), count }).collect()
}

/// Calls `found` for each term of `stream` with its first position and how often it is there; a long stream may have
/// it again.
fn each_term<'s>(stream: &'s str, mut found: impl FnMut(&'s str, u32, u32)) {
    let mut last: Option<(&str, u32, u32)> = None;
    for (term, position) in StreamReader::new(stream) {
        match &mut last {
            Some((last, _, count)) if std::ptr::eq(*last, term) => *count += 1,
            _ => {
                if let Some((last, first, count)) = last.replace((term, position, 1)) {
                    found(last, first, count);
                }
            }
        }
    }
    if let Some((last, first, count)) = last {
        found(last, first, count);
    }
}

/// A number that stands for `stem`, the same in every index.
fn number_of(stem: &str) -> u64 {
    let hash = blake3::hash(stem.as_bytes());
    hash.as_bytes().first_chunk().map_or(0, |first| u64::from_be_bytes(*first))
}

/// The id that an article has by itself.
fn own_id(article: &Article) -> ArticleId {
    match &article.metadata.url {
        Some(url) => ArticleId::from_url(url),
        None => ArticleId::from_locator(&article.locator),
    }
}

/// All that is read of an article's title and text word by word.
#[derive(Default)]
struct Words {
    streams: Streams,
    breaks: Vec<Break>,
    extents: Vec<Extent>,
    sketch: Sketch,
    leaves_words_out: bool,
}

impl Words {
    fn read(
        analyzer: &mut Analyzer,
        streams: &mut ArticleStreams<AboutWord>,
        title: &str,
        text: &str,
        sentences: &[Span],
        passages: &[Span],
    ) -> Self {
        let mut read = Self::default();
        streams.begin(title.len() + text.len());
        let mut sketcher = Sketcher::default();
        let mut vocabulary = Vocabulary::of(text.len());
        let mut next_position = 0;
        each_article_word(title, text, sentences, |placed| {
            let word = placed.token;
            let about = |folded: &str| (SketchedWord::of(folded), vocabulary.takes(folded));
            let number = streams.word(word.spelt, || analyzer.terms_of(word), about);
            let (sketched, is_taken) = streams.about(number);
            if !placed.in_title {
                read.begin_passages(passages, word.span.start, word.position);
                let has_capital = word.spelt.starts_with(char::is_uppercase);
                let begins_sentence = placed.opens.is_some_and(Opening::is_of_sentence);
                sketcher.push(sketched, has_capital && !begins_sentence);
            }
            if let Some(extent) = read.extents.last_mut() {
                extent.tokens += 1;
            }
            read.breaks.extend(placed.opens.map(|opening| opening.at(word.position)));
            if is_taken {
                streams.push(number, word.position);
            } else {
                read.leaves_words_out = true;
            }
            next_position = word.position + 1;
        });
        read.begin_passages(passages, text.len(), next_position);
        Self { streams: streams.finish(), sketch: sketcher.finish(), ..read }
    }

    /// Begins the passages that begin up to the byte `at`, where the token at `position` is.
    fn begin_passages(&mut self, passages: &[Span], at: usize, position: u32) {
        while passages.get(self.extents.len()).is_some_and(|next| next.start <= at) {
            self.extents.push(Extent { start: position, tokens: 0 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::StreamWriter;
    use crate::model::BlockKind;

    fn prepared() -> PreparedArticle {
        let mut article = Article::default();
        article.metadata.title = Some("Two Rivers".into());
        article.metadata.authors = vec!["Ana Lima".into(), "Bo Chen".into()];
        article.metadata.language = Some(Language::ENGLISH);
        article.push_block(BlockKind::Heading(2), "Dams");
        article.push_block(BlockKind::Paragraph, "Dams were built.");
        article.push_block(BlockKind::Heading(2), "***");
        article.push_block(BlockKind::Heading(2), "Fish");
        article.push_block(BlockKind::Paragraph, "They left.");
        Preparer::default().prepare(article)
    }

    #[test]
    fn passages_begin_where_their_tokens_do() {
        let prepared = prepared();
        let stems: Vec<_> = StreamReader::new(&prepared.stems).collect();
        let starts: Vec<_> = prepared.extents.iter().map(|extent| extent.start).collect();
        assert_eq!(prepared.extents.len(), prepared.stored.passages.len());
        assert!(stems.contains(&("dam", starts[0])));
        let last = prepared.extents.last().unwrap();
        assert!(stems.contains(&("fish", last.start)));
        assert_eq!(last.tokens, 3);
        assert_eq!(stems[0], ("two", 0));
    }

    #[test]
    fn words_of_many_languages_are_not_remembered_for_ever() {
        let mut preparer = Preparer::default();
        let text = |from: u32| -> String { (from..from + 50_000).map(|n| n.to_string() + "w ").collect() };
        for (number, language) in ["en", "de", "fr", "es"].into_iter().enumerate() {
            let mut article = Article::default();
            article.metadata.language = Some(language.parse().unwrap());
            article.push_block(BlockKind::Paragraph, &text(number as u32 * 50_000));
            assert!(!preparer.prepare(article).stems.is_empty());
        }
        let words = preparer.analyzers.remembered_words();
        assert!(words < 2 * MAX_REMEMBERED_WORDS, "{words}");
        assert!(preparer.analyzers.0.len() < 4, "{}", preparer.analyzers.0.len());
    }

    #[test]
    fn key_terms_are_the_frequent_ones() {
        let mut stream = StreamWriter::default();
        for stem in ["the", "dam", "fish", "river", "fish", "the", "of"] {
            stream.push(stem);
        }
        let keys = key_terms(&stream.finish(), StopWords::of(Language::ENGLISH));
        let expected = [("fish", 2), ("dam", 1), ("river", 1)];
        assert_eq!(keys, expected.map(|(stem, count)| KeyTerm { term: number_of(stem), count }));
    }

    #[test]
    fn sentences_begin_where_their_tokens_do() {
        let prepared = prepared();
        let stems: Vec<_> = StreamReader::new(&prepared.stems).collect();
        let first_words: Vec<_> = prepared
            .breaks
            .iter()
            .filter_map(|start| stems.iter().find(|(_, at)| *at == start.position))
            .map(|(stem, _)| *stem)
            .collect();
        assert_eq!(first_words, ["two", "dam", "dam", "fish", "they"]);
    }
}
