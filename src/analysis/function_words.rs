//! Function words of languages that the lists of NLTK lack: articles, pronouns, prepositions, conjunctions and the
//! forms of `to be` and the like, by the languages' grammars.
//!
//! They say nothing of what a text is about, but much of its language. What tells a subject is left out, and so is what
//! is another word without its accents.

/// By the code of a language, words with a space between.
const FUNCTION_WORDS: [(&str, &str); 10] = [
    (
        "bg",
        "а аз ако без беше бил била били бъде в вие все вече ги го да дали до докато е ето за защо и из или им има \
         как както какво каква какви като когато който която което които към ли ме между ми му на над не него нея ние \
         но ни о обаче от още по под поради при преди през с са само се си след според срещу със съм също така такива те \
         тези ти това този тази той тя у чрез че ще я",
    ),
    (
        "cs",
        "a aby ale anebo ani až bez bude budou by byl byla byli bylo byly být během co což či do ho i já jak jako je jeho \
         její jejich jen jejichž ještě již jsem jsme jsou k kde kdo kdy když ke která které kterou který kterého kterém \
         kterým kteří kterých kvůli ma má mají mezi mi mu na nad nebo než ni není o od on ona oni ono po pod podle pokud \
         pro proč proti protože před přes přesto při s se si ta tak také takže tam tato té tedy ten tento této tím to tom \
         tohoto toho tomu tu ty u už v ve však z za ze že",
    ),
    (
        "fa",
        "از است اما آن آنها آنان این اینکه اگر با باید باشد بر برای بود بودند بودن به بی بین تا توسط تو چون چه چگونه چرا \
         خود در درباره دیگر را روی سپس شد شدند شده شدن شود شوند می ما من نیز نه نیست نمی و وی هم همه همین همان هر ها های \
         هایی هستند هست که کرد کردند کرده کردن کند کنند کنم یا یک یکی",
    ),
    (
        "hi",
        "का की के को में से पर ने है हैं था थी थे और या कि यह ये वह वे इस इसके इसकी इसका उस उसके उनके इन उन जो तो भी ही नहीं एक कर \
         करने करना करता करते करती किया किए लिए साथ बाद तक अपने अपनी अपना होने होना होता होती होते हो हुआ हुए हुई गया गई \
         गए रहा रही रहे जा जाता जाती द्वारा कैसे क्या क्यों जब तब अब कुछ",
    ),
    (
        "hr",
        "a ali bez bi bila bile bili bilo bio biti će da do dok gdje i ih ili im ima iz iza između ja je jer još kad kada \
         kako kao kod koja koje koji kojih kojim kojima kojem koju kroz li među mi mu na nad nakon ne nego neka nije nisu \
         no ni o od oko on ona oni ono ova ovaj ove ovo po pod pored prema pri prije protiv s sa samo se si smo ste su što \
         ta taj tako također te ti to toga tom u uz već vi za zbog",
    ),
    (
        "pl",
        "a aby albo ale ani bez bo by być był była było były będą będzie co czy dla do gdy gdyż gdzie go i ich im iż ja jak \
         jako je jego jej jest jeszcze jeśli już kiedy kto która które którego której którą który których którym którzy lub \
         ma mają między mi mnie mu my na nad nam nas nią nich nie niej nim niż o od on ona one oni oraz po pod podczas \
         ponieważ przeciw przeciwko przed przez przy są się sobie ta tak także tam te tego tej ten to też tu tych tym tymi \
         tylko w we więc wobec wśród z za ze został została zostało zostały że żeby",
    ),
    (
        "sk",
        "a aby ale alebo ani až bez bol bola boli bolo bude budú by byť cez čo či do ho i ich im ja jeho jej je k ku kde keď \
         keďže kto ktorá ktoré ktorí ktorý ktorého ktorej ktorom ktorých ktorým ktorú kvôli lebo má majú medzi mi mu na nad \
         nie o od on ona oni ono po pod podľa pokiaľ pre pred preto pretože pri proti s sa si so som sme sú ta táto tak \
         takže tam ten tento tieto tejto to toho tohto tom tomto tu ty tým u už v vo však z za zo že",
    ),
    (
        "sr",
        "а али без би била биле били било био бити да до док где ће и из или им има између ја је јер још када како као код \
         која које који којих којим којима којем коју кроз ли међу ми му на над након не него није нису но ни о од око он \
         она они оно ова овај ове ово по под поред према при пре после против с са само се си смо сте су што та тај тако \
         такође те ти то тога том у уз већ ви за због",
    ),
    (
        "uk",
        "а або але без би був була були було бути в вам вас вже ви від він вона вони воно для до є з за зі й його і із \
         її їх їм їхній коли котрий крім ми між має мають на над нас не неї нею них ні ніж під після при про проти \
         та так також там те ти тим тих то того тому тут у уже хто це цей ця цю ці цього цієї цих цим через чи що щоб щодо \
         як яка яке яку який які якого якій яких якщо",
    ),
    (
        "ur",
        "کا کی کے کو میں سے پر نے ہے ہیں تھا تھی تھے اور یا کہ یہ وہ اس ان جو تو بھی ہی نہیں ایک کر کرنے کرنا کرتا کرتے \
         کیا کئے لیے لئے ساتھ بعد تک اپنے اپنی اپنا ہو ہونے ہوتا ہوتی ہوا ہوئے ہوئی گیا گئی گئے رہا رہی رہے جا جاتا جاتی \
         کیسے کیوں جب تب اب کچھ",
    ),
];

/// The function words of the language with this `code`, none if they aren't listed.
pub(super) fn function_words(code: &str) -> impl Iterator<Item = &'static str> {
    let of_language = FUNCTION_WORDS.binary_search_by_key(&code, |&(code, _)| code).ok();
    of_language.into_iter().flat_map(|at| FUNCTION_WORDS[at].1.split(' '))
}

/// The codes of the languages that have some here, sorted.
pub(super) fn listed_languages() -> impl Iterator<Item = &'static str> {
    FUNCTION_WORDS.iter().map(|&(code, _)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_listed_once() {
        assert!(listed_languages().is_sorted());
        for (code, _) in FUNCTION_WORDS {
            let mut words: Vec<&str> = function_words(code).collect();
            let count = words.len();
            assert!(words.iter().all(|word| !word.is_empty() && *word == word.to_lowercase()), "{code}");
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), count, "{code}");
        }
    }
}
