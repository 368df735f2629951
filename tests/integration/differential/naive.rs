//! A matcher that reads every article word by word.
//!
//! Of ibid it takes what makes words of texts (the analyzer and its folding) and where sentences end, and nothing of
//! how queries are read, looked up or marked. It is written to be plain, not to be fast.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ibid::analysis::{Analyzer, StopWords, fold};
use ibid::engine::StoredArticle;
use ibid::model::{Article, ArticleId, Language};
use ibid::text::Span;

use super::draw::{Ask, Condition, Leaf, Part, Relation, Sign};
use super::marks::{Found, Mark, characters, found};
use super::pages::{Page, Slot, Token, Words, is_pause, page};
use super::patterns::{distance, fits, folded_piece, parted};

/// All articles, as words.
pub struct Library {
    pages: Vec<(ArticleId, Page)>,
    words: Words,
    analyzers: HashMap<Language, Analyzer>,
}

/// Something found in one list of words: its first and last token, and those to mark.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    first: usize,
    last: usize,
    marked: Vec<Marked>,
}

/// The first and the last token to mark, the number of their leaf, and the character of them that it is, if it is one.
type Marked = (usize, usize, usize, Option<char>);

/// The words that something looks for, which of them make one word with the one before, and how many others may stand
/// between.
struct Slots {
    words: Vec<Slot>,
    is_bound: Vec<bool>,
    slop: usize,
}

impl Slots {
    fn one(word: Slot) -> Self {
        Self { words: vec![word], is_bound: vec![false], slop: 0 }
    }

    /// Whether these tokens, from `first` on, aren't parted where they have to be one word in `part`.
    fn are_whole(&self, first: usize, part: Option<Part>, tokens: &[Token]) -> bool {
        let bound = (0..self.words.len()).filter(|&at| self.is_bound[at]);
        part.is_some() || self.slop > 0 || !bound.into_iter().any(|at| tokens[first + at].is_parted)
    }
}

impl Library {
    pub fn of(articles: &BTreeMap<ArticleId, StoredArticle>) -> Self {
        let mut words = Words::default();
        let mut analyzers: HashMap<Language, Analyzer> = HashMap::new();
        let mut pages = Vec::new();
        for (id, stored) in articles {
            pages.push((*id, page(&stored.article, &mut words, &mut analyzers)));
        }
        Self { pages, words, analyzers }
    }

    /// The articles that meet `ask`, each with what it was found by.
    pub fn answer(&mut self, ask: &Ask) -> BTreeMap<ArticleId, Found> {
        let mut reading = Reading {
            words: &self.words,
            group: Language::UNKNOWN,
            analyzers: &mut self.analyzers,
            leaves: HashMap::new(),
        };
        let mut answer = BTreeMap::new();
        for (id, page) in &self.pages {
            reading.group = page.group;
            let mut marks = Vec::new();
            if reading.meets(ask, None, page, &mut marks) {
                answer.insert(*id, found(&marks));
            }
        }
        answer
    }
}

impl Page {
    /// Adds what is to be marked of some of `tokens` to `marks`.
    fn mark(&self, (first, last, leaf, character): Marked, tokens: &[Token], marks: &mut Vec<Mark>) {
        let spans = match (tokens[first].shown, tokens[last].shown) {
            (Some((in_title, first)), Some((too, last))) if in_title == too => {
                vec![(in_title, Span::new(first.start, last.end))]
            }
            (first, last) => first.into_iter().chain(last).collect(),
        };
        for (in_title, span) in spans {
            let title = self.article.metadata.title.as_deref().unwrap_or_default();
            let text = if in_title { title } else { &self.article.text };
            let spans = match character {
                Some(c) => characters(text, span, &fold(&c.to_string())),
                None => vec![span],
            };
            marks.extend(spans.into_iter().map(|span| Mark { in_title, leaf, span }));
        }
    }
}

/// A query as the articles of a group of languages understand it.
struct Reading<'w> {
    words: &'w Words,
    group: Language,
    analyzers: &'w mut HashMap<Language, Analyzer>,
    /// What each leaf looks for: in a language, if it is a word in any form.
    leaves: HashMap<(String, Option<Language>), (usize, Vec<Slots>)>,
}

