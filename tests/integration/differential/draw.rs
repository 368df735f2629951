//! Draws queries from the words of articles, so that most of them find something.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use ibid::analysis::{Analyzer, StopWords, fold};
use ibid::engine::StoredArticle;
use ibid::model::{Address, ArticleId, Language};
use ibid::text::{Span, is_unspaced_script};

/// A query, written as text by [`fmt::Display`].
#[derive(Clone, Debug)]
pub enum Ask {
    Leaf(Leaf),
    Near(Relation, Box<Ask>, Box<Ask>),
    All(Vec<Ask>),
    Either(Vec<Ask>),
    Not(Box<Ask>),
    Bag(Vec<(Sign, Ask)>),
    In(Part, Box<Ask>),
    Only(Condition),
}

#[derive(Clone, Debug)]
pub enum Leaf {
    Word(String),
    Exact(String),
    Phrase(String, usize),
    Glob(String),
    Fuzzy(String, usize),
    /// One, and no stop word, of a script whose words are found in pairs of characters.
    Character(char),
    /// The expression, and globs that fit the same words.
    Regex(String, Vec<String>),
}

#[derive(Clone, Copy, Debug)]
pub enum Relation {
    Near(usize),
    Before(usize),
    Sentence,
    Paragraph,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sign {
    Plain,
    With,
    Without,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    Title,
    Heading,
    Author,
    Publisher,
    Section,
    Url,
    Source,
}

#[derive(Clone, Debug)]
pub enum Condition {
    Language(String),
    Years(u32, u32),
    Site(String),
    Has(&'static str),
    No(&'static str),
}

impl Ask {
    /// Whether it is a relation, or any of several of which one is.
    pub fn has_relation(&self) -> bool {
        match self {
            Self::Near(..) => true,
            Self::Either(asks) => asks.iter().any(Self::has_relation),
            _ => false,
        }
    }
}

impl fmt::Display for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined =
            |asks: &[Ask], by: &str| asks.iter().map(|ask| format!("({ask})")).collect::<Vec<_>>().join(by);
        match self {
            Self::Leaf(leaf) => leaf.fmt(f),
            Self::Near(relation, one, other) => write!(f, "({one}) {relation} ({other})"),
            Self::All(asks) => f.write_str(&joined(asks, " AND ")),
            Self::Either(asks) => f.write_str(&joined(asks, " OR ")),
            Self::Not(ask) => write!(f, "NOT ({ask})"),
            Self::Bag(clauses) => {
                let sign = |sign: &Sign| ["", "+", "-"][*sign as usize];
                let clauses: Vec<_> = clauses.iter().map(|(s, ask)| format!("{}({ask})", sign(s))).collect();
                f.write_str(&clauses.join(" "))
            }
            Self::In(part, ask) => write!(f, "{}:({ask})", format!("{part:?}").to_lowercase()),
            Self::Only(condition) => condition.fmt(f),
        }
    }
}

impl fmt::Display for Leaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) | Self::Glob(word) => f.write_str(word),
            Self::Character(c) => write!(f, "{c}"),
            Self::Exact(word) => write!(f, "={word}"),
            Self::Phrase(text, 0) => write!(f, "\"{text}\""),
            Self::Phrase(text, slop) => write!(f, "\"{text}\"~{slop}"),
            Self::Fuzzy(word, 1) => write!(f, "{word}~"),
            Self::Fuzzy(word, edits) => write!(f, "{word}~{edits}"),
            Self::Regex(text, _) => write!(f, "/{text}/"),
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Near(distance) => write!(f, "NEAR/{distance}"),
            Self::Before(distance) => write!(f, "BEFORE/{distance}"),
            Self::Sentence => f.write_str("/s"),
            Self::Paragraph => f.write_str("/p"),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Language(code) => write!(f, "lang:{code}"),
            Self::Years(from, to) => write!(f, "date:{from}..{to}"),
            Self::Site(site) => write!(f, "site:{site}"),
            Self::Has(name) => write!(f, "has:{name}"),
            Self::No(name) => write!(f, "no:{name}"),
        }
    }
}

/// What is drawn from, and the generator (SplitMix64): the same draw on every machine.
pub struct Draw {
    state: u64,
    texts: Vec<Text>,
    names: Vec<(Part, Text)>,
    languages: Vec<String>,
}

