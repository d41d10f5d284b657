//! What Okta's API description (OpenAPI 3.0) says of a request and of its answer.
//!
//! Knows no crate of ours: it reads the description and judges JSON. The tests in `tests/it` hold it against what the
//! cards send and what the simulated org answers, and write `docs/okta-cards.md`.
//!
//! The description is Okta's own file and not part of the repository: `management-minimal.yaml` of
//! <https://github.com/okta/okta-management-openapi-spec>. It is read from `../shared/okta/` beside the repository, or
//! from the file that `OKTA_API_DESCRIPTION` names.

#[cfg(test)]
mod tests;

mod description;
mod operation;
mod schema;

pub use description::{Description, VARIABLE};
pub use operation::{Operation, Sent};
pub use schema::Direction;
