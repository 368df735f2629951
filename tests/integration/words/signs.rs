//! Rows of the table of words: acronyms, abbreviations, tags and names with signs in them, and signs of footnotes.

use super::{FOUND, NOT, Row};

/// Full stops, apostrophes and letters that are taken for such, hashes, powers.
#[rustfmt::skip]
pub const SIGNS: &[Row] = &[
    // Acronyms with dots and without, also where these have another stem than themselves.
    ("en", "The O.S.C.E. left.", "OSCE", FOUND),
    ("en", "The OSCE left.", "O.S.C.E.", FOUND),
    ("el", "Οι Η.Π.Α. απάντησαν.", "ΗΠΑ", FOUND),
    ("el", "Οι ΗΠΑ απάντησαν.", "Η.Π.Α.", FOUND),
    ("fr", "La C.E.E. décide.", "CEE", FOUND),
    ("en", "The I.S.I.S. left.", "OSCE", NOT),
    ("en", "Since COVID-19 began.", "COVID19", FOUND),
    ("en", "Since COVID19 began.", "COVID-19", FOUND),
    ("en", "Since COVID19 began.", "covid-19", FOUND),
    ("en", "Since COVID-19 began.", "=COVID19", NOT),
    ("en", "Since COVID-19 began.", "\"COVID19\"", NOT),
    ("en", "On page 19, COVID began.", "COVID19", NOT),
    ("en", "They met at COP26.", "COP 26", FOUND),
    ("en", "They met at COP26.", "COP-26", FOUND),
    ("en", "They met at COP 26.", "COP26", FOUND),
    ("en", "They met at COP 26.", "COP27", NOT),
    ("en", "Two F-35 left.", "f35", FOUND),
    ("ru", "Комплексы С-400 у границы.", "С400", FOUND),
    ("en", "Two F-16s and three S-400s left.", "F-16", FOUND),
    ("en", "Two F-16s and three S-400s left.", "S-400", FOUND),
    ("en", "An F-16 left.", "F-16s", FOUND),
    ("en", "Two F-16s and three S-400s left.", "\"F-16\"", NOT),
    ("en", "In the early 1990s.", "1990", NOT),
    // Acronyms in the plural of Spanish, and with blanks; hamza, ayn and okina as letters and as apostrophes.
    ("es", "EE. UU. dijo que no.", "EE.UU.", FOUND),
    ("es", "EE. UU. dijo que no.", "EEUU", FOUND),
    ("es", "EEUU dijo que no.", "EE.UU.", FOUND),
    ("es", "Los JJ.OO. de EE.UU. fueron allí.", "JJOO EEUU", FOUND),
    ("es", "La UU del EE dijo que no.", "EE.UU.", NOT),
    ("de", "Wasser, z. B. aus Bonn.", "z.B.", FOUND),
    ("en", "The U. S. Congress met.", "U.S.", FOUND),
    ("en", "The Qurʾan says so.", "Qur'an", FOUND),
    ("en", "The Qur'an says so.", "Qurʾan", FOUND),
    ("en", "Talks in Sanaʿa.", "Sana’a", FOUND),
    ("uz", "Oʻzbekiston Respublikasi.", "O'zbekiston", FOUND),
    ("uz", "O‘zbekiston Respublikasi.", "Oʻzbekiston", FOUND),
    ("en", "They were ill.", "we're", NOT),
    ("en", "Qur and an.", "Qurʾan", NOT),
    // Abbreviations of words of one letter and of several.
    ("en", "She holds a Ph.D. in law.", "PhD", FOUND),
    ("en", "She holds a PhD in law.", "Ph.D.", FOUND),
    ("en", "What do I know?", "DoI", NOT),
    ("en", "The MSC met.", "M.Sc.", NOT),
    ("en", "He went to bed.", "B.Ed.", NOT),
    // Tags and names with a sign, of words that begin with capitals.
    ("en", "Parties to the Paris Agreement met.", "#ParisAgreement", FOUND),
    ("en", "She wrote #ParisAgreement below it.", "#ParisAgreement", FOUND),
    ("en", "Paris was no party to the agreement.", "#ParisAgreement", NOT),
    ("en", "Parties to the Paris Agreement met.", "ParisAgreement", NOT),
    ("en", "It was said by António Guterres.", "@AntonioGuterres:", FOUND),
    ("fr", "L’accord de Paris est en vigueur.", "#AccordDeParis", FOUND),
    // Signs of footnotes, and powers.
    ("en", "The council lifted the sanctions¹ in March.", "sanction", FOUND),
    ("en", "The council lifted the sanctions¹ in March.", "\"the sanctions in\"", FOUND),
    ("en", "The council lifted the sanctions in March.", "sanctions¹", FOUND),
    ("en", "The council lifted China’s² sanctions¹².", "China NEAR/1 sanctions", FOUND),
    ("en", "An area of 12 km² and some CO₂.", "km2 CO2", FOUND),
    ("en", "An area of 12 km² and some CO₂.", "km", NOT),
];
