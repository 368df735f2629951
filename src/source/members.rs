//! [`Members`]: what lies in a container, and in the containers inside it, one after the other.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::content::{OUR_FAULT, Refusal};
use super::limits::Limit;
use super::member::{Keeping, Member, Packed};
use super::opener::{Depth, Opened, Opener, Stream};
use super::stretch::Stretch;
use crate::model::Locator;

/// Something that holds members.
pub(super) trait Container: Send {
    /// The next member. After one that can't be read there may be others.
    fn next(&mut self) -> Option<Entry>;

    /// What is said of it if it has no members.
    fn without_members(&self) -> Refusal {
        Refusal::Skip("a container without members".to_owned())
    }

    /// Whether not all of its members could be found.
    fn is_cut_off(&self) -> bool {
        false
    }

    /// How it is kept, if it is a web archive.
    fn keeping(&self) -> Option<Keeping> {
        None
    }
}

/// A member as its container gives it.
pub(super) struct Entry {
    pub place: Place,
    pub content: Result<Found, Refusal>,
}

/// Where a member is in its container.
pub(super) enum Place {
    /// Under a name, which may be given twice.
    Named(Vec<u8>),
    /// At a place of its own.
    At(Locator),
    /// It has no name, since it can't be read; it is the member of this number, from 1.
    Number(u64),
}

/// The content of a member.
pub(super) enum Found {
    /// A document or record.
    Packed(Packed),
    /// Something to look into.
    Stream(Stream),
}

impl Entry {
    pub fn refused(place: Place, refusal: Refusal) -> Self {
        Self { place, content: Err(refusal) }
    }
}

/// The members of a file, and of the containers inside it.
pub struct Members {
    levels: Vec<Level>,
    file: Stretch,
    /// Most members that are given.
    most: u64,
    given: u64,
    ended: bool,
}

/// A container that is being read.
struct Level {
    place: Locator,
    container: Box<dyn Container>,
    opener: Opener,
    depth: Depth,
    names: Names,
    is_empty: bool,
}

impl Level {
    fn new(place: Locator, container: Box<dyn Container>, opener: Opener, depth: Depth) -> Self {
        Self { place, container, opener, depth, names: Names::default(), is_empty: true }
    }

    fn locator(&mut self, place: Place) -> Locator {
        match place {
            Place::Named(name) => {
                let locator = self.place.member(&bounded(&name));
                match self.names.count(&name) {
                    1 => locator,
                    times => locator.member(times.to_string().as_bytes()),
                }
            }
            Place::At(locator) => locator,
            Place::Number(number) => self.place.record(&format!("member {number}")),
        }
    }
}

/// Whether what a container gives at `place` is a stretch of it that it can't read. A record that is too large is one
/// record, but only its offset names it without its content.
fn is_gap(place: &Place, content: &Result<Found, Refusal>) -> bool {
    let (Place::At(locator), Err(Refusal::SetAside(reason))) = (place, content) else { return false };
    Limit::told_by(reason).is_none() || locator.place_and_offset().is_none()
}

/// Bytes of a member's name that its place is called by. An index tells places apart by terms, which have 65,530 at
/// most: as many as a path and the names of four archives in one another take, with each byte escaped as three.
const MOST_NAME_BYTES: usize = 4_096;

/// `name`, or its beginning with a hash of all of it.
fn bounded(name: &[u8]) -> Cow<'_, [u8]> {
    if name.len() <= MOST_NAME_BYTES {
        return Cow::Borrowed(name);
    }
    let hash = blake3::hash(name).to_hex();
    let told_apart = format!("~{}", &hash[..16]);
    let beginning = &name[..MOST_NAME_BYTES - told_apart.len()];
    Cow::Owned([beginning, told_apart.as_bytes()].concat())
}

/// How often each name was given. Names are told apart by a number each, as there may be very many.
#[derive(Default)]
struct Names {
    hasher: RandomState,
    times: HashMap<u64, u32>,
}

impl Names {
    fn count(&mut self, name: &[u8]) -> u32 {
        let times = self.times.entry(self.hasher.hash_one(name)).or_insert(0);
        *times += 1;
        *times
    }
}

