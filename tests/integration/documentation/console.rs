//! Console sessions in Markdown: which commands they show, and whether a program prints what is shown.
//!
//! In a block fenced as `console`, a line `$ COMMAND` is typed, one that ends in `\` goes on in the next, and
//! the lines behind it are what it prints. A line `...` stands for any lines, `...` at the end of a line for
//! any rest of it.

/// What stands for what isn't shown.
const ELLIPSIS: &str = "...";

/// How a reader without the program on the path runs it.
const CARGO_RUN: &str = "cargo run --release -- ";

/// A command and what it is shown to print.
#[derive(Debug)]
pub struct Step {
    /// The line of the document that the command stands on, from 1.
    pub line: usize,
    /// The command, on one line.
    pub command: String,
    /// What is shown of its output.
    pub shown: Vec<String>,
    /// The line of the document that the output begins on, from 0.
    shown_at: usize,
}

impl Step {
    /// The command as a shell takes it, if it runs the program.
    pub fn runnable(&self) -> Option<String> {
        match self.command.strip_prefix(CARGO_RUN) {
            Some(arguments) => Some(format!("ibid {arguments}")),
            None => self.command.starts_with("ibid ").then(|| self.command.clone()),
        }
    }
}

/// A line of a document, with its number from 1.
type Line<'a> = (usize, &'a str);

/// The steps of all console blocks of a document, in order.
pub fn steps(markdown: &str) -> Vec<Step> {
    blocks(markdown).iter().flat_map(|block| steps_of(block)).collect()
}

fn blocks(markdown: &str) -> Vec<Vec<Line<'_>>> {
    let mut blocks: Vec<Vec<Line<'_>>> = Vec::new();
    // Whether the line is inside a block, and that block a console.
    let mut inside: Option<bool> = None;
    for (number, line) in (1..).zip(markdown.lines()) {
        match (line.strip_prefix("```"), inside) {
            (Some(info), None) => {
                inside = Some(info.trim() == "console");
                blocks.push(Vec::new());
            }
            (Some(_), Some(_)) => inside = None,
            (None, Some(true)) => blocks.last_mut().into_iter().for_each(|block| block.push((number, line))),
            (None, _) => {}
        }
    }
    blocks
}

