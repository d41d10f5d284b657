//! The one table of what this org answers, and who may ask.

use super::call::{Answer, Call};
use super::{
    app_grants, app_members, apps, event_hooks, groups, identity_sources, linked_objects, logs,
    org, rules, schemas, sim, user_credentials, user_lifecycle, user_resources, user_search, users,
};
use crate::oauth;
use crate::state::Org;

/// Who may use a route. A resource is the middle of a scope: `okta.<resource>.read`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Public,
    ApiToken,
    Read(&'static str),
    Manage(&'static str),
}

type Handle = fn(&mut Org, &Call) -> Answer;

/// One row of the table.
pub(crate) struct Route {
    method: &'static str,
    pattern: &'static str,
    pub(crate) access: Access,
    pub(crate) handle: Handle,
}

/// What the table says about a request.
pub(crate) enum Found {
    Route(&'static Route, Vec<(&'static str, String)>),
    OtherMethod,
    Nothing,
}

const fn row(method: &'static str, pattern: &'static str, access: Access, handle: Handle) -> Route {
    Route {
        method,
        pattern,
        access,
        handle,
    }
}

use Access::{ApiToken, Manage, Public, Read};

#[rustfmt::skip]
static ROUTES: &[Route] = &[
    row("GET", "/.well-known/openid-configuration", Public, oauth::metadata::openid),
    row("GET", "/.well-known/oauth-authorization-server", Public, oauth::metadata::server),
    row("GET", "/.well-known/okta-organization", Public, org::well_known),
    row("GET", "/oauth2/v1/keys", Public, oauth::metadata::keys),
    row("GET", "/oauth2/v1/authorize", Public, oauth::authorize::begin),
    row("POST", "/oauth2/v1/authorize", Public, oauth::authorize::begin),
    row("POST", "/oauth2/v1/authorize/sign-in", Public, oauth::sign_in::submit),
    row("GET", "/oauth2/v1/authorize/consent", Public, oauth::consent::show),
    row("POST", "/oauth2/v1/authorize/consent", Public, oauth::consent::decide),
    row("POST", "/oauth2/v1/token", Public, oauth::token::exchange),
    row("POST", "/oauth2/v1/revoke", Public, oauth::tokens::revoke),
    row("POST", "/oauth2/v1/introspect", Public, oauth::tokens::introspect),
    row("GET", "/oauth2/v1/userinfo", Public, oauth::tokens::userinfo),
    row("POST", "/oauth2/v1/userinfo", Public, oauth::tokens::userinfo),
    row("GET", "/oauth2/v1/logout", Public, oauth::sign_in::sign_out),
    row("GET", "/login/signout", Public, oauth::sign_in::sign_out),

    row("GET", "/api/v1/users", Read("users"), user_search::list),
    row("POST", "/api/v1/users", Manage("users"), users::create),
    row("GET", "/api/v1/users/{id}", Read("users"), users::read),
    row("POST", "/api/v1/users/{id}", Manage("users"), users::update),
    row("PUT", "/api/v1/users/{id}", Manage("users"), users::replace),
    row("DELETE", "/api/v1/users/{id}", Manage("users"), user_lifecycle::delete),
    row("POST", "/api/v1/users/{id}/lifecycle/activate", Manage("users"), user_lifecycle::activate),
    row("POST", "/api/v1/users/{id}/lifecycle/reactivate", Manage("users"), user_lifecycle::reactivate),
    row("POST", "/api/v1/users/{id}/lifecycle/deactivate", Manage("users"), user_lifecycle::deactivate),
    row("POST", "/api/v1/users/{id}/lifecycle/suspend", Manage("users"), user_lifecycle::suspend),
    row("POST", "/api/v1/users/{id}/lifecycle/unsuspend", Manage("users"), user_lifecycle::unsuspend),
    row("POST", "/api/v1/users/{id}/lifecycle/unlock", Manage("users"), user_lifecycle::unlock),
    row("POST", "/api/v1/users/{id}/lifecycle/reset_factors", Manage("users"), user_lifecycle::reset_factors),
    row("POST", "/api/v1/users/{id}/lifecycle/reset_password", Manage("users"), user_credentials::reset_password),
    row("POST", "/api/v1/users/{id}/lifecycle/expire_password", Manage("users"), user_credentials::expire_password),
    row("POST", "/api/v1/users/{id}/lifecycle/expire_password_with_temp_password", Manage("users"), user_credentials::expire_with_temporary),
    row("POST", "/api/v1/users/{id}/credentials/change_password", Manage("users"), user_credentials::change_password),
    row("POST", "/api/v1/users/{id}/credentials/change_recovery_question", Manage("users"), user_credentials::change_recovery_question),
    row("POST", "/api/v1/users/{id}/credentials/forgot_password", Manage("users"), user_credentials::forgot_password),
    row("DELETE", "/api/v1/users/{id}/sessions", Manage("users"), user_resources::end_sessions),
    row("GET", "/api/v1/users/{id}/groups", Read("users"), user_resources::groups),
    row("GET", "/api/v1/users/{id}/appLinks", Read("users"), user_resources::app_links),
    row("GET", "/api/v1/users/{id}/blocks", Read("users"), user_resources::blocks),
    row("GET", "/api/v1/users/{id}/factors", Read("users"), user_resources::factors),
    row("GET", "/api/v1/users/{id}/roles", Read("roles"), user_resources::roles),
    row("GET", "/api/v1/users/{id}/clients", Read("users"), user_resources::clients),
    row("DELETE", "/api/v1/users/{id}/clients/{clientId}/tokens", Manage("users"), user_resources::revoke_tokens),
    row("GET", "/api/v1/users/{id}/linkedObjects/{name}", Read("users"), linked_objects::list),
    row("DELETE", "/api/v1/users/{id}/linkedObjects/{name}", Manage("users"), linked_objects::unlink),
    row("PUT", "/api/v1/users/{id}/linkedObjects/{name}/{primaryId}", Manage("users"), linked_objects::link),

    row("GET", "/api/v1/groups", Read("groups"), groups::list),
    row("POST", "/api/v1/groups", Manage("groups"), groups::create),
    row("GET", "/api/v1/groups/rules", Read("groups"), rules::list),
    row("POST", "/api/v1/groups/rules", Manage("groups"), rules::create),
    row("GET", "/api/v1/groups/rules/{ruleId}", Read("groups"), rules::read),
    row("PUT", "/api/v1/groups/rules/{ruleId}", Manage("groups"), rules::replace),
    row("DELETE", "/api/v1/groups/rules/{ruleId}", Manage("groups"), rules::delete),
    row("POST", "/api/v1/groups/rules/{ruleId}/lifecycle/activate", Manage("groups"), rules::activate),
    row("POST", "/api/v1/groups/rules/{ruleId}/lifecycle/deactivate", Manage("groups"), rules::deactivate),
    row("GET", "/api/v1/groups/{groupId}", Read("groups"), groups::read),
    row("PUT", "/api/v1/groups/{groupId}", Manage("groups"), groups::replace),
    row("DELETE", "/api/v1/groups/{groupId}", Manage("groups"), groups::delete),
    row("GET", "/api/v1/groups/{groupId}/users", Read("groups"), groups::members),
    row("PUT", "/api/v1/groups/{groupId}/users/{userId}", Manage("groups"), groups::add_member),
    row("DELETE", "/api/v1/groups/{groupId}/users/{userId}", Manage("groups"), groups::remove_member),
    row("GET", "/api/v1/groups/{groupId}/apps", Read("groups"), groups::apps),

    row("GET", "/api/v1/logs", Read("logs"), logs::list),

    row("GET", "/api/v1/eventHooks", Read("eventHooks"), event_hooks::list),
    row("POST", "/api/v1/eventHooks", Manage("eventHooks"), event_hooks::create),
    row("GET", "/api/v1/eventHooks/{hookId}", Read("eventHooks"), event_hooks::read),
    row("PUT", "/api/v1/eventHooks/{hookId}", Manage("eventHooks"), event_hooks::replace),
    row("DELETE", "/api/v1/eventHooks/{hookId}", Manage("eventHooks"), event_hooks::delete),
    row("POST", "/api/v1/eventHooks/{hookId}/lifecycle/verify", Manage("eventHooks"), event_hooks::verify),
    row("POST", "/api/v1/eventHooks/{hookId}/lifecycle/activate", Manage("eventHooks"), event_hooks::activate),
    row("POST", "/api/v1/eventHooks/{hookId}/lifecycle/deactivate", Manage("eventHooks"), event_hooks::deactivate),

    row("GET", "/api/v1/apps", Read("apps"), apps::list),
    row("POST", "/api/v1/apps", Manage("apps"), apps::create),
    row("GET", "/api/v1/apps/{appId}", Read("apps"), apps::read),
    row("PUT", "/api/v1/apps/{appId}", Manage("apps"), apps::replace),
    row("DELETE", "/api/v1/apps/{appId}", Manage("apps"), apps::delete),
    row("POST", "/api/v1/apps/{appId}/lifecycle/activate", Manage("apps"), apps::activate),
    row("POST", "/api/v1/apps/{appId}/lifecycle/deactivate", Manage("apps"), apps::deactivate),
    row("GET", "/api/v1/apps/{appId}/grants", Read("appGrants"), app_grants::list),
    row("POST", "/api/v1/apps/{appId}/grants", Manage("appGrants"), app_grants::grant),
    row("DELETE", "/api/v1/apps/{appId}/grants/{grantId}", Manage("appGrants"), app_grants::revoke),
    row("DELETE", "/api/v1/apps/{appId}/tokens", Manage("apps"), apps::revoke_tokens),
    row("GET", "/api/v1/apps/{appId}/users", Read("apps"), app_members::list_users),
    row("POST", "/api/v1/apps/{appId}/users", Manage("apps"), app_members::assign_user),
    row("GET", "/api/v1/apps/{appId}/users/{userId}", Read("apps"), app_members::read_user),
    row("POST", "/api/v1/apps/{appId}/users/{userId}", Manage("apps"), app_members::update_user),
    row("DELETE", "/api/v1/apps/{appId}/users/{userId}", Manage("apps"), app_members::unassign_user),
    row("GET", "/api/v1/apps/{appId}/groups", Read("apps"), app_members::list_groups),
    row("GET", "/api/v1/apps/{appId}/groups/{groupId}", Read("apps"), app_members::read_group),
    row("PUT", "/api/v1/apps/{appId}/groups/{groupId}", Manage("apps"), app_members::assign_group),
    row("DELETE", "/api/v1/apps/{appId}/groups/{groupId}", Manage("apps"), app_members::unassign_group),

    row("GET", "/api/v1/meta/schemas/user/linkedObjects", Read("linkedObjects"), linked_objects::definitions),
    row("POST", "/api/v1/meta/schemas/user/linkedObjects", Manage("linkedObjects"), linked_objects::define),
    row("GET", "/api/v1/meta/schemas/user/linkedObjects/{name}", Read("linkedObjects"), linked_objects::definition),
    row("DELETE", "/api/v1/meta/schemas/user/linkedObjects/{name}", Manage("linkedObjects"), linked_objects::undefine),
    row("GET", "/api/v1/meta/schemas/user/{schemaId}", Read("schemas"), schemas::user),
    row("POST", "/api/v1/meta/schemas/user/{schemaId}", Manage("schemas"), schemas::update_user),
    row("GET", "/api/v1/meta/schemas/group/default", Read("schemas"), schemas::group),
    row("POST", "/api/v1/meta/schemas/group/default", Manage("schemas"), schemas::update_group),
    row("GET", "/api/v1/meta/schemas/apps/{appId}/default", Read("schemas"), schemas::app_user),
    row("POST", "/api/v1/meta/schemas/apps/{appId}/default", Manage("schemas"), schemas::update_app_user),
    row("GET", "/api/v1/meta/types/user", Read("userTypes"), schemas::user_types),
    row("GET", "/api/v1/meta/types/user/{typeId}", Read("userTypes"), schemas::user_type),
    row("GET", "/api/v1/org", Read("orgs"), org::settings),

    row("GET", "/api/v1/identity-sources/{sourceId}/sessions", Read("identitySources"), identity_sources::list),
    row("POST", "/api/v1/identity-sources/{sourceId}/sessions", Manage("identitySources"), identity_sources::create),
    row("GET", "/api/v1/identity-sources/{sourceId}/sessions/{sessionId}", Read("identitySources"), identity_sources::read),
    row("DELETE", "/api/v1/identity-sources/{sourceId}/sessions/{sessionId}", Manage("identitySources"), identity_sources::delete),
    row("POST", "/api/v1/identity-sources/{sourceId}/sessions/{sessionId}/bulk-upsert", Manage("identitySources"), identity_sources::upsert),
    row("POST", "/api/v1/identity-sources/{sourceId}/sessions/{sessionId}/bulk-delete", Manage("identitySources"), identity_sources::remove),
    row("POST", "/api/v1/identity-sources/{sourceId}/sessions/{sessionId}/start-import", Manage("identitySources"), identity_sources::start),

    row("GET", "/sim/info", ApiToken, sim::info),
    row("POST", "/sim/events", ApiToken, sim::emit),
    row("POST", "/sim/deliveries", ApiToken, sim::order_delivery_fault),
    row("POST", "/sim/answers", ApiToken, sim::teach),
    row("GET", "/sim/answers", ApiToken, sim::taught_calls),
    row("DELETE", "/sim/answers", ApiToken, sim::unlearn),
    row("GET", "/sim/calls", ApiToken, sim::calls),
    row("POST", "/sim/faults", ApiToken, sim::order_fault),
    row("DELETE", "/sim/faults", ApiToken, sim::forget_faults),
    row("POST", "/sim/clock", ApiToken, sim::advance_clock),
    row("POST", "/sim/limits", ApiToken, sim::set_limits),
    row("GET", "/api/v1/sessions/me", Public, org::session),
];

