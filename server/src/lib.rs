//! The program `nagare`: configuration, wiring, everything that listens or runs.
//!
//! Knows every other crate and holds no logic of theirs: `backend` answers people and scripts, `http` and `rest` are the
//! doors, `work` does what nobody asks for, `cli` is the command line.

#![recursion_limit = "512"]

pub mod cli;
pub mod config;

mod demo;
mod front;
mod serve;

mod state;

mod backend;
mod directories;
mod http;
mod live;
mod rest;
mod work;

mod clock;
mod csv;
mod error;
mod packing;
mod passwords;
mod session_store;
mod set_up;
mod tables;
mod templates;
mod vault;

pub use backend::Caller;
pub use serve::{Running, start};
