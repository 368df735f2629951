//! [`StoreBlocks`]: the records of a segment read from the beginning of their file, block after block.
//!
//! The table that says where each block is lies at the file's end, and goes with it: a file cut short, one with
//! something behind it. How many records a block has, it says itself.

use std::fs::File;
use std::io::{self, BufReader, Seek};
use std::path::Path;

use tantivy::directory::FileSlice;
use tantivy::store::StoreReader;

use super::lz4;

/// Bytes of a number in a block.
const NUMBER: usize = 4;

/// The version of Tantivy's format of stores.
const STORE_VERSION: u32 = 2;

/// The bytes at the end of a store that its format keeps for later.
const RESERVED: [u8; 15] = [0; 15];

/// What Tantivy marks the last byte of a number with that has as many bytes as it needs.
const LAST: u8 = 0x80;

/// The blocks of a store, up to the first that isn't whole.
pub(super) struct StoreBlocks {
    file: BufReader<File>,
    length: u64,
}

/// One of them.
pub(super) struct StoreBlock {
    unpacked: Vec<u8>,
    records: u32,
}

impl StoreBlocks {
    /// Those of the file `path`.
    ///
    /// # Errors
    ///
    /// If it can't be read.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Ok(Self { file: BufReader::new(file), length })
    }
}

impl Iterator for StoreBlocks {
    type Item = StoreBlock;

    fn next(&mut self) -> Option<StoreBlock> {
        let left = self.length.saturating_sub(self.file.stream_position().ok()?);
        StoreBlock::of(lz4::unpacked(&mut self.file, left).ok()?)
    }
}

impl StoreBlock {
    /// None if `unpacked` is none: a block ends with where each of its records begins, the first at zero, and how many
    /// there are.
    fn of(unpacked: Vec<u8>) -> Option<Self> {
        let (rest, records) = unpacked.split_last_chunk::<NUMBER>()?;
        let records = u32::from_le_bytes(*records);
        let contents = rest.len().checked_sub((records as usize).checked_mul(NUMBER)?)?;
        let (starts, _) = rest[contents..].as_chunks::<NUMBER>();
        let starts: Vec<usize> = starts.iter().map(|start| u32::from_le_bytes(*start) as usize).collect();
        let is_whole = starts.first() == Some(&0)
            && starts.is_sorted_by(|a, b| a < b)
            && starts.last().is_some_and(|last| *last < contents);
        is_whole.then_some(Self { unpacked, records })
    }

    /// The number of its records.
    pub fn records(&self) -> u32 {
        self.records
    }

    /// A reader of its records, the first of which is 0: of a store that has no other block.
    ///
    /// # Errors
    ///
    /// If Tantivy takes it for none.
    pub fn reader(&self) -> io::Result<StoreReader> {
        let mut table = Vec::new();
        // One stretch of the table, with one block, from record 0 and from byte 0 on.
        for number in [1, 0, 0, self.records as usize, self.unpacked.len()] {
            push_number(number, &mut table);
        }
        let mut store = self.unpacked.clone();
        // One layer of tables, and where it ends.
        push_number(1, &mut store);
        push_number(table.len(), &mut store);
        store.extend(table);
        store.extend(STORE_VERSION.to_le_bytes());
        store.extend((self.unpacked.len() as u64).to_le_bytes());
        // It isn't packed.
        store.push(0);
        store.extend(RESERVED);
        StoreReader::open(FileSlice::from(store), 1)
    }
}

/// Adds `number` as Tantivy writes it: seven bits a byte, the lowest first.
fn push_number(mut number: usize, bytes: &mut Vec<u8>) {
    while number >= usize::from(LAST) {
        bytes.push((number % usize::from(LAST)) as u8);
        number /= usize::from(LAST);
    }
    bytes.push(number as u8 | LAST);
}
