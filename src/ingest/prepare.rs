//! Makes of an article all that is indexed of it: token streams, passages, fingerprint.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::analysis::{
    Analyzer, PARAGRAPH_GAP_POSITIONS, StopWords, StreamReader, StreamWriter, analysed_as,
};
use crate::dedup::fingerprint;
use crate::engine::{PreparedArticle, StoredArticle};
use crate::model::{Article, ArticleId, Language};
use crate::passage::{Passage, passages};
use crate::rank::{Extent, KeyTerm};

/// Prepares articles; one for each thread, since its analyzers remember words.
#[derive(Default)]
pub struct Preparer {
    analyzers: HashMap<Language, Analyzer>,
}

impl Preparer {
    /// `article`, ready to be indexed under an id that the plan may still change.
    #[must_use]
    pub fn prepare(&mut self, article: Article) -> PreparedArticle {
        let passages = passages(&article);
        let metadata = &article.metadata;
        let fingerprint = (metadata.id.is_none() && !article.is_empty()).then(|| fingerprint(&article.text));
        let authors = self.names(metadata.authors.iter().map(String::as_str));
        let publisher = self.names(metadata.publisher.as_deref().into_iter());
        let analyzer = self.analyzer(analysed_as(article.language()));
        let title = metadata.title.as_deref().unwrap_or_default();
        let title_stream = title_stream(analyzer, title);
        let streams = Streams::of(analyzer, title, &article.text, &passages);
        let stems = streams.stems.finish();
        let keys = key_terms(&stems, StopWords::of(analyzer.language()));
        let id = own_id(&article);
        PreparedArticle {
            fingerprint,
            keys,
            stems,
            exact: streams.exact.finish(),
            title: title_stream,
            authors,
            publisher,
            extents: streams.extents,
            stored: StoredArticle {
                id,
                passages: passages.iter().map(|p| p.span).collect(),
                article,
                apart: Vec::new(),
            },
        }
    }

    fn analyzer(&mut self, language: Language) -> &mut Analyzer {
        self.analyzers.entry(language).or_insert_with(|| Analyzer::new(language))
    }

    /// Names as a stream; no phrase reaches from one into the next.
    fn names<'n>(&mut self, names: impl Iterator<Item = &'n str>) -> String {
        let analyzer = self.analyzer(Language::OTHER);
        let mut stream = StreamWriter::default();
        for name in names {
            if stream.position() > 0 {
                stream.gap(PARAGRAPH_GAP_POSITIONS);
            }
            analyzer.each_token(name, |token| stream.push(token.exact));
        }
        stream.finish()
    }
}

/// Terms that an article is compared with others by: 24 and 48 differ by .002 nDCG@10.
const MAX_KEY_TERMS: usize = 32;

/// Fewest bytes of such a term: what is shorter is an initial or a number of a list.
const MIN_KEY_BYTES: usize = 3;

/// The terms that the stream `stems` has most often; of equal ones those that come first.
fn key_terms(stems: &str, stop_words: &StopWords) -> Vec<KeyTerm> {
    let mut counts: hashbrown::HashMap<&str, (u32, u32)> = hashbrown::HashMap::new();
    for (stem, position) in StreamReader::new(stems) {
        counts.entry(stem).or_insert((0, position)).0 += 1;
    }
    let mut terms: Vec<(&str, (u32, u32))> = counts
        .into_iter()
        .filter(|(stem, _)| stem.len() >= MIN_KEY_BYTES && !stop_words.contains(stem))
        .collect();
    terms.sort_unstable_by_key(|&(_, (count, first))| (Reverse(count), first));
    terms.truncate(MAX_KEY_TERMS);
    terms.into_iter().map(|(stem, (count, _))| KeyTerm { term: number_of(stem), count }).collect()
}

/// A number that stands for `stem`, the same in every index.
fn number_of(stem: &str) -> u64 {
    let hash = blake3::hash(stem.as_bytes());
    hash.as_bytes().iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte))
}

/// The id that an article has by itself.
fn own_id(article: &Article) -> ArticleId {
    match &article.metadata.url {
        Some(url) => ArticleId::from_url(url),
        None => ArticleId::from_locator(&article.locator),
    }
}

fn title_stream(analyzer: &mut Analyzer, title: &str) -> String {
    let mut stream = StreamWriter::default();
    analyzer.each_token(title, |token| {
        stream.push(token.stem);
        if token.exact != token.stem {
            stream.push_same_place(token.exact);
        }
    });
    stream.finish()
}

/// Title and text, token by token, in both forms.
#[derive(Default)]
struct Streams {
    stems: StreamWriter,
    exact: StreamWriter,
    extents: Vec<Extent>,
}

impl Streams {
    fn of(analyzer: &mut Analyzer, title: &str, text: &str, passages: &[Passage]) -> Self {
        let mut streams = Self::default();
        analyzer.each_token(title, |token| streams.push(token.stem, token.exact));
        streams.gap(PARAGRAPH_GAP_POSITIONS);
        let base = streams.stems.position();
        analyzer.each_token(text, |token| {
            streams.gap(base + token.position - streams.stems.position());
            while passages.get(streams.extents.len()).is_some_and(|next| next.span.start <= token.span.start)
            {
                streams.begin_passage();
            }
            if let Some(extent) = streams.extents.last_mut() {
                extent.tokens += 1;
            }
            streams.push(token.stem, token.exact);
        });
        while streams.extents.len() < passages.len() {
            streams.begin_passage();
        }
        streams
    }

    fn begin_passage(&mut self) {
        self.extents.push(Extent { start: self.stems.position(), tokens: 0 });
    }

    fn push(&mut self, stem: &str, exact: &str) {
        self.stems.push(stem);
        self.exact.push(exact);
    }

    fn gap(&mut self, positions: u32) {
        if positions > 0 {
            self.stems.gap(positions);
            self.exact.gap(positions);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::StreamReader;
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
    fn names_stand_apart() {
        let names: Vec<_> =
            StreamReader::new(&prepared().authors).map(|(name, at)| (name.to_owned(), at)).collect();
        assert_eq!(names[0], ("ana".into(), 0));
        assert!(names[2].1 > names[1].1 + 1);
    }
}
