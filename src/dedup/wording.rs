//! [`Wording`]: the words of an article, and whether another tells the same in nearly the same words.
//!
//! Sketches propose, this disposes: statements of one form share most of their words, and differ in what they are
//! about. Laid side by side they show it: between words that are the same one has another name, number or subject, of
//! which the other says nothing anywhere. In a copy what is edited is said somewhere else too, or says nothing of its
//! own; and what was added or lost is a paragraph, a header or a footer.

use std::collections::HashMap;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, Hunk, InternedInput};

use super::is_number;
use crate::text::is_within_edits;

/// Words of a text that are compared.
const MOST_WORDS: usize = 8_000;

/// Words that are the same in both by chance, amid others: so many alone part no gap in two.
const CHANCE_WORDS: usize = 1;

/// Words of a gap at most in which one thing stands in place of another; longer ones are paragraphs.
const MOST_IN_A_PLACE: usize = 30;

/// Words at most by which a sentence is enlarged; more are a sentence or paragraph of its own.
const MOST_ADDED: usize = 15;

/// Words of both texts from which on a passage was written anew and not edited.
const FEWEST_REWRITTEN: usize = 8;

/// The share of the shorter text's words that may be written anew.
const MOST_REWRITTEN: f64 = 0.06;

/// The share of the shorter text's words that the other must have in the same order: of a text in which editors have
/// changed every tenth word, twice, about 0.8. A message and a notice of the same day on the same thing have 0.65.
const LEAST_COMMON: f64 = 0.68;

/// The share of facts that each may have within common sentences, and the other lacks: a few of a long text.
const MOST_OWN_FACTS: f64 = 0.02;

/// Letters that a word must have to tell what a text is about, unless it is a name or number.
const FEWEST_LETTERS: usize = 4;

/// Letters of a name that may be misspelt, and in how many of them.
const FEWEST_LETTERS_MISSPELT: usize = 5;
const MOST_MISSPELT: usize = 2;

/// A word as it is compared.
#[derive(Clone, Debug)]
struct Word {
    folded: Box<str>,
    /// Whether it is a name or a number.
    is_fact: bool,
}

/// The words of an article, to be laid beside those of another.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// Where it was published, by the host of its address, if that is known.
    site: Option<Box<str>>,
    /// How often the title has a word.
    title: HashMap<Box<str>, usize>,
    text: Vec<Word>,
    /// How often the text and the title have a word.
    counts: HashMap<Box<str>, usize>,
}

impl Wording {
    /// The wording of an article of `site`, without any words yet.
    #[must_use]
    pub fn of_site(site: Option<&str>) -> Self {
        Self { site: site.map(Into::into), ..Self::default() }
    }

    /// Takes the next word of the title, folded.
    pub fn push_title(&mut self, word: &str) {
        add(&mut self.title, word);
        add(&mut self.counts, word);
    }

    /// Takes the next word of the text, folded; whether it stands there as names do, with a capital where no sentence
    /// begins.
    pub fn push(&mut self, word: &str, is_name: bool) {
        if self.text.len() < MOST_WORDS {
            self.text.push(Word { folded: word.into(), is_fact: is_name || is_number(word) });
        }
        add(&mut self.counts, word);
    }

    /// The words of its text that are compared.
    fn words(&self) -> impl Iterator<Item = &str> {
        self.text.iter().map(|word| &*word.folded)
    }

    /// How many words it keeps.
    #[must_use]
    pub fn kept_words(&self) -> usize {
        self.text.len() + self.title.len() + self.counts.len()
    }

    fn has(&self, word: &str) -> bool {
        self.counts.contains_key(word)
    }

