//! Rows of the table of words: what isn't seen within a word, or stands over one of its letters, doesn't split it.

use super::{FOUND, NOT, Row};

/// A soft hyphen, a word joiner, a zero width space, joiners; the signs of Armenian; a vowel of two signs.
#[rustfmt::skip]
pub const UNSEEN: &[Row] = &[
    ("en", "A data\u{200b}base of treaties.", "database", FOUND),
    ("en", "A database of treaties.", "data\u{200b}base", FOUND),
    ("en", "A database of treaties.", "data\u{ad}base", FOUND),
    ("en", "A database of treaties.", "=data\u{200b}base", FOUND),
    ("en", "A data\u{200b}base of treaties.", "data", NOT),
    ("en", "A data\u{200b}base of treaties.", "datab*", FOUND),
    ("en", "A database of treaties.", "data\u{200b}b*", FOUND),
    ("en", "A database of treaties.", "title:x OR data\u{2060}base~", FOUND),
    ("en", "The sanc\u{200d}tions were lifted.", "sanction", FOUND),
    ("de", "Die Auf\u{200c}lagen und Verhand\u{200c}lungen.", "Auflage Verhandlung", FOUND),
    ("de", "Die Auflagen.", "Auf\u{200c}lage", FOUND),
    ("de", "Die Verhandlun\u{200c}gen.", "Verhandlung", FOUND),
    ("zh", "对经济\u{200b}制裁的研究。", "经济制裁", FOUND),
    ("zh", "对经济\u{2060}制裁的研究。", "济制", FOUND),
    ("th", "รัฐบาล\u{200b}ไทย", "รัฐบาล", FOUND),
    ("th", "รัฐบาล\u{200b}ไทย", "ลไ", NOT),
    ("th", "รัฐบาล\u{200b}ไทย", "รัฐบาล\u{200b}ไทย", FOUND),
    ("km", "រដ្ឋាភិបាល\u{200b}កម្ពុជា", "កម្ពុជា", FOUND),
    ("km", "រដ្ឋាភិបាល\u{200b}កម្ពុជា", "លក", NOT),
    ("my", "အစိုးရ\u{200b}ဝန်ကြီး", "ဝန်ကြီး", FOUND),
    ("km", "រដ្ឋា\u{200c}ភិបាល", "រដ្ឋាភិបាល", FOUND),
    ("fa", "کتاب\u{200c}ها.", "کتابها", FOUND),
    ("fa", "کتاب\u{200c}ها.", "ها", NOT),
    // Armenian signs over a vowel.
    ("hy", "Ինչպե՞ս է կառավարությունը։", "ինչպես", FOUND),
    ("hy", "Ինչպես է կառավարությունը։", "ինչպե՞ս", FOUND),
    ("hy", "Հիմա՛, ասաց նախարա՜րը։", "հիմա նախարարը", FOUND),
    ("hy", "Ինչպե՞ս է կառավարությունը։", "\"ինչպես է\"", FOUND),
    ("hy", "Ինչպե՞ս է կառավարությունը։", "ինչպե", NOT),
    // A vowel of Thai and of Lao, as one sign and as two.
    ("th", "น้\u{e4d}\u{e32}มัน", "น้ำมัน", FOUND),
    ("th", "ทำงาน", "ท\u{e4d}\u{e32}งาน", FOUND),
    ("lo", "ນ\u{ecd}\u{eb2}", "ນ\u{eb3}", FOUND),
    ("th", "ทำงาน", "ท\u{e4d}งาน", NOT),
];
