//! Rows of the table of words: what is written onto a word, or with it, in Arabic, Hebrew, Korean, Japanese and
//! Chinese.

use super::{FOUND, NOT, Row};

/// Conjunctions, prepositions, articles and particles; two words in one; characters of two scripts.
#[rustfmt::skip]
pub const WRITTEN_ONTO: &[Row] = &[
    // Arabic.
    ("ar", "اتصل بوزير الدفاع.", "وزير", FOUND),
    ("ar", "وصل وزير الدفاع.", "الوزير", FOUND),
    ("ar", "قال والوزير معه.", "وزير", FOUND),
    ("ar", "جلس زير القوم.", "وزير", NOT),
    ("ar", "عقد ببغداد.", "بغداد", FOUND),
    ("ar", "عقد في بغداد.", "بغداد", FOUND),
    ("ar", "توسعت بفرنسا.", "فرنسا", FOUND),
    ("ar", "تحذير لروسيا.", "روسيا", FOUND),
    ("ar", "تحذير روسيا.", "لروسيا", FOUND),
    ("ar", "أصيب بفيروس جديد.", "فيروس", FOUND),
    ("ar", "سوريا وفلسطين والأردن.", "فلسطين", FOUND),
    ("ar", "سوريا وفلسطين والأردن.", "الأردن", FOUND),
    ("ar", "مساعدات للبنان.", "لبنان", FOUND),
    ("ar", "سوريا ولبنان.", "لبنان", FOUND),
    ("ar", "شرب اللبن.", "لبنان", NOT),
    ("ar", "زار لبنان.", "لبن", NOT),
    ("ar", "زار ألمانيا.", "المانيا", FOUND),
    ("ar", "زار المانيا.", "ألمانيا", FOUND),
    ("ar", "اجتماع لجنة الدفاع.", "جنة", NOT),
    ("ar", "وجه تحذيرا.", "تحذير", FOUND),
    ("ar", "انسحاب القوات.", "قوة", FOUND),
    ("ar", "فرض عقوبات.", "بعقوبات", FOUND),
    ("ar", "أعلنت عن هويتهم.", "هوية", FOUND),
    ("ar", "بقرار من حكومته.", "الحكومة", FOUND),
    ("ar", "حضر في وقته.", "وقود", NOT),
    ("ar", "حائط سور المدينة.", "سوريا", NOT),
    // Hebrew.
    ("he", "דובר הצבא הודיע.", "צבא", FOUND),
    ("he", "דובר צבא הודיע.", "הצבא", FOUND),
    ("he", "פיקוד בצבא ובממשלה.", "ממשלה", FOUND),
    ("he", "נסיעה לישראל.", "ישראל", FOUND),
    ("he", "החוקים החדשים.", "חוק", FOUND),
    ("he", "ההסכמים נחתמו.", "הסכם", FOUND),
    ("he", "ממשלה חדשה.", "משל", NOT),
    // Korean.
    ("ko", "북한의 도발을 용납하지 않는다.", "북한은", FOUND),
    ("ko", "병원을 떠나면서 연기되었다.", "병원에서", FOUND),
    ("ko", "대북 제재를 강화했다.", "대북제재", FOUND),
    ("ko", "대북제재를 강화했다.", "대북 제재", FOUND),
    ("ko", "박진 외교부 장관은 말했다.", "외교부장관", FOUND),
    ("ko", "박진 외교부 장관은 말했다.", "외교부장관이", FOUND),
    ("ko", "제재가 풀렸다. 대북 사업이다.", "대북제재", NOT),
    ("ko", "사업은 대북. 제재는 풀렸다.", "대북제재", NOT),
    ("ko", "남한의 도발이다.", "북한은", NOT),
    // Japanese.
    ("ja", "政府が対策を発表しました。", "発表する", FOUND),
    ("ja", "政府が対策を発表しました。", "発表した", FOUND),
    ("ja", "政府が対策を発表しました。", "政府は", FOUND),
    ("ja", "政府が対策を発表しました。", "発売した", NOT),
    // Chinese in both scripts.
    ("zh", "對伊朗的經濟制裁。", "经济制裁", FOUND),
    ("zh", "对伊朗的经济制裁。", "經濟制裁", FOUND),
    ("zh", "对伊朗的经济制裁。", "\"經濟制裁\"", FOUND),
    ("zh", "臺灣的關係法。", "台湾", FOUND),
    ("zh", "经历了制裁。", "經濟", NOT),
    // Quotation marks of their own.
    ("ja", "首相は国民の理解と述べた。", "「国民の理解」", FOUND),
    ("ja", "首相は理解の国民と述べた。", "「国民の理解」", NOT),
    ("zh", "各国签署巴黎协定。", "《巴黎协定》", FOUND),
    ("zh", "各国在巴黎签署协定。", "《巴黎协定》", NOT),
    ("de", "Der Rat tagt heute.", "‚Rat tagt‘", FOUND),
    ("de", "Es tagt der Rat.", "‚Rat tagt‘", NOT),
    ("fr", "Le conseil se réunit.", "‹conseil se›", FOUND),
    ("fr", "Il se réunit au conseil.", "‹conseil se›", NOT),
];
