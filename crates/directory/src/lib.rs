//! Active Directory: attribute mapping, import rules and expressions.
//!
//! Everything here is a function of what it is given. The crate reads no directory, calls no org, keeps nothing and knows no
//! clock: whoever uses it brings entries, import records and the time.

pub mod decode;
pub mod entry;
pub mod explain;
pub mod expression;
pub mod filter;
pub mod import;
pub mod mapping;
pub mod write_back;
