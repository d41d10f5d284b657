//! The event types this org writes: one row each, with Okta's display message, legacy type and severity.

/// One event type of the System Log.
#[derive(Debug)]
pub(crate) struct Kind {
    pub(crate) event_type: &'static str,
    pub(crate) message: &'static str,
    pub(crate) legacy: Option<&'static str>,
    pub(crate) severity: &'static str,
}

const fn info(event_type: &'static str, message: &'static str, legacy: &'static str) -> Kind {
    Kind {
        event_type,
        message,
        legacy: if legacy.is_empty() {
            None
        } else {
            Some(legacy)
        },
        severity: "INFO",
    }
}

const fn warn(event_type: &'static str, message: &'static str, legacy: &'static str) -> Kind {
    let mut kind = info(event_type, message, legacy);
    kind.severity = "WARN";
    kind
}

pub(crate) static USER_CREATE: Kind = info(
    "user.lifecycle.create",
    "Create okta user",
    "core.user.config.user_creation.success",
);
pub(crate) static USER_ACTIVATE: Kind = info(
    "user.lifecycle.activate",
    "Activate Okta user",
    "core.user.config.user_activated",
);
pub(crate) static USER_REACTIVATE: Kind = info(
    "user.lifecycle.reactivate",
    "Reactivate Okta user",
    "core.user.config.user_reactivated",
);
pub(crate) static USER_DEACTIVATE: Kind = info(
    "user.lifecycle.deactivate",
    "Deactivate Okta user",
    "core.user.config.user_deactivated",
);
pub(crate) static USER_SUSPEND: Kind = info(
    "user.lifecycle.suspend",
    "Suspend Okta user",
    "core.user.config.user_suspended",
);
pub(crate) static USER_UNSUSPEND: Kind = info(
    "user.lifecycle.unsuspend",
    "Unsuspend Okta user",
    "core.user.config.user_unsuspended",
);
pub(crate) static USER_DELETE: Kind = info(
    "user.lifecycle.delete.initiated",
    "Delete Okta user initiated",
    "core.user.config.user_deleted",
);
pub(crate) static USER_DELETED: Kind = info(
    "user.lifecycle.delete.completed",
    "Delete Okta user completed",
    "",
);
pub(crate) static USER_PROFILE: Kind = info(
    "user.account.update_profile",
    "Update user profile for Okta",
    "core.user.config.profile_update.success",
);
pub(crate) static USER_PASSWORD: Kind = info(
    "user.account.update_password",
    "User update password for Okta",
    "core.user.config.password_update.success",
);
pub(crate) static USER_RESET_PASSWORD: Kind = info(
    "user.account.reset_password",
    "Fired when the user's Okta password is reset",
    "core.user.config.password_reset.success",
);
pub(crate) static USER_EXPIRE_PASSWORD: Kind = info(
    "user.account.expire_password",
    "Expire user password for Okta",
    "core.user.config.password_expired",
);
pub(crate) static USER_LOCK: Kind = warn(
    "user.account.lock",
    "Max sign in attempts exceeded",
    "core.user_auth.account_locked",
);
pub(crate) static USER_UNLOCK: Kind = info(
    "user.account.unlock",
    "Unlock user account for Okta",
    "core.user.config.user_unlocked",
);
pub(crate) static USER_MFA_RESET: Kind = info(
    "user.mfa.factor.reset_all",
    "Reset all factors for user",
    "core.user.factor.reset_all",
);
pub(crate) static USER_MFA_ACTIVATE: Kind = info(
    "user.mfa.factor.activate",
    "Activate factor or authenticator enrollment for user",
    "core.user.factor.activate",
);
pub(crate) static USER_AUTH_MFA: Kind = info(
    "user.authentication.auth_via_mfa",
    "Authentication of user via MFA",
    "core.user.factor.attempt_success",
);
pub(crate) static USER_AUTH_SSO: Kind = info(
    "user.authentication.sso",
    "User single sign on to app",
    "app.auth.sso",
);
pub(crate) static SESSION_START: Kind = info(
    "user.session.start",
    "User login to Okta",
    "core.user_auth.login_success",
);
pub(crate) static SESSION_END: Kind = info(
    "user.session.end",
    "User logout from Okta",
    "core.user_auth.logout_success",
);
pub(crate) static SESSION_CLEAR: Kind = info(
    "user.session.clear",
    "Clear user session",
    "core.user_auth.session_clear",
);
pub(crate) static PRIVILEGE_GRANT: Kind = info(
    "user.account.privilege.grant",
    "Grant user privilege",
    "core.user.admin_privilege.granted",
);
pub(crate) static GROUP_CREATE: Kind = info(
    "group.lifecycle.create",
    "Create Okta group",
    "core.group.create",
);
pub(crate) static GROUP_DELETE: Kind = info(
    "group.lifecycle.delete",
    "Delete Okta group",
    "core.group.delete",
);
pub(crate) static GROUP_PROFILE: Kind = info(
    "group.profile.update",
    "Update Okta group profile",
    "core.group.update",
);
pub(crate) static MEMBER_ADD: Kind = info(
    "group.user_membership.add",
    "Add user to group membership",
    "core.user_group_member.user_add",
);
pub(crate) static MEMBER_REMOVE: Kind = info(
    "group.user_membership.remove",
    "Remove user from group membership",
    "core.user_group_member.user_remove",
);
pub(crate) static RULE_CREATE: Kind = info("policy.rule.add", "Add policy rule", "policy.rule.add");
pub(crate) static RULE_UPDATE: Kind = info(
    "policy.rule.update",
    "Update policy rule",
    "policy.rule.update",
);
pub(crate) static RULE_ACTIVATE: Kind = info(
    "policy.rule.activate",
    "Activate policy rule",
    "policy.rule.activate",
);
pub(crate) static RULE_DEACTIVATE: Kind = info(
    "policy.rule.deactivate",
    "Deactivate policy rule",
    "policy.rule.deactivate",
);
pub(crate) static RULE_DELETE: Kind = info(
    "policy.rule.delete",
    "Delete policy rule",
    "policy.rule.delete",
);
pub(crate) static APP_CREATE: Kind = info(
    "application.lifecycle.create",
    "Create application",
    "app.generic.create",
);
pub(crate) static APP_UPDATE: Kind = info(
    "application.lifecycle.update",
    "Update application",
    "app.generic.config.app_updated",
);
pub(crate) static APP_ACTIVATE: Kind = info(
    "application.lifecycle.activate",
    "Activate application",
    "app.generic.config.app_activated",
);
pub(crate) static APP_DEACTIVATE: Kind = info(
    "application.lifecycle.deactivate",
    "Deactivate application",
    "app.generic.config.app_deactivated",
);
pub(crate) static APP_DELETE: Kind = info(
    "application.lifecycle.delete",
    "Delete application",
    "app.generic.config.app_deleted",
);
pub(crate) static APP_USER_ADD: Kind = info(
    "application.user_membership.add",
    "Add user to application membership",
    "app.generic.provision.assign_user_to_app",
);
pub(crate) static APP_USER_REMOVE: Kind = info(
    "application.user_membership.remove",
    "Remove user from application membership",
    "app.generic.provision.deassign_user_from_app",
);
pub(crate) static APP_USER_UPDATE: Kind = info(
    "application.user_membership.update",
    "Change users application membership",
    "app.user_management.update_user_membership",
);
pub(crate) static APP_USER_PASSWORD: Kind = info(
    "application.user_membership.change_password",
    "Change users password in application",
    "app.generic.config.app_password_update",
);
pub(crate) static APP_GROUP_ADD: Kind = info(
    "group.application_assignment.add",
    "Add application assignment for group",
    "",
);
pub(crate) static APP_GROUP_REMOVE: Kind = info(
    "group.application_assignment.remove",
    "Remove application assignment for group",
    "",
);
pub(crate) static APP_USER_SYNC: Kind = info(
    "application.provision.user.sync",
    "Sync user in external application",
    "app.user_management.push_okta_profile_update",
);
pub(crate) static HOOK_CREATE: Kind = info("event_hook.created", "Event hook created", "");
pub(crate) static HOOK_UPDATE: Kind = info("event_hook.updated", "Event hook updated", "");
pub(crate) static HOOK_DELETE: Kind = info("event_hook.deleted", "Event hook deleted", "");
pub(crate) static HOOK_ACTIVATE: Kind = info("event_hook.activated", "Event hook activated", "");
pub(crate) static HOOK_DEACTIVATE: Kind =
    info("event_hook.deactivated", "Event hook deactivated", "");
