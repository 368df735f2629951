//! Addresses of mail that stand beside names, as programs write who sent something: they are no part of them.

use std::borrow::Cow;

/// `text` without the addresses of mail that stand in brackets behind names, or before a name in brackets.
pub(super) fn without_addresses(text: &str) -> Cow<'_, str> {
    if !text.contains('@') {
        return Cow::Borrowed(text);
    }
    if let Some((address, name)) = text.trim().strip_suffix(')').and_then(|text| text.split_once(" ("))
        && address.contains('@')
        && !address.contains(' ')
    {
        return Cow::Borrowed(name);
    }
    let (mut kept, mut rest) = (String::new(), text);
    while let Some((name, behind)) = rest.split_once('<')
        && let Some((address, behind)) = behind.split_once('>')
    {
        kept.push_str(name);
        kept.extend((!address.contains('@')).then(|| format!("<{address}>")));
        rest = behind;
    }
    Cow::Owned(kept + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name with an address behind it was no name, as none has an `@`.
    #[test]
    fn addresses_beside_names_are_left_out() {
        for (text, names) in [
            ("Amara Finch <finch@wells.test>, Luc Petit <p@wells.test>", "Amara Finch , Luc Petit "),
            ("finch@wells.test (Amara Finch)", "Amara Finch"),
            ("Amara Finch <i>", "Amara Finch <i>"),
            ("Amara <i> Finch <a@b", "Amara <i> Finch <a@b"),
            ("finch@wells.test", "finch@wells.test"),
        ] {
            assert_eq!(without_addresses(text), names, "{text}");
        }
    }
}