    /// Whether the other tells the same as this, whatever their headers and footers: it makes no difference which is
    /// which.
    #[must_use]
    pub fn tells_the_same(&self, other: &Self) -> bool {
        let are_apart = self.has_another_subject_than(other)
            || other.has_another_subject_than(self)
            || self.is_another_page_of_its_site(other);
        if are_apart {
            return false;
        }
        let words = self.text.len().min(other.text.len()) as f64;
        // In any order they have more words in common, and those are counted sooner.
        if (self.shared_words(other) as f64) < LEAST_COMMON * words {
            return false;
        }
        // The words by which texts are laid side by side are counted in one of them.
        let (one, other) = if self.words().le(other.words()) { (self, other) } else { (other, self) };
        let Some(beside) = Beside::of(one, other) else { return false };
        let own = beside.own_facts.0.min(beside.own_facts.1);
        let most_own = MOST_OWN_FACTS * one.facts().min(other.facts()) as f64;
        beside.common as f64 >= LEAST_COMMON * words
            && beside.rewritten as f64 <= MOST_REWRITTEN * words
            && own as f64 <= most_own
    }

    /// Whether the two are pages of one site whose titles each name something of which the other page says nothing at
    /// all: of pages on Kansas and on Ohio that are a few lines amid what all pages of their site have.
    fn is_another_page_of_its_site(&self, other: &Self) -> bool {
        let names_another = |one: &Self, other: &Self| one.title_words_not_in(other).next().is_some();
        self.site.is_some()
            && self.site == other.site
            && names_another(self, other)
            && names_another(other, self)
    }

    /// Whether it is about something of which the other says nothing at all.
    fn has_another_subject_than(&self, other: &Self) -> bool {
        self.subjects().any(|word| !other.has(word))
    }

    /// What it is about, folded: the telling words of its title that its text says too. An article without one of them
    /// doesn't tell the same.
    pub fn subjects(&self) -> impl Iterator<Item = &str> {
        // Once in the title, and again in the text: a site's name is in no text.
        let is_said_again =
            |&(word, in_title): &(&str, usize)| self.counts.get(word).is_some_and(|&count| count > in_title);
        self.title_words().filter(is_said_again).map(|(word, _)| word)
    }

    /// The telling words of its title of which the other says nothing, folded, with how often the title has each. If
    /// its text has one of them too, the two don't tell the same.
    pub fn title_words_not_in<'w>(&'w self, other: &'w Self) -> impl Iterator<Item = (&'w str, usize)> {
        self.title_words().filter(|(word, _)| !other.has(word))
    }

    /// The telling words of its title, with how often it has each.
    fn title_words(&self) -> impl Iterator<Item = (&str, usize)> {
        let words = self.title.iter().map(|(word, &count)| (word.as_ref(), count));
        words.filter(|(word, _)| tells(word))
    }

    /// How many words both have, in any order.
    fn shared_words(&self, other: &Self) -> usize {
        let there = |word: &str| other.counts.get(word).copied().unwrap_or_default();
        self.counts.iter().map(|(word, &here)| here.min(there(word))).sum()
    }

    fn facts(&self) -> usize {
        self.text.iter().filter(|word| word.is_fact).count()
    }

    /// How many names and numbers there are in `range` of which the other says nothing, in `in_other` not even
    /// misspelt.
    fn own_facts(&self, range: Range<usize>, other: &Self, in_other: Range<usize>) -> usize {
        let is_spelling =
            |word: &Word| other.text[in_other.clone()].iter().any(|o| is_misspelt(&word.folded, &o.folded));
        let facts = self.text[range].iter().filter(|word| word.is_fact);
        facts.filter(|word| !other.has(&word.folded) && !is_spelling(word)).count()
    }

    /// Those of the words `range` that tell what this is about, and of which the other says nothing.
    fn telling<'a>(&'a self, range: Range<usize>, other: &'a Self) -> Vec<&'a str> {
        let recurs = |word: &str| self.counts.get(word).is_some_and(|&count| count > 1);
        let tells = |word: &Word| {
            word.is_fact || (word.folded.chars().count() >= FEWEST_LETTERS && recurs(&word.folded))
        };
        let words = self.text[range].iter().filter(|word| tells(word) && !other.has(&word.folded));
        words.map(|word| &*word.folded).collect()
    }

    /// Whether something stands in `range` and something else in `in_other`, which takes its place.
    fn differs(&self, range: Range<usize>, other: &Self, in_other: Range<usize>) -> bool {
        if range.len().max(in_other.len()) > MOST_IN_A_PLACE {
            return false;
        }
        let (here, there) = (self.telling(range, other), other.telling(in_other, self));
        let is_spelling = |word: &&str| there.iter().any(|other| is_misspelt(word, other));
        !here.is_empty() && !there.is_empty() && !here.iter().all(is_spelling)
    }
}

