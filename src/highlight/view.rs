//! The words of an article that a query may mean, as it sees them: of the whole, or of one part.

use hashbrown::{HashMap, HashSet};

use super::placed_words::Slot;
use crate::analysis::{Analyzer, Bonds, PARAGRAPH_GAP_POSITIONS, PIECE_POSITIONS, Token, next_piece};
use crate::model::{Article, BlockKind};
use crate::query::TextField;
use crate::terms::places::{Boundaries, Place, Units};
use crate::terms::{HeldAt, WordPart};
use crate::text::{Span, WordAutomaton, sentences};

/// A word of an article.
pub(super) struct Word {
    /// Its place among the words of the view.
    position: u32,
    /// Whether something begins with it, be it a part of a sentence.
    opens: bool,
    /// Where it stands in what is shown; none if that isn't shown.
    shown: Option<ShownSpan>,
    /// Bytes of its first character there.
    first_bytes: usize,
}

/// A span of an article's title or text.
#[derive(Clone, Copy)]
pub(super) struct ShownSpan {
    pub in_title: bool,
    pub span: Span,
}

/// The words that a query may mean.
pub(super) struct WantedWords<'a> {
    exact: HashSet<&'a str>,
    stems: HashSet<&'a str>,
    patterns: Vec<&'a WordAutomaton>,
    /// What they begin with; none if that can't be told.
    beginnings: Option<Beginnings>,
}