pub(crate) static HOOK_VERIFY: Kind = info("event_hook.verified", "Event hook verified", "");
pub(crate) static HOOK_DELIVERY: Kind = warn("event_hook.delivery", "Event hook delivery", "");
pub(crate) static OAUTH_CODE: Kind = info(
    "app.oauth2.authorize.code",
    "OIDC authorization code request",
    "app.oauth2.authorize.code_success",
);
pub(crate) static OAUTH_CONSENT: Kind = info(
    "app.oauth2.as.consent.grant",
    "User granted consent to app",
    "app.oauth2.as.consent.grant_success",
);
pub(crate) static OAUTH_ACCESS: Kind = info(
    "app.oauth2.token.grant.access_token",
    "OIDC access token is granted",
    "app.oauth2.token.grant.access_token_success",
);
pub(crate) static OAUTH_REFRESH: Kind = info(
    "app.oauth2.token.grant.refresh_token",
    "OIDC refresh token is granted",
    "app.oauth2.token.grant.refresh_token_success",
);
pub(crate) static OAUTH_ID: Kind = info(
    "app.oauth2.token.grant.id_token",
    "OIDC id token is granted",
    "app.oauth2.token.grant.id_token_success",
);
pub(crate) static OAUTH_REVOKE: Kind = info(
    "app.oauth2.token.revoke",
    "OAuth2 token revocation request",
    "app.oauth2.token.revoke_success",
);
pub(crate) static OAUTH_REUSE: Kind = warn(
    "app.oauth2.token.detect_reuse",
    "OAuth2 refresh token reuse detected",
    "",
);
pub(crate) static TOKEN_CREATE: Kind = info(
    "system.api_token.create",
    "Create API token",
    "api.token.create",
);
pub(crate) static IMPORT_START: Kind = info(
    "system.import.start",
    "Start import process",
    "app.user_management.import.start",
);
pub(crate) static IMPORT_COMPLETE: Kind = info(
    "system.import.complete",
    "Import process complete",
    "app.user_management.import.csv",
);
pub(crate) static RATE_VIOLATION: Kind = warn(
    "system.org.rate_limit.violation",
    "Rate limit violation",
    "core.framework.ratelimit.exceeded",
);
pub(crate) static RATE_WARNING: Kind = warn(
    "system.org.rate_limit.warning",
    "Rate limit warning",
    "core.framework.ratelimit.warning",
);
