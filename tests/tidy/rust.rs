//! Reading Rust as far as the checks of `tests/tidy.rs` need it: what is code, and which paths it names.
//!
//! No parser: comments, literals and test modules are blanked out, and names joined by `::` are read.

/// `text` up to its test module; nothing of a file that is one.
fn without_tests(text: &str) -> &str {
    if text.lines().any(|line| line == "#![cfg(test)]") { "" } else { before_tests(text) }
}

/// `text` up to the first module in braces under `#[cfg(test)]`.
pub fn before_tests(text: &str) -> &str {
    let mut cut = text.match_indices("#[cfg(test)]\n").filter(|&(at, found)| {
        let item = text[at + found.len()..].lines().find(|line| !line.starts_with("#["));
        (at == 0 || text[..at].ends_with('\n'))
            && item.is_some_and(|item| item.starts_with("mod ") && item.ends_with('{'))
    });
    cut.next().map_or(text, |(at, _)| &text[..at])
}

/// `text` without tests, and with blanks for comments and for what stands in quotes.
pub fn code(text: &str) -> String {
    let text = without_tests(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let in_name = is_name(c) && out.ends_with(is_name);
        let skipped = if in_name { 0 } else { length_of_blank(rest) };
        let taken = if skipped == 0 { c.len_utf8() } else { skipped };
        match skipped {
            0 => out.push(c),
            _ => out.extend(rest[..skipped].chars().map(|c| if c == '\n' { c } else { ' ' })),
        }
        at += taken;
    }
    out
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length of the comment or literal that `rest` begins with, 0 if it begins with neither.
fn length_of_blank(rest: &str) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return rest.find("*/").map_or(rest.len(), |end| end + 2);
    }
    let prefix = rest.len() - rest.trim_start_matches(['b', 'r', 'c']).len();
    let literal = &rest[prefix..];
    let hashes = literal.len() - literal.trim_start_matches('#').len();
    if prefix > 0 && rest[..prefix].ends_with('r') && literal[hashes..].starts_with('"') {
        let open = prefix + hashes + 1;
        let close = format!("\"{}", "#".repeat(hashes));
        return rest[open..].find(&close).map_or(rest.len(), |end| open + end + close.len());
    }
    match literal.chars().next() {
        Some('"') => prefix + quoted(literal, '"'),
        // `'a` is a lifetime, `'a'` a character.
        Some('\'') if literal[1..].starts_with('\\') || literal.chars().nth(2) == Some('\'') => {
            prefix + quoted(literal, '\'')
        }
        _ => 0,
    }
}

/// The length of the literal that `text` begins with, up to the next `quote` without a backslash.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|&(_, c)| {
        let closes = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    });
    end.map_or(text.len(), |(at, c)| at + c.len_utf8())
}

/// Every path in `code` and the line it stands on, groups such as `std::{fs, io::Read}` spelt out.
pub fn paths(code: &str) -> Vec<(usize, Vec<&str>)> {
    let mut reader = PathReader { code, at: 0, line: 1, found: Vec::new() };
    while reader.at < code.len() {
        if reader.name_here().is_empty() {
            reader.skip_char();
        } else {
            reader.path(&[]);
        }
    }
    reader.found
}

struct PathReader<'c> {
    code: &'c str,
    at: usize,
    line: usize,
    found: Vec<(usize, Vec<&'c str>)>,
}

impl<'c> PathReader<'c> {
    fn rest(&self) -> &'c str {
        &self.code[self.at..]
    }

    fn name_here(&self) -> &'c str {
        let rest = self.rest();
        &rest[..rest.find(|c: char| !is_name(c)).unwrap_or(rest.len())]
    }

    fn skip_char(&mut self) {
        let c = self.rest().chars().next();
        self.line += usize::from(c == Some('\n'));
        self.at += c.map_or(0, char::len_utf8);
    }

    fn skip_space(&mut self) {
        while self.rest().starts_with(char::is_whitespace) {
            self.skip_char();
        }
    }

    /// Reads the path that begins here and goes on from `prefix`.
    fn path(&mut self, prefix: &[&'c str]) {
        let line = self.line;
        let mut segments = prefix.to_vec();
        loop {
            let name = self.name_here();
            self.at += name.len();
            match name {
                "" if self.rest().starts_with('{') => return self.group(&segments),
                "" if self.rest().starts_with('*') => segments.push("*"),
                "" | "self" if !segments.is_empty() => {}
                name => segments.push(name),
            }
            self.skip_space();
            if name.is_empty() || !self.rest().starts_with("::") {
                break;
            }
            self.at += "::".len();
            self.skip_space();
        }
        self.found.push((line, segments));
    }

    /// Reads the paths in braces that go on from `prefix`.
    fn group(&mut self, prefix: &[&'c str]) {
        let mut expected = true;
        while !self.rest().is_empty() {
            let c = self.rest().chars().next();
            match c {
                Some('}') => return self.skip_char(),
                Some(',' | '{') => {
                    expected = true;
                    self.skip_char();
                }
                Some(c) if expected && !c.is_whitespace() => {
                    expected = false;
                    self.path(prefix);
                }
                _ => self.skip_char(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<(usize, String)> {
        let code = code(text);
        let joined = paths(&code).into_iter().map(|(line, segments)| (line, segments.join("::")));
        joined.filter(|(_, path)| path.contains("::")).collect()
    }

    #[test]
    fn comments_literals_and_tests_are_no_code() {
        let blank = |text: &str| code(text).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(blank("a // b\nc /* d\ne */ f// g"), "a c f");
        assert_eq!(blank(r#"a("b \" c", 'd', '\'', '"') e<'f, 'g>"#), "a( , , , ) e<'f, 'g>");
        assert_eq!(blank("a(r#\"b \" c\"#, br\"d\\\", b'e', r#type, bar)"), "a( , , , r#type, bar)");
        assert_eq!(blank("a\n#[cfg(test)]\nmod tests {\nb\n}\n"), "a");
        assert_eq!(blank("a;\n#[cfg(test)]\nmod b;\nc"), "a; #[cfg(test)] mod b; c");
        assert_eq!(blank("#![cfg(test)]\na"), "");
        assert_eq!(code("\"é\n\" // x\ny").lines().count(), 3, "lines keep their numbers");
    }

    #[test]
    fn groups_are_spelt_out() {
        let text = "use std::{\n    fs::{self, File},\n    io as x,\n};\nfn a() { crate::b::C::<d::E>::new(super::*) }";
        let expected = [
            (2, "std::fs"),
            (2, "std::fs::File"),
            (3, "std::io"),
            (5, "crate::b::C"),
            (5, "d::E"),
            (5, "super::*"),
        ];
        assert_eq!(named(text), expected.map(|(line, path)| (line, path.to_owned())));
    }
}
