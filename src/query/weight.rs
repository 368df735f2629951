//! [`Weight`]: how much a word of a query counts.

use std::fmt;

/// How much a word, phrase or pattern counts, in hundredths: as much as any, or less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight(u8);

impl Weight {
    /// As much as any.
    pub const FULL: Self = Self(100);

    /// `hundredths`, at least 1 and at most 100.
    #[must_use]
    pub const fn of_hundredths(hundredths: u8) -> Self {
        match hundredths {
            0 => Self(1),
            1..=100 => Self(hundredths),
            _ => Self::FULL,
        }
    }

    /// The weight that `text` names, from 0.01 to 0.99; none if it names no such.
    ///
    /// Only what is less than one is one: `10^6` is a number.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix("0.").filter(|digits| (1..=2).contains(&digits.len()))?;
        let number: u8 = digits.parse().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()))?;
        let hundredths = if digits.len() == 1 { number * 10 } else { number };
        (hundredths > 0).then_some(Self(hundredths))
    }

    /// The weight of what counts so much of `other`.
    pub(super) fn times(self, other: Self) -> Self {
        Self::of_hundredths((u16::from(self.0) * u16::from(other.0) / 100) as u8)
    }

    /// As a share of one.
    #[must_use]
    pub fn share(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            100 => f.write_str("1"),
            tenths if tenths % 10 == 0 => write!(f, "0.{}", tenths / 10),
            hundredths => write!(f, "0.{hundredths:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_less_than_one_and_read_back() {
        for (text, printed) in [("0.5", "0.5"), ("0.50", "0.5"), ("0.05", "0.05"), ("0.99", "0.99")] {
            assert_eq!(Weight::parse(text).unwrap().to_string(), printed);
        }
        for text in ["0", "0.0", "0.00", "1", "1.5", "0.555", "0.+5", ".5", "0.", "2"] {
            assert_eq!(Weight::parse(text), None, "{text}");
        }
    }
}