impl Reading<'_> {
    fn meets(&mut self, ask: &Ask, part: Option<Part>, page: &Page, marks: &mut Vec<Mark>) -> bool {
        let mut own = Vec::new();
        let meets = match ask {
            Ask::Leaf(_) | Ask::Near(..) => self.stands(ask, part, page, &mut own),
            Ask::All(asks) => asks.iter().all(|ask| self.meets(ask, part, page, &mut own)),
            Ask::Either(asks) => {
                let met: Vec<bool> = asks.iter().map(|ask| self.meets(ask, part, page, &mut own)).collect();
                met.contains(&true)
            }
            Ask::Not(ask) => !self.meets(ask, part, page, &mut Vec::new()),
            Ask::In(part, ask) => self.meets(ask, Some(*part), page, &mut own),
            Ask::Only(condition) => holds(condition, &page.article),
            Ask::Bag(clauses) => self.meets_bag(clauses, part, page, &mut own),
        };
        if meets {
            marks.extend(own);
        }
        meets
    }

    fn meets_bag(
        &mut self,
        clauses: &[(Sign, Ask)],
        part: Option<Part>,
        page: &Page,
        marks: &mut Vec<Mark>,
    ) -> bool {
        let (mut needs_one, mut has_one, mut required) = (false, false, false);
        for (sign, ask) in clauses {
            let is_condition = matches!(ask, Ask::Only(_) | Ask::In(..));
            if *sign == Sign::Without {
                if self.meets(ask, part, page, &mut Vec::new()) {
                    return false;
                }
            } else if *sign == Sign::With || is_condition {
                required |= !is_condition;
                if !self.meets(ask, part, page, marks) {
                    return false;
                }
            } else if !self.says_nothing(ask, part) {
                needs_one = true;
                has_one |= self.meets(ask, part, page, marks);
            }
        }
        required || has_one || !needs_one
    }

    /// Whether `ask` is a stop word in these languages.
    fn says_nothing(&self, ask: &Ask, part: Option<Part>) -> bool {
        let Ask::Leaf(Leaf::Word(word)) = ask else { return false };
        part.is_none() && StopWords::of(self.group).contains(&fold(word))
    }

    /// Whether `ask` stands somewhere in `part`; what is to be marked goes to `marks`.
    fn stands(&mut self, ask: &Ask, part: Option<Part>, page: &Page, marks: &mut Vec<Mark>) -> bool {
        let mut any = false;
        for tokens in &page.parts[&part] {
            let found = match ask {
                Ask::Near(relation, one, other) => self.partners(*relation, [one, other], part, tokens),
                ask => self.places(ask, part, tokens),
            };
            for place in found {
                any = true;
                for marked in place.marked {
                    page.mark(marked, tokens, marks);
                }
            }
        }
        any
    }

    fn places(&mut self, ask: &Ask, part: Option<Part>, tokens: &[Token]) -> Vec<Place> {
        let mut places = match ask {
            Ask::Leaf(leaf) => self.leaf_places(leaf, part, tokens),
            Ask::Either(asks) => asks.iter().flat_map(|ask| self.places(ask, part, tokens)).collect(),
            Ask::Near(relation, one, other) => self.joined(*relation, [one, other], part, tokens),
            other => panic!("{other} is no place"),
        };
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The places of two things that stand in a relation to each other.
    fn partners(
        &mut self,
        relation: Relation,
        pair: [&Ask; 2],
        part: Option<Part>,
        tokens: &[Token],
    ) -> Vec<Place> {
        let has_gaps = pair.iter().any(|ask| ask.has_relation());
        let [one, other] = pair.map(|ask| self.places(ask, part, tokens));
        let mut partners: Vec<Place> = Vec::new();
        for a in &one {
            for b in &other {
                if related(relation, has_gaps, a, b, tokens) {
                    partners.extend([a.clone(), b.clone()]);
                }
            }
        }
        partners
    }

    /// Where two things stand in a relation, from the first word of one to the last of the other: the shortest with
    /// each first word and with each last word. To be marked are all words within that stand in the relation.
    fn joined(
        &mut self,
        relation: Relation,
        pair: [&Ask; 2],
        part: Option<Part>,
        tokens: &[Token],
    ) -> Vec<Place> {
        let partners = self.partners(relation, pair, part, tokens);
        let ends: Vec<(usize, usize)> = partners
            .chunks(2)
            .map(|pair| (pair[0].first.min(pair[1].first), pair[0].last.max(pair[1].last)))
            .collect();
        let (mut first_end, mut last_start) = (HashMap::new(), HashMap::new());
        for &(first, last) in &ends {
            let end = first_end.entry(first).or_insert(last);
            *end = last.min(*end);
            let start = last_start.entry(last).or_insert(first);
            *start = first.max(*start);
        }
        let marked = |first: usize, last: usize| {
            let within = partners.iter().filter(|place| first <= place.first && place.last <= last);
            within.flat_map(|place| place.marked.clone()).collect()
        };
        let is_shortest =
            |(first, last): (usize, usize)| first_end[&first] == last || last_start[&last] == first;
        let kept: BTreeSet<(usize, usize)> = ends.into_iter().filter(|&ends| is_shortest(ends)).collect();
        kept.into_iter().map(|(first, last)| Place { first, last, marked: marked(first, last) }).collect()
    }

    fn leaf_places(&mut self, leaf: &Leaf, part: Option<Part>, tokens: &[Token]) -> Vec<Place> {
        let has_stems = matches!(part, None | Some(Part::Title | Part::Heading));
        let has_stems = has_stems && matches!(leaf, Leaf::Word(_));
        let key = (leaf.to_string(), has_stems.then_some(self.group));
        if !self.leaves.contains_key(&key) {
            let slots = (self.leaves.len(), self.slots(leaf, has_stems));
            self.leaves.insert(key.clone(), slots);
        }
        let character = if let Leaf::Character(c) = leaf { Some(*c) } else { None };
        let mut places = Vec::new();
        let (number, readings) = &self.leaves[&key];
        for slots in readings {
            let standing: Vec<Vec<usize>> = slots.words.iter().map(|slot| slot.standing_in(tokens)).collect();
            for &first in &standing[0] {
                let longest = slots.words.len() - 1 + slots.slop;
                if let Some(last) = nearest_end(&standing[1..], first)
                    && tokens[last].position - tokens[first].position <= longest
                    && slots.are_whole(first, part, tokens)
                {
                    places.push(Place { first, last, marked: vec![(first, last, *number, character)] });
                }
            }
        }
        places
    }

    /// The words of `leaf`, in each way in which it may be meant, and how many others may stand between.
    fn slots(&mut self, leaf: &Leaf, has_stems: bool) -> Vec<Slots> {
        let words = self.words;
        match leaf {
            Leaf::Word(word) if has_stems => {
                let mut writings = vec![word.clone()];
                if word.contains(['ʻ', 'ʾ', 'ʿ']) {
                    writings.push(word.replace(['ʻ', 'ʾ', 'ʿ'], "’"));
                }
                writings.extend(doubled_in_parts(word));
                writings.extend(in_other_runs(word));
                writings.iter().flat_map(|word| self.analysed_as_stems(word)).collect()
            }
            Leaf::Word(word) | Leaf::Exact(word) => vec![self.analysed(word, None, 0)],
            Leaf::Character(c) => {
                let folded = fold(&c.to_string()).into_owned();
                vec![Slots::one(words.that(|word| word.contains(&folded)))]
            }
            Leaf::Phrase(text, slop) => vec![self.analysed(text, None, *slop)],
            Leaf::Fuzzy(word, edits) => {
                let folded: Vec<char> = fold(word).chars().collect();
                let near = |other: &str| {
                    let other: Vec<char> = other.chars().collect();
                    folded.len().abs_diff(other.len()) <= *edits && distance(&folded, &other) <= *edits
                };
                vec![Slots::one(words.that(near))]
            }
            Leaf::Regex(_, globs) => {
                let is_one = |word: &str| globs.iter().any(|glob| fits(glob, word));
                vec![Slots::one(words.that(is_one))]
            }
            Leaf::Glob(glob) => {
                let readings = parted(glob).into_iter();
                let slot = |glob: &str| {
                    let folded: String = glob.split_inclusive(['*', '?']).map(folded_piece).collect();
                    words.that(|word| fits(&folded, word))
                };
                let slots = |reading: String| -> Slots {
                    let words: Vec<Slot> = reading.split([' ', '-']).map(slot).collect();
                    Slots { is_bound: (0..words.len()).map(|at| at > 0).collect(), words, slop: 0 }
                };
                readings.map(slots).collect()
            }
        }
    }

    /// The stems of the words of `text`, in each way in which they may be meant.
    fn analysed_as_stems(&mut self, text: &str) -> Vec<Slots> {
        let analyzer = self.analyzers.entry(self.group).or_insert_with(|| panic!("a group without articles"));
        let sequence = analyzer.phrase_sequence(text).unwrap();
        let readings: Vec<Vec<String>> = sequence.readings().map(|reading| reading.tokens.to_vec()).collect();
        readings.into_iter().map(|stems| self.analysed(text, Some(&stems), 0)).collect()
    }

    /// The words of `text`, or these `stems` of theirs.
    fn analysed(&mut self, text: &str, stems: Option<&[String]>, slop: usize) -> Slots {
        let mut slots = Slots { words: Vec::new(), is_bound: Vec::new(), slop };
        let words = self.words;
        let mut end = 0;
        let analyzer = self.analyzers.entry(self.group).or_insert_with(|| panic!("a group without articles"));
        analyzer.each_token(text, |token| {
            let term = stems.map_or(token.exact, |stems| &stems[slots.words.len()]);
            let between = text.get(end..token.span.start).unwrap_or_default();
            let may_be_two =
                between.is_empty() || between.contains([' ', '\n']) || is_pause(&format!("{between} "));
            slots.is_bound.push(!slots.words.is_empty() && !may_be_two);
            slots.words.push(words.one(term, stems.is_some()));
            end = token.span.end;
        });
        slots
    }
}

