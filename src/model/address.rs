//! [`Address`]: an address in its parts, and what is said in relation to one.
//!
//! Nothing is checked or undone: addresses of the wild are taken apart as they stand.

use std::borrow::Cow;

use crate::text::{clean, percent_decoded, readable_host};

/// An address in its parts, without what follows a `#`. One that names no scheme is taken to begin with its host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address<'a> {
    /// The scheme, empty if there is none.
    pub scheme: &'a str,
    /// The host, with what may stand before it and the port.
    pub authority: &'a str,
    /// All that is behind the host.
    pub path_and_query: &'a str,
}

impl<'a> Address<'a> {
    /// The parts of `url`.
    #[must_use]
    pub fn of(url: &'a str) -> Self {
        let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
        let rest = rest.split('#').next().unwrap_or_default();
        let (authority, path_and_query) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        Self { scheme, authority, path_and_query }
    }

    /// The host.
    #[must_use]
    pub fn host(&self) -> &'a str {
        self.host_and_port().0
    }

    /// The port, empty if none is named.
    #[must_use]
    pub fn port(&self) -> &'a str {
        self.host_and_port().1
    }

    fn host_and_port(&self) -> (&'a str, &'a str) {
        let behind_user = self.authority.rsplit('@').next().unwrap_or_default();
        behind_user.split_once(':').unwrap_or((behind_user, ""))
    }

    /// The path, empty or from its slash on.
    #[must_use]
    pub fn path(&self) -> &'a str {
        self.path_and_query.split('?').next().unwrap_or_default()
    }

    /// The query behind its mark, empty if there is none.
    #[must_use]
    pub fn query(&self) -> &'a str {
        self.path_and_query.split_once('?').map_or("", |(_, query)| query)
    }

    /// The address in the letters that its reader sees: without escapes, and its host as it is called. For its words
    /// alone, as it may lead elsewhere.
    #[must_use]
    pub fn readable(url: &'a str) -> Cow<'a, str> {
        let host = Self::of(url).host();
        let readable = readable_host(host);
        let url =
            if readable == host { Cow::Borrowed(url) } else { Cow::Owned(url.replacen(host, &readable, 1)) };
        if !url.contains('%') {
            return url;
        }
        String::from_utf8(percent_decoded(&url)).map_or(url, |decoded| Cow::Owned(clean(&decoded)))
    }

    /// Whether it is that of the site's first page.
    #[must_use]
    pub fn is_root(&self) -> bool {
        matches!(self.path_and_query, "" | "/")
    }
}

/// What is no address that leads anywhere, but a program or the content itself.
const SCHEMES_OF_CONTENT: [&str; 5] = ["about", "blob", "data", "javascript", "vbscript"];

/// Whether `url` leads somewhere, be it not on the web: a page that is named by `javascript:` or `data:` isn't found by
/// that. Names such as `urn:isbn:1` and addresses without a scheme do.
#[must_use]
pub fn leads_somewhere(url: &str) -> bool {
    let Some((scheme, _)) = url.split_once(':') else { return true };
    // Browsers pass over blanks and control characters in a scheme.
    let scheme: String = scheme.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    !SCHEMES_OF_CONTENT.iter().any(|content| scheme.eq_ignore_ascii_case(content))
}

/// The host of an address, without `www.`; none if that is no name with a dot.
#[must_use]
pub fn host_of(url: &str) -> Option<&str> {
    let host = Address::of(url).host();
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| host.contains('.'))
}

/// The site that `host` is called by, for queries and articles alike: as it is read, in small letters, without `www.`.
#[must_use]
pub fn site_of(host: &str) -> String {
    let host = readable_host(host.trim_matches('.')).to_lowercase();
    match host.strip_prefix("www.") {
        Some(site) => site.to_owned(),
        None => host,
    }
}

/// The address that `reference` means in what has the address `base` (RFC 3986, section 5.2); none if `base` is no
/// address of a host.
#[must_use]
pub fn resolved(base: &str, reference: &str) -> Option<String> {
    let reference = reference.trim();
    if reference.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme)) {
        return Some(reference.to_owned());
    }
    let base = Address::of(base.trim());
    let Address { scheme, authority, path_and_query } = base;
    if !is_scheme(scheme) || authority.is_empty() {
        return None;
    }
    if let Some(elsewhere) = reference.strip_prefix("//") {
        return Some(format!("{scheme}://{elsewhere}"));
    }
    let path = base.path();
    let (to, behind) = reference.split_at(reference.find(['?', '#']).unwrap_or(reference.len()));
    let path = match to.chars().next() {
        None if behind.starts_with('?') => path.to_owned(),
        None => path_and_query.to_owned(),
        Some('/') => without_dots(to),
        Some(_) => without_dots(&format!("{}/{to}", path.rsplit_once('/').map_or("", |(folder, _)| folder))),
    };
    Some(format!("{scheme}://{authority}{path}{behind}"))
}

fn is_scheme(scheme: &str) -> bool {
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

    #[test]
    fn an_address_is_read_as_it_is_meant() {
        for (url, readable) in [
            ("https://ex.org/2020/%C3%A9t%C3%A9-au-sahel", "https://ex.org/2020/été-au-sahel"),
            ("https://xn--mnchen-3ya.de/a", "https://münchen.de/a"),
            ("https://ex.org/%E9t%E9", "https://ex.org/%E9t%E9"),
        ] {
            assert_eq!(Address::readable(url), readable);
        }
    }

    #[test]
    fn an_address_is_taken_apart() {
        let address = Address::of("https://ana@wells.example:8080/a/b?c=/d?e#f/g");
        assert_eq!((address.scheme, address.host(), address.port()), ("https", "wells.example", "8080"));
        assert_eq!((address.path(), address.query()), ("/a/b", "c=/d?e"));
        let bare = Address::of("wells.example?a#b");
        assert_eq!((bare.scheme, bare.authority, bare.path(), bare.query()), ("", "wells.example", "", "a"));
        for (url, is_root) in
            [("http://a", true), ("http://a/#b", true), ("http://a?b", false), ("a/b", false)]
        {
            assert_eq!(Address::of(url).is_root(), is_root, "{url}");
        }
    }

    #[test]
    fn content_and_programs_are_no_addresses() {
        for url in ["javascript:alert(1)", "JavaScript://a.example/%0aalert(1)", " java\tscript:x", "data:,x"]
        {
            assert!(!leads_somewhere(url), "{url}");
        }
        for url in
            ["https://a.example/javascript:x", "urn:isbn:1", "a.example/data", "data", "ftp://a.example"]
        {
            assert!(leads_somewhere(url), "{url}");
        }
    }

    #[test]
    fn hosts_are_told_whatever_stands_around_them() {
        for url in ["https://www.wells.example/a", "http://ana@wells.example", "http://wells.example:80#a@b"]
        {
            assert_eq!(host_of(url), Some("wells.example"), "{url}");
        }
        assert_eq!(host_of("wells"), None);
    }

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
