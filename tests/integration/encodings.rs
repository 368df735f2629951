//! The same page in every encoding that its language was ever saved in gives the same article.
//!
//! Pages of the corpus are transcoded here; for languages that it lacks there are texts of our own. What an encoding
//! can't write becomes a numeric reference, as browsers do it. Each page is read with its encoding declared, and, where
//! texts of that length can be told apart, with nothing declared at all.

use std::fs;
use std::path::Path;

use encoding_rs::{Encoding, UTF_8};
use ibid::extract::{CharsetSource, Extraction, Options, Warning, extract};
use ibid::model::{Locator, MediaType, Metadata, RawDocument};

/// A page of the corpus, and the encodings to save it in: declared or not, and only declared.
const CORPUS: &[(&str, &[&str], &[&str])] = &[
    (
        "akhtuba/2024/mel-na-kaspii.htm",
        &["windows-1251", "koi8-r", "koi8-u", "iso-8859-5", "ibm866", "x-mac-cyrillic"],
        &[],
    ),
    ("almina-institute/2017/daam-al-khubz.htm", &["windows-1256", "iso-8859-6"], &[]),
    ("sahab/2019/garmi-ki-lehar.html", &[], &["windows-1256"]),
    ("chenghu/2021/changhu-baoxian.shtml.html", &["gbk", "gb18030"], &["big5"]),
    (
        "observatoire-rural/2013/certificats-fonciers.html",
        &["windows-1252", "iso-8859-1", "macintosh"],
        &["iso-8859-15", "windows-1254"],
    ),
    (
        "hollerbach/2024/waermeplan-der-kleinen.html",
        &["windows-1252", "macintosh"],
        &["iso-8859-2", "iso-8859-15", "iso-8859-16", "windows-1250"],
    ),
    (
        "puerto-claro/2012/buses-que-llegan.html",
        &["windows-1252", "iso-8859-1"],
        &["iso-8859-15", "macintosh"],
    ),
    (
        "castellan-brief/Hands off the grid - The Castellan Brief.htm",
        &["windows-1252"],
        &["iso-8859-15", "macintosh"],
    ),
];

