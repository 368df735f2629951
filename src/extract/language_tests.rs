//! Whole pages in, authors and dates out: bylines and dates as pages in many languages write them, and what looks like
//! one and isn't.
#![cfg(test)]

use super::tests::{PARAGRAPHS, read};
use crate::model::Metadata;

/// What is known of a page in `language` with `byline` between its headline and its text.
fn known(language: &str, byline: &str) -> Metadata {
    let page =
        format!("<html lang={language}><body><main><h1>Who pays for water</h1>{byline}{PARAGRAPHS}</main>");
    read(&page).metadata
}

/// The authors, between semicolons, and the date of such a page.
fn told(language: &str, byline: &str) -> (String, String) {
    let known = known(language, byline);
    (known.authors.join("; "), known.published.map(|date| date.to_string()).unwrap_or_default())
}

/// The language of a page, what stands below its headline, its authors and its date.
type Row = (&'static str, &'static str, &'static str, &'static str);

fn are_told(rows: &[Row]) {
    for &(language, byline, authors, date) in rows {
        let (found_authors, found_date) = told(language, byline);
        assert_eq!((found_authors.as_str(), found_date.as_str()), (authors, date), "{language}: {byline}");
    }
}

#[test]
fn bylines_and_dates_of_western_europe_are_read() {
    are_told(&[
        ("de", "<p>Von Jette Ahlmann | 12. November 2023</p>", "Jette Ahlmann", "2023-11-12"),
        (
            "de",
            "<p>Ein Gastbeitrag von Jette Ahlmann und Udo Brink</p><p>Stand: 12. Nov. 2023</p>",
            "Jette Ahlmann; Udo Brink",
            "2023-11-12",
        ),
        ("de", "<p>Autorin: Jette Ahlmann</p>", "Jette Ahlmann", ""),
        ("fr", "<p>Par Odile Fabre, le 12 novembre 2023 à 10 h</p>", "Odile Fabre", "2023-11-12"),
        (
            "fr",
            "<p>Propos recueillis par Odile Fabre</p><p>Publié le 12 nov. 2023</p>",
            "Odile Fabre",
            "2023-11-12",
        ),
        (
            "es",
            "<p>Escrito por: Inés Robledo</p><p>12 de noviembre de 2023</p>",
            "Inés Robledo",
            "2023-11-12",
        ),
        (
            "pt",
            "<p>Por Inês Robalo e Rui Falcão Dias</p><p>12 nov 2023 10h00</p>",
            "Inês Robalo; Rui Falcão Dias",
            "2023-11-12",
        ),
        (
            "it",
            "<p>di Ilaria Fontani e Ugo Prati</p><p>12 novembre 2023</p>",
            "Ilaria Fontani; Ugo Prati",
            "2023-11-12",
        ),
        ("it", "<p>A cura di Ilaria Fontani</p>", "Ilaria Fontani", ""),
        (
            "ca",
            "<p>Per Mireia Fontcuberta</p><p>12 de novembre del 2023</p>",
            "Mireia Fontcuberta",
            "2023-11-12",
        ),
        ("nl", "<p>Door Fenna Waterink</p><p>12 november 2023</p>", "Fenna Waterink", "2023-11-12"),
        ("nl", "<p>Tekst: Fenna Waterink en Jelle Dijkstra</p>", "Fenna Waterink; Jelle Dijkstra", ""),
        ("sv", "<p>Av Elin Brunnberg</p><p>Publicerad 12 november 2023</p>", "Elin Brunnberg", "2023-11-12"),
        (
            "sv",
            "<p>Text: Elin Brunnberg och Nils Dahl</p><p>Uppdaterad: 12 nov. 2023</p>",
            "Elin Brunnberg; Nils Dahl",
            "2023-11-12",
        ),
        (
            "da",
            "<p>Af Maren Kildegaard, journalist</p><p>12. november 2023 kl. 10.00</p>",
            "Maren Kildegaard",
            "2023-11-12",
        ),
        ("da", "<p>Skrevet af Maren Kildegaard og Lars Bro</p>", "Maren Kildegaard; Lars Bro", ""),
        ("nb", "<p>Av Ragnhild Brønn</p><p>Publisert 12. november 2023</p>", "Ragnhild Brønn", "2023-11-12"),
        ("nn", "<p>Skrive av Ragnhild Brønn</p><p>12. des. 2023</p>", "Ragnhild Brønn", "2023-12-12"),
        ("fi", "<p>Teksti: Aino Kaivola</p><p>12. marraskuuta 2023</p>", "Aino Kaivola", "2023-11-12"),
        (
            "fi",
            "<p>Kirjoittaja</p><p>Aino Kaivola</p><p>Julkaistu 12.11.2023 klo 10:00</p>",
            "Aino Kaivola",
            "2023-11-12",
        ),
        ("el", "<p>Γράφει ο Στέλιος Πηγαδάς</p><p>12 Νοεμβρίου 2023</p>", "Στέλιος Πηγαδάς", "2023-11-12"),
        (
            "el",
            "<p>ΣΥΝΤΑΚΤΗΣ: Ελένη Πηγαδά και Νίκος Βρύσης</p><p>12/11/2023</p>",
            "Ελένη Πηγαδά; Νίκος Βρύσης",
            "2023-11-12",
        ),
    ]);
}