fn steps_of(block: &[Line<'_>]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = block;
    while let Some((&(line, typed), after)) = rest.split_first() {
        rest = after;
        let Some(command) = typed.strip_prefix("$ ") else { continue };
        let mut command = command.to_owned();
        while let Some(begun) = command.strip_suffix('\\')
            && let Some((&(_, next), after)) = rest.split_first()
        {
            command = format!("{} {}", begun.trim_end(), next.trim_start_matches("> ").trim());
            rest = after;
        }
        let shown_at = block[0].0 - 1 + block.len() - rest.len();
        let end = rest.iter().position(|(_, line)| line.starts_with("$ ")).unwrap_or(rest.len());
        let shown = rest[..end].iter().map(|(_, line)| (*line).to_owned()).collect();
        steps.push(Step { line, command, shown, shown_at });
        rest = &rest[end..];
    }
    steps
}

/// Whether `real` is what is `shown`.
pub fn matches(shown: &[String], real: &str) -> bool {
    let real: Vec<&str> = real.trim_end().lines().collect();
    let parts = parts(shown);
    let [first, .., last] = parts.as_slice() else { return is_same(parts[0], &real) };
    if real.len() < first.len() + last.len() {
        return false;
    }
    let (head, rest) = real.split_at(first.len());
    let (mut middle, tail) = rest.split_at(rest.len() - last.len());
    // Each part in between at the first place where it fits, which leaves most room for those behind it.
    let fit = parts[1..parts.len() - 1].iter().all(|part| {
        let at = (0..=middle.len().saturating_sub(part.len()))
            .find(|&at| middle.get(at..at + part.len()).is_some_and(|lines| is_same(part, lines)));
        at.inspect(|at| middle = &middle[at + part.len()..]).is_some()
    });
    is_same(first, head) && is_same(last, tail) && fit
}

/// What is shown between lines that stand for others; blank lines at the end don't count.
fn parts(shown: &[String]) -> Vec<&[String]> {
    let end = shown.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
    shown[..end].split(|line| line.trim() == ELLIPSIS).collect()
}

fn is_same(shown: &[String], real: &[&str]) -> bool {
    shown.len() == real.len() && shown.iter().zip(real).all(|(shown, real)| is_same_line(shown, real))
}

fn is_same_line(shown: &str, real: &str) -> bool {
    let (shown, real) = (shown.trim_end(), real.trim_end());
    shown == real || shown.strip_suffix(ELLIPSIS).is_some_and(|start| real.starts_with(start.trim_end()))
}

/// The document with what is really `printed` under each step, shown to the same extent as before.
pub fn rewritten(markdown: &str, steps: &[Step], printed: &[Option<String>]) -> String {
    let mut lines: Vec<String> = markdown.lines().map(str::to_owned).collect();
    for (step, real) in steps.iter().zip(printed).rev() {
        let Some(real) = real.as_ref().filter(|real| !matches(&step.shown, real)) else { continue };
        lines.splice(step.shown_at..step.shown_at + step.shown.len(), abridged(&step.shown, real));
    }
    lines.join("\n") + "\n"
}

/// `real` with as much left out at the same places as in `shown`.
fn abridged(shown: &[String], real: &str) -> Vec<String> {
    let real: Vec<&str> = real.trim_end().lines().collect();
    let parts = parts(shown);
    let ([first, .., last], true) = (parts.as_slice(), parts.len() > 1) else {
        return real.iter().enumerate().map(|(at, line)| abridged_line(shown.get(at), line)).collect();
    };
    let head = first.len().min(real.len());
    let tail = last.len().min(real.len() - head);
    let begin = real.iter().zip(*first).map(|(line, shown)| abridged_line(Some(shown), line));
    let end =
        real[real.len() - tail..].iter().zip(*last).map(|(line, shown)| abridged_line(Some(shown), line));
    begin.chain([ELLIPSIS.to_owned()]).chain(end).collect()
}

fn abridged_line(shown: Option<&String>, real: &str) -> String {
    let Some(start) = shown.and_then(|shown| shown.strip_suffix(ELLIPSIS)) else { return real.to_owned() };
    let words = start.split_whitespace().count();
    let end = real
        .split_whitespace()
        .take(words)
        .last()
        .map_or(0, |word| word.as_ptr() as usize - real.as_ptr() as usize + word.len());
    format!("{} {ELLIPSIS}", &real[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "\
Read this.

```console
$ ibid query a
1. one
...
2 passages
$ ibid query \\
    --format trec b
b Q0 ...
```

```sh
$ ibid ingest nothing
```

```console
$ cargo run --release -- stats | head -1
articles   2
$ cargo test
$ echo $?
0
```
";

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn steps_are_what_is_typed_in_console_blocks() {
        let steps = steps(DOCUMENT);
        let commands: Vec<&str> = steps.iter().map(|step| step.command.as_str()).collect();
        assert_eq!(
            commands,
            [
                "ibid query a",
                "ibid query --format trec b",
                "cargo run --release -- stats | head -1",
                "cargo test",
                "echo $?",
            ]
        );
        assert_eq!(steps[0].line, 4);
        assert_eq!(steps[0].shown, ["1. one", "...", "2 passages"]);
        assert_eq!(steps[1].shown, ["b Q0 ..."]);
        assert!(steps[3].shown.is_empty());
        let document = lines(DOCUMENT);
        for step in &steps {
            let shown = &document[step.shown_at..step.shown_at + step.shown.len()];
            assert_eq!(shown, step.shown, "line {}", step.line);
        }
    }

    #[test]
    fn commands_of_the_program_run() {
        let runnable: Vec<Option<String>> = steps(DOCUMENT).iter().map(Step::runnable).collect();
        assert_eq!(runnable[0].as_deref(), Some("ibid query a"));
        assert_eq!(runnable[2].as_deref(), Some("ibid stats | head -1"));
        assert_eq!(runnable[3..], [None, None]);
    }

    #[test]
    fn dots_stand_for_what_is_left_out() {
        let real = "a\nb\nc\nd e f\ng\n\n";
        for shown in [
            "a\nb\nc\nd e f\ng",
            "a\n...",
            "...\ng",
            "...",
            "a\n...\nc\n...\ng",
            "a\nb\nc\nd ...\ng\n\n",
            "a\nb\n...\nc\nd e f\ng",
            "...\nb\n...\nd...\n...",
        ] {
            assert!(matches(&lines(shown), real), "{shown}");
        }
        for shown in [
            "",
            "a",
            "a\nb\nc\nd e\ng",
            "...\nf\n...",
            "b\n...",
            "...\nc",
            "...\nc\n...\nb\n...",
            "a\nb\nc\n...\nc\nd e f\ng",
        ] {
            assert!(!matches(&lines(shown), real), "{shown}");
        }
        assert!(matches(&[], "\n"), "nothing is shown of nothing");
    }

    #[test]
    fn what_is_shown_is_rewritten_to_the_same_extent() {
        let printed =
            [Some("1. two\n2. three\n3 passages\n"), Some("b Q1 x y\n"), Some("articles   2\n"), None, None];
        let rewritten = rewritten(DOCUMENT, &steps(DOCUMENT), &printed.map(|real| real.map(str::to_owned)));
        let expected = DOCUMENT.replace("1. one\n...\n2 passages", "1. two\n...\n3 passages");
        assert_eq!(rewritten, expected.replace("b Q0 ...", "b Q1 ..."));
    }
}