/// A Korean noun without its particle, both in two words; what of a Japanese word stands before its kana.
fn in_other_runs(word: &str) -> Vec<String> {
    const PARTICLES: &str = "에서는 에서 에게 으로 까지 부터 은 는 이 가 을 를 의 에 로 와 과 도 만 들 께";
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let letters: Vec<char> = word.chars().collect();
    if !letters.is_empty() && letters.iter().all(|c| ('가'..='힣').contains(c)) {
        let noun = PARTICLES.split(' ').find_map(|particle| word.strip_suffix(particle));
        let noun = noun.filter(|noun| noun.chars().count() >= 2);
        let parted = |run: &str| -> Vec<String> {
            let run: Vec<char> = run.chars().collect();
            let two = |at| format!("{}-{}", String::from_iter(&run[..at]), String::from_iter(&run[at..]));
            if run.len() > 6 { Vec::new() } else { (2..(run.len() - 1).max(2)).map(two).collect() }
        };
        return [Some(word), noun]
            .into_iter()
            .flatten()
            .flat_map(parted)
            .chain(noun.map(str::to_owned))
            .collect();
    }
    let kana = letters.iter().rev().take_while(|c| ('ぁ'..='ゟ').contains(*c)).count();
    let (kanji, _) = letters.split_at(letters.len() - kana);
    let is_word =
        kana > 0 && kanji.len() >= 2 && kanji.iter().all(|c| ('㐀'..='鿿').contains(c) || *c == '々');
    is_word.then(|| String::from_iter(kanji)).into_iter().collect()
}

