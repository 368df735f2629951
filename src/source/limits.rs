//! [`Limits`]: how much of an input is read, and what is said of what is beyond.

/// How much of an input is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of one document or record, decompressed.
    pub input_bytes: u64,
    /// Most times that something compressed may grow, and with all that it holds the file that it lies in; the bodies of a
    /// web archive's answers, decoded one by one, each for itself.
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

/// What the reason ends with by which something is beyond a limit.
const ALLOWS_MORE: &str = "allows more";

impl Limits {
    /// Whether what was set aside for `reason` was beyond limits that were others than these.
    #[must_use]
    pub fn differ_from_those_of(&self, reason: &str) -> bool {
        let reasons = [
            too_large(self.input_bytes),
            too_grown(self.expansion_ratio),
            too_many(self.members),
            too_deep(self.depth),
            Self::too_slow(self.pdf_seconds),
            Self::page_too_slow(self.page_seconds),
        ];
        reason.ends_with(ALLOWS_MORE) && !reasons.iter().any(|known| reason.ends_with(known))
    }

    /// That a PDF file takes longer than `seconds`.
    #[must_use]
    pub fn too_slow(seconds: u64) -> String {
        format!("takes longer than {seconds} s to read; --pdf-seconds {ALLOWS_MORE}")
    }

    /// That it takes longer than `seconds` to make an article of a page.
    #[must_use]
    pub fn page_too_slow(seconds: u64) -> String {
        format!("takes longer than {seconds} s to make an article of; --page-seconds {ALLOWS_MORE}")
    }
}

/// That something is larger than `most` bytes.
pub(super) fn too_large(most: u64) -> String {
    format!("larger than {} MiB; --max-input-mib {ALLOWS_MORE}", most >> 20)
}

/// That something grows to more than `ratio` times its size.
pub(super) fn too_grown(ratio: u64) -> String {
    format!("grows to over {ratio} times its size; --max-expansion {ALLOWS_MORE}")
}

/// That a file holds more than `most` members.
pub(super) fn too_many(most: u64) -> String {
    format!("more than {most} members; --max-members {ALLOWS_MORE}")
}

/// That a container lies inside `most` others.
pub(super) fn too_deep(most: u32) -> String {
    format!("nested deeper than {most} containers; --max-depth {ALLOWS_MORE}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_limit_that_was_another_makes_a_difference() {
        let limits = Limits::default();
        assert!(!limits.differ_from_those_of(&format!("the line is {}", too_large(64 << 20))));
        assert!(limits.differ_from_those_of(&format!("the line is {}", too_large(1 << 20))));
        assert!(limits.differ_from_those_of(&too_grown(20)) && limits.differ_from_those_of(&too_deep(3)));
        assert!(!limits.differ_from_those_of("its checksum is wrong"));
    }
}
