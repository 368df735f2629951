//! How far a run is and how fast: a line for people, an object for scripts.

use serde_json::json;

use super::json::FORMAT_VERSION;
use super::named::counted;

/// Share of all files that has to be read before the time left says anything.
const TELLING_SHARE: f64 = 0.01;

/// What was done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pace {
    /// Inputs that came to their end.
    pub inputs: u64,
    /// Articles that are new or replaced.
    pub articles: u64,
    /// Inputs that were set aside.
    pub set_aside: u64,
    /// Bytes of inputs, decompressed.
    pub bytes: u64,
    /// Bytes of files that were read, as they lie there.
    pub file_bytes: u64,
    /// Bytes of all files; 0 if that isn't known.
    pub all_file_bytes: u64,
    /// Articles that were looked through for what recurs on their sites.
    pub looked_through: u64,
    /// All that are to be; 0 as long as inputs are read.
    pub to_look_through: u64,
    /// Seconds since the beginning.
    pub seconds: f64,
    /// Whether the run is over.
    pub ended: bool,
}

impl Pace {
    /// For people, in at most `columns` columns: what has no room there is left out, from the end on.
    pub fn line(&self, columns: usize) -> String {
        let mut line = String::new();
        for part in self.parts() {
            let with_part = if line.is_empty() { part } else { format!("{line}, {part}") };
            if with_part.len() > columns {
                break;
            }
            line = with_part;
        }
        line
    }

    /// What there is to say, the most important first.
    fn parts(&self) -> Vec<String> {
        let articles = counted(self.articles, "article");
        let set_aside = format!("{} set aside", self.set_aside);
        let clock_now = clock(self.seconds);
        if self.to_look_through > 0 {
            let looked_through =
                format!("{} of {} looked through", self.looked_through, self.to_look_through);
            return vec![articles, looked_through, set_aside, clock_now];
        }
        let megabytes = self.bytes as f64 / 1e6;
        let rate = if self.seconds > 0.0 { megabytes / self.seconds } else { 0.0 };
        let rate = format!("{megabytes:.0} MB at {rate:.0} MB/s");
        let left = self.seconds_left().map(|left| format!("{} left", clock(left)));
        [Some(articles), left, Some(set_aside), Some(rate), Some(clock_now)].into_iter().flatten().collect()
    }

    /// For scripts.
    pub fn json(&self) -> String {
        let rate = if self.seconds > 0.0 { self.bytes as f64 / self.seconds } else { 0.0 };
        let left = if self.ended { Some(0.0) } else { self.seconds_left() };
        json!({
            "version": FORMAT_VERSION,
            "inputs": self.inputs,
            "articles": self.articles,
            "set_aside": self.set_aside,
            "bytes": self.bytes,
            "bytes_per_second": rate.round(),
            "seconds": (self.seconds * 10.0).round() / 10.0,
            "seconds_left": left.map(f64::round),
            "looked_through": self.looked_through,
            "to_look_through": self.to_look_through,
            "ended": self.ended,
        })
        .to_string()
    }

    /// How long the rest takes if it goes on as it did; none if too little is known.
    fn seconds_left(&self) -> Option<f64> {
        let (read, all) = (self.file_bytes as f64, self.all_file_bytes as f64);
        (read > all * TELLING_SHARE && read > 0.0).then(|| self.seconds * (all - read).max(0.0) / read)
    }
}

/// Seconds as minutes and seconds, or hours, minutes and seconds.
fn clock(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pace_is_told_to_people_and_scripts() {
        let pace = Pace {
            inputs: 3_600,
            articles: 3_511,
            set_aside: 2,
            bytes: 312_000_000,
            file_bytes: 250,
            all_file_bytes: 1_000,
            looked_through: 0,
            to_look_through: 0,
            seconds: 20.0,
            ended: false,
        };
        assert_eq!(pace.line(80), "3511 articles, 1:00 left, 2 set aside, 312 MB at 16 MB/s, 0:20");
        insta::assert_snapshot!(pace.json(), @r#"{"articles":3511,"bytes":312000000,"bytes_per_second":15600000.0,"ended":false,"inputs":3600,"looked_through":0,"seconds":20.0,"seconds_left":60.0,"set_aside":2,"to_look_through":0,"version":1}"#);
        let unknown = Pace { file_bytes: 5, ..pace };
        assert_eq!(unknown.line(80), "3511 articles, 2 set aside, 312 MB at 16 MB/s, 0:20");
        let behind = Pace { looked_through: 1_024, to_look_through: 3_511, ..pace };
        assert_eq!(behind.line(80), "3511 articles, 1024 of 3511 looked through, 2 set aside, 0:20");
        // It was wrapped on a narrow terminal.
        assert_eq!(pace.line(40), "3511 articles, 1:00 left, 2 set aside");
        assert_eq!((pace.line(13).as_str(), pace.line(3).as_str()), ("3511 articles", ""));
        let first = Pace { articles: 1, ..pace };
        assert_eq!(first.line(9), "1 article");
        assert_eq!(clock(3_725.0), "1:02:05");
    }
}
