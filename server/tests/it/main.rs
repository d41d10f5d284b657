//! The server from outside: real router, real database, a simulated org over HTTP.

#[cfg(test)]
mod browser;
#[cfg(test)]
mod world;

#[cfg(test)]
mod authorize;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod endpoint;
#[cfg(test)]
mod events;
#[cfg(test)]
mod packs;
#[cfg(test)]
mod sign_in;