#[test]
fn bylines_and_dates_of_eastern_europe_are_read() {
    are_told(&[
        ("et", "<p>Autor: Mari Kaevur</p><p>12. november 2023</p>", "Mari Kaevur", "2023-11-12"),
        ("lv", "<p>Autors: Ilze Akmeņa</p><p>2023. gada 12. novembris</p>", "Ilze Akmeņa", "2023-11-12"),
        ("lt", "<p>Autorė: Rūta Šulinė</p><p>2023 m. lapkričio 12 d.</p>", "Rūta Šulinė", "2023-11-12"),
        ("pl", "<p>Autor: Halina Studnicka</p><p>12 listopada 2023 r.</p>", "Halina Studnicka", "2023-11-12"),
        (
            "pl",
            "<p>Tekst: Halina Studnicka</p><p>Opublikowano: 12 LISTOPADA 2023</p>",
            "Halina Studnicka",
            "2023-11-12",
        ),
        ("cs", "<p>Napsala Jana Studničková</p><p>12. listopadu 2023</p>", "Jana Studničková", "2023-11-12"),
        (
            "cs",
            "<p>Autor: Jan Hlavatý, Eva Vodná</p><p>12. 11. 2023</p>",
            "Jan Hlavatý; Eva Vodná",
            "2023-11-12",
        ),
        ("sk", "<p>Autorka: Jana Studničná</p><p>12. novembra 2023</p>", "Jana Studničná", "2023-11-12"),
        ("sl", "<p>Piše: Maja Vodnik</p><p>12. november 2023</p>", "Maja Vodnik", "2023-11-12"),
        ("hr", "<p>Piše Iva Bunarić</p><p>12. studenoga 2023.</p>", "Iva Bunarić", "2023-11-12"),
        ("hr", "<p>Autorica: Iva Bunarić</p><p>12. listopada 2023.</p>", "Iva Bunarić", "2023-10-12"),
        ("sr", "<p>Аутор: Јован Бунаревић</p><p>12. новембар 2023.</p>", "Јован Бунаревић", "2023-11-12"),
        ("sr", "<p>Piše: Jovan Bunarević</p><p>12. novembra 2023.</p>", "Jovan Bunarević", "2023-11-12"),
        ("bg", "<p>Автор: Деница Кладенчева</p><p>12 ноември 2023 г.</p>", "Деница Кладенчева", "2023-11-12"),
        ("uk", "<p>Автор: Олена Кринична</p><p>12 листопада 2023 р.</p>", "Олена Кринична", "2023-11-12"),
        (
            "uk",
            "<p>Підготувала: Олена Кринична</p><p>12 листопада 2023, 10:00</p>",
            "Олена Кринична",
            "2023-11-12",
        ),
        ("uk", "<p>12.11.2023 Автор: Олена Криничная Фото: Гавань</p>", "Олена Криничная", "2023-11-12"),
        ("uk", "<p>Автори: Олена Криничина та Ігор Водяник</p>", "Олена Криничина; Ігор Водяник", ""),
        ("be", "<p>Аўтар: Алеся Крынічная</p><p>12 лістапада 2023 г.</p>", "Алеся Крынічная", "2023-11-12"),
        ("ru", "<p>Беседовала: Инга Колодезная</p><p>12 ноября 2023 г.</p>", "Инга Колодезная", "2023-11-12"),
        ("ro", "<p>De Ileana Fântână</p><p>12 noiembrie 2023</p>", "Ileana Fântână", "2023-11-12"),
        ("ro", "<p>Autor: Ileana Fântână și Radu Apostu Pop</p>", "Ileana Fântână; Radu Apostu Pop", ""),
        (
            "hu",
            "<p>Írta: Kútvölgyi Réka</p><p>2023. november 12., vasárnap</p>",
            "Kútvölgyi Réka",
            "2023-11-12",
        ),
        ("hu", "<p>Szerző: Kútvölgyi Réka</p><p>2023. nov. 12.</p>", "Kútvölgyi Réka", "2023-11-12"),
        ("tr", "<p>Yazar: Nihan Kuyucu</p><p>12 Kasım 2023 Pazar</p>", "Nihan Kuyucu", "2023-11-12"),
        (
            "tr",
            "<p>Haber: Nihan Kuyucu</p><p>Son güncelleme: 12 KASIM 2023</p>",
            "Nihan Kuyucu",
            "2023-11-12",
        ),
    ]);
}

