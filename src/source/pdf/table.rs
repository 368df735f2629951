//! PDF files whose cross reference table can't be read, or isn't right: [`with_new_table`] puts another in its place,
//! [`without_rest`] and [`without_returns`] give the file that it was made for.
//!
//! The table says where each object begins. So do the objects themselves: `12 0 obj`. What is in streams of objects
//! needs no entry of its own.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use memchr::memmem::{find, find_iter, rfind};

/// Most objects of a file (ISO 32000-1, annex C).
const MAX_OBJECTS: usize = 8_388_607;

/// The last number of an object.
const LAST_NUMBER: u32 = 8_388_607;

/// Bytes of the longest reference to an object that is looked at: `8388607 65535 R`.
const MAX_REFERENCE_BYTES: usize = 40;

/// What ends a file.
const END: &[u8] = b"%%EOF";

/// `file` without what lies behind its last end, if anything does.
pub(super) fn without_rest(file: &[u8]) -> Option<&[u8]> {
    let end = rfind(file, END)? + END.len();
    (!file[end..].is_empty()).then_some(&file[..end])
}

/// `file` as it was before somebody took it for text, and put a carriage return before each line feed, if that may be.
pub(super) fn without_returns(file: &[u8]) -> Option<Vec<u8>> {
    let feeds = memchr::memchr_iter(b'\n', file);
    let returned = find_iter(file, b"\r\n").count();
    (returned > 0 && feeds.count() == returned).then(|| {
        let before_feed = |at: usize| file[at] == b'\r' && file.get(at + 1) == Some(&b'\n');
        (0..file.len()).filter(|at| !before_feed(*at)).map(|at| file[at]).collect()
    })
}

/// `file` with a table of the objects that are in it, the last of each number, and the catalog that it names. None if
/// it holds no catalog, or is encrypted: the key depends on what else stands in the trailer.
pub(super) fn with_new_table(file: &[u8]) -> Option<Vec<u8>> {
    let file = &file[find(file, b"%PDF-")?..];
    let marks = [b"/Encrypt".as_slice(), b"/Filter /Standard", b"/Filter/Standard"];
    if marks.iter().any(|mark| find(file, mark).is_some()) {
        return None;
    }
    let objects = objects(file);
    let root = root(file, &objects)?;
    let mut table = String::from("\nxref\n");
    for (number, Object { generation, at }) in &objects {
        let _ = write!(table, "{number} 1\n{at:010} {generation:05} n \n");
    }
    let start = file.len() + 1;
    let size = objects.last_key_value()?.0 + 1;
    let info = named(file, b"/Info", &objects).map(|info| format!(" /Info {info} 0 R")).unwrap_or_default();
    let _ = write!(table, "trailer\n<< /Size {size} /Root {root} 0 R{info} >>\nstartxref\n{start}\n%%EOF\n");
    Some([file, table.as_bytes()].concat())
}

/// An object that is begun in a file.
#[derive(Clone, Copy)]
struct Object {
    generation: u16,
    at: usize,
}

/// The objects that begin in `file`, the last of each number.
fn objects(file: &[u8]) -> BTreeMap<u32, Object> {
    let mut objects = BTreeMap::new();
    for end in find_iter(file, b" obj").take(MAX_OBJECTS) {
        let (Some(generation), Some(number)) = numbers_before(file, end) else { continue };
        let generation_and_number = (number_at(file, generation.clone()), number_at(file, number.clone()));
        if let (Some(generation), Some(of)) = generation_and_number
            && let Ok(generation) = u16::try_from(generation)
            && (1..=LAST_NUMBER).contains(&of)
        {
            objects.insert(of, Object { generation, at: number.start });
        }
    }
    objects
}

/// Where the two numbers stand that end before `end`, the last first.
fn numbers_before(file: &[u8], end: usize) -> (Option<Range<usize>>, Option<Range<usize>>) {
    let last = figures_before(file, end);
    let first = last.as_ref().and_then(|last| {
        let before = file[..last.start].trim_ascii_end().len();
        figures_before(file, before).filter(|_| before < last.start)
    });
    (last, first)
}

/// The figures that end before `end`; none if there are none, or more than any number of an object has.
fn figures_before(file: &[u8], end: usize) -> Option<Range<usize>> {
    let longest = LAST_NUMBER.ilog10() as usize + 1;
    let figures = file[..end].iter().rev().take(longest + 1).take_while(|b| b.is_ascii_digit()).count();
    (1..=longest).contains(&figures).then(|| end - figures..end)
}

fn number_at(file: &[u8], place: Range<usize>) -> Option<u32> {
    std::str::from_utf8(file.get(place)?).ok()?.parse().ok()
}

/// The number of the catalog: the last that a trailer names, or else the last that says to be one.
fn root(file: &[u8], objects: &BTreeMap<u32, Object>) -> Option<u32> {
    named(file, b"/Root", objects).or_else(|| {
        let names = [b"/Type /Catalog".as_slice(), b"/Type/Catalog"];
        let catalog = names.iter().filter_map(|name| rfind(file, name)).max()?;
        let before = objects.iter().filter(|(_, object)| object.at < catalog);
        before.max_by_key(|(_, object)| object.at).map(|(number, _)| *number)
    })
}

/// The number of the object that is named last as the `key` of a trailer, if there is one.
fn named(file: &[u8], key: &[u8], objects: &BTreeMap<u32, Object>) -> Option<u32> {
    let reference = &file[rfind(file, key)? + key.len()..];
    let reference = reference[..reference.len().min(MAX_REFERENCE_BYTES)].trim_ascii_start();
    let figures = reference.iter().take_while(|b| b.is_ascii_digit()).count();
    number_at(reference, 0..figures).filter(|number| objects.contains_key(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_found_where_they_begin() {
        let file = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n 12 3 obj 5 endobj\rno obj 123456789 0 obj 1 0 obj <<>>";
        let found: Vec<(u32, u16, usize)> =
            objects(file).iter().map(|(number, object)| (*number, object.generation, object.at)).collect();
        let again = file.len() - b"1 0 obj <<>>".len();
        assert_eq!(found, [(1, 0, again), (12, 3, 46)]);
        assert_eq!(&file[46..54], b"12 3 obj");
    }

    #[test]
    fn the_catalog_is_the_one_that_is_named_last_or_says_to_be_one() {
        let of = |file: &[u8]| root(file, &objects(file));
        let catalog = b"1 0 obj <<>> endobj 7 0 obj << /Type/Catalog >> endobj 9 0 obj 3 endobj ".as_slice();
        assert_eq!(of(catalog), Some(7));
        assert_eq!(of(&[catalog, b"trailer << /Root 9 0 R >>"].concat()), Some(9));
        assert_eq!(of(&[catalog, b"trailer << /Root 8 0 R >>"].concat()), Some(7));
        assert_eq!(of(b"1 0 obj 3 endobj"), None);
    }

    #[test]
    fn carriage_returns_go_if_each_line_has_one() {
        assert_eq!(without_returns(b"a\r\n\r\r\nb\r"), Some(b"a\n\r\nb\r".to_vec()));
        assert_eq!(without_returns(b"a\r\nb\n"), None);
        assert_eq!(without_returns(b"a\rb"), None);
    }

    #[test]
    fn what_lies_behind_the_end_is_cut_off() {
        assert_eq!(without_rest(b"a %%EOF b %%EOF\r\n<!-- x -->"), Some(b"a %%EOF b %%EOF".as_slice()));
        assert_eq!(without_rest(b"a %%EOF"), None);
        assert_eq!(without_rest(b"a"), None);
    }
}
