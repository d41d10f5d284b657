//! Laws that hold for whatever people do.

#[cfg(test)]
mod edits;
