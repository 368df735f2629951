//! Messages as programs of all times wrote them: dates, encodings, and parts in one another.

use crate::harness::{Sandbox, field};
use crate::pages::text_about;

/// The zone `Z` of a date costs neither the text nor the next field, in a message and in a mailbox.
#[test]
fn a_zone_of_one_letter_costs_no_text() {
    let sandbox = Sandbox::new();
    let message = |n: u8| {
        format!(
            "From: a@b.example\nSubject: Letter {n}\nDate: Mon, 3 Feb 2003 01:02:03 Z\n\n{}\n\n",
            text_about(&format!("matter {n}"))
        )
    };
    sandbox.write("in/a.eml", message(1));
    sandbox.write("in/b.mbox", format!("From a@b.example Mon Feb  3 01:02:03 2003\n{}", message(2)));
    assert_eq!(sandbox.ingest(&["in"]), "2 indexed");
    for n in 1..=2 {
        let hit = &sandbox.hits(&format!("\"matter {n}\""))[0];
        assert_eq!(field(hit, "title"), format!("Letter {n}"));
        assert_eq!(field(hit, "published"), "2003-02-03");
    }
}

/// The day of a message is known without seconds and zone.
#[test]
fn messages_without_seconds_or_zone_have_their_day() {
    let sandbox = Sandbox::new();
    for (n, date) in ["Mon, 3 Feb 2003 01:02 GMT", "3 Feb 2003 01:02:03", "Mon Feb  3 01:02:03 2003"]
        .into_iter()
        .enumerate()
    {
        let text = text_about(&format!("matter {n}"));
        sandbox.write(
            format!("in/{n}.eml"),
            format!("From: a@b.example\nDate: {date}\nSubject: Letter {n}\n\n{text}\n"),
        );
    }
    assert_eq!(sandbox.ingest(&["in"]), "3 indexed");
    let days: Vec<String> = sandbox.hits("harbour").iter().map(|hit| field(hit, "published")).collect();
    assert!(days.len() >= 3 && days.iter().all(|day| day == "2003-02-03"), "{days:?}");
}
