//! Dates as people write them, in figures or words, in some fifty languages and five calendars.
//!
//! What a date is, for pages, records and queries alike. Which date is an article's, and which words of a query are
//! one, is not here.

mod habit;
mod months;
mod reading;
mod tokens;
mod years;

pub(crate) use habit::Habit;
pub(crate) use years::Calendar;

use crate::model::Date;
use tokens::{Token, Unit};

/// Whether `text` can hold a date: there is a figure in it, or a year in Chinese numerals.
pub(crate) fn may_hold_one(text: &str) -> bool {
    text.contains(|c: char| c.is_numeric() || c == '年')
}

/// The first date in `text`, written by `habit`.
pub(crate) fn find(text: &str, habit: Habit) -> Option<Date> {
    may_hold_one(text).then(|| reading::first(&tokens::tokens(text, habit), habit))?
}

/// Whether `word` names a month.
pub(crate) fn is_month(word: &str) -> bool {
    months::named(word, Habit::default()).is_some()
}

/// Why a text that should be a date isn't one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoDate {
    /// Two figures before a year can both be the month: the dates that it may mean.
    Order(Date, Date),
    /// The name of a month means another month in another language.
    Language(String),
    /// Anything else.
    Other,
}

/// The first and the last date of what `text` is as a whole, a day, a month or a year, which need not be one of ours.
pub(crate) fn whole(text: &str) -> Result<(Date, Date), NoDate> {
    let habit = Habit::asked();
    let tokens = tokens::tokens(text, habit);
    let end = tokens.list.iter().rposition(|&token| token != Token::Mark('.')).map_or(0, |last| last + 1);
    let list = &tokens.list[..end];
    if let Some((date, length)) = reading::day_or_month(list, tokens.calendar, habit)
        && length == end
    {
        return Ok((date, date));
    }
    let asked = match *list {
        [Token::Number(year, 4)] | [Token::Number(year, 4), Token::Sign(Unit::Year)] => {
            tokens.calendar.year(year)
        }
        [Token::Number(month, 1..=2), Token::Mark(_), Token::Number(year, 4)]
        | [Token::Number(year, 4), Token::Mark(_), Token::Number(month, 1..=2)] => {
            tokens.calendar.month(year, month)
        }
        [Token::Month(month), Token::Number(year, 4)] => month.calendar.month(year, i32::from(month.number)),
        _ => None,
    };
    asked.ok_or_else(|| why_none(text, list, tokens.calendar))
}

