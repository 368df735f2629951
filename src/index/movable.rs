//! Whether a folder can be renamed, which a repair has to know before it rebuilds an index for an hour.

use std::fs;
use std::path::Path;

/// Where Linux lists what is mounted. Other systems are found out when the folder is renamed.
const MOUNTS: &str = "/proc/self/mountinfo";

/// The number, from 0, of the field that holds the place of a mount.
const PLACE: usize = 4;

/// Why the folder `path` can't be renamed to `aside`, beside it, as far as that can be told without doing so.
pub(super) fn reason_to_stay(path: &Path, aside: &Path) -> Option<String> {
    if fs::read(MOUNTS).is_ok_and(|mounts| is_mounted_on(path, &mounts)) {
        return Some("a disk is mounted on it, so it can't be renamed".to_owned());
    }
    let tried = fs::create_dir(aside).and_then(|()| fs::remove_dir(aside));
    tried.err().map(|error| format!("the folder that it lies in can't be written: {error}"))
}

/// Whether the list `mounts` has `path`, in which blanks and backslashes stand as numbers in base 8.
fn is_mounted_on(path: &Path, mounts: &[u8]) -> bool {
    let mut place = Vec::new();
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b' ' | b'\t' | b'\n' | b'\\' => place.extend(format!("\\{byte:03o}").bytes()),
            byte => place.push(byte),
        }
    }
    mounts
        .split(|&byte| byte == b'\n')
        .any(|mount| mount.split(|&byte| byte == b' ').nth(PLACE) == Some(&place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_disk_is_mounted_on_is_told() {
        let mounts = b"36 35 98:0 / /mnt/a rw,noatime master:1 - ext3 /dev/root rw\n\
            37 35 98:0 /x /mnt/a\\040b\\134 rw - ext3 /dev/root rw\n";
        for (path, is_mounted) in [("/mnt/a", true), ("/mnt/a b\\", true), ("/mnt", false), ("/x", false)] {
            assert_eq!(is_mounted_on(Path::new(path), mounts), is_mounted, "{path}");
        }
    }

    #[test]
    fn a_folder_among_others_can_be_renamed() {
        let folder = tempfile::tempdir().unwrap();
        let (path, aside) = (folder.path().join("a"), folder.path().join("b"));
        assert_eq!(reason_to_stay(&path, &aside), None);
        assert!(!aside.exists());
        assert!(reason_to_stay(&path, &folder.path().join("c/d")).is_some());
    }
}
