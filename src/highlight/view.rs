//! The words of an article that a query may mean, as it sees them: of the whole, or of one part.

use super::meaning::Slot;
use crate::analysis::{Analyzer, Bonds, PARAGRAPH_GAP_POSITIONS, PIECE_POSITIONS, Token};
use crate::model::{Address, Article, BlockKind};
use crate::query::TextField;
use crate::terms::WordPart;
use crate::terms::places::{Boundaries, Place, Units};
use crate::text::{Span, sentences};

/// A word of an article.
pub(super) struct Word {
    pub exact: String,
    pub stem: String,
    /// The stem without accents, where that is another.
    pub plain_stem: Option<String>,
    /// Its place among the words of the view.
    pub position: u32,
    /// Whether something begins with it, be it a part of a sentence.
    opens: bool,
    /// Where it stands in what is shown; none if that isn't shown.
    shown: Option<Shown>,
    /// Bytes of its first character there.
    first_bytes: usize,
}

/// A span of an article's title or text.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    pub in_title: bool,
    pub span: Span,
}

/// The words that a query may mean.
pub(super) struct WantedWords<'a> {
    slots: &'a [&'a Slot],
    /// What they begin with; none if that can't be told.
    beginnings: Option<Beginnings>,
}

impl<'a> WantedWords<'a> {
    /// Those that are one of `slots`.
    pub fn of(slots: &'a [&'a Slot]) -> Self {
        let mut beginnings = Some(Beginnings::default());
        for slot in slots {
            beginnings = beginnings.zip(slot.word()).map(|(beginnings, word)| beginnings.with(word));
        }
        Self { slots, beginnings }
    }

    fn has(&self, token: &Token<'_>) -> bool {
        let stems = [Some(token.stem), token.plain_stem];
        self.slots.iter().any(|slot| slot.is(token.exact, stems))
    }

    /// Calls `found` for the tokens of `text`, which has these `sentences`, that are wanted, with whether something begins
    /// with them.
    fn each_in(
        &self,
        text: &str,
        sentences: &[Span],
        analyzer: &mut Analyzer,
        mut found: impl FnMut(Token<'_>, bool),
    ) {
        let beginnings = self.beginnings.filter(|_| analyzer.keeps_first_letters());
        let may_matter = |word: &str| beginnings.is_none_or(|beginnings| beginnings.may_be_of(word));
        analyzer.each_token_that(text, sentences, may_matter, |token, opens| {
            if self.has(&token) {
                found(token, opens.is_some());
            }
        });
    }
}

/// The letters and digits of ASCII that words begin with: by them most words are told from those that are wanted, and
/// needn't be stemmed.
#[derive(Clone, Copy, Default)]
struct Beginnings(u128);

impl Beginnings {
    /// Those of `word` too.
    fn with(self, word: &str) -> Self {
        Self(self.0 | word.bytes().next().filter(u8::is_ascii).map_or(0, |first| 1 << first))
    }

