//! [`is_part_of_page`]: what browsers put beside a page that they save. Whether it holds anything is extraction's
//! matter.

use crate::model::Locator;

/// What the folders of such parts are called, behind the name of the page, in the languages of browsers.
const ENDINGS: [&str; 20] = [
    "_files",
    "-Dateien",
    "_fichiers",
    "_archivos",
    "_bestanden",
    "_file",
    "-filer",
    "_tiedostot",
    "_pliki",
    "_soubory",
    "_elemei",
    "_ficheiros",
    "_arquivos",
    "_dosyalar",
    "_datoteke",
    "_fitxers",
    "_failid",
    "_fails",
    "_bylos",
    "_fajlovi",
];

/// Whether what lies at `locator` lies in the folder of parts of a saved page: its frames are pages, most of them
/// blank.
pub(super) fn is_part_of_page(locator: &Locator) -> bool {
    let folder = locator.as_str().rsplit(['/', '#']).nth(1).unwrap_or_default();
    ENDINGS.iter().any(|ending| folder.len() > ending.len() && folder.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_pages_are_told_by_their_folder() {
        let told = |locator: &str| is_part_of_page(&Locator::from_stored(locator));
        for part in ["/a/Page_files/x.html", "/a.zip#Page-Dateien/x.html", "/a.zip#b/Page_fichiers/x.html"] {
            assert!(told(part), "{part}");
        }
        for other in ["/a/Page_files", "/a/_files/x.html", "/Page_files/a/x.html", "/a.zip#x_files"] {
            assert!(!told(other), "{other}");
        }
    }
}
