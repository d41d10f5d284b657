//! A domain controller for whoever is outside of its network: the browser stories. Its ports live in a network namespace; a socket in
//! the file system leads into it, and a free port of the loopback to the socket.
//!
//! `NAGARE_CONTROLLER=serve cargo test --workspace --test controller -- --nocapture` prints one line of JSON with host, port,
//! authority, account and password, then reads changes (one JSON object with `ldif` a line) from standard input and ends with it.
//! Where there can be no controller the line has `missing` instead.

#[cfg(test)]
#[path = "../it/samba.rs"]
#[expect(dead_code, reason = "the tests of the crate itself use more of it")]
mod samba;

#[cfg(test)]
mod serving;
