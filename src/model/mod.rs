//! What ibid speaks of: articles, their blocks and metadata, and the raw documents they come from.
//!
//! Plain values with their invariants. How they are read, found or stored is other layers' matter.

mod address;
mod article;
mod charset;
mod date;
mod id;
mod language;
mod locator;
mod metadata;
mod raw_document;

pub use address::{Address, host_of, leads_somewhere, resolved, site_of};
pub use article::{Article, Block, BlockKind};
pub use charset::{Charset, CharsetSource, ReadAs};
pub use date::{Date, DateError, days_since_epoch};
pub use id::{ArticleId, PassageId};
pub use language::Language;
pub use locator::{Locator, path_of};
pub use metadata::{Field, Metadata, Provenance};
pub use raw_document::{MediaType, Missing, RawDocument, Unread};
