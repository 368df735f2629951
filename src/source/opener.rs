//! [`Opener`]: tells what a stream holds, undoes its compression, and opens what is a container.

use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use parking_lot::Mutex;

use super::content::Refusal;
use super::feed::Feed;
use super::json_lines::Lines;
use super::limits::{Limit, Limits};
use super::mail::Mailbox;
use super::member::{Form, Packed, refused};
use super::members::Container;
use super::packed::{Allowance, BUFFER_BYTES, Bytes, is_junk_behind, same, unpack};
use super::sniff::{
    ContainerKind, MAX_SNIFF_BYTES, SNIFF_BYTES, Sniffed, is_companion, is_named_as_page, is_named_as_tar,
    is_open, promised_by, sniff,
};
use super::stretch::Stretch;
use super::tar_file::{TarFile, is_empty_tar};
use super::web::{Originals, WebArchive};
use super::zip_end::ends_as_zip;
use super::zip_file::ZipFile;
use crate::model::{Locator, Missing};

/// Layers of compression that are undone, one right in the other.
const MAX_LAYERS: u32 = 2;

/// How many times as much is looked at where that leaves it open what something is.
const SNIFF_GROWTH: usize = 4;

/// Opens streams, within the limits of the file that they are in.
#[derive(Clone)]
pub(super) struct Opener {
    pub limits: Limits,
    pub allowance: Arc<Allowance>,
    /// The pages in the web archives of the file, which others in it may refer to.
    pub originals: Arc<Mutex<Originals>>,
}

/// How deep inside a file something lies.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Depth {
    /// Containers around it.
    pub containers: u32,
    /// Layers of compression since the innermost of them.
    layers: u32,
}

impl Depth {
    /// The depth of what lies in a container at this one.
    pub fn inside(self) -> Self {
        Self { containers: self.containers + 1, layers: 0 }
    }
}

/// Something to look into.
pub(super) struct Stream {
    /// Its bytes.
    pub reader: Bytes,
    /// How many there should be, if that is known.
    pub bytes: Option<u64>,
    /// The same bytes, if any of them can be read at any time.
    pub stretch: Option<Stretch>,
    /// Whether they stand in the file as they are: nothing around them is compressed.
    pub is_in_place: bool,
}

impl Stream {
    /// The stream of all that `stretch` holds.
    pub fn of_stretch(stretch: Stretch) -> Self {
        let reader = BufReader::with_capacity(BUFFER_BYTES, stretch.clone());
        Self {
            bytes: Some(stretch.length()),
            reader: Box::new(reader),
            stretch: Some(stretch),
            is_in_place: true,
        }
    }

    /// A stream that is read once, of `bytes` bytes if that is known.
    pub fn once(reader: impl BufRead + Send + 'static, bytes: Option<u64>) -> Self {
        Self { reader: Box::new(reader), bytes, stretch: None, is_in_place: false }
    }
}

/// What a stream holds.
pub(super) enum Opened {
    Document(Packed),
    Container(Box<dyn Container>),
}

impl Opener {
    /// An opener for what lies in a file of `bytes` bytes.
    pub fn new(bytes: u64, limits: &Limits) -> Self {
        let allowance = Arc::new(Allowance::new(bytes, limits));
        Self { limits: *limits, allowance, originals: Arc::default() }
    }

    /// The opener of what lies in a container that this one opened.
    pub fn inside(&self) -> Self {
        Self { allowance: Arc::new(Allowance::inside(&self.allowance)), ..self.clone() }
    }

