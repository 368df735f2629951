//! A leaf as it was typed: `=word` and `"word"` look for the same, and whoever typed one knows it by its sign.

use super::ast::{Query, TextField};
use super::leaves::Leaf;

impl Query {
    /// `leaf` as it stands in this query, where it stands first; as it prints if it doesn't.
    #[must_use]
    pub fn typed(&self, leaf: &Leaf<'_>) -> String {
        self.standing(leaf, None).unwrap_or_else(|| leaf.to_string())
    }

    fn standing(&self, leaf: &Leaf<'_>, scope: Option<TextField>) -> Option<String> {
        match self {
            Self::Bag(clauses) => clauses.iter().find_map(|clause| clause.query.standing(leaf, scope)),
            Self::And(queries) | Self::Or(queries) => {
                queries.iter().find_map(|query| query.standing(leaf, scope))
            }
            Self::Near { left, right, .. } => {
                left.standing(leaf, scope).or_else(|| right.standing(leaf, scope))
            }
            Self::Scoped(field, query) => query.standing(leaf, Some(*field)),
            Self::Not(query) => query.standing(leaf, scope),
            own => (Leaf::of(own, scope)? == *leaf).then(|| own.clone().scoped(scope).to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    #[test]
    fn a_leaf_is_as_it_was_typed() {
        let query =
            parse("a (title:=b =c^0.5 \"c\" \"d\") NEAR/2 =e -=f AND \"g h\"").unwrap().query.unwrap();
        let typed: Vec<String> = query.all_leaves().iter().map(|leaf| query.typed(leaf)).collect();
        assert_eq!(typed, ["a", "title:=b", "=c^0.5", "\"c\"", "\"d\"", "=e", "=f", "\"g h\""]);
    }
}
