//! Names of hosts as they are read: labels such as `xn--mnchen-3ya` with the letters that they stand for (RFC 3492).

/// What labels in Punycode begin with.
const PREFIX: &str = "xn--";

// The parameters of RFC 3492, section 5.
const BASE: u32 = 36;
const LEAST_THRESHOLD: u32 = 1;
const MOST_THRESHOLD: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const INITIAL_BIAS: u32 = 72;
const INITIAL_CODE: u32 = 128;

/// Letters of a label at most (RFC 1035, section 2.3.4), so that none takes long.
const MAX_LABEL_BYTES: usize = 63;

/// `host` with its labels as they are read; those that stand for nothing stay.
#[must_use]
pub fn readable_host(host: &str) -> String {
    let label = |label: &str| {
        let lower = label.to_ascii_lowercase();
        lower.strip_prefix(PREFIX).and_then(decoded).unwrap_or_else(|| label.to_owned())
    };
    host.split('.').map(label).collect::<Vec<_>>().join(".")
}

fn decoded(label: &str) -> Option<String> {
    if label.len() > MAX_LABEL_BYTES || !label.is_ascii() {
        return None;
    }
    let (basic, digits) = label.rsplit_once('-').unwrap_or(("", label));
    let mut letters: Vec<char> = basic.chars().collect();
    let (mut code, mut at, mut bias) = (INITIAL_CODE, 0_u32, INITIAL_BIAS);
    let mut digits = digits.bytes().peekable();
    while digits.peek().is_some() {
        let before = at;
        let (mut weight, mut step) = (1_u32, BASE);
        loop {
            let digit = match digits.next()? {
                letter @ b'a'..=b'z' => u32::from(letter - b'a'),
                number @ b'0'..=b'9' => u32::from(number - b'0') + 26,
                _ => return None,
            };
            at = at.checked_add(digit.checked_mul(weight)?)?;
            let threshold = step.saturating_sub(bias).clamp(LEAST_THRESHOLD, MOST_THRESHOLD);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(BASE - threshold)?;
            step += BASE;
        }
        let count = letters.len() as u32 + 1;
        bias = adapted(at - before, count, before == 0);
        code = code.checked_add(at / count)?;
        at %= count;
        letters.insert(at as usize, char::from_u32(code).filter(|c| c.is_alphanumeric() || !c.is_ascii())?);
        at += 1;
    }
    Some(letters.into_iter().collect())
}

fn adapted(delta: u32, count: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / DAMP } else { delta / 2 };
    delta += delta / count;
    let mut bias = 0;
    while delta > (BASE - LEAST_THRESHOLD) * MOST_THRESHOLD / 2 {
        delta /= BASE - LEAST_THRESHOLD;
        bias += BASE;
    }
    bias + (BASE - LEAST_THRESHOLD + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read() {
        for (host, readable) in [
            ("xn--mnchen-3ya.de", "münchen.de"),
            ("www.xn--e1afmkfd.xn--p1ai", "www.пример.рф"),
            ("xn--fsqu00a.example", "例子.example"),
            ("wells.example", "wells.example"),
            ("xn--99999999.example", "xn--99999999.example"),
            ("", ""),
        ] {
            assert_eq!(readable_host(host), readable);
        }
    }
}
