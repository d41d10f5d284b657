//! Assertions that work once (RFC 7523), and tokens that are bound to a key (RFC 9449).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::world::{Got, World, got, today};

const KIND: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

struct Key(EcdsaKeyPair);

impl Key {
    fn new() -> Key {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        Key(EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).unwrap())
    }

    fn public(&self) -> Value {
        let (x, y) = self.0.public_key().as_ref()[1..].split_at(32);
        json!({"kty": "EC", "crv": "P-256", "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y)})
    }

    fn sign(&self, header: &Value, claims: &Value) -> String {
        let signed = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header.to_string()),
            URL_SAFE_NO_PAD.encode(claims.to_string())
        );
        let signature = self
            .0
            .sign(&SystemRandom::new(), signed.as_bytes())
            .unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn proof(&self, claims: &Value) -> String {
        let header = json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": self.public()});
        self.sign(&header, claims)
    }
}

struct Service<'a> {
    world: &'a World,
    key: Key,
    id: String,
}

impl Service<'_> {
    async fn new(world: &World, demands_proof: bool) -> Service<'_> {
        let key = Key::new();
        let mut jwk = key.public();
        jwk["kid"] = "k1".into();
        let body = json!({
            "name": "oidc_client", "label": "Service", "signOnMode": "OPENID_CONNECT",
            "credentials": {"oauthClient": {"token_endpoint_auth_method": "private_key_jwt"}},
            "settings": {"oauthClient": {
                "grant_types": ["client_credentials"], "jwks": {"keys": [jwk]},
                "dpop_bound_access_tokens": demands_proof,
            }},
        });
        let created = world.post("/api/v1/apps", body).await;
        let id = created.body["id"].as_str().unwrap().to_owned();
        let grant = json!({"scopeId": "okta.users.read", "issuer": world.sim.url()});
        world
            .post(&format!("/api/v1/apps/{id}/grants"), grant)
            .await;
        Service { world, key, id }
    }

    fn claims(&self, jti: &str) -> Value {
        json!({"iss": self.id, "sub": self.id, "aud": self.endpoint(), "exp": today().timestamp() + 300, "jti": jti})
    }

    fn endpoint(&self) -> String {
        format!("{}/oauth2/v1/token", self.world.sim.url())
    }

    async fn ask(&self, kid: &str, claims: &Value, proof: Option<&str>) -> Got {
        let signed = self.key.sign(&json!({"alg": "ES256", "kid": kid}), claims);
        let form = [
            ("grant_type", "client_credentials"),
            ("scope", "okta.users.read"),
            ("client_assertion_type", KIND),
            ("client_assertion", signed.as_str()),
        ];
        let mut request = self.world.bare("POST", "/oauth2/v1/token").form(&form);
        if let Some(proof) = proof {
            request = request.header("dpop", proof);
        }
        got(request).await
    }

    async fn users(&self, scheme: &str, token: &str, proof: Option<&str>) -> Got {
        let mut request = self
            .world
            .bare("GET", "/api/v1/users?limit=1")
            .header("authorization", format!("{scheme} {token}"));
        if let Some(proof) = proof {
            request = request.header("dpop", proof);
        }
        got(request).await
    }
}

