//! The score of a passage: BM25 over passages, and query words near each other in it.

use super::bm25::{inverse_frequency, saturation};
use super::explanation::TermShare;
use super::standing::{NUMBER_SHARE, Standing, each_passage_with, is_named_by_number, may_name_by_number};
use super::wording::Wording;
use super::{Evidence, Extent, TermForm, TermMatch, best, mean};

/// Passages that are shorter are weighed as if they had so many tokens: a keyword list or a note on the author
/// says less, not more, than its length promises. It is the fewest words that text is split into.
const MIN_TOKENS: u32 = 60;

/// Share of the score for words that are spelt like the query's: with 0.6 hit@10 on covidqa-art is .01
/// lower, without it .03 and hit@3 .015.
const KINDRED_SHARE: f64 = 1.0;

/// What a word counts in the passage next to it: a passage goes on where the last one ended. With 0.3 hit@1 on
/// covidqa-art is .005 lower, with 0.8 as well.
const NEIGHBOUR_SHARE: f64 = 0.5;

/// As how many occurrences in its article's best passage one in the title counts: whoever reads the passage has read the
/// title. Of 314 queries of a title's three rarest words 239 find a passage of that article first, without 189, with 1
/// 223 and with 4 249; on four sets of passages hit@1 differs by .001 on average (docs/evaluation.md).
const TITLE_OCCURRENCES: f64 = 2.0;

/// Share of the score for words that stand as they do in the query: with 2 hit@1, hit@3 and hit@10 differ by .002 on
/// four sets of passages; without it hit@3 is .006 lower, and of half quotations one in five is no longer found first.
const WORDING_SHARE: f64 = 3.0;

/// The scores of the passages of `articles`, which have these `wordings`, 0 for one without any of the query's words.
pub(super) fn scores(articles: &[&Evidence], wordings: &[Wording]) -> Vec<Vec<f64>> {
    Contest::of(articles).scores(articles, wordings).values
}

/// What the score of a passage is made of.
pub(super) struct Parts {
    /// What each of the query's terms adds, in their order.
    pub terms: Vec<TermShare>,
    pub proximity: f64,
    pub wording: f64,
    pub kindred: f64,
}

/// The passages of articles, weighed against each other, to be asked what their scores are made of.
pub(super) struct Ranking<'e> {
    articles: Vec<&'e Evidence>,
    wordings: Vec<Wording>,
    contest: Contest,
    scores: Scaled,
}

