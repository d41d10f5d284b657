//! Packs in, packs out.

mod corpus;