fn error(got: &Got) -> &str {
    got.body["error"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn an_assertion_works_once_and_only_with_its_own_key() {
    let world = World::empty().await;
    let service = Service::new(&world, false).await;
    let claims = service.claims("a");
    assert_eq!(service.ask("k2", &claims, None).await.status, 401);
    assert_eq!(service.ask("k1", &claims, None).await.status, 200);
    let again = service.ask("k1", &claims, None).await;
    assert_eq!((again.status, error(&again)), (401, "invalid_client"));
    for (name, value) in [
        ("aud", json!(world.sim.url())),
        ("iss", json!("somebody")),
        ("sub", json!("somebody")),
        ("exp", Value::Null),
        ("iat", json!(today().timestamp() + 4_000)),
    ] {
        let mut claims = service.claims(name);
        claims[name] = value;
        let refused = service.ask("k1", &claims, None).await;
        assert_eq!(error(&refused), "invalid_client", "{name}");
    }
    let stranger = Service {
        key: Key::new(),
        id: service.id.clone(),
        world: &world,
    };
    let forged = stranger.ask("k1", &stranger.claims("f"), None).await;
    assert_eq!(error(&forged), "invalid_client");
}

#[tokio::test]
async fn a_token_is_bound_to_the_key_of_its_proof() {
    let world = World::empty().await;
    let service = Service::new(&world, true).await;
    let missing = service.ask("k1", &service.claims("1"), None).await;
    assert_eq!(
        (missing.status, error(&missing)),
        (400, "invalid_dpop_proof")
    );

    let key = Key::new();
    let mut proof =
        json!({"htm": "POST", "htu": service.endpoint(), "iat": today().timestamp(), "jti": "p1"});
    let first = service
        .ask("k1", &service.claims("2"), Some(&key.proof(&proof)))
        .await;
    assert_eq!((first.status, error(&first)), (400, "use_dpop_nonce"));
    proof["nonce"] = first.header("dpop-nonce").into();
    for (number, (name, value)) in [
        ("htm", json!("GET")),
        ("htu", json!("https://evil.example/oauth2/v1/token")),
        ("iat", json!(today().timestamp() - 1_000)),
        ("jti", Value::Null),
        ("nonce", json!("made up")),
    ]
    .into_iter()
    .enumerate()
    {
        let mut wrong = proof.clone();
        wrong[name] = value;
        let claims = service.claims(&format!("w{number}"));
        let refused = service.ask("k1", &claims, Some(&key.proof(&wrong))).await;
        assert_eq!(refused.status, 400, "{name}");
    }
    let proof = key.proof(&proof);
    let given = service.ask("k1", &service.claims("3"), Some(&proof)).await;
    assert_eq!(given.body["token_type"], "DPoP", "{}", given.body);
    let replayed = service.ask("k1", &service.claims("4"), Some(&proof)).await;
    assert_eq!(error(&replayed), "invalid_dpop_proof");

    let token = given.body["access_token"].as_str().unwrap();
    let mut call = json!({
        "htm": "GET", "htu": format!("{}/api/v1/users", world.sim.url()), "iat": today().timestamp(), "jti": "c1",
        "ath": URL_SAFE_NO_PAD.encode(Sha256::digest(token)),
    });
    let good = key.proof(&call);
    let users =
        async |scheme: &str, proof: Option<&str>| service.users(scheme, token, proof).await.status;
    assert_eq!(
        users("Bearer", None).await,
        401,
        "a bound token is not a bearer token"
    );
    assert_eq!(users("Bearer", Some(&good)).await, 401);
    assert_eq!(users("DPoP", None).await, 401);
    assert_eq!(users("DPoP", Some(&good)).await, 200);
    assert_eq!(users("DPoP", Some(&good)).await, 401, "a proof works once");
    call["jti"] = "c2".into();
    assert_eq!(
        users("DPoP", Some(&Key::new().proof(&call))).await,
        401,
        "another key"
    );
    call["ath"] = "x".into();
    assert_eq!(
        users("DPoP", Some(&key.proof(&call))).await,
        401,
        "another token"
    );
}

#[tokio::test]
async fn a_grace_lets_a_rotated_refresh_token_work_for_a_while() {
    let world = World::empty().await;
    world.sim.set_grace(std::time::Duration::from_secs(30));
    let first = crate::oauth::granted(&world, "offline_access okta.users.read").await;
    let first = first["refresh_token"].as_str().unwrap();
    assert_eq!(crate::oauth::refresh(&world, first).await.status, 200);
    assert_eq!(crate::oauth::refresh(&world, first).await.status, 200);
    world.sim.advance_clock(std::time::Duration::from_secs(31));
    let late = crate::oauth::refresh(&world, first).await;
    assert_eq!(error(&late), "invalid_grant");
    assert_eq!(world.sim.tokens_active(), 0, "the family ended");
}
