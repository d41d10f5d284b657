//! Active Directory over LDAP: connecting with TLS, reading users, units and what was deleted, trying a sign-in, and writing
//! attributes back.
//!
//! A password is sent after TLS is up and never empty. Referrals are not followed. The crate decides nothing: what is read
//! goes to `directory`, and what is written comes from there. It knows no org, no database and no page.

pub mod address;
mod decode;
pub mod failure;
mod open;
pub mod read;
pub mod sign_in;
pub mod write;

pub use address::{Account, Address, Password, Security};
pub use failure::Failure;
pub use open::Directory;
