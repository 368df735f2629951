//! Which words find which, language by language: one table, answered by one index.
//!
//! How words are cut, folded and stemmed is tested beside the analyzer; here it is seen as a searcher does.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::harness::{Sandbox, field};

mod compounds;
mod inflected;
mod signs;
mod spelt;
mod unseen;
mod written_onto;

const FOUND: bool = true;
const NOT: bool = false;

/// Language, text, query, and whether it finds the text.
type Row = (&'static str, &'static str, &'static str, bool);

/// The rows of the table, but for those of the modules.
#[rustfmt::skip]
const TABLE: &[Row] = &[
    // Where sentences end.
    ("am", "መንግሥት አለ። ሚኒስትር መጣ።", "መንግሥት /s ሚኒስትር", NOT),
    ("hy", "Կառավարություն։ Նախարար։", "Կառավարություն /s Նախարար", NOT),
    ("my", "အစိုးရ။ ဝန်ကြီး။", "အစိုးရ /s ဝန်ကြီး", NOT),
    ("my", "အစိုးရ၊ ဝန်ကြီး။", "အစိုးရ /s ဝန်ကြီး", FOUND),
    ("de", "Es kostet 10 Mrd. Euro im Jahr.", "kostet /s Euro", FOUND),
    ("es", "La Sra. Pérez votó.", "Sra /s votó", FOUND),
    ("fr", "MM. Dupont et Durand ont voté.", "Dupont /s MM", FOUND),
    ("it", "Il dott. Rossi ha votato.", "dott /s votato", FOUND),
    ("ru", "Завод им. Кирова закрыт.", "завод /s закрыт", FOUND),
    ("en", "Adm. Smith voted.", "Adm /s voted", FOUND),
    ("en", "It was 10 ft. Workers fell.", "ft /s fell", NOT),
    // Numbers in the groups of India, with the signs of Arabic, and in full width.
    ("en", "It cost about 12,34,567 rupees.", "1234567", FOUND),
    ("en", "It cost about 1234567 rupees.", "12,34,567", FOUND),
    ("en", "It cost about 1,234,567 rupees.", "12,34,567", FOUND),
    ("en", "Pages 12,34,56 and 7.", "34", FOUND),
    ("hi", "लागत १,२५,००० रुपये।", "125000", FOUND),
    ("ar", "مبلغ 1,250,000 دولار", "١٬٢٥٠٬٠٠٠", FOUND),
    ("ar", "مبلغ ١٬٢٥٠٬٠٠٠ دولار", "1250000", FOUND),
    ("fa", "مبلغ ۱۲۵۰۰۰۰ دلار", "۱٬۲۵۰٬۰۰۰", FOUND),
    ("ja", "１，２５０円札。", "1,250", FOUND),
    // Distances where words are found by pairs of characters.
    ("zh", "对经济的制裁。", "经济 NEAR/3 制裁", FOUND),
    ("zh", "对经济的制裁。", "经济 NEAR/2 制裁", NOT),
    ("zh", "对经济制裁的研究。", "经济 NEAR/2 制裁", FOUND),
    ("zh", "对经济的制裁。", "\"经济 制裁\"~2", FOUND),
    // English: names with hyphens and dots, as written, by their parts, and not by accident.
    ("en", "The attack was claimed by ISIS-K.", "ISIS-K", FOUND),
    ("en", "The attack was claimed by ISIS-K.", "isis-k", FOUND),
    ("en", "The attack was claimed by ISIS-K.", "ISIS", FOUND),
    ("en", "The attack was claimed by ISIS.", "ISIS-K", NOT),
    ("en", "ISIS and the K-12 schools.", "ISIS-K", NOT),
    ("en", "Vitamin K and ISIS.", "ISIS-K", NOT),
    ("en", "As UNSCR-1325 has it.", "UNSCR-1325", FOUND),
    ("en", "As UNSCR-1325 has it.", "UNSCR 1325", FOUND),
    ("en", "As UNSCR 1325 has it.", "UNSCR-1325", FOUND),
    ("en", "As UNSCR-1325 has it.", "1325", FOUND),
    ("en", "As UNSCR-2664 has it.", "UNSCR-1325", NOT),
    ("en", "The Senate passed S.2155 in March.", "S.2155", FOUND),
    ("en", "The Senate passed S. 2155 in March.", "S.2155", FOUND),
    ("en", "The Senate passed S.2156 in March.", "S.2155", NOT),
    ("en", "Section 2155 of the code.", "S.2155", NOT),
    ("en", "U.S.-China talks resumed.", "U.S.-China", FOUND),
    ("en", "U.S.-China talks resumed.", "US-China", FOUND),
    ("en", "US-China talks resumed.", "U.S.-China", FOUND),
    ("en", "US–China talks resumed.", "US-China", FOUND),
    ("en", "U.S.-China talks resumed.", "China", FOUND),
    ("en", "China told us to resume.", "U.S.-China", NOT),
    ("en", "Since COVID-19 began.", "COVID-19", FOUND),
    ("en", "Since COVID-19 began.", "covid", FOUND),
    ("en", "Since COVID 19 began.", "COVID-19", FOUND),
    ("en", "On page 19, COVID began.", "COVID-19", NOT),
    ("en", "Resolution A/RES/70/1 was adopted.", "A/RES/70/1", FOUND),
    ("en", "Resolution A/RES/70/1 was adopted.", "\"A/RES/70/1\"", FOUND),
    ("en", "Resolution A/RES/70/2 was adopted.", "A/RES/70/1", NOT),
    ("en", "Resolution A/RES/71/1 was adopted.", "A/RES/70/1", NOT),
    ("en", "The security firm Fox-IT wrote it.", "fox-it", FOUND),
    ("en", "The fox ran; it was tired.", "fox-it", NOT),
    ("en", "A fox in it.", "fox-it", NOT),
    ("en", "He saw the fox. It ran away.", "fox-it", NOT),
    ("en", "He saw the fox. It ran away.", "\"the fox-it\"", NOT),
    ("en", "He saw the fox. It ran away.", "\"the fox it\"", FOUND),
    ("en", "He saw the fox. It ran away.", "=fox-it", NOT),
    ("en", "The foxes, it seems, left.", "fox-it", NOT),
    ("en", "The foxes, it seems, left.", "fox-i*", NOT),
    ("en", "The foxes, it seems, left.", "fox it", FOUND),
    ("en", "The foxes, it seems, left.", "foxes,it", FOUND),
    ("en", "The foxes (it seems) left.", "fox-it", NOT),
    ("en", "A fox—it ran.", "fox-it", NOT),
    ("en", "It was claimed by ISIS. K-12 schools closed.", "ISIS-K", NOT),
    ("en", "They told us: China must resume.", "U.S.-China", NOT),
    ("en", "Talks of the U.S. – China resumes.", "U.S.-China", FOUND),
    ("en", "In part F, 16 men fell.", "F-16", NOT),
    ("en", "An F16 fell, not an F-16.", "F-16", FOUND),
    ("en", "Under Res. 2231 it may.", "Res.2231", FOUND),
    ("en", "He left St. Petersburg.", "St.Petersburg", FOUND),
    ("en", "Whom do we counter? Terrorism.", "counter-terrorism", NOT),
    ("en", "Whom do we counter? Terrorism.", "counter?terrorism", NOT),
    ("en", "Iran, Iraq and others.", "Iran,Iraq", FOUND),
    ("en", "The U.N. mission left.", "UN", FOUND),
    ("en", "The UN mission left.", "U.N.", FOUND),
    ("en", "AT&T objected.", "AT&T", FOUND),
    ("en", "The counter terrorism budget.", "counter-terrorism", FOUND),
    ("en", "Counter the claim that terrorism pays.", "counter-terrorism", NOT),
    // English: inflection, possessives, quotes, dashes, ligatures, width.
    ("en", "Sanctions were tightened.", "sanction", FOUND),
    ("en", "The sanctioned firms appealed.", "sanctioning", FOUND),
    ("en", "Treaties were signed.", "treaty", FOUND),
    ("en", "China's exports fell.", "China", FOUND),
    ("en", "China’s exports fell.", "China's", FOUND),
    ("en", "The Act came into force.", "=Act's", FOUND),
    ("en", "The Act's title.", "=Act", FOUND),
    ("en", "The ministers’ meeting.", "minister", FOUND),
    ("en", "The “rules‑based” order.", "rules-based", FOUND),
    ("en", "The oﬃce of ﬁnance.", "office finance", FOUND),
    ("en", "The ＷＴＯ ruled.", "WTO", FOUND),
    ("en", "A naïve café owner.", "naive cafe", FOUND),
    ("en", "A naive cafe owner.", "naïve", FOUND),
    ("en", "Co\u{ad}operation deepened.", "cooperation", FOUND),
    ("en", "The policy failed.", "police", NOT),
    ("en", "The organization met.", "\"organizations\"", NOT),
    ("en", "The universe expands.", "unsc", NOT),
    // English: a word that is typed with accents, in full width or with ligatures is stemmed as any.
    ("en", "The attaches sent resumes and communiques.", "attaché", FOUND),
    ("en", "The attaches sent resumes and communiques.", "résumé", FOUND),
    ("en", "The attaches sent resumes and communiques.", "communiqué", FOUND),
    ("en", "The attachés sent résumés.", "attache", FOUND),
    ("en", "Two proteges of the emigres.", "protégés émigré", FOUND),
    ("en", "Sanctions were tightened.", "ＳＡＮＣＴＩＯＮＳ", FOUND),
    ("en", "Sanctions were tightened.", "Ｓanctions", FOUND),
    ("en", "ＳＡＮＣＴＩＯＮＳ were tightened.", "sanction", FOUND),
    ("en", "ISIS-K attacked.", "ＩＳＩＳ－Ｋ", FOUND),
    ("en", "ISIS-K attacked.", "ＩＳＩＳ", FOUND),
    ("en", "They fired him.", "ﬁred", FOUND),
    ("en", "They ﬁred him.", "firing", FOUND),
    ("en", "They fixed it.", "ﬁxing", FOUND),
    ("en", "The flies flew.", "ﬂies", FOUND),
    ("en", "The fire is out.", "ﬁnding", NOT),
    ("en", "They resented it.", "résumé", NOT),
    // Numbers.
    ("en", "It cost 1,250,000 dollars.", "1250000", FOUND),
    ("en", "It cost 1250000 dollars.", "1,250,000", FOUND),
    ("en", "It cost 1,250,000 dollars.", "250", NOT),
    ("en", "It cost 10,000 dollars.", "10.000", FOUND),
    ("en", "It cost 10 000 dollars.", "10,000", FOUND),
    ("en", "It cost 10 000 dollars.", "10 000", FOUND),
    ("en", "It cost 10 000 dollars.", "\"10 000\"", FOUND),
    ("en", "It cost 10 500 dollars.", "10000", NOT),
    ("en", "On page 10, 500 dollars.", "10500", NOT),
    ("en", "On page 10, 500 dollars.", "\"10 500\"", FOUND),
    ("en", "On 1 January 2 015 men came.", "2015", NOT),
    ("de", "Es kostete 10.000 Euro.", "10000", FOUND),
    ("de", "Es kostete 10.000 Euro.", "10,000", FOUND),
    ("de", "Es kostete 10.000 Euro.", "10.000", FOUND),
    ("de", "Es kostete 10000 Euro.", "10.000", FOUND),
    ("de", "Es kostete 1.250.000 Euro.", "1250000", FOUND),
    ("de", "Es kostete 1.250.000 Euro.", "1,250,000", FOUND),
    ("de", "Es kostete 1.250.000 Euro.", "1.250.000", FOUND),
    ("de", "Es kostete 1.250.000 Euro.", "250", NOT),
    ("de", "Es kostete 3.500 Euro.", "3500", FOUND),
    ("de", "Es wuchs um 3,5 Prozent.", "35", NOT),
    ("de", "Am 31.12.2020 war es so.", "2020", FOUND),
    ("de", "Am 31.12.2020 war es so.", "31122020", NOT),
    ("es", "Son 1.250.000 euros.", "1.250.000", FOUND),
    ("fr", "Cela a coûté 10 000 euros.", "10000", FOUND),
    ("fr", "Cela a coûté 10\u{a0}000 euros.", "10000", FOUND),
    ("fr", "Cela a coûté 10\u{202f}000 euros.", "10,000", FOUND),
    ("fr", "Un budget de 1\u{202f}250\u{202f}000 euros.", "1250000", FOUND),
    ("fr", "Un budget de 1\u{202f}250\u{202f}000 euros.", "1 250 000", FOUND),
    ("fr", "Un budget de 1\u{202f}250\u{202f}000 euros.", "1300000", NOT),
    ("fr", "Un budget de 1’250’000 francs.", "1250000", FOUND),
    ("fr", "Un budget de 1’250’000 francs.", "1,250,000", FOUND),
    ("fr", "Un budget de 1'250'000 francs.", "1’250’000", FOUND),
    ("fr", "Un budget de 1’250’000 francs.", "250", NOT),
    ("en", "It grew by 3.5 per cent.", "3.5", FOUND),
    ("en", "It grew by 3.5 per cent.", "35", NOT),
    ("en", "In 2015 and 2016.", "2015", FOUND),
    ("en", "In 2015-16 it fell.", "2015-16", FOUND),
    // French.
    ("fr", "Les gouvernements ont négocié l'accord.", "gouvernement", FOUND),
    ("fr", "Les gouvernements ont négocié l'accord.", "accord", FOUND),
    ("fr", "Les gouvernements ont négocié l’accord.", "\"l'accord\"", FOUND),
    ("fr", "Le cœur du problème.", "coeur", FOUND),
    ("fr", "L'État islamique au Sahel.", "etat islamique", FOUND),
    ("fr", "Les négociations ont échoué.", "negociation", FOUND),
    ("fr", "Les négociations ont échoué.", "négligence", NOT),
    ("fr", "Le Conseil de sécurité.", "securite", FOUND),
    ("fr", "La première séance.", "premiere", FOUND),
    // French: typed with accents it finds what is written without them, and in other forms what has them.
    ("fr", "LE CONSEIL DE SECURITE", "sécurité", FOUND),
    ("fr", "LE CONSEIL DE SECURITE", "conseil-de-sécurité", FOUND),
    ("fr", "LE CONSEIL DE SECURITE", "sécurité NEAR/5 conseil", FOUND),
    ("fr", "LE CONSEIL DE SECURITE", "sécurité /s conseil", FOUND),
    ("fr", "LE CONSEIL DE SECURITE", "conseil -sécurité", NOT),
    ("fr", "LE CONSEIL DE SECURITE", "sécuritaire", NOT),
    ("fr", "LA SECURITE DU CONSEIL", "conseil-de-sécurité", NOT),
    ("fr", "LE CONSEIL DE SURETE", "sécurité", NOT),
    ("fr", "LES REFUGIES", "réfugiés", FOUND),
    ("fr", "Des mesures organisées.", "organisé", FOUND),
    ("fr", "Des mesures ﬁnancées.", "financer", FOUND),
    // French: behind an elided article, with another, with none; as written in quotes.
    ("fr", "La gestion de l'eau.", "eau", FOUND),
    ("fr", "La gestion de l’eau.", "l'eau", FOUND),
    ("fr", "La crise d'eau potable.", "l’eau", FOUND),
    ("fr", "Une eau rare.", "L'eau", FOUND),
    ("fr", "Une eau rare.", "\"l'eau\"", NOT),
    ("fr", "Une eau rare.", "=l'eau", NOT),
    ("fr", "Les pays d'Afrique.", "afrique", FOUND),
    ("fr", "En Afrique centrale.", "d'Afrique", FOUND),
    ("fr", "Les sommets d'hier et d'Asie.", "d'Afrique", NOT),
    ("fr", "Il parle aujourd'hui.", "aujourd'hui", FOUND),
    ("fr", "Il parle, hui.", "aujourd'hui", NOT),
    ("fr", "M. Giscard d'Estaing.", "estaing", FOUND),
    // German.
    ("de", "Die Verhandlungen sind gescheitert.", "Verhandlung", FOUND),
    ("de", "Die Straße ist gesperrt.", "Strasse", FOUND),
    ("de", "Die Strasse ist gesperrt.", "Straße", FOUND),
    ("de", "Die Straße ist gesperrt.", "Stra??e", FOUND),
    ("de", "Die Straße ist gesperrt.", "Stra?e", NOT),
    ("de", "Herr Müller war dort.", "Muller", FOUND),
    ("de", "Die Länder einigten sich.", "Land", FOUND),
    ("de", "Die Wärmewende stockt.", "Wende", NOT),
    ("de", "Im Café der Botschaft.", "Cafe", FOUND),
    // Spanish, Italian, Portuguese.
    ("es", "Las negociaciones fracasaron.", "negociación", FOUND),
    ("es", "Los años de sequía.", "anos sequias", FOUND),
    ("es", "El presupuesto público.", "publicos", FOUND),
    ("es", "El presupuesto público.", "república", NOT),
    ("es", "La energía y la policía.", "energia policia", FOUND),
    ("es", "LA ENERGIA", "energía", FOUND),
    ("es", "EN ENERO", "energía", NOT),
    ("es", "Las negociaciones fracasaron.", "NEGOCIACIÓN", FOUND),
    ("it", "Le politiche dell'acqua.", "politica", FOUND),
    ("it", "Le politiche dell'acqua.", "acqua", FOUND),
    ("it", "Il diritto dell'Unione.", "unione", FOUND),
    ("it", "L'Unione europea.", "dell'Unione", FOUND),
    ("it", "Un'unione di stati.", "dell’Unione", FOUND),
    ("it", "Un'unione di stati.", "\"dell'Unione\"", NOT),
    ("it", "Città e regioni.", "citta", FOUND),
    ("it", "Città e regioni.", "cittadino", NOT),
    ("it", "La qualità dell'aria.", "qualita", FOUND),
    ("ca", "La gestió de l'aigua.", "aigua", FOUND),
    ("pt", "As eleições foram adiadas.", "eleicoes", FOUND),
    ("pt", "As eleições foram adiadas.", "adiada", FOUND),
    ("pt", "Segurança pública.", "seguranca", FOUND),
    ("pt", "A INFORMACAO", "informação", FOUND),
    ("pt", "A INFORMATICA", "informação", NOT),
    ("pt", "A informação e a educação.", "informacao educacao", FOUND),
    // Dutch, Swedish, Norwegian, Danish, Finnish, Hungarian, Romanian.
    ("nl", "De verkiezingen zijn uitgesteld.", "verkiezing", FOUND),
    ("nl", "Het financiele beleid.", "financiële", FOUND),
    ("ro", "PRESEDINTIA SI PARLAMENTUL", "președinția", FOUND),
    ("sv", "Förhandlingarna avbröts.", "forhandling", FOUND),
    ("sv", "Regeringens förslag.", "regering", FOUND),
    ("nb", "Sjøveien er stengt.", "sjoveien", FOUND),
    ("da", "Forhandlingerne er slut.", "forhandling", FOUND),
    ("fi", "Neuvottelut päättyivät.", "neuvottelu", FOUND),
    ("hu", "A tárgyalások véget értek.", "tárgyalás", FOUND),
    ("ro", "Negocierile au eșuat.", "negociere", FOUND),
    ("ro", "Președinția și parlamentul.", "presedintia", FOUND),
    // Polish and Vietnamese have no stemmer: as written, with or without accents.
    ("pl", "Sejm przyjął ustawę w Łodzi.", "ustawe", FOUND),
    ("pl", "Sejm przyjął ustawę w Łodzi.", "lodzi", FOUND),
    ("pl", "Sejm przyjął ustawę w Łodzi.", "ustawiać", NOT),
    ("vi", "Chính phủ Việt Nam công bố.", "viet nam", FOUND),
    // Turkish, Greek, Russian, Ukrainian.
    ("tr", "İstanbul'da görüşmeler başladı.", "istanbul", FOUND),
    ("tr", "İstanbul'da görüşmeler başladı.", "görüşme", FOUND),
    ("tr", "Kıbrıs sorunu.", "kibris", FOUND),
    ("tr", "Dışişleri bakanı geldi.", "bakani", FOUND),
    ("el", "Οι διαπραγματεύσεις απέτυχαν.", "διαπραγματευσεις", FOUND),
    ("el", "ΟΔΟΣ ΠΕΙΡΑΙΩΣ", "οδός", FOUND),
    ("ru", "Переговоры о границе продолжаются.", "переговор", FOUND),
    ("ru", "Переговоры о границе продолжаются.", "граница", FOUND),
    ("ru", "Ещё одна встреча.", "еще", FOUND),
    ("ru", "Переговоры о границе продолжаются.", "договор", NOT),
    ("uk", "Уряд ухвалив закон.", "уряд", FOUND),
    // Arabic, Persian, Urdu, Hebrew, Hindi.
    ("ar", "وقعت الحكومتان اتفاقية المياه.", "مياه", FOUND),
    ("ar", "وقعت الحكومتان اتفاقية المياه.", "الاتفاقية", FOUND),
    ("ar", "أزمة مياه في المدينة.", "المياه", FOUND),
    ("ar", "أزمة مياه في المدينة.", "ازمة", FOUND),
    ("ar", "مُفاوَضات طويلة.", "مفاوضات", FOUND),
    ("ar", "مُفاوَضات طويلة.", "المفاوضة", FOUND),
    ("ar", "العقوبات الاقتصادية.", "عقوبة", FOUND),
    ("ar", "عقوبة اقتصادية.", "العقوبات", FOUND),
    ("ar", "عقوبة اقتصادية.", "عقوبات", FOUND),
    ("ar", "الاتفاقيات الدولية.", "اتفاقية", FOUND),
    ("ar", "الاتفاقيات الدولية.", "اتفاق", FOUND),
    ("ar", "العقوبات الاقتصادية.", "عقاب", NOT),
    ("ar", "بنات المدينة.", "بناء", NOT),
    ("ar", "عام ٢٠٢٠ كان صعبا.", "2020", FOUND),
    ("ar", "الهوية الرقمية.", "هو", NOT),
    ("ar", "مكافحة الإرهاب.", "ارهاب", FOUND),
    ("fa", "سیاست خارجی ایران.", "سياست", FOUND),
    ("fa", "کشورهای منطقه.", "كشورهای", FOUND),
    ("fa", "او می\u{200c}خواهد.", "میخواهد", FOUND),
    ("fa", "سال ۱۳۹۹ بود.", "1399", FOUND),
    ("ur", "حکومت نے فیصلہ کیا۔", "حکومت", FOUND),
    ("ur", "حکومت نے فیصلہ کیا۔", "فيصلہ", FOUND),
    ("ur", "حکومت نے فیصلہ کیا۔", "حکم", NOT),
    ("he", "הממשלה החליטה.", "הממשלה", FOUND),
    ("hi", "सरकार ने नीति बनाई।", "नीति", FOUND),
    ("hi", "हिन्दी में।", "हिन्दी", FOUND),
    ("hi", "सरकार ने नीति बनाई।", "नियत", NOT),
    ("hi", "कानून बना।", "क़ानून", FOUND),
    ("hi", "क़ानून बना।", "कानून", FOUND),
    ("hi", "अन्तर्राष्ट्रीय सम्बन्ध।", "अंतर्राष्ट्रीय संबंध", FOUND),
    ("hi", "आँकड़े आए।", "आंकड़े", FOUND),
    ("hi", "अन्य बात।", "अंय", NOT),
    ("fa", "خانه\u{200c}ی ما و برنامه\u{200c}ی دولت", "خانه برنامه", FOUND),
    ("fa", "خانه ما", "خانه\u{200c}ی", FOUND),
    // Chinese, Japanese, Korean, Thai: words of two characters inside a run, and none that only seem to be.
    ("zh", "两国政府签署了水资源条约。", "条约", FOUND),
    ("zh", "两国政府签署了水资源条约。", "水资源", FOUND),
    ("zh", "两国政府签署了水资源条约。", "签署条约", NOT),
    ("zh", "两国政府签署了水资源条约。", "约条", NOT),
    ("zh", "2020年的经济制裁。", "制裁", FOUND),
    ("zh", "2020年的经济制裁。", "2020", FOUND),
    ("zh", "2020年的经济制裁。", "2020年", FOUND),
    ("zh", "2020年的经济制裁。", "\"2020年\"", FOUND),
    ("zh", "2020年的经济制裁。", "2021年", NOT),
    ("zh", "上海A股市场在第1届会议上。", "A股", FOUND),
    ("zh", "上海A股市场在第1届会议上。", "第1届", FOUND),
    ("zh", "上海A股市场在第1届会议上。", "B股", NOT),
    ("ko", "2020년에 조약을 맺었다.", "2020년", FOUND),
    ("zh", "投资3.5亿元。", "3.5亿", FOUND),
    ("zh", "投资3.6亿元。", "3.5亿", NOT),
    ("zh", "投资1,250万元。", "1,250万", FOUND),
    ("zh", "投资1,250万元。", "1250万", FOUND),
    ("zh", "10-15年的计划。", "10-15年", FOUND),
    ("zh", "T-72型坦克。", "T-72型", FOUND),
    ("ko", "1,250억원이다.", "1,250억", FOUND),
    ("zh", "美国与WTO的争端。", "wto", FOUND),
    ("ja", "政府は気候変動対策を発表した。", "気候", FOUND),
    ("ja", "政府は気候変動対策を発表した。", "気候変動", FOUND),
    ("ja", "ウクライナ支援を続ける。", "ウクライナ", FOUND),
    ("ja", "ｳｸﾗｲﾅ支援を続ける。", "ウクライナ", FOUND),
    ("ja", "ｶﾞｻﾞ地区の停戦。", "ガザ", FOUND),
    ("ja", "ガザ地区の停戦。", "ｶﾞｻﾞ", FOUND),
    ("ja", "ﾌﾟｰﾁﾝ大統領。", "プーチン", FOUND),
    ("ja", "ｶﾞｻﾞ地区の停戦。", "カサ", NOT),
    ("ja", "葛\u{e0100}城市の政策。", "葛城", FOUND),
    ("ja", "葛城市の政策。", "葛\u{e0100}城市", FOUND),
    ("ja", "政府は気候変動対策を発表した。", "候気", NOT),
    ("ko", "정부는 기후 정책을 발표했다.", "정책", FOUND),
    ("ko", "정부는 기후 정책을 발표했다.", "정부", FOUND),
    ("ko", "한미동맹 강화.", "동맹", FOUND),
    ("ko", "정부는 기후 정책을 발표했다.", "책정", NOT),
    ("th", "รัฐบาลประกาศนโยบายใหม่", "นโยบาย", FOUND),
    ("th", "รัฐบาลประกาศนโยบายใหม่", "รัฐบาล", FOUND),
    ("th", "รัฐบาลประกาศนโยบายใหม่", "กฎหมาย", NOT),
    // Digits of these scripts, radicals out of PDF files, hamza and ayn in Latin letters.
    ("th", "ในปี พ.ศ. ๒๕๖๓ รัฐบาล", "2563", FOUND),
    ("th", "ในปี๒๕๖๓รัฐบาล", "2563", FOUND),
    ("th", "ในปี 2563 รัฐบาล", "๒๕๖๓", FOUND),
    ("th", "ในปี ๒๕๖๓ รัฐบาล", "๒๕๖๓", FOUND),
    ("th", "ในปี ๒๕๖๓ รัฐบาล", "2564", NOT),
    ("th", "ในปี ๒๕๖๓ รัฐบาล", "56", NOT),
    ("lo", "ປີ ໒໐໒໐", "2020", FOUND),
    ("my", "၂၀၂၀ ခုနှစ်", "2020", FOUND),
    ("km", "ឆ្នាំ ២០២០", "2020", FOUND),
    ("zh", "“⼀带⼀路”倡议。", "一带一路", FOUND),
    ("zh", "“一带一路”倡议。", "⼀带⼀路", FOUND),
    ("zh", "“⼀带⼀路”倡议。", "二带二路", NOT),
    ("en", "Daʿesh attacked.", "Daesh", FOUND),
    ("en", "Daesh attacked.", "Daʿesh", FOUND),
    ("en", "The Qurʾan and Sharīʿa law.", "quran sharia", FOUND),
    ("fr", "Le Qurʾān et la sharīʿa.", "sharia", FOUND),
    ("en", "The Qurʾan says so.", "qur", NOT),
    // Whatever a program makes of the characters.
    ("fr", "La sécurité et la société sont liées.", "se\u{301}curite\u{301}", FOUND),
    ("it", "Una società per la libertà.", "societa\u{300} liberta\u{300}", FOUND),
    ("ja", "ガザ地区で停戦。", "カ\u{3099}サ\u{3099}", FOUND),
    ("ko", "핵무기 조약이다.", "\u{1112}\u{1162}\u{11a8}무기", FOUND),
    ("ru", "Российский закон.", "Россиискии\u{306} закон", FOUND),
    ("en", "A data\u{2060}base of treaties.", "database", FOUND),
    ("uk", "Обʼєднання двох партій.", "об'єднання", FOUND),
    ("hi", "वर्ष २०२० में।", "2020", FOUND),
    ("en", "Two NGOs and three PMCs.", "NGO", FOUND),
    ("en", "Two NGOs and three PMCs.", "ngos", FOUND),
    ("en", "An NGO and a PMC.", "PMCs", FOUND),
    ("en", "Mr Ngo spoke.", "NGOs", FOUND),
    ("en", "The gas was shut off.", "GA", NOT),
    ("tr", "DIŞİŞLERİ bakanı TÜRKİYE adına konuştu.", "dışişleri", FOUND),
    ("tr", "Türkiye dışişleri bakanı.", "DIŞİŞLERİ", FOUND),
    ("tr", "Türkiye dışişleri bakanı.", "TÜRKİYE", FOUND),
    ("he", "שָׁלוֹם לכולם.", "שלום", FOUND),
    ("he", "דובר צה\"ל הודיע.", "צה\"ל", FOUND),
    ("he", "דובר צה ואחר כך ל הודיע.", "צה\"ל", NOT),
    ("fa", "کتاب\u{200c}ها و برنامه\u{200c}های ایران.", "کتاب", FOUND),
    ("fa", "برنامههای ایران.", "برنامه\u{200c}های", FOUND),
    ("fa", "برنامه ایران.", "برنامه\u{200c}های", FOUND),
    ("zh", "中国贸易组织讨论了气候问题。", "世界卫生组织 AND 气候", NOT),
    ("zh", "中国贸易组织讨论了气候问题。", "气候 NOT 世界卫生组织", FOUND),
    ("zh", "世界卫生组织警告气候变化。", "世界卫生组织 AND 气候", FOUND),
    ("ja", "第2の次世代交替。", "第2次世界大戦", NOT),
];

fn rows() -> impl Iterator<Item = &'static Row> {
    let others = [
        signs::SIGNS,
        spelt::SPELT,
        spelt::PLURALS,
        unseen::UNSEEN,
        inflected::INFLECTED,
        written_onto::WRITTEN_ONTO,
        compounds::COMPOUNDS,
    ];
    TABLE.iter().chain(others.into_iter().flatten())
}

