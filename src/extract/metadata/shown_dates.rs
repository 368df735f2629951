//! Dates that a page shows to its readers, by the headline or in `<time>` elements.
//!
//! A line may hold two of them: when the article came out, and when it was changed, told by the words before.

use super::super::blocks::Block;
use super::super::hints::Flags;
use super::super::tag::Tag;
use super::elsewhere::{self, TEASER_LINK_SHARE, block_of};
use super::{Sources, dates};
use crate::calendar;
use crate::model::Date;
use crate::text::ends_sentence;

/// The earliest year of a date that a web page shows as its own. Older ones are what it writes about.
const FIRST_YEAR: i16 = 1990;

/// Blocks before the headline, and from it on, in which a date is the article's.
const BLOCKS_BEFORE_HEADLINE: usize = 3;
const BLOCKS_BY_HEADLINE: usize = 12;

/// Letters of the longest line that is nothing but a date and its company.
const MAX_DATELINE_LETTERS: usize = 160;

/// Letters of the longest line that is nothing but a date.
const MAX_BARE_DATE_LETTERS: usize = 48;

/// Nodes before the headline in which a `<time>` element is the article's.
const NODES_BEFORE_HEADLINE: u32 = 40;

/// Nodes from the headline to the furthest `<time>` element that is surely the article's: a byline, a picture
/// and share buttons may lie between.
const NODES_BY_HEADLINE: u32 = 150;

/// `<time>` elements that tell of one article: when it came out, and when it was changed.
const TIMES_OF_ONE_LINE: usize = 2;

/// The dates that a page shows.
pub(super) struct ShownDates<'s, 'a> {
    sources: &'s Sources<'s, 'a>,
    /// The node of the title.
    headline: Option<u32>,
}

impl<'s, 'a> ShownDates<'s, 'a> {
    pub(super) fn of(sources: &'s Sources<'s, 'a>, headline: Option<u32>) -> Self {
        Self { sources, headline }
    }

    /// The date of publication in the lines by the headline, or in what is named a date.
    pub(super) fn by_headline(&self) -> Option<Date> {
        let told = |line: &&str| publication_word(line).is_some() && !is_change_alone(line);
        let of_publication = self.lines().filter(told).find_map(|text| self.day(published_part(text)));
        let in_any_line = || self.lines().find_map(|text| self.day(published_part(text)));
        let in_what_is_named_so = || {
            let page = self.sources.page;
            let named = page.indexed().filter(|(_, node)| node.own.any(Flags::DATE));
            let mut own = named.map(|(at, _)| at).filter(|&at| !self.is_of_another(at));
            own.find_map(|at| self.day(published_part(&page.text_of(at))))
        };
        of_publication.or_else(in_any_line).or_else(in_what_is_named_so)
    }

    /// The date of a change in the lines by the headline.
    pub(super) fn modified(&self) -> Option<Date> {
        self.lines().find_map(|text| self.day(modified_part(text)))
    }

    /// The date of a `<time>` element, by the headline if `near`.
    pub(super) fn in_time(&self, near: bool) -> Option<Date> {
        let times = self.sources.page.indexed().filter(|(_, node)| node.tag == Tag::Time);
        let before = |at: u32| self.headline.is_none_or(|title| at + NODES_BEFORE_HEADLINE > title);
        let by = |at: u32| self.headline.is_none_or(|title| at.abs_diff(title) <= NODES_BY_HEADLINE);
        let times = times.map(|(at, _)| at).filter(|&at| before(at) && (!near || by(at)));
        let times = times.filter(|&at| !self.is_of_another(at));
        let dated: Vec<(u32, Date)> = times.filter_map(|at| Some((at, self.time(at)?))).collect();
        let (_, first) = *dated.first()?;
        let beside = dated.iter().take(TIMES_OF_ONE_LINE).find(|&&(at, _)| !self.is_changed(at));
        Some(beside.map_or(first, |&(_, date)| date))
    }

    /// The first line of the page that is a date of publication and hardly more.
    pub(super) fn bare(&self) -> Option<Date> {
        // What stands further up than just before the headline is the page's own: the day that it is.
        self.in_bare_lines(self.blocks_from_headline(), published_part)
    }

    /// The first line of the page that is the date of a change and hardly more.
    pub(super) fn bare_modified(&self) -> Option<Date> {
        self.in_bare_lines(self.sources.blocks.list.iter(), modified_part)
    }

