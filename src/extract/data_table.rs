//! Whether a table shows data, rather than laying out a page.

use super::page::Node;
use super::tag::Tag;

/// Letters in an average cell above which a table is layout: its cells hold columns of text.
/// A data table's cells are words and figures, a sentence or two at most.
const LAYOUT_CELL_LETTERS: usize = 400;

/// Whether a table of which the nodes `inside` are shows data.
pub(super) fn shows_data(inside: &[Node<'_>]) -> bool {
    let (mut cells, mut rows, mut letters) = (0_usize, 0_usize, 0_usize);
    for node in inside {
        match node.tag {
            Tag::Table | Tag::Article | Tag::Section | Tag::Form | Tag::Main => return false,
            Tag::Td | Tag::Th => cells += 1,
            Tag::Tr => rows += 1,
            Tag::Text => letters += node.text.trim().len(),
            _ => {}
        }
    }
    cells > rows && rows > 0 && letters / cells <= LAYOUT_CELL_LETTERS
}
