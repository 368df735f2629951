//! Quotation marks of many countries: which of them belong together, and where a quotation ends.

/// The quotes that `c` belongs to, none if it is something else. Any of them closes what another opened.
///
/// Which of them opens depends on the country: „a“, “a”, ”a”, «a», »a«.
pub(super) fn quotes(c: char) -> &'static [char] {
    match c {
        '"' | '“' | '”' | '„' | '‟' | '＂' => &['"', '“', '”', '„', '‟', '＂'],
        '«' | '»' => &['«', '»'],
        '‹' | '›' => &['‹', '›'],
        '「' | '」' => &['「', '」'],
        '『' | '』' => &['『', '』'],
        '《' | '》' => &['《', '》'],
        // What closes it is an apostrophe elsewhere.
        '‚' => &['‘'],
        _ => &[],
    }
}

pub(super) fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')') || !quotes(c).is_empty()
}

/// The first character of `text` that `wanted` takes, and where it is. A quotation mark between two Hebrew letters is
/// the mark of an acronym, `צה"ל`, and is passed over.
pub(super) fn find(text: &str, wanted: impl Fn(char) -> bool) -> Option<(usize, char)> {
    let is_hebrew = |c: char| matches!(c, '\u{5d0}'..='\u{5ea}');
    let mut last = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let is_of_acronym =
            c == '"' && last.is_some_and(is_hebrew) && chars.peek().is_some_and(|&(_, next)| is_hebrew(next));
        if wanted(c) && !is_of_acronym {
            return Some((at, c));
        }
        last = Some(c);
    }
    None
}

/// Where the quotation ends whose words `inside` begins with and that `open` opened, and what closes it.
///
/// Any of the marks closes what another opened. But straight quotes may hold typographic ones, and these straight ones,
/// `"he said “go home” to them"`, where both are balanced.
pub(super) fn closing(inside: &str, open: Option<char>) -> Option<(usize, char)> {
    let open = open?;
    let marks = quotes(open);
    let first = find(inside, |c| marks.contains(&c))?;
    let is_straight = |c: char| matches!(c, '"' | '＂');
    if is_straight(first.1) == is_straight(open) || !opens(inside, first) {
        return Some(first);
    }
    let own = |c: char| marks.contains(&c) && is_straight(c) == is_straight(open);
    let outer = find(inside, own).filter(|&(end, _)| is_balanced(&inside[..end], |c| marks.contains(&c)));
    outer.or(Some(first))
}

/// Whether the mark at its place in `text` stands before a word and behind none.
fn opens(text: &str, (at, mark): (usize, char)) -> bool {
    let behind = text[at + mark.len_utf8()..].chars().next();
    let before = text[..at].chars().next_back();
    before.is_none_or(|c| !c.is_alphanumeric() && !ENDS_CLAUSE.contains(&c))
        && behind.is_some_and(|c| !c.is_whitespace())
}

/// What stands right behind words.
const ENDS_CLAUSE: [char; 9] = ['.', ',', ';', ':', '!', '?', '…', ')', ']'];

/// Whether of the marks in `text` one opens and the next closes, to the end.
fn is_balanced(text: &str, is_mark: impl Fn(char) -> bool) -> bool {
    let mut is_open = false;
    let mut at = 0;
    while let Some((found, mark)) = find(&text[at..], &is_mark) {
        if opens(text, (at + found, mark)) == is_open {
            return false;
        }
        is_open = !is_open;
        at += found + mark.len_utf8();
    }
    !is_open
}

#[cfg(test)]
mod tests {
    use crate::query::{parse, parse_strict};

    fn read(text: &str) -> String {
        let query = parse_strict(text).unwrap().query.unwrap();
        assert_eq!(parse(&query.to_string()).unwrap().query.as_ref(), Some(&query), "{text}");
        query.to_string()
    }

    /// The inner quotes ended the outer: what was quoted within was looked for as words.
    #[test]
    fn quotes_of_one_kind_hold_those_of_the_other() {
        for (text, understood) in [
            ("\"he said “go home” to them\"", "«he said “go home” to them»"),
            ("“he said \"go home\" to them”", "«he said \"go home\" to them»"),
            ("„er sagte \"geht\" zu ihnen“ x", "«er sagte \"geht\" zu ihnen» x"),
            ("\"“Go home,” he said\"", "«“Go home,” he said»"),
            ("\"he said (“go home”) and „geht“\"", "«he said (“go home”) and „geht“»"),
            ("-\"a “b” c\" d", "-«a “b” c» d"),
            ("title:\"a “b” c\"", "title:«a “b” c»"),
            ("\"a “b” «c» d\"", "«a “b” c d»"),
            ("\"he said “go home”\"", "«he said “go home”»"),
        ] {
            assert_eq!(read(text), understood);
        }
    }

    #[test]
    fn quotes_that_are_not_balanced_close_each_other() {
        for (text, understood) in [
            ("“a b\" c", "\"a b\" c"),
            ("\"a b” “c d\"", "\"a b\" \"c d\""),
            ("“a b\" c \"d e”", "\"a b\" c \"d e\""),
            ("”a b” \"c\"", "\"a b\" \"c\""),
            ("\"a\" “b” \"c\"", "\"a\" \"b\" \"c\""),
            ("“a” \"b\" “c”", "\"a\" \"b\" \"c\""),
        ] {
            assert_eq!(read(text), understood);
        }
    }
}
