//! The abbreviations by which the United States' mail calls its states: `PA`, `D.C.`
//!
//! They stand in texts as acronyms do, and no text ever says what they stand for.

/// The state or territory that `short` is an abbreviation for, with or without full stops; none if it is none.
#[must_use]
pub fn state_of(short: &str) -> Option<&'static str> {
    let letters = short.chars().filter(|&c| c != '.');
    STATES.iter().find(|(known, _)| letters.clone().eq(known.chars())).map(|&(_, state)| state)
}

/// Publication 28 of the United States Postal Service, appendix B, without armed forces and freely associated states.
const STATES: [(&str, &str); 56] = [
    ("AK", "Alaska"),
    ("AL", "Alabama"),
    ("AR", "Arkansas"),
    ("AS", "American Samoa"),
    ("AZ", "Arizona"),
    ("CA", "California"),
    ("CO", "Colorado"),
    ("CT", "Connecticut"),
    ("DC", "District of Columbia"),
    ("DE", "Delaware"),
    ("FL", "Florida"),
    ("GA", "Georgia"),
    ("GU", "Guam"),
    ("HI", "Hawaii"),
    ("IA", "Iowa"),
    ("ID", "Idaho"),
    ("IL", "Illinois"),
    ("IN", "Indiana"),
    ("KS", "Kansas"),
    ("KY", "Kentucky"),
    ("LA", "Louisiana"),
    ("MA", "Massachusetts"),
    ("MD", "Maryland"),
    ("ME", "Maine"),
    ("MI", "Michigan"),
    ("MN", "Minnesota"),
    ("MO", "Missouri"),
    ("MP", "Northern Mariana Islands"),
    ("MS", "Mississippi"),
    ("MT", "Montana"),
    ("NC", "North Carolina"),
    ("ND", "North Dakota"),
    ("NE", "Nebraska"),
    ("NH", "New Hampshire"),
    ("NJ", "New Jersey"),
    ("NM", "New Mexico"),
    ("NV", "Nevada"),
    ("NY", "New York"),
    ("OH", "Ohio"),
    ("OK", "Oklahoma"),
    ("OR", "Oregon"),
    ("PA", "Pennsylvania"),
    ("PR", "Puerto Rico"),
    ("RI", "Rhode Island"),
    ("SC", "South Carolina"),
    ("SD", "South Dakota"),
    ("TN", "Tennessee"),
    ("TX", "Texas"),
    ("UT", "Utah"),
    ("VA", "Virginia"),
    ("VI", "Virgin Islands"),
    ("VT", "Vermont"),
    ("WA", "Washington"),
    ("WI", "Wisconsin"),
    ("WV", "West Virginia"),
    ("WY", "Wyoming"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_known_with_and_without_full_stops() {
        assert_eq!(state_of("PA"), Some("Pennsylvania"));
        assert_eq!(["D.C.", "D.C"].map(state_of), [Some("District of Columbia"); 2]);
        for other in ["pa", "Pa", "P-A", "PAC", "P", "", ".", "XX"] {
            assert_eq!(state_of(other), None, "{other}");
        }
    }
}
