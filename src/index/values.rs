//! Reads all numbers that a document has in a fast field at once, which is several times as fast as one after the other.

use tantivy::DocId;
use tantivy::columnar::Column;

/// The numbers of `doc` in `column`, which take the place of what `values` had.
pub(super) fn read<'v>(column: &Column<u64>, doc: DocId, values: &'v mut Vec<u64>) -> &'v [u64] {
    let rows = column.index.value_row_ids(doc);
    values.resize(rows.len(), 0);
    column.values.get_range(rows.start.into(), values);
    values
}
