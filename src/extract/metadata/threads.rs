//! Who began a thread of posts, and when: as often a handle as a name, so that it is read from marks alone and needn't
//! look like a person's.

use super::super::hints::Flags;
use super::super::page::{Node, Page, index};
use super::Sources;

/// What the first post of a thread says of its author, and the source.
pub(super) fn author(sources: &Sources<'_, '_>) -> Option<(String, &'static str)> {
    if !sources.data.is_thread && !is_thread(sources.page) {
        return None;
    }
    let told = sources.data.authors.first().map(|name| (name.clone(), "json-ld"));
    told.or_else(|| marked(sources.page).map(|name| (name, "byline")))
}

/// Classes that programs for forums give to the name beside a post.
const USER: [&str; 3] = ["username", "bigusername", "PostUser-name"];

/// Names of users behind the headline from which the page is taken for a thread: who is logged in may be one.
const FEWEST_USERS: usize = 2;

/// Bytes of the longest name of a user.
const USER_BYTES: usize = 40;

/// The first of the users whose names stand behind the headline, where there are several: whoever began the thread, on
/// a page that isn't marked as one for machines. Where the first is a reader who comments, the page is an article.
/// Author +.014 over all pages of WCXB's development set.
pub(super) fn first_user(page: &Page<'_>, headline: Option<u32>) -> Option<String> {
    let is_user = |&at: &u32| {
        let node = &page.nodes[at as usize];
        let mut classes = node.attribute("class").unwrap_or_default().split_ascii_whitespace();
        classes.any(|class| USER.contains(&class)) && !node.around.any(Flags::CONTROL | Flags::HIDDEN)
    };
    let mut users = (headline.map_or(0, |at| at + 1)..index(page.nodes.len())).filter(is_user);
    let first = users.next().filter(|&first| !page.lies_in(first, Flags::COMMENTS))?;
    let first = page.text_of(first);
    let is_name = !first.is_empty() && first.len() <= USER_BYTES;
    (is_name && users.count() + 1 >= FEWEST_USERS).then_some(first)
}

/// The date of a thread's first post as its page gives it for machines: others on the page are of replies, or of days
/// when members joined. Date +.006 over all pages of WCXB's development set.
pub(super) fn date<'a>(page: &Page<'a>) -> Option<&'a str> {
    if !is_thread(page) {
        return None;
    }
    let is_date = |of: &str| matches!(of.trim(), "datePublished" | "dateCreated");
    let first = page.nodes.iter().find(|node| node.attribute("itemprop").is_some_and(is_date))?;
    first.attribute("content").or_else(|| first.attribute("datetime"))
}

/// Whether the page marks itself as a thread of posts.
pub(in super::super) fn is_thread(page: &Page<'_>) -> bool {
    page.nodes.iter().any(|node| is_of_type(node, &["DiscussionForumPosting", "QAPage"]))
}

fn is_of_type(node: &Node<'_>, kinds: &[&str]) -> bool {
    node.attribute("itemtype").is_some_and(|of| kinds.iter().any(|kind| of.ends_with(kind)))
}

/// The first element marked as an author's, outside of answers and comments.
fn marked(page: &Page<'_>) -> Option<String> {
    let is_reply = |around: u32| {
        let node = &page.nodes[around as usize];
        node.own.any(Flags::COMMENTS) || is_of_type(node, &["Answer", "Comment"])
    };
    let property =
        |node: &Node<'_>, name: &str| node.attribute("itemprop").is_some_and(|of| of.trim() == name);
    let all = page.indexed().filter(|(_, node)| property(node, "author"));
    let mut names = all.filter(|&(at, _)| !page.ancestors(at).any(is_reply));
    names.find_map(|(at, node)| {
        let inside = at + 1..node.end;
        let name = inside.into_iter().find(|&at| property(&page.nodes[at as usize], "name")).unwrap_or(at);
        let given = page.nodes[name as usize].attribute("content").map(str::to_owned);
        given.or_else(|| Some(page.text_of(name))).filter(|name| !name.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::{PARAGRAPHS, read};

    #[test]
    fn the_first_of_several_users_began_the_thread() {
        let user = |name: &str| format!("<div><a class=username href=/u>{name}</a></div>{PARAGRAPHS}");
        let authors = |posts: &str| {
            read(&format!("<title>My well runs dry</title><h1>My well runs dry</h1>{posts}")).metadata.authors
        };
        assert_eq!(authors(&[user("well_digger7"), user("pump.king")].concat()), ["well_digger7"]);
        assert_eq!(authors(&user("pump.king")), Vec::<String>::new());
        let byline = "<p>By Rhoda Lane</p>";
        let comments = format!("<div class=comments>{}{}</div>", user("well_digger7"), user("pump.king"));
        assert_eq!(authors(&format!("{byline}{PARAGRAPHS}{comments}")), ["Rhoda Lane"]);
        let form = "<label class=username>Name</label><label class=username>Name again</label>";
        assert_eq!(authors(&format!("{byline}{PARAGRAPHS}{form}")), ["Rhoda Lane"]);
    }

    #[test]
    fn a_thread_is_of_the_day_of_its_first_post() {
        let post = |day: &str| {
            format!("<div itemprop=comment><meta itemprop=dateCreated content={day}>{PARAGRAPHS}</div>")
        };
        let page = |kind: &str| {
            let posts = [post("2019-02-03T10:00:00"), post("2021-05-18T11:00:00")].concat();
            let head = "<time datetime=2022-01-01>Now</time><h1>My well runs dry</h1>";
            read(&format!("<div itemscope itemtype=https://schema.org/{kind}>{head}{posts}</div>"))
                .metadata
                .published
        };
        assert_eq!(
            page("DiscussionForumPosting").map(|date| date.to_string()).as_deref(),
            Some("2019-02-03")
        );
        assert_eq!(page("WebPage").map(|date| date.to_string()).as_deref(), Some("2022-01-01"));
    }
}
