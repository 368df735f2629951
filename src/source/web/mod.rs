//! Web archives: WARC of any version, and ARC, as they are, in gzip by the record, or compressed as a whole.
//!
//! Every record is a member at the offset at which it begins. One that is damaged costs itself: reading goes on at
//! the next beginning of a record, or at the next member of a file in gzip. What a record holds is made into a page by
//! [`page`], which knows nothing of files.

mod described;
mod header;
mod http;
mod mended;
mod originals;
mod page;
mod records;
mod start;
mod unzip;
mod window;

use std::collections::VecDeque;
use std::io;

use parking_lot::MutexGuard;

use super::content::Refusal;
use super::member::{Form, Keeping, Packed, refused};
use super::members::{Container, Entry, Found, Place};
use super::opener::{Opener, Stream};
use super::packed::Bytes;
use crate::model::Locator;

pub use described::WebRecord;
pub use header::Format;
use header::Header;
use http::{Answer, OK};
pub(super) use originals::Originals;
use originals::{Original, Position, WebFile};
pub use page::METADATA_FIELD;
pub(super) use page::to_raw_document;
use records::Step;
use start::{Starts, TOLD_BY_BYTES, without_blank};
pub(super) use start::{named_as_web_archive, web_archive};
use unzip::Unzipped;
pub(super) use unzip::head_of_gzip;
use window::{Parts, Window};

/// A web archive that is being read.
pub(super) struct WebArchive {
    place: Locator,
    format: Format,
    keeping: Keeping,
    opener: Opener,
    source: Source,
    /// Its number among the web archives that share their originals.
    number: u32,
    waiting: Waiting,
    is_cut_off: bool,
}

/// Most bytes of headers of revisits that are kept until the end, for their originals may come after them.
const MAX_WAITING_BYTES: usize = 16 << 20;

/// Headers of revisits whose originals didn't come before them.
#[derive(Default)]
struct Waiting {
    revisits: VecDeque<(Position, Box<Header>, Vec<u8>)>,
    bytes: usize,
}

impl Waiting {
    /// Keeps the header of a revisit, if there is room for it.
    fn keep(&mut self, position: Position, header: Box<Header>, bytes: Vec<u8>) {
        self.bytes += bytes.len();
        self.revisits.push_back((position, header, bytes));
    }

    fn is_full(&self) -> bool {
        self.bytes > MAX_WAITING_BYTES
    }
}

/// Where records come from.
enum Source {
    /// One after the other.
    Plain(Window<Bytes>),
    /// Out of a file of members in gzip; none is open.
    Packed(Window<Bytes>),
    /// Out of a member that begins at this offset.
    Unzipped(u64, Box<Window<Unzipped>>),
    /// There are no more.
    Ended,
}

/// A record, or why there is none, and where.
type Taken = (Position, io::Result<Step>);

impl WebArchive {
    /// The web archive in `stream`, in gzip or not.
    pub fn new(place: &Locator, format: Format, stream: Stream, in_gzip: bool, opener: &Opener) -> Self {
        let keeping = Keeping { bytes: stream.bytes, is_in_place: stream.is_in_place };
        let window = Window::new(stream.reader, 0);
        let file = WebFile { format, stretch: stream.stretch };
        let number = originals_of(opener).add(file);
        Self {
            place: place.clone(),
            format,
            keeping,
            opener: opener.clone(),
            source: if in_gzip { Source::Packed(window) } else { Source::Plain(window) },
            number,
            waiting: Waiting::default(),
            is_cut_off: false,
        }
    }

    /// The next record or fault; none at the end.
    fn take(&mut self) -> Option<Taken> {
        loop {
            // Whoever takes of it says where the next comes from, if there may be one.
            let taken = match std::mem::replace(&mut self.source, Source::Ended) {
                Source::Ended => return None,
                Source::Plain(window) => self.take_plain(window),
                Source::Packed(window) => self.open_member(window).err(),
                Source::Unzipped(start, window) => self.take_unzipped(start, window),
            };
            if taken.is_some() {
                return taken;
            }
        }
    }