fn why_none(text: &str, list: &[Token], calendar: Calendar) -> NoDate {
    if let [
        Token::Number(a, _),
        Token::Mark(_),
        Token::Number(b, _),
        Token::Mark(_),
        Token::Number(year, 4),
    ] = *list
    {
        let read = |month, day| calendar.date(year, Some(month), Some(day));
        return read(a, b)
            .zip(read(b, a))
            .map_or(NoDate::Other, |(first, second)| NoDate::Order(first, second));
    }
    let mut words = text.split(|c: char| !c.is_alphabetic());
    words
        .find(|word| months::is_of_several(word))
        .map_or(NoDate::Other, |word| NoDate::Language(word.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, tag: &str) -> Option<String> {
        find(text, Habit::of(Some(tag).filter(|tag| !tag.is_empty()), None)).map(|date| date.to_string())
    }

    /// One day in each language, as pages write it, by the language of the page.
    const ONE_DAY: &[(&str, &[&str])] = &[
        ("en", &["November 12, 2023", "12 November 2023", "12th of Nov. 2023", "Nov 12 2023", "12-Nov-2023"]),
        ("de", &["12. November 2023", "12. Nov. 2023", "Sonntag, 12. November 2023, 10:00 Uhr"]),
        ("fr", &["12 novembre 2023", "le 12 nov. 2023", "dimanche 12 NOVEMBRE 2023 à 10 h"]),
        ("es", &["12 de noviembre de 2023", "12 nov 2023", "noviembre 12, 2023"]),
        ("pt", &["12 de novembro de 2023", "12 nov. 2023"]),
        ("it", &["12 novembre 2023", "12 nov 2023"]),
        ("ca", &["12 de novembre del 2023", "12 de novembre de 2023"]),
        ("nl", &["12 november 2023", "zondag 12 nov. 2023"]),
        ("sv", &["12 november 2023", "den 12 november 2023", "12 nov. 2023"]),
        ("da", &["12. november 2023", "12. nov. 2023"]),
        ("no", &["12. november 2023", "12. nov. 2023"]),
        ("is", &["12. nóvember 2023", "12. nóv. 2023"]),
        ("fi", &["12. marraskuuta 2023", "12.11.2023"]),
        ("et", &["12. november 2023", "12.11.2023"]),
        ("lv", &["2023. gada 12. novembris", "2023. gada 12. novembrī", "12. novembris 2023"]),
        ("lt", &["2023 m. lapkričio 12 d.", "2023-11-12"]),
        ("pl", &["12 listopada 2023", "12 LISTOPADA 2023 r.", "12 lis 2023", "12.11.2023"]),
        ("cs", &["12. listopadu 2023", "12. 11. 2023"]),
        ("sk", &["12. novembra 2023", "12. november 2023"]),
        ("sl", &["12. november 2023", "12. novembra 2023"]),
        ("hr", &["12. studenoga 2023.", "12. studenog 2023", "12. stu 2023"]),
        ("sr", &["12. новембар 2023.", "12. новембра 2023", "12. novembar 2023.", "12. novembra 2023"]),
        ("mk", &["12 ноември 2023"]),
        ("bg", &["12 ноември 2023 г.", "12 ное 2023"]),
        ("uk", &["12 листопада 2023 р.", "12 листопада 2023", "12 лист. 2023", "12 ЛИСТОПАДА 2023 року"]),
        ("be", &["12 лістапада 2023 г."]),
        ("ru", &["12 ноября 2023 г.", "12 нояб. 2023", "12 ноября 2023 года"]),
        ("ro", &["12 noiembrie 2023", "12 noi. 2023"]),
        ("hu", &["2023. november 12.", "2023. nov. 12.", "2023. november 12., vasárnap", "2023.11.12."]),
        ("el", &["12 Νοεμβρίου 2023", "12 ΝΟΕΜΒΡΙΟΥ 2023", "12 Νοε 2023", "Κυριακή, 12 Νοεμβρίου 2023"]),
        ("tr", &["12 Kasım 2023", "12 KASIM 2023", "12 Kas 2023", "12 Kasım 2023 Pazar"]),
        ("id", &["12 November 2023", "12 Nopember 2023", "Minggu, 12 Nov 2023 10:00 WIB"]),
        ("vi", &["12 tháng 11 năm 2023", "ngày 12 tháng 11, 2023", "12/11/2023", "12 THÁNG 11 NĂM 2023"]),
        ("tl", &["Nobyembre 12, 2023", "ika-12 ng Nobyembre 2023"]),
        ("sw", &["12 Novemba 2023"]),
        ("he", &["12 בנובמבר 2023", "12 נובמבר 2023", "ב-12 בנובמבר 2023", "12 בנוב׳ 2023"]),
        (
            "ar",
            &[
                "12 نوفمبر 2023",
                "١٢ نوفمبر ٢٠٢٣",
                "12 تشرين الثاني 2023",
                "12 تشرين الثاني/نوفمبر 2023",
                "12 نونبر 2023",
            ],
        ),
        (
            "fa",
            &[
                "۲۱ آبان ۱۴۰۲",
                "21 آبان 1402",
                "۱۴۰۲/۰۸/۲۱",
                "1402/8/21",
                "۲۱ آبان ماه ۱۴۰۲",
                "۲۱ آبانماه ۱۴۰۲",
                "۲۱ آبان‌ماه ۱۴۰۲",
                "یکشنبه / ۲۱ آبان / ۱۴۰۲",
                "۱۲ نوامبر ۲۰۲۳",
                "۲۱ عقرب ۱۴۰۲",
            ],
        ),
        ("ur", &["12 نومبر 2023", "۱۲ نومبر ۲۰۲۳"]),
        ("hi", &["12 नवंबर 2023", "१२ नवंबर २०२३", "12 नवम्बर 2023", "12 नव 2023"]),
        ("mr", &["12 नोव्हेंबर 2023"]),
        ("bn", &["১২ নভেম্বর ২০২৩", "12 নভেম্বর 2023"]),
        ("ta", &["12 நவம்பர் 2023"]),
        ("te", &["12 నవంబర్ 2023"]),
        (
            "th",
            &[
                "12 พฤศจิกายน 2566",
                "๑๒ พฤศจิกายน ๒๕๖๖",
                "12 พ.ย. 2566",
                "12 พ.ย. 66",
                "12 พฤศจิกายน พ.ศ. 2566",
                "12/11/2566",
                "วันที่ 12 พฤศจิกายน พ.ศ. ๒๕๖๖",
                "12 พฤศจิกายน ค.ศ. 2023",
            ],
        ),
        (
            "ja",
            &[
                "2023年11月12日",
                "令和5年11月12日",
                "２０２３年１１月１２日",
                "2023年11月12日(日)",
                "発行日令和５年１１月１２日",
            ],
        ),
        (
            "zh",
            &[
                "2023年11月12日",
                "二〇二三年十一月十二日",
                "发布于二零二三年十一月十二日",
                "民國112年11月12日",
            ],
        ),
        ("zh-TW", &["112年11月12日"]),
        ("ko", &["2023년 11월 12일", "2023. 11. 12.", "입력 2023.11.12 10:00"]),
    ];

    #[test]
    fn a_day_is_read_in_every_language() {
        for (tag, texts) in ONE_DAY {
            for text in *texts {
                assert_eq!(read(text, tag).as_deref(), Some("2023-11-12"), "{tag}: {text}");
            }
        }
    }

    #[test]
    fn dates_are_read_where_the_language_is_not_known() {
        for (text, date) in [
            ("Published May 18, 2021", "2021-05-18"),
            ("le 1er août 2020", "2020-08-01"),
            ("18. März 2021", "2021-03-18"),
            ("18 de março de 2021", "2021-03-18"),
            ("18 мая 2021 г.", "2021-05-18"),
            ("18 mai 2021 à 10 h", "2021-05-18"),
            ("5 mars 2021", "2021-03-05"),
            ("12 listopadu 2023", "2023-11-12"),
            ("2021/05/18", "2021-05-18"),
            ("18.05.2021", "2021-05-18"),
            ("18/05/2021", "2021-05-18"),
            ("Dec. 3, 2020", "2020-12-03"),
            ("۲۶ ارديبهشت ۱۳۹۴", "2015-05-16"),
            ("Spring, March 2019", "2019-03"),
            ("By Amara FinchMar 5, 20214 min read", "2021-03-05"),
            ("平成30年5月", "2018-05"),
            ("令和元年5月18日", "2019-05-18"),
            ("5 كانون الثاني 2020", "2020-01-05"),
            ("۲۱ آبان ۱۴۰۲", "2023-11-12"),
            ("۱۴۰۲/۰۸/۲۱", "2023-11-12"),
            ("12 พ.ย. 2566", "2023-11-12"),
            ("© 2020. May 12, 2021", "2021-05-12"),
            ("since 2020. 12. März 2021", "2021-03-12"),
        ] {
            assert_eq!(read(text, "").as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn a_month_of_another_name_elsewhere_goes_by_the_language() {
        assert_eq!(read("12. listopada 2023", "hr").as_deref(), Some("2023-10-12"));
        assert_eq!(read("12 listopada 2023", "pl").as_deref(), Some("2023-11-12"));
        for text in ["12 listopada 2023", "12 lip 2023", "5 srp 2023"] {
            assert_eq!(read(text, ""), None, "{text}");
        }
        let croatian = find("12. listopada 2023.", Habit::of(Some("en"), Some("bunari.hr")));
        assert_eq!(croatian.map(|date| date.to_string()).as_deref(), Some("2023-10-12"));
    }

    #[test]
    fn what_means_something_else_too_needs_its_language_or_a_day() {
        for (text, tag, date) in [
            ("the Mars 2020 rover", "en", None),
            ("mars 2020", "", None),
            ("mars 2020", "fr", Some("2020-03")),
            ("mars 2020", "sv", Some("2020-03")),
            ("zmieniło się 2023", "en", None),
            ("la marca 2021", "es", None),
            ("marca 2021", "pl", Some("2021-03")),
            ("12 des 2021 élèves", "fr", None),
            ("12 des 2021", "no", Some("2021-12-12")),
            ("iPad 2 gen 2021", "en", None),
            ("Windows 10 Pro 2020", "en", None),
            ("12 pro 2020", "cs", Some("2020-12-12")),
            ("Mac 2021", "en", None),
            ("Kmart 2020, Wal-Mart 2020", "en", None),
            ("leden 2020", "nl", None),
        ] {
            assert_eq!(read(text, tag).as_deref(), date, "{tag}: {text}");
        }
    }

    #[test]
    fn figures_that_are_no_date_are_left() {
        for text in [
            "in 2021",
            "12.5 per cent of 2,000",
            "32/13/2021",
            "version 1.2.3",
            "May be",
            "[03/Dec/2020:10:00:36 -0700]",
            "3 كانون 12 الثاني 2020",
            "一二三四五二〇二三年十一月",
            "1445/04/28",
            "12/11/2566",
            "28 ربيع الآخر 1445",
            "21 آبان 2023",
            "১৪৩০ কার্তিক ২৭",
            "令和 2023",
            "第二十一届三中全会",
            "中華民國一百年",
        ] {
            assert_eq!(read(text, ""), None, "{text}");
        }
        // Years of the lunar calendar in the figures that Persian has too.
        assert_eq!(read("۱۴۴۵/۰۴/۲۸", "ur"), None);
    }

    #[test]
    fn a_whole_text_is_a_date_or_it_is_told_why_not() {
        let read = |text: &str| whole(text).map(|(first, last)| format!("{first}..{last}"));
        for (text, range) in [
            ("June 2022", "2022-06..2022-06"),
            ("12 June 2022", "2022-06-12..2022-06-12"),
            ("June 12, 2022", "2022-06-12..2022-06-12"),
            ("Jun. 2022", "2022-06..2022-06"),
            ("mars 2022", "2022-03..2022-03"),
            ("12 июня 2022 г.", "2022-06-12..2022-06-12"),
            ("2022. június 12.", "2022-06-12..2022-06-12"),
            ("2022年6月", "2022-06..2022-06"),
            ("2022年", "2022..2022"),
            ("令和4年", "2022..2022"),
            ("٢٠٢٣", "2023..2023"),
            ("२०२३", "2023..2023"),
            ("๒๕๖๖", "2023..2023"),
            ("พ.ศ. 2566", "2023..2023"),
            ("۱۴۰۲", "2023-03-21..2024-03-19"),
            ("آبان ۱۴۰۲", "2023-10-23..2023-11-21"),
            ("30/06/2022", "2022-06-30..2022-06-30"),
            ("06/30/2022", "2022-06-30..2022-06-30"),
            ("12.06.2022", "2022-06-12..2022-06-12"),
            ("06/2022", "2022-06..2022-06"),
            ("2022/06", "2022-06..2022-06"),
            ("2022.06.12", "2022-06-12..2022-06-12"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(range), "{text}");
        }
        for text in [
            "",
            "June",
            "12 June",
            "June 2022 report",
            "about June 2022",
            "6",
            "20x0",
            "2022-2023",
            "2022 06",
        ] {
            assert_eq!(read(text), Err(NoDate::Other), "{text}");
        }
        let order = NoDate::Order(Date::day(2022, 6, 12).unwrap(), Date::day(2022, 12, 6).unwrap());
        assert_eq!(read("06/12/2022"), Err(order));
        assert_eq!(read("listopada 2023"), Err(NoDate::Language("listopada".into())));
    }
}
