//! [`Flags`]: what an element's name, role and class say about what is inside it.
//!
//! Class names are hints and no more: authors of pages write them for their style sheets. So they
//! are read word by word, never as a site's own name for something, and `furniture` decides whether a
//! hint is believed.

use std::ops::{BitOr, BitOrAssign};

use hashbrown::HashMap;

/// A set of facts about an element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags(u64);

impl Flags {
    /// Inside of a link.
    pub(super) const LINK: Self = Self(1);
    /// Never shown on screens: words for screen readers.
    pub(super) const HIDDEN: Self = Self(1 << 1);
    /// In a list's item.
    pub(super) const ITEM: Self = Self(1 << 2);
    /// In a quotation.
    pub(super) const QUOTE: Self = Self(1 << 3);
    /// In preformatted text.
    pub(super) const PRE: Self = Self(1 << 4);
    /// A button or label of a form.
    pub(super) const CONTROL: Self = Self(1 << 6);
    /// In a figure's caption.
    pub(super) const CAPTION: Self = Self(1 << 7);
    /// In a menu by element or role.
    pub(super) const NAV: Self = Self(1 << 8);
    /// In a page's or section's head.
    pub(super) const HEADER: Self = Self(1 << 9);
    /// In a page's or section's foot.
    pub(super) const FOOTER: Self = Self(1 << 10);
    /// In an `<aside>` or complementary role.
    pub(super) const ASIDE: Self = Self(1 << 11);
    /// In a dialog.
    pub(super) const DIALOG: Self = Self(1 << 12);
    /// In a form.
    pub(super) const FORM: Self = Self(1 << 13);
    /// In an `<article>` or what says to be an article's body.
    pub(super) const ARTICLE: Self = Self(1 << 14);
    /// In `<main>` or its role.
    pub(super) const MAIN: Self = Self(1 << 15);
    /// In a figure.
    pub(super) const FIGURE: Self = Self(1 << 16);
    /// In the body of an article by schema.org's word.
    pub(super) const BODY: Self = Self(1 << 17);

    /// Not shown at first: text that a reader unfolds, menus, dialogs.
    pub(super) const FOLDED: Self = Self(1 << 18);

    /// Set in bold type.
    pub(super) const BOLD: Self = Self(1 << 20);

    /// In a list of cards that point to other articles.
    pub(super) const CARD: Self = Self(1 << 19);

    /// Named as comments of readers.
    pub(super) const COMMENTS: Self = Self(1 << 32);
    /// Named as pointers to other articles.
    pub(super) const RELATED: Self = Self(1 << 33);
    /// Named as share or follow buttons.
    pub(super) const SHARE: Self = Self(1 << 34);
    /// Named as a box to subscribe, or to get in touch.
    pub(super) const NEWSLETTER: Self = Self(1 << 35);
    /// Named as a byline or biography.
    pub(super) const AUTHOR: Self = Self(1 << 36);
    /// Named as data about the article: date, tags, reading time.
    pub(super) const ABOUT: Self = Self(1 << 37);
    /// Named as a menu, breadcrumbs or page numbers.
    pub(super) const MENU: Self = Self(1 << 38);
    /// Named as a sidebar or widget.
    pub(super) const SIDEBAR: Self = Self(1 << 39);
    /// Named as an advertisement.
    pub(super) const ADVERT: Self = Self(1 << 40);
    /// Named as something that lies over the page: a pop-up, a box to sign in.
    pub(super) const OVERLAY: Self = Self(1 << 41);
    /// Named as the page's head or foot, or their fine print.
    pub(super) const MASTHEAD: Self = Self(1 << 42);
    /// Named as the credit or caption of a picture.
    pub(super) const CREDIT: Self = Self(1 << 43);
    /// Named as foot- or endnotes.
    pub(super) const NOTES: Self = Self(1 << 44);
    /// Named as the text of an article.
    pub(super) const CONTENT: Self = Self(1 << 45);
    /// Named as a summary that opens an article.
    pub(super) const LEAD: Self = Self(1 << 46);
    /// Named as tags or categories.
    pub(super) const TAGS: Self = Self(1 << 47);
    /// Named as a date.
    pub(super) const DATE: Self = Self(1 << 48);
    /// Named as a table of contents.
    pub(super) const CONTENTS: Self = Self(1 << 49);
    /// Named as a title.
    pub(super) const TITLE: Self = Self(1 << 50);
    /// Named as an invitation to another article.
    pub(super) const TEASER: Self = Self(1 << 51);
    /// Named as what asks for consent to cookies.
    pub(super) const CONSENT: Self = Self(1 << 52);
    /// Named as what somebody is or does.
    pub(super) const ROLE: Self = Self(1 << 53);

