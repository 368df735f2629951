//! [`SharedBoundaries`]: where paragraphs, sentences and their parts begin, for all of a query that goes by it.
//!
//! They are read once for each article, however many relations ask.

use std::sync::Arc;

use parking_lot::Mutex;
use tantivy::{DocId, SegmentReader};

use crate::analysis::{Break, PIECE_POSITIONS};
use crate::index::breaks::BreakReader;
use crate::index::meter::Meter;
use crate::terms::places::{Boundaries, Units};

/// The boundaries of the articles of a segment.
#[derive(Clone)]
pub struct SharedBoundaries(Arc<Mutex<LastRead>>);

/// The boundaries of the article that they were last asked for.
struct LastRead {
    reader: Arc<BreakReader>,
    read: Vec<Break>,
    boundaries: Boundaries,
    /// The article that they are of, and the position up to which.
    known: Option<(DocId, u32)>,
}

/// The boundaries of the articles of a segment, which are opened when the first asks for them.
pub struct OpenedOnce<'s> {
    segment: &'s SegmentReader,
    opened: Option<(SharedBoundaries, Arc<BreakReader>)>,
}

impl<'s> OpenedOnce<'s> {
    /// Those of `segment`.
    pub fn new(segment: &'s SegmentReader) -> Self {
        Self { segment, opened: None }
    }

    /// The segment that they are of.
    pub fn segment(&self) -> &'s SegmentReader {
        self.segment
    }

    /// The boundaries.
    pub fn shared(&mut self) -> tantivy::Result<SharedBoundaries> {
        Ok(self.opened()?.0.clone())
    }

    /// What reads them.
    pub fn reader(&mut self) -> tantivy::Result<Arc<BreakReader>> {
        Ok(Arc::clone(&self.opened()?.1))
    }

    fn opened(&mut self) -> tantivy::Result<&(SharedBoundaries, Arc<BreakReader>)> {
        let opened = match self.opened.take() {
            Some(opened) => opened,
            None => {
                let reader = Arc::new(BreakReader::new(self.segment)?);
                (SharedBoundaries::of(Arc::clone(&reader)), reader)
            }
        };
        Ok(self.opened.insert(opened))
    }
}

impl SharedBoundaries {
    fn of(reader: Arc<BreakReader>) -> Self {
        let (read, boundaries) = (Vec::new(), Boundaries::default());
        Self(Arc::new(Mutex::new(LastRead { reader, read, boundaries, known: None })))
    }
}

impl LastRead {
    /// The boundaries in `doc` before the position `end`.
    fn of(&mut self, doc: DocId, end: u32, meter: &Meter) -> &Boundaries {
        if self.known != Some((doc, end)) {
            self.reader.read(doc, end, &mut self.read);
            self.boundaries.set(self.read.iter().copied());
            self.known = Some((doc, end));
            meter.count(self.read.len());
        }
        &self.boundaries
    }
}

/// Calls `with` with the units that hold together in `doc` before `end`: those of the text if there are `boundaries`.
pub fn with_units<T>(
    boundaries: Option<&SharedBoundaries>,
    (doc, end): (DocId, u32),
    meter: &Meter,
    with: impl FnOnce(Units<'_>) -> T,
) -> T {
    match boundaries {
        Some(SharedBoundaries(last)) => {
            let mut last = last.lock();
            with(Units::Text(last.of(doc, end, meter)))
        }
        None => with(Units::Pieces(PIECE_POSITIONS)),
    }
}
