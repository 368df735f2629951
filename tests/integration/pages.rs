//! Small pages to read: an article each, with the furniture that saved pages have.

/// A page in English with `title` as its headline and the paragraphs of `text`, parted by blank lines.
pub fn page(title: &str, text: &str) -> String {
    page_with(title, "", text)
}

/// The same with a canonical address, which gives its article the same id wherever the page lies.
pub fn page_at(url: &str, title: &str, text: &str) -> String {
    page_with(title, &format!("<link rel=\"canonical\" href=\"{url}\">"), text)
}

/// The same with `head` among its metadata.
pub fn page_with(title: &str, head: &str, text: &str) -> String {
    let paragraphs: String = text.split("\n\n").map(|paragraph| format!("<p>{paragraph}</p>\n")).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><title>{title}</title>{head}</head><body>\n\
         <nav><a href=\"/\">Home</a> <a href=\"/topics\">Topics</a></nav>\n\
         <main><article><h1>{title}</h1>\n{paragraphs}</article></main>\n\
         <footer><a href=\"/imprint\">Imprint</a></footer>\n</body></html>\n"
    )
}

/// Two paragraphs about `subject`, long enough to be taken for an article.
pub fn text_about(subject: &str) -> String {
    format!(
        "The ministers spoke for two days about {subject}, and agreed on little more than a date for the \
         next meeting. Delegates from nine countries had come to the harbour town for it.\n\n\
         Observers said that {subject} would stay on the agenda through the winter. A working group will \
         gather figures, and the secretariat will publish them in the spring."
    )
}
