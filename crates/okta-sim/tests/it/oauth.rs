use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

use crate::world::{Got, World, got};

const BACK: &str = "http://127.0.0.1:9/callback";
const VERIFIER: &str = "a-verifier-of-more-than-forty-three-characters-for-pkce";

struct Browser<'a> {
    world: &'a World,
    cookie: String,
}

impl Browser<'_> {
    fn new(world: &World) -> Browser<'_> {
        Browser {
            world,
            cookie: String::new(),
        }
    }

    async fn open(&self, url: &str) -> Got {
        got(self.world.bare("GET", url).header("cookie", &self.cookie)).await
    }

    async fn submit(&self, path: &str, form: &[(&str, &str)]) -> Got {
        got(self
            .world
            .bare("POST", path)
            .header("cookie", &self.cookie)
            .form(form))
        .await
    }

    /// Signs in on a sign-in page and answers the consent page's request id.
    async fn sign_in(&mut self, page: &Got, password: &str) -> Result<String, Got> {
        let request = hidden(page);
        let form = [
            ("request", request.as_str()),
            ("username", self.world.sim.admin_login()),
            ("password", password),
        ];
        let answer = self.submit("/oauth2/v1/authorize/sign-in", &form).await;
        if answer.status != 303 {
            return Err(answer);
        }
        self.cookie = answer
            .header("set-cookie")
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        let consent = self.open(answer.header("location")).await;
        assert_eq!(consent.status, 200);
        Ok(hidden(&consent))
    }

    async fn decide(&self, request: &str, decision: &str) -> Url {
        let answer = self
            .submit(
                "/oauth2/v1/authorize/consent",
                &[("request", request), ("decision", decision)],
            )
            .await;
        assert_eq!(answer.status, 302, "{}", answer.body);
        answer.header("location").parse().unwrap()
    }

    async fn allow(&mut self, client_id: &str, scope: &str) -> String {
        let page = self.open(&authorize(client_id, scope, true)).await;
        let request = self
            .sign_in(&page, self.world.sim.admin_password())
            .await
            .ok()
            .unwrap();
        let back = self.decide(&request, "allow").await;
        assert_eq!(parameter(&back, "state").unwrap(), "st");
        parameter(&back, "code").unwrap()
    }
}

fn hidden(page: &Got) -> String {
    let html = page.body.as_str().unwrap();
    let (_, rest) = html
        .split_once("name=\"request\" value=\"")
        .unwrap_or_else(|| panic!("{html}"));
    rest.split('"').next().unwrap().to_owned()
}

fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

fn authorize(client_id: &str, scope: &str, pkce: bool) -> String {
    let mut url = Url::parse("http://x/oauth2/v1/authorize").unwrap();
    url.query_pairs_mut().extend_pairs([
        ("client_id", client_id),
        ("redirect_uri", BACK),
        ("response_type", "code"),
        ("state", "st"),
        ("scope", scope),
        ("nonce", "n1"),
    ]);
    if pkce {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        url.query_pairs_mut().extend_pairs([
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S256"),
        ]);
    }
    format!("{}?{}", url.path(), url.query().unwrap())
}

async fn token(world: &World, form: &[(&str, &str)]) -> Got {
    let mut form = form.to_vec();
    form.extend([
        ("client_id", world.sim.client_id()),
        ("client_secret", world.sim.client_secret()),
    ]);
    got(world.bare("POST", "/oauth2/v1/token").form(&form)).await
}

async fn exchange(world: &World, code: &str) -> Got {
    token(
        world,
        &[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", BACK),
            ("code_verifier", VERIFIER),
        ],
    )
    .await
}

pub(crate) async fn refresh(world: &World, token_text: &str) -> Got {
    token(
        world,
        &[
            ("grant_type", "refresh_token"),
            ("refresh_token", token_text),
        ],
    )
    .await
}

/// What the token endpoint gives for a fresh consent.
pub(crate) async fn granted(world: &World, scope: &str) -> Value {
    let code = Browser::new(world)
        .allow(world.sim.client_id(), scope)
        .await;
    exchange(world, &code).await.body
}

fn text<'a>(got: &'a Got, name: &str) -> &'a str {
    got.body[name]
        .as_str()
        .unwrap_or_else(|| panic!("{}", got.body))
}

