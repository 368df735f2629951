//! TREC's run format: `query Q0 article rank score tag`, an article a line.

use std::io::{self, Write};

use ibid::eval::trec_column;
use ibid::search::ArticleHit;

/// The name of the system that made the run.
const TAG: &str = "ibid";

/// Writes the articles that answer the query called `query`.
///
/// The columns are parted by spaces, so a space in a name becomes an underscore.
pub fn write_trec(out: &mut dyn Write, query: &str, hits: &[ArticleHit]) -> io::Result<()> {
    let query = column(query);
    for hit in hits {
        writeln!(out, "{query} Q0 {} {} {:.9} {TAG}", column(&hit.article), hit.rank, hit.score)?;
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
}
