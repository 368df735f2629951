//! Dates that an input gives of itself: read alike in all of them, and told where they can't be.

use crate::harness::Sandbox;
use crate::pages::{page_with, text_about};

/// What is made of the date `date` of each kind of input, and the reason that the account gives.
fn read(date: &str) -> Vec<(String, Option<String>, Option<String>)> {
    let sandbox = Sandbox::new();
    let text = text_about("sluices");
    sandbox.write("in/a.md", format!("---\ntitle: A\ndate: {date}\n---\n\n{text} A\n"));
    sandbox.write(
        "in/b.html",
        page_with("B", &format!("<meta name=\"datepublished\" content=\"{date}\">"), &(text.clone() + " B")),
    );
    let record = serde_json::json!({ "title": "C", "published": date, "text": text.clone() + " C" });
    sandbox.write("in/c.jsonl", record.to_string() + "\n");
    let feed = format!(
        "<rss><channel><item><title>D</title><guid>d</guid><pubDate>{date}</pubDate><description>{text} D\
         </description></item></channel></rss>"
    );
    sandbox.write("in/d.rss", feed);
    sandbox.ibid(&["ingest", "in", "-q", "--report", "report"]).exits(0);
    let lines = std::fs::read_to_string(sandbox.path("report")).unwrap();
    let of = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| line[name].as_str().map(str::to_owned);
        (
            line["locator"].as_str().unwrap().rsplit('/').next().unwrap().to_owned(),
            text("published"),
            text("reason"),
        )
    };
    lines.lines().map(of).collect()
}

/// Records knew but one form, and dropped all others without a word; `date:` didn't find them then.
#[test]
fn a_date_is_read_alike_in_every_input() {
    for date in [
        "2020-06-05",
        "2020-06-05T10:00:00Z",
        "5 June 2020",
        "June 5, 2020",
        "2020/06/05",
        "05.06.2020",
        "20200605",
        "Fri, 05 Jun 2020 10:00:00 GMT",
        "5 juin 2020",
        "5 червня 2020 р.",
        "٥ يونيو ٢٠٢٠",
        "5 มิ.ย. 2563",
        "۱۶ خرداد ۱۳۹۹",
        "2020年6月5日",
    ] {
        for (input, published, reason) in read(date) {
            assert_eq!((published.as_deref(), reason), (Some("2020-06-05"), None), "{input}: {date}");
        }
    }
}

/// What is no date is told in the account, but of pages, which have many that may be theirs.
#[test]
fn a_date_that_cannot_be_read_is_told() {
    // `21-05-18` was a day of the year 21.
    for date in ["2020-02-30", "soon", "1593561600", "21-05-18"] {
        for (input, published, reason) in read(date) {
            let told = format!("`published` is left out: no date can be made of \"{date}\"");
            let expected = if input == "b.html" { None } else { Some(told) };
            assert_eq!((published, reason), (None, expected), "{input}: {date}");
        }
    }
}

/// Whole numbers are days and years by their figures; others are told.
#[test]
fn numbers_may_be_days_and_years() {
    let sandbox = Sandbox::with_records(
        "{\"id\":\"day\",\"published\":20200605,\"text\":\"Dykes hold.\"}\n\
         {\"id\":\"year\",\"published\":2020,\"text\":\"Harbours silt up.\"}\n\
         {\"id\":\"seconds\",\"published\":1593561600,\"text\":\"Rivers rise.\"}\n",
    );
    let mut found = sandbox.articles("date:2020-06-05");
    found.sort();
    assert_eq!(found, ["day", "year"]);
    let inputs = sandbox.ibid(&["report", "--inputs"]).exits(0).lines();
    let told: Vec<&str> = inputs.iter().filter_map(|input| input["reason"].as_str()).collect();
    assert_eq!(told, ["`published` is left out: no date can be made of \"1593561600\""]);
}

/// A message whose day can't be read says so too.
#[test]
fn the_day_of_a_message_is_told_if_it_is_none() {
    let sandbox = Sandbox::new();
    let message =
        format!("From: Ana <a@port.example>\nSubject: Sluices\nDate: someday\n\n{}\n", text_about("it"));
    sandbox.write("a.eml", message);
    let outcome = sandbox.ibid(&["extract", "a.eml"]).exits(0);
    outcome.complains("a.eml: `published` is left out: no date can be made of \"someday\"");
}

/// A query had to give a day in figures, which pages tell in words.
#[test]
fn a_query_asks_for_a_day_as_people_write_it() {
    let sandbox = Sandbox::new();
    for (name, date) in [("may", "2020-05-31"), ("june", "2020-06-05"), ("july", "2020-07-01")] {
        let record = serde_json::json!({ "id": name, "published": date, "text": text_about(name) });
        sandbox.write(format!("in/{name}.jsonl"), record.to_string() + "\n");
    }
    sandbox.ibid(&["ingest", "in", "-q"]).exits(0);
    let found = |query: &str| {
        let answer = sandbox.ibid(&["query", query, "--all-copies", "--format", "jsonl"]).exits(0);
        let article =
            |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["article"].clone();
        let mut articles: Vec<String> =
            answer.stdout.lines().map(|line| article(line).as_str().unwrap().to_owned()).collect();
        articles.sort();
        articles.dedup();
        articles.join(" ")
    };
    for (query, articles) in [
        ("date:\"June 2020\"", "june"),
        ("date:\"5 червня 2020\"", "june"),
        ("date:۱۳۹۹/۰۳/۱۶", "june"),
        ("date:2020-Q2", "june may"),
        ("after:\"5 juin 2020\"", "july june"),
        ("before:\"1 de junio de 2020\"", "may"),
        ("date:\"May 2020..June 2020\"", "june may"),
        ("date:٢٠٢٠", "july june may"),
    ] {
        assert_eq!(found(query), articles, "{query}");
    }
}
