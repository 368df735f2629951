//! TREC's run format: `query Q0 article rank score tag`, an article a line.

use std::io::{self, Write};

use ibid::eval::trec_column;
use ibid::search::ArticleHit;

/// The name of the system that made the run.
const TAG: &str = "ibid";

/// Writes the articles that answer the query called `query`, best first.
pub fn write_trec(out: &mut dyn Write, query: &str, hits: &[ArticleHit]) -> io::Result<()> {
    let query = trec_column(query);
    for ArticleHit { rank, score, article } in hits {
        writeln!(out, "{query} Q0 {} {rank} {score:.9} {TAG}", trec_column(article))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_six_columns() {
        let mut out = Vec::new();
        let hit = ArticleHit { rank: 1, score: 0.5, article: "a b".into() };
        write_trec(&mut out, "q 1", &[hit]).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "q%201 Q0 a%20b 1 0.500000000 ibid\n");
    }
}