impl<'a> WantedWords<'a> {
    /// Those that are one of `slots`.
    pub fn of(slots: &[&'a Slot]) -> Self {
        let (mut exact, mut stems, mut patterns) = (HashSet::new(), HashSet::new(), Vec::new());
        let mut beginnings = Beginnings::default();
        for slot in slots {
            match slot {
                Slot::Exact(word) => drop(exact.insert(word.as_str())),
                Slot::Stem(stem) => drop(stems.insert(stem.as_str())),
                Slot::Pattern(automaton) => patterns.push(automaton),
            }
        }
        for word in exact.iter().chain(&stems) {
            beginnings = beginnings.with(word);
        }
        let beginnings = patterns.is_empty().then_some(beginnings);
        Self { exact, stems, patterns, beginnings }
    }

    fn has(&self, token: &Token<'_>) -> bool {
        self.exact.contains(token.exact)
            || self.stems.contains(token.stem)
            || token.other_stems.iter().any(|stem| self.stems.contains(stem))
            || self.patterns.iter().any(|pattern| pattern.matches(token.exact))
    }

    /// Calls `found` for the tokens of `text`, which has these `sentences`, that are wanted, with whether something
    /// begins with them.
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

/// The words that are wanted, since an article has thousands of others.
#[derive(Default)]
pub(super) struct View {
    /// In order of their positions.
    words: Vec<Word>,
    /// The positions of each word as it is spelt, and of each stem, ascending.
    by_exact: HashMap<String, Vec<u32>>,
    by_stem: HashMap<String, Vec<u32>>,
    /// Where sentences begin; none where each piece is one.
    boundaries: Option<Boundaries>,
}

impl View {
    /// Adds `token`, which is the next that is wanted.
    fn push(&mut self, token: &Token<'_>, word: Word) {
        let stems = std::iter::once(token.stem).chain(token.other_stems.iter());
        self.by_exact.entry_ref(token.exact).or_default().push(word.position);
        stems.for_each(|stem| self.by_stem.entry_ref(stem).or_default().push(word.position));
        self.words.push(word);
    }

    /// Where `slot` stands, ascending.
    pub fn positions(&self, slot: &Slot) -> Vec<u32> {
        match slot {
            Slot::Exact(word) => self.by_exact.get(word).cloned().unwrap_or_default(),
            Slot::Stem(stem) => self.by_stem.get(stem).cloned().unwrap_or_default(),
            Slot::Pattern(automaton) => {
                let matching = self.by_exact.iter().filter(|(word, _)| automaton.matches(word));
                let mut positions: Vec<u32> =
                    matching.flat_map(|(_, positions)| positions.iter().copied()).collect();
                positions.sort_unstable();
                positions
            }
        }
    }

    /// The view of `scope`, or of title and text. Names are read by `plain`, an analyzer of no language.
    pub fn of(
        article: &Article,
        scope: Option<TextField>,
        wanted: &WantedWords<'_>,
        analyzer: &mut Analyzer,
        plain: &mut Analyzer,
    ) -> Self {
        let metadata = &article.metadata;
        match scope {
            None => Self::whole(article, wanted, analyzer),
            Some(TextField::Title) => {
                let title = metadata.title.iter().map(|title| (title.as_str(), Some((true, 0))));
                Self::of_pieces(title, wanted, analyzer)
            }
            Some(TextField::Heading) => Self::of_pieces(headings(article), wanted, analyzer),
            Some(TextField::Author) => {
                Self::of_pieces(metadata.authors.iter().map(|name| (name.as_str(), None)), wanted, plain)
            }
            Some(place) => Self::of_place(HeldAt::of(article), place, wanted, plain),
        }
    }

    /// The view of what `place` has in `field`.
    pub fn of_place(
        place: HeldAt<'_>,
        field: TextField,
        wanted: &WantedWords<'_>,
        plain: &mut Analyzer,
    ) -> Self {
        let text = place.text_of(field);
        Self::of_pieces(text.iter().map(|text| (&**text, None)), wanted, plain)
    }

    fn whole(article: &Article, wanted: &WantedWords<'_>, analyzer: &mut Analyzer) -> Self {
        let (mut view, mut starts) = (Self::default(), Vec::new());
        let title = article.metadata.title.as_deref().unwrap_or_default();
        analyzer.each_article_token(title, &article.text, |placed| {
            let token = &placed.token;
            starts.extend(placed.opens.map(|opening| opening.at(token.position)));
            if wanted.has(token) {
                let text = if placed.in_title { title } else { &article.text };
                let word = Word::of(token, text, token.position, Some((placed.in_title, 0)));
                view.push(token, Word { opens: placed.opens.is_some(), ..word });
            }
        });
        let mut boundaries = Boundaries::default();
        boundaries.set(starts.into_iter());
        Self { boundaries: Some(boundaries), ..view }
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
        let mut view = Self::default();
        let (mut base, mut next) = (0, 0);
        for (text, in_title, offset) in title.chain(parts) {
            let sentences = if in_title { Vec::new() } else { sentences(text) };
            wanted.each_in(text, &sentences, analyzer, |token, opens| {
                let position = base + token.position;
                next = position + 1 + PARAGRAPH_GAP_POSITIONS;
                let word = Word::of(&token, text, position, Some((in_title, offset)));
                view.push(&token, Word { opens, ..word });
            });
            base = next;
        }
        view
    }

    /// Pieces that stand apart; those that are shown with whether they are titles, and where they begin.
    fn of_pieces<'p>(
        pieces: impl Iterator<Item = (&'p str, Option<(bool, usize)>)>,
        wanted: &WantedWords<'_>,
        analyzer: &mut Analyzer,
    ) -> Self {
        let mut view = Self::default();
        let mut position = 0_u32;
        for (piece, shown) in pieces {
            let Some(start) = next_piece(position) else { break };
            position = start;
            analyzer.each_token(piece, |token| {
                if wanted.has(&token) {
                    view.push(&token, Word::of(&token, piece, position, shown));
                }
                position = position.saturating_add(1);
            });
        }
        view
    }

    /// What parts its words.
    pub fn units(&self) -> Units<'_> {
        self.boundaries.as_ref().map_or(Units::Pieces(PIECE_POSITIONS), Units::Text)
    }

    /// Whether no pause parts the words at `place`, side by side, that these `bonds` hold together.
    pub fn leave_whole(&self, place: Place, bonds: Bonds) -> bool {
        place.is_whole(bonds, |at| self.word_at(at).is_some_and(|word| word.opens))
    }

    /// The word at `position`.
    pub fn word_at(&self, position: u32) -> Option<&Word> {
        let at = self.words.binary_search_by_key(&position, |word| word.position).ok()?;
        self.words.get(at)
    }
}

impl Word {
    /// The word that `token` of `text` is. If that is shown, `place` says whether in the title, and from where on.
    fn of(token: &Token<'_>, text: &str, position: u32, place: Option<(bool, usize)>) -> Self {
        let shown = place.map(|(in_title, offset)| {
            let span = Span::new(token.span.start + offset, token.span.end + offset);
            ShownSpan { in_title, span }
        });
        let first = token.span.of(text).and_then(|word| word.chars().next());
        Self { position, opens: false, shown, first_bytes: first.map_or(0, char::len_utf8) }
    }

    /// Where what is `meant` of it is shown, if it is.
    pub fn shown_part(&self, meant: WordPart) -> Option<ShownSpan> {
        let ShownSpan { in_title, span } = self.shown?;
        let middle = span.start + self.first_bytes;
        let span = match meant {
            WordPart::First => Span::new(span.start, middle),
            // One character may be read as two.
            WordPart::Second if middle < span.end => Span::new(middle, span.end),
            WordPart::Whole | WordPart::Second => span,
        };
        Some(ShownSpan { in_title, span })
    }
}

fn headings(article: &Article) -> impl Iterator<Item = (&str, Option<(bool, usize)>)> {
    let headings = article.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_)));
    headings.filter_map(|block| Some((block.span.of(&article.text)?, Some((false, block.span.start)))))
}
