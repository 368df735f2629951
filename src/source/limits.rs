//! [`Limits`]: how much of an input is read, and [`Limit`]: what is said of what is beyond one.

use std::fmt;

use super::content::Refusal;

/// How much of an input is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of one document or record, decompressed.
    pub input_bytes: u64,
    /// Most times that something compressed may grow, and with all that it holds the file that it lies in; the bodies
    /// of a web archive's answers, decoded one by one, each for itself.
    pub expansion_ratio: u64,
    /// Most members of one file, those of containers inside it among them.
    pub members: u64,
    /// Most containers that lie inside one another.
    pub depth: u32,
    /// Most seconds for reading one PDF file; it is up to the reader to hold it.
    pub pdf_seconds: u64,
    /// Most seconds for making an article of one page; `ingest` has the clock to hold it.
    pub page_seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            input_bytes: 64 << 20,
            expansion_ratio: 200,
            members: 1_000_000,
            depth: 4,
            pdf_seconds: 10,
            page_seconds: 10,
        }
    }
}

impl Limits {
    /// Whether what was set aside for `reason` was beyond a limit that was another than these.
    #[must_use]
    pub fn differ_from_those_of(&self, reason: &str) -> bool {
        Limit::told_by(reason).is_some_and(|told| told != self.like(told))
    }

    /// The one of these that bounds the same as `other`.
    fn like(&self, other: Limit) -> Limit {
        match other {
            Limit::InputMib(_) => Limit::input(self.input_bytes),
            Limit::Expansion(_) => Limit::Expansion(self.expansion_ratio),
            Limit::Members(_) => Limit::Members(self.members),
            Limit::Depth(_) => Limit::Depth(self.depth.into()),
            Limit::PdfSeconds(_) => Limit::PdfSeconds(self.pdf_seconds),
            Limit::PageSeconds(_) => Limit::PageSeconds(self.page_seconds),
        }
    }
}

/// A limit that something is beyond.
///
/// What becomes of an input is kept as a text for people, so its text is also how a later run knows it again: what
/// [`Limit::told_by`] reads is what `Display` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// [`Limits::input_bytes`], in MiB.
    InputMib(u64),
    /// [`Limits::expansion_ratio`].
    Expansion(u64),
    /// [`Limits::members`].
    Members(u64),
    /// [`Limits::depth`].
    Depth(u64),
    /// [`Limits::pdf_seconds`].
    PdfSeconds(u64),
    /// [`Limits::page_seconds`].
    PageSeconds(u64),
}

/// All of them, by their numbers.
const LIMITS: [fn(u64) -> Limit; 6] =
    [Limit::InputMib, Limit::Expansion, Limit::Members, Limit::Depth, Limit::PdfSeconds, Limit::PageSeconds];

impl Limit {
    /// That of an input to `bytes`.
    #[must_use]
    pub fn input(bytes: u64) -> Self {
        Self::InputMib(bytes >> 20)
    }

    /// The limit that `reason` ends with; none if it is of something else.
    #[must_use]
    pub fn told_by(reason: &str) -> Option<Self> {
        LIMITS.into_iter().find_map(|limit| {
            let (before, _, behind) = limit(0).wording();
            let (_, number) = reason.strip_suffix(behind)?.rsplit_once(before)?;
            number.parse().ok().map(limit)
        })
    }

    /// What is said of it: its number, and what stands before and behind it.
    fn wording(self) -> (&'static str, u64, &'static str) {
        match self {
            Self::InputMib(most) => ("larger than ", most, " MiB; --max-input-mib allows more"),
            Self::Expansion(most) => ("grows to over ", most, " times its size; --max-expansion allows more"),
            Self::Members(most) => ("more than ", most, " members; --max-members allows more"),
            Self::Depth(most) => ("nested deeper than ", most, " containers; --max-depth allows more"),
            Self::PdfSeconds(most) => ("takes longer than ", most, " s to read; --pdf-seconds allows more"),
            Self::PageSeconds(most) => {
                ("takes longer than ", most, " s to make an article of; --page-seconds allows more")
            }
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, most, behind) = self.wording();
        write!(f, "{before}{most}{behind}")
    }
}

impl From<Limit> for Refusal {
    fn from(limit: Limit) -> Self {
        Self::SetAside(limit.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_a_limit_that_was_another_makes_a_difference() {
        let limits = Limits::default();
        assert!(!limits.differ_from_those_of(&format!("the line is {}", Limit::input(64 << 20))));
        assert!(limits.differ_from_those_of(&format!("the line is {}", Limit::input(1 << 20))));
        assert!(limits.differ_from_those_of(&Limit::Expansion(20).to_string()));
        assert!(limits.differ_from_those_of(&Limit::Depth(3).to_string()));
        assert!(!limits.differ_from_those_of("its checksum is wrong"));
    }

    #[test]
    fn each_limit_is_compared_with_its_like() {
        let limits = Limits::default();
        for limit in LIMITS {
            let (_, most, _) = limits.like(limit(0)).wording();
            assert_eq!(limits.like(limit(0)), limit(most));
        }
    }

    proptest! {
        #[test]
        fn a_limit_is_known_again_by_what_is_said_of_it(
            at in 0..LIMITS.len(), most in any::<u64>(), before in "(a damaged feed: |more than |[0-9 ]|.)*"
        ) {
            let limit = LIMITS[at](most);
            prop_assert_eq!(Limit::told_by(&format!("{before}{limit}")), Some(limit));
        }
    }
}
