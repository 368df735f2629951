//! What lies in archives is read in place: each member is an input of its own, and costs only itself.

use crate::archives::{bzip2, gzip, tar, tar_member, xz, zip, zip_stored, zstd};
use crate::harness::{Sandbox, field};
use crate::pages::{page, text_about};
use tar::EntryType;

fn pages(names: &[&str]) -> Vec<(String, String)> {
    names.iter().map(|name| ((*name).to_owned(), page(&format!("Page {name}"), &text_about(name)))).collect()
}

/// The locators of what answers `harbour`, from the name of the archive on.
fn locators(sandbox: &Sandbox) -> Vec<String> {
    let mut locators: Vec<String> = sandbox
        .hits("harbour")
        .iter()
        .map(|hit| field(hit, "locator").rsplit_once("[DIR]/").unwrap().1.to_owned())
        .collect();
    locators.sort();
    locators.dedup();
    locators
}

/// The same pages give the same articles from a folder and from every kind of archive.
#[test]
fn pages_are_the_same_in_a_folder_and_in_any_archive() {
    let pages = pages(&["a.html", "deep/b.html", "c"]);
    let folder = Sandbox::new();
    for (name, page) in &pages {
        folder.write(format!("in/{name}"), page);
    }
    assert_eq!(folder.ingest(&["in"]), "3 indexed");
    let tar = tar(&pages);
    let archives = [
        ("a.zip", zip(&pages)),
        ("stored.zip", zip_stored(&pages)),
        ("a.tar", tar.clone()),
        ("a.tar.gz", gzip(&tar)),
        ("a.tar.zst", zstd(&tar)),
        ("a.tar.xz", xz(&tar)),
        ("a.tar.bz2", bzip2(&tar)),
        ("without-a-name", zip(&pages)),
    ];
    for (name, archive) in archives {
        let sandbox = Sandbox::new();
        sandbox.write(name, archive);
        assert_eq!(sandbox.ingest(&[name]), "3 indexed", "{name}");
        assert_eq!(sandbox.titles("harbour"), folder.titles("harbour"), "{name}");
        let texts = |sandbox: &Sandbox| {
            let mut texts: Vec<_> = sandbox.hits("ministers").iter().map(|hit| field(hit, "text")).collect();
            texts.sort();
            texts
        };
        assert_eq!(texts(&sandbox), texts(&folder), "{name}");
        let expected = ["a.html", "c", "deep/b.html"].map(|member| format!("{name}#{member}"));
        assert_eq!(locators(&sandbox), expected, "{name}");
    }
}

/// A page in any common compression is read, whatever its name says about that.
#[test]
fn every_compression_is_undone_by_content() {
    let sandbox = Sandbox::new();
    let page = |name: &str| page(&format!("Page {name}"), &text_about(name)).into_bytes();
    sandbox.write("in/a.html.gz", gzip(&page("a")));
    sandbox.write("in/b.html.zst", zstd(&page("b")));
    sandbox.write("in/c.html.xz", xz(&page("c")));
    sandbox.write("in/d.html.bz2", bzip2(&page("d")));
    sandbox.write("in/e.html", zstd(&page("e")));
    assert_eq!(sandbox.ingest(&["in"]), "5 indexed");
}

/// A file with holes is called by its own name, whatever version of its format an archive of PAX has, and isn't read
/// without them.
#[test]
fn sparse_files_of_pax_archives_are_told_by_their_names() {
    let versions: [(&str, &[&str]); 3] = [
        (
            "docs/b.html",
            &[
                "GNU.sparse.size=9000",
                "GNU.sparse.numblocks=1",
                "GNU.sparse.offset=0",
                "GNU.sparse.numbytes=99",
            ],
        ),
        (
            "docs/GNUSparseFile.7/b.html",
            &["GNU.sparse.name=docs/b.html", "GNU.sparse.size=9000", "GNU.sparse.map=0,99"],
        ),
        (
            "docs/GNUSparseFile.7/b.html",
            &[
                "GNU.sparse.major=1",
                "GNU.sparse.minor=0",
                "path=docs/GNUSparseFile.7/b.html",
                "GNU.sparse.name=docs/b.html",
            ],
        ),
    ];
    for (name, said) in versions {
        // A line begins with its own length, which has two digits in all of these.
        let extensions: String = said.iter().map(|said| format!("{} {said}\n", said.len() + 4)).collect();
        let page = page("Holes", &text_about("holes"));
        let archive = [
            tar_member(b"PaxHeaders/b.html", EntryType::XHeader, extensions.as_bytes()),
            tar_member(name.as_bytes(), EntryType::Regular, page.as_bytes()),
            tar(&pages(&["a.html"])),
        ];
        let sandbox = Sandbox::new();
        sandbox.write("a.tar", archive.concat());
        let outcome = sandbox.ibid(&["ingest", "a.tar"]).exits(3);
        outcome.complains("set aside: [DIR]/a.tar#docs/b.html: a file with holes, which isn't read");
        assert_eq!(sandbox.titles("harbour"), ["Page a.html"], "{said:?}");
    }
}

