//! Tables of fields in Markdown: what a document says of JSON objects, and whether an object is what is said.
//!
//! Below a heading `### NAME` stands a table with the columns field, type, null and meaning. A type is `string`,
//! `integer`, `number`, `boolean`, `list of TYPE`, `map of TYPE` or a link to the heading of another table. A row
//! `all of [NAME]` stands for the rows of that table. `missing` in the column null says that the field may not be
//! there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// What is said of a field.
#[derive(Clone, Debug, PartialEq)]
struct Field {
    name: String,
    kind: Kind,
    may_be_null: bool,
    may_be_missing: bool,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Text,
    Integer,
    Number,
    Boolean,
    List(Box<Self>),
    Map(Box<Self>),
    Object(String),
}

/// The tables of a document.
pub struct Tables {
    tables: BTreeMap<String, Vec<Field>>,
    /// Tables, and fields as `TABLE.FIELD`, of which no value was seen yet.
    unseen: BTreeSet<String>,
}

impl Tables {
    /// The tables of the document `markdown`.
    pub fn read(markdown: &str) -> Self {
        let mut tables: BTreeMap<String, Vec<Field>> = BTreeMap::new();
        let mut shared: Vec<(String, String)> = Vec::new();
        let mut heading = String::new();
        for line in markdown.lines() {
            if let Some(name) = line.strip_prefix("### ") {
                name.clone_into(&mut heading);
            } else if let Some([name, kind, null]) = cells(line).filter(|_| !heading.is_empty()) {
                if let Some(other) = name.strip_prefix("all of ").and_then(linked) {
                    shared.push((heading.clone(), other));
                } else if let Some(name) = name.strip_prefix('`').and_then(|name| name.strip_suffix('`')) {
                    let kind = Kind::read(kind).unwrap_or_else(|| panic!("no type: {line}"));
                    let may_be_missing = null.contains("missing");
                    let may_be_null = !null.is_empty() && !null.starts_with("missing");
                    let field = Field { name: name.to_owned(), kind, may_be_null, may_be_missing };
                    tables.entry(heading.clone()).or_default().push(field);
                }
            }
        }
        for (table, other) in &shared {
            let fields = tables.get(other).unwrap_or_else(|| panic!("no table {other}")).clone();
            tables.entry(table.clone()).or_default().extend(fields);
        }
        let of_its_own = |table: &String| {
            let is_shared = shared.iter().any(|(_, other)| other == table);
            !is_shared || tables.values().flatten().any(|field| field.kind.names(table))
        };
        let fields = tables.iter().filter(|(table, _)| of_its_own(table)).flat_map(|(table, fields)| {
            fields.iter().map(move |field| format!("{table}.{}", field.name)).chain([table.clone()])
        });
        Self { unseen: fields.collect(), tables }
    }

    /// How `value` differs from the object that the table `name` tells of.
    pub fn faults(&mut self, name: &str, value: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        self.look_at(&Kind::Object(name.to_owned()), value, name, &mut faults);
        faults
    }

    /// The tables and fields of which no value was seen.
    pub fn unseen(&self) -> &BTreeSet<String> {
        &self.unseen
    }

    fn look_at(&mut self, kind: &Kind, value: &Value, place: &str, faults: &mut Vec<String>) {
        match (kind, value) {
            (Kind::Text, Value::String(_)) | (Kind::Boolean, Value::Bool(_)) => {}
            // The harness takes out what a clock told.
            (Kind::Number, value) if value.is_number() || value == "[TIME]" => {}
            (Kind::Integer, value) if value.is_u64() => {}
            (Kind::List(kind), Value::Array(values)) => {
                for value in values {
                    self.look_at(kind, value, place, faults);
                }
            }
            (Kind::Map(kind), Value::Object(values)) => {
                for value in values.values() {
                    self.look_at(kind, value, place, faults);
                }
            }
            (Kind::Object(table), Value::Object(values)) => self.look_at_object(table, values, place, faults),
            _ => faults.push(format!("{place} should be {kind:?}: {value}")),
        }
    }

