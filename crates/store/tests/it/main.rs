//! The contract of the store, run on SQLite and on PostgreSQL.
//!
//! SQLite needs nothing. PostgreSQL is used when `TEST_POSTGRES_URL` names a server on which databases may be made.

#![expect(clippy::unwrap_used, reason = "test code outside of test functions")]

#[macro_use]
mod world;

mod connections;
mod directories;
mod files;
mod flows;
mod folders;
mod hooks;
mod inbox;
mod migrations;
mod people;
mod run_list;
mod runs;
mod search;
mod summary;
mod table_keys;
mod tables;
mod trials;
mod work;
mod writer;
