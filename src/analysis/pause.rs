//! Pauses: what parts two words that stand side by side so that they are not one word with a sign in it.
//!
//! `fox-it` may be written `fox it`, but not `fox, it`. Where sentences end is not here.

/// Marks of a pause that words may have in them as well, as `12:30` and `70(1)` do: a pause only beside a blank.
const BESIDE_BLANKS: [char; 9] = [',', ';', ':', '!', '?', '(', ')', '[', ']'];

/// Marks of a pause in other scripts, and the long dash.
const ANYWHERE: [char; 14] = ['—', '…', '،', '؛', '؟', '，', '、', '；', '：', '！', '？', '。', '（', '）'];

/// Whether `between`, what stands between two words, has a pause in it.
pub(super) fn has_pause(between: &str) -> bool {
    // Nearly always it is a blank.
    between.len() > 1
        && (between.contains(ANYWHERE)
            || between.contains(BESIDE_BLANKS) && between.contains(char::is_whitespace))
}

/// Whether `between` makes one word of two in a query: a sign that is no pause, and no blank.
pub(super) fn binds(between: &str) -> bool {
    !between.is_empty()
        && !between
            .contains(|c: char| c.is_whitespace() || ANYWHERE.contains(&c) || BESIDE_BLANKS.contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_beside_a_blank_are_pauses() {
        for between in [", ", ": ", " (", "’s, ", "—", "،", "、", ".) ", "? "] {
            assert!(has_pause(between), "{between}");
        }
        for between in ["", " ", "-", ".-", ". ", "/", ":", " - ", " – ", " “", "(", ".\n"] {
            assert!(!has_pause(between), "{between}");
        }
    }

    #[test]
    fn signs_bind() {
        for between in ["-", ".", ".-", "/", "’", "&", "–"] {
            assert!(binds(between), "{between}");
        }
        for between in ["", " ", ",", ":", ".. ", "—", "("] {
            assert!(!binds(between), "{between}");
        }
    }
}
