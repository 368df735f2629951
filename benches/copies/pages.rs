//! Pages that say nearly what others say, made of articles: copies with other headers, bylines and ends, edited, cut,
//! printed; and what is no copy though it looks like one.

use ibid::model::{Article, BlockKind};

/// A small generator (`SplitMix64`): the same draw on every machine.
pub struct Draw(pub u64);

impl Draw {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit.max(1) as u64) as usize
    }

    fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }

    fn of<'a, T>(&mut self, values: &'a [T]) -> &'a T {
        &values[self.below(values.len())]
    }
}

/// A text that pages are made of, and the day on which it was published.
#[derive(Clone)]
pub struct Text {
    pub language: String,
    pub title: String,
    pub authors: String,
    pub paragraphs: Vec<String>,
    /// Days from the beginning of 2014.
    pub day: usize,
}

/// How a page differs from its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Made {
    /// Words in a thousand that are edited.
    pub edited: usize,
    /// Whether a paragraph was dropped.
    pub is_cut: bool,
    /// Whether paragraphs of boilerplate were put at its ends.
    pub has_ends: bool,
}

/// Words in a thousand that editors change.
pub const EDITS: [usize; 5] = [0, 10, 20, 50, 100];

/// Texts with fewer words aren't taken: what is added to one would be most of it.
const FEWEST_WORDS: usize = 200;

/// Sites that copies are published on.
const SITES: [(&str, &str); 8] = [
    ("The Tidewater Courier", "tidewater-courier.example"),
    ("Northgate Wire", "northgate-wire.example"),
    ("Plain Reader", "plain-reader.example"),
    ("Policy Mirror", "policy-mirror.example"),
    ("The Saltmarsh Review", "saltmarsh.example"),
    ("Harbour Syndicate", "harbour-syndicate.example"),
    ("Open Reprint", "open-reprint.example"),
    ("Lowland Digest", "lowland-digest.example"),
];

/// What sites put before and behind texts; each in other words on some pages.
const ENDS: [&str; 8] = [
    "This article was first published elsewhere and is reproduced here by kind permission of its authors.",
    "The views expressed are those of the writer and need not be those of this publication or of its owners.",
    "Readers may republish this piece free of charge so long as they name the source and leave the words as they are.",
    "Our reporting is paid for by people like you. If you value it, please think about giving a few coins a month.",
    "Sign up for our letter of the week, in which the editors choose five pieces that are worth an hour of your time.",
    "A longer version with notes and tables can be asked for from the institute, which will send it by post or mail.",
    "Follow the debate on our pages, where a new contribution appears each Thursday until the end of the season.",
    "Correspondence on this subject is now closed, and the editors thank all who have written on either side of it.",
];

const NAMES: [&str; 12] = [
    "Ines Tavares",
    "Olu Adebayo",
    "Mirre Koster",
    "Petr Havelka",
    "Sunniva Lie",
    "Raul Ibarra",
    "Nadia Karam",
    "Wen Lihua",
    "Tomas Brandt",
    "Asha Pillai",
    "Lena Ostrow",
    "Jomo Kariuki",
];

impl Text {
    /// The text of `article`, if there is enough of it.
    pub fn of(article: &Article) -> Option<Self> {
        let metadata = &article.metadata;
        let blocks = article.blocks.iter().filter(|block| block.kind != BlockKind::TableRow);
        let paragraphs: Vec<String> =
            blocks.filter_map(|block| block.span.of(&article.text)).map(str::to_owned).collect();
        let words: usize = paragraphs.iter().map(|text| text.split_whitespace().count()).sum();
        (words >= FEWEST_WORDS && paragraphs.len() > 4).then(|| Self {
            language: article.language().to_string(),
            title: metadata.title.clone().unwrap_or_default(),
            authors: metadata.authors.join(", "),
            paragraphs,
            day: 0,
        })
    }

    /// The same template with other facts: each name and number is another, the same one wherever it stands, and in
    /// scripts without capitals one word in six.
    pub fn with_other_facts(&self, draw: &mut Draw) -> Self {
        let salt = draw.below(1 << 40) as u64;
        let is_cased = self.paragraphs.iter().any(|text| text.contains(char::is_uppercase));
        let change = |word: &str| {
            let hash =
                word.bytes().fold(salt, |hash, byte| Draw(hash ^ u64::from(byte)).below(1 << 60) as u64);
            let mut own = Draw(hash);
            if word.contains(|c: char| c.is_ascii_digit()) {
                let digit =
                    |c: char| if c.is_ascii_digit() { char::from(b'0' + own.below(10) as u8) } else { c };
                word.chars().map(digit).collect()
            } else if word.starts_with(char::is_uppercase) && word.len() > 3 {
                format!("{}{}", ["Ka", "Mo", "Ter", "Bel", "Os"][own.below(5)], shuffled(word, &mut own))
            } else if !is_cased && own.one_in(6) {
                shuffled(word, &mut own)
            } else {
                word.to_owned()
            }
        };
        let changed = |text: &str| text.split(' ').map(change).collect::<Vec<_>>().join(" ");
        Self {
            title: changed(&self.title),
            paragraphs: self.paragraphs.iter().map(|text| changed(text)).collect(),
            day: draw.below(3_000),
            ..self.clone()
        }
    }

