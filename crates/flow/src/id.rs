//! Identifiers. Each is its own type, so that a flow id never stands where a run id belongs.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Wraps a text that is already known to be an id of this kind.
            pub fn new(text: impl Into<Arc<str>>) -> Self {
                Self(text.into())
            }

            /// Returns the id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::new(text)
            }
        }
    )*};
}

ids! {
    /// One flow. Imported flows keep the UUID of their pack unless it is taken.
    FlowId;
    /// One card in one flow; stable while the flow is edited, unique within the flow.
    StepId;
    /// One version of one flow.
    VersionId;
    /// One run of one flow (a ULID, so runs sort by start).
    RunId;
    /// One authorized account at an outside service.
    ConnectionId;
    /// One folder of flows and tables.
    FolderId;
    /// One table.
    TableId;
    /// One row of a table.
    RowId;
    /// One person who can sign in.
    PersonId;
}
