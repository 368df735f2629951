//! [`of_message`]: which of the parts of a message are its text.

use mail_parser::{ContentType, Message, MessagePart, MimeHeaders, PartType};

use super::{body, header};
use crate::model::{Charset, MediaType};

/// Multiparts and messages in one another that are looked into.
const MAX_DEPTH: usize = 32;

/// A text in a message.
#[derive(Debug)]
pub(super) struct Text {
    pub media_type: MediaType,
    /// What its header says of the encoding.
    pub charset: Option<Charset>,
    pub bytes: Vec<u8>,
    /// The address that it was saved from.
    pub location: Option<String>,
}

impl Text {
    fn is_blank(&self) -> bool {
        self.bytes.trim_ascii().is_empty()
    }
}

/// The texts of `message`, in order: those that are shown of it; where there is none, one that is attached to it, HTML
/// first; and else those of attached messages. A blank one if there is no other.
pub(super) fn of_message(message: &Message<'_>) -> Vec<Text> {
    let texts = own(message, 0);
    if !texts.is_empty() {
        return texts;
    }
    message.parts.iter().find_map(|part| text_of(message, part)).into_iter().collect()
}

/// The texts of `message`, none of them blank.
fn own(message: &Message<'_>, depth: usize) -> Vec<Text> {
    let shown = shown(message, 0, Within { is_digest: false, depth });
    if !shown.is_empty() || depth >= MAX_DEPTH {
        return shown;
    }
    if let Some(attached) = attached(message) {
        return vec![attached];
    }
    message
        .parts
        .iter()
        .filter_map(MessagePart::message)
        .flat_map(|inner| with_subject(inner, depth))
        .collect()
}

/// Where a part lies.
#[derive(Clone, Copy)]
struct Within {
    /// Whether it is one of the messages of a digest.
    is_digest: bool,
    /// How many parts are around it.
    depth: usize,
}

/// The texts that are shown of the part `id`.
fn shown(message: &Message<'_>, id: u32, within: Within) -> Vec<Text> {
    let Some(part) = message.part(id).filter(|_| within.depth < MAX_DEPTH) else { return Vec::new() };
    let depth = within.depth + 1;
    match &part.body {
        PartType::Multipart(ids) => {
            let kind = part.content_type().and_then(|kind| kind.subtype()).unwrap_or_default();
            let inner = Within { is_digest: kind.eq_ignore_ascii_case("digest"), depth };
            let root = root(message, part, ids);
            let first = root.or(ids.first().copied());
            let is_shown =
                |id: &u32| message.part(*id).is_some_and(|part| !is_attached(part, Some(*id) == first));
            let in_order = root.iter().chain(ids.iter().filter(|&&id| Some(id) != root));
            let mut each = in_order.filter(|id| is_shown(id)).map(|&id| shown(message, id, inner));
            match kind.to_ascii_lowercase().as_str() {
                "alternative" => best(each.collect()),
                // What follows is what the page needs.
                "related" => each.find(|texts| !texts.is_empty()).unwrap_or_default(),
                _ => each.flatten().collect(),
            }
        }
        PartType::Message(inner) if within.is_digest => with_subject(inner, depth),
        _ => text_of(message, part).filter(|text| !text.is_blank()).into_iter().collect(),
    }
}

/// The one of the parts `ids` of `part` that is the page, if `part` says so; else it is the first (RFC 2387, 3.2).
fn root(message: &Message<'_>, part: &MessagePart<'_>, ids: &[u32]) -> Option<u32> {
    let bare = |id: &str| id.trim_matches(['<', '>', ' ']).to_owned();
    let start = bare(part.content_type()?.attribute("start")?);
    let is_start =
        |id: &u32| message.part(*id).and_then(|part| part.content_id()).is_some_and(|id| bare(id) == start);
    ids.iter().copied().find(is_start)
}

/// Of several versions of the same one with a page, if there is one.
fn best(mut versions: Vec<Vec<Text>>) -> Vec<Text> {
    let has_page = |texts: &Vec<Text>| texts.iter().any(|text| text.media_type == MediaType::Html);
    let page = versions.iter().position(has_page);
    let any = page.or_else(|| versions.iter().position(|texts| !texts.is_empty()));
    any.map(|at| versions.swap_remove(at)).unwrap_or_default()
}

/// Whether `part` of several goes with a message and isn't shown in it.
fn is_attached(part: &MessagePart<'_>, is_first: bool) -> bool {
    let kind = part.content_type();
    let is_other_text = kind.is_some_and(|kind| {
        kind.ctype().eq_ignore_ascii_case("text") && !is_of(part, "plain") && !is_of(part, "html")
    });
    part.content_disposition().is_some_and(ContentType::is_attachment)
        || is_other_text
        || !is_first && kind.is_some_and(|kind| kind.has_attribute("name"))
}

/// The first text of any part, HTML before others.
fn attached(message: &Message<'_>) -> Option<Text> {
    let mut texts: Vec<Text> = message.parts.iter().filter_map(|part| text_of(message, part)).collect();
    texts.retain(|text| !text.is_blank());
    let page = texts.iter().position(|text| text.media_type == MediaType::Html).unwrap_or(0);
    (!texts.is_empty()).then(|| texts.swap_remove(page))
}

/// The subject of an attached message, and its texts.
fn with_subject(inner: &Message<'_>, depth: usize) -> Vec<Text> {
    let texts = own(inner, depth + 1);
    let Some(first) = texts.first() else { return texts };
    let subject = header::names(inner, first.charset.as_ref()).subject.map(|subject| Text {
        media_type: MediaType::PlainText,
        charset: Some(Charset::Named("utf-8".to_owned())),
        bytes: subject.into_bytes(),
        location: None,
    });
    subject.into_iter().chain(texts).collect()
}

