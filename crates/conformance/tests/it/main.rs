//! Okta's API description against what the cards send and what the simulated org answers.

#[cfg(test)]
mod cases;
#[cfg(test)]
mod decisions;
#[cfg(test)]
mod given;
#[cfg(test)]
mod known;
#[cfg(test)]
mod survey;
#[cfg(test)]
mod world;

#[cfg(test)]
mod answers;
#[cfg(test)]
mod completeness;
#[cfg(test)]
mod custom;
#[cfg(test)]
mod page;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod streams;
