//! The server from outside: real router, real database, a simulated org over HTTP.

#[cfg(test)]
mod browser;
#[cfg(test)]
mod cards;
#[cfg(test)]
mod database;
#[cfg(test)]
#[path = "../../../crates/ldap/tests/it/samba.rs"]
mod samba;
#[cfg(test)]
mod world;

#[cfg(test)]
mod authorize;
#[cfg(test)]
mod cancel;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod delegated;
#[cfg(test)]
mod directories;
#[cfg(test)]
mod endpoint;
#[cfg(test)]
mod event_cards;
#[cfg(test)]
mod events;
#[cfg(test)]
mod exports;
#[cfg(test)]
mod files;
#[cfg(test)]
mod folders;
#[cfg(test)]
mod hooks;
#[cfg(test)]
mod inspect;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod lookups;
#[cfg(test)]
mod oauth_endpoint;
#[cfg(test)]
mod okta_cards;
#[cfg(test)]
mod orgs;
#[cfg(test)]
mod packs;
#[cfg(test)]
mod pauses;
#[cfg(test)]
mod people;
#[cfg(test)]
mod postgres;
#[cfg(test)]
mod private;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod schedules;
#[cfg(test)]
mod scopes;
#[cfg(test)]
mod search;
#[cfg(test)]
mod service_app;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod stream;
#[cfg(test)]
mod tables;
#[cfg(test)]
mod templates;
#[cfg(test)]
mod trials;
#[cfg(test)]
mod trouble;
#[cfg(test)]
mod versions;
#[cfg(test)]
mod waiting;
#[cfg(test)]
mod web_connections;
