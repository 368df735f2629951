//! The elements of the lists that a book holds, one after the other, whatever is wrong with how they are nested.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Calls `each` for every element of `xml` with the text that follows its tag.
pub(super) fn each_element(xml: &str, mut each: impl FnMut(&BytesStart<'_>, &str)) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut open: Option<BytesStart<'static>> = None;
    let mut text = String::new();
    loop {
        let event = reader.read_event();
        if let Ok(Event::Text(more)) = &event {
            text.push_str(more);
            continue;
        }
        if let Ok(Event::GeneralRef(name)) = &event {
            let named = || quick_xml::escape::resolve_xml_entity(name).map(str::to_owned);
            text.push_str(
                &name.resolve_char_ref().ok().flatten().map(String::from).or_else(named).unwrap_or_default(),
            );
            continue;
        }
        if let Some(tag) = open.take() {
            each(&tag, &text);
        }
        text.clear();
        match event {
            Ok(Event::Start(tag) | Event::Empty(tag)) => open = Some(tag.into_owned()),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// The value of the attribute `name` of `tag`, whatever its prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.attributes().flatten().find(|known| known.key.local_name().as_ref() == name)?;
    attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}
