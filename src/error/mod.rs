//! Every way that the library can fail, each with the place at fault.

mod extract;

pub use extract::ExtractError;
