//! The names of months, in one table for all languages, and which month a word names.
//!
//! The names are those of the CLDR (Unicode Common Locale Data Repository, version 47), in full and abbreviated, as
//! they stand in dates and alone, and what pages write beside: other cases, spellings and abbreviations.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::Calendar;
use super::habit::Habit;
use crate::model::Language;

/// The names of one language or of one of its countries.
struct Names {
    /// Its codes, the first of which stands for all: norms and neighbours that write the same names.
    codes: &'static str,
    calendar: Calendar,
    /// Those of each of the twelve months, between commas. A point marks an abbreviation, a question mark a name that
    /// means something else too, in this language or another. Two words are joined by a line.
    of_months: &'static str,
}

const fn names(codes: &'static str, of_months: &'static str) -> Names {
    counted(codes, Calendar::Gregorian, of_months)
}

const fn counted(codes: &'static str, calendar: Calendar, of_months: &'static str) -> Names {
    Names { codes, calendar, of_months }
}

const MONTHS: &[Names] = &[
    names(
        "en",
        "january .jan, february .feb, march .mar, april .apr, may, june .jun, july .jul, august .aug, \
         september .sep .sept, october .oct, november .nov, december .dec",
    ),
    names(
        "de",
        "januar jänner .jän, februar feber, märz .mär .mrz, april, mai, juni, juli, august, september, oktober .okt, \
         november, dezember .dez",
    ),
    names(
        "fr",
        "janvier .janv, février fevrier .févr .fév .fevr .fev, mars?, avril .avr, mai, juin, juillet .juil, \
         août aout, septembre, octobre, novembre, décembre decembre .déc",
    ),
    names(
        "es",
        "enero .ene, febrero, marzo, abril .abr, mayo?, junio, julio, agosto .ago, septiembre setiembre, octubre, \
         noviembre, diciembre .dic",
    ),
    names(
        "pt",
        "janeiro, fevereiro .fev, março, abril .abr, maio .mai, junho, julho, agosto .ago, setembro .set, \
         outubro .out, novembro, dezembro .dez",
    ),
    names(
        "it",
        "gennaio .gen?, febbraio .febbr, marzo, aprile, maggio .mag, giugno .giu, luglio .lug, agosto .ago, \
         settembre .set .sett, ottobre .ott, novembre, dicembre .dic",
    ),
    names(
        "ca",
        "gener .gen?, febrer .febr, març, abril .abr, maig, juny, juliol, agost .ag, setembre .set, octubre, novembre, \
         desembre .des?",
    ),
    names(
        "gl",
        "xaneiro .xan, febreiro, marzo, abril .abr, maio, xuño .xuñ, xullo .xul, agosto, setembro .set, outubro .out, \
         novembro, decembro",
    ),
    names(
        "nl",
        "januari, februari, maart .mrt, april, mei, juni, juli, augustus, september, oktober .okt, november, december",
    ),
    names(
        "sv",
        "januari, februari, mars?, april, maj, juni, juli, augusti, september, oktober .okt, november, december",
    ),
    names(
        "da",
        "januar, februar, marts, april, maj, juni, juli, august, september, oktober .okt, november, december",
    ),
    names(
        "no nb nn",
        "januar, februar, mars?, april, mai, juni, juli, august, september, oktober .okt, november, desember .des?",
    ),
    names(
        "is",
        "janúar, febrúar, mars?, apríl, maí, júní .jún, júlí .júl, ágúst .ágú, september, október .okt, \
         nóvember .nóv, desember .des?",
    ),
    names(
        "fi",
        "tammikuuta tammikuu tammikuun tammikuussa .tammi, helmikuuta helmikuu helmikuun helmikuussa .helmi, \
         maaliskuuta maaliskuu maaliskuun maaliskuussa .maalis, huhtikuuta huhtikuu huhtikuun huhtikuussa .huhti, \
         toukokuuta toukokuu toukokuun toukokuussa .touko, kesäkuuta kesäkuu kesäkuun kesäkuussa .kesä, \
         heinäkuuta heinäkuu heinäkuun heinäkuussa .heinä, elokuuta elokuu elokuun elokuussa .elo?, \
         syyskuuta syyskuu syyskuun syyskuussa .syys, lokakuuta lokakuu lokakuun lokakuussa .loka, \
         marraskuuta marraskuu marraskuun marraskuussa .marras, joulukuuta joulukuu joulukuun joulukuussa .joulu",
    ),
    names(
        "et",
        "jaanuar .jaan, veebruar .veebr, märts, aprill, mai, juuni, juuli, august, september, oktoober .okt, \
         november, detsember .dets",
    ),
    names(
        "lv",
        "janvāris janvārī .janv, februāris februārī .febr, marts martā, aprīlis aprīlī, maijs maijā, jūnijs jūnijā .jūn, \
         jūlijs jūlijā .jūl, augusts augustā, septembris septembrī, oktobris oktobrī .okt, novembris novembrī, \
         decembris decembrī",
    ),
    names(
        "lt",
        "sausio sausis .saus, vasario vasaris, kovo kovas .kov, balandžio balandis, gegužės gegužė .geg, \
         birželio birželis .birž, liepos liepa? .liep, rugpjūčio rugpjūtis .rugp, rugsėjo rugsėjis .rugs, \
         spalio spalis .spal, lapkričio lapkritis .lapkr, gruodžio gruodis .gruod",
    ),
    names(
        "pl",
        "stycznia styczeń styczniu .sty, lutego luty lutym .lut, marca? marzec marcu .mar, \
         kwietnia kwiecień kwietniu .kwi, maja? maj maju, czerwca czerwiec czerwcu .cze, lipca lipiec lipcu .lip?, \
         sierpnia sierpień sierpniu .sie?, września wrzesień wrześniu .wrz, \
         października październik październiku .paź, listopada listopad listopadzie .lis?, \
         grudnia grudzień grudniu .gru",
    ),
    names(
        "cs",
        "ledna leden? lednu .led?, února únor únoru .úno, března březen březnu .bře, dubna duben dubnu .dub?, \
         května květen květnu .kvě, června červen červnu .čvn, července červenec červenci .čvc, \
         srpna srpen srpnu .srp?, září .zář, října říjen říjnu .říj, listopadu listopad .lis?, \
         prosince prosinec prosinci .pro?",
    ),
    names(
        "sk",
        "januára január januári, februára február februári, marca? marec marci, apríla apríl apríli, mája máj máji, \
         júna jún júni, júla júl júli, augusta august auguste, septembra september, októbra október .okt, \
         novembra november, decembra december",
    ),
    names(
        "sl",
        "januarja januar, februarja februar, marca? marec, aprila april, maja? maj, junija junij, julija? julij, \
         avgusta avgust .avg, septembra september, oktobra oktober .okt, novembra november, decembra december",
    ),
    names(
        "hr",
        "siječnja siječanj siječnju .sij, veljače veljača veljači .velj, ožujka ožujak ožujku .ožu, \
         travnja travanj travnju .tra?, svibnja svibanj svibnju .svi?, lipnja lipanj lipnju .lip?, \
         srpnja srpanj srpnju .srp?, kolovoza kolovoz kolovozu .kol?, rujna rujan rujnu .ruj, \
         listopada listopad .lis?, studenoga studenog studeni studenom .stu?, \
         prosinca prosinac prosincu .pro?",
    ),
    names(
        "sr bs",
        "januar januara januaru, februar februara februaru, mart? marta? martu, april aprila aprilu, maj maja? maju, \
         jun juna junu juni, jul jula julu juli, avgust avgusta avgustu august augusta .avg, \
         septembar septembra septembru, oktobar oktobra oktobru .okt, novembar novembra novembru, \
         decembar decembra decembru",
    ),
    names(
        "sr bs",
        "јануар јануара јануару .јан, фебруар фебруара фебруару .феб, март марта марту .мар, април априла априлу .апр, \
         мај маја мају, јун јуна јуну јуни, јул јула јулу јули, август августа августу .авг, \
         септембар септембра септембру .сеп .септ, октобар октобра октобру .окт, новембар новембра новембру .нов, \
         децембар децембра децембру .дец",
    ),
    names(
        "mk",
        "јануари .јан, февруари .фев, март .мар, април .апр, мај, јуни, јули, август .авг, септември .сеп .септ, \
         октомври .окт, ноември .ное, декември .дек",
    ),
    names(
        "bg",
        "януари .яну .ян, февруари .фев .февр, март .мар, април .апр, май, юни, юли, август .авг, \
         септември .сеп .септ, октомври .окт, ноември .ное .ноем, декември .дек",
    ),
    names(
        "uk",
        "січня січень січні .січ, лютого лютий лютому .лют, березня березень березні .бер, \
         квітня квітень квітні .кві .квіт, травня травень травні .тра .трав, червня червень червні .чер .черв, \
         липня липень липні .лип, серпня серпень серпні .сер .серп, вересня вересень вересні .вер .верес, \
         жовтня жовтень жовтні .жов .жовт, листопада листопад листопаді .лис? .лист?, \
         грудня грудень грудні .гру .груд",
    ),
    names(
        "be",
        "студзеня студзень .сту, лютага люты .лют, сакавіка сакавік .сак, красавіка красавік .кра, мая травеня, \
         чэрвеня чэрвень .чэр, ліпеня ліпень .ліп, жніўня жнівень .жні, верасня верасень .вер, \
         кастрычніка кастрычнік .кас?, лістапада лістапад .ліс?, снежня снежань .сне",
    ),
    names(
        "ru",
        "января январь январе .янв, февраля февраль феврале .фев .февр, марта март марте .мар, \
         апреля апрель апреле .апр, мая май мае, июня июнь июне .июн, июля июль июле .июл, \
         августа август августе .авг, сентября сентябрь сентябре .сен .сент, октября октябрь октябре .окт, \
         ноября ноябрь ноябре .ноя .нояб, декабря декабрь декабре .дек",
    ),
    names(
        "ro",
        "ianuarie .ian, februarie, martie, aprilie, mai, iunie .iun, iulie .iul, august, septembrie, octombrie, \
         noiembrie .noi, decembrie",
    ),
    names(
        "hu",
        "január januári, február februári .febr, március márciusi .márc, április áprilisi .ápr, május májusi .máj, \
         június júniusi .jún, július júliusi .júl, augusztus augusztusi, szeptember szeptemberi .szept, \
         október októberi .okt, november novemberi, december decemberi",
    ),
    names(
        "el",
        "ιανουαρίου ιανουάριος ιανουάριο .ιαν, φεβρουαρίου φεβρουάριος φεβρουάριο .φεβ .φεβρ, \
         μαρτίου μάρτιος μάρτιο .μαρ, απριλίου απρίλιος απρίλιο .απρ, μαΐου μάιος μάιο .μαι, \
         ιουνίου ιούνιος ιούνιο .ιουν, ιουλίου ιούλιος ιούλιο .ιουλ, αυγούστου αύγουστος αύγουστο .αυγ, \
         σεπτεμβρίου σεπτέμβριος σεπτέμβριο .σεπ .σεπτ, οκτωβρίου οκτώβριος οκτώβριο .οκτ, \
         νοεμβρίου νοέμβριος νοέμβριο .νοε .νοεμ, δεκεμβρίου δεκέμβριος δεκέμβριο .δεκ",
    ),
    names(
        "tr",
        "ocak .oca, şubat subat .şub, mart? .mar, nisan .nis?, mayıs mayis, haziran .haz?, temmuz .tem?, \
         ağustos agustos .ağu, eylül eylul .eyl, ekim .eki, kasım kasim .kas?, aralık aralik .ara?",
    ),
    names(
        "id",
        "januari, februari pebruari, maret .mar, april, mei, juni, juli, agustus .agu .agt .ags, september, \
         oktober .okt, november nopember .nop, desember .des?",
    ),
    names(
        "ms",
        "januari, februari, mac?, april, mei, jun, julai, ogos .ogo, september, oktober .okt, november, disember .dis?",
    ),
    names(
        "tl",
        "enero .ene, pebrero .peb, marso, abril .abr, mayo?, hunyo .hun, hulyo .hul, agosto .ago, setyembre .set, \
         oktubre .okt, nobyembre .nob, disyembre .dis?",
    ),
    names(
        "sw",
        "januari, februari, machi? .mac?, aprili, mei, juni, julai, agosti, septemba, oktoba .okt, novemba, desemba .des?",
    ),
    names(
        "he",
        "ינואר .ינו, פברואר .פבר, מרץ מרס, אפריל .אפר, מאי, יוני, יולי, אוגוסט .אוג, ספטמבר .ספט, אוקטובר .אוק, \
         נובמבר .נוב, דצמבר .דצמ",
    ),
    // Of Egypt and the Gulf, of the Levant, and of the Maghreb.
    names(
        "ar",
        "يناير, فبراير, مارس, أبريل, مايو, يونيو يونيه, يوليو يوليه, أغسطس, سبتمبر, أكتوبر, نوفمبر, ديسمبر",
    ),
    names(
        "ar",
        "كانون_الثاني, شباط, آذار, نيسان, أيار, حزيران, تموز, آب?, أيلول, تشرين_الأول, تشرين_الثاني, كانون_الأول",
    ),
    names("ar", "جانفي, فيفري, مارس, أفريل, ماي, جوان, جويلية يوليوز, أوت غشت, شتنبر, أكتوبر, نونبر, دجنبر"),
    names(
        "fa",
        "ژانویه, فوریه, مارس, آوریل, مه? می?, ژوئن, ژوئیه ژوییه جولای, اوت آگوست, سپتامبر, اکتبر, نوامبر, دسامبر",
    ),
    counted(
        "fa",
        Calendar::Persian,
        "فروردین, اردیبهشت, خرداد, تیر, مرداد امرداد, شهریور, مهر, آبان, آذر, دی, بهمن, اسفند",
    ),
    // Of Afghanistan.
    counted("fa ps", Calendar::Persian, "حمل, ثور, جوزا, سرطان, اسد, سنبله, میزان, عقرب, قوس, جدی, دلو, حوت"),
    names("ur", "جنوری, فروری, مارچ, اپریل, مئی, جون, جولائی, اگست, ستمبر, اکتوبر, نومبر, دسمبر"),
    names(
        "hi",
        "जनवरी .जन, फ़रवरी फरवरी .फ़र .फर, मार्च, अप्रैल .अप्रै, मई, जून, जुलाई .जुल, अगस्त .अग, सितंबर सितम्बर .सित, \
         अक्टूबर अक्तूबर .अक्टू, नवंबर नवम्बर .नव, दिसंबर दिसम्बर .दिस",
    ),
    names(
        "mr",
        "जानेवारी .जाने, फेब्रुवारी .फेब्रु, मार्च, एप्रिल .एप्रि, मे, जून, जुलै, ऑगस्ट .ऑग, सप्टेंबर .सप्टें, ऑक्टोबर .ऑक्टो, \
         नोव्हेंबर .नोव्हें, डिसेंबर .डिसें",
    ),
    names(
        "bn",
        "জানুয়ারি জানুয়ারী .জানু, ফেব্রুয়ারি ফেব্রুয়ারী .ফেব, মার্চ, এপ্রিল .এপ্রি, মে, জুন, জুলাই .জুল, \
         আগস্ট অগস্ট .আগ, সেপ্টেম্বর .সেপ .সেপ্ট, অক্টোবর .অক্টো, নভেম্বর .নভে, ডিসেম্বর .ডিসে",
    ),
    names(
        "ta",
        "ஜனவரி .ஜன, பிப்ரவரி .பிப், மார்ச் .மார், ஏப்ரல் .ஏப், மே, ஜூன், ஜூலை, ஆகஸ்ட் .ஆக, செப்டம்பர் .செப், \
         அக்டோபர் .அக், நவம்பர் .நவ, டிசம்பர் .டிச",
    ),
    names(
        "te",
        "జనవరి .జన, ఫిబ్రవరి .ఫిబ్ర, మార్చి, ఏప్రిల్ .ఏప్రి, మే, జూన్, జులై జూలై, ఆగస్టు .ఆగ, సెప్టెంబర్ .సెప్టెం, \
         అక్టోబర్ .అక్టో, నవంబర్ .నవం, డిసెంబర్ .డిసెం",
    ),
    counted(
        "th",
        Calendar::Buddhist,
        "มกราคม .ม.ค, กุมภาพันธ์ .ก.พ, มีนาคม .มี.ค, เมษายน .เม.ย, พฤษภาคม .พ.ค, มิถุนายน .มิ.ย, กรกฎาคม .ก.ค, \
         สิงหาคม .ส.ค, กันยายน .ก.ย, ตุลาคม .ต.ค, พฤศจิกายน .พ.ย, ธันวาคม .ธ.ค",
    ),
];

