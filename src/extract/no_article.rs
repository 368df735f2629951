//! Pages that a server gave in the place of the one that was asked for: that it isn't there, that nobody may see it, or
//! that a reader has to show first that he is none of a program's.
//!
//! Articles are written on all of these. So the whole of a title has to say it, before the name of the site, and hardly
//! anything may stand below.

/// Bytes of text from which on a page says something of its own, whatever its title.
const FEWEST_BYTES: usize = 500;

/// What stands between such a title and the name of the site.
const SEPARATORS: [&str; 6] = [" | ", " - ", " – ", " — ", " · ", " :: "];

/// What such pages are called, in small letters.
const TITLES: [&str; 54] = [
    "403",
    "403 forbidden",
    "404",
    "404 error",
    "404 not found",
    "404 page not found",
    "404: page not found",
    "429 too many requests",
    "500 internal server error",
    "502 bad gateway",
    "503 service temporarily unavailable",
    "503 service unavailable",
    "504 gateway time-out",
    "access denied",
    "access to this page has been denied",
    "are you a robot",
    "attention required",
    "bad gateway",
    "before you continue",
    "bot verification",
    "checking your browser",
    "ddos-guard",
    "error 403",
    "error 404",
    "forbidden",
    "human verification",
    "internal server error",
    "just a moment",
    "not found",
    "one moment, please",
    "page not found",
    "page unavailable",
    "pardon our interruption",
    "request rejected",
    "robot check",
    "service unavailable",
    "sorry, you have been blocked",
    "the page cannot be found",
    "the requested url was rejected",
    "too many requests",
    "verifying you are human",
    "we're sorry, that page can't be found",
    "zugriff verweigert",
    "seite nicht gefunden",
    "accès refusé",
    "page introuvable",
    "page non trouvée",
    "acceso denegado",
    "página no encontrada",
    "página não encontrada",
    "pagina non trovata",
    "pagina niet gevonden",
    "страница не найдена",
    "页面不存在",
];

/// Whether a page with this `title` and `text` only says that what was asked for isn't shown.
pub(super) fn says_so(title: &str, text: &str) -> bool {
    if text.len() >= FEWEST_BYTES {
        return false;
    }
    let title = title.to_lowercase().replace('’', "'");
    let ends = SEPARATORS.iter().filter_map(|separator| title.find(separator));
    let before_site = &title[..ends.min().unwrap_or(title.len())];
    let ends_a_title = |c: char| c.is_whitespace() || matches!(c, '.' | '…' | '!' | '?');
    [title.as_str(), before_site].iter().any(|title| TITLES.contains(&title.trim_matches(ends_a_title)))
}

#[cfg(test)]
mod tests {
    use super::super::tests::document;
    use super::super::{Options, extract};
    use super::*;
    use crate::error::ExtractError;
    use crate::model::MediaType;

    #[test]
    fn a_page_in_the_place_of_another_is_no_article() {
        let read = |title: &str, text: &str| {
            let page = format!("<title>{title}</title><h1>wells.example</h1><p>{text}</p>");
            extract(&document(MediaType::Html, page.as_bytes()), &Options::default())
        };
        let error = read("Just a moment...", "We see to it that you are no program.").unwrap_err();
        assert_eq!(error, ExtractError::NotShown("Just a moment...".into()));
        assert!(read("Just a moment...", &"The minister had a moment. ".repeat(30)).is_ok());
        assert!(read("Just a moment of rain", "It rained.").is_ok());
    }

    #[test]
    fn pages_that_show_nothing_of_what_was_asked_for_are_told_by_all_of_their_title() {
        for title in [
            "Just a moment...",
            "Access Denied",
            "404: Page not found",
            "Page Not Found | Karst Institute",
            "We’re sorry, that page can’t be found.",
            "Attention Required! | Cloudflare",
            "Страница не найдена",
        ] {
            assert!(says_so(title, "Please go back to the first page."), "{title}");
            assert!(!says_so(title, &"A sentence on wells. ".repeat(30)), "{title}");
        }
        for title in [
            "Access Denied: how firms lose markets",
            "Access denied to wells",
            "Karst Institute | Wells",
            "The moment that wells ran dry",
            "",
        ] {
            assert!(!says_so(title, "A short notice on wells."), "{title}");
        }
    }
}
