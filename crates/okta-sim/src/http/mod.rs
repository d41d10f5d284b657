//! The org's doors. [`routes`] is the one table of what is answered; each resource has its file.

mod app_grants;
mod app_members;
mod apps;
mod auth;
mod call;
mod desk;
mod errors;
mod event_hooks;
mod groups;
mod identity_sources;
mod limits;
mod linked_objects;
mod logs;
mod org;
mod paging;
mod routes;
mod rules;
mod schemas;
mod serve;
mod sim;
mod taught;
mod user_credentials;
mod user_lifecycle;
mod user_resources;
mod user_search;
mod users;

pub(crate) use apps::default_visibility;
pub(crate) use auth::access_token;
pub(crate) use call::{Answer, Body, Call, Reply};
pub(crate) use desk::SimDesk;
pub(crate) use errors::OktaError;
pub(crate) use event_hooks::party as hook_party;
pub(crate) use limits::Limits;
pub(crate) use serve::{Peer, Shared, serve};
pub(crate) use sim::emit_all;
