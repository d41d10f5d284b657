//! Endpoints secured with OAuth 2.0: called by a service app of the org with a token that the org signed. The client is
//! written here from the standards alone.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value as Json, json};

use crate::cards::{card, give_back};
use crate::service_app::app;
use crate::world::World;

const SCOPE: &str = "okta.workflows.invoke.manage";

/// A service app with a key.
struct Service {
    id: String,
    key: EcdsaKeyPair,
}

impl Service {
    async fn make(world: &World, scopes: &[&str]) -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap();
        let (x, y) = key.public_key().as_ref()[1..].split_at(32);
        let jwk = json!({"kty": "EC", "crv": "P-256", "kid": "test", "use": "sig", "alg": "ES256",
            "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y)});
        let id = app(world, &jwk.to_string(), scopes, false).await;
        Self { id, key }
    }

    /// Asks the org for a token by private-key JWT (RFC 7523).
    async fn token(&self, world: &World, scope: &str) -> String {
        let endpoint = format!("{}/oauth2/v1/token", world.okta.url());
        let now = chrono::Utc::now().timestamp();
        let header = json!({"alg": "ES256", "kid": "test"});
        let jti = format!("{}-{scope}", chrono::Utc::now().timestamp_micros());
        let claims =
            json!({"iss": self.id, "sub": self.id, "aud": endpoint, "exp": now + 60, "jti": jti});
        let text = [header, claims]
            .map(|part| URL_SAFE_NO_PAD.encode(part.to_string()))
            .join(".");
        let signature = self
            .key
            .sign(&SystemRandom::new(), text.as_bytes())
            .unwrap();
        let assertion = format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature));
        let body = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "client_credentials")
            .append_pair("scope", scope)
            .append_pair(
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            )
            .append_pair("client_assertion", &assertion)
            .finish();
        let answer = reqwest::Client::new()
            .post(endpoint)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        let given: Json = answer.json().await.unwrap();
        given["access_token"].as_str().unwrap().to_owned()
    }
}

/// A flow that returns what it was asked for and which headers it saw.
async fn echo(world: &World) -> String {
    let out = |group: &str, key: &str, base: &str| json!({"key": {"group": group, "key": key}, "label": key, "type": {"base": base}, "custom": group == "query"});
    let start = card(
        "start",
        "http:accept",
        &[],
        &[out("query", "who", "text"), out("raw", "headers", "object")],
    );
    let mut end = give_back("who", "start", "who");
    let from = |group: &str, key: &str| json!({"kind": "output", "source": {"step": "start", "field": {"group": group, "key": key}}});
    end["inputs"][0]["binding"] = from("query", "who");
    end["inputs"]
        .as_array_mut()
        .unwrap()
        .push(json!({"key": {"key": "headers"}, "label": "headers",
        "type": {"base": "object"}, "custom": true, "binding": from("raw", "headers")}));
    world
        .flow("Echo", json!([start, end]), json!({"access": "o_auth"}))
        .await
}

async fn call(world: &World, flow: &str, token: Option<&str>) -> (u16, Json, String) {
    let url = format!(
        "{}/api/flow/{flow}/invoke?who=ada&x-okta-workflows-x=1",
        world.nagare.url
    );
    let mut request = reqwest::Client::new().get(url).header("X-Custom", "Yes");
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let answer = request.send().await.unwrap();
    let challenge = answer
        .headers()
        .get("www-authenticate")
        .map_or("", |value| value.to_str().unwrap())
        .to_owned();
    (
        answer.status().as_u16(),
        answer.json().await.unwrap(),
        challenge,
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_app_of_the_org_calls_a_flow_with_its_token() {
    let mut world = World::start().await;
    let flow = echo(&world).await;
    let service = Service::make(&world, &[SCOPE, "okta.users.read"]).await;
    let token = service.token(&world, SCOPE).await;

    // Nobody connected this org yet: its tokens mean nothing here.
    let (status, said, _) = call(&world, &flow, Some(&token)).await;
    assert_eq!(
        (status, &said["error"]["code"]),
        (401, &json!("endpoint.invalid_token")),
        "{said}"
    );
    world.connect().await;

    let (status, said, _) = call(&world, &flow, Some(&token)).await;
    assert_eq!((status, &said["who"]), (200, &json!("ada")), "{said}");
    assert_eq!(said["headers"]["x-custom"], "Yes", "{said}");
    assert!(said["headers"]["authorization"].is_null(), "{said}");
    let run = world.next_run(&flow).await;
    assert_eq!(run["row"]["cause"], "endpoint");

    let (status, said, challenge) = call(&world, &flow, None).await;
    assert_eq!(
        (status, &said["error"]["code"]),
        (401, &json!("endpoint.no_token"))
    );
    assert!(
        challenge.starts_with("Bearer ") && challenge.contains(SCOPE),
        "{challenge}"
    );
    let other = service.token(&world, "okta.users.read").await;
    let (status, said, challenge) = call(&world, &flow, Some(&other)).await;
    assert_eq!(
        (status, &said["error"]["code"]),
        (403, &json!("endpoint.insufficient_scope")),
        "{said}"
    );
    assert!(challenge.contains("insufficient_scope"), "{challenge}");
    let (last, rest) = (
        token.chars().last().unwrap(),
        token.get(..token.len() - 4).unwrap(),
    );
    let broken = format!("{rest}AAA{}", if last == 'A' { 'Q' } else { 'A' });
    let (status, _, challenge) = call(&world, &flow, Some(&broken)).await;
    assert_eq!(status, 401);
    assert!(challenge.contains("invalid_token"), "{challenge}");
    let view = world.get(&format!("/flows/{flow}")).await;
    assert!(view["endpoint"]["client_token"].is_null(), "{view}");
    // The flow ran only for the one good call.
    assert_eq!(world.runs(&flow).await.len(), 1);
}
