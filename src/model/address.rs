//! Addresses that are said in relation to another.

/// The address that `reference` means in what has the address `base` (RFC 3986, section 5.2); none if `base` is no
/// address of a host.
#[must_use]
pub fn resolved(base: &str, reference: &str) -> Option<String> {
    let reference = reference.trim();
    if has_scheme(reference) {
        return Some(reference.to_owned());
    }
    let (scheme, rest) = base.trim().split_once("://").filter(|_| has_scheme(base.trim()))?;
    let rest = rest.split('#').next().unwrap_or_default();
    let (host, path_and_query) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    if host.is_empty() {
        return None;
    }
    if let Some(elsewhere) = reference.strip_prefix("//") {
        return Some(format!("{scheme}://{elsewhere}"));
    }
    let path = path_and_query.split('?').next().unwrap_or_default();
    let (to, behind) = reference.split_at(reference.find(['?', '#']).unwrap_or(reference.len()));
    let path = match to.chars().next() {
        None if behind.starts_with('?') => path.to_owned(),
        None => path_and_query.to_owned(),
        Some('/') => without_dots(to),
        Some(_) => without_dots(&format!("{}/{to}", path.rsplit_once('/').map_or("", |(folder, _)| folder))),
    };
    Some(format!("{scheme}://{host}{path}{behind}"))
}

/// Whether `text` begins with a scheme, as `https:`.
fn has_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
}

/// `path`, which begins with `/`, with its `.` and `..` followed.
fn without_dots(path: &str) -> String {
    let mut parts = Vec::new();
    let mut is_folder = false;
    for part in path.split('/').skip(1) {
        is_folder = matches!(part, "." | "..");
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    if is_folder {
        parts.push("");
    }
    format!("/{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Those of RFC 3986, section 5.4, that are of the web.
    #[test]
    fn references_mean_what_the_standard_says() {
        let base = "http://a/b/c/d;p?q";
        for (reference, address) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q#s"),
            ("g?y#s", "http://a/b/c/g?y#s"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../../../g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g;x=1/../y", "http://a/b/c/y"),
            ("g?y/../x", "http://a/b/c/g?y/../x"),
        ] {
            assert_eq!(resolved(base, reference).as_deref(), Some(address), "{reference}");
        }
        assert_eq!(resolved("http://a", "g").as_deref(), Some("http://a/g"));
        for base in ["", "/b/c", "urn:b", "file:///b"] {
            assert_eq!(resolved(base, "g"), None, "{base}");
        }
    }
}