impl Members {
    /// What lies in the `file` at `place`, which is `container`. One without members gives itself, and why it holds
    /// nothing.
    pub(super) fn new(place: &Locator, file: Stretch, container: Box<dyn Container>, opener: Opener) -> Self {
        let most = opener.limits.members;
        let level = Level::new(place.clone(), container, opener, Depth::default().inside());
        Self { levels: vec![level], file, most, given: 0, ended: false }
    }

    /// How many bytes of the file were read so far, as they lie there.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.file.bytes_read()
    }

    fn advance(&mut self) -> Option<Member> {
        loop {
            if let Some(member) = self.leave_used_up() {
                return Some(member);
            }
            let level = self.levels.last_mut()?;
            let Some(Entry { place, content }) = level.container.next() else {
                if let Some(member) = self.leave() {
                    return Some(member);
                }
                continue;
            };
            let name = match &place {
                Place::Named(name) => String::from_utf8_lossy(name).into_owned(),
                Place::At(_) | Place::Number(_) => String::new(),
            };
            level.is_empty = false;
            let is_gap = is_gap(&place, &content);
            let (locator, depth, opener) = (level.locator(place), level.depth, level.opener.inside());
            let opened = match content {
                Ok(Found::Packed(packed)) => Ok(packed),
                Ok(Found::Stream(stream)) => match opener.open(&locator, &name, stream, depth) {
                    Ok(Opened::Document(packed)) => Ok(packed),
                    Ok(Opened::Container(container)) => {
                        self.levels.push(Level::new(locator, container, opener, depth.inside()));
                        continue;
                    }
                    Err(refusal) => Err(refusal),
                },
                Err(refusal) => Err(refusal),
            };
            return Some(Member { is_gap, ..self.member(locator, opened) });
        }
    }

    /// Leaves the innermost container, which is at its end. One that held nothing is told of, the file itself too.
    fn leave(&mut self) -> Option<Member> {
        let level = self.levels.pop()?;
        let refusal = level.container.without_members();
        level.is_empty.then(|| self.member(level.place, Err(refusal)))
    }

    /// Leaves the container of which nothing more may be read, and tells of that. Of the file itself the members are
    /// told one by one.
    fn leave_used_up(&mut self) -> Option<Member> {
        let inside = self.levels.iter().skip(1);
        let at = inside.take_while(|level| !level.opener.allowance.is_used_up()).count() + 1;
        let level = self.levels.drain(at.min(self.levels.len())..).next()?;
        let ratio = level.opener.limits.expansion_ratio;
        let member = self.member(level.place, Err(Limit::Expansion(ratio).into()));
        Some(Member { is_cut_off: true, ..member })
    }

    fn member(&mut self, locator: Locator, content: Result<Packed, Refusal>) -> Member {
        let ends_early = |level: &Level| level.container.is_cut_off() || level.opener.allowance.is_used_up();
        let is_cut_off = self.levels.iter().any(ends_early);
        let keeping = self.levels.last().and_then(|level| level.container.keeping());
        Member { locator, content, is_cut_off, is_gap: false, keeping }
    }

    /// The member in place of all others, which aren't read.
    fn end(&mut self, reason: String) -> Option<Member> {
        self.ended = true;
        let level = self.levels.first()?;
        let locator = level.place.record(&format!("member {}", self.given + 1));
        let content = Err(Refusal::SetAside(reason));
        Some(Member { locator, content, is_cut_off: true, is_gap: false, keeping: None })
    }
}

impl Iterator for Members {
    type Item = Member;

    /// The next member. After one that is cut off there may be none.
    fn next(&mut self) -> Option<Member> {
        if self.ended {
            return None;
        }
        let most = self.most;
        // A fault of a reader is its file's: it ends the file, not the run.
        let member = match catch_unwind(AssertUnwindSafe(|| self.advance())) {
            Ok(None) => return None,
            Ok(Some(_)) if self.given == most => return self.end(Limit::Members(most).to_string()),
            Ok(Some(member)) => member,
            Err(_) => return self.end(OUR_FAULT.to_owned()),
        };
        self.given += 1;
        Some(member)
    }
}