/// A text and where its words stand.
struct Text {
    text: String,
    words: Vec<Span>,
}

const SIGNS: [Sign; 4] = [Sign::Plain, Sign::Plain, Sign::With, Sign::Without];
const DETAILS: [&str; 7] = ["title", "author", "publisher", "date", "section", "heading", "url"];
const SITES: [&str; 3] = ["example", "org", "harbourinstitute.example"];

impl Text {
    fn of(text: &str) -> Self {
        let mut words = Vec::new();
        Analyzer::new(Language::OTHER).each_token(text, |token| words.push(token.span));
        Self { text: text.to_owned(), words }
    }

    fn word(&self, at: usize) -> &str {
        self.words[at].of(&self.text).unwrap()
    }
}

/// Whether `word` is a stop word of any language.
fn is_stop_word(word: &str) -> bool {
    static LISTS: LazyLock<Vec<&StopWords>> = LazyLock::new(|| {
        let codes = ('a'..='z').flat_map(|a| ('a'..='z').map(move |b| format!("{a}{b}")));
        codes.filter_map(|code| Language::from_tag(&code)).map(StopWords::of).collect()
    });
    let folded = fold(word).into_owned();
    LISTS.iter().any(|list| list.contains(&folded))
}

/// Whether `word` says something in every language, and reads as one word.
fn is_content(word: &str) -> bool {
    word.chars().count() > 1
        && word.chars().all(char::is_alphanumeric)
        && !["AND", "OR", "NOT"].contains(&word)
        && !is_stop_word(word)
}

impl Draw {
    pub fn new(seed: u64, articles: &BTreeMap<ArticleId, StoredArticle>) -> Self {
        let (mut texts, mut names, mut languages) = (Vec::new(), Vec::new(), Vec::new());
        for stored in articles.values() {
            let metadata = &stored.article.metadata;
            texts.push(Text::of(&stored.article.text));
            let mut name =
                |part, text: Option<&String>| names.extend(text.map(|text| (part, Text::of(text))));
            // Twice as often as the others.
            name(Part::Title, metadata.title.as_ref());
            name(Part::Title, metadata.title.as_ref());
            name(Part::Author, metadata.authors.first());
            name(Part::Publisher, metadata.publisher.as_ref());
            name(Part::Section, metadata.section.as_ref());
            name(Part::Url, metadata.url.as_deref().map(|url| Address::readable(url).into_owned()).as_ref());
            name(Part::Source, Some(&stored.article.locator.to_string()));
            let headings: Vec<String> = stored.article.headings().map(str::to_owned).collect();
            name(Part::Heading, headings.first());
            name(Part::Heading, headings.last());
            languages.push(stored.article.language().code().to_owned());
        }
        texts.retain(|text: &Text| text.words.len() > 40);
        names.retain(|(_, text)| !text.words.is_empty());
        Self { state: seed, texts, names, languages }
    }