/// `EE-UU` for `EEUU`, as Spanish doubles the letters of acronyms in the plural.
fn doubled_in_parts(word: &str) -> Option<String> {
    let letters: Vec<String> = word.chars().map(|c| c.to_string()).collect();
    let is_doubled =
        |pair: &[String]| pair.len() == 2 && pair[0] == pair[1] && word.contains(char::is_uppercase);
    let is_plural = matches!(letters.len(), 4 | 6) && letters.chunks(2).all(is_doubled);
    let is_upper = !word.contains(char::is_lowercase) && word.chars().all(char::is_uppercase);
    (is_plural && is_upper).then(|| letters.chunks(2).map(<[String]>::concat).collect::<Vec<_>>().join("-"))
}

/// The token that ends the shortest run in which one of each of `standing` follows the token `first`, in order.
fn nearest_end(standing: &[Vec<usize>], first: usize) -> Option<usize> {
    standing.iter().try_fold(first, |last, tokens| tokens.iter().copied().find(|&at| at > last))
}

/// Whether `a` and `b` stand in `relation`; where one of them `has_gaps`, the other may stand in a gap.
fn related(relation: Relation, has_gaps: bool, a: &Place, b: &Place, tokens: &[Token]) -> bool {
    let (first, last) = (a.first.min(b.first), a.last.max(b.last));
    match relation {
        Relation::Sentence if has_gaps => return tokens[first].sentence == tokens[last].sentence,
        Relation::Paragraph if has_gaps => return tokens[first].paragraph == tokens[last].paragraph,
        _ => {}
    }
    if a.first <= b.last && b.first <= a.last {
        return false;
    }
    let (left, right) = if a.last < b.first { (a, b) } else { (b, a) };
    let apart = tokens[right.first].position - tokens[left.last].position;
    match relation {
        Relation::Near(most) => apart <= most,
        Relation::Before(most) => a.last < b.first && apart <= most,
        Relation::Sentence => tokens[left.first].sentence == tokens[right.last].sentence,
        Relation::Paragraph => tokens[left.first].paragraph == tokens[right.last].paragraph,
    }
}

fn holds(condition: &Condition, article: &Article) -> bool {
    let metadata = &article.metadata;
    match condition {
        Condition::Language(code) => article.language().code() == code,
        Condition::Years(from, to) => metadata.published.is_some_and(|date| {
            let year: u32 = date.to_string()[..4].parse().unwrap();
            (*from..=*to).contains(&year)
        }),
        Condition::Site(site) => metadata.url.as_deref().is_some_and(|url| {
            let host = url.split('/').nth(2).unwrap_or_default();
            let host = host.trim_start_matches("www.");
            host == site || host.ends_with(&format!(".{site}"))
        }),
        Condition::Has(name) => has(name, article),
        Condition::No(name) => !has(name, article),
    }
}

fn has(name: &str, article: &Article) -> bool {
    let metadata = &article.metadata;
    match name {
        "title" => metadata.title.is_some(),
        "author" => !metadata.authors.is_empty(),
        "publisher" => metadata.publisher.is_some(),
        "date" => metadata.published.is_some(),
        "section" => metadata.section.is_some(),
        "heading" => article.blocks.iter().any(|block| format!("{:?}", block.kind).starts_with("Heading")),
        "url" => metadata.url.is_some(),
        other => panic!("{other}"),
    }
}