impl<'e> Ranking<'e> {
    pub(super) fn of(articles: &[&'e Evidence]) -> Self {
        let contest = Contest::of(articles);
        let wordings: Vec<Wording> = articles.iter().map(|article| Wording::of(article)).collect();
        Self { scores: contest.scores(articles, &wordings), wordings, contest, articles: articles.to_vec() }
    }

    /// What of the query's wording the article number `at` has.
    pub(super) fn wording(&self, at: usize) -> &Wording {
        &self.wordings[at]
    }

    /// The mean number of tokens of all passages.
    pub(super) fn mean_tokens(&self) -> f64 {
        self.contest.mean_tokens
    }

    /// What the score of the passage number `passage` of the article number `at` is made of.
    pub(super) fn parts(&self, at: usize, passage: usize) -> Parts {
        let Self { contest, scores, .. } = self;
        let article = self.articles[at];
        let mut terms = vec![TermShare::default(); article.matches.len()];
        let (mut proximity, mut wording) = (0.0, 0.0);
        let has_title = contest.for_words(article, &self.wordings[at]).titled == Some(passage);
        contest.each_part(article, &self.wordings[at], |of, part, score| {
            let share = score / scores.best_words / scores.best;
            match part {
                _ if of != passage => {}
                Part::Term { number, count, beside } => {
                    terms[number] = TermShare { count, beside, share, ..terms[number] };
                }
                Part::Title { number, count } if has_title => {
                    terms[number].in_title = count;
                    terms[number].share += share;
                }
                Part::Title { .. } => {}
                Part::Proximity => proximity += share,
                Part::Wording => wording += share,
            }
        });
        let has_word = terms.iter().any(|term| term.count + term.in_title > 0);
        let kindred = contest.for_kindred(at, article).get(passage).copied().unwrap_or_default();
        let share = KINDRED_SHARE * share_with_kin(article);
        let kindred = share * kindred / scores.best_kindred / scores.best;
        if !has_word {
            terms.fill(TermShare::default());
        }
        let of_word = |part: f64| if has_word { part } else { 0.0 };
        Parts { terms, proximity: of_word(proximity), wording: of_word(wording), kindred: of_word(kindred) }
    }
}

/// A piece of a passage's score.
enum Part {
    /// A term, by its number, with how often it stands in the passage and beside it.
    Term { number: usize, count: usize, beside: usize },
    /// What a term's occurrences in the title add to that, if its article's title counts in the passage.
    Title { number: usize, count: usize },
    /// A term and the one before it near each other.
    Proximity,
    /// Words that stand as they do in the query.
    Wording,
}

/// What passages are weighed by against each other.
struct Contest {
    words: Rarity,
    kindred: Rarity,
    /// Of each article how often its passages have words of each set.
    kindred_counts: Vec<Vec<SetCount>>,
    mean_tokens: f64,
}

/// How often a passage has words of a set.
struct SetCount {
    /// The set's place among those of its article.
    set: usize,
    passage: usize,
    count: usize,
}

/// The scores of an article's passages for the query's words, 0 for those without any.
struct OfWords {
    scores: Vec<f64>,
    /// The passage in which the title's words count too: the best, or the first where none has a word; none if the title
    /// has none.
    titled: Option<usize>,
}

/// Scores of passages, with what they were divided by to be 1 for the best.
struct Scaled {
    values: Vec<Vec<f64>>,
    best_words: f64,
    best_kindred: f64,
    best: f64,
}

impl Contest {
    fn of(articles: &[&Evidence]) -> Self {
        let passages = articles.iter().flat_map(|article| &article.passages);
        let kindred_counts: Vec<Vec<SetCount>> =
            articles.iter().map(|article| kindred_counts(article)).collect();
        Self {
            words: Rarity::of_words(articles),
            kindred: Rarity::of_kindred(articles, &kindred_counts),
            kindred_counts,
            mean_tokens: mean(passages.map(|passage| f64::from(passage.tokens))),
        }
    }

    fn scores(&self, articles: &[&Evidence], wordings: &[Wording]) -> Scaled {
        let with_wording = articles.iter().zip(wordings);
        let mut values: Vec<Vec<f64>> =
            with_wording.map(|(article, wording)| self.for_words(article, wording).scores).collect();
        let best_words = scale(&mut values);
        let mut kindred: Vec<Vec<f64>> =
            articles.iter().enumerate().map(|(at, article)| self.for_kindred(at, article)).collect();
        let best_kindred = scale(&mut kindred);
        for ((of_article, kindred), article) in values.iter_mut().zip(kindred).zip(articles) {
            let share = KINDRED_SHARE * share_with_kin(article);
            for (score, kindred) in of_article.iter_mut().zip(kindred).filter(|(score, _)| **score > 0.0) {
                *score += share * kindred;
            }
        }
        let best = scale(&mut values);
        Scaled { values, best_words, best_kindred, best }
    }

    fn for_words(&self, article: &Evidence, wording: &Wording) -> OfWords {
        let mut scores = vec![0.0; article.passages.len()];
        let mut of_title = vec![0.0; article.passages.len()];
        let mut has_word = vec![false; article.passages.len()];
        self.each_part(article, wording, |at, part, score| match part {
            Part::Title { .. } => of_title[at] += score,
            Part::Term { .. } | Part::Proximity | Part::Wording => {
                scores[at] += score;
                has_word[at] |= matches!(part, Part::Term { count: 1.., .. });
            }
        });
        for (score, _) in scores.iter_mut().zip(has_word).filter(|(_, has_word)| !has_word) {
            *score = 0.0;
        }
        let best = (0..scores.len()).reduce(|best, at| if scores[at] > scores[best] { at } else { best });
        let titled = best.filter(|&best| of_title[best] > 0.0);
        if let Some(titled) = titled {
            scores[titled] += of_title[titled];
        }
        OfWords { scores, titled }
    }