/// The prefix "in", which Hebrew writes onto a month.
const HEBREW_IN: char = 'ב';

/// The word "month", which Persian writes behind a name, and onto it.
const PERSIAN_MONTH: &str = "ماه";

/// Bytes of the longest word that is looked up. No month has a longer name.
const MAX_NAME_BYTES: usize = 64;

/// Letters of the shortest Latin name that a day and a year around it tell from what else it means: `5 mars 2021`, but
/// not `12 des 2021`, which French has for other things.
const TOLD_BY_A_DAY_LETTERS: usize = 4;

/// A month that a word names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Month {
    /// 1 to 12.
    pub(super) number: i8,
    pub(super) calendar: Calendar,
    /// Whether it needs no day beside it to be told from what else the word means.
    pub(super) is_certain: bool,
    /// Whether the word is the whole name.
    pub(super) is_full: bool,
}

/// What one or more languages mean by a word.
#[derive(Clone, Debug)]
struct Meaning {
    number: i8,
    calendar: Calendar,
    codes: Vec<&'static str>,
    is_abbreviation: bool,
    is_word: bool,
}

/// What each name means, folded, and the first words of those of two.
struct Known {
    meanings: HashMap<String, Vec<Meaning>>,
    first_words: HashSet<String>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut known = Known { meanings: HashMap::new(), first_words: HashSet::new() };
    for row in MONTHS {
        for (number, of_month) in (1..).zip(row.of_months.split(',')) {
            for name in of_month.split_whitespace() {
                known.add(row, number, name);
            }
        }
    }
    known
});

