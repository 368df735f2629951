//! Why a passage stands where it stands, in plain words.

use ibid::search::{Why, WhyTerm};

use super::named::counted;

/// A line for each thing that says something, what says most of the words first.
pub fn lines(why: &Why) -> Vec<String> {
    let mut terms: Vec<&WhyTerm> = why.terms.iter().filter(|term| term.share.share > 0.0).collect();
    terms.sort_by(|a, b| b.share.share.total_cmp(&a.share.share));
    let mut lines: Vec<String> = terms.into_iter().map(of_term).collect();
    let rest = &why.rest;
    let others = [
        ("query words near each other", rest.proximity),
        ("query words as they stand in the query", rest.wording),
        ("the same words again, and others spelt like them", rest.kindred),
    ];
    lines.extend(others.iter().filter(|(_, share)| *share > 0.0).map(|(name, share)| line(*share, name)));
    lines.push(line(rest.article, &of_article(why)));
    if why.kept < 1.0 {
        lines.push(format!(
            "· {:.0}% of all this counts: better passages of its article stand before it",
            why.kept * 100.0
        ));
    }
    lines.push(format!(
        "· length: {}, {:.0} on average; its article is {:.1} times as long as most in its language",
        counted(u64::from(rest.tokens), "word"),
        rest.mean_tokens,
        rest.relative_length
    ));
    lines
}

fn of_term(term: &WhyTerm) -> String {
    let times = |count: usize| if count == 1 { "once".to_owned() } else { format!("{count} times") };
    let beside = match term.share.beside {
        0 => String::new(),
        count => format!(", {} in the passages beside it", times(count)),
    };
    let in_title = match term.share.in_title {
        0 => String::new(),
        count => format!(", {} in the title", times(count)),
    };
    let here = if term.share.count == 0 { "not here".to_owned() } else { times(term.share.count) };
    line(term.share.share, &format!("{}: {here}{beside}{in_title}", term.term))
}

fn of_article(why: &Why) -> String {
    let of = &why.rest.of_article;
    let parts = [
        ("words", of.words),
        ("fields", of.fields),
        ("title", of.title),
        ("nearness", of.proximity),
        ("wording", of.wording),
        ("day", of.day),
    ];
    let said = parts.iter().filter(|(_, share)| *share >= 0.005);
    let said: Vec<String> = said.map(|(name, share)| format!("{name} {:.0}%", share * 100.0)).collect();
    let said = if said.is_empty() { String::new() } else { format!(" ({})", said.join(", ")) };
    format!("its article, {:.2} of the best{said}", of.score)
}

fn line(share: f64, what: &str) -> String {
    format!("· {:.0}% {what}", share * 100.0)
}
