//! [`decode`]: East Asian text in bytes of seven bits, which looks like ASCII and isn't.
//!
//! ISO-2022-JP, ISO-2022-KR and ISO-2022-CN switch sets of characters by escape sequences, HZ by tildes. The
//! encoding standard knows only the first, since the others hide markup from filters; here text comes out that is
//! searched and never run.

use encoding_rs::{EUC_KR, Encoding, GBK, ISO_2022_JP};

/// The sign that begins an escape sequence.
const ESCAPE: u8 = 0x1b;
/// Sequences that announce Japanese.
const JAPANESE: [&[u8]; 3] = [b"\x1b$B", b"\x1b$@", b"\x1b(J"];
/// Sequences that announce Korean (RFC 1557) and Chinese (RFC 1922) between shifts out and in.
const SHIFTED: [(&[u8], &str, &Encoding); 2] =
    [(b"\x1b$)C", "ISO-2022-KR", EUC_KR), (b"\x1b$)A", "ISO-2022-CN", GBK)];
const SHIFT_OUT: u8 = 0x0e;
const SHIFT_IN: u8 = 0x0f;

/// Runs of Chinese between `~{` and `~}` from which on a text is HZ (RFC 1843) that isn't said to be. One may be a line
/// of TeX.
const FEWEST_RUNS: usize = 3;

/// A text is no HZ if one in so many of its runs isn't whole.
const BAD_SHARE: usize = 10;

/// What the bytes say, in which encoding, and whether some of them say nothing in it.
pub(super) type Text = (String, &'static str, bool);

/// The text of `bytes` if they are in an encoding of this kind; one that doesn't show itself well counts if it is
/// `named`.
pub(super) fn decode(bytes: &[u8], named: Option<&str>) -> Option<Text> {
    if !bytes.is_ascii() {
        return None;
    }
    if memchr::memchr(ESCAPE, bytes).is_none() {
        let is_named = named.is_some_and(|name| name.to_ascii_lowercase().starts_with("hz"));
        return from_hz(bytes, if is_named { 1 } else { FEWEST_RUNS });
    }
    let has = |mark: &[u8]| memchr::memmem::find(bytes, mark).is_some();
    if let Some((_, name, encoding)) = SHIFTED.iter().find(|(mark, ..)| has(mark)) {
        let unshifted = unshifted(bytes);
        let (text, malformed) = encoding.decode_without_bom_handling(&unshifted);
        return Some((text.into_owned(), name, malformed));
    }
    JAPANESE.iter().any(|mark| has(mark)).then(|| {
        let joined = joined(bytes);
        let (text, malformed) = ISO_2022_JP.decode_without_bom_handling(&joined);
        (text.into_owned(), ISO_2022_JP.name(), malformed)
    })
}

/// `bytes` without escape sequences that another follows at once, as where two texts were joined. The
/// standard's decoder takes them for an attack.
fn joined(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == ESCAPE && bytes.get(at + 3) == Some(&ESCAPE) {
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    out
}

/// `bytes` with what stands between shifts moved to the upper half, as in the encodings of eight bits.
fn unshifted(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut upper = false;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            ESCAPE if bytes[at..].starts_with(b"\x1b$)") => at += 3,
            SHIFT_OUT => upper = true,
            SHIFT_IN => upper = false,
            b'\n' => {
                upper = false;
                out.push(byte);
            }
            0x21..=0x7e if upper => out.push(byte | 0x80),
            _ => out.push(byte),
        }
        at += 1;
    }
    out
}

