//! The scopes this server knows.

/// Scopes of OpenID Connect.
pub(crate) const OPENID: [&str; 7] = [
    "openid",
    "profile",
    "email",
    "address",
    "phone",
    "offline_access",
    "groups",
];

/// What can be read and managed through the API.
const RESOURCES: [&str; 41] = [
    "agentPools",
    "apiTokens",
    "appGrants",
    "apps",
    "authenticators",
    "authorizationServers",
    "behaviors",
    "brands",
    "captchas",
    "certificateAuthorities",
    "clients",
    "devices",
    "deviceAssurance",
    "domains",
    "emailDomains",
    "enduser",
    "eventHooks",
    "events",
    "factors",
    "features",
    "groups",
    "identitySources",
    "idps",
    "inlineHooks",
    "linkedObjects",
    "logStreams",
    "logs",
    "networkZones",
    "orgs",
    "policies",
    "principalRateLimits",
    "profileMappings",
    "rateLimits",
    "realms",
    "roles",
    "schemas",
    "sessions",
    "templates",
    "trustedOrigins",
    "userTypes",
    "users",
];

/// Lets a service call flows that are secured with OAuth 2.0.
const INVOKE: &str = "okta.workflows.invoke.manage";

/// Whether this is a scope of the API, such as `okta.users.read`.
pub(crate) fn is_okta(scope: &str) -> bool {
    if scope == INVOKE {
        return true;
    }
    let Some(rest) = scope.strip_prefix("okta.") else {
        return false;
    };
    let rest = rest.strip_suffix(".self").unwrap_or(rest);
    matches!(
        rest.split_once('.'),
        Some((resource, "read" | "manage")) if RESOURCES.contains(&resource)
    ) || rest == "clients.register"
}

pub(crate) fn is_known(scope: &str) -> bool {
    OPENID.contains(&scope) || is_okta(scope)
}

/// Every scope of the API.
pub(crate) fn all_okta() -> Vec<String> {
    RESOURCES
        .iter()
        .flat_map(|resource| {
            ["read", "manage"].map(|operation| format!("okta.{resource}.{operation}"))
        })
        .chain([INVOKE.to_owned()])
        .collect()
}

/// What a scope means, for the consent page.
pub(crate) fn meaning(scope: &str) -> String {
    match scope {
        "openid" => "Know who you are".to_owned(),
        "profile" => "Read your name and profile".to_owned(),
        "email" => "Read your email address".to_owned(),
        "address" => "Read your address".to_owned(),
        "phone" => "Read your phone number".to_owned(),
        "groups" => "Read the groups you are in".to_owned(),
        "offline_access" => "Keep this access while you are away".to_owned(),
        _ => {
            let mut parts = scope.trim_start_matches("okta.").split('.');
            let resource = parts.next().unwrap_or_default();
            let verb = if parts.next() == Some("manage") {
                "Read and change"
            } else {
                "Read"
            };
            format!("{verb} {} of this org", words(resource))
        }
    }
}

fn words(camel: &str) -> String {
    let mut words = String::new();
    for letter in camel.chars() {
        if letter.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}
