//! Characters that change in which direction a text is shown.

/// Whether `c` changes the direction of the text around it, so that it reads as another.
#[must_use]
pub fn turns_text(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a terminal may do something else with `c` than show it.
#[must_use]
pub fn is_harmful(c: char) -> bool {
    c.is_control() || turns_text(c)
}