#[test]
fn bylines_and_dates_of_asia_and_africa_are_read() {
    are_told(&[
        (
            "id",
            "<p>Oleh Ratna Sumurwati</p><p>Minggu, 12 November 2023 10:00 WIB</p>",
            "Ratna Sumurwati",
            "2023-11-12",
        ),
        ("id", "<p>Penulis: Ratna Sumurwati dan Budi Telaga</p>", "Ratna Sumurwati; Budi Telaga", ""),
        ("ms", "<p>Oleh Ratna Perigiwati</p><p>12 Ogos 2023</p>", "Ratna Perigiwati", "2023-08-12"),
        ("tl", "<p>Isinulat ni Ligaya Balonan</p><p>Nobyembre 12, 2023</p>", "Ligaya Balonan", "2023-11-12"),
        ("sw", "<p>Imeandikwa na Zuhura Kisimani</p><p>12 Novemba 2023</p>", "Zuhura Kisimani", "2023-11-12"),
        ("sw", "<p>Mwandishi: Zuhura Kisimani</p>", "Zuhura Kisimani", ""),
        (
            "vi",
            "<p>Tác giả: Đỗ Giếng Ngọc</p><p>Ngày 12 tháng 11 năm 2023</p>",
            "Đỗ Giếng Ngọc",
            "2023-11-12",
        ),
        ("vi", "<p>Chủ nhật, 12/11/2023</p>", "", "2023-11-12"),
        ("th", "<p>โดย บุญมา บ่อทอง</p><p>12 พฤศจิกายน 2566</p>", "บุญมา บ่อทอง", "2023-11-12"),
        ("th", "<p>ผู้เขียน: บุญมา บ่อทอง</p><p>๑๒ พ.ย. ๒๕๖๖</p>", "บุญมา บ่อทอง", "2023-11-12"),
        ("th", "<p>เผยแพร่ 12 พ.ย. 66 เวลา 10:00 น.</p>", "", "2023-11-12"),
        ("he", "<p>מאת: דליה בארי</p><p>12 בנובמבר 2023</p>", "דליה בארי", "2023-11-12"),
        ("he", "<p>מאת דליה בארי ואורי מעין</p><p>12.11.2023</p>", "דליה בארי; אורי מעין", "2023-11-12"),
        ("ar", "<p>بقلم: سلمى البئري</p><p>12 تشرين الثاني 2023</p>", "سلمى البئري", "2023-11-12"),
        ("ar", "<p>الكاتب: سلمى البئري</p><p>١٢ نوفمبر ٢٠٢٣</p>", "سلمى البئري", "2023-11-12"),
        ("ar", "<p>12 نونبر 2023</p>", "", "2023-11-12"),
        ("fa", "<p>نویسنده: مهتاب چاهی</p><p>۲۱ آبان ۱۴۰۲ - ۱۰:۰۰</p>", "مهتاب چاهی", "2023-11-12"),
        ("fa", "<p>به قلم مهتاب چاهی</p><p>تاریخ انتشار: ۱۴۰۲/۰۸/۲۱</p>", "مهتاب چاهی", "2023-11-12"),
        ("ur", "<p>تحریر: نادیہ کنویں</p><p>12 نومبر 2023</p>", "نادیہ کنویں", "2023-11-12"),
        ("hi", "<p>लेखक: सरिता कूपवाला</p><p>12 नवंबर 2023</p>", "सरिता कूपवाला", "2023-11-12"),
        ("hi", "<p>प्रकाशित: १२ अक्टूबर २०२३</p>", "", "2023-10-12"),
        ("bn", "<p>লেখক: সরিতা কূপ</p><p>প্রকাশ: ১২ নভেম্বর ২০২৩</p>", "সরিতা কূপ", "2023-11-12"),
        ("ta", "<p>12 நவம்பர் 2023</p>", "", "2023-11-12"),
        ("ja", "<p>文：井戸 花子</p><p>2023年11月12日</p>", "井戸 花子", "2023-11-12"),
        ("ja", "<p>執筆：井戸 花子、泉 太郎</p><p>令和5年11月12日</p>", "井戸 花子; 泉 太郎", "2023-11-12"),
        ("ja", "<p>公開日：２０２３年１１月１２日 更新日：2024年1月8日</p>", "", "2023-11-12"),
        ("zh", "<p>2023-11-12 09:41 来源：水利 作者：沈若棠</p>", "沈若棠", "2023-11-12"),
        ("zh", "<p>作者：沈若棠 来源：水利</p><p>二〇二三年十一月十二日</p>", "沈若棠", "2023-11-12"),
        ("zh", "<p>本报记者 沈若棠 贺兰柏</p><p>2023年11月12日</p>", "沈若棠; 贺兰柏", "2023-11-12"),
        ("zh-TW", "<p>記者：沈若棠</p><p>民國112年11月12日</p>", "沈若棠", "2023-11-12"),
        (
            "ko",
            "<p>[통신/우물희기자] 위원회는 봄에 모여 네 가지 안을 보았으나 하나도 고르지 않았다.</p><p>2023.11.12</p>",
            "우물희",
            "2023-11-12",
        ),
        ("ko", "<p>작성자</p><p>우물희</p><p>작성일</p><p>2023-11-12 10:00</p>", "우물희", "2023-11-12"),
        ("he", "<p>מאת:</p><p>דליה בארי</p>", "דליה בארי", ""),
        (
            "ko",
            "<p>우물희 기자</p><p>입력 2023.11.12 10:00 수정 2024.01.08 11:00</p>",
            "우물희",
            "2023-11-12",
        ),
        ("ko", "<p>글: 우물희</p><p>2023년 11월 12일</p>", "우물희", "2023-11-12"),
        (
            "ko",
            "<p>2023. 11. 12. | 우물희·샘철수 선임기자 uh@harbour.example</p>",
            "우물희; 샘철수",
            "2023-11-12",
        ),
    ]);
}

