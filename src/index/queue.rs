//! [`Queue`]: how much of what was added still waits to be indexed, so that memory stays bounded.
//!
//! Tantivy bounds its queue by documents, ten thousand of them, whatever their size. A document here carries what it
//! counts for and gives it back when it is dropped: once it is indexed, or once its thread has failed and drops all
//! that waits. So nobody waits for a thread that is gone.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tantivy::TantivyDocument;
use tantivy::schema::document::CompactDocValue;
use tantivy::schema::{Document, Value};

/// What a value takes beside its text: a number and where it lies.
const BYTES_OF_A_VALUE: usize = 16;

/// What waits to be indexed.
#[derive(Default)]
pub(super) struct Queue {
    bytes: Mutex<usize>,
    left: Condvar,
}

/// A document that counts as waiting until it is dropped.
pub(super) struct Queued {
    document: TantivyDocument,
    bytes: usize,
    queue: Arc<Queue>,
}

impl Queue {
    /// `document`, in the queue.
    pub fn enter(self: &Arc<Self>, document: TantivyDocument) -> Queued {
        let bytes = document
            .field_values()
            .map(|(_, value)| value.as_str().map_or(0, str::len) + BYTES_OF_A_VALUE)
            .sum();
        *self.bytes.lock().unwrap_or_else(PoisonError::into_inner) += bytes;
        Queued { document, bytes, queue: Arc::clone(self) }
    }

    /// Bytes that wait to be indexed.
    #[cfg(test)]
    pub fn waiting(&self) -> usize {
        *self.bytes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until no more than `most` bytes wait to be indexed.
    pub fn wait_for(&self, most: usize) {
        let bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.left.wait_while(bytes, |bytes| *bytes > most));
    }
}

impl Drop for Queued {
    fn drop(&mut self) {
        *self.queue.bytes.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.queue.left.notify_all();
    }
}

impl Document for Queued {
    type Value<'a> = CompactDocValue<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }
}

#[cfg(test)]
mod tests {
    use tantivy::schema::{STORED, Schema};

    use super::*;

    fn document(bytes: usize) -> TantivyDocument {
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", STORED);
        let mut document = TantivyDocument::new();
        document.add_text(text, "w".repeat(bytes));
        document
    }

    #[test]
    fn what_waits_is_counted_by_its_size_until_it_is_dropped() {
        let queue = Arc::new(Queue::default());
        let large = queue.enter(document(5_000));
        let small = queue.enter(document(10));
        assert_eq!(queue.waiting(), 5_010 + 2 * BYTES_OF_A_VALUE);
        drop(large);
        queue.wait_for(100);
        drop(small);
        queue.wait_for(0);
    }

    #[test]
    fn a_full_queue_is_waited_for() {
        let queue = Arc::new(Queue::default());
        let large = queue.enter(document(5_000));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| queue.wait_for(4_000));
            drop(large);
            waiting.join().unwrap();
        });
        assert_eq!(queue.waiting(), 0);
    }
}
