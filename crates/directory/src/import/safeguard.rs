//! The safeguard: an import that would take too many users away is stopped before it writes anything, and a person looks at it.

use serde::{Deserialize, Serialize};

/// An app is protected when it has more users than this.
pub const APP_LEAST: u64 = 100;
/// An org is protected when it has at least so many assignments.
pub const ORG_LEAST: u64 = 100;

/// How much may go, in percent; `None` switches a level off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Safeguard {
    /// Of the users of the directory's app.
    pub app_percent: Option<u8>,
    /// Of all assignments of the org.
    pub org_percent: Option<u8>,
}

impl Default for Safeguard {
    fn default() -> Self {
        Self {
            app_percent: Some(20),
            org_percent: Some(20),
        }
    }
}

/// Which level stopped an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The users of the directory's app.
    App,
    /// The assignments of the org.
    Org,
}

/// Why an import is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roadblock {
    /// The level that was reached first; the app's where both are.
    pub level: Level,
    /// How many would go.
    pub removed: u64,
    /// Of how many.
    pub total: u64,
    /// The percentage that is set.
    pub percent: u8,
}

impl Safeguard {
    /// Whether this many removals stop an import: of `app_users` that the directory has in the org, and of
    /// `org_assignments` of all apps, if that number is known.
    #[must_use]
    pub fn check(
        self,
        removed: u64,
        app_users: u64,
        org_assignments: Option<u64>,
    ) -> Option<Roadblock> {
        let app = self.app_percent.filter(|_| app_users > APP_LEAST);
        let app = app.and_then(|percent| over(Level::App, removed, app_users, percent));
        let org = || {
            let total = org_assignments.filter(|total| *total >= ORG_LEAST)?;
            over(Level::Org, removed, total, self.org_percent?)
        };
        app.or_else(org)
    }
}

fn over(level: Level, removed: u64, total: u64, percent: u8) -> Option<Roadblock> {
    let is_over = u128::from(removed) * 100 > u128::from(total) * u128::from(percent);
    is_over.then_some(Roadblock {
        level,
        removed,
        total,
        percent,
    })
}