/// A language, a text in it, and the encodings to save it in, as above.
const TEXTS: &[(&str, &str, &[&str], &[&str])] = &[
    (
        "cs",
        "Komise se sešla na jaře, projednala čtyři návrhy a žádný z nich nepřijala. Její členové se nedokázali shodnout, \
            kdo má zaplatit, a ministerstvu už nezbývaly žádné peníze. O rok později se tytéž návrhy vrátily pod jinými jmény.",
        &["windows-1250", "iso-8859-2"],
        &[],
    ),
    (
        "pl",
        "Komisja zebrała się wiosną, rozpatrzyła cztery wnioski i żadnego z nich nie przyjęła. Jej członkowie nie mogli \
            się zgodzić, kto ma zapłacić, a ministerstwo nie miało już pieniędzy. Rok później te same wnioski wróciły.",
        &["windows-1250", "iso-8859-2"],
        &["windows-1257", "iso-8859-13", "iso-8859-16"],
    ),
    (
        "hu",
        "A bizottság tavasszal ült össze, négy javaslatot vizsgált meg, és egyiket sem fogadta el. Tagjai nem tudtak \
            megegyezni arról, ki fizessen, és a minisztériumnak már nem volt pénze. Egy évvel később ugyanezek a javaslatok \
            tértek vissza, és megint nem történt semmi a kutak ügyében, holott a víz egyre fogyott.",
        &["windows-1250", "iso-8859-2"],
        &[],
    ),
    (
        "ro",
        "Comisia s-a întrunit primăvara, a analizat patru propuneri și nu a adoptat niciuna. Membrii săi nu au putut să \
            se înțeleagă cine să plătească, iar ministerul nu mai avea bani.",
        &[],
        &["iso-8859-16"],
    ),
    (
        "el",
        "Η επιτροπή συνεδρίασε την άνοιξη, εξέτασε τέσσερις προτάσεις και δεν ενέκρινε καμία. Τα μέλη της δεν μπόρεσαν να \
            συμφωνήσουν ποιος θα πληρώσει, και το υπουργείο δεν είχε πια χρήματα.",
        &["windows-1253", "iso-8859-7"],
        &[],
    ),
    (
        "tr",
        "Komisyon ilkbaharda toplandı, dört öneriyi görüştü ve hiçbirini kabul etmedi. Üyeleri kimin ödeyeceği konusunda \
            anlaşamadı, bakanlığın da parası kalmamıştı. Bir yıl sonra aynı öneriler başka adlarla geri geldi.",
        &["windows-1254"],
        &["iso-8859-9", "iso-8859-3"],
    ),
    (
        "he",
        "הוועדה התכנסה באביב, דנה בארבע הצעות ולא קיבלה אף אחת מהן. חבריה לא הצליחו להסכים מי ישלם, ולמשרד לא נותר כסף. \
            שנה אחר כך חזרו אותן הצעות בשמות אחרים.",
        &["windows-1255"],
        &["iso-8859-8", "iso-8859-8-i"],
    ),
    (
        "lt",
        "Komisija susirinko pavasarį, apsvarstė keturis pasiūlymus ir nė vieno nepriėmė. Jos nariai negalėjo susitarti, kas \
            turi mokėti, o ministerija nebeturėjo pinigų. Po metų tie patys pasiūlymai grįžo kitais vardais.",
        &["windows-1257", "iso-8859-4"],
        &["iso-8859-13", "iso-8859-10"],
    ),
    (
        "lv",
        "Komisija sanāca pavasarī, izskatīja četrus priekšlikumus un nevienu nepieņēma. Tās locekļi nespēja vienoties, kuram \
            jāmaksā, un ministrijai vairs nebija naudas. Pēc gada tie paši priekšlikumi atgriezās.",
        &["windows-1257"],
        &["iso-8859-4", "iso-8859-13"],
    ),
    (
        "vi",
        "Ủy ban họp vào mùa xuân, xem xét bốn đề xuất và không thông qua đề xuất nào. Các thành viên không thể thống nhất ai \
            sẽ trả tiền, còn bộ thì không còn tiền.",
        &[],
        &["windows-1258"],
    ),
    (
        "th",
        "คณะกรรมการประชุมกันในฤดูใบไม้ผลิ พิจารณาข้อเสนอสี่ข้อและไม่รับข้อใดเลย สมาชิกตกลงกันไม่ได้ว่าใครควรจ่าย และกระทรวงก็ไม่มีเงินเหลือแล้ว",
        &["windows-874", "tis-620"],
        &[],
    ),
    (
        "ja",
        "委員会は春に開かれ、四つの提案を検討したが、どれも採択しなかった。だれが費用を払うべきかについて委員の意見がまとまらず、\
            省にも予算は残っていなかった。一年後、同じ提案が別の名前でふたたび出された。",
        &["shift_jis", "euc-jp", "iso-2022-jp"],
        &[],
    ),
    (
        "ko",
        "위원회는 봄에 열려 네 가지 제안을 검토했으나 하나도 채택하지 않았다. 누가 비용을 내야 하는지 위원들의 뜻이 모이지 않았고, \
            부처에도 남은 예산이 없었다. 일 년 뒤 같은 제안이 다른 이름으로 돌아왔다.",
        &["euc-kr"],
        &[],
    ),
    (
        "zh-TW",
        "委員會在春天開會，審議了四項提案，一項也沒有採納。委員們對由誰付款無法達成一致，部裡也已經沒有經費。一年後，同樣的提案換了名稱又回來了。",
        &["big5"],
        &[],
    ),
    (
        "uk",
        "Комісія зібралася навесні, розглянула чотири пропозиції й не ухвалила жодної. Її члени не змогли домовитися, хто має \
            платити, а міністерство вже не мало грошей. За рік ті самі пропозиції повернулися під іншими назвами.",
        &["windows-1251", "koi8-u"],
        &["iso-8859-5", "x-mac-cyrillic"],
    ),
    (
        "eo",
        "La komisiono kunvenis en printempo, konsideris kvar proponojn kaj akceptis neniun el ili. Ĝiaj membroj ne povis \
            interkonsenti, kiu pagu, ĉar ankaŭ la ministerio ne plu havis monon.",
        &[],
        &["iso-8859-3"],
    ),
    (
        "ga",
        "Tháinig an coimisiún le chéile san earrach, phléigh sé ceithre mholadh agus níor ghlac sé le ceann ar bith acu.",
        &[],
        &["iso-8859-14", "windows-1252"],
    ),
    (
        "is",
        "Nefndin kom saman um vorið, ræddi fjórar tillögur og samþykkti enga þeirra. Félagar hennar gátu ekki komið sér \
            saman um hver ætti að borga, og ráðuneytið átti ekkert fé eftir.",
        &["windows-1252"],
        &["iso-8859-10", "macintosh"],
    ),
];

fn page(name: &str) -> String {
    let bytes = fs::read(Path::new("corpus").join(name)).unwrap();
    // The corpus itself has pages in legacy encodings.
    let raw = extracted(&bytes);
    let encoding = Encoding::for_label(raw.charset.as_bytes()).unwrap();
    without_declarations(&encoding.decode(&bytes).0)
}

