//! Packs in, packs out.

#[cfg(test)]
mod broken;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod edits;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod invariants;