/// What lies behind a file of very many holes is read, though its header goes on in blocks of their own.
#[test]
fn a_file_of_many_holes_does_not_cost_what_lies_behind_it() {
    let mut holes = tar_member(b"b.html", EntryType::GNUSparse, b"text");
    let content = holes.split_off(512);
    let mut header = tar::Header::from_byte_slice(&holes).clone();
    header.as_gnu_mut().unwrap().set_is_extended(true);
    header.set_cksum();
    let (mut more, last) = ([0; 512], [0; 512]);
    more[504] = 1;
    let archive = [header.as_bytes().as_slice(), &more, &last, &content, &tar(&pages(&["a.html"]))].concat();
    let sandbox = Sandbox::new();
    sandbox.write("a.tar", archive);
    assert_eq!(sandbox.ingest(&["a.tar"]), "1 indexed, 1 set aside");
}

/// An archive that hasn't changed isn't read again; one that has is read, and what it lost is told by `--prune`.
#[test]
fn members_come_and_go_with_their_archive() {
    let sandbox = Sandbox::new();
    sandbox.write("a.zip", zip(&pages(&["a.html", "b.html", "c.html"])));
    assert_eq!(sandbox.ingest(&["a.zip"]), "3 indexed");
    let again = sandbox.ibid(&["ingest", "a.zip", "--format", "json"]).exits(0).json();
    assert_eq!((again["unchanged"].as_u64(), again["bytes"].as_u64()), (Some(3), Some(0)));
    let mut changed = pages(&["a.html", "b.html", "d.html"]);
    changed[1].1 = page("Page b.html", &text_about("barges"));
    sandbox.write("a.zip", zip(&changed));
    assert_eq!(sandbox.ingest(&["a.zip", "--prune"]), "1 indexed, 1 updated, 1 unchanged, 1 removed");
    assert_eq!(sandbox.titles("harbour"), ["Page a.html", "Page b.html", "Page d.html"]);
    sandbox.remove("a.zip");
    sandbox.ingest(&[".", "--prune"]);
    assert_eq!(sandbox.article_count(), 0);
}

/// An archive that can no longer be read keeps its articles, since they may still be there.
#[test]
fn an_archive_that_is_cut_off_loses_nothing_that_was_read() {
    let sandbox = Sandbox::new();
    let whole = tar(&pages(&["a.html", "b.html", "c.html"]));
    sandbox.write("a.tar", &whole);
    assert_eq!(sandbox.ingest(&["a.tar"]), "3 indexed");
    sandbox.write("a.tar", &whole[..1800]);
    assert_eq!(sandbox.ingest(&["a.tar", "--prune"]), "1 unchanged, 1 set aside");
    assert_eq!(sandbox.article_count(), 3);
    let zipped = zip(&pages(&["d.html"]));
    sandbox.write("b.zip", &zipped);
    assert_eq!(sandbox.ingest(&["b.zip"]), "1 indexed");
    sandbox.write("b.zip", &zipped[..zipped.len() - 30]);
    assert_eq!(sandbox.ingest(&["b.zip", "--prune"]), "1 set aside");
    assert_eq!(sandbox.article_count(), 4);
}

/// A cut archive says so, and gives what lies before the cut.
#[test]
fn a_cut_archive_gives_what_lies_before_the_cut() {
    let whole = tar(&pages(&["a.html", "b.html", "c.html"]));
    for (name, cut) in [("a.tar", whole[..whole.len() - 1024].to_vec()), ("b.tar", whole[..1800].to_vec())] {
        let sandbox = Sandbox::new();
        sandbox.write(name, &cut);
        let outcome = sandbox.ibid(&["ingest", name]).exits(3);
        outcome.complains("set aside: [DIR]/").complains("ends");
        assert!(sandbox.titles("harbour").contains(&"Page a.html".to_owned()));
    }
    let sandbox = Sandbox::new();
    let packed = gzip(&tar(&pages(&["a.html", "b.html"])));
    sandbox.write("c.tar.gz", &packed[..packed.len() - 12]);
    sandbox.ibid(&["ingest", "c.tar.gz"]).exits(3);
}

