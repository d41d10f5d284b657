//! Which bucket a call falls into. Okta counts by families of endpoints, of which the most specific one holds; its
//! published families come first, and an endpoint whose answers name another limit gets a bucket of its own.

use std::sync::Arc;

/// The family that a call belongs to before its org has said otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Family {
    /// How the family is called, as Okta writes it.
    pub(super) name: Arc<str>,
    /// Method and path with placeholders: the smallest unit that an org counts.
    pub(super) pattern: Arc<str>,
    /// Reads one user: fewer of these are under way at once.
    pub(super) reads_user: bool,
}

const READ_USER: &str = "GET /api/v1/users/{id}";

/// Collections that stand for themselves: the list, and one entry of it.
const COLLECTIONS: [(&str, &str, &str); 2] = [
    ("apps", "/api/v1/apps", "/api/v1/apps/{id}"),
    ("groups", "/api/v1/groups", "/api/v1/groups/{id}"),
];
/// Resources that are counted with all that is below them.
const WHOLE: [(&str, &str); 2] = [("logs", "/api/v1/logs"), ("devices", "/api/v1/devices")];

impl Family {
    /// Returns the family of a call. `path` may carry a query.
    pub(super) fn of(method: &str, path: &str) -> Self {
        let path = path.split('?').next().unwrap_or(path);
        let pattern = pattern(method, path);
        let published = published(method, path);
        Self {
            name: published.map_or_else(|| Arc::clone(&pattern), Arc::from),
            pattern,
            reads_user: published == Some(READ_USER),
        }
    }
}

/// The families of Okta's published table of default limits.
fn published(method: &str, path: &str) -> Option<&'static str> {
    if path == "/oauth2/v1/clients" || path.starts_with("/oauth2/v1/clients/") {
        return Some("/oauth2/v1/clients");
    }
    let rest = path.strip_prefix("/api/v1/")?.trim_end_matches('/');
    let mut parts = rest.split('/');
    let resource = parts.next().unwrap_or_default();
    let depth = parts.count();
    if let Some((_, name)) = WHOLE.iter().find(|(whole, _)| *whole == resource) {
        return Some(name);
    }
    if let Some((_, list, one)) = COLLECTIONS.iter().find(|(name, ..)| *name == resource) {
        return match (resource, depth) {
            (_, 0) => Some(list),
            (_, 1) => Some(one),
            ("apps", _) => Some(list),
            _ => Some("/api/v1"),
        };
    }
    match (resource, depth) {
        ("users", 0) => Some("/api/v1/users"),
        ("users", 1) if method == "GET" => Some(READ_USER),
        ("users", 1) => Some("/api/v1/users/{id}"),
        _ => Some("/api/v1"),
    }
}

/// Method and path with `{id}` for what names a thing: what follows `users`, and what looks like an id.
fn pattern(method: &str, path: &str) -> Arc<str> {
    let mut before = "";
    let mut shown = String::with_capacity(method.len() + path.len() + 1);
    shown.push_str(method);
    shown.push(' ');
    for (at, part) in path.split('/').enumerate() {
        if at > 0 {
            shown.push('/');
        }
        shown.push_str(if before == "users" || is_id(part) {
            "{id}"
        } else {
            part
        });
        before = part;
    }
    shown.into()
}

/// Okta's ids have 20 characters; logins an `@`, perhaps encoded; everything with a figure that is no version is a name.
fn is_id(part: &str) -> bool {
    let is_version = part.len() <= 3 && part.starts_with('v');
    part.len() >= 17
        || part.contains(['@', '%'])
        || (!is_version && part.contains(char::is_numeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_fall_into_the_published_families() {
        for (method, path, name) in [
            ("GET", "/api/v1/users", "/api/v1/users"),
            ("POST", "/api/v1/users?activate=true", "/api/v1/users"),
            ("GET", "/api/v1/users/me", "GET /api/v1/users/{id}"),
            ("POST", "/api/v1/users/00u1", "/api/v1/users/{id}"),
            ("DELETE", "/api/v1/users/00u1", "/api/v1/users/{id}"),
            ("POST", "/api/v1/users/00u1/lifecycle/suspend", "/api/v1"),
            ("GET", "/api/v1/groups?q=a", "/api/v1/groups"),
            ("GET", "/api/v1/groups/00g1", "/api/v1/groups/{id}"),
            ("PUT", "/api/v1/groups/00g1/users/00u1", "/api/v1"),
            ("GET", "/api/v1/apps", "/api/v1/apps"),
            ("GET", "/api/v1/apps/0oa1", "/api/v1/apps/{id}"),
            ("GET", "/api/v1/apps/0oa1/users", "/api/v1/apps"),
            ("GET", "/api/v1/logs?since=x", "/api/v1/logs"),
            ("GET", "/oauth2/v1/clients/0oa1", "/oauth2/v1/clients"),
            ("GET", "/api/v1/devices/guo1/users", "/api/v1/devices"),
            ("GET", "/api/v1/policies", "/api/v1"),
        ] {
            assert_eq!(&*Family::of(method, path).name, name, "{method} {path}");
        }
        assert!(Family::of("GET", "/api/v1/users/me").reads_user);
        assert!(!Family::of("GET", "/api/v1/users").reads_user);
    }

    #[test]
    fn other_endpoints_are_told_apart_by_their_pattern() {
        for (path, pattern) in [
            (
                "/governance/api/v1/campaigns/icizigd86iM9sOcbN1d6?limit=5",
                "GET /governance/api/v1/campaigns/{id}",
            ),
            ("/api/v1/users/ada/groups", "GET /api/v1/users/{id}/groups"),
            ("/idp/myaccount/emails", "GET /idp/myaccount/emails"),
        ] {
            assert_eq!(&*Family::of("GET", path).pattern, pattern);
        }
        let one = Family::of("GET", "/governance/api/v1/campaigns");
        assert_eq!(one.name, one.pattern);
    }
}
