//! Walks folders in order of name and says of every entry what it is.

use std::borrow::Cow;
use std::fs::{FileType, Metadata};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use walkdir::{DirEntry, WalkDir};

use super::content::Refusal;
use crate::engine::Stamp;
use crate::error::SourceError;
use crate::model::Locator;

/// A file of patterns, as in `.gitignore`, for what is no article in its folder and below.
pub(super) const IGNORE_FILE: &str = ".ibidignore";

/// What is said of a path that isn't there.
pub const MISSING: &str = "no such file or folder";

/// The mark that some programs begin a file with.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Folders are followed to this depth. One that lies there and holds something is set aside.
const MAX_DEPTH: usize = 200;

/// A file that was found.
#[derive(Clone, Debug)]
pub struct FoundFile {
    /// Where it is.
    pub path: PathBuf,
    /// The same for reports and the index.
    pub locator: Locator,
    /// Size and time.
    pub stamp: Stamp,
    /// Whether all may read it, as far as its mode tells.
    pub is_open_to_all: bool,
}

/// The files at `root` and below, and what can't be one with the reason.
///
/// `left_out` are folders not to go into, such as the index itself, and files that the run itself writes.
///
/// # Errors
///
/// If `root` isn't there or can't be read at all.
pub fn walk(root: &Path, left_out: &[PathBuf]) -> Result<Walk, SourceError> {
    let unreadable = |source| SourceError::Unreadable { path: root.to_owned(), source };
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => SourceError::NotFound { path: root.to_owned() },
        _ => unreadable(error),
    };
    let absolute = absolute(root).map_err(failed)?;
    if std::fs::metadata(&absolute).map_err(failed)?.is_dir() {
        drop(std::fs::read_dir(&absolute).map_err(unreadable)?);
    }
    Ok(Walk::new(&absolute, left_out))
}

/// The same for a `root` of a list, which may be gone since the list was made: that is told as of an entry.
#[must_use]
pub fn walk_listed(root: &Path, left_out: &[PathBuf]) -> Walk {
    Walk::new(&absolute(root).unwrap_or_else(|_| root.to_owned()), left_out)
}

/// `root` from the top, without `.` and `..`: one name for one place, however it was typed.
///
/// # Errors
///
/// If what `..` leads through isn't there.
pub fn absolute(root: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(root)?;
    let parts: Vec<Component<'_>> = path.components().collect();
    let Some(last) = parts.iter().rposition(|part| *part == Component::ParentDir) else { return Ok(path) };
    // Behind a link `..` is the parent of what it leads to: only the file system knows.
    let (through, rest) = parts.split_at(last + 1);
    Ok(through.iter().collect::<PathBuf>().canonicalize()?.join(rest.iter().collect::<PathBuf>()))
}

/// Folders in which, or in the folders of which, systems mount disks that come and go.
const MOUNT_FOLDERS: [&str; 4] = ["/media", "/run/media", "/mnt", "/Volumes"];

/// Whether what was at `root` is gone, and not only out of reach: the folder that it lay in can be read, and holds
/// something else.
///
/// Where a disk isn't mounted the folder for it is empty, or gone itself.
#[must_use]
pub fn is_gone(root: &Path) -> bool {
    let failed = |path: &Path| std::fs::symlink_metadata(path).err().map(|error| error.kind());
    let is_missing = |path: &Path| failed(path) == Some(io::ErrorKind::NotFound);
    // Nothing is under a name that is too long for any.
    if failed(root) == Some(io::ErrorKind::InvalidFilename) {
        return true;
    }
    let Some(path) = absolute(root).ok().filter(|path| is_missing(path)) else { return false };
    let Some(folder) = path.parent() else { return false };
    let holds_others = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.any(|entry| entry.is_ok()));
    holds_others && !may_be_a_disk(&path)
}

/// Whether a disk may be mounted at `path`: in a folder for disks, or in one of those that it has for each user.
fn may_be_a_disk(path: &Path) -> bool {
    path.ancestors()
        .skip(1)
        .take(2)
        .any(|folder| MOUNT_FOLDERS.iter().any(|disks| folder == Path::new(disks)))
}

/// An iterator over what lies below a root.
pub struct Walk {
    entries: walkdir::IntoIter,
    left_out: Vec<PathBuf>,
    /// The patterns of the folders that the walk is in, with their depths, outermost first.
    ignore_files: Vec<(usize, Gitignore)>,
}

