//! What was done to keep an index: compacting it, and copying it.

use std::io::{self, Write};

use ibid::index::{BackedUp, Compacted};

use super::SummaryFormat;
use super::named::counted;

/// Writes what compacting made of an index.
pub fn write_compacted(out: &mut dyn Write, compacted: &Compacted, format: SummaryFormat) -> io::Result<()> {
    if format == SummaryFormat::Json {
        return super::json::write_object(out, compacted);
    }
    let Compacted { bytes_before, bytes_after, segments_before, segments_after, dropped } = *compacted;
    writeln!(out, "before   {}", size(bytes_before, segments_before))?;
    writeln!(out, "now      {}", size(bytes_after, segments_after))?;
    writeln!(out, "dropped  {}", counted(dropped, "removed record"))
}

/// Writes what a backup copied.
pub fn write_backed_up(out: &mut dyn Write, done: &BackedUp, format: SummaryFormat) -> io::Result<()> {
    if format == SummaryFormat::Json {
        return super::json::write_object(out, done);
    }
    let BackedUp { files, bytes, files_kept } = *done;
    let copied = counted(files as u64, "file");
    writeln!(out, "{copied} copied, {:.1} MB; {files_kept} there before", megabytes(bytes))
}

/// How large an index is, in MB: in kB where that would say nothing.
pub fn size(bytes: u64, segments: usize) -> String {
    let room = if bytes < 100_000 {
        format!("{:.1} kB", bytes as f64 / 1e3)
    } else {
        format!("{:.1} MB", megabytes(bytes))
    };
    format!("{room} in {}", counted(segments as u64, "segment"))
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_compacting_did_is_told() {
        let compacted = Compacted {
            bytes_before: 2_500_000,
            bytes_after: 1_200_000,
            segments_before: 3,
            segments_after: 1,
            dropped: 7,
        };
        let mut out = Vec::new();
        write_compacted(&mut out, &compacted, SummaryFormat::Text).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r"
        before   2.5 MB in 3 segments
        now      1.2 MB in 1 segment
        dropped  7 removed records
        ");
    }

    #[test]
    fn what_a_backup_copied_is_told() {
        let mut out = Vec::new();
        let done = BackedUp { files: 8, bytes: 1_200_000, files_kept: 0 };
        write_backed_up(&mut out, &done, SummaryFormat::Text).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "8 files copied, 1.2 MB; 0 there before\n");
    }
}
