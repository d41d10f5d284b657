//! The org authorization server: sign-in and consent pages, tokens with scopes, revocation.

mod assertion;
pub(crate) mod authorize;
mod clients;
pub(crate) mod consent;
mod grants;
mod jwt;
pub(crate) mod metadata;
mod pages;
pub(crate) mod proof;
pub(crate) mod scopes;
pub(crate) mod sign_in;
mod signing;
pub(crate) mod token;
pub(crate) mod tokens;

pub(crate) use grants::{Grant, Grants};