    /// Calls `found` with the pieces of the scores of the passages of `article` for the query's words: the passage,
    /// what it is for, and how much.
    fn each_part(&self, article: &Evidence, wording: &Wording, mut found: impl FnMut(usize, Part, f64)) {
        // What stands in one place of the query, and in the place before it, to look for neighbours among.
        let (mut here, mut before): (Vec<Standing<'_>>, Vec<Standing<'_>>) = (Vec::new(), Vec::new());
        let may_name = may_name_by_number(article);
        for (number, term) in article.matches.iter().enumerate() {
            if !term.is_alternative {
                before = std::mem::take(&mut here);
            }
            let standing = Standing::of(article, term, self.words.weight(term));
            let standing = match here.first() {
                Some(typed) => standing.in_place_of(typed),
                None => standing,
            };
            for (at, (part, extent)) in standing.parts.iter().zip(&article.passages).enumerate() {
                let beside = standing.beside(at);
                let count = part.len() as f64 + NEIGHBOUR_SHARE * beside as f64;
                let of_count = |count| standing.weight * saturation(count, self.relative_length(*extent));
                if count > 0.0 {
                    found(at, Part::Term { number, count: part.len(), beside }, of_count(count));
                }
                if standing.in_title > 0 {
                    let with_title = count + TITLE_OCCURRENCES * standing.in_title as f64;
                    let added = of_count(with_title) - of_count(count);
                    found(at, Part::Title { number, count: standing.in_title }, added);
                }
                let names = before.iter().filter(|_| may_name).filter_map(|other| other.names(&standing, at));
                let last = || here.last().or(before.last())?.near(&standing, at);
                if let Some(near) = names.reduce(f64::max).or_else(last) {
                    found(at, Part::Proximity, near);
                }
            }
            here.push(standing);
        }
        for (at, worth) in wording.in_passages(&article.matches, |term| self.words.weight(term)) {
            found(at, Part::Wording, WORDING_SHARE * worth);
        }
    }

    /// Each set counts once, however many parts of a word it shares: with their weights hit@1 and hit@3 on covidqa-art
    /// are .015 lower. Where phrases are asked for, they count in the passages that have one: what is merely like a
    /// word doesn't make up for what was quoted.
    fn for_kindred(&self, at: usize, article: &Evidence) -> Vec<f64> {
        let mut scores = vec![0.0; article.passages.len()];
        let has_phrase = passages_with_phrase(article);
        for &SetCount { set, passage, count } in &self.kindred_counts[at] {
            if has_phrase.as_ref().is_some_and(|has_phrase| !has_phrase[passage]) {
                continue;
            }
            let relative_length = self.relative_length(article.passages[passage]);
            let weight = self.kindred.of_one(&article.kindred[set]);
            scores[passage] += weight * saturation(count as f64, relative_length);
        }
        scores
    }

