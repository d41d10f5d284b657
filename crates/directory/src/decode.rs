//! Values as Active Directory holds them: identifiers in bytes, times, flags and names. Everything is parsed into a type that
//! cannot be wrong; whatever the bytes are, nothing panics.

pub mod account_control;
pub mod file_time;
pub mod general_time;
pub mod guid;
pub mod name;
pub mod sid;

#[cfg(test)]
mod tests;
