//! TREC's run format: `query Q0 article rank score tag`, an article a line.

use std::collections::HashSet;
use std::io::{self, Write};

use ibid::eval::{falling, trec_column};
use ibid::search::ArticleHit;

/// The name of the system that made the run.
const TAG: &str = "ibid";

/// Writes the articles that answer the query called `query`, best first.
///
/// The columns are parted by spaces, so a space in a name becomes an underscore. A name stands once: tools refuse one
/// that is given twice. Scores always fall, since tools know the order by them.
pub fn write_trec(out: &mut dyn Write, query: &str, hits: &[ArticleHit]) -> io::Result<()> {
    let query = column(query);
    let mut written = HashSet::new();
    for (hit, score) in hits.iter().zip(falling(hits.iter().map(|hit| hit.score))) {
        let article = column(&hit.article);
        if !written.contains(&article) {
            writeln!(out, "{query} Q0 {article} {} {score:.9} {TAG}", hit.rank)?;
            written.insert(article);
        }
    }
    Ok(())
}

fn column(name: &str) -> String {
    trec_column(&super::printable(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_six_columns() {
        let mut out = Vec::new();
        let hit = ArticleHit { rank: 1, score: 0.5, article: "a b".into() };
        write_trec(&mut out, "q 1", &[hit]).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "q_1 Q0 a_b 1 0.500000000 ibid\n");
    }

    fn run(hits: &[(f64, &str)]) -> String {
        let hit = |(at, &(score, article)): (usize, &(f64, &str))| ArticleHit {
            rank: at + 1,
            score,
            article: article.to_owned(),
        };
        let hits: Vec<ArticleHit> = hits.iter().enumerate().map(hit).collect();
        let mut out = Vec::new();
        write_trec(&mut out, "q", &hits).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// Tools put equal scores in an order of their own.
    #[test]
    fn equal_scores_are_written_as_falling() {
        assert_eq!(
            run(&[(0.5, "a"), (0.5, "b"), (0.25, "c")]),
            "q Q0 a 1 0.500000000 ibid\nq Q0 b 2 0.499999881 ibid\nq Q0 c 3 0.250000000 ibid\n"
        );
    }

    #[test]
    fn a_name_stands_once() {
        assert_eq!(
            run(&[(0.5, "a b"), (0.4, "a_b"), (0.25, "c")]),
            "q Q0 a_b 1 0.500000000 ibid\nq Q0 c 3 0.250000000 ibid\n"
        );
    }
}
