//! Against a real domain controller: Samba from the system's packages, in a network of its own.

#[cfg(test)]
mod controller;
#[cfg(test)]
mod domain;
#[cfg(test)]
mod samba;