    /// The record or fault that `window` stands at, which isn't compressed.
    fn take_plain(&mut self, mut window: Window<Bytes>) -> Option<Taken> {
        let (at, step) = records::next(&mut window, self.format, self.opener.limits.input_bytes);
        self.is_cut_off |= step.is_err() || matches!(step, Ok(Step::Fault { is_cut_off: true, .. }));
        match step {
            Ok(Step::End) => return None,
            Ok(Step::Member) => {
                self.source = Source::Packed(window);
                return None;
            }
            _ => {}
        }
        if !self.is_cut_off {
            self.source = Source::Plain(window);
        }
        Some((Position::plain(at), step))
    }

    /// The record or fault that `window` stands at, in the member of gzip that begins at `start`.
    fn take_unzipped(&mut self, start: u64, mut window: Box<Window<Unzipped>>) -> Option<Taken> {
        let (at, step) = records::next(&mut window, self.format, self.opener.limits.input_bytes);
        let step = match step {
            Ok(Step::End | Step::Member) => {
                let mut packed = window.into_reader().into_packed()?;
                packed.forget_kept();
                self.source = Source::Packed(packed);
                return None;
            }
            Err(error) => Err(self.go_on_behind(*window, error)),
            Ok(step) => {
                self.source = Source::Unzipped(start, window);
                Ok(match step {
                    // It ends the member alone.
                    Step::Fault { reason, .. } => Step::Fault { reason, is_cut_off: false },
                    step => step,
                })
            }
        };
        Some((Position::packed(start, at), step))
    }

    /// Opens the member of gzip that the window stands at, if there is one.
    fn open_member(&mut self, mut window: Window<Bytes>) -> Result<(), Taken> {
        let at = window.offset();
        let failed = |error| (Position::plain(at), Err(error));
        match unzip::is_at_member(&mut window) {
            Err(error) => {
                self.is_cut_off = true;
                Err(failed(error))
            }
            Ok(Some(true)) => {
                window.keep();
                let unzipped = Unzipped::new(window, self.format, self.opener.allowance.clone());
                self.source = Source::Unzipped(at, Box::new(Window::new(unzipped, 0)));
                Ok(())
            }
            Ok(Some(false)) => {
                let starts = Starts { format: self.format, members: true };
                if window.ahead(TOLD_BY_BYTES).is_ok_and(|ahead| starts.begins(without_blank(ahead))) {
                    // Records that aren't in gzip were appended to a file of those that are.
                    self.source = Source::Plain(window);
                    return Ok(());
                }
                let found = records::go_to_start(&mut window, starts).map_err(failed)?;
                self.is_cut_off |= !found;
                if found {
                    self.source = Source::Packed(window);
                }
                let reason = "bytes between the records that aren't in gzip".to_owned();
                Err((Position::plain(at), Ok(Step::Fault { reason, is_cut_off: !found })))
            }
            Ok(None) => Ok(()),
        }
    }

    /// Goes to the member behind one that is damaged.
    fn go_on_behind(&mut self, window: Window<Unzipped>, error: io::Error) -> io::Error {
        let Some(mut packed) = window.into_reader().into_packed() else { return error };
        packed.go_back();
        packed.pass(1);
        match unzip::go_to_member(&mut packed, self.format) {
            Ok(true) => self.source = Source::Packed(packed),
            // What was damaged may have held others.
            Ok(false) | Err(_) => self.is_cut_off = true,
        }
        error
    }

    /// The record at `position` as a member.
    fn found(&mut self, position: Position, header: &Header, bytes: Vec<u8>) -> Result<Found, Refusal> {
        match header.kind.as_str() {
            "response" | "resource" | "conversion" if header.fields.get("WARC-Segment-Number").is_some() => {
                Err(Refusal::SetAside(
                    "a part of a record, of which the others aren't joined to it".to_owned(),
                ))
            }
            "response" | "resource" | "conversion" => {
                originals_of(&self.opener).note(header, self.number, position);
                Ok(self.record(header.bytes, bytes))
            }
            "revisit" => {
                let original = originals_of(&self.opener).of(header);
                let content = match original {
                    Some(Original::At(file, position)) => self.read_again(&file, position)?,
                    Some(Original::ByDigest) | None => None,
                };
                let Some(content) = content else {
                    let form = Form::Revisit { header_bytes: header.bytes };
                    return Ok(Found::Packed(Packed { form, bytes, missing: None }));
                };
                let mut all = bytes;
                all.truncate(header.bytes);
                all.extend(content);
                Ok(self.record(header.bytes, all))
            }
            kind => {
                let kind: String = kind.chars().filter(char::is_ascii_alphanumeric).take(20).collect();
                Err(Refusal::Skip(format!("a record of type `{kind}`, which holds no page")))
            }
        }
    }

