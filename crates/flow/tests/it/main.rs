//! Laws that hold for whatever people do, and the matrix of types.

#[cfg(test)]
mod arrange;
#[cfg(test)]
mod cards;
#[cfg(test)]
mod coercions;
#[cfg(test)]
mod diff;
mod edits;
#[cfg(test)]
mod repairs;
