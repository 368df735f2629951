//! Articles as lists of words, and what a word of a query may be.

use std::collections::HashMap;

use ibid::analysis::{Analyzer, analysed_as};
use ibid::model::{Address, Article, Language};
use ibid::text::{Span, sentences};

use super::draw::Part;

/// Words that a paragraph's end counts for, and the title's.
const PARAGRAPH_WORDS: usize = 16;

/// Every different word, by its number.
#[derive(Default)]
pub struct Words {
    numbers: HashMap<String, usize>,
    spelt: Vec<String>,
}

/// An article as words.
pub struct Page {
    pub article: Article,
    pub group: Language,
    /// The words of each part that can be looked into; pieces that stand apart are lists of their own.
    pub parts: HashMap<Option<Part>, Vec<Vec<Token>>>,
}

#[derive(Clone)]
pub struct Token {
    pub exact: usize,
    pub stem: usize,
    pub other_stems: Vec<usize>,
    pub position: usize,
    pub sentence: usize,
    pub paragraph: usize,
    /// Whether a pause, or the end of a sentence, parts it from the one before; in its article's text alone.
    pub is_parted: bool,
    pub shown: Option<(bool, Span)>,
}

/// What a word has to be: one of these words, or of these stems, by their numbers.
#[derive(Clone)]
pub struct Slot {
    stems: bool,
    is_one: Vec<bool>,
}

impl Words {
    pub fn number(&mut self, word: &str) -> usize {
        let next = self.spelt.len();
        let number = *self.numbers.entry(word.to_owned()).or_insert(next);
        if number == next {
            self.spelt.push(word.to_owned());
        }
        number
    }

    pub fn that(&self, is_one: impl Fn(&str) -> bool) -> Slot {
        Slot { stems: false, is_one: self.spelt.iter().map(|word| is_one(word)).collect() }
    }

    pub fn one(&self, word: &str, stems: bool) -> Slot {
        let mut is_one = vec![false; self.spelt.len()];
        if let Some(&number) = self.numbers.get(word) {
            is_one[number] = true;
        }
        Slot { stems, is_one }
    }
}

/// `article` as words.
pub fn page(article: &Article, words: &mut Words, analyzers: &mut HashMap<Language, Analyzer>) -> Page {
    let metadata = &article.metadata;
    let group = analysed_as(article.language());
    let title = metadata.title.clone().unwrap_or_default();
    let analyzer = analyzers.entry(group).or_insert_with(|| Analyzer::new(group));
    let mut parts = HashMap::new();
    let headings = article.blocks.iter().filter(|block| format!("{:?}", block.kind).starts_with("Heading"));
    let headings: Vec<(String, usize)> =
        headings.map(|block| (block.span.of(&article.text).unwrap().to_owned(), block.span.start)).collect();
    parts.insert(None, vec![whole(&title, &article.text, analyzer, words)]);
    parts.insert(Some(Part::Title), vec![piece(&title, Some((true, 0)), analyzer, words)]);
    let pieces = headings.iter().map(|(text, at)| piece(text, Some((false, *at)), analyzer, words));
    parts.insert(Some(Part::Heading), pieces.collect());
    let plain = analyzers.entry(Language::OTHER).or_insert_with(|| Analyzer::new(Language::OTHER));
    let list = |text: &Option<String>| text.clone().into_iter().collect::<Vec<_>>();
    for (part, names) in [
        (Part::Author, metadata.authors.clone()),
        (Part::Publisher, list(&metadata.publisher)),
        (Part::Section, list(&metadata.section)),
        (Part::Url, list(&metadata.url.as_deref().map(|url| Address::readable(url).into_owned()))),
        (Part::Source, vec![article.locator.to_string()]),
    ] {
        parts.insert(Some(part), names.iter().map(|name| piece(name, None, plain, words)).collect());
    }
    Page { article: article.clone(), group, parts }
}

/// The words of title and text, one behind the other.
fn whole(title: &str, text: &str, analyzer: &mut Analyzer, words: &mut Words) -> Vec<Token> {
    let mut tokens = piece(title, Some((true, 0)), analyzer, words);
    for at in 1..tokens.len() {
        let [(_, before), (_, here)] = [at - 1, at].map(|at| tokens[at].shown.unwrap());
        tokens[at].is_parted = is_pause(title.get(before.end..here.start).unwrap_or_default());
    }
    let base = tokens.len() + PARAGRAPH_WORDS;
    let starts: Vec<usize> = sentences(text).iter().map(|sentence| sentence.start).collect();
    let (mut end, mut last_sentence) = (0, 1);
    analyzer.each_token(text, |token| {
        let at = token.span.start;
        let sentence = 1 + starts.iter().filter(|&&start| start <= at).count();
        let is_parted = sentence != last_sentence || is_pause(text.get(end..at).unwrap_or_default());
        (end, last_sentence) = (token.span.end, sentence);
        tokens.push(Token {
            exact: words.number(token.exact),
            stem: words.number(token.stem),
            other_stems: token.other_stems.iter().map(|stem| words.number(stem)).collect(),
            position: base + token.position as usize,
            sentence,
            is_parted,
            paragraph: 1 + text[..at].matches("\n\n").count(),
            shown: Some((false, token.span)),
        });
    });
    tokens
}

/// Whether `between`, which stands between two words, says that they aren't one.
pub fn is_pause(between: &str) -> bool {
    let has_blank = between.contains(char::is_whitespace);
    between.chars().any(|c| {
        if c.is_ascii() {
            has_blank && ",;:!?()[]".contains(c)
        } else {
            "—…،؛؟，、；：！？。（）".contains(c)
        }
    })
}

/// The words of something that is one sentence.
fn piece(text: &str, shown: Option<(bool, usize)>, analyzer: &mut Analyzer, words: &mut Words) -> Vec<Token> {
    let mut tokens = Vec::new();
    analyzer.each_token(text, |token| {
        let position = tokens.len();
        let span = |offset: usize| Span::new(token.span.start + offset, token.span.end + offset);
        tokens.push(Token {
            exact: words.number(token.exact),
            stem: words.number(token.stem),
            other_stems: token.other_stems.iter().map(|stem| words.number(stem)).collect(),
            position,
            sentence: 0,
            paragraph: 0,
            is_parted: false,
            shown: shown.map(|(in_title, offset)| (in_title, span(offset))),
        });
    });
    tokens
}

impl Slot {
    pub fn standing_in(&self, tokens: &[Token]) -> Vec<usize> {
        let is = |token: &Token| {
            let mut stems = [token.stem].into_iter().chain(token.other_stems.iter().copied());
            if self.stems { stems.any(|stem| self.is_one[stem]) } else { self.is_one[token.exact] }
        };
        (0..tokens.len()).filter(|&at| is(&tokens[at])).collect()
    }
}