impl Iterator for Walk {
    type Item = Result<FoundFile, (Locator, Refusal)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let entry = match self.entries.next()? {
                Ok(entry) => entry,
                Err(error) => return Some(Err(unreadable(&error))),
            };
            if let Some(found) = self.look_at(&entry) {
                return Some(found);
            }
        }
    }
}

impl Walk {
    fn new(root: &Path, left_out: &[PathBuf]) -> Self {
        Self {
            entries: WalkDir::new(root).max_depth(MAX_DEPTH).sort_by_file_name().into_iter(),
            left_out: left_out.iter().filter_map(|folder| folder.canonicalize().ok()).collect(),
            ignore_files: Vec::new(),
        }
    }

    /// What `entry` is; none for a folder to go into.
    fn look_at(&mut self, entry: &DirEntry) -> Option<Result<FoundFile, (Locator, Refusal)>> {
        self.ignore_files.retain(|&(depth, _)| depth < entry.depth());
        let kind = kind_of(entry);
        if let Some(reason) = self.reason_to_pass(entry, kind) {
            if kind.is_dir() {
                self.entries.skip_current_dir();
            }
            return Some(Err((Locator::file(entry.path()), Refusal::Skip(reason))));
        }
        if kind.is_dir() && entry.depth() == MAX_DEPTH {
            return too_deep(entry).map(Err);
        }
        if kind.is_dir() {
            return self.enter(entry).err().map(|refusal| {
                self.entries.skip_current_dir();
                Err((Locator::file(entry.path()), refusal))
            });
        }
        Some(found_file(entry))
    }

    fn reason_to_pass(&self, entry: &DirEntry, kind: FileType) -> Option<String> {
        // What a folder's own file says counts before what those of the folders around it say.
        let patterns = self.ignore_files.iter().rev();
        let said =
            patterns.map(|(_, file)| file.matched(entry.path(), kind.is_dir())).find(|said| !said.is_none());
        if said.is_some_and(|said| said.is_ignore()) || entry.file_name() == IGNORE_FILE {
            return Some(format!("named in {IGNORE_FILE}"));
        }
        if kind.is_dir() && entry.depth() > 0 && is_hidden(entry) {
            return Some("a hidden folder".to_owned());
        }
        if self.is_left_out(entry, kind) {
            let what = if kind.is_dir() { "the index itself" } else { "the report of this run" };
            return Some(what.to_owned());
        }
        not_a_file(kind).map(str::to_owned)
    }

    fn is_left_out(&self, entry: &DirEntry, kind: FileType) -> bool {
        // To ask of every file where it really is would take long.
        let is_named_so = || self.left_out.iter().any(|left| left.file_name() == Some(entry.file_name()));
        (kind.is_dir() || is_named_so())
            && entry.path().canonicalize().is_ok_and(|path| self.left_out.contains(&path))
    }

    /// Takes the patterns of `folder`, if it has some. Where they can't be read nobody knows what isn't to be.
    fn enter(&mut self, folder: &DirEntry) -> Result<(), Refusal> {
        let file = folder.path().join(IGNORE_FILE);
        if file.is_file() {
            let unreadable = |error: String| {
                Refusal::Unreadable(format!("the patterns in its {IGNORE_FILE} can't be read: {error}"))
            };
            let lines = std::fs::read(&file).map_err(|error| unreadable(error.to_string()))?;
            let patterns = patterns(folder.path(), &lines).map_err(|error| unreadable(error.to_string()))?;
            self.ignore_files.push((folder.depth(), patterns));
        }
        Ok(())
    }
}

/// The patterns in `lines` for `folder`. One that can't be read matches nothing; the others still count.
fn patterns(folder: &Path, lines: &[u8]) -> Result<Gitignore, ignore::Error> {
    let mut builder = GitignoreBuilder::new(folder);
    // A line in another encoding, in a comment perhaps, costs itself alone.
    for line in String::from_utf8_lossy(lines).trim_start_matches(BYTE_ORDER_MARK).lines() {
        let _ = builder.add_line(None, &as_git_reads(line));
    }
    builder.build()
}

/// `line` so that it says to the reader of patterns what it says to git: braces are signs like others, and what takes
/// nothing back says nothing.
fn as_git_reads(line: &str) -> Cow<'_, str> {
    if line.trim_end() == "!" {
        return Cow::Borrowed("");
    }
    if !line.contains(['{', '}']) {
        return Cow::Borrowed(line);
    }
    let (mut read, mut is_in_set, mut is_escaped) = (String::with_capacity(line.len() + 2), false, false);
    for sign in line.chars() {
        if matches!(sign, '{' | '}') && !is_in_set && !is_escaped {
            read.push('\\');
        }
        is_in_set = !is_escaped && (sign == '[' || is_in_set && sign != ']');
        is_escaped = sign == '\\' && !is_escaped;
        read.push(sign);
    }
    Cow::Owned(read)
}

