//! What was made of each block of a page: kept or dropped, and why, in the page's order.

use std::io::{self, Write};

use ibid::extract::{Explained, Verdict};
use ibid::model::BlockKind;

use super::named::counted;
use super::wrap::clip;
use super::{Style, printable};

/// Columns for the verdict and the kind.
const KIND_COLUMNS: usize = 12;

/// Writes what was made of the page at `locator`.
///
/// A kept block begins with `+`, a dropped one with `-`; its reason and place follow on a line of their own.
pub fn write(out: &mut dyn Write, locator: &str, blocks: &[Explained], style: &Style) -> io::Result<()> {
    writeln!(out, "{}", printable(locator))?;
    let room = style.columns.saturating_sub(KIND_COLUMNS + 3);
    for block in blocks {
        let text = clip(&printable(&block.text), room);
        match block.verdict {
            Verdict::Kept => writeln!(out, "+ {:KIND_COLUMNS$} {text}", name_of(block.kind))?,
            Verdict::Dropped(reason) => {
                writeln!(out, "- {:KIND_COLUMNS$} {text}", name_of(block.kind))?;
                let place =
                    innermost(&printable(&block.place), room.saturating_sub(reason.to_string().len() + 2));
                let why = format!("{reason}: {place}");
                writeln!(out, "  {:KIND_COLUMNS$} {}", "", clip(why.trim_end_matches([':', ' ']), room))?;
            }
        }
    }
    let kept = blocks.iter().filter(|block| block.verdict == Verdict::Kept).count();
    writeln!(out, "{} kept, {} dropped\n", counted(kept as u64, "block"), blocks.len() - kept)
}

/// The end of a path of elements that fits in `columns`: what is nearest to a block tells most of it.
fn innermost(place: &str, columns: usize) -> String {
    let mut shown = String::new();
    for element in place.rsplit(" > ") {
        if !shown.is_empty() && element.len() + shown.len() + 7 > columns {
            return format!("… > {shown}");
        }
        shown = if shown.is_empty() { element.to_owned() } else { format!("{element} > {shown}") };
    }
    shown
}

fn name_of(kind: BlockKind) -> String {
    match kind {
        BlockKind::Heading(level) => format!("heading {level}"),
        BlockKind::Paragraph => "paragraph".to_owned(),
        BlockKind::ListItem => "list item".to_owned(),
        BlockKind::Quotation => "quotation".to_owned(),
        BlockKind::TableRow => "table row".to_owned(),
        BlockKind::Preformatted => "preformatted".to_owned(),
        BlockKind::Footnote => "footnote".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ibid::extract::Reason;

    #[test]
    fn each_block_has_its_verdict_and_reason() {
        let block = |text: &str, verdict| Explained {
            kind: BlockKind::Paragraph,
            text: text.to_owned(),
            verdict,
            place: "html > body.home > div.page > div.menu".to_owned(),
        };
        let blocks = [
            block("Home News\nContact", Verdict::Dropped(Reason::Links)),
            block("The river fell by two metres over the long dry summer.", Verdict::Kept),
        ];
        let mut out = Vec::new();
        write(&mut out, "/a.html", &blocks, &Style { columns: 50, ..Style::default() }).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r"
        /a.html
        - paragraph    Home News Contact
                       links only: … > div.page > div.menu
        + paragraph    The river fell by two metres over …
        1 block kept, 1 dropped
        ");
    }
}