fn add(counts: &mut HashMap<Box<str>, usize>, word: &str) {
    match counts.get_mut(word) {
        Some(count) => *count += 1,
        None => drop(counts.insert(word.into(), 1)),
    }
}

/// Whether `word` is long enough to tell what a text is about, or a number.
fn tells(word: &str) -> bool {
    word.chars().count() >= FEWEST_LETTERS || is_number(word)
}

/// What shows when two texts are laid side by side.
#[derive(Debug, Default)]
struct Beside {
    /// Words that both have in the same order.
    common: usize,
    /// Words of passages that were written anew.
    rewritten: usize,
    /// Facts within common sentences of which the other text says nothing, of the one and of the other.
    own_facts: (usize, usize),
}

impl Beside {
    /// None if something in the one takes the place of something else in the other.
    fn of(one: &Wording, other: &Wording) -> Option<Self> {
        let mut beside = Self::default();
        let (mut here, mut there) = (0, 0);
        for (at, in_other, words) in common_runs(one, other) {
            // What stands before the first common words is a header.
            if beside.common > 0 {
                beside.add_gap(one, here..at, other, there..in_other)?;
            }
            beside.common += words;
            (here, there) = (at + words, in_other + words);
        }
        Some(beside)
    }

    fn add_gap(
        &mut self,
        one: &Wording,
        here: Range<usize>,
        other: &Wording,
        there: Range<usize>,
    ) -> Option<()> {
        if one.differs(here.clone(), other, there.clone()) {
            return None;
        }
        let both = here.len().min(there.len());
        if both >= FEWEST_REWRITTEN {
            self.rewritten += both;
        }
        if here.len() <= MOST_ADDED {
            self.own_facts.0 += one.own_facts(here.clone(), other, there.clone());
        }
        if there.len() <= MOST_ADDED {
            self.own_facts.1 += other.own_facts(there, one, here);
        }
        Some(())
    }
}

/// Where words are the same in the texts of both, longer than by chance: where they begin in each, and how many they
/// are.
fn common_runs(one: &Wording, other: &Wording) -> Vec<(usize, usize, usize)> {
    let mut words = InternedInput::default();
    words.update_before(one.words());
    words.update_after(other.words());
    let diff = Diff::compute(Algorithm::Histogram, &words);
    let end = |wording: &Wording| wording.text.len() as u32..wording.text.len() as u32;
    let ends = Hunk { before: end(one), after: end(other) };
    let mut runs = Vec::new();
    let (mut here, mut there) = (0, 0);
    for hunk in diff.hunks().chain([ends]) {
        let words = (hunk.before.start - here) as usize;
        if words > CHANCE_WORDS {
            runs.push((here as usize, there as usize, words));
        }
        (here, there) = (hunk.before.end, hunk.after.end);
    }
    runs
}