    /// Whether `word`, as it stands in a text, may be one of theirs. Words in other letters may be anyone's.
    fn may_be_of(self, word: &str) -> bool {
        word.bytes()
            .next()
            .is_none_or(|first| !first.is_ascii() || self.0 & 1 << first.to_ascii_lowercase() != 0)
    }
}

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
        wanted: &WantedWords<'_>,
        analyzer: &mut Analyzer,
        plain: &mut Analyzer,
    ) -> Self {
        let metadata = &article.metadata;
        let optional = |text: &'_ Option<String>| text.clone().into_iter().collect::<Vec<_>>();
        match scope {
            None => Self::whole(article, wanted, analyzer),
            Some(TextField::Title) => {
                let title = metadata.title.iter().map(|title| (title.as_str(), Some((true, 0))));
                Self::of_pieces(title, wanted, analyzer)
            }
            Some(TextField::Heading) => Self::of_pieces(headings(article), wanted, analyzer),
            Some(TextField::Author) => Self::of_names(&metadata.authors, wanted, plain),
            Some(TextField::Publisher) => Self::of_names(&optional(&metadata.publisher), wanted, plain),
            Some(TextField::Section) => Self::of_names(&optional(&metadata.section), wanted, plain),
            Some(TextField::Url) => {
                let readable = metadata.url.as_deref().map(|url| Address::readable(url).into_owned());
                Self::of_names(&optional(&readable), wanted, plain)
            }
            Some(TextField::Source) => Self::of_names(&[article.locator.to_string()], wanted, plain),
        }
    }

    fn whole(article: &Article, wanted: &WantedWords<'_>, analyzer: &mut Analyzer) -> Self {
        let (mut words, mut starts) = (Vec::new(), Vec::new());
        let title = article.metadata.title.as_deref().unwrap_or_default();
        analyzer.each_article_token(title, &article.text, |placed| {
            starts.extend(placed.opens.map(|opening| opening.at(placed.token.position)));
            if wanted.has(&placed.token) {
                let text = if placed.in_title { title } else { &article.text };
                let place = Some((placed.in_title, 0));
                let word = Word::of(placed.token, text, placed.token.position, place);
                words.push(Word { opens: placed.opens.is_some(), ..word });
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
        wanted: &WantedWords<'_>,
        analyzer: &mut Analyzer,
    ) -> Self {
        let title = article.metadata.title.iter().map(|title| (title.as_str(), true, 0));
        let parts = parts.iter().filter_map(|part| Some((part.of(&article.text)?, false, part.start)));
        let mut words = Vec::new();
        let (mut base, mut next) = (0, 0);
        for (text, in_title, offset) in title.chain(parts) {
            let sentences = if in_title { Vec::new() } else { sentences(text) };
            wanted.each_in(text, &sentences, analyzer, |token, opens| {
                let position = base + token.position;
                next = position + 1 + PARAGRAPH_GAP_POSITIONS;
                words.push(Word { opens, ..Word::of(token, text, position, Some((in_title, offset))) });
            });
            base = next;
        }
        Self { words, boundaries: None }
    }

    fn of_names(names: &[String], wanted: &WantedWords<'_>, plain: &mut Analyzer) -> Self {
        Self::of_pieces(names.iter().map(|name| (name.as_str(), None)), wanted, plain)
    }

    /// Pieces that stand apart; those that are shown with whether they are titles, and where they begin.
    fn of_pieces<'p>(
        pieces: impl Iterator<Item = (&'p str, Option<(bool, usize)>)>,
        wanted: &WantedWords<'_>,
        analyzer: &mut Analyzer,
    ) -> Self {
        let mut words = Vec::new();
        let mut position = 0_u32;
        for (piece, shown) in pieces {
            position = position.next_multiple_of(PIECE_POSITIONS);
            analyzer.each_token(piece, |token| {
                if wanted.has(&token) {
                    words.push(Word::of(token, piece, position, shown));
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

    /// Whether no pause parts the words at `place`, side by side, that these `bonds` hold together.
    pub fn leave_whole(&self, place: Place, bonds: Bonds) -> bool {
        let opens = |at| self.word_at(at).is_some_and(|word| word.opens);
        bonds.is_empty() || !(place.from..place.to).any(|at| bonds.holds(at - place.from) && opens(at + 1))
    }

    /// The word at `position`.
    pub fn word_at(&self, position: u32) -> Option<&Word> {
        let at = self.words.binary_search_by_key(&position, |word| word.position).ok()?;
        self.words.get(at)
    }
}

impl Word {
    /// The word that `token` of `text` is. If that is shown, `place` says whether in the title, and from where on.
    fn of(token: Token<'_>, text: &str, position: u32, place: Option<(bool, usize)>) -> Self {
        let shown = place.map(|(in_title, offset)| {
            let span = Span::new(token.span.start + offset, token.span.end + offset);
            Shown { in_title, span }
        });
        let first = token.span.of(text).and_then(|word| word.chars().next());
        Self {
            exact: token.exact.to_owned(),
            stem: token.stem.to_owned(),
            plain_stem: token.plain_stem.map(str::to_owned),
            position,
            opens: false,
            shown,
            first_bytes: first.map_or(0, char::len_utf8),
        }
    }

    /// Where what is `meant` of it is shown, if it is.
    pub fn shown_part(&self, meant: WordPart) -> Option<Shown> {
        let Shown { in_title, span } = self.shown?;
        let middle = span.start + self.first_bytes;
        let span = match meant {
            WordPart::First => Span::new(span.start, middle),
            // One character may be read as two.
            WordPart::Second if middle < span.end => Span::new(middle, span.end),
            WordPart::Whole | WordPart::Second => span,
        };
        Some(Shown { in_title, span })
    }
}

fn headings(article: &Article) -> impl Iterator<Item = (&str, Option<(bool, usize)>)> {
    let headings = article.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_)));
    headings.filter_map(|block| Some((block.span.of(&article.text)?, Some((false, block.span.start)))))
}
