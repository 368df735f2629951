//! The words of an article that a query may mean, as it sees them: of the whole, or of one part.

use crate::analysis::{Analyzer, PARAGRAPH_GAP_POSITIONS, PIECE_POSITIONS, Token};
use crate::model::{Article, BlockKind};
use crate::query::TextField;
use crate::terms::places::{Boundaries, Units};
use crate::text::Span;

/// A word of an article.
pub(super) struct Word {
    pub exact: String,
    pub stem: String,
    /// The stem without accents, where that is another.
    pub plain_stem: Option<String>,
    /// Its place among the words of the view.
    pub position: u32,
    /// Where it stands in what is shown; none if that isn't shown.
    pub mark: Option<Mark>,
}

/// A span of an article's title or text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub in_title: bool,
    pub span: Span,
}

/// Whether a word is one that a query may mean.
pub(super) type IsWanted<'a> = &'a dyn Fn(&Token<'_>) -> bool;

/// Words in order of their positions: only those that are wanted, since an article has thousands of others.
pub(super) struct View {
    pub words: Vec<Word>,
    /// Where sentences begin; none where each piece is one.
    boundaries: Option<Boundaries>,
}

impl View {
    /// The view of `scope`, or of title and text. Names are read by `plain`, an analyzer of no language.
    pub fn of(
        article: &Article,
        scope: Option<TextField>,
        is_wanted: IsWanted<'_>,
        analyzer: &mut Analyzer,
        plain: &mut Analyzer,
    ) -> Self {
        let metadata = &article.metadata;
        let optional = |text: &'_ Option<String>| text.clone().into_iter().collect::<Vec<_>>();
        match scope {
            None => Self::whole(article, is_wanted, analyzer),
            Some(TextField::Title) => {
                let title = metadata.title.iter().map(|title| (title.as_str(), Some((true, 0))));
                Self::of_pieces(title, is_wanted, analyzer)
            }
            Some(TextField::Heading) => Self::of_pieces(headings(article), is_wanted, analyzer),
            Some(TextField::Author) => Self::of_names(&metadata.authors, is_wanted, plain),
            Some(TextField::Publisher) => Self::of_names(&optional(&metadata.publisher), is_wanted, plain),
            Some(TextField::Section) => Self::of_names(&optional(&metadata.section), is_wanted, plain),
            Some(TextField::Url) => Self::of_names(&optional(&metadata.url), is_wanted, plain),
            Some(TextField::Source) => Self::of_names(&[article.locator.to_string()], is_wanted, plain),
        }
    }

    fn whole(article: &Article, is_wanted: IsWanted<'_>, analyzer: &mut Analyzer) -> Self {
        let (mut words, mut starts) = (Vec::new(), Vec::new());
        let title = article.metadata.title.as_deref().unwrap_or_default();
        analyzer.each_article_token(title, &article.text, |placed| {
            starts.extend(placed.sentence_start());
            if is_wanted(&placed.token) {
                let mark = Mark { in_title: placed.in_title, span: placed.token.span };
                words.push(Word::of(placed.token, placed.token.position, Some(mark)));
            }
        });
        let mut boundaries = Boundaries::default();
        boundaries.set(starts.into_iter());
        Self { words, boundaries: Some(boundaries) }
    }

    /// The view of the title and of `parts` of the text, each of whole paragraphs. They stand apart.
    pub fn of_parts(
        article: &Article,
        parts: &[Span],
        is_wanted: IsWanted<'_>,
        analyzer: &mut Analyzer,
    ) -> Self {
        let title = article.metadata.title.iter().map(|title| (title.as_str(), true, 0));
        let parts = parts.iter().filter_map(|part| Some((part.of(&article.text)?, false, part.start)));
        let mut words = Vec::new();
        let (mut base, mut next) = (0, 0);
        for (text, in_title, offset) in title.chain(parts) {
            analyzer.each_token(text, |token| {
                let position = base + token.position;
                next = position + 1 + PARAGRAPH_GAP_POSITIONS;
                if is_wanted(&token) {
                    let span = Span::new(token.span.start + offset, token.span.end + offset);
                    words.push(Word::of(token, position, Some(Mark { in_title, span })));
                }
            });
            base = next;
        }
        Self { words, boundaries: None }
    }

    fn of_names(names: &[String], is_wanted: IsWanted<'_>, plain: &mut Analyzer) -> Self {
        Self::of_pieces(names.iter().map(|name| (name.as_str(), None)), is_wanted, plain)
    }

    /// Pieces that stand apart; those that are shown with whether they are titles, and where they begin.
    fn of_pieces<'p>(
        pieces: impl Iterator<Item = (&'p str, Option<(bool, usize)>)>,
        is_wanted: IsWanted<'_>,
        analyzer: &mut Analyzer,
    ) -> Self {
        let mut words = Vec::new();
        let mut position = 0_u32;
        for (piece, shown) in pieces {
            position = position.next_multiple_of(PIECE_POSITIONS);
            analyzer.each_token(piece, |token| {
                if is_wanted(&token) {
                    let mark = shown.map(|(in_title, offset)| {
                        let span = Span::new(token.span.start + offset, token.span.end + offset);
                        Mark { in_title, span }
                    });
                    words.push(Word::of(token, position, mark));
                }
                position += 1;
            });
        }
        Self { words, boundaries: None }
    }

    /// What parts its words.
    pub fn units(&self) -> Units<'_> {
        self.boundaries.as_ref().map_or(Units::Pieces(PIECE_POSITIONS), Units::Text)
    }

    /// The word at `position`.
    pub fn word_at(&self, position: u32) -> Option<&Word> {
        let at = self.words.binary_search_by_key(&position, |word| word.position).ok()?;
        self.words.get(at)
    }
}

impl Word {
    fn of(token: Token<'_>, position: u32, mark: Option<Mark>) -> Self {
        let plain_stem = token.plain_stem.map(str::to_owned);
        Self { exact: token.exact.to_owned(), stem: token.stem.to_owned(), plain_stem, position, mark }
    }
}

fn headings(article: &Article) -> impl Iterator<Item = (&str, Option<(bool, usize)>)> {
    let headings = article.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_)));
    headings.filter_map(|block| Some((block.span.of(&article.text)?, Some((false, block.span.start)))))
}
