//! Why no article could be made of a raw document.

/// Why no article could be made of a raw document. The caller knows its locator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExtractError {
    /// There is no text at all, or none that is more than furniture.
    #[error("the page holds no text")]
    Empty,
    /// It is a stub that only leads to another page, at this address as it stands there.
    #[error("the page only leads to another: {0}")]
    LeadsElsewhere(String),
    /// It is what a server gave in the place of a page: that it isn't there or isn't shown, as its title says.
    #[error("the page only says that there is nothing to see: {0}")]
    NotShown(String),
    /// The bytes aren't text in any encoding.
    #[error("the content is binary, not text")]
    Binary,
    /// The time that the caller allows was over before the article was made.
    #[error("the page takes longer to read than it may")]
    TooSlow,
}
