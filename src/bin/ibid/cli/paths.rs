//! The paths of a command line, and what standard input has in the place of one: a list of paths, or a text.

use std::fs;
use std::io::{Read as _, read_to_string, stdin};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use ibid::model::path_of;
use ibid::source::walk;

/// What stands for standard input: the list on it, or the text.
pub const LIST: &str = "-";

/// The mark that some programs begin a text in UTF-8 with.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What is said if standard input lists no path.
pub const NOTHING_LISTED: &str = "note: no path on standard input, so there is nothing to read";

/// Makes sure that `file`, which is written to for `flag`, is none of `inputs`, which it would overwrite.
///
/// # Errors
///
/// If it is.
pub fn make_sure_of_no_input<'p>(
    flag: &str,
    file: &Path,
    mut inputs: impl Iterator<Item = &'p Path>,
) -> Result<()> {
    let Ok(place) = file.canonicalize() else { return Ok(()) };
    if inputs.any(|input| input.canonicalize().is_ok_and(|input| input == place)) {
        bail!("{}: an input can't be the file of {flag}, which would overwrite it", file.display());
    }
    Ok(())
}

/// `paths`, and in the place of `-` those that stand on standard input, a line each or with NUL behind each.
///
/// # Errors
///
/// If standard input can't be read, or holds the content of a file rather than the names of some.
pub fn listed(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut all = Vec::with_capacity(paths.len());
    for path in paths {
        if path == Path::new(LIST) {
            all.extend(from_standard_input()?);
        } else {
            all.push(path.clone());
        }
    }
    Ok(all)
}

/// The text of the file at `path`; of `-` what stands on standard input.
///
/// # Errors
///
/// If it can't be read, or is no UTF-8.
pub fn text_of(path: &Path) -> Result<String> {
    let read =
        if path == Path::new(LIST) { read_to_string(stdin().lock()) } else { fs::read_to_string(path) };
    read.with_context(|| name_of(path))
}

/// What a message calls the file at `path` that is read.
pub fn name_of(path: &Path) -> String {
    if path == Path::new(LIST) { "standard input".to_owned() } else { path.display().to_string() }
}

/// What a message calls the line `number` of the file at `path`.
pub fn name_of_line(path: &Path, number: usize) -> String {
    let comma = if path == Path::new(LIST) { "," } else { "" };
    format!("{}{comma} line {number}", name_of(path))
}

/// Makes sure that of `flags`, each with its file, one at most reads standard input: the second would find nothing.
///
/// # Errors
///
/// If two do.
pub fn read_once(flags: &[(&str, Option<&Path>)]) -> Result<()> {
    let mut read = flags.iter().filter(|(_, file)| *file == Some(Path::new(LIST)));
    match (read.next(), read.next()) {
        (Some((one, _)), Some((other, _))) => {
            bail!("`{one} -` and `{other} -` can't both be on standard input")
        }
        _ => Ok(()),
    }
}

/// Whether `paths` are, or hold, a list on standard input.
pub fn are_listed(paths: &[PathBuf]) -> bool {
    paths.iter().any(|path| path == Path::new(LIST))
}

/// Makes sure that the `paths` of a command line are there. Those of a list may be gone since it was made.
///
/// # Errors
///
/// If one isn't there or can't be read at all.
pub fn make_sure_of<'p>(paths: impl IntoIterator<Item = &'p PathBuf>) -> Result<()> {
    for path in paths.into_iter().filter(|path| *path != Path::new(LIST)) {
        walk(path, &[])?;
    }
    Ok(())
}

fn from_standard_input() -> Result<Vec<PathBuf>> {
    let mut list = Vec::new();
    stdin().lock().read_to_end(&mut list).context("standard input can't be read")?;
    let is_padded = is_padded(&list);
    let names: Vec<&[u8]> = names(&list).collect();
    let Some(first) = names.first() else { return Ok(Vec::new()) };
    let is_content = looks_like_content(first) && !is_there(first);
    if is_padded || is_content || is_prose(&names) {
        bail!(
            "standard input holds the content of a file, such as a page, and `-` takes the names of files, a line \
             each: name the file itself"
        );
    }
    Ok(names.into_iter().map(|name| path_of(name.to_vec())).collect())
}

/// Names of a list that are looked at to tell it from a text.
const NAMES_LOOKED_AT: usize = 200;

/// Words of a line from which it reads as one of a text, if it has no slash.
const WORDS_OF_A_LINE: usize = 5;

/// Bytes that no name in a folder has.
const TOO_LONG: usize = 256;