/// Of members of one name in a ZIP file but one can be read: that is told, and nothing else is lost.
#[test]
fn members_of_one_name_in_a_zip_file_are_told() {
    let sandbox = Sandbox::new();
    let mut archive = zip_stored(&pages(&["a.html", "b.html", "c.html"]));
    let names: Vec<usize> = (0..archive.len() - 6).filter(|&at| &archive[at..at + 6] == b"b.html").collect();
    // The first is that before the content, the last that in the directory; between them the page names itself.
    for at in [names[0], names[names.len() - 1]] {
        archive[at] = b'a';
    }
    sandbox.write("a.zip", archive);
    let outcome = sandbox.ibid(&["ingest", "a.zip"]).exits(3);
    outcome.complains("a.zip#member 0: members of one name, of which but one is read");
    assert_eq!(sandbox.titles("harbour"), ["Page b.html", "Page c.html"]);
}

/// A member that is encrypted, or compressed in a way that isn't read, costs itself.
#[test]
fn members_that_cannot_be_decoded_are_told() {
    let pages = pages(&["a.html", "b.html"]);
    for (offset_of_field, value, reason) in
        [(8, 1, "encrypted"), (10, 14, "compressed in a way that isn't read")]
    {
        let mut archive = zip_stored(&pages);
        let directory = archive.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
        archive[directory + offset_of_field] = value;
        archive[offset_of_field - 2] = value;
        let sandbox = Sandbox::new();
        sandbox.write("a.zip", archive);
        sandbox.ibid(&["ingest", "a.zip"]).exits(3).complains(&format!("a.zip#a.html: {reason}"));
        assert_eq!(sandbox.titles("harbour"), ["Page b.html"]);
    }
}

/// The second volume of a tar archive begins in the midst of a page.
#[test]
fn the_rest_of_a_member_of_another_volume_is_no_page() {
    let sandbox = Sandbox::new();
    let whole = page("Page a", &text_about("a"));
    let (_, rest) = whole.split_at(whole.len() / 2);
    let members = [
        tar_member(b"a.html", EntryType::new(b'M'), rest.as_bytes()),
        tar_member(b"b.html", EntryType::Regular, page("Page b", &text_about("b")).as_bytes()),
        vec![0; 1024],
    ];
    sandbox.write("2.tar", members.concat());
    sandbox.ibid(&["ingest", "2.tar"]).exits(3).complains("begins in another volume");
    assert_eq!(sandbox.titles("harbour"), ["Page b"]);
}

/// A damaged member costs itself.
#[test]
fn a_damaged_member_costs_itself_alone() {
    let sandbox = Sandbox::new();
    let pages = pages(&["a.html", "b.html", "c.html"]);
    let mut archive = zip_stored(&pages);
    let at = archive.windows(11).position(|bytes| bytes == b"Page b.html").unwrap();
    archive[at] = b'Q';
    sandbox.write("a.zip", archive);
    let outcome = sandbox.ibid(&["ingest", "a.zip"]).exits(3);
    outcome.complains("set aside: [DIR]/a.zip#b.html: its checksum is wrong");
    assert_eq!(sandbox.titles("harbour"), ["Page a.html", "Page c.html"]);
}

/// Archives lie inside one another to a depth, and each member is named by the whole way to it.
#[test]
fn archives_nest_to_a_depth() {
    let records = "{\"id\":\"x\",\"text\":\"The harbour master kept a log.\"}\n";
    let innermost = zip(&[("r.jsonl", records)]);
    let inner = gzip(&tar(&[("c.zip", innermost)]));
    let outer =
        zip(&[("b.tar.gz", inner), ("page.html.gz", gzip(page("Outside", &text_about("x")).as_bytes()))]);
    let sandbox = Sandbox::new();
    sandbox.write("a.zip", &outer);
    assert_eq!(sandbox.ingest(&["a.zip"]), "2 indexed");
    assert_eq!(locators(&sandbox), ["a.zip#b.tar.gz#c.zip#r.jsonl#x", "a.zip#page.html.gz"]);
    let flat = Sandbox::new();
    flat.write("a.zip", &outer);
    let outcome = flat.ibid(&["ingest", "a.zip", "--max-depth", "3"]).exits(3);
    outcome
        .complains("a.zip#b.tar.gz#c.zip#r.jsonl: nested deeper than 3 containers; --max-depth allows more");
}

