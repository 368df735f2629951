//! Acronyms that a query is widened by: who asks for `TTP` also finds `Tehrik-e-Taliban Pakistan`, and the reverse.
//!
//! What acronyms stand for is what the archive says of them. A common word never expands, and of several readings those
//! alone do that share the query's company.

use std::collections::HashMap;

use serde::Serialize;

use super::capital_words::{
    CapitalWord, is_common, is_rather_a_state, is_state_behind_its_place, named, words_beside,
};
use crate::acronym::{Reading, readings, singular, with_last_point};
use crate::analysis::{Analyzer, StopWords, analysed_as, behind_elision, fold};
use crate::engine::{AcronymsOf, DefinedAcronym, Searcher};
use crate::error::IndexError;
use crate::model::Language;
use crate::query::{Query, Weight, words};
use crate::text::sentences;

/// How much a long form counts beside the short form that was typed.
const LONG_WEIGHT: Weight = Weight::of_hundredths(50);

/// How much a short form counts beside the words of the long form, which are several and count each.
const SHORT_WEIGHT: Weight = Weight::of_hundredths(80);

/// Most spellings of a long form that are looked for.
const MAX_SPELLINGS: usize = 3;

/// Most readings of an acronym that are told, and looked into.
const MAX_READINGS: usize = 8;

/// A reading in fewer articles than one in so many of the commonest is left aside where no company speaks for it.
const RARE_READING: u64 = 10;

/// Articles with the query's company that such a reading needs to be meant all the same: one may have it by chance.
const MIN_ARTICLES_OF_A_RARE_READING: u64 = 2;

/// Readings that share less than this part of what the best one shares of the query's company are dropped, and those of
/// which a rival shares more than this part.
const MIN_COMPANY: f64 = 0.5;

/// Acronyms of a query whose long forms are looked for: each asks the index for up to so many counts as it has readings
/// and more, and a query may have hundreds.
const MAX_ACRONYMS: usize = 32;

/// Most words of a query that are company.
const MAX_COMPANY: usize = 8;

/// What is looked for beside what was typed, and what an acronym may stand for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Also {
    /// As typed.
    pub typed: String,
    /// What is looked for too.
    pub also: Vec<String>,
    /// What it stands for in the archive, where that is more than one thing, or may be a state too.
    pub readings: Vec<LongForm>,
}

/// What an acronym may stand for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LongForm {
    /// The name, as most articles spell it.
    pub long: String,
    /// How many articles define it.
    pub articles: u64,
}

/// `query` with the long forms of its acronyms, and the acronyms of its names, and what they are.
///
/// # Errors
///
/// If the index can't be read.
pub fn with_acronyms(searcher: &dyn Searcher, query: &Query) -> Result<(Query, Vec<Also>), IndexError> {
    let mut acronyms = Acronyms::new(searcher, query);
    let widened = query.widened(&mut |words| acronyms.beside(words))?;
    Ok((widened, acronyms.told))
}

/// Whether `word` is `typed` with the full stop of an abbreviation: `MS. FINCH` is no master of science.
fn is_abbreviated(word: &str, typed: &str) -> bool {
    let before_name = || format!("{word} Finch");
    word.strip_suffix('.') == Some(typed) && !typed.contains('.') && sentences(&before_name()).len() == 1
}

/// The acronyms of one query.
struct Acronyms<'s> {
    searcher: &'s dyn Searcher,
    query: &'s Query,
    /// Whether all words of the query, and several, are in capitals, which then tell nothing.
    loud: bool,
    plain: Analyzer,
    /// How many acronyms were looked up.
    looked_up: usize,
    /// Definitions by the first two words of their long forms.
    by_beginning: HashMap<String, Vec<DefinedAcronym>>,
    told: Vec<Also>,
}

impl<'s> Acronyms<'s> {
    fn new(searcher: &'s dyn Searcher, query: &'s Query) -> Self {
        let leaves = query.leaves();
        let loud = leaves.len() > 1 && !leaves.iter().any(|leaf| leaf.text.chars().any(char::is_lowercase));
        let plain = Analyzer::new(Language::OTHER);
        Self { searcher, query, loud, plain, looked_up: 0, by_beginning: HashMap::new(), told: Vec::new() }
    }

    /// What is looked for beside `words`.
    fn beside(&mut self, words: &[&str]) -> Result<Vec<Query>, IndexError> {
        if let [word] = words
            && let Some(found) = self.beside_acronym(word)?
        {
            return Ok(found);
        }
        let joined = words.join(" ");
        let folded = self.folded(&joined);
        if folded.len() < 2 { Ok(Vec::new()) } else { self.short_forms(&joined, &folded) }
    }