#[tokio::test]
async fn sign_in_consent_and_a_token_that_works() {
    let world = World::empty().await;
    let mut browser = Browser::new(&world);
    let page = browser
        .open(&authorize(
            world.sim.client_id(),
            "openid profile email offline_access okta.users.read",
            true,
        ))
        .await;
    let html = page.body.as_str().unwrap();
    assert!(
        html.contains("<label for=\"username\">Username</label>")
            && html.contains(">Sign in</button>")
    );
    assert!(
        page.header("content-security-policy")
            .contains("form-action 'self' http://127.0.0.1:9")
    );
    let wrong = browser.sign_in(&page, "nonsense").await.err().unwrap();
    assert!(wrong.status == 401 && wrong.body.as_str().unwrap().contains("Unable to sign in"));

    let request = browser
        .sign_in(&page, world.sim.admin_password())
        .await
        .ok()
        .unwrap();
    let code = parameter(&browser.decide(&request, "allow").await, "code").unwrap();
    let granted = exchange(&world, &code).await;
    assert_eq!(
        (granted.status, text(&granted, "token_type")),
        (200, "Bearer")
    );
    assert_eq!(granted.body["expires_in"], 3600);
    assert_eq!(world.sim.tokens_active(), 2);
    let bearer = text(&granted, "access_token");
    let users = got(world.bare("GET", "/api/v1/users/me").bearer_auth(bearer)).await;
    assert_eq!(users.body["profile"]["login"], world.sim.admin_login());
    let info = got(world.bare("GET", "/oauth2/v1/userinfo").bearer_auth(bearer)).await;
    assert_eq!(info.body["email"], world.sim.admin_login());

    let claims = text(&granted, "id_token").split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    assert_eq!(
        (&claims["nonce"], &claims["iss"]),
        (&json!("n1"), &json!(world.sim.url()))
    );

    let introspected = got(world
        .bare("POST", "/oauth2/v1/introspect")
        .basic_auth(world.sim.client_id(), Some(world.sim.client_secret()))
        .form(&[("token", bearer)]))
    .await;
    assert_eq!(introspected.body["active"], true);
    let types = world.event_types().await;
    for wanted in [
        "user.session.start",
        "app.oauth2.as.consent.grant",
        "app.oauth2.token.grant.access_token",
    ] {
        assert!(types.iter().any(|it| it == wanted), "{wanted}");
    }
}

#[tokio::test]
async fn scopes_are_enforced() {
    let world = World::empty().await;
    let code = Browser::new(&world)
        .allow(world.sim.client_id(), "okta.users.read okta.groups.manage")
        .await;
    let granted = exchange(&world, &code).await;
    let call = async |method: &str, path: &str| {
        got(world
            .bare(method, path)
            .bearer_auth(text(&granted, "access_token"))
            .json(&json!({"profile": {"name": "G"}})))
        .await
    };
    assert_eq!(call("GET", "/api/v1/users").await.status, 200);
    assert_eq!(call("GET", "/api/v1/groups").await.status, 200);
    assert_eq!(call("POST", "/api/v1/groups").await.status, 200);
    let refused = call("POST", "/api/v1/users").await;
    refused.refused(403, "E0000006");
    assert!(
        refused
            .header("www-authenticate")
            .contains("error=\"insufficient_scope\"")
    );
    assert!(
        refused
            .header("www-authenticate")
            .contains("scope=\"okta.users.manage\"")
    );
    call("GET", "/api/v1/logs").await.refused(403, "E0000006");
    call("GET", "/sim/calls").await.refused(403, "E0000006");
}

#[tokio::test]
async fn refresh_tokens_rotate_and_reuse_ends_the_family() {
    let world = World::empty().await;
    let code = Browser::new(&world)
        .allow(world.sim.client_id(), "offline_access okta.users.read")
        .await;
    let first = exchange(&world, &code).await;
    let second = refresh(&world, text(&first, "refresh_token")).await;
    assert_eq!(second.status, 200);
    assert_ne!(
        text(&first, "refresh_token"),
        text(&second, "refresh_token")
    );
    let reused = refresh(&world, text(&first, "refresh_token")).await;
    assert_eq!(
        (reused.status, text(&reused, "error")),
        (400, "invalid_grant")
    );
    let dead = refresh(&world, text(&second, "refresh_token")).await;
    assert_eq!(text(&dead, "error"), "invalid_grant");
    assert_eq!(world.sim.tokens_active(), 0);
}

#[tokio::test]
async fn revoking_a_refresh_token_ends_its_access_tokens() {
    let world = World::empty().await;
    let code = Browser::new(&world)
        .allow(world.sim.client_id(), "offline_access okta.users.read")
        .await;
    let granted = exchange(&world, &code).await;
    let revoke = async |secret: &str| {
        got(world
            .bare("POST", "/oauth2/v1/revoke")
            .basic_auth(world.sim.client_id(), Some(secret))
            .form(&[
                ("token", text(&granted, "refresh_token")),
                ("token_type_hint", "refresh_token"),
            ]))
        .await
    };
    assert_eq!(revoke("wrong").await.status, 401);
    assert_eq!(world.sim.tokens_active(), 2);
    assert_eq!(revoke(world.sim.client_secret()).await.status, 200);
    assert_eq!(world.sim.tokens_active(), 0);
    assert_eq!(revoke(world.sim.client_secret()).await.status, 200);
}

