//! Pages bent the way that saved pages are: tags lost, doubled, moved and left open, pieces of one page in
//! another, pages cut short. The seeds are real pages; each mutation leaves most of the page as it was.

#![no_main]

mod invariants;

use ibid::model::MediaType;
use libfuzzer_sys::{fuzz_crossover, fuzz_mutator, fuzz_target, fuzzer_mutate};

/// Pieces of markup that decide how a page is read, put in where a tag stands.
const PIECES: &[&str] = &[
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<a href=/x>",
    "</a>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<ul>",
    "<li>",
    "</ul>",
    "<article>",
    "</article>",
    "<main>",
    "<section class=comments>",
    "<nav>",
    "<aside>",
    "<footer>",
    "<script>",
    "</script>",
    "<script type=application/ld+json>",
    "<style>",
    "<!--",
    "-->",
    "<!",
    "<?",
    "<svg>",
    "</svg>",
    "<math>",
    "<template>",
    "</template>",
    "<noscript>",
    "<textarea>",
    "<title>",
    "</title>",
    "<select>",
    "<option>",
    "<form>",
    "<button>",
    "<h1>",
    "</h1>",
    "<h2>",
    "<blockquote>",
    "<pre>",
    "<br>",
    "<hr>",
    "<q>",
    "<sup>",
    "<figure>",
    "<figcaption>",
    "<time datetime=2021-05-18>",
    "<meta name=author content='A. B.'>",
    "<meta charset=shift_jis>",
    "<html lang=fr>",
    "<body>",
    "</body>",
    "</html>",
    "<frameset>",
    "<plaintext>",
    " hidden",
    " style='display:none'",
    " class=\"",
    " id=x",
    "=\"",
    "'",
    "&#0;",
    "&#xD800;",
    "&nbsp;",
    "&lt;",
    "\u{202e}",
    "\u{ad}",
    "\u{feff}",
    "\0",
    "By A. B.",
    "18 May 2021",
];

fuzz_target!(|bytes: &[u8]| {
    invariants::hold(&invariants::document(MediaType::Html, None, bytes));
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut random = Random::from(seed);
    let page = data[..size].to_vec();
    let tags = tags(&page);
    let (from, to) = (random.of(&tags), random.of(&tags));
    let changed = match (random.below(10), from, to) {
        (0, Some(a), _) => put(&page, a, &[]),
        (1, Some(a), Some(b)) => put(&page, (b.0, b.0), &page[a.0..a.1]),
        (2, Some(a), Some(b)) => put(&page, (a.0.min(b.0), a.0.max(b.0)), &[]),
        (3, Some(a), Some(b)) => {
            let piece = page[a.0.min(b.0)..a.0.max(b.0)].repeat(1 + random.below(8));
            put(&page, (b.0, b.0), &piece)
        }
        (4, Some(a), _) => put(&page, (a.0, a.0), random.piece().repeat(1 + random.below(64)).as_bytes()),
        (5, Some(a), _) => put(&page, (a.1 - 1, a.1 - 1), random.piece().as_bytes()),
        (6, Some(a), Some(b)) => put(&page, b, &page[a.0..a.1]),
        (7, Some(a), _) => page[..a.1 - random.below(a.1 - a.0)].to_vec(),
        (8, Some(a), _) => put(&page, a, random.piece().as_bytes()),
        _ => return fuzzer_mutate(data, size, max_size),
    };
    let length = changed.len().min(max_size).min(data.len());
    data[..length].copy_from_slice(&changed[..length]);
    length
});

fuzz_crossover!(|one: &[u8], other: &[u8], out: &mut [u8], seed: u32| {
    let mut random = Random::from(seed);
    let (Some(cut), Some(piece)) = (random.of(&tags(one)), random.of(&tags(other))) else { return 0 };
    let end = other.len().min(piece.0 + 1 + random.below(4096));
    let joined = [&one[..cut.1], &other[piece.0..end], &one[cut.1..]].concat();
    let length = joined.len().min(out.len());
    out[..length].copy_from_slice(&joined[..length]);
    length
});

/// `page` with `piece` in place of the bytes of `range`.
fn put(page: &[u8], range: (usize, usize), piece: &[u8]) -> Vec<u8> {
    [&page[..range.0], piece, &page[range.1..]].concat()
}

/// Where each tag begins and ends, as far as signs tell.
fn tags(page: &[u8]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, byte) in page.iter().enumerate() {
        match byte {
            b'<' => open = Some(at),
            b'>' => found.extend(open.take().map(|start| (start, at + 1))),
            _ => {}
        }
    }
    found
}

/// Numbers that follow from the fuzzer's seed alone (Marsaglia's xorshift, shifts 13, 7, 17).
struct Random(u64);

impl Random {
    fn from(seed: u32) -> Self {
        // Knuth's multiplier (The Art of Computer Programming 2, 3.3.4) spreads small seeds over all bits.
        Self((u64::from(seed) + 1).wrapping_mul(6_364_136_223_846_793_005))
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).map_or(0, |number| number % limit.max(1))
    }

    fn of(&mut self, ranges: &[(usize, usize)]) -> Option<(usize, usize)> {
        ranges.get(self.below(ranges.len())).copied()
    }

    fn piece(&mut self) -> &'static str {
        PIECES[self.below(PIECES.len())]
    }
}
