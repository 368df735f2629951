//! The sort key of an address, as indexes of web archives have it: the host from its end on, then what is behind it.
//!
//! As the Internet Archive's `surt` makes them for common addresses; session ids stay in.

use crate::model::Address;

/// The key of `uri`: `http://www.Example.org/A?b=2&a=1` is `org,example)/a?a=1&b=2`.
pub(super) fn surt(uri: &str) -> String {
    let uri = uri.trim().to_lowercase();
    let address = Address::of(&uri);
    let usual_port = match address.scheme {
        "http" => "80",
        "https" => "443",
        _ => return uri,
    };
    let mut key = without_www(address.host()).split('.').rev().collect::<Vec<_>>().join(",");
    let port = address.port();
    if !port.is_empty() && port != usual_port {
        key = format!("{key}:{port}");
    }
    let path = address.path().trim_end_matches('/');
    let path = if path.is_empty() { "/" } else { path };
    let mut parts: Vec<&str> = address.query().split('&').filter(|part| !part.is_empty()).collect();
    parts.sort_unstable();
    let mark = if parts.is_empty() { "" } else { "?" };
    format!("{key}){path}{mark}{}", parts.join("&"))
}

/// `host` without `www.`, `www1.` and the like.
fn without_www(host: &str) -> &str {
    let rest = host.strip_prefix("www").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    rest.and_then(|rest| rest.strip_prefix('.')).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `surt` 0.3.1 gives.
    #[test]
    fn keys_are_those_of_other_tools() {
        for (uri, key) in [
            ("http://www.Example.org/A?b=2&a=1", "org,example)/a?a=1&b=2"),
            ("https://www2.example.org:443/", "org,example)/"),
            ("http://example.org", "org,example)/"),
            ("http://example.org:8080/a/b/#c", "org,example:8080)/a/b"),
            ("https://user@sub.example.org/x.html?", "org,example,sub)/x.html"),
            ("http://wwwx.example.org/", "org,example,wwwx)/"),
        ] {
            assert_eq!(surt(uri), key);
        }
    }
}
