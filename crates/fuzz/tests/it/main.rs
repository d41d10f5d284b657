//! Every target against its seeds, whole and spoiled. Always the same inputs, so that a failure can be repeated;
//! `cargo xtask fuzz` looks for others.

#[cfg(test)]
mod spoil;

#[cfg(test)]
mod targets;