    fn record(&self, header_bytes: usize, bytes: Vec<u8>) -> Found {
        Found::Packed(Packed {
            form: Form::WebRecord { format: self.format, header_bytes },
            bytes,
            missing: None,
        })
    }

    /// Whether the record with `header` is a revisit whose original may come yet.
    fn waits(&self, header: &Header) -> bool {
        header.kind == "revisit" && !self.waiting.is_full() && !originals_of(&self.opener).knows(header)
    }

    /// The content of the record at `position` of `file`, if that can be gone back to.
    fn read_again(&self, file: &WebFile, position: Position) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(stretch) = &file.stretch else { return Ok(None) };
        let most = self.opener.limits.input_bytes;
        let packed = Stream::of_stretch(stretch.part(position.in_file, u64::MAX)).reader;
        let (_, step) = match position.in_member {
            None => records::next(&mut Window::new(packed, 0), file.format, most),
            Some(at) => {
                let mut unzipped =
                    Unzipped::new(Window::new(packed, 0), file.format, self.opener.allowance.clone());
                pass(&mut unzipped, at).map_err(|error| refused(&error))?;
                records::next(&mut Window::new(unzipped, 0), file.format, most)
            }
        };
        Ok(match step {
            Ok(Step::Record(header, mut bytes)) => Some(bytes.split_off(header.bytes)),
            _ => None,
        })
    }
}

/// Status of an answer that says of a page that it is as it was.
const NOT_MODIFIED: u16 = 304;

/// Whether the record `bytes` is a revisit of what was no page when it was seen again, whatever it was before.
fn tells_of_no_page(header: &Header, bytes: &[u8]) -> bool {
    let is_error = |answer: Answer| !matches!(answer.status, OK | NOT_MODIFIED);
    header.kind == "revisit" && bytes.get(header.bytes..).and_then(Answer::read).is_some_and(is_error)
}

fn originals_of(opener: &Opener) -> MutexGuard<'_, Originals> {
    opener.originals.lock()
}

/// Passes over `bytes` bytes of a member of gzip, and of those that it goes on in.
fn pass(unzipped: &mut Unzipped, bytes: u64) -> io::Result<()> {
    let mut left = bytes;
    loop {
        left -= io::copy(&mut io::Read::take(&mut *unzipped, left), &mut io::sink())?;
        if left == 0 || !unzipped.go_on()? {
            return Ok(());
        }
    }
}

impl Drop for WebArchive {
    fn drop(&mut self) {
        originals_of(&self.opener).let_go(self.number);
    }
}

impl Container for WebArchive {
    fn next(&mut self) -> Option<Entry> {
        loop {
            let (position, content) = match self.take() {
                Some((position, Ok(Step::Record(header, mut bytes)))) => {
                    if tells_of_no_page(&header, &bytes) {
                        (position, Ok(self.record(header.bytes, bytes)))
                    } else if self.waits(&header) {
                        bytes.truncate(header.bytes);
                        self.waiting.keep(position, header, bytes);
                        continue;
                    } else {
                        (position, self.found(position, &header, bytes))
                    }
                }
                Some((position, Ok(Step::Fault { reason, .. }))) => {
                    (position, Err(Refusal::SetAside(reason)))
                }
                Some((position, Err(error))) => (position, Err(refused(&error))),
                None | Some((_, Ok(Step::End | Step::Member))) => {
                    let (position, header, bytes) = self.waiting.revisits.pop_front()?;
                    (position, self.found(position, &header, bytes))
                }
            };
            return Some(Entry { place: Place::At(self.place.at(&position.to_string())), content });
        }
    }

    /// A web archive has a record at least: without one it is nothing but zeros, or was never written.
    fn without_members(&self) -> Refusal {
        Refusal::SetAside("a web archive without a record".to_owned())
    }

    fn is_cut_off(&self) -> bool {
        self.is_cut_off
    }

    fn keeping(&self) -> Option<Keeping> {
        Some(self.keeping)
    }
}
