//! The interpreter against a scripted world: no clock, no network, no store.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::needless_pass_by_value,
    reason = "test code outside of test functions, and tables that read better by value"
)]

mod flows;
mod world;

mod again;
mod arranged;
mod branches;
mod calls;
mod catalogue;
mod endings;
mod errors;
mod helpers;
mod loops;
mod replay;
mod rows;
mod streams;
mod trials;
mod views;
