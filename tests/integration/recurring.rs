//! Text that recurs from page to page of a site: taken out, told, kept, put back.

use crate::harness::Sandbox;

const NOTE: &str = "Anyone may reprint this article who names its author and the Marrowbone Review.";

/// The page of `number` on a site, which ends with the same note as all others.
pub fn noted(site: &str, number: usize) -> String {
    format!(
        "<html lang=en><title>Well {number}</title><link rel=canonical href=https://{site}/wells/{number}>\
         <body><main><h1>Well {number}</h1><p>Well number {number} of {site} was dug in the year of the flood by people who \
         had been told that there was water below, and there was, for {number} years and a summer.</p>\
         <p>Then it gave out, as had well {} before it, and the people of village {number} went back to the river \
         with their buckets and with what they thought of those who dig wells.</p>\
         <p>{NOTE}</p></main>",
        number + 100
    )
}

fn with_pages(sandbox: &Sandbox, site: &str, numbers: std::ops::Range<usize>) {
    for number in numbers {
        sandbox.write(format!("in/{site}-{number}.html"), noted(site, number));
    }
}

fn furniture(sandbox: &Sandbox, arguments: &[&str]) -> Vec<String> {
    let summary = sandbox.ibid(&[&["ingest"], arguments].concat()).exits(0);
    summary.stdout.lines().filter(|line| line.starts_with("furniture")).map(str::to_owned).collect()
}

/// On 20 pages of a host the note is furniture, which is told; on 19 of another it isn't.
#[test]
fn what_recurs_on_twenty_pages_is_taken_out_and_told() {
    let sandbox = Sandbox::new();
    with_pages(&sandbox, "wells.example", 0..20);
    with_pages(&sandbox, "pumps.example", 0..19);
    let told = furniture(&sandbox, &["in"]);
    assert_eq!(told, ["furniture: 1 block recurring on wells.example taken out of 20 articles"]);
    let stats = sandbox.ibid(&["stats", "--format", "json"]).json();
    assert_eq!((&stats["articles"], &stats["without_recurring"]), (&39.into(), &20.into()));
    let found = sandbox
        .ibid(&["query", "Marrowbone", "-n", "50", "--format", "jsonl", "--all-copies"])
        .exits(0)
        .lines();
    assert_eq!(found.len(), 19);
    assert!(found.iter().all(|hit| hit["url"].as_str().unwrap().contains("pumps.example")));
    assert_eq!(
        sandbox.ibid(&["query", "buckets", "-n", "50", "--format", "jsonl", "--all-copies"]).lines().len(),
        39
    );
}

/// A script hears how far it is while what recurs is taken out or put back, at the beginning and the end at least.
#[test]
fn progress_is_told_while_what_recurs_is_taken_out() {
    let sandbox = Sandbox::new();
    with_pages(&sandbox, "wells.example", 0..25);
    with_pages(&sandbox, "pumps.example", 0..3);
    let heard = |more: &[&str]| -> Vec<(u64, u64)> {
        let told = sandbox.ibid(&[&["ingest", "in", "--progress", "json"], more].concat()).exits(0);
        let lines = told.stderr.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let number = |line: &serde_json::Value, name: &str| line[name].as_u64().unwrap();
        lines.map(|line| (number(&line, "looked_through"), number(&line, "to_look_through"))).collect()
    };
    for more in [&[][..], &["--keep-recurring"]] {
        let heard = heard(more);
        assert!(heard.contains(&(0, 25)) && heard.contains(&(25, 25)), "{more:?}: {heard:?}");
        assert!(heard.is_sorted(), "{more:?}: {heard:?}");
    }
    assert_eq!(heard(&[]), [(0, 0)], "there is nothing to look through");
}

/// A second run changes nothing, and copies of a page are copies still.
#[test]
fn a_second_run_takes_nothing_out_again() {
    let sandbox = Sandbox::new();
    with_pages(&sandbox, "wells.example", 0..25);
    assert_eq!(furniture(&sandbox, &["in"]).len(), 1);
    let before = sandbox.ibid(&["query", "wells", "-n", "50", "--format", "jsonl", "--all-copies"]).stdout;
    assert_eq!(sandbox.ingest(&["in"]), "25 unchanged");
    assert!(furniture(&sandbox, &["in"]).is_empty());
    assert_eq!(
        sandbox.ibid(&["query", "wells", "-n", "50", "--format", "jsonl", "--all-copies"]).stdout,
        before
    );
    sandbox.write("in/copy.html", noted("wells.example", 3));
    assert_eq!(sandbox.ingest(&["in"]), "25 unchanged, 1 duplicates");
}

/// What is known of a site holds for a page that comes later.
#[test]
fn a_page_that_comes_later_goes_without_it_too() {
    let sandbox = Sandbox::new();
    with_pages(&sandbox, "wells.example", 0..20);
    furniture(&sandbox, &["in"]);
    with_pages(&sandbox, "wells.example", 20..21);
    let told = furniture(&sandbox, &["in"]);
    assert_eq!(told, ["furniture: 1 block recurring on wells.example taken out of 1 article"]);
    assert!(sandbox.hits("Marrowbone").is_empty());
}

/// `--keep-recurring` takes nothing out, and puts back what was.
#[test]
fn what_was_taken_out_can_be_put_back() {
    let kept = Sandbox::new();
    with_pages(&kept, "wells.example", 0..20);
    assert!(furniture(&kept, &["in", "--keep-recurring"]).is_empty());
    let sandbox = Sandbox::new();
    with_pages(&sandbox, "wells.example", 0..20);
    furniture(&sandbox, &["in"]);
    assert!(sandbox.hits("Marrowbone").is_empty());
    assert_eq!(furniture(&sandbox, &["in", "--keep-recurring"]), ["furniture: put back into 20 articles"]);
    let text = |sandbox: &Sandbox| {
        let hits = sandbox
            .ibid(&["query", "Marrowbone", "-n", "50", "--format", "jsonl", "--all-copies"])
            .exits(0)
            .lines();
        hits.iter().map(|hit| hit["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(text(&sandbox).len(), 20);
    assert_eq!(text(&sandbox), text(&kept));
    assert!(furniture(&sandbox, &["in", "--keep-recurring"]).is_empty());
}