    /// Every other part of the text: with the other half, two articles of one series.
    pub fn half(&self, half: usize) -> Self {
        let middle = self.paragraphs.len() / 2;
        let part = if half == 0 { &self.paragraphs[..middle] } else { &self.paragraphs[middle..] };
        Self { title: format!("{} ({})", self.title, half + 1), paragraphs: part.to_vec(), ..self.clone() }
    }

    /// A few paragraphs among boilerplate that other texts have too.
    pub fn among_boilerplate(&self, number: usize) -> Self {
        let own = self.paragraphs.iter().filter(|text| text.len() > 200).skip(number).take(2).cloned();
        let mut paragraphs: Vec<String> = ENDS[..3].iter().map(|text| (*text).to_owned()).collect();
        paragraphs.extend(own);
        paragraphs.extend(ENDS[3..6].iter().map(|text| (*text).to_owned()));
        Self { title: format!("Note {number} on {}", self.title), paragraphs, ..self.clone() }
    }
}

/// A word of the same letters and no meaning.
fn shuffled(word: &str, draw: &mut Draw) -> String {
    let mut letters: Vec<char> = word.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    for at in (1..letters.len()).rev() {
        letters.swap(at, draw.below(at + 1));
    }
    letters.into_iter().collect()
}

/// A page with a copy of `text`, the `number`th of all, how it was made, and its address.
pub fn copy(text: &Text, number: usize, vocabulary: &[String], draw: &mut Draw) -> (String, Made) {
    let made = Made { edited: *draw.of(&EDITS), is_cut: draw.one_in(3), has_ends: draw.one_in(2) };
    let mut paragraphs = text.paragraphs.clone();
    if made.is_cut {
        paragraphs.remove(1 + draw.below(paragraphs.len() - 2));
    }
    let mut body: Vec<String> =
        paragraphs.iter().map(|paragraph| edited(paragraph, made.edited, vocabulary, draw)).collect();
    if made.has_ends {
        let first = draw.below(ENDS.len() - 3);
        body.insert(0, ENDS[first].to_owned());
        body.extend(ENDS[first + 1..first + 2 + draw.below(2)].iter().map(|end| (*end).to_owned()));
    }
    (page(text, &body, number, draw), made)
}

/// `text` with so many words in a thousand replaced, left out or put in. Editors leave facts alone, but for one in ten.
fn edited(text: &str, in_a_thousand: usize, vocabulary: &[String], draw: &mut Draw) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in text.split(' ') {
        let is_fact = word.contains(|c: char| c.is_uppercase() || c.is_ascii_digit());
        if draw.below(1_000) >= in_a_thousand || (is_fact && !draw.one_in(10)) {
            words.push(word);
            continue;
        }
        match draw.below(4) {
            0 => {}
            1 => words.extend([word, draw.of(vocabulary).as_str()]),
            _ => words.push(draw.of(vocabulary).as_str()),
        }
    }
    words.join(" ")
}

/// A page of some site, or a print version.
fn page(text: &Text, body: &[String], number: usize, draw: &mut Draw) -> String {
    let (name, host) = *draw.of(&SITES);
    let title =
        if draw.one_in(2) { text.title.clone() } else { format!("{name}: {}", text.title.to_lowercase()) };
    let author = if draw.one_in(2) { text.authors.as_str() } else { *draw.of(&NAMES) };
    let day = text.day + draw.below(20);
    let date = format!("{}-{:02}-{:02}", 2014 + day / 336, 1 + day / 28 % 12, 1 + day % 28);
    let paragraphs: String =
        body.iter().flat_map(|text| ["<p>".to_owned(), escaped(text), "</p>\n".to_owned()]).collect();
    let (title, author) = (escaped(&title), escaped(author));
    let address = format!("https://{host}/{number}");
    let language = &text.language;
    if draw.one_in(4) {
        return format!(
            "<html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
             <link rel=\"canonical\" href=\"{address}\"></head>\n<body>\n<h1>{title}</h1>\n{paragraphs}</body></html>"
        );
    }
    format!(
        "<!DOCTYPE html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title} | {name}</title>\
         <link rel=\"canonical\" href=\"{address}\"><meta property=\"og:site_name\" content=\"{name}\">\
         <meta property=\"article:published_time\" content=\"{date}\"><meta name=\"author\" content=\"{author}\"></head>\n\
         <body><nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/about\">About {name}</a></li></ul></nav>\n\
         <main><article><h1>{title}</h1><p class=\"byline\">By {author}</p>\n{paragraphs}</article></main>\n\
         <footer><p>© {name}. All rights reserved.</p></footer></body></html>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