    /// Whether any of `other` is in the set.
    pub(super) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The set without `other`.
    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// What both have.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether nothing is in the set.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The set of several.
    pub(super) const fn all(flags: &[Self]) -> Self {
        let mut set = 0;
        let mut at = 0;
        while at < flags.len() {
            set |= flags[at].0;
            at += 1;
        }
        Self(set)
    }
}

impl BitOr for Flags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Flags {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// Words of a class list that are read; lists of utility classes run to hundreds.
const MAX_WORDS: usize = 48;

/// Letters of the longest word that is known.
const MAX_WORD_LETTERS: usize = 20;

/// Letters up to which what follows a digit is a part of a number rather than a word: `1ad269`.
const OF_NUMBER_LETTERS: usize = 3;

/// What the class lists and ids of a page say. It says the same of many elements, and makes its lists of the same
/// names, so each is read once.
#[derive(Default)]
pub(super) struct Names<'a> {
    lists: HashMap<&'a str, Flags>,
    names: HashMap<&'a str, Meaning>,
}

/// What one name of a list says, and of how many words it is made.
#[derive(Clone, Copy)]
struct Meaning {
    flags: Flags,
    words: usize,
}

impl<'a> Names<'a> {
    /// What the class list or id `value` says.
    pub(super) fn say(&mut self, value: &'a str) -> Flags {
        let Self { lists, names } = self;
        *lists.entry(value).or_insert_with(|| {
            let mut found = Flags::default();
            let mut words = 0;
            for name in value.split_ascii_whitespace() {
                let meaning = *names.entry(name).or_insert_with(|| meaning_of(name));
                found |= meaning.flags;
                words += meaning.words;
                if words > MAX_WORDS {
                    break;
                }
            }
            found
        })
    }
}

fn meaning_of(name: &str) -> Meaning {
    let mut buffer = [0_u8; MAX_WORD_LETTERS];
    let mut part_of = Parts::default();
    let mut of_name = Flags::default();
    each_word(name, &mut buffer, |word| {
        part_of.note(word);
        of_name |= of_word(word);
    });
    let is_of_another = part_of.denied || part_of.kind && part_of.words > 1;
    let flags = if is_of_another { Flags::default() } else { of_name | part_of.together() };
    Meaning { flags, words: part_of.words }
}

/// Calls `with` for each word of `name`, in lower case: words end at punctuation and before capitals.
fn each_word(name: &str, buffer: &mut [u8; MAX_WORD_LETTERS], mut with: impl FnMut(&[u8])) {
    let bytes = name.as_bytes();
    let mut at = 0;
    while let Some(begun) = bytes[at..].iter().position(u8::is_ascii_alphabetic) {
        let start = at + begun;
        let goes_on = |pair: &[u8]| {
            pair[1].is_ascii_alphabetic() && !(pair[1].is_ascii_uppercase() && pair[0].is_ascii_lowercase())
        };
        let letters = 1 + bytes[start..].windows(2).take_while(|pair| goes_on(pair)).count();
        at = start + letters;
        let digit_before = start > 0 && bytes[start - 1].is_ascii_digit();
        if digit_before && letters <= OF_NUMBER_LETTERS {
            continue;
        }
        let known = letters.min(MAX_WORD_LETTERS);
        buffer[..known].copy_from_slice(&bytes[start..start + known]);
        buffer[..known].make_ascii_lowercase();
        with(&buffer[..known]);
    }
}

/// Which halves of compound names such as `entry-content` have been seen in one name.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word that was seen or not")]
struct Parts {
    subject: bool,
    text: bool,
    screen: bool,
    reader: bool,
    only: bool,
    visually: bool,
    hidden: bool,
    picture: bool,
    line: bool,
    /// The name says that something is absent or elsewhere: `no-sidebar`, `has-sidebar`, or of which kind an
    /// article is: `category-news`.
    denied: bool,
    kind: bool,
    consent: bool,
    words: usize,
}