    fn below(&mut self, limit: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// The next query.
    pub fn query(&mut self) -> Ask {
        match self.below(15) {
            0..=3 => Ask::Leaf(self.leaf()),
            4..=6 => self.near(2),
            7 => {
                let stop = ["the", "of", "and", "la", "und"][self.below(5)].to_owned();
                let plain = |leaf| (Sign::Plain, Ask::Leaf(leaf));
                Ask::Bag(vec![plain(Leaf::Word(stop)), plain(self.leaf())])
            }
            8 => self.part(),
            9 => self.of_pairs(),
            _ => self.tree(2),
        }
    }

    fn tree(&mut self, depth: usize) -> Ask {
        if depth == 0 {
            return match self.below(8) {
                0..=4 => Ask::Leaf(self.leaf()),
                5 => self.near(0),
                6 => self.part(),
                _ => Ask::Only(self.condition()),
            };
        }
        let two_or_three = 2 + self.below(2);
        let several = |draw: &mut Self| (0..two_or_three).map(|_| draw.tree(depth - 1)).collect::<Vec<_>>();
        match self.below(5) {
            0 => Ask::All(several(self)),
            1 => Ask::Either(several(self)),
            2 => Ask::All(vec![self.tree(depth - 1), Ask::Not(Box::new(self.tree(depth - 1)))]),
            _ => {
                let clause = |draw: &mut Self| {
                    let ask = match draw.below(6) {
                        0 => draw.near(0),
                        1 => draw.part(),
                        2 => Ask::Only(draw.condition()),
                        3 => Ask::Either(vec![Ask::Leaf(draw.leaf()), Ask::Leaf(draw.leaf())]),
                        _ => Ask::Leaf(draw.leaf()),
                    };
                    (*draw.one_of(&SIGNS), ask)
                };
                Ask::Bag((0..two_or_three).map(|_| clause(self)).collect())
            }
        }
    }

    fn part(&mut self) -> Ask {
        let at = self.below(self.names.len());
        let (part, word) = (self.names[at].0, self.below(self.names[at].1.words.len()));
        let word = self.names[at].1.word(word).to_owned();
        let leaf =
            if word.chars().all(char::is_alphanumeric) && !["AND", "OR", "NOT"].contains(&word.as_str()) {
                self.form_of(&word)
            } else {
                self.leaf()
            };
        let inside = match self.below(4) {
            0 => Ask::Either(vec![Ask::Leaf(leaf), Ask::Leaf(self.leaf())]),
            1 => {
                let other = self.below(self.names[at].1.words.len());
                let other = self.names[at].1.word(other).to_owned();
                let other = Ask::Leaf(Leaf::Phrase(other, 0));
                Ask::Near(self.relation(), Box::new(Ask::Leaf(leaf)), Box::new(other))
            }
            _ => Ask::Leaf(leaf),
        };
        Ask::In(part, Box::new(inside))
    }

    fn condition(&mut self) -> Condition {
        let detail = DETAILS[self.below(DETAILS.len())];
        match self.below(5) {
            0 => {
                let at = self.below(self.languages.len());
                Condition::Language(self.languages[at].clone())
            }
            1 => Condition::Site((*self.one_of(&SITES)).to_owned()),
            2 => Condition::Has(detail),
            3 => Condition::No(detail),
            _ => {
                let from = 2008 + self.below(15) as u32;
                Condition::Years(from, from + self.below(6) as u32)
            }
        }
    }

    fn relation(&mut self) -> Relation {
        let most = if self.below(10) == 0 { 60 } else { 9 };
        let distance = 1 + self.below(most);
        match self.below(5) {
            0 => Relation::Sentence,
            1 => Relation::Paragraph,
            2 => Relation::Before(distance),
            _ => Relation::Near(distance),
        }
    }

    /// Something in a script whose words are found in pairs of characters.
    fn of_pairs(&mut self) -> Ask {
        let is_pair = |text: &Text, at: usize| text.word(at).chars().any(is_unspaced_script);
        let texts: Vec<usize> = (0..self.texts.len()).filter(|&at| is_pair(&self.texts[at], 20)).collect();
        let text = *self.one_of(&texts);
        let at = self.below(self.texts[text].words.len() - 13);
        match self.below(3) {
            0 => self.near_in(text, 0),
            1 => Ask::Either(vec![Ask::Leaf(self.leaf_at(text, at)), Ask::Leaf(self.leaf())]),
            _ => Ask::Leaf(self.leaf_at(text, at)),
        }
    }

    /// Two things that stand near each other in some article, mostly; relations of relations down to `depth`.
    fn near(&mut self, depth: usize) -> Ask {
        let text = self.below(self.texts.len());
        self.near_in(text, depth)
    }

    fn near_in(&mut self, text: usize, depth: usize) -> Ask {
        // The second is up to twelve words on, and a leaf takes up to four.
        let first = self.below(self.texts[text].words.len() - 16);
        let second = first + 1 + self.below(12);
        let mut one = Ask::Leaf(self.leaf_at(text, first));
        let mut other = Ask::Leaf(self.leaf_at(text, second));
        if self.below(4) == 0 {
            one = Ask::Either(vec![one, Ask::Leaf(self.leaf())]);
        }
        if depth > 0 && self.below(3) == 0 {
            other = self.near(depth - 1);
        }
        if self.below(2) == 0 {
            std::mem::swap(&mut one, &mut other);
        }
        Ask::Near(self.relation(), Box::new(one), Box::new(other))
    }

    fn leaf(&mut self) -> Leaf {
        let text = self.below(self.texts.len());
        let at = self.below(self.texts[text].words.len() - 13);
        self.leaf_at(text, at)
    }

    /// A leaf that stands in a text from one of its words on.
    fn leaf_at(&mut self, text: usize, at: usize) -> Leaf {
        let words = 2 + self.below(3);
        let skipped = self.below(3);
        let kind = self.below(8);
        let source = &self.texts[text];
        let written =
            Span::new(source.words[at].start, source.words[at + words - 1].end).of(&source.text).unwrap();
        let is_plain = |text: &str| !text.contains(['"', '“', '”', '„', '‟', '＂', '«', '»', '\n']);
        if kind == 0 && is_plain(written) {
            return Leaf::Phrase(written.to_owned(), 0);
        }
        if kind == 1 {
            let (first, last) = (source.word(at), source.word(at + 1 + skipped));
            return Leaf::Phrase(format!("{first} {last}"), skipped + self.below(2) * 2);
        }
        let hyphen = source.words[at].end + 1 == source.words[at + 1].start
            && source.text[source.words[at].end..].starts_with('-');
        let (word, next) = (source.word(at).to_owned(), source.word(at + 1).to_owned());
        if hyphen
            && is_content(&word)
            && next.is_ascii()
            && next.len() > 3
            && next.chars().all(char::is_alphanumeric)
        {
            return Leaf::Glob(format!("{word}-{}*", &next[..3]));
        }
        // One word of two that stand side by side, whatever parts them: where that is a pause, it isn't to be found.
        if self.below(8) == 0 && [&word, &next].into_iter().all(|word| is_content(word) && word.is_ascii()) {
            let joined = format!("{word}-{next}");
            return if self.below(2) == 0 { Leaf::Word(joined) } else { Leaf::Exact(joined) };
        }
        if is_content(&word) {
            return self.form_of(&word);
        }
        // What is no word of its own can stand in quotes all the same.
        Leaf::Phrase(word, 0)
    }

    /// `word` in one of the forms in which it can be looked for.
    fn form_of(&mut self, word: &str) -> Leaf {
        let letters: Vec<char> = word.chars().collect();
        let part = |range: std::ops::Range<usize>| letters[range].iter().collect::<String>();
        let (length, word) = (letters.len(), word.to_owned());
        let first = letters[0];
        if is_unspaced_script(first) && !is_stop_word(&first.to_string()) && self.below(3) > 0 {
            return Leaf::Character(first);
        }
        if length < 4 || letters.iter().any(|&c| is_unspaced_script(c)) {
            return if self.below(2) == 0 { Leaf::Word(word) } else { Leaf::Exact(word) };
        }
        let cut = 2 + self.below(length - 3);
        let inner = 1 + self.below(length - 2);
        match self.below(12) {
            0 => Leaf::Exact(word),
            1 => Leaf::Glob(format!("{}*", part(0..cut))),
            2 => Leaf::Glob(format!("*{}", part(cut..length))),
            3 => Leaf::Glob(format!("{}*{}", part(0..1), part(cut..length))),
            4 => Leaf::Glob(format!("{}?{}", part(0..inner), part(inner + 1..length))),
            5 => Leaf::Fuzzy(format!("{}{}", part(0..inner), part(inner + 1..length)), 1),
            6 => Leaf::Fuzzy(format!("{}x{}{}", part(0..inner), part(inner + 1..length), letters[inner]), 2),
            7 => {
                let swapped = format!("{}{}{}", part(0..inner), letters[inner + 1], letters[inner]);
                Leaf::Fuzzy(format!("{swapped}{}", part(inner + 2..length)), 1)
            }
            8 if word.is_ascii() => {
                let (head, tail) = (part(0..cut).to_lowercase(), part(cut..length).to_lowercase());
                let regex = format!("{head}({tail}|s|.x)?");
                let globs = [String::new(), tail, "s".to_owned(), "?x".to_owned()];
                Leaf::Regex(regex, globs.map(|end| format!("{head}{end}")).to_vec())
            }
            9 if word.is_ascii() => {
                let (head, tail) = (part(0..cut), part(cut..length));
                let glob = format!("{head}?*{}", &tail[1..]).to_lowercase();
                Leaf::Regex(format!("{head}.+{}", &tail[1..]), vec![glob])
            }
            _ => Leaf::Word(word),
        }
    }
}