/// Looks a request up.
pub(crate) fn find(method: &str, path: &str) -> Found {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let mut is_known = false;
    for route in ROUTES {
        if let Some(params) = params(route.pattern, &parts) {
            if route.method == method {
                return Found::Route(route, params);
            }
            is_known = true;
        }
    }
    if is_known {
        Found::OtherMethod
    } else {
        Found::Nothing
    }
}

fn params(pattern: &'static str, parts: &[&str]) -> Option<Vec<(&'static str, String)>> {
    let mut found = Vec::new();
    let mut rest = parts.iter();
    for wanted in pattern.trim_matches('/').split('/') {
        let part = rest.next()?;
        match wanted.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
            Some(name) if !part.is_empty() => found.push((name, decoded(part)?)),
            None if wanted == *part => {}
            _ => return None,
        }
    }
    rest.next().is_none().then_some(found)
}

/// Undoes percent-encoding of one part of a path, where `+` stands for itself.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let high = char::from(rest.next()?).to_digit(16)?;
        let low = char::from(rest.next()?).to_digit(16)?;
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_can_be_reached() {
        for route in ROUTES {
            let path = route.pattern.replace(['{', '}'], "");
            match find(route.method, &path) {
                Found::Route(found, _) => assert_eq!(found.pattern, route.pattern),
                _ => panic!("{} is hidden", route.pattern),
            }
        }
    }

    #[test]
    fn parameters_are_decoded() {
        let Found::Route(_, params) = find("GET", "/api/v1/users/a%2Bb%40x.com") else {
            panic!("not found");
        };
        assert_eq!(params, [("id", "a+b@x.com".to_owned())]);
        assert!(matches!(find("PATCH", "/api/v1/users"), Found::OtherMethod));
        assert!(matches!(find("GET", "/api/v1/nothing"), Found::Nothing));
    }
}