impl Parts {
    fn note(&mut self, word: &[u8]) {
        self.words += 1;
        match word {
            b"entry" | b"article" | b"post" | b"story" | b"blog" | b"news" | b"main" | b"page" | b"field"
            | b"rich" | b"single" | b"node" | b"detail" | b"details" | b"td" => self.subject = true,
            b"content" | b"body" | b"text" | b"copy" | b"richtext" | b"contents" => self.text = true,
            b"sr" | b"screen" => self.screen = true,
            b"reader" | b"readers" => self.reader = true,
            b"only" => self.only = true,
            b"visually" | b"visuallyhidden" => self.visually = true,
            b"hidden" => self.hidden = true,
            b"img" | b"image" | b"photo" | b"pic" | b"picture" | b"foto" => self.picture = true,
            b"desc" | b"description" | b"sign" | b"legend" | b"source" | b"byline" => self.line = true,
            b"no" | b"not" | b"has" | b"with" | b"without" | b"is" if self.words == 1 => self.denied = true,
            // `sidebar-enabled--false`, and `content-sidebar-wrap`, which holds both.
            b"enabled" | b"disabled" | b"false" | b"true" if self.words > 1 => self.denied = true,
            b"sidebar" if self.text => self.denied = true,
            b"category" | b"tag" if self.words == 1 => self.kind = true,
            b"consent" => self.consent = true,
            _ => {}
        }
    }

    fn together(&self) -> Flags {
        let mut flags = Flags::default();
        // `entry-content` and `article__body`, but not `content-sidebar-wrap`.
        if self.subject && self.text && self.words <= 4 {
            flags |= Flags::CONTENT;
        }
        if self.picture && self.line && self.words <= 4 {
            flags |= Flags::CREDIT;
        }
        // By itself the word names a subject as well.
        if self.consent && self.words > 1 {
            flags |= Flags::CONSENT;
        }
        // Longer names speak of a part of the element: `field--label-visually_hidden`.
        let hides = self.screen && (self.reader || self.only) || self.visually && self.hidden;
        if hides && self.words <= 3 {
            flags |= Flags::HIDDEN;
        }
        flags
    }
}

/// The words of `name` in lower case, each with what it says.
pub(super) fn words_of(name: &str) -> impl Iterator<Item = (String, Flags)> {
    let mut words = Vec::new();
    each_word(name, &mut [0_u8; MAX_WORD_LETTERS], |word| {
        words.push((String::from_utf8_lossy(word).into_owned(), of_word(word)));
    });
    words.into_iter()
}