    /// What is looked for beside `word`; none if that is no acronym.
    fn beside_acronym(&mut self, word: &str) -> Result<Option<Vec<Query>>, IndexError> {
        let behind = self.behind_elision(word);
        let typed = behind.trim_matches(|c: char| !c.is_alphanumeric());
        let Some(short) = singular(typed).filter(|_| !is_abbreviated(behind, typed)) else { return Ok(None) };
        let folded = self.folded(short);
        if self.looked_up >= MAX_ACRONYMS
            || is_state_behind_its_place(self.query, word, short)
            || self.loud && !self.is_acronym(&folded, &self.searcher.languages())?
        {
            return Ok(None);
        }
        self.looked_up += 1;
        let beside = words_beside(self.query, word);
        let beside: Vec<&str> = beside.0.into_iter().chain(beside.1).collect();
        self.long_forms(typed, short, &folded.join(" "), &beside).map(Some)
    }

    /// `word` without what is elided in front of it in a language of the archive: `OTAN` of `l'OTAN`.
    fn behind_elision<'w>(&self, word: &'w str) -> &'w str {
        if !word.contains(['\'', '’']) {
            return word;
        }
        let languages = self.searcher.languages();
        languages.iter().find_map(|&language| behind_elision(word, language)).unwrap_or(word)
    }

    fn folded(&mut self, text: &str) -> Vec<String> {
        self.plain.phrase_sequence(text).map(|sequence| sequence.exact).unwrap_or_default()
    }

    /// The long forms of the acronym `short`, whose folded words are `folded`, which was `typed` so or in the plural,
    /// with these words `beside` it.
    fn long_forms(
        &mut self,
        typed: &str,
        short: &str,
        folded: &str,
        beside: &[&str],
    ) -> Result<Vec<Query>, IndexError> {
        let by_language = self.readings_by_language(folded)?;
        let all: Vec<&Reading> = by_language.iter().flat_map(|(_, readings)| readings).collect();
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let word = CapitalWord::of(self.searcher, short, folded, &all)?;
        if word.is_shouted(self.searcher, beside)? {
            return Ok(Vec::new());
        }
        let mut also: Vec<String> = Vec::new();
        let mut ambiguous: Vec<LongForm> = Vec::new();
        for (language, readings) in by_language {
            let company = self.company(short, language);
            let meant = self.meant(&readings, &company, word.rival())?;
            // Beside other words, which don't speak for an acronym, a state is a state.
            let has_rival = word.rival().is_some();
            let may_be_both = has_rival && meant.is_empty() && company.is_empty();
            if may_be_both || readings.len() > 1 && (!has_rival || !meant.is_empty()) {
                let told = readings.iter().take(MAX_READINGS);
                ambiguous.extend(told.map(|reading| LongForm {
                    long: reading.name().to_owned(),
                    articles: reading.articles(),
                }));
            }
            for reading in meant {
                also.extend(reading.spellings.iter().take(MAX_SPELLINGS).map(|(long, _)| long.clone()));
            }
        }
        also = self.each_once(also);
        if also.is_empty() && !word.is_worth_telling() {
            return Ok(Vec::new());
        }
        let found = also.iter().map(|long| Query::Less(Box::new(named(long)), LONG_WEIGHT)).collect();
        self.tell(Also { typed: with_last_point(typed).into_owned(), also, readings: ambiguous });
        Ok(found)
    }

    /// What articles of each language say that the acronym stands for whose folded words are `folded`.
    fn readings_by_language(&self, folded: &str) -> Result<Vec<(Language, Vec<Reading>)>, IndexError> {
        let mut by_language: Vec<(Language, Vec<(String, u64)>)> = Vec::new();
        for found in self.searcher.acronyms(AcronymsOf::Short(folded))? {
            match by_language.iter_mut().find(|(language, _)| *language == found.language) {
                Some((_, longs)) => longs.push((found.long, found.articles)),
                None => by_language.push((found.language, vec![(found.long, found.articles)])),
            }
        }
        Ok(by_language.into_iter().map(|(language, longs)| (language, readings(longs))).collect())
    }

    /// Which of `readings` may be meant: the only one, or those in the query's `company`, and more so than the `rival`
    /// that the acronym has.
    fn meant<'r>(
        &self,
        readings: &'r [Reading],
        company: &[Query],
        rival: Option<&Query>,
    ) -> Result<Vec<&'r Reading>, IndexError> {
        let most = readings.first().map_or(0, Reading::articles);
        let common: Vec<&Reading> = readings
            .iter()
            .take(MAX_READINGS)
            .filter(|reading| reading.articles() * RARE_READING >= most)
            .collect();
        if readings.len() == 1 && rival.is_none() {
            return Ok(common);
        }
        if company.is_empty() {
            let is_clear = common.len() == 1 && rival.is_none();
            return Ok(if is_clear { common } else { Vec::new() });
        }
        let mut shares: Vec<(f64, &Reading)> = Vec::new();
        for reading in readings.iter().take(MAX_READINGS) {
            let (with, share) = self.share_in_company(&named(reading.name()), company)?;
            let is_rare = reading.articles() * RARE_READING < most;
            if !is_rare || with >= MIN_ARTICLES_OF_A_RARE_READING {
                shares.push((share, reading));
            }
        }
        let of_rival = rival.map(|rival| self.share_in_company(rival, company)).transpose()?;
        let of_rival = of_rival.map_or(0.0, |(_, share)| share);
        let best = shares.iter().map(|(share, _)| *share).fold(0.0, f64::max);
        let shares_it =
            |share: f64| share > 0.0 && share >= best * MIN_COMPANY && share * MIN_COMPANY >= of_rival;
        Ok(shares.into_iter().filter(|&(share, _)| shares_it(share)).map(|(_, reading)| reading).collect())
    }

    /// The other words and phrases of the query that say something in `language`.
    fn company(&self, short: &str, language: Language) -> Vec<Query> {
        let has_short = |text: &str| words(text).any(|word| singular(word) == Some(short));
        let leaves = self.query.leaves().into_iter();
        let others = leaves.filter(|leaf| leaf.scope.is_none() && !has_short(leaf.text));
        let stop_words = StopWords::of(analysed_as(language));
        let says_something = others.filter(|leaf| !stop_words.contains(&fold(leaf.text)));
        says_something.take(MAX_COMPANY).map(|leaf| leaf.query()).collect()
    }

    /// How many articles that `name` finds have all of `company`, and their share.
    fn share_in_company(&self, name: &Query, company: &[Query]) -> Result<(u64, f64), IndexError> {
        let all = self.searcher.count(name)?;
        let both = [name].into_iter().chain(company).cloned().collect();
        let with = self.searcher.count(&Query::And(both))?;
        Ok((with, with as f64 / all.max(1) as f64))
    }

    /// The acronyms of the name `typed`, whose folded words are `folded`.
    fn short_forms(&mut self, typed: &str, folded: &[String]) -> Result<Vec<Query>, IndexError> {
        let beginning = folded[..2].join(" ");
        if !self.by_beginning.contains_key(&beginning) {
            let found = self.searcher.acronyms(AcronymsOf::LongFrom(&beginning))?;
            self.by_beginning.insert(beginning.clone(), found);
        }
        let known = self.by_beginning.get(&beginning).cloned().unwrap_or_default();
        let mut also: Vec<String> = Vec::new();
        for found in known {
            if self.folded(&found.long) != folded || also.contains(&found.short) {
                continue;
            }
            let short = self.folded(&found.short);
            if self.is_acronym(&short, &[found.language])?
                && !is_rather_a_state(self.searcher, &found.short, &found.long)?
            {
                also.push(found.short);
            }
        }
        let also = self.each_once(also);
        let found = also
            .iter()
            .map(|short| Query::Less(Box::new(Query::Word(short.clone())), SHORT_WEIGHT))
            .collect();
        self.tell(Also { typed: typed.to_owned(), also, readings: Vec::new() });
        Ok(found)
    }

    /// Whether the word `folded` is an acronym in most articles that have it, and a stop word of none of `languages`.
    /// Of several words it is.
    fn is_acronym(&self, folded: &[String], languages: &[Language]) -> Result<bool, IndexError> {
        let [word] = folded else { return Ok(!folded.is_empty()) };
        if languages.iter().any(|&language| StopWords::of(analysed_as(language)).contains(word)) {
            return Ok(false);
        }
        Ok(!is_common(self.searcher.word_case(word)?))
    }

    /// `texts`, those that are looked for alike once.
    fn each_once(&mut self, texts: Vec<String>) -> Vec<String> {
        let mut known: Vec<Vec<String>> = Vec::new();
        let mut kept = Vec::new();
        for text in texts {
            let folded = self.folded(&text);
            if !known.contains(&folded) {
                known.push(folded);
                kept.push(text);
            }
        }
        kept
    }

    fn tell(&mut self, also: Also) {
        let says_something = !also.also.is_empty() || !also.readings.is_empty();
        if says_something && !self.told.contains(&also) {
            self.told.push(also);
        }
    }
}