    /// The first day in what `part` takes of each of the lines `among` that is a date and hardly more.
    fn in_bare_lines<'b>(
        &self,
        among: impl Iterator<Item = &'b Block>,
        part: fn(&str) -> &str,
    ) -> Option<Date> {
        let blocks = self.sources.blocks;
        let lines = among.map(|block| (block.node, blocks.text_of(block)));
        let dated =
            lines.filter(|(_, line)| letters(line) <= MAX_BARE_DATE_LETTERS && calendar::may_hold_one(line));
        let mut days = dated.filter_map(|(node, line)| Some((node, self.day(part(line))?)));
        days.find(|&(node, _)| !self.is_of_another(node)).map(|(_, day)| day)
    }

    /// Whether node `at` lies in a part that tells of another article.
    fn is_of_another(&self, at: u32) -> bool {
        elsewhere::is_of_another(self.sources, self.headline, at)
    }

    fn time(&self, at: u32) -> Option<Date> {
        let Sources { page, habit, options, .. } = *self.sources;
        let given = page.nodes[at as usize].attribute("datetime");
        let given = given.and_then(|value| dates::parse(value, habit, options.today));
        let date = given.or_else(|| self.find(&page.text_of(at)))?;
        (date.first_day().year() >= FIRST_YEAR).then_some(date)
    }

    /// Whether the words before a `<time>` element, or in it, say that it tells of a change.
    fn is_changed(&self, at: u32) -> bool {
        let (page, blocks) = (self.sources.page, self.sources.blocks);
        let text = page.text_of(at);
        let Some(block) = block_of(blocks, at) else { return false };
        let line = blocks.text_of(block);
        match line.find(text.as_str()).filter(|_| !text.is_empty()) {
            Some(start) => {
                let behind_other = last_figure(&line[..start]);
                change_word(&line[behind_other..start + text.len()]).is_some()
            }
            None => change_word(&text).is_some(),
        }
    }

    /// The page from just before the headline on.
    fn blocks_from_headline(&self) -> impl Iterator<Item = &'s Block> + '_ {
        let list = &self.sources.blocks.list;
        let start = self.sources.first_block(self.headline);
        list.iter().skip(start.saturating_sub(BLOCKS_BEFORE_HEADLINE))
    }

    /// The lines around the headline that can tell its date.
    fn lines(&self) -> impl Iterator<Item = &'s str> + '_ {
        let blocks = self.sources.blocks;
        self.blocks_from_headline()
            .take(BLOCKS_BY_HEADLINE + BLOCKS_BEFORE_HEADLINE)
            .filter(|block| block.link_share() < TEASER_LINK_SHARE)
            .map(|block| (block.node, blocks.text_of(block)))
            .filter(|(_, text)| {
                letters(text) <= MAX_DATELINE_LETTERS
                    && calendar::may_hold_one(text)
                    && !is_told_in_passing(text)
            })
            .filter(|&(node, _)| !self.is_of_another(node))
            .map(|(_, text)| text)
    }

    /// The day in a short text.
    fn day(&self, text: &str) -> Option<Date> {
        if letters(text) > MAX_DATELINE_LETTERS || first_of(&OTHER_WORDS, text).is_some() {
            return None;
        }
        let fits = |date: &Date| date.is_day() && date.first_day().year() >= FIRST_YEAR;
        self.find(text).filter(fits).filter(|&date| dates::believable(date, self.sources.options.today))
    }

    fn find(&self, text: &str) -> Option<Date> {
        calendar::find(text, self.sources.habit)
    }
}

/// How long a text is in letters of an alphabet. One character of Chinese, Japanese or Korean says as much as three.
fn letters(text: &str) -> usize {
    text.chars().map(|c| if c < FIRST_OF_EAST_ASIA { 1 } else { c.len_utf8() }).sum()
}

/// The characters from here on are mostly of scripts of East Asia.
const FIRST_OF_EAST_ASIA: char = '\u{2e80}';

/// Where the last figure in a text ends: what comes after it speaks of the next date.
fn last_figure(text: &str) -> usize {
    text.char_indices().rev().find(|(_, c)| c.is_numeric()).map_or(0, |(at, c)| at + c.len_utf8())
}

/// Words before the date of a change, in lower case. Most are stems.
const CHANGE_WORDS: [&str; 67] = [
    "updated",
    "modified",
    "revised",
    "last reviewed",
    "mis à jour",
    "modifié",
    "actualis",
    "actualiz",
    "geändert",
    "modificad",
    "modificat",
    "atualizad",
    "aggiornat",
    "bijgewerkt",
    "gewijzigd",
    "aktualis",
    "aktualiz",
    "uppdatera",
    "opdatere",
    "oppdatert",
    "ajourført",
    "päivitetty",
    "muokattu",
    "uuendatud",
    "atjaunināt",
    "atnaujint",
    "frissítve",
    "frissítés",
    "ažurira",
    "ажурира",
    "posodoblj",
    "обновл",
    "обновен",
    "измен",
    "промен",
    "оновлен",
    "змінен",
    "абноўл",
    "ενημερώθηκε",
    "τελευταία ενημέρωση",
    "güncelle",
    "diperbarui",
    "dimutakhirkan",
    "dikemas kini",
    "cập nhật",
    "imesasishwa",
    "עודכן",
    "עדכון אחרון",
    "تحديث",
    "تعديل",
    "به‌روزرسانی",
    "بروزرسانی",
    "اپ ڈیٹ",
    "अपडेट",
    "अद्यतन",
    "হালনাগাদ",
    "আপডেট",
    "อัปเดต",
    "อัพเดท",
    "แก้ไขล่าสุด",
    "更新",
    "修订",
    "修訂",
    "修改",
    "改訂",
    "수정",
    "업데이트",
];