/// The text of `bytes` in HZ, if there are so many runs in it.
fn from_hz(bytes: &[u8], fewest_runs: usize) -> Option<Text> {
    let runs = memchr::memmem::find_iter(bytes, b"~{").take(fewest_runs).count();
    if runs < fewest_runs {
        return None;
    }
    let mut out = Vec::with_capacity(bytes.len());
    let (mut good, mut bad) = (0_usize, 0_usize);
    let mut rest = bytes;
    while let Some((byte, after)) = rest.split_first() {
        rest = match (byte, after.first()) {
            (b'~', Some(b'{')) => {
                let (whole, behind) = hz_run(&after[1..], &mut out);
                good += usize::from(whole);
                bad += usize::from(!whole);
                behind
            }
            (b'~', Some(b'\n')) => &after[1..],
            (b'~', Some(b'~')) => {
                out.push(b'~');
                &after[1..]
            }
            _ => {
                out.push(*byte);
                after
            }
        };
    }
    // Cut short and damaged runs are borne, as everywhere.
    if good < fewest_runs || bad * BAD_SHARE > good {
        return None;
    }
    let (text, malformed) = GBK.decode_without_bom_handling(&out);
    Some((text.into_owned(), "HZ-GB-2312", malformed || bad > 0))
}

/// Copies the pairs that `text` begins with to `out`, in the upper half. Says whether they end as a run does, at
/// its mark or with its line, and what is behind.
fn hz_run<'a>(text: &'a [u8], out: &mut Vec<u8>) -> (bool, &'a [u8]) {
    let pairs = text.chunks_exact(2).take_while(|pair| is_gb2312(pair)).count();
    let (run, rest) = text.split_at(pairs * 2);
    out.extend(run.iter().map(|byte| byte | 0x80));
    let closed = rest.strip_prefix(b"~}");
    let ends = closed.is_some() || matches!(rest.first(), None | Some(b'\n'));
    (ends && pairs > 0, closed.unwrap_or(rest))
}

fn is_gb2312(pair: &[u8]) -> bool {
    matches!(pair, [0x21..=0x77, 0x21..=0x7e])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` with its runs beyond ASCII as `run` writes their bytes without the upper bit.
    fn switched(text: &str, encoding: &'static Encoding, run: (&[u8], &[u8])) -> Vec<u8> {
        let mut out = Vec::new();
        let mut upper = false;
        for byte in encoding.encode(text).0.iter() {
            if upper != (*byte >= 0x80) {
                out.extend(if upper { run.1 } else { run.0 });
                upper = !upper;
            }
            out.push(byte & 0x7f);
        }
        out.extend(if upper { run.1 } else { b"" });
        out
    }

    #[test]
    fn chinese_between_tildes_is_read() {
        let text = "<p>委员会</p><p>四项提案, 一项也没有采纳</p>\n<p>水井</p>";
        let (read, name, malformed) = decode(&switched(text, GBK, (b"~{", b"~}")), None).unwrap();
        assert_eq!((read.as_str(), name, malformed), (text, "HZ-GB-2312", false));
        assert!(decode(b"a ~{b} and ~{c} or ~{d}", None).is_none());
        assert!(decode(b"~{ ~{ ~{", None).is_none());
        let once = switched("水井", GBK, (b"~{", b"~}"));
        assert!(decode(&once, None).is_none());
        assert_eq!(decode(&once, Some("HZ-GB-2312")).unwrap().0, "水井");
    }

    #[test]
    fn korean_and_chinese_between_shifts_are_read() {
        let text = "<p>이 문서는 한국어로</p>\n<p>쓰여</p>";
        let shifted = [b"\x1b$)C\n".as_slice(), &switched(text, EUC_KR, (b"\x0e", b"\x0f"))].concat();
        assert_eq!(decode(&shifted, None).unwrap(), (format!("\n{text}"), "ISO-2022-KR", false));
    }

    #[test]
    fn two_joined_texts_in_japanese_lose_nothing() {
        let half = |text: &str| ISO_2022_JP.encode(text).0.into_owned();
        let (text, _, malformed) = decode(&[half("水道の"), half("歴史")].concat(), None).unwrap();
        assert_eq!((text.as_str(), malformed), ("水道の歴史", false));
    }

    #[test]
    fn ascii_with_stray_escapes_is_ascii() {
        assert!(decode(b"red \x1b[31m and reset \x1b(B", None).is_none());
        assert!(decode(b"~/home and ~~", None).is_none());
    }
}