impl Known {
    fn add(&mut self, row: &Names, number: i8, name: &str) {
        let is_word = name.ends_with('?');
        let is_abbreviation = name.starts_with('.');
        let name = folded(name.trim_start_matches('.').trim_end_matches('?')).replace('_', " ");
        if let Some((first, _)) = name.split_once(' ') {
            self.first_words.insert(first.to_owned());
        }
        if row.codes == "he" {
            self.mean(format!("{HEBREW_IN}{name}"), row, number, (is_abbreviation, is_word));
        }
        self.mean(name, row, number, (is_abbreviation, is_word));
    }

    fn mean(&mut self, name: String, row: &Names, number: i8, (is_abbreviation, is_word): (bool, bool)) {
        let meanings = self.meanings.entry(name).or_default();
        let same = meanings.iter_mut().find(|known| known.number == number && known.calendar == row.calendar);
        match same {
            Some(known) => {
                known.codes.extend(row.codes.split(' '));
                known.is_abbreviation &= is_abbreviation;
                known.is_word |= is_word;
            }
            None => {
                let codes = row.codes.split(' ').collect();
                meanings.push(Meaning { number, calendar: row.calendar, codes, is_abbreviation, is_word });
            }
        }
    }
}

/// The month that `word` names, of whatever case, where dates are written by `habit`.
pub(super) fn named(word: &str, habit: Habit) -> Option<Month> {
    if word.len() > MAX_NAME_BYTES {
        return None;
    }
    let word = folded(word);
    let name = word.strip_suffix(PERSIAN_MONTH).filter(|name| !name.is_empty()).unwrap_or(&word);
    let meanings = KNOWN.meanings.get(name)?;
    let is_of = |code: &str, meaning: &Meaning| meaning.codes.contains(&code);
    let code = habit.language.as_ref().map_or("", Language::code);
    let spoken = meanings.iter().find(|meaning| is_of(code, meaning));
    let meaning = match meanings.as_slice() {
        [only] => only,
        _ => spoken?,
    };
    let is_certain = spoken.is_some()
        || habit.is_asked
        || is_of("en", meaning)
        || !meaning.is_abbreviation && !meaning.is_word;
    let may_be_another = meaning.is_word && word.is_ascii() && word.len() < TOLD_BY_A_DAY_LETTERS;
    (is_certain || !may_be_another).then_some(Month {
        number: meaning.number,
        calendar: meaning.calendar,
        is_certain,
        is_full: !meaning.is_abbreviation,
    })
}