#[tokio::test]
async fn codes_work_once_and_only_with_proof() {
    let world = World::empty().await;
    let mut browser = Browser::new(&world);
    let code = browser
        .allow(world.sim.client_id(), "okta.users.read")
        .await;
    let unproved = token(
        &world,
        &[
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", BACK),
            ("code_verifier", &"x".repeat(50)),
        ],
    )
    .await;
    assert_eq!(text(&unproved, "error"), "invalid_grant");
    let code = browser
        .allow_again(world.sim.client_id(), "okta.users.read")
        .await;
    assert_eq!(exchange(&world, &code).await.status, 200);
    assert_eq!(
        text(&exchange(&world, &code).await, "error"),
        "invalid_grant"
    );
    assert_eq!(world.sim.tokens_active(), 0);
    let unknown = token(&world, &[("grant_type", "password")]).await;
    assert_eq!(text(&unknown, "error"), "unsupported_grant_type");
    let header = format!(
        "Basic {}",
        STANDARD.encode(format!("{}:wrong", world.sim.client_id()))
    );
    let invalid = got(world
        .bare("POST", "/oauth2/v1/token")
        .header("authorization", header)
        .form(&[("grant_type", "refresh_token")]))
    .await;
    assert_eq!(
        (invalid.status, text(&invalid, "error")),
        (401, "invalid_client")
    );
}

impl Browser<'_> {
    /// With a session there is no sign-in page, only consent.
    async fn allow_again(&self, client_id: &str, scope: &str) -> String {
        let answer = self.open(&authorize(client_id, scope, true)).await;
        let consent = self.open(answer.header("location")).await;
        parameter(&self.decide(&hidden(&consent), "allow").await, "code").unwrap()
    }
}

