//! Reads the numbers that a document has in a fast field at once, which is several times as fast as one after the
//! other.

use tantivy::DocId;
use tantivy::columnar::Column;

/// The numbers of `doc` in `column`, which take the place of what `values` had.
pub(super) fn read<'v>(column: &Column<u64>, doc: DocId, values: &'v mut Vec<u64>) -> &'v [u64] {
    read_first(column, doc, usize::MAX, values)
}

/// The first `most` of them.
pub(super) fn read_first<'v>(
    column: &Column<u64>,
    doc: DocId,
    most: usize,
    values: &'v mut Vec<u64>,
) -> &'v [u64] {
    let rows = column.index.value_row_ids(doc);
    values.resize(rows.len().min(most), 0);
    column.values.get_range(rows.start.into(), values);
    values
}