/// What one word of a class name says.
pub(super) fn of_word(word: &[u8]) -> Flags {
    match word {
        b"editsection" => Flags::CONTROL,
        b"comment" | b"comments" | b"commentlist" | b"respond" | b"disqus" | b"replies" | b"commenter" => {
            Flags::COMMENTS
        }
        b"related" | b"recommended" | b"recommend" | b"recirc" | b"recirculation" | b"suggested"
        | b"suggestions" | b"trending" | b"popular" | b"readmore" | b"relatedposts" | b"relatedarticles"
        | b"upnext" | b"morefrom" | b"yarpp" | b"latest" | b"crosslink" | b"crosslinks" | b"readnext" => {
            Flags::RELATED
        }
        b"share" | b"sharing" | b"social" | b"sharedaddy" | b"addtoany" | b"addthis" | b"shares"
        | b"sharethis" | b"socials" | b"sharebar" | b"follow" | b"shareaholic" => Flags::SHARE,
        b"newsletter" | b"newsletters" | b"subscribe" | b"subscription" | b"signup" | b"optin"
        | b"contact" | b"contacts" | b"kontakt" | b"contacto" | b"mailchimp" | b"donate" | b"donation"
        | b"cta" | b"mailerlite" | b"convertkit" | b"hubspot" => Flags::NEWSLETTER,
        b"author" | b"authors" | b"autoren" | b"autores" | b"bio" | b"byline" | b"biography"
        | b"contributor" | b"contributors" | b"authorbox" | b"bylines" | b"autor" | b"auteur"
        | b"auteurs" | b"autore" | b"verfasser" | b"aboutauthor" | b"authorname" | b"authorlink"
        | b"authorinfo" | b"authorwrapper" | b"postauthor" | b"articleauthor" | b"authorbio" => Flags::AUTHOR,
        b"meta" | b"metadata" | b"postmeta" | b"postmetadata" | b"readingtime" | b"byliner" => Flags::ABOUT,
        b"breadcrumb" | b"breadcrumbs" | b"nav" | b"navbar" | b"navigation" | b"menu" | b"menus"
        | b"pagination" | b"pager" | b"pagenav" | b"paging" | b"topnav" | b"subnav" | b"sitemap"
        | b"hamburger" | b"toolbar" | b"drawer" | b"prevnext" | b"pagelinks" | b"breadcrumbnav" => {
            Flags::MENU
        }
        b"sidebar" | b"sidebars" | b"rail" | b"rightrail" | b"sidenav" | b"rightcol" | b"leftcol" => {
            Flags::SIDEBAR
        }
        b"ad" | b"ads" | b"advert" | b"adverts" | b"advertisement" | b"advertising" | b"sponsor"
        | b"sponsored" | b"dfp" | b"outbrain" | b"taboola" | b"adsense" | b"adsbygoogle" | b"promo"
        | b"promos" | b"promotion" | b"promoted" | b"advertorial" | b"sponsors" => Flags::ADVERT,
        b"modal" | b"popup" | b"popups" | b"overlay" | b"lightbox" | b"paywall" | b"popover" | b"tooltip"
        | b"toast" | b"snackbar" | b"login" | b"signin" | b"offcanvas" | b"interstitial" => Flags::OVERLAY,
        b"cookie" | b"cookies" | b"cookiebanner" | b"gdpr" => Flags::CONSENT,
        b"banner" | b"disclaimer" | b"disclaimers" | b"footer" | b"masthead" | b"topbar" | b"copyright"
        | b"colophon" | b"siteheader" | b"sitefooter" | b"bottombar" => Flags::MASTHEAD,
        b"caption" | b"captions" | b"credit" | b"credits" | b"photocredit" | b"imagecaption"
        | b"figcaption" => Flags::CREDIT,
        b"fn" | b"ftn" | b"nb" | b"edn" | b"footnote" | b"footnotes" | b"endnote" | b"endnotes"
        | b"references" | b"reflist" | b"bibliography" | b"citations" => Flags::NOTES,
        b"articlebody" | b"articlecontent" | b"postcontent" | b"storybody" | b"entrycontent"
        | b"postbody" | b"articletext" | b"newsbody" | b"maincontent" | b"storytext" | b"bodytext"
        | b"bodycopy" | b"storycontent" | b"prose" | b"wysiwyg" | b"richtext" => Flags::CONTENT,
        b"standfirst" | b"lede" | b"lead" | b"dek" | b"deck" | b"intro" | b"subtitle" | b"subhead"
        | b"subheading" | b"subheadline" | b"excerpt" | b"abstract" => Flags::LEAD,
        b"tags" | b"tag" | b"taglist" | b"categories" | b"category" | b"keywords" | b"topics"
        | b"tagcloud" | b"eyebrow" | b"kicker" => Flags::TAGS,
        b"date" | b"time" | b"timestamp" | b"published" | b"dateline" | b"pubdate" | b"datetime"
        | b"posted" | b"publishdate" | b"datum" | b"fecha" | b"postdate" => Flags::DATE,
        b"toc" | b"tableofcontents" => Flags::CONTENTS,
        b"title" | b"headline" | b"heading" => Flags::TITLE,
        b"teaser" | b"teasers" => Flags::TEASER,
        b"description" | b"desc" | b"role" | b"rol" | b"jobtitle" | b"occupation" => Flags::ROLE,
        _ => Flags::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_names(value: &str) -> Flags {
        Names::default().say(value)
    }

    #[test]
    fn words_are_found_however_they_are_joined() {
        for name in ["related-posts", "relatedPosts", "block__related", "col-3 js-Related"] {
            assert!(of_names(name).any(Flags::RELATED), "{name}");
        }
        assert!(of_names("adsbygoogle").any(Flags::ADVERT));
        assert!(!of_names("header download breadth").any(Flags::ADVERT));
    }

    #[test]
    fn pieces_of_numbers_and_of_longer_names_say_nothing() {
        assert!(!of_names("component_1ad269af0d css-2fn").any(Flags::ADVERT | Flags::NOTES));
        assert!(of_names("ad300x250").any(Flags::ADVERT));
        for name in ["sidebar-enabled--false", "content-sidebar-wrap", "no-sidebar"] {
            assert!(!of_names(name).any(Flags::SIDEBAR), "{name}");
        }
        assert!(of_names("sidebar-content").any(Flags::SIDEBAR));
        assert!(of_names("usa-banner-inner").any(Flags::MASTHEAD));
        assert!(!of_names("field--label-visually_hidden").any(Flags::HIDDEN));
    }

    #[test]
    fn compound_names_of_content_are_seen() {
        assert!(of_names("entry-content").any(Flags::CONTENT));
        assert!(of_names("article__body").any(Flags::CONTENT));
        assert!(!of_names("content").any(Flags::CONTENT));
        assert!(of_names("visually-hidden").any(Flags::HIDDEN));
        assert!(of_names("sr-only").any(Flags::HIDDEN));
        assert!(of_names("img-desc").any(Flags::CREDIT) && of_names("articlePhotoSource").any(Flags::CREDIT));
        assert!(!of_names("photo-essay").any(Flags::CREDIT));
    }
}