/// Whether one of two words is the other, misspelt. Numbers never are.
fn is_misspelt(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let is_name =
        |word: &[char]| word.len() >= FEWEST_LETTERS_MISSPELT && !word.iter().any(char::is_ascii_digit);
    is_name(&one) && is_name(&other) && is_within_edits(MOST_MISSPELT, &one, &other)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The wording of words parted by spaces, those with a capital being names.
    fn wording(title: &str, text: &str) -> Wording {
        let mut wording = Wording::default();
        title.split_whitespace().for_each(|word| wording.push_title(&word.to_lowercase()));
        for word in text.split_whitespace() {
            wording.push(&word.to_lowercase(), word.starts_with(char::is_uppercase));
        }
        wording
    }

    const ORDER: &str = "by the powers given to me i find that domestic production of insulation is essential to the \
        national defense and that without this action industry cannot be expected to provide insulation in a timely \
        manner under section 303 of the Karsholm act which the Marelle assembly passed in 1950 and renewed since then";

    fn same(one: &Wording, other: &Wording) -> bool {
        let same = one.tells_the_same(other);
        assert_eq!(same, other.tells_the_same(one));
        same
    }

    /// A text of so many words by chance, of which one in `edited` is another by the second chance.
    fn edited(seed: u64, edited: u64, edits: u64) -> String {
        let mut state = [seed, edits];
        let mut draw = |of: usize, below: u64| {
            state[of] =
                state[of].wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state[of] >> 33) % below
        };
        let word =
            |draw: &mut dyn FnMut(usize, u64) -> u64, of| format!("word{}", draw(of, 40) * draw(of, 12));
        let mut words = Vec::new();
        for _ in 0..900 {
            let original = word(&mut draw, 0);
            let other = word(&mut draw, 1);
            words.push(if draw(1, edited) == 0 { other } else { original });
        }
        words.join(" ")
    }

    #[test]
    fn it_makes_no_difference_which_of_two_edited_texts_is_which() {
        for seed in 0..300 {
            let (one, other) = (edited(seed, 7, 1_000 + seed), edited(seed, 8, 2_000 + seed));
            same(&wording("water", &one), &wording("water", &other));
        }
    }

    #[test]
    fn a_title_without_end_is_compared_in_no_time() {
        let title =
            |last: &str| (0..60_000).map(|at| format!("word{at}")).collect::<Vec<_>>().join(" ") + " " + last;
        assert!(same(&wording(&title("old"), ORDER), &wording(&title("new"), ORDER)));
    }

    #[test]
    fn orders_of_one_form_on_two_subjects_are_no_copies() {
        let one = wording("order on insulation", ORDER);
        let other = wording("order on turbines", &ORDER.replace("insulation", "turbines"));
        assert!(!same(&one, &other));
        // Also where the titles tell nothing.
        let one = wording("order", ORDER);
        assert!(!same(&one, &wording("order", &ORDER.replace("insulation", "turbines"))));
    }

    #[test]
    fn pages_of_one_site_under_titles_of_their_own_are_no_copies() {
        let page = |site: &str, title: &str| Wording { site: Some(site.into()), ..wording(title, ORDER) };
        assert!(!same(&page("ostwick.example", "kansas"), &page("ostwick.example", "ohio")));
        assert!(same(&page("ostwick.example", "kansas"), &page("other.example", "ohio")));
        assert!(same(&page("ostwick.example", "kansas"), &page("ostwick.example", "kansas corrected")));
    }

    #[test]
    fn another_amount_or_name_is_another_statement() {
        let one = wording("order", ORDER);
        assert!(!same(&one, &wording("order", &ORDER.replace("303", "375"))));
        assert!(!same(&one, &wording("order", &ORDER.replace("Marelle", "Ostwick"))));
    }

    #[test]
    fn headers_edits_and_misspellings_leave_a_copy_what_it_is() {
        let one = wording("order on insulation", ORDER);
        let header = format!("sent in by a reader of the Courier in May {ORDER} our paper costs 4 crowns");
        assert!(same(&one, &wording("the courier: order on insulation", &header)));
        let edited = ORDER.replace("timely", "prompt").replace("that without", "that lacking");
        assert!(same(&one, &wording("insulation at last", &edited)));
        assert!(same(&one, &wording("order on insulation", &ORDER.replace("Karsholm", "Karshollm"))));
    }

    #[test]
    fn what_each_alone_says_parts_two_statements() {
        let one = wording("order", &ORDER.replace("essential to", "essential on Monday to"));
        let other = wording("order", &ORDER.replace("renewed since", "renewed in Selmora since"));
        assert!(!same(&one, &other));
        assert!(same(&one, &wording("order", ORDER)));
    }

    #[test]
    fn a_text_that_shares_half_of_its_words_in_order_is_no_copy() {
        let half: String = ORDER.split(' ').take(28).collect::<Vec<_>>().join(" ");
        let other = format!("{half} {}", "so they went home again and had a quiet night of it ".repeat(3));
        assert!(!same(&wording("order", ORDER), &wording("order", &other)));
    }

    #[test]
    fn names_may_be_misspelt_and_numbers_may_not() {
        assert!(is_misspelt("kurilla", "kurila"));
        assert!(!is_misspelt("12345", "12346"));
    }
}
