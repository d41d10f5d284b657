//! The interpreter against a scripted world: no clock, no network, no store.

mod flows;
mod world;

mod branches;
mod calls;
mod endings;
mod errors;
mod helpers;
mod loops;
mod replay;
mod rows;
mod streams;
mod views;
