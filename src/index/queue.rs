//! [`Queue`]: how much of what was added still waits to be indexed, so that memory stays bounded.
//!
//! Tantivy bounds its queue by documents, ten thousand of them, whatever their size. A document here carries what it
//! counts for and gives it back when it is dropped: once it is indexed, or once its thread has failed and drops all
//! that waits. So nobody waits for a thread that is gone.

use std::sync::Arc;

use parking_lot::{Condvar, Mutex};
use tantivy::schema::Document;

use super::document::IndexedDocument;

/// What waits to be indexed.
#[derive(Default)]
pub(super) struct Queue {
    bytes: Mutex<usize>,
    left: Condvar,
}

/// A document that counts as waiting until it is dropped.
pub(super) struct Queued {
    document: IndexedDocument,
    bytes: usize,
    queue: Arc<Queue>,
}

impl Queue {
    /// `document`, in the queue.
    pub fn enter(self: &Arc<Self>, document: IndexedDocument) -> Queued {
        let bytes = document.bytes();
        *self.bytes.lock() += bytes;
        Queued { document, bytes, queue: Arc::clone(self) }
    }

    /// Bytes that wait to be indexed.
    #[cfg(test)]
    pub fn waiting(&self) -> usize {
        *self.bytes.lock()
    }

    /// Waits until no more than `most` bytes wait to be indexed.
    pub fn wait_for(&self, most: usize) {
        self.left.wait_while(&mut self.bytes.lock(), |bytes| *bytes > most);
    }
}

impl Drop for Queued {
    fn drop(&mut self) {
        *self.queue.bytes.lock() -= self.bytes;
        self.queue.left.notify_all();
    }
}

impl Document for Queued {
    type Value<'a> = <IndexedDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <IndexedDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }
}

#[cfg(test)]
mod tests {
    use tantivy::schema::{STORED, Schema};

    use super::*;

    fn document(bytes: usize) -> IndexedDocument {
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", STORED);
        let mut document = IndexedDocument::default();
        document.add_text(text, "w".repeat(bytes));
        document
    }

    #[test]
    fn what_waits_is_counted_by_its_size_until_it_is_dropped() {
        let queue = Arc::new(Queue::default());
        let large = queue.enter(document(5_000));
        let of_large = queue.waiting();
        let small = queue.enter(document(10));
        assert!((5_000..5_100).contains(&of_large), "{of_large}");
        assert_eq!(queue.waiting(), 2 * of_large - 4_990);
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