fn page_of(language: &str, text: &str) -> String {
    let title = text.split([',', '，', '、', ' ']).next().unwrap();
    format!(
        "<!DOCTYPE html><html lang={language}><head><title>{title}</title></head><body><main><h1>{title}</h1>\
         <p>{text}</p><p>{text} 1.</p><p>{text} 2.</p></main></body></html>"
    )
}

/// `page` with its declarations made to say nothing.
fn without_declarations(page: &str) -> String {
    ["charset=", "CHARSET=", "encoding="]
        .iter()
        .fold(page.to_owned(), |page, name| page.replace(name, "said="))
}

fn declaring(page: &str, label: &str) -> String {
    let at = page.to_ascii_lowercase().find("<head").unwrap();
    let end = at + page[at..].find('>').unwrap() + 1;
    format!("{}<meta charset=\"{label}\">{}", &page[..end], &page[end..])
}

fn encoded(page: &str, label: &str) -> Vec<u8> {
    Encoding::for_label(label.as_bytes()).unwrap().encode(page).0.into_owned()
}

fn utf16(page: &str, big: bool, marked: bool) -> Vec<u8> {
    let units = marked.then_some(0xfeff).into_iter().chain(page.encode_utf16());
    units.flat_map(|unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

fn extracted(bytes: &[u8]) -> Extraction {
    let raw = RawDocument {
        locator: Locator::from_stored("/archive/page.html"),
        media_type: MediaType::Html,
        charset: None,
        metadata: Metadata::default(),
        bytes: bytes.to_vec(),
        missing: None,
        unread: Vec::new(),
    };
    extract(&raw, &Options::default()).unwrap()
}

/// Makes sure that `bytes` give the article of `page`.
#[track_caller]
fn check(page: &str, bytes: &[u8], what: &str) -> Extraction {
    let (expected, found) = (extracted(page.as_bytes()), extracted(bytes));
    assert_eq!(found.article, expected.article, "{what}, read as {}", found.charset);
    assert!(
        !found.warnings.contains(&Warning::Malformed) && !found.warnings.contains(&Warning::Doubtful),
        "{what}"
    );
    found
}

fn check_in(page: &str, name: &str, guessed: &[&str], declared: &[&str]) {
    for label in guessed.iter().chain(declared) {
        let declaring = declaring(page, label);
        let found = check(&declaring, &encoded(&declaring, label), &format!("{name} declared as {label}"));
        let seven_bit = *label == "iso-2022-jp";
        assert!(seven_bit || found.charset_source == CharsetSource::Declaration, "{name} in {label}");
    }
    for label in guessed {
        check(page, &encoded(page, label), &format!("{name} in {label}, undeclared"));
    }
}

/// The corpus in the legacy encodings of its languages.
#[test]
fn pages_of_the_corpus_are_read_in_any_encoding() {
    for (name, guessed, declared) in CORPUS {
        check_in(&page(name), name, guessed, declared);
    }
}

/// Languages that the corpus lacks.
#[test]
fn texts_of_other_languages_are_read_in_any_encoding() {
    for (language, text, guessed, declared) in TEXTS {
        check_in(&page_of(language, text), language, guessed, declared);
    }
}

/// UTF-16 in both orders, and UTF-8 with a mark, whatever the page declares.
#[test]
fn unicode_is_read_with_and_without_a_mark() {
    let corpus = CORPUS.iter().map(|(name, ..)| page(name));
    let texts = TEXTS.iter().map(|(language, text, ..)| page_of(language, text));
    for page in corpus.chain(texts).map(|page| declaring(&page, "utf-8")) {
        for (big, marked) in [(false, false), (false, true), (true, false), (true, true)] {
            let what = format!("UTF-16, big: {big}, marked: {marked}");
            check(&page, &utf16(&page, big, marked), &what);
        }
        check(&page, &[b"\xef\xbb\xbf", page.as_bytes()].concat(), "UTF-8 with a mark");
    }
}

/// One page in ten that declares a legacy encoding is UTF-8 all the same.
#[test]
fn utf8_is_read_whatever_the_page_declares() {
    for (name, guessed, declared) in CORPUS {
        let page = page(name);
        for label in guessed.iter().chain(*declared).take(2) {
            let lying = declaring(&page, label);
            let found = check(&page, lying.as_bytes(), &format!("{name} in UTF-8, declared as {label}"));
            assert_eq!(found.charset, UTF_8.name());
        }
    }
}