/// Whether `names` are the lines of a text: hardly any of them is there, and half of them or more read as such a line.
fn is_prose(names: &[&[u8]]) -> bool {
    let looked_at = &names[..names.len().min(NAMES_LOOKED_AT)];
    let lines = looked_at.iter().filter(|name| reads_as_line(name)).count();
    lines * 2 >= looked_at.len()
        && looked_at.iter().filter(|name| is_there(name)).count() * 20 < looked_at.len()
}

/// Whether `name` reads as a line of a text: of several words, without a slash, and without an extension at its end.
fn reads_as_line(name: &[u8]) -> bool {
    let words = name.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).count();
    let longest = name.split(|&byte| byte == b'/').map(<[u8]>::len).max().unwrap_or(0);
    longest >= TOO_LONG || words >= WORDS_OF_A_LINE && !name.contains(&b'/') && !has_extension(name)
}

fn has_extension(name: &[u8]) -> bool {
    let extension = name.rsplit(|&byte| byte == b'.').next().unwrap_or_default();
    (1..=5).contains(&extension.len()) && extension.iter().all(u8::is_ascii_alphanumeric)
}

fn is_there(name: &[u8]) -> bool {
    path_of(name.to_vec()).symlink_metadata().is_ok()
}

/// The names in `list`. None holds NUL, so where there is one it stands behind each name, as `find -print0` writes it.
fn names(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    let list = list.strip_prefix(BYTE_ORDER_MARK).unwrap_or(list);
    let end = if list.contains(&0) { 0 } else { b'\n' };
    let names = list.split(move |&byte| byte == end);
    let names = names.map(move |name| if end == 0 { name } else { name.strip_suffix(b"\r").unwrap_or(name) });
    names.filter(|name| !name.is_empty())
}

/// Whether a name begins as a page, a record or something binary does, or is no text, as few names are.
fn looks_like_content(name: &[u8]) -> bool {
    let begins_as_text = matches!(name.trim_ascii_start().first(), Some(b'<' | b'{'));
    let is_no_text = name.iter().any(u8::is_ascii_control) || std::str::from_utf8(name).is_err();
    begins_as_text || name.starts_with(b"%PDF-") || is_no_text
}

/// Whether `list` has NUL behind NUL, as archives and other binary files do and no list of names, which are never
/// empty.
fn is_padded(list: &[u8]) -> bool {
    list.windows(2).any(|pair| pair == [0, 0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_end_at_lines_or_at_nul() {
        let read = |list: &'static [u8]| names(list).collect::<Vec<_>>();
        assert_eq!(read(b"a\r\n\nb c\n"), [b"a".as_slice(), b"b c"]);
        assert_eq!(read(b"a\nb\0c\r\0"), [b"a\nb".as_slice(), b"c\r"]);
        assert_eq!(read(b"\n"), [b""; 0]);
    }

    /// The first path was one that isn't there.
    #[test]
    fn a_byte_order_mark_is_no_part_of_a_name() {
        assert_eq!(names(b"\xef\xbb\xbfa.html\nb").collect::<Vec<_>>(), [b"a.html".as_slice(), b"b"]);
    }

    /// Each line of an article was set aside as a path.
    #[test]
    fn the_lines_of_a_text_are_no_names() {
        let are_prose = |text: &str| is_prose(&names(text.as_bytes()).collect::<Vec<_>>());
        assert!(are_prose(
            "Water policy\n\nThe treaty was signed in 1960.\nIt shares the waters of six rivers."
        ));
        assert!(are_prose(&"long ".repeat(100)));
        assert!(!are_prose(
            "Report of the year 2019 on water.pdf\n/a/Report of the year 2020 on water.pdf\ngone.html"
        ));
    }

    #[test]
    fn a_list_has_no_empty_names() {
        assert!(is_padded(b"a.html\0\0\x000644\0"));
        assert!(!is_padded(b"a\0b\0") && !is_padded(b"a\n\nb"));
    }

    #[test]
    fn content_is_told_from_names() {
        for content in [
            &b"  <!DOCTYPE html>"[..],
            b"{\"text\": 1}",
            b"%PDF-1.4",
            b"PK\x03\x04",
            b"\x89PNG",
            b"\xff\xfea",
        ] {
            assert!(looks_like_content(content), "{content:?}");
        }
        for name in [&b"a.html"[..], b"/b c/%20.pdf", "/é/ü".as_bytes()] {
            assert!(!looks_like_content(name), "{name:?}");
        }
    }
}