    /// What the stream called `name` at `place` holds.
    pub fn open(
        &self,
        place: &Locator,
        name: &str,
        mut stream: Stream,
        depth: Depth,
    ) -> Result<Opened, Refusal> {
        let (head, cut) = peek(&mut stream.reader).map_err(|error| refused(&error))?;
        if head.is_empty() {
            return Err(empty(name));
        }
        let mut sniffed = sniff(&head, name);
        if let (Sniffed::Other(_) | Sniffed::Unknown(_), Some(cut)) = (&sniffed, &cut)
            && !is_junk_behind(cut)
        {
            return Err(refused(cut));
        }
        if may_end_as_zip(&sniffed, name) && stream.stretch.as_ref().is_some_and(ends_as_zip) {
            sniffed = Sniffed::Container(ContainerKind::Zip);
        }
        let rest = cut.map_or(stream.reader, |cut| Box::new(CutHere(cut)));
        stream.reader = Box::new(Cursor::new(head).chain(rest));
        match sniffed {
            Sniffed::Packed(_) if depth.layers == MAX_LAYERS => {
                Err(Refusal::SetAside(format!("compressed more than {MAX_LAYERS} times over")))
            }
            Sniffed::Packed(codec) => {
                let stream = Stream::once(unpack(codec, stream.reader, &self.allowance), None);
                let depth = Depth { layers: depth.layers + 1, ..depth };
                self.open(place, &without_extension(name), stream, depth)
            }
            Sniffed::Article(media_type) => self.document(Form::Plain(media_type), stream),
            Sniffed::Mail => self.document(Form::Mail, stream),
            Sniffed::Epub => self.document(Form::Epub, stream),
            Sniffed::Pdf => self.document(Form::Pdf, stream),
            Sniffed::Container(_) if depth.containers == self.limits.depth => {
                Err(Limit::Depth(self.limits.depth.into()).into())
            }
            Sniffed::Container(kind) => self.container(kind, place, stream),
            Sniffed::Other(what) => {
                let promised = is_named_as_page(name) && !is_companion(name, &what);
                Err(unread(what, promised.then_some("a page"), Refusal::Skip))
            }
            Sniffed::Unknown(_) if is_named_as_tar(name) && is_empty_tar(&mut stream.reader) => {
                // Zeros may be what is left of one that was read before.
                Err(Refusal::Unknown("a tar archive without members".to_owned()))
            }
            Sniffed::Unknown(what) => Err(unread(what, promised_by(name), Refusal::Unknown)),
        }
    }

    fn document(&self, form: Form, stream: Stream) -> Result<Opened, Refusal> {
        let (bytes, missing) = match self.read_to_cut(stream.reader, stream.bytes)? {
            (bytes, None) => (bytes, None),
            (bytes, Some(junk)) if is_junk_behind(&junk) => (bytes, Some(Missing::Behind)),
            (_, Some(cut)) => return Err(refused(&cut)),
        };
        Ok(Opened::Document(Packed { form, bytes, missing }))
    }

    fn container(&self, kind: ContainerKind, place: &Locator, stream: Stream) -> Result<Opened, Refusal> {
        let container: Box<dyn Container> = match kind {
            ContainerKind::JsonLines => {
                Box::new(Lines::new(place.clone(), stream.reader, self.limits.input_bytes))
            }
            ContainerKind::Feed => {
                let (bytes, cut) = self.read_to_cut(stream.reader, stream.bytes)?;
                Box::new(Feed::new(place.clone(), &bytes, cut.as_ref())?)
            }
            ContainerKind::Mailbox => {
                Box::new(Mailbox::new(place.clone(), stream.reader, self.limits.input_bytes))
            }
            ContainerKind::Web { format, in_gzip } => {
                Box::new(WebArchive::new(place, format, stream, in_gzip, self))
            }
            ContainerKind::Tar => Box::new(TarFile::new(stream.reader, stream.is_in_place)),
            ContainerKind::Zip => return self.zip(stream),
        };
        Ok(Opened::Container(container))
    }

    /// The ZIP file in `stream`, or the book that it turns out to be.
    fn zip(&self, stream: Stream) -> Result<Opened, Refusal> {
        let is_in_place = stream.is_in_place;
        let stretch = self.stretch(stream)?;
        let file = ZipFile::new(stretch.clone(), is_in_place, self)?;
        if file.is_book() {
            return self.document(Form::Epub, Stream::of_stretch(stretch));
        }
        Ok(Opened::Container(Box::new(file)))
    }