/// What is said of a folder that isn't looked into for its depth; none if nothing is in it.
fn too_deep(folder: &DirEntry) -> Option<(Locator, Refusal)> {
    let is_empty = std::fs::read_dir(folder.path()).is_ok_and(|mut entries| entries.next().is_none());
    let reason =
        format!("more than {MAX_DEPTH} folders deep: what lies in it is read if it is named by itself");
    (!is_empty).then(|| (Locator::file(folder.path()), Refusal::SetAside(reason)))
}

/// What an entry is. A link that was asked for by name is what it leads to.
fn kind_of(entry: &DirEntry) -> FileType {
    let asked_for = entry.depth() == 0 && entry.path_is_symlink();
    let followed = asked_for.then(|| std::fs::metadata(entry.path()).ok()).flatten();
    followed.map_or(entry.file_type(), |metadata| metadata.file_type())
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// Why an entry can't be read as a file.
fn not_a_file(kind: FileType) -> Option<&'static str> {
    if kind.is_symlink() {
        return Some("a symbolic link");
    }
    let special = !kind.is_file() && !kind.is_dir();
    special.then_some("a device, pipe or socket")
}

fn found_file(entry: &DirEntry) -> Result<FoundFile, (Locator, Refusal)> {
    let locator = Locator::file(entry.path());
    let metadata = std::fs::metadata(entry.path());
    let metadata = metadata.map_err(|error| (locator.clone(), Refusal::Unreadable(error.to_string())))?;
    let (path, stamp) = (entry.path().to_owned(), stamp_of(&metadata));
    Ok(FoundFile { path, locator, stamp, is_open_to_all: is_open_to_all(&metadata) })
}

fn stamp_of(metadata: &Metadata) -> Stamp {
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let modified_ns = modified.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(0);
    Stamp { bytes: metadata.len(), modified_ns }
}

/// Whether the file at `path` has the size and time of `stamp`, and may be read.
#[must_use]
pub fn is_as_it_was(path: &Path, stamp: Stamp) -> bool {
    let is_same = std::fs::metadata(path).is_ok_and(|now| now.is_file() && stamp_of(&now) == stamp);
    is_same && std::fs::File::open(path).is_ok()
}

#[cfg(unix)]
fn is_open_to_all(metadata: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    const READ_BY_ALL: u32 = 0o444;
    metadata.permissions().mode() & READ_BY_ALL == READ_BY_ALL
}

#[cfg(not(unix))]
fn is_open_to_all(_: &Metadata) -> bool {
    false
}