#[tokio::test]
async fn denying_and_wrong_requests_lead_back_with_an_error() {
    let world = World::empty().await;
    let mut browser = Browser::new(&world);
    let page = browser
        .open(&authorize(world.sim.client_id(), "okta.users.read", true))
        .await;
    let request = browser
        .sign_in(&page, world.sim.admin_password())
        .await
        .ok()
        .unwrap();
    let back = browser.decide(&request, "deny").await;
    assert_eq!(parameter(&back, "error").unwrap(), "access_denied");
    assert_eq!(parameter(&back, "state").unwrap(), "st");

    for (url, error) in [
        (
            authorize(world.sim.client_id(), "okta.nothing.read", true),
            "invalid_scope",
        ),
        (
            authorize(world.sim.public_client_id(), "okta.users.read", false),
            "invalid_request",
        ),
        (
            authorize(world.sim.client_id(), "okta.users.read", true)
                .replace("response_type=code", "response_type=token"),
            "unsupported_response_type",
        ),
        (
            authorize(world.sim.client_id(), "okta.users.manage", true) + "&prompt=none",
            "consent_required",
        ),
    ] {
        let answer = browser.open(&url).await;
        let back: Url = answer.header("location").parse().unwrap();
        assert_eq!(parameter(&back, "error").unwrap(), error);
    }
    let foreign =
        authorize(world.sim.client_id(), "openid", true).replace("127.0.0.1", "evil.example");
    assert_eq!(browser.open(&foreign).await.status, 400);
    assert_eq!(
        browser
            .open(&authorize("0oanothing", "openid", true))
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn a_public_client_needs_no_secret() {
    let world = World::empty().await;
    let code = Browser::new(&world)
        .allow(world.sim.public_client_id(), "okta.users.read")
        .await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", BACK),
        ("code_verifier", VERIFIER),
        ("client_id", world.sim.public_client_id()),
    ];
    assert_eq!(
        got(world.bare("POST", "/oauth2/v1/token").form(&form))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn tokens_expire_and_leave_with_their_user() {
    let world = World::empty().await;
    let code = Browser::new(&world)
        .allow(world.sim.client_id(), "offline_access okta.users.read")
        .await;
    let granted = exchange(&world, &code).await;
    world.post("/sim/clock", json!({"advance_s": 3700})).await;
    got(world
        .bare("GET", "/api/v1/users")
        .bearer_auth(text(&granted, "access_token")))
    .await
    .refused(401, "E0000011");
    assert_eq!(
        refresh(&world, text(&granted, "refresh_token"))
            .await
            .status,
        200
    );
    let me = world.get("/api/v1/users/me").await.body["id"]
        .as_str()
        .unwrap()
        .to_owned();
    world
        .act(
            "DELETE",
            &format!("/api/v1/users/{me}/sessions?oauthTokens=true"),
        )
        .await;
    assert_eq!(world.sim.tokens_active(), 0);
}

#[tokio::test]
async fn the_server_describes_itself() {
    let world = World::empty().await;
    for path in [
        "/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server",
    ] {
        let shown = got(world.bare("GET", path)).await;
        assert_eq!(text(&shown, "issuer"), world.sim.url());
        assert_eq!(
            shown.body["code_challenge_methods_supported"],
            json!(["S256"])
        );
        assert!(shown.header("x-rate-limit-limit").is_empty());
    }
    assert_eq!(
        got(world.bare("GET", "/oauth2/v1/keys")).await.body["keys"][0]["alg"],
        "ES256"
    );
}

#[tokio::test]
async fn ten_wrong_passwords_lock_the_account() {
    let world = World::empty().await;
    let mut browser = Browser::new(&world);
    let page = browser
        .open(&authorize(world.sim.client_id(), "openid", true))
        .await;
    for _ in 0..10 {
        assert!(browser.sign_in(&page, "wrong").await.is_err());
    }
    let locked = browser
        .sign_in(&page, world.sim.admin_password())
        .await
        .err()
        .unwrap();
    assert!(locked.body.as_str().unwrap().contains("locked"));
}

/// A service application with a fresh key; answers its id and the key.
async fn service(world: &World) -> (String, EcdsaKeyPair) {
    let random = SystemRandom::new();
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    let key = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap();
    let (x, y) = key.public_key().as_ref()[1..].split_at(32);
    let body = json!({
        "name": "oidc_client", "label": "Service", "signOnMode": "OPENID_CONNECT",
        "credentials": {"oauthClient": {"token_endpoint_auth_method": "private_key_jwt"}},
        "settings": {"oauthClient": {
            "grant_types": ["client_credentials"], "application_type": "service",
            "jwks": {"keys": [{"kty": "EC", "crv": "P-256", "kid": "k1", "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y)}]},
        }},
    });
    let created = world.post("/api/v1/apps", body).await;
    assert_eq!(created.status, 200, "{}", created.body);
    (text(&created, "id").to_owned(), key)
}

fn assertion(key: &EcdsaKeyPair, claims: &Value) -> String {
    let header = URL_SAFE_NO_PAD.encode(json!({"alg": "ES256", "kid": "k1"}).to_string());
    let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let signature = key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

#[tokio::test]
async fn a_service_application_acts_for_itself() {
    let world = World::empty().await;
    let (id, key) = service(&world).await;
    let issuer = world.sim.url();
    world
        .post(
            &format!("/api/v1/apps/{id}/grants"),
            json!({"scopeId": "okta.groups.manage", "issuer": issuer}),
        )
        .await;
    let audience = format!("{issuer}/oauth2/v1/token");
    let ask = async |scope: &str, audience: &str, life: i64| {
        let claims = json!({"iss": id, "sub": id, "aud": audience, "exp": crate::world::today().timestamp() + life});
        let signed = assertion(&key, &claims);
        let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        let form = [
            ("grant_type", "client_credentials"),
            ("scope", scope),
            ("client_assertion_type", kind),
            ("client_assertion", signed.as_str()),
        ];
        got(world.bare("POST", "/oauth2/v1/token").form(&form)).await
    };
    assert_eq!(
        text(&ask("okta.users.manage", &audience, 600).await, "error"),
        "invalid_scope"
    );
    assert_eq!(
        text(
            &ask("okta.groups.manage", "https://other.example", 600).await,
            "error"
        ),
        "invalid_client"
    );
    assert_eq!(
        text(&ask("okta.groups.manage", &audience, -1).await, "error"),
        "invalid_client"
    );
    assert_eq!(
        text(&ask("okta.groups.manage", &audience, 9_000).await, "error"),
        "invalid_client"
    );
    let granted = ask("okta.groups.manage", &audience, 600).await;
    assert_eq!(
        (granted.status, granted.body.get("refresh_token")),
        (200, None)
    );
    let team = got(world
        .bare("POST", "/api/v1/groups")
        .bearer_auth(text(&granted, "access_token"))
        .json(&json!({"profile": {"name": "Team"}})))
    .await;
    assert_eq!(team.status, 200);
    let log = world
        .get("/api/v1/logs?filter=eventType%20eq%20%22group.lifecycle.create%22")
        .await;
    assert_eq!(
        (
            &log.list()[0]["actor"]["type"],
            &log.list()[0]["actor"]["displayName"]
        ),
        (&json!("PublicClientApp"), &json!("Service"))
    );
}
