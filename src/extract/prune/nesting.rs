//! [`Nesting`]: how deep the parser's stack of open elements is, so that it can be kept short.
//!
//! It follows the standard's tree construction closely enough never to think the stack much shorter
//! than it is: an end tag that the parser may ignore closes nothing here.

use super::names::{self, Kind, Name};

/// Open elements at which further start tags are dropped. Real pages stay under 100; the parser
/// takes time in proportion to it for each tag.
const MAX_OPEN: usize = 256;

/// End tags without an element to end that are kept. The parser looks for one among all that are open, for each.
const MAX_STRAY_ENDS: usize = 20_000;

/// The elements that are open at a place in a page.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    open: Vec<Name>,
    /// Start tags dropped beyond [`MAX_OPEN`] whose end tags haven't come.
    dropped: usize,
    overflowed: bool,
    /// End tags that closed nothing.
    stray_ends: usize,
}

impl Nesting {
    /// Whether a start tag had to be dropped.
    pub(super) fn overflowed(&self) -> bool {
        self.overflowed
    }

    /// Notes the start tag of `name` and says whether it may stay.
    pub(super) fn open(&mut self, name: Name) -> bool {
        if name.kind() == Kind::Void {
            return true;
        }
        if self.dropped == 0 {
            self.close_implied(name);
        }
        if self.open.len() >= MAX_OPEN {
            self.dropped += 1;
            self.overflowed = true;
            return false;
        }
        self.open.push(name);
        true
    }

    /// Whether an element called `name` is open.
    pub(super) fn holds(&self, name: Name) -> bool {
        self.open.contains(&name)
    }

    /// Notes the end tag of `name` and says whether it may stay.
    pub(super) fn close(&mut self, name: Name) -> bool {
        if self.dropped > 0 {
            self.dropped -= 1;
            return false;
        }
        let before = self.open.len();
        match name.kind() {
            Kind::Special => self.close_special(name),
            Kind::Formatting => self.close_formatting(name),
            _ => self.close_inline(name),
        }
        self.stray_ends += usize::from(self.open.len() == before);
        self.stray_ends <= MAX_STRAY_ENDS || self.open.len() < before
    }

    /// Takes off the innermost element that `is_sought`, with all inside of it, unless one that `bounds` its reach is
    /// nearer.
    fn close_innermost(&mut self, is_sought: impl Fn(Name) -> bool, bounds: impl Fn(Name) -> bool) {
        let nearest = self.open.iter().rposition(|&open| is_sought(open) || bounds(open));
        if let Some(at) = nearest.filter(|&at| is_sought(self.open[at])) {
            self.open.truncate(at);
        }
    }

    fn close_special(&mut self, name: Name) {
        self.close_innermost(
            |open| open == name,
            |open| if name.is_of_table() { open == names::TABLE } else { open.bounds_scope() },
        );
    }

    /// An end tag of formatting takes its own element off, and leaves blocks inside of it open.
    fn close_formatting(&mut self, name: Name) {
        let mut blocks = false;
        for at in (0..self.open.len()).rev() {
            let open = self.open[at];
            if open == name {
                if blocks {
                    self.open.remove(at);
                } else {
                    self.open.truncate(at);
                }
                return;
            }
            if open.bounds_scope() {
                return;
            }
            blocks |= is_special(open);
        }
    }

    fn close_inline(&mut self, name: Name) {
        self.close_innermost(|open| open == name, is_special);
    }

    /// Closes what a start tag of `name` ends without an end tag.
    fn close_implied(&mut self, name: Name) {
        match name {
            names::LI => self.close_items(&[names::LI]),
            names::DD | names::DT => self.close_items(&[names::DD, names::DT]),
            names::TD | names::TH => self.close_in_table(&[names::TD, names::TH]),
            names::TR => self.close_in_table(&[names::TR]),
            names::TBODY | names::THEAD | names::TFOOT => {
                self.close_in_table(&[names::TBODY, names::THEAD, names::TFOOT]);
            }
            names::OPTION if self.open.last() == Some(&names::OPTION) => {
                self.open.pop();
            }
            _ => {}
        }
        if name.ends_paragraph() {
            self.close_innermost(|open| open == names::P, is_special);
        }
    }

    fn close_items(&mut self, items: &[Name]) {
        let passed = [names::DIV, names::P, names::ADDRESS];
        self.close_innermost(
            |open| items.contains(&open),
            |open| is_special(open) && !passed.contains(&open),
        );
    }

    fn close_in_table(&mut self, parts: &[Name]) {
        self.close_innermost(|open| parts.contains(&open), |open| open == names::TABLE);
    }
}

fn is_special(name: Name) -> bool {
    name.kind() == Kind::Special
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth_after(tags: &[&str]) -> usize {
        let mut nesting = Nesting::default();
        for tag in tags {
            match tag.strip_prefix('/') {
                Some(name) => {
                    nesting.close(Name::read(name.as_bytes(), 0).0);
                }
                None => {
                    nesting.open(Name::read(tag.as_bytes(), 0).0);
                }
            }
        }
        nesting.open.len()
    }

    #[test]
    fn implied_ends_count() {
        assert_eq!(depth_after(&["p", "p", "p"]), 1);
        assert_eq!(depth_after(&["p", "b", "div"]), 1);
        assert_eq!(depth_after(&["ul", "li", "li", "li"]), 2);
        assert_eq!(depth_after(&["ul", "li", "ul", "li"]), 4);
        assert_eq!(depth_after(&["table", "tr", "td", "td", "tr", "td"]), 3);
        assert_eq!(depth_after(&["br", "hr", "meta"]), 0);
    }

    #[test]
    fn end_tags_of_nothing_are_bounded() {
        let mut nesting = Nesting::default();
        let name = |tag: &str| Name::read(tag.as_bytes(), 0).0;
        nesting.open(name("div"));
        let kept = (0..MAX_STRAY_ENDS * 2).filter(|_| nesting.close(name("section"))).count();
        assert_eq!(kept, MAX_STRAY_ENDS);
        assert!(nesting.close(name("div")), "one that ends something stays");
    }

    #[test]
    fn end_tags_reach_no_further_than_the_parser_lets_them() {
        assert_eq!(depth_after(&["span", "div", "/span"]), 2);
        assert_eq!(depth_after(&["div", "table", "td", "/div"]), 3);
        assert_eq!(depth_after(&["b", "div", "/b"]), 1, "the block stays open");
        assert_eq!(depth_after(&["div", "p", "b", "/div"]), 0);
    }
}