#[test]
fn what_only_looks_like_a_byline_or_a_date_is_left() {
    are_told(&[
        // Words that open much else than bylines.
        ("en", "<p>FROM: Amara B. FinchSUBJECT: Wells and who digs them</p>", "", ""),
        ("en", "<p>Door Repair Services</p>", "", ""),
        ("sv", "<p>Reporter</p><p>Elin Brunnberg</p>", "", ""),
        ("en", "<p>Av Kari Nordmann</p>", "", ""),
        ("uk", "<p>Oleh Kovalenko</p>", "", ""),
        ("nl", "<p>Door Fenna</p>", "", ""),
        ("nb", "<p>Av alle brønner i landet er denne den dypeste</p>", "", ""),
        ("ro", "<p>De la Paris la Roma</p>", "", ""),
        ("sw", "<p>Na Haki Ya Kulindwa</p>", "", ""),
        ("fi", "<p>Teksti kertoo kaivosta</p>", "", ""),
        ("pl", "<p>Tekst Ustawy</p>", "", ""),
        ("th", "<p>โดย มีผู้เข้าร่วมประชุมจากทั่วประเทศ</p>", "", ""),
        ("he", "<p>מאת המערכת</p>", "", ""),
        // A desk is an author only where no person is.
        ("nb", "<p>Av Redaksjonen</p><p>Tekst: Ragnhild Brønn</p>", "Ragnhild Brønn", ""),
        ("pl", "<p>Autor: Redakcja</p>", "Redakcja", ""),
        ("ko", "<p>기자 회견</p>", "", ""),
        ("ko", "<p>우물희 기자가 말했다</p>", "", ""),
        ("ja", "<p>文化と水</p>", "", ""),
        ("hi", "<p>लेखक संघ की बैठक</p>", "", ""),
        // Names of months that mean something else, and years of calendars that nobody can count back.
        ("en", "<p>Mars 2020 rover</p>", "", ""),
        ("en", "<p>Windows 10 Pro 2020</p>", "", ""),
        ("fr", "<p>12 des 2021 puits</p>", "", ""),
        ("pl", "<p>Zmieniło się 2023</p>", "", ""),
        ("ar", "<p>28 ربيع الآخر 1445 هـ</p>", "", ""),
        ("ur", "<p>۱۴۴۵/۰۴/۲۸</p>", "", ""),
        ("en", "<p>12/11/2566</p>", "", ""),
        ("bn", "<p>২৭ কার্তিক ১৪৩০</p>", "", ""),
        ("pl", "<p>12 listopada</p>", "", ""),
    ]);
}