/// Whatever a member is called, it is named safely and nothing is written anywhere.
#[test]
fn names_that_leave_the_archive_are_only_names() {
    let sandbox = Sandbox::new();
    let text = |name: &str| page(&format!("Page {name}"), &text_about(name));
    let members: [(&[u8], String); 6] = [
        (b"../../x.html", text("dots")),
        (b"/etc/y.html", text("absolute")),
        (b"\xff\xfe.html", text("bytes")),
        (b"a\x1b[31m#b.html", text("signs")),
        (b"twice.html", text("first")),
        (b"twice.html", text("second")),
    ];
    sandbox.write("in/a.tar", tar(&members));
    let before = std::fs::read_dir(sandbox.path("in")).unwrap().count();
    assert_eq!(sandbox.ingest(&["in"]), "6 indexed");
    assert_eq!(std::fs::read_dir(sandbox.path("in")).unwrap().count(), before);
    let expected = [
        "#../../x.html",
        "#/etc/y.html",
        "#a%1B[31m%23b.html",
        "#twice.html",
        "#twice.html#2",
        "#%FF%FE.html",
    ];
    let mut expected = expected.map(|name| format!("in/a.tar{name}"));
    expected.sort();
    assert_eq!(locators(&sandbox), expected);
    assert_eq!(sandbox.ingest(&["in", "--prune"]), "6 unchanged");
}

/// Links, devices and folders of a tar archive are passed over, each with its reason.
#[test]
fn links_and_devices_in_archives_are_skipped() {
    let sandbox = Sandbox::new();
    let kinds = [
        ("link", EntryType::Symlink),
        ("hard", EntryType::Link),
        ("null", EntryType::Char),
        ("disk", EntryType::Block),
        ("pipe", EntryType::Fifo),
        ("folder/", EntryType::Directory),
    ];
    let mut archive: Vec<u8> =
        kinds.iter().flat_map(|(name, kind)| tar_member(name.as_bytes(), *kind, b"")).collect();
    archive.extend(tar(&pages(&["a.html", ".git/b.html", "__MACOSX/c.html"])));
    sandbox.write("a.tar", archive);
    assert_eq!(sandbox.ingest(&["a.tar"]), "1 indexed, 7 skipped");
}

/// Long names and other extensions of tar archives count for the member that follows them.
#[test]
fn long_names_in_tar_archives_are_whole() {
    let sandbox = Sandbox::new();
    let name = format!("{}/page.html", "long".repeat(60));
    let content = page("Long", &text_about("length"));
    let pax = format!("path={name}\n");
    let pax = format!("{} {pax}", pax.len() + 4);
    let archive = [
        tar_member(b"././@LongLink", EntryType::GNULongName, format!("{name}\0").as_bytes()),
        tar_member(b"short", EntryType::Regular, content.as_bytes()),
        tar_member(b"pax", EntryType::XHeader, pax.as_bytes()),
        tar_member(b"other", EntryType::Regular, page("Pax", &text_about("pax")).as_bytes()),
        vec![0; 1024],
    ];
    sandbox.write("a.tar", archive.concat());
    assert_eq!(sandbox.ingest(&["a.tar"]), "2 indexed");
    assert_eq!(locators(&sandbox), [format!("a.tar#{name}"), format!("a.tar#{name}#2")]);
}

/// What grows beyond measure costs itself, and is told with the flag that allows it.
#[test]
fn a_bomb_costs_itself() {
    let sandbox = Sandbox::new();
    let bomb = [b"<html><p>".as_slice(), &vec![b'x'; 4 << 20]].concat();
    sandbox.write(
        "a.zip",
        zip(&[("bomb.html", bomb.as_slice()), ("a.html", page("Safe", &text_about("safety")).as_bytes())]),
    );
    let outcome = sandbox.ibid(&["ingest", "a.zip"]).exits(3);
    outcome.complains("a.zip#bomb.html: grows to over 200 times its size; --max-expansion allows more");
    assert_eq!(sandbox.titles("harbour"), ["Safe"]);
    let outcome =
        sandbox.ibid(&["ingest", "a.zip", "--max-expansion", "9000", "--max-input-mib", "1"]).exits(3);
    outcome.complains("a.zip#bomb.html: larger than 1 MiB; --max-input-mib allows more");
}