/// The text in `part`, if it is one.
fn text_of(message: &Message<'_>, part: &MessagePart<'_>) -> Option<Text> {
    let is_text = match &part.body {
        PartType::Html(_) | PartType::Text(_) => true,
        // Several parts with nothing that parts them.
        PartType::Binary(_) => part.content_type().is_some_and(|kind| kind.ctype() == "multipart"),
        _ => false,
    };
    is_text.then(|| {
        let (bytes, charset) = body::content(message, part);
        let media_type = if is_of(part, "html") { MediaType::Html } else { MediaType::PlainText };
        Text { media_type, charset, bytes, location: part.content_location().map(str::to_owned) }
    })
}

/// Whether `part` is said to be text of this kind.
fn is_of(part: &MessagePart<'_>, subtype: &str) -> bool {
    part.is_content_type("text", subtype)
}

#[cfg(test)]
mod tests {
    use super::super::parser;
    use super::*;

    fn texts(message: &str) -> Vec<String> {
        let message = format!("Subject: S\n{message}");
        let read = parser().parse(&message).unwrap();
        of_message(&read)
            .into_iter()
            .map(|text| String::from_utf8(text.bytes).unwrap().trim().to_owned())
            .collect()
    }

    fn several(kind: &str, parts: &[&str]) -> String {
        let parts: Vec<String> = parts.iter().map(|part| format!("--{kind}\n{part}\n")).collect();
        format!("Content-Type: multipart/{kind}; boundary={kind}\n\n{}--{kind}--\n", parts.concat())
    }

    #[test]
    fn all_that_is_shown_is_read_and_what_is_attached_is_not() {
        let [plain, page] = ["Content-Type: text/plain\n\nplain", "Content-Type: text/html\n\n<p>page"];
        let picture = "Content-Type: image/png\n\nPNG";
        let named = "Content-Type: text/plain; name=a.txt\n\nnamed";
        let attached = "Content-Type: text/html\nContent-Disposition: attachment\n\n<p>attached";
        assert_eq!(texts(&several("mixed", &[plain, picture, plain])), ["plain", "plain"]);
        assert_eq!(texts(&several("mixed", &[plain, named, attached])), ["plain"]);
        assert_eq!(texts(&several("mixed", &[picture, named, attached])), ["<p>attached"]);
        let saved = several("related", &[page, picture, page]);
        assert_eq!(texts(&several("alternative", &[plain, &saved])), ["<p>page"]);
        assert_eq!(texts(&several("alternative", &[plain, "Content-Type: text/html\n\n"])), ["plain"]);
        let both = several("alternative", &[plain, page]);
        assert_eq!(texts(&several("mixed", &[&both, plain])), ["<p>page", "plain"]);
    }

    #[test]
    fn the_page_of_several_parts_may_be_another_than_the_first() {
        let part = |id: &str| format!("--x\nContent-Type: text/html\nContent-ID: <{id}>\n\n<p>{id}\n");
        let parts = [part("frame"), part("main@x")].concat();
        for (start, shown) in
            [("; start=\"<main@x>\"", "<p>main@x"), ("; start=none", "<p>frame"), ("", "<p>frame")]
        {
            let header = format!("Content-Type: multipart/related; boundary=x{start}");
            assert_eq!(texts(&format!("{header}\n\n{parts}--x--\n")), [shown], "{start}");
        }
    }

    #[test]
    fn a_message_that_only_holds_messages_has_their_text() {
        let inner = "Content-Type: message/rfc822\n\nFrom: a@b.example\nSubject: Inner\n\nText of it.";
        assert_eq!(texts(&several("mixed", &[inner])), ["Inner", "Text of it."]);
        assert_eq!(
            texts(&several("mixed", &["Content-Type: text/plain\n\n", inner])),
            ["Inner", "Text of it."]
        );
        assert_eq!(texts(&several("mixed", &["Content-Type: text/plain\n\nSee:", inner])), ["See:"]);
        let encoded = "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n\
                       U3ViamVjdDogSW5uZXIKClRleHQgb2YgaXQu";
        assert_eq!(texts(&several("mixed", &[encoded])), ["Inner", "Text of it."]);
    }

    #[test]
    fn the_messages_of_a_digest_are_its_text() {
        let message = |n: u8| format!("\nFrom: a@b.example\nSubject: Part {n}\n\nText {n}.");
        let digest = several("digest", &[&message(1), &message(2)]);
        assert_eq!(texts(&digest), ["Part 1", "Text 1.", "Part 2", "Text 2."]);
        let list = several("mixed", &["Content-Type: text/plain\n\nSend submissions to", &digest]);
        assert_eq!(texts(&list), ["Send submissions to", "Part 1", "Text 1.", "Part 2", "Text 2."]);
    }

    #[test]
    fn several_parts_that_nothing_parts_are_a_text() {
        assert_eq!(texts("Content-Type: multipart/mixed\n\nText."), ["Text."]);
    }

    #[test]
    fn parts_in_one_another_end_somewhere() {
        let mut message = "Content-Type: text/plain\n\nText.".to_owned();
        for n in 0..200 {
            message =
                format!("Content-Type: multipart/mixed; boundary=b{n}-\n\n--b{n}-\n{message}\n--b{n}---\n");
        }
        assert_eq!(texts(&message), ["Text."]);
    }
}
