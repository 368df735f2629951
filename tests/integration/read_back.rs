//! Exports that are read back: what comes of odd names, and of lines that are there no more.

use crate::harness::Sandbox;
use crate::pages::{page, page_at, text_about};

/// Articles of files whose names are no clean text, and of pages whose addresses aren't, came back as faults of the
/// export.
#[test]
fn an_export_of_odd_names_makes_the_same_index_again() {
    let sandbox = Sandbox::new();
    let names = [
        "cafe\u{301}",
        "a\u{a0}b",
        "a\u{ad}b",
        "a\u{200b}b",
        "a\u{2028}b",
        "\u{212b}",
        "a\nb",
        "a  b",
        "a%b",
    ];
    for (number, name) in names.iter().enumerate() {
        let subject = format!("wells numbered {number}");
        sandbox.write(format!("in/{name}.html"), page(&subject, &text_about(&subject)));
        let url = format!("https://wells.example/{name}");
        sandbox.write(
            format!("in/at/{name}.html"),
            page_at(&url, &format!("At {number}"), &text_about(&format!("at {subject}"))),
        );
    }
    assert_eq!(sandbox.ingest(&["in"]), "18 indexed");
    sandbox.shell("\"$IBID\" export > all.jsonl").exits(0);
    assert_eq!(sandbox.ingest(&["all.jsonl", "--index", "again"]), "18 indexed");
    let exported = |index: &str| sandbox.ibid(&["export", "--index", index]).exits(0).stdout;
    assert_eq!(exported("again"), exported("index"));
}

/// A run promised that `--prune` would drop what an export holds no more, and it dropped nothing.
#[test]
fn what_an_export_holds_no_more_is_pruned() {
    let sandbox = Sandbox::new();
    for subject in ["quinces", "medlars"] {
        sandbox.write(format!("in/{subject}.html"), page(subject, &text_about(subject)));
    }
    sandbox.ingest(&["in"]);
    sandbox.shell("\"$IBID\" export > all.jsonl").exits(0);
    sandbox.write("beside/b.html", page("Sloes", &text_about("sloes")));
    let ingest = |more: &[&str]| {
        let told = sandbox.ibid(&[&["ingest", "--index", "new"], more].concat()).exits(0).stdout;
        (told.contains("1 input is no longer in the archive read"), told.contains("1 article removed"))
    };
    assert_eq!(ingest(&["all.jsonl"]), (false, false));
    sandbox.shell("sed -i /quinces/d all.jsonl").exits(0);
    assert_eq!(ingest(&["beside", "--prune"]), (false, false));
    assert_eq!(ingest(&["all.jsonl"]), (true, false));
    assert_eq!(ingest(&["all.jsonl", "--prune"]), (false, true));
    assert_eq!(ingest(&["all.jsonl"]), (false, false));
    sandbox.ibid(&["check", "--index", "new"]).exits(0);
}
