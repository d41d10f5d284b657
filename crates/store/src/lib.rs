//! Everything SQL: one code base over SQLite and PostgreSQL, one module per aggregate.
//!
//! Knows ids and flow documents (`flow`) and nothing else: no HTTP, no clock (every time is a parameter, in milliseconds
//! UTC), no secrets in clear (what arrives here is sealed or hashed). The surprising thing: on SQLite all writers of this
//! process queue at one gate, because the database has one writer and its own waiting is unfair.

mod dialect;
mod error;
mod open;
mod page;
mod row;
mod sql;
mod word;

pub mod audit;
pub mod authorizations;
pub mod choices;
pub mod connections;
pub mod delegates;
pub mod directories;
pub mod dismissals;
pub mod drafts;
pub mod files;
pub mod flows;
pub mod folders;
pub mod grants;
pub mod hooks;
pub mod inbox;
pub mod journal;
pub mod pauses;
pub mod people;
pub mod revocations;
pub mod runs;
pub mod search;
pub mod sessions;
pub mod settings;
pub mod shares;
pub mod tables;
pub mod tokens;
pub mod trials;
pub mod triggers;
pub mod uses;
pub mod versions;
pub mod views;
pub mod work;
pub mod writer;

pub use error::StoreError;
pub use open::Store;
pub use page::{MAX_PAGE, Page};
pub use word::Word;
pub use work::WorkWatch;
pub use writer::{Receipt, Write, Writer};