/// Whether `word` names one month in one language and another in another: the language alone would tell.
pub(super) fn is_of_several(word: &str) -> bool {
    word.len() <= MAX_NAME_BYTES
        && KNOWN.meanings.get(&*folded(word)).is_some_and(|meanings| meanings.len() > 1)
}

/// Whether `word` may be the first of a name of two.
pub(super) fn is_first_of_two(word: &str) -> bool {
    word.len() <= MAX_NAME_BYTES && KNOWN.first_words.contains(&*folded(word))
}

/// `word` as it is looked up: in lower case, without what its spellings differ in.
fn folded(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        let has_capitals = word.bytes().any(|b| b.is_ascii_uppercase());
        return if has_capitals { Cow::Owned(word.to_ascii_lowercase()) } else { Cow::Borrowed(word) };
    }
    let mut base = '\0';
    let kept = word.chars().flat_map(char::to_lowercase).nfd().filter_map(|c| {
        if ('\u{300}'..='\u{36f}').contains(&c) {
            // Accents of Greek, which capitals lack, and the point of a Turkish `İ`.
            let is_left_out = ('\u{370}'..='\u{3ff}').contains(&base) || base == 'i' && c == '\u{307}';
            return (!is_left_out).then_some(c);
        }
        base = c;
        match c {
            // Vowel signs and hamzas of Arabic, its tatweel, points of Hebrew, joiners.
            '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{640}'
            | '\u{591}'..='\u{5c7}'
            | '\u{200c}'
            | '\u{200d}' => None,
            'ı' => Some('i'),
            'ς' => Some('σ'),
            'ى' | 'ی' => Some('ي'),
            'ک' => Some('ك'),
            c => Some(c),
        }
    });
    Cow::Owned(kept.nfc().collect())
}