/// Words beside dates in the life of a forum, its members or a body, which are none of the article's, in lower case.
const OTHER_WORDS: [&str; 6] = ["joined", "founded", "registered", "member since", "last post", "last reply"];

/// Where the first word of a change begins in `text`.
fn change_word(text: &str) -> Option<usize> {
    first_of(&CHANGE_WORDS, text)
}

/// Where the first of `words` begins in `text`, whatever its case.
fn first_of(words: &[&str], text: &str) -> Option<usize> {
    let lower = text.to_lowercase();
    // Lower case may take more bytes than upper case, as of a Turkish `İ`: places in it are none of the text then.
    let searched = if lower.len() == text.len() { &lower } else { text };
    let is_ascii = text.is_ascii();
    words.iter().filter(|word| !is_ascii || word.is_ascii()).filter_map(|word| searched.find(word)).min()
}

/// What of a line can tell when an article came out. Where a change is all it tells of, that is the date
/// under which readers know the text.
fn published_part(text: &str) -> &str {
    match change_word(text) {
        Some(at) if last_figure(&text[..at]) > 0 => &text[..at],
        Some(at) => behind_change(&text[at..]).unwrap_or(text),
        None => text,
    }
}

/// Whether a line tells when an article was changed, and not when it came out.
fn is_change_alone(text: &str) -> bool {
    change_word(text).is_some_and(|at| last_figure(&text[..at]) == 0 && behind_change(&text[at..]).is_none())
}

/// What stands behind the date of a change, if it says that it tells when the article came out.
fn behind_change(text: &str) -> Option<&str> {
    publication_word(text).map(|at| &text[at..])
}

/// Words before the date of publication, in lower case. Most are stems.
const PUBLICATION_WORDS: [&str; 42] = [
    "published",
    "posted",
    "started by",
    "publié",
    "publicad",
    "publicat",
    "pubblicat",
    "veröffentlicht",
    "gepubliceerd",
    "publicerad",
    "publisert",
    "publiceret",
    "offentliggjort",
    "julkaistu",
    "avaldatud",
    "opublikowan",
    "publikacji",
    "publikován",
    "publikovan",
    "objavljen",
    "објављен",
    "опубликован",
    "опубліковано",
    "публикуван",
    "δημοσιεύ",
    "δημοσίευσ",
    "megjelent",
    "közzététel",
    "yayın",
    "diterbitkan",
    "đăng",
    "פורסם",
    "نشر",
    "انتشار",
    "प्रकाशित",
    "প্রকাশ",
    "เผยแพร่",
    "发布",
    "發布",
    "公開",
    "입력",
    "게재",
];

/// Where the first word of publication begins in `text`.
fn publication_word(text: &str) -> Option<usize> {
    first_of(&PUBLICATION_WORDS, text)
}

/// Whether a line is a sentence of the article or a caption, which tells some day in passing: it ends with a full stop,
/// and tells more than a date, but nothing of publication.
fn is_told_in_passing(text: &str) -> bool {
    letters(text) > MAX_BARE_DATE_LETTERS
        && ends_sentence(text)
        && publication_word(text).is_none()
        && change_word(text).is_none()
}

/// What of a line tells when an article was changed.
fn modified_part(text: &str) -> &str {
    change_word(text).map_or("", |at| &text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_changes_are_told_from_those_of_publication() {
        for (line, published, modified) in [
            ("15 September 2020 Last revised 8 January 2021", Some("2020-09-15"), Some("2021-01-08")),
            ("Updated: 8 January 2021", Some("2021-01-08"), Some("2021-01-08")),
            ("Updated 8 January 2021, published 15 September 2020", Some("2020-09-15"), Some("2021-01-08")),
            ("15 septembre 2020, mis à jour le 8 janvier 2021", Some("2020-09-15"), Some("2021-01-08")),
            ("15 September 2020", Some("2020-09-15"), None),
            (
                "Publicerad 15 september 2020. Uppdaterad 8 januari 2021",
                Some("2020-09-15"),
                Some("2021-01-08"),
            ),
            ("公開日：2020年9月15日 更新日：2021年1月8日", Some("2020-09-15"), Some("2021-01-08")),
            ("입력 2020.09.15 10:00 수정 2021.01.08 11:00", Some("2020-09-15"), Some("2021-01-08")),
            ("Güncelleme: 8 Ocak 2021, Yayınlanma: 15 Eylül 2020", Some("2020-09-15"), Some("2021-01-08")),
            ("İlk yayın 15 Eylül 2020, güncelleme 8 Ocak 2021", Some("2020-09-15"), Some("2021-01-08")),
        ] {
            let day = |text| calendar::find(text, calendar::Habit::default()).map(|date| date.to_string());
            assert_eq!(day(published_part(line)).as_deref(), published, "{line}");
            assert_eq!(day(modified_part(line)).as_deref(), modified, "{line}");
        }
    }
}
