//! Why a query finds nothing, or little, for people: a line each.

use ibid::query::echoed;
use ibid::search::{ConditionUnmet, Diagnosis, LeftOut, Respelt, TermFound, Without};

use super::named::{counted, listed};

/// What `diagnosis` says, to be told beside the answer.
pub fn diagnosis_notes(diagnosis: &Diagnosis) -> Vec<String> {
    let terms = diagnosis.terms.iter().map(of_term);
    let left_out = diagnosis.left_out.iter().map(of_left_out);
    let conditions = diagnosis.conditions.iter().map(of_unmet);
    let without = diagnosis.without.iter().map(of_less);
    terms.chain(left_out).chain(conditions).chain(without).collect()
}

/// What may be done about it.
pub fn diagnosis_hint(diagnosis: &Diagnosis) -> Option<&'static str> {
    let is_mendable = diagnosis.terms.iter().any(TermFound::is_mendable);
    is_mendable.then_some("hint: `--fuzzy` looks for what was meant")
}

/// What was looked for in the place of what was typed.
pub fn respelt_notes(respelt: &[Respelt]) -> Vec<String> {
    let note = |Respelt { typed, taken_for }: &Respelt| {
        format!(
            "`{}` is taken for \"{}\", in {}",
            echoed(typed),
            taken_for.text,
            in_articles(taken_for.articles)
        )
    };
    respelt.iter().map(note).collect()
}

fn of_term(term: &TermFound) -> String {
    let TermFound { term, articles, suggestion, variants, .. } = term;
    let term = echoed(term);
    let mut note = match (articles, suggestion) {
        (0, _) => format!("no article has `{term}`"),
        (1, Some(_)) => format!("only 1 article has `{term}`"),
        (_, Some(_)) => format!("only {articles} articles have `{term}`"),
        (_, None) => format!("{} `{term}`", have(*articles)),
    };
    for variant in variants {
        note = format!("{note}; {} \"{}\"", have(variant.articles), variant.text);
    }
    if let Some(meant) = suggestion {
        note = format!("{note}: did you mean \"{}\"? {}", meant.text, have_it(meant.articles));
    }
    note
}

fn of_left_out(LeftOut { terms, languages }: &LeftOut) -> String {
    let terms = terms.iter().map(|term| format!("`{}`", echoed(term))).collect::<Vec<_>>().join(", ");
    if languages.is_empty() {
        return format!("common words that say nothing are left out: {terms}");
    }
    format!("common words that say nothing are left out in articles in {}: {terms}", listed(languages))
}

fn of_unmet(unmet: &ConditionUnmet) -> String {
    let mut note = format!("no article meets `{}`", echoed(&unmet.condition));
    let mut languages = unmet.languages.iter();
    if let Some(first) = languages.next() {
        note = format!("{note}: {} in {}", are(first.count), first.value);
        for language in languages {
            note = format!("{note}, {} in {}", language.count, language.value);
        }
    }
    match &unmet.years {
        Some((first, last)) if first == last => format!("{note}: those with a date are from {first}"),
        Some((first, last)) => format!("{note}: those with a date are from {first} to {last}"),
        None => note,
    }
}

fn of_less(without: &Without) -> String {
    let articles = in_articles(without.articles);
    match &without.instead {
        Some(instead) => {
            let (instead, clause) = (echoed(instead), echoed(&without.clause));
            format!("with `{instead}` in the place of `{clause}`, {articles} would match")
        }
        None => format!("without `{}`, {articles} would match", echoed(&without.clause)),
    }
}

fn in_articles(articles: u64) -> String {
    counted(articles, "article")
}

fn are(articles: u64) -> String {
    if articles == 1 { "1 is".to_owned() } else { format!("{articles} are") }
}

fn have(articles: u64) -> String {
    if articles == 1 { "1 article has".to_owned() } else { format!("{articles} articles have") }
}

fn have_it(articles: u64) -> String {
    format!("{} it", have(articles))
}
