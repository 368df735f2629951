//! [`guess`]: the encoding of bytes that name none.
//!
//! chardetng guesses as browsers do, from pairs of letters. Its guess is held against the language that
//! the text then seems to be in: letters that the language doesn't write, capitals inside of words and signs
//! between letters tell a wrong one. Then each other encoding of one byte a character is tried the same way.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{self as all, Encoding, MACINTOSH, UTF_8, WINDOWS_1252};
use whatlang::Lang;

use super::alphabets::Alphabet;

/// Bytes that chardetng reads. More than a page's head, since the first kilobytes are often all ASCII.
const GUESS_BYTES: usize = 256 * 1024;

/// Bytes of text that are decoded to look at their letters.
const SAMPLE_BYTES: usize = 4 * 1024;

/// A guess stays if fewer than one in so many characters beyond ASCII don't fit.
const SURE_SHARE: usize = 50;

/// It stays below this too, if nothing fits far better.
const GOOD_SHARE: usize = 10;

/// Another takes its place only if fewer than one in so many don't fit, ...
const BETTER_SHARE: usize = 20;

/// ... and so many times fewer than in the first guess.
const TIMES_BETTER: usize = 4;

/// A guess is doubtful if one in so many breaks a word.
const DOUBTFUL_SHARE: usize = 4;

/// Encodings of Latin script that may be meant where the first guess doesn't fit, commonest first.
const LATIN: [&Encoding; 10] = [
    WINDOWS_1252,
    all::WINDOWS_1250,
    all::ISO_8859_2,
    all::WINDOWS_1254,
    all::WINDOWS_1257,
    MACINTOSH,
    all::ISO_8859_4,
    all::ISO_8859_3,
    all::ISO_8859_10,
    all::ISO_8859_16,
];

/// The same for other scripts. Some of them hold a few letters of Latin script, which prove nothing.
const OTHERS: [&Encoding; 11] = [
    all::WINDOWS_1251,
    all::KOI8_U,
    all::WINDOWS_1253,
    all::WINDOWS_1256,
    all::WINDOWS_1255,
    all::ISO_8859_5,
    all::IBM866,
    all::X_MAC_CYRILLIC,
    all::ISO_8859_7,
    all::ISO_8859_6,
    all::WINDOWS_874,
];

/// In a short text, so many letters are expected for each different one.
const LETTERS_PER_KIND: usize = 4;

/// The first character past the blocks of Latin letters that encodings of one byte have.
const LATIN_END: char = '\u{250}';

/// Signs beyond ASCII that texts of all languages have.
const SIGNS: &str = "\u{a0}\u{ad}\u{200c}\u{200d}\u{200e}\u{200f}«»‹›“”„‘’‚‛–—―…•·§¶°©®™€£¥№¡¿´¨²³½¼¾†‡′″،؛؟";

/// Those of them that stand between the letters of a word.
const INNER_SIGNS: &str = "\u{a0}\u{ad}\u{200c}\u{200d}’‘·–—…´";

/// An encoding, and whether the text looks odd in it all the same.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guess {
    pub encoding: &'static Encoding,
    pub doubtful: bool,
}

/// The likeliest encoding of `bytes`, which aren't UTF-8.
pub(super) fn guess(bytes: &[u8]) -> Guess {
    let first = by_pairs(bytes);
    if !first.is_single_byte() {
        return Guess { encoding: first, doubtful: false };
    }
    let sample = sample(bytes);
    let held = Fit::of(&sample, first);
    let stays = |most: usize| held.misfits() * most <= held.foreign;
    if stays(SURE_SHARE) {
        return Guess { encoding: first, doubtful: false };
    }
    // Letters that seem foreign say little against the encoding of most languages, if it breaks no word.
    let western = first == WINDOWS_1252 && held.breaks * GOOD_SHARE < held.foreign;
    let better = best(&sample, |fit| !fit.is_latin || !western || fit.language == held.language)
        .filter(|best| best.misfits() * TIMES_BETTER <= held.misfits());
    match better {
        Some(better) => Guess { encoding: better.encoding, doubtful: false },
        None if stays(GOOD_SHARE) => Guess { encoding: first, doubtful: false },
        None => whatever_breaks_least(&sample, held),
    }
}

/// The encoding in which the text is plainly in some language, of those that `may` be.
fn best(sample: &[u8], may: impl Fn(&Fit) -> bool) -> Option<Fit> {
    let latin = LATIN.iter().map(|encoding| Fit::of(sample, encoding));
    let others = OTHERS.iter().map(|encoding| Fit::of(sample, encoding)).filter(|fit| !fit.is_latin);
    latin.chain(others).filter(Fit::convinces).filter(may).min_by_key(Fit::misfits)
}