    fn relative_length(&self, extent: Extent) -> f64 {
        relative_length(extent, self.mean_tokens)
    }
}

/// Divides `scores` by the best of them, which is returned.
fn scale(scores: &mut [Vec<f64>]) -> f64 {
    let best = best(scores.iter().flatten().copied());
    scores.iter_mut().flatten().for_each(|score| *score /= best);
    best
}

/// The share of what the query says that words spelt alike tell of: not what names one thing with a number.
fn share_with_kin(article: &Evidence) -> f64 {
    if !may_name_by_number(article) {
        return 1.0;
    }
    let (mut of_words, mut of_names) = (0.0, 0.0);
    let mut before: Option<&TermMatch> = None;
    for term in article.matches.iter().filter(|term| !term.is_alternative) {
        of_words += term.weight;
        if let Some(other) = before.filter(|other| is_named_by_number(other.form, term.form)) {
            of_names += NUMBER_SHARE * (other.weight + term.weight);
        }
        before = Some(term);
    }
    if of_names > 0.0 { of_words / (of_words + of_names) } else { 1.0 }
}

/// Which passages of `article` have one of the query's phrases; none if it has no phrases.
fn passages_with_phrase(article: &Evidence) -> Option<Vec<bool>> {
    let is_typed = |term: &&TermMatch| term.form == TermForm::Phrase && !term.is_alternative;
    let mut phrases = article.matches.iter().filter(is_typed).peekable();
    phrases.peek()?;
    let mut has_phrase = vec![false; article.passages.len()];
    for phrase in phrases {
        each_passage_with(article, phrase, |passage, _| has_phrase[passage] = true);
    }
    Some(has_phrase)
}

fn relative_length(extent: Extent, mean_tokens: f64) -> f64 {
    f64::from(extent.tokens.max(MIN_TOKENS)) / mean_tokens
}

fn kindred_counts(article: &Evidence) -> Vec<SetCount> {
    let most = article.kindred.iter().map(|term| term.positions.len().min(article.passages.len())).sum();
    let mut counts = Vec::with_capacity(most);
    for (set, term) in article.kindred.iter().enumerate() {
        each_passage_with(article, term, |passage, range| {
            counts.push(SetCount { set, passage, count: range.len() });
        });
    }
    counts
}

/// How rare each term is among passages, by the term's number: the inverse passage frequency, in the form of BM25's.
///
/// An article tells little of which of its passages has a word that every article has: rarity among the
/// passages themselves gained .05 of hit@1 on covidqa-art over rarity among articles.
struct Rarity(Vec<f64>);

/// Passages that the share of them which has a term is taken of. From 1,000 on it makes no difference.
const PASSAGES_OF_AN_INDEX: f64 = 100_000.0;

/// Where a term stands in the articles that compete.
#[derive(Clone, Copy, Default)]
struct Spread {
    /// Articles that may have it, and their passages.
    articles: f64,
    passages: f64,
    /// Articles and passages that have it.
    articles_with: f64,
    passages_with: f64,
    /// The share of all articles of the index that have it.
    share_of_articles: f64,
}

impl Spread {
    fn add(&mut self, article: &Evidence, term: &TermMatch) {
        let before = self.passages_with;
        each_passage_with(article, term, |_, _| self.passages_with += 1.0);
        self.articles_with += if self.passages_with > before { 1.0 } else { 0.0 };
        self.articles += 1.0;
        self.passages += article.passages.len() as f64;
        self.share_of_articles = term.share_of_articles();
    }

    /// The inverse passage frequency in the whole index: the index knows which share of articles have a term, those
    /// that compete how many of an article's passages have it. Among these alone a word of the query isn't rare, as
    /// they were chosen for it: by their own passages nDCG@10 of the articles of passages is .007 lower.
    fn rarity(&self) -> f64 {
        if self.articles == 0.0 {
            return 0.0;
        }
        // What stands in titles alone is as rare as what each article that has it has in one passage.
        let passages_with =
            if self.articles_with > 0.0 { self.passages_with / self.articles_with } else { 1.0 };
        let share = self.share_of_articles * passages_with / (self.passages / self.articles);
        inverse_frequency(share.min(1.0) * PASSAGES_OF_AN_INDEX, PASSAGES_OF_AN_INDEX)
    }
}

impl TermMatch {
    /// The share of articles that have the term, which its inverse document frequency was made of.
    fn share_of_articles(&self) -> f64 {
        if self.query_weight > 0.0 { (-self.weight / self.query_weight).exp() } else { 1.0 }
    }
}

impl Rarity {
    /// The rarity of the query's words, each as the articles that may have it tell.
    fn of_words(articles: &[&Evidence]) -> Self {
        let mut spreads: Vec<Spread> = Vec::new();
        for article in articles {
            for term in &article.matches {
                if spreads.len() <= term.term {
                    spreads.resize(term.term + 1, Spread::default());
                }
                spreads[term.term].add(article, term);
            }
        }
        Self(spreads.iter().map(Spread::rarity).collect())
    }

