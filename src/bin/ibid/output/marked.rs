//! A text in lines and pieces, marked and not: for the forms that put something around what matched.

use ibid::text::Span;

/// A piece of a line.
pub struct Piece<'a> {
    /// The piece.
    pub text: &'a str,
    /// Whether it matched.
    pub is_marked: bool,
}

/// The lines of `text` that hold anything, each in pieces by what is `marked`, which is in order and disjoint.
pub fn marked_lines<'a>(text: &'a str, marked: &[Span]) -> Vec<Vec<Piece<'a>>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            lines.push(pieces(text, Span::new(start, start + line.len()), marked));
        }
        start += line.len() + 1;
    }
    lines
}

/// The whole of `text`, which is one line, in pieces.
pub fn marked_line<'a>(text: &'a str, marked: &[Span]) -> Vec<Piece<'a>> {
    pieces(text, Span::new(0, text.len()), marked)
}

fn pieces<'a>(text: &'a str, line: Span, marked: &[Span]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut push = |start: usize, end: usize, is_marked: bool| {
        let piece = text.get(start..end).filter(|piece| !piece.is_empty());
        pieces.extend(piece.map(|text| Piece { text, is_marked }));
    };
    let mut at = line.start;
    let first = marked.partition_point(|span| span.end <= line.start);
    for span in marked[first..].iter().take_while(|span| span.start < line.end) {
        let (start, end) = (span.start.max(at), span.end.min(line.end));
        push(at, start, false);
        push(start, end, true);
        at = end;
    }
    push(at, line.end, false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, marked: &[(usize, usize)]) -> Vec<String> {
        let marked: Vec<Span> = marked.iter().map(|&(start, end)| Span::new(start, end)).collect();
        let line = |pieces: Vec<Piece<'_>>| {
            let pieces = pieces.iter().map(|piece| {
                if piece.is_marked { format!("[{}]", piece.text) } else { piece.text.to_owned() }
            });
            pieces.collect()
        };
        marked_lines(text, &marked).into_iter().map(line).collect()
    }

    #[test]
    fn what_is_marked_is_a_piece_of_its_line() {
        assert_eq!(shown("of water\n\nand ice", &[(3, 8), (10, 13)]), ["of [water]", "[and] ice"]);
        assert_eq!(shown("a dry\nwell", &[(2, 10)]), ["a [dry]", "[well]"], "over a break");
        assert_eq!(shown(" \n\n", &[(0, 2)]), [""; 0]);
        assert_eq!(shown("", &[]), [""; 0]);
    }
}