    /// A stream as something that can be read from any place: what isn't is read into memory.
    fn stretch(&self, stream: Stream) -> Result<Stretch, Refusal> {
        if let Some(stretch) = stream.stretch {
            return Ok(stretch);
        }
        Ok(Stretch::in_memory(self.read_all(stream.reader, stream.bytes)?))
    }

    fn read_all(&self, reader: impl Read, expected: Option<u64>) -> Result<Vec<u8>, Refusal> {
        match self.read_to_cut(reader, expected)? {
            (_, Some(cut)) => Err(refused(&cut)),
            (bytes, None) => Ok(bytes),
        }
    }

    /// All that `reader` gives, and the fault of one that is cut.
    fn read_to_cut(
        &self,
        reader: impl Read,
        expected: Option<u64>,
    ) -> Result<(Vec<u8>, Option<io::Error>), Refusal> {
        let most = self.limits.input_bytes;
        let refusal = || Refusal::from(Limit::input(most));
        if expected.is_some_and(|expected| expected > most) {
            return Err(refusal());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(expected.unwrap_or(0)).unwrap_or(0) + 1);
        let cut = match reader.take(most + 1).read_to_end(&mut bytes) {
            Ok(_) => None,
            Err(cut) if ends_it(&cut) => Some(cut),
            Err(error) => return Err(refused(&error)),
        };
        if bytes.len() as u64 > most { Err(refusal()) } else { Ok((bytes, cut)) }
    }
}

/// The first bytes of `reader`, more of them where few leave it open what they are; and the fault of one that is cut in
/// them.
fn peek(reader: &mut dyn BufRead) -> io::Result<(Vec<u8>, Option<io::Error>)> {
    let mut head = Vec::with_capacity(SNIFF_BYTES);
    let mut wanted = SNIFF_BYTES;
    loop {
        match (&mut *reader).take((wanted - head.len()) as u64).read_to_end(&mut head) {
            Err(cut) if ends_it(&cut) && !head.is_empty() => {
                return Ok((head, Some(cut)));
            }
            read => read?,
        };
        if head.len() < wanted || wanted == MAX_SNIFF_BYTES || !is_open(&head) {
            return Ok((head, None));
        }
        wanted *= SNIFF_GROWTH;
    }
}

/// Whether `error` says that there is no more to read, and not that what was read is wrong.
fn ends_it(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::UnexpectedEof || is_junk_behind(error)
}

/// The place where a stream is cut: reading it tells of that, as often as it is tried.
struct CutHere(io::Error);

impl Read for CutHere {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(same(&self.0))
    }
}

impl BufRead for CutHere {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        Err(same(&self.0))
    }

    fn consume(&mut self, _: usize) {}
}

/// Whether what was taken for `other` may be a ZIP file behind something else, such as the program that unpacks it.
fn may_end_as_zip(other: &Sniffed, name: &str) -> bool {
    let extension = || Path::new(name).extension().map(OsStr::to_ascii_lowercase);
    match other {
        Sniffed::Unknown(_) => true,
        Sniffed::Other(_) => extension().is_some_and(|extension| extension == "zip" || extension == "exe"),
        _ => false,
    }
}

/// What is said of a file that holds nothing: a fault if its name promises something, and it needn't hold an article if
/// not.
fn empty(name: &str) -> Refusal {
    let reason = "the file is empty".to_owned();
    if promised_by(name).is_some() { Refusal::SetAside(reason) } else { Refusal::Unknown(reason) }
}

/// The name of what lies in a compressed file.
fn without_extension(name: &str) -> String {
    let path = Path::new(name);
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("tgz" | "txz" | "tbz" | "tbz2" | "tzst") => path.with_extension("tar").to_string_lossy().into(),
        _ => path.file_stem().map_or(name.into(), |stem| stem.to_string_lossy().into_owned()),
    }
}

/// Why `what` isn't read, which by its name should be of the kind `promised`; `otherwise` if that promises nothing.
fn unread(what: String, promised: Option<&str>, otherwise: fn(String) -> Refusal) -> Refusal {
    match promised {
        Some(kind) => Refusal::SetAside(format!("named as {kind}, but it is {what}")),
        None => otherwise(what),
    }
}