/// A guess at a text in a language of which no alphabet is known here. Most of them, if they are written
/// with one byte a character at all, are written with the letters of windows-1252.
fn whatever_breaks_least(sample: &[u8], first: Fit) -> Guess {
    let western = [WINDOWS_1252, MACINTOSH].map(|encoding| Fit::of(sample, encoding));
    let best = western.into_iter().filter(|fit| fit.is_latin).min_by_key(|fit| fit.breaks);
    let best = best.filter(|fit| first.is_latin && fit.breaks <= first.breaks).unwrap_or(first);
    Guess { encoding: best.encoding, doubtful: best.breaks * DOUBTFUL_SHARE > best.foreign }
}

fn by_pairs(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    let head = &bytes[..bytes.len().min(GUESS_BYTES)];
    detector.feed(head, head.len() == bytes.len());
    let encoding = detector.guess(None, Utf8Detection::Allow);
    if encoding == UTF_8 { WINDOWS_1252 } else { encoding }
}

/// The lines of text, tags cut, that hold anything beyond ASCII.
fn sample(bytes: &[u8]) -> Vec<u8> {
    let mut sample = Vec::new();
    for line in bytes[..bytes.len().min(GUESS_BYTES)].split(|&b| b == b'\n') {
        for piece in line.split(|&b| b == b'<') {
            let text = memchr::memchr(b'>', piece).map_or(piece, |end| &piece[end + 1..]);
            if text.is_ascii() {
                continue;
            }
            let room = SAMPLE_BYTES - sample.len();
            sample.extend_from_slice(&text[..text.len().min(room)]);
            if sample.len() == SAMPLE_BYTES {
                return sample;
            }
            sample.push(b'\n');
            if sample.len() == SAMPLE_BYTES {
                return sample;
            }
        }
    }
    sample
}

/// How well a sample reads in an encoding.
#[derive(Clone, Copy, Debug)]
struct Fit {
    encoding: &'static Encoding,
    /// What the text seems to be written in.
    language: Option<Lang>,
    /// Characters beyond ASCII.
    foreign: usize,
    /// Letters among them that the text's language doesn't write.
    strangers: usize,
    /// Characters among them that no text has there: a capital or a sign inside of a word, a control.
    breaks: usize,
    /// Different letters among them that the language writes, and how many it takes to be sure of it.
    seen: usize,
    expected: usize,
    /// Whether the letters are those of Latin script.
    is_latin: bool,
}

impl Fit {
    fn of(sample: &[u8], encoding: &'static Encoding) -> Self {
        let (text, _) = encoding.decode_without_bom_handling(sample);
        let language = whatlang::detect(&text).map(|info| info.lang());
        let alphabet = language.and_then(Alphabet::of);
        let mut fit = Self {
            encoding,
            language,
            foreign: 0,
            strangers: 0,
            breaks: 0,
            seen: 0,
            expected: alphabet.map_or(usize::MAX, Alphabet::expected),
            is_latin: false,
        };
        let chars: Vec<char> = text.chars().collect();
        let mut seen: Vec<char> = Vec::new();
        let (mut letters, mut latin) = (0, 0);
        for (at, &c) in chars.iter().enumerate().filter(|(_, c)| !c.is_ascii()) {
            let before = at.checked_sub(1).map_or(' ', |before| chars[before]);
            let after = chars.get(at + 1).copied().unwrap_or(' ');
            fit.foreign += 1;
            letters += usize::from(c.is_alphabetic());
            latin += usize::from(c.is_alphabetic() && c < LATIN_END);
            if breaks(before, c, after) {
                fit.breaks += 1;
            } else if alphabet.is_some_and(|alphabet| alphabet.has(c)) {
                seen.extend(c.to_lowercase().next());
            } else if !SIGNS.contains(c) {
                fit.strangers += 1;
            }
        }
        seen.sort_unstable();
        seen.dedup();
        fit.seen = seen.len();
        fit.is_latin = latin * 2 > letters;
        fit
    }

    fn misfits(&self) -> usize {
        self.strangers + self.breaks
    }

    /// Whether the text is so well in its language that the encoding is no chance.
    fn convinces(&self) -> bool {
        let enough = self.expected.min(self.foreign / LETTERS_PER_KIND).max(1);
        self.misfits() * BETTER_SHARE < self.foreign && self.seen >= enough
    }
}

/// Whether `c` can't stand between these two.
fn breaks(before: char, c: char, after: char) -> bool {
    if c.is_control() || c == char::REPLACEMENT_CHARACTER {
        return true;
    }
    let in_word = before.is_alphabetic() && after.is_alphabetic();
    if c.is_uppercase() {
        return before.is_lowercase();
    }
    if c.is_alphabetic() {
        return c.is_lowercase() && after.is_uppercase();
    }
    let is_mark = matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{6ff}' | '\u{e00}'..='\u{e7f}');
    in_word && !is_mark && !INNER_SIGNS.contains(c)
}