fn unreadable(error: &walkdir::Error) -> (Locator, Refusal) {
    let locator = Locator::file(error.path().unwrap_or(Path::new("?")));
    let reason = match error.io_error() {
        Some(error) if error.kind() == io::ErrorKind::NotFound => MISSING.to_owned(),
        Some(error) => error.to_string(),
        None => "a loop of links".to_owned(),
    };
    (locator, Refusal::Unreadable(reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(root: &Path) -> Vec<String> {
        let found = walk(root, &[root.join("index")]).unwrap();
        found
            .map(|item| match item {
                Ok(file) => file.path.strip_prefix(root).unwrap().display().to_string(),
                Err((locator, refusal)) => {
                    let name = locator.as_str().rsplit('/').next().unwrap().to_owned();
                    format!("{name}: {}", refusal.reason())
                }
            })
            .collect()
    }

    #[test]
    fn patterns_say_what_they_say_to_git() {
        let dir = tempfile::tempdir().unwrap();
        let matched = |lines: &str, name: &str| {
            let patterns = patterns(dir.path(), lines.as_bytes()).unwrap();
            patterns.matched(dir.path().join(name), false).is_ignore()
        };
        assert!(matched("{a,b}.html", "{a,b}.html") && !matched("{a,b}.html", "a.html"));
        assert!(matched("[{]a}", "{a}") && matched("\\{a}", "{a}") && matched("a}", "a}"));
        assert!(matched("a.html\n!", "a.html") && matched("a.html\n! \n", "a.html"));
        assert!(!matched("a.html\n!a.html", "a.html"));
    }

    #[test]
    fn entries_come_in_order_of_name_and_none_is_passed_silently() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        for name in
            ["b/2.html", "b/1.html", "a.html", ".git/x", "index/meta.json", "notes/drop.md", "notes/keep.md"]
        {
            fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
            fs::write(root.join(name), "x").unwrap();
        }
        fs::write(root.join("notes/.ibidignore"), "drop.md\n").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(root, root.join("c")).unwrap();
        assert_eq!(
            names(root),
            [
                ".git: a hidden folder",
                "a.html",
                "b/1.html",
                "b/2.html",
                "c: a symbolic link",
                "index: the index itself",
                ".ibidignore: named in .ibidignore",
                "drop.md: named in .ibidignore",
                "notes/keep.md",
            ]
        );
    }

    /// What lay below was passed over without a word, and so taken for gone.
    #[test]
    fn what_lies_too_deep_is_set_aside() {
        let dir = tempfile::tempdir().unwrap();
        let deepest = dir.path().join(["d"; MAX_DEPTH].join("/"));
        fs::create_dir_all(deepest.join("e")).unwrap();
        fs::write(deepest.parent().unwrap().join("a.html"), "x").unwrap();
        let told = |root: &Path| -> Vec<String> {
            let told = walk(root, &[]).unwrap().map(|found| match found {
                Ok(file) => file.locator.to_string(),
                Err((locator, refusal)) => format!("{locator}: {}", refusal.reason()),
            });
            told.collect()
        };
        let found = told(dir.path());
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[1].contains("d/d: more than 200 folders deep"), "{found:?}");
        assert!(told(&deepest).is_empty());
        fs::remove_dir(deepest.join("e")).unwrap();
        assert_eq!(told(dir.path()).len(), 1, "an empty one holds nothing");
    }

    #[test]
    fn a_folders_own_patterns_count_first() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("kept")).unwrap();
        fs::write(dir.path().join(".ibidignore"), "*.txt\n").unwrap();
        fs::write(dir.path().join("kept/.ibidignore"), "!k.txt\n").unwrap();
        fs::write(dir.path().join("kept/k.txt"), "x").unwrap();
        fs::write(dir.path().join("kept/l.txt"), "x").unwrap();
        let found = names(dir.path());
        assert!(found.contains(&"kept/k.txt".to_owned()), "{found:?}");
        assert!(found.contains(&"l.txt: named in .ibidignore".to_owned()), "{found:?}");
    }

    /// All patterns behind such a line were lost, and what they named was read.
    #[test]
    fn a_line_that_is_no_text_costs_no_other_pattern() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(".ibidignore"), b"\xef\xbb\xbfa.txt\r\n# caf\xe9\r\nb.txt\n[\nc.txt")
            .unwrap();
        for name in ["a.txt", "b.txt", "c.txt", "d.txt"] {
            fs::write(dir.path().join(name), "x").unwrap();
        }
        let found = names(dir.path());
        let kept: Vec<&String> = found.iter().filter(|name| !name.contains(": named")).collect();
        assert_eq!(kept, ["d.txt"]);
    }

    #[test]
    fn what_is_out_of_reach_is_not_gone() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        fs::create_dir_all(root.join("empty")).unwrap();
        fs::write(root.join("file"), "x").unwrap();
        assert!(is_gone(&root.join("a")));
        assert!(is_gone(&root.join("a".repeat(300))), "a name that is too long");
        for there in ["file", "empty", "empty/a", "a/b", "file/a"] {
            assert!(!is_gone(&root.join(there)), "{there}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("/no/such/disk", root.join("link")).unwrap();
            assert!(!is_gone(&root.join("link")), "it leads to what may be mounted again");
        }
        for disk in ["/mnt/disk", "/media/ana/disk", "/run/media/ana/disk", "/Volumes/disk"] {
            assert!(may_be_a_disk(Path::new(disk)), "{disk}");
        }
        assert!(!may_be_a_disk(Path::new("/media/ana/disk/archive/2014")));
    }

    #[test]
    fn a_root_that_is_not_there_is_an_error() {
        let error = walk(Path::new("/no/such/place"), &[]).err().unwrap();
        assert_eq!(error.to_string(), "/no/such/place: no such file or folder");
        let listed: Vec<_> = walk_listed(Path::new("/no/such/place"), &[]).collect();
        let [Err((locator, Refusal::Unreadable(reason)))] = listed.as_slice() else { panic!("{listed:?}") };
        assert_eq!((locator.as_str(), reason.as_str()), ("/no/such/place", "no such file or folder"));
    }
}
