//! Laws that hold for whatever people do, and the matrix of types.

#[cfg(test)]
mod arrange;
#[cfg(test)]
mod cards;
#[cfg(test)]
mod coercions;
#[cfg(test)]
mod diff;
#[cfg(test)]
mod edits;
#[cfg(test)]
mod index;
#[cfg(test)]
mod repairs;