/// A bomb of archives in archives ends when the file has grown as much as it may, however deep that is.
#[test]
fn a_bomb_of_archives_ends() {
    let sandbox = Sandbox::new();
    let page = |n: usize| format!("<html><p>{}", "word ".repeat(100_000 + n));
    let inner = zip(&(0..8).map(|n| (format!("{n}.html"), page(n))).collect::<Vec<_>>());
    let middle = zip(&(0..30).map(|n| (format!("{n}.zip"), inner.clone())).collect::<Vec<_>>());
    let outer = zip(&(0..30).map(|n| (format!("{n}.zip"), middle.clone())).collect::<Vec<_>>());
    sandbox.write("a.zip", outer);
    let outcome =
        sandbox.ibid(&["ingest", "a.zip", "--max-expansion", "100", "--max-input-mib", "2"]).exits(3);
    outcome.complains("grows to over 100 times its size");
    assert!(sandbox.article_count() < 8 * 30 * 30, "the bomb was read to its end");
}

/// An archive that holds itself is read to the depth that is allowed.
#[test]
fn a_quine_ends_at_the_depth_that_is_read() {
    // A file in gzip that unpacks to itself can't be made here, but one that nests without end looks the same.
    let mut archive = zip(&pages(&["a.html"]));
    for _ in 0..12 {
        archive = zip(&[("self.zip", archive)]);
    }
    let sandbox = Sandbox::new();
    sandbox.write("a.zip", archive);
    let outcome = sandbox.ibid(&["ingest", "a.zip"]).exits(3);
    outcome.complains("#self.zip#self.zip#self.zip#self.zip: nested deeper than 4 containers");
}

/// A hundred thousand members are read, and a limit on them is told once.
#[test]
fn a_hundred_thousand_members_are_read() {
    let sandbox = Sandbox::new();
    let one = tar_member(b"n.css", EntryType::Regular, b"a{}");
    let mut archive = one.repeat(100_000);
    archive.extend(tar(&pages(&["last.html"])));
    sandbox.write("a.tar", &archive);
    assert_eq!(sandbox.ingest(&["a.tar"]), "1 indexed, 100000 skipped");
    let limited = Sandbox::new();
    limited.write("a.tar", &archive);
    let outcome = limited.ibid(&["ingest", "a.tar", "--max-members", "100", "--format", "json"]).exits(3);
    assert_eq!(outcome.json()["inputs"], 101);
    outcome.complains("a.tar#member 101: more than 100 members; --max-members allows more");
}

/// A ZIP file of more members than are read says so before its directory is taken in.
#[test]
fn a_zip_file_of_too_many_members_is_set_aside() {
    let sandbox = Sandbox::new();
    let many: Vec<(String, &str)> = (0..70_000).map(|n| (format!("{n}.css"), "")).collect();
    sandbox.write("a.zip", zip_stored(&many));
    let outcome = sandbox.ibid(&["ingest", "a.zip", "--max-members", "69999"]).exits(3);
    outcome.complains("a.zip: more than 69999 members; --max-members allows more");
    assert_eq!(sandbox.ingest(&["a.zip"]), "70000 skipped");
}

/// Nothing of an archive is executed, and what is encrypted or unknown is told.
#[test]
fn what_an_archive_holds_besides_is_skipped_with_its_reason() {
    let sandbox = Sandbox::new();
    sandbox.write("a.zip", zip(&[("a.css", "a{}"), ("b.png", "\u{89}PNG"), ("c/", ""), ("d.html", "")]));
    let outcome = sandbox.ibid(&["ingest", "a.zip"]).exits(3);
    outcome.complains("a.zip#d.html: the file is empty");
    sandbox.write("b.docx", zip(&[("[Content_Types].xml", "<x/>"), ("word/document.xml", "<x/>")]));
    assert_eq!(sandbox.ingest(&["b.docx"]), "1 skipped");
    sandbox.write("empty.zip", zip::<&str, &str>(&[]));
    assert_eq!(sandbox.ingest(&["empty.zip"]), "1 skipped");
}

/// `extract` looks into archives too.
#[test]
fn extract_looks_into_archives() {
    let sandbox = Sandbox::new();
    sandbox.write("a.zip", zip(&pages(&["a.html", "b.html"])));
    let outcome = sandbox.ibid(&["extract", "a.zip", "--format", "jsonl"]).exits(0);
    let locators: Vec<String> = outcome.lines().iter().map(|line| field(line, "locator")).collect();
    assert_eq!(locators, ["[DIR]/a.zip#a.html", "[DIR]/a.zip#b.html"]);
}