    /// The rarity of the sets of words like the query's, of which `counts` tells how often passages have them.
    fn of_kindred(articles: &[&Evidence], counts: &[Vec<SetCount>]) -> Self {
        let passages = articles.iter().map(|article| article.passages.len() as f64).sum();
        let mut with: Vec<f64> = Vec::new();
        for (article, counts) in articles.iter().zip(counts) {
            for count in counts {
                let set = article.kindred[count.set].term;
                if with.len() <= set {
                    with.resize(set + 1, 0.0);
                }
                with[set] += 1.0;
            }
        }
        Self(with.into_iter().map(|with| inverse_frequency(with, passages)).collect())
    }

    /// The rarity of `term` by its weight in the query.
    fn weight(&self, term: &TermMatch) -> f64 {
        term.query_weight * self.of_one(term)
    }

    /// The rarity of `term`.
    fn of_one(&self, term: &TermMatch) -> f64 {
        self.0.get(term.term).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(matches: &[(usize, &[u32])]) -> Evidence {
        Evidence {
            relative_length: 1.0,
            passages: vec![Extent { start: 0, tokens: 100 }, Extent { start: 100, tokens: 100 }],
            matches: matches
                .iter()
                .map(|&(term, positions)| TermMatch {
                    term,
                    weight: 1.0,
                    query_weight: 1.0,
                    positions: positions.to_vec(),
                    ..TermMatch::default()
                })
                .collect(),
            ..Evidence::default()
        }
    }

    fn scored(articles: &[&Evidence]) -> Vec<Vec<f64>> {
        let wordings: Vec<Wording> = articles.iter().map(|article| Wording::of(article)).collect();
        scores(articles, &wordings)
    }

    #[test]
    fn words_that_stand_as_in_the_query_weigh_more() {
        let placed = |place, positions| TermMatch {
            place: Some(place),
            ..article(&[(0, positions)]).matches.remove(0)
        };
        let mut both = article(&[]);
        both.matches = vec![placed(0, &[10, 110]), TermMatch { term: 1, ..placed(2, &[12, 115]) }];
        let scores = scored(&[&both]);
        assert!(scores[0][0] > 1.2 * scores[0][1], "{scores:?}");
    }

    #[test]
    fn a_word_that_few_passages_have_weighs_more() {
        let scores = scored(&[&article(&[(0, &[10]), (1, &[110])]), &article(&[(0, &[10, 110]), (1, &[])])]);
        assert!(scores[0][1] > scores[0][0]);
    }

    #[test]
    fn a_word_that_all_passages_of_an_article_have_weighs_less_there() {
        let of_three = |positions: &[u32]| Evidence {
            passages: [0, 100, 200].map(|start| Extent { start, tokens: 100 }).to_vec(),
            ..article(&[(0, positions)])
        };
        let scores = scored(&[&of_three(&[10, 210]), &of_three(&[10])]);
        assert!(scores[0][0] < scores[1][0], "{scores:?}");
    }

    #[test]
    fn words_near_each_other_weigh_more() {
        let scores = scored(&[&article(&[(0, &[10, 110]), (1, &[12, 180])])]);
        assert!(scores[0][0] > scores[0][1]);
    }

    #[test]
    fn a_very_short_passage_gains_nothing_by_its_length() {
        assert!((relative_length(Extent { start: 0, tokens: 3 }, 60.0) - 1.0).abs() < 1e-12);
    }
}
