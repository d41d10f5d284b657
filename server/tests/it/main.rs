//! The server from outside: real router, real database, a simulated org over HTTP.

mod browser;
mod world;

mod authorize;
mod crash;
mod endpoint;
mod events;
mod packs;
mod sign_in;