/// Every row of the table holds, in one index of all its texts.
#[test]
fn words_find_what_they_should_and_nothing_else() {
    let (mut records, mut queries) = (String::new(), String::new());
    for (row, (language, text, query, _)) in rows().enumerate() {
        let record = serde_json::json!({"id": row.to_string(), "language": language, "text": text});
        records.push_str(&format!("{record}\n"));
        queries.push_str(&format!("{row}\t{query}\n"));
    }
    let sandbox = Sandbox::with_records(&records);
    sandbox.write("queries.tsv", queries);
    let answers = sandbox.ibid(&["query", "--queries", "queries.tsv", "--format", "jsonl", "-n", "1000"]);
    let mut found: HashMap<String, HashSet<String>> = HashMap::new();
    let mut unmarked = String::new();
    for hit in answers.lines() {
        let (query, article) = (field(&hit, "query"), field(&hit, "article"));
        if query == article && !is_marked(&hit) {
            unmarked.push_str(&format!("{}\n", field(&hit, "text")));
        }
        found.entry(query).or_default().insert(article);
    }
    let mut wrong = String::new();
    for (row, (language, text, query, expected)) in rows().enumerate() {
        let row = row.to_string();
        if found.get(&row).is_some_and(|articles| articles.contains(&row)) != *expected {
            wrong.push_str(&format!("{language} `{query}` in `{text}`: found {}\n", !expected));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(unmarked.is_empty(), "found, and nothing is marked in:\n{unmarked}");
}

/// Whether something is marked in the title or the text of `hit`.
fn is_marked(hit: &Value) -> bool {
    let spans = ["highlights", "title_highlights"].map(|name| hit[name].as_array());
    spans.into_iter().flatten().any(|spans| !spans.is_empty())
}

/// The table is what it claims to be.
#[test]
fn the_table_is_large_enough() {
    let languages: HashSet<&str> = TABLE.iter().map(|row| row.0).collect();
    assert!(
        TABLE.len() >= 120 && languages.len() >= 15,
        "{} rows, {} languages",
        TABLE.len(),
        languages.len()
    );
    assert!(
        TABLE.iter().filter(|row| row.3 == NOT).count() * 5 >= TABLE.len(),
        "too few that must not be found"
    );
}