    fn look_at_object(
        &mut self,
        table: &str,
        values: &serde_json::Map<String, Value>,
        place: &str,
        faults: &mut Vec<String>,
    ) {
        let Some(fields) = self.tables.get(table).cloned() else {
            return faults.push(format!("{place}: there is no table {table}"));
        };
        self.unseen.remove(table);
        for name in values.keys().filter(|name| fields.iter().all(|field| field.name != **name)) {
            faults.push(format!("{place}.{name} isn't documented"));
        }
        for field in fields {
            let place = format!("{place}.{}", field.name);
            match values.get(&field.name) {
                None if !field.may_be_missing => faults.push(format!("{place} isn't there")),
                Some(Value::Null) if !field.may_be_null => faults.push(format!("{place} is null")),
                None | Some(Value::Null) => {}
                Some(value) => {
                    self.unseen.remove(&format!("{table}.{}", field.name));
                    self.look_at(&field.kind, value, &place, faults);
                }
            }
        }
    }
}

/// The first three cells of a row.
fn cells(line: &str) -> Option<[&str; 3]> {
    let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
    Some([cells.next()?, cells.next()?, cells.next()?])
}

/// The name of the table that `[NAME](#ANCHOR)` leads to.
fn linked(text: &str) -> Option<String> {
    let (name, anchor) = text.strip_prefix('[')?.strip_suffix(')')?.split_once("](#")?;
    assert_eq!(name.to_lowercase().replace(' ', "-"), anchor, "{text} leads nowhere");
    Some(name.to_owned())
}

impl Kind {
    /// Whether values of the table `name` are in it.
    fn names(&self, name: &str) -> bool {
        match self {
            Self::List(kind) | Self::Map(kind) => kind.names(name),
            Self::Object(table) => table == name,
            Self::Text | Self::Integer | Self::Number | Self::Boolean => false,
        }
    }

    fn read(text: &str) -> Option<Self> {
        let inner = |text: &str| Self::read(text).map(Box::new);
        Some(match text {
            "string" => Self::Text,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "boolean" => Self::Boolean,
            text => match (text.strip_prefix("list of "), text.strip_prefix("map of ")) {
                (Some(text), _) => Self::List(inner(text)?),
                (_, Some(text)) => Self::Map(inner(text)?),
                _ => Self::Object(linked(text)?),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const DOCUMENT: &str = "\
### Outer

| Field | Type | Null | Meaning |
| --- | --- | --- | --- |
| `version` | integer | | 1 |
| all of [Shared part](#shared-part) | | | |
| `inner` | list of [Inner](#inner) | | |

### Shared part

| `name` | string | if unknown | |

### Inner

| `by_name` | map of number | | |
| `more` | boolean | missing if not | |
";

    #[test]
    fn an_object_is_held_against_its_table() {
        let faults = |value: Value| Tables::read(DOCUMENT).faults("Outer", &value).join("; ");
        assert_eq!(faults(json!({"version": 1, "name": null, "inner": [{"by_name": {"a": 1.5}}]})), "");
        for (value, fault) in [
            (json!({"version": 1, "inner": []}), "Outer.name isn't there"),
            (json!({"version": null, "name": "a", "inner": []}), "Outer.version is null"),
            (json!({"version": "1", "name": "a", "inner": []}), "Outer.version should be Integer: \"1\""),
            (json!({"version": 1, "name": "a", "inner": [], "new": 1}), "Outer.new isn't documented"),
            (
                json!({"version": 1, "name": "a", "inner": [{"by_name": {}, "more": null}]}),
                "Outer.inner.more is null",
            ),
        ] {
            assert_eq!(faults(value), fault);
        }
    }

    #[test]
    fn what_no_object_has_shown_is_known() {
        let mut tables = Tables::read(DOCUMENT);
        tables.faults("Outer", &json!({"version": 1, "name": null, "inner": [{"by_name": {}}]}));
        let unseen: Vec<&str> = tables.unseen().iter().map(String::as_str).collect();
        assert_eq!(unseen, ["Inner.more", "Outer.name"]);
    }
}
