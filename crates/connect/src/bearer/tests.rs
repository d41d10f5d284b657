use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::*;
use crate::PrivateKey;

const SCOPE: &str = "okta.workflows.invoke.manage";
/// An RSA key of 2,048 bits that exists for this test alone.
const RSA: &str = include_str!("rsa.pem");

/// An authorization server that publishes keys and counts how often it is asked for them.
struct Issuer {
    address: SocketAddr,
    keys: Arc<Mutex<Vec<Json>>>,
    asked: Arc<AtomicUsize>,
}

impl Issuer {
    async fn start(keys: Vec<Json>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let keys = Arc::new(Mutex::new(keys));
        let asked = Arc::new(AtomicUsize::new(0));
        let (shown, count) = (Arc::clone(&keys), Arc::clone(&asked));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut bytes = vec![0; 4096];
                let size = stream.read(&mut bytes).await.unwrap();
                let request = String::from_utf8_lossy(&bytes[..size]).into_owned();
                let base = format!("http://{address}");
                let body = if request.contains("/keys") {
                    count.fetch_add(1, Ordering::SeqCst);
                    json!({"keys": *shown.lock().unwrap()})
                } else {
                    let at = |path: &str| format!("{base}/oauth2/v1/{path}");
                    json!({"issuer": base, "authorization_endpoint": at("authorize"), "token_endpoint": at("token"),
                        "revocation_endpoint": at("revoke"), "introspection_endpoint": at("introspect"),
                        "userinfo_endpoint": at("userinfo"), "jwks_uri": at("keys")})
                };
                let text = body.to_string();
                let answer = format!(
                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{text}",
                    text.len()
                );
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        Self {
            address,
            keys,
            asked,
        }
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    fn org(&self) -> Org {
        Org::parse(&self.url()).unwrap()
    }

    fn claims(&self, now: DateTime<Utc>) -> Json {
        json!({"iss": self.url(), "aud": self.url(), "sub": "0oa1", "cid": "0oa1", "scp": ["other", SCOPE],
            "iat": now.timestamp(), "exp": now.timestamp() + 3600})
    }
}

fn rsa(id: &str) -> PrivateKey {
    serde_json::from_value(json!({"id": id, "material": {"rsa_pkcs8":
        RSA.lines().filter(|line| !line.starts_with('-')).collect::<String>()}}))
    .unwrap()
}

fn client() -> reqwest::Client {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        drop(rustls::crypto::ring::default_provider().install_default());
    }
    reqwest::Client::new()
}

fn signed(key: &PrivateKey, claims: &Json) -> String {
    key.sign(json!({"typ": "JWT"}), claims).unwrap()
}

#[tokio::test]
async fn a_token_of_the_org_holds_under_both_algorithms() {
    let (ec, rsa) = (PrivateKey::new().unwrap(), rsa("r1"));
    let issuer = Issuer::start(vec![ec.public_jwk().unwrap(), rsa.public_jwk().unwrap()]).await;
    let (bearers, http, now) = (Bearers::default(), client(), Utc::now());
    let orgs = [issuer.org()];
    for key in [&ec, &rsa] {
        let token = signed(key, &issuer.claims(now));
        let held = bearers
            .check(&http, &orgs, &token, SCOPE, now)
            .await
            .unwrap();
        assert_eq!(
            (held.client.as_str(), held.subject.as_str()),
            ("0oa1", "0oa1")
        );
    }
    assert_eq!(issuer.asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn what_a_token_says_must_fit() {
    let key = PrivateKey::new().unwrap();
    let issuer = Issuer::start(vec![key.public_jwk().unwrap()]).await;
    let (bearers, http, now) = (Bearers::default(), client(), Utc::now());
    let orgs = [issuer.org()];
    let with = |name: &str, value: Json| {
        let mut claims = issuer.claims(now);
        claims[name] = value;
        signed(&key, &claims)
    };
    let other = PrivateKey::new().unwrap();
    let mut forged = serde_json::to_value(&other).unwrap();
    forged["id"] = key.public_jwk().unwrap()["kid"].clone();
    let forged: PrivateKey = serde_json::from_value(forged).unwrap();
    let good = with("ok", json!(true));
    let [header, claims, signature]: [&str; 3] =
        good.split('.').collect::<Vec<_>>().try_into().unwrap();
    let encoded = |json: Json| URL_SAFE_NO_PAD.encode(json.to_string());
    let kid = key.public_jwk().unwrap()["kid"].clone();
    let wrong = [
        ("expired", with("exp", json!(now.timestamp() - 31))),
        ("never expires", with("exp", Json::Null)),
        ("text as time", with("exp", json!("2999"))),
        ("not yet", with("nbf", json!(now.timestamp() + 120))),
        ("from the future", with("iat", json!(now.timestamp() + 120))),
        ("audience", with("aud", json!("api://default"))),
        ("issuer", with("iss", json!("https://evil.example"))),
        ("bound", with("cnf", json!({"jkt": "x"}))),
        ("foreign key", signed(&forged, &issuer.claims(now))),
        ("unknown key", signed(&other, &issuer.claims(now))),
        ("no signature", format!("{header}.{claims}.")),
        (
            "none",
            format!("{}.{claims}.", encoded(json!({"alg": "none", "kid": kid}))),
        ),
        (
            "hmac",
            format!(
                "{}.{claims}.{signature}",
                encoded(json!({"alg": "HS256", "kid": kid}))
            ),
        ),
        (
            "other algorithm",
            format!(
                "{}.{claims}.{signature}",
                encoded(json!({"alg": "RS256", "kid": kid}))
            ),
        ),
        (
            "critical",
            format!(
                "{}.{claims}.{signature}",
                encoded(json!({"alg": "ES256", "kid": kid, "crit": ["x"]}))
            ),
        ),
        ("two parts", format!("{header}.{claims}")),
        ("no token", "hello".to_owned()),
        ("huge", "a".repeat(20_000)),
    ];
    let mut held = Vec::new();
    for (name, token) in wrong {
        match bearers.check(&http, &orgs, &token, SCOPE, now).await {
            Err(NotBorne::Invalid(_)) => {}
            other => held.push(format!("{name}: {other:?}")),
        }
    }
    assert_eq!(held, [""; 0]);
    let scope = bearers
        .check(
            &http,
            &orgs,
            &with("scp", json!(["okta.users.read"])),
            SCOPE,
            now,
        )
        .await;
    assert_eq!(scope, Err(NotBorne::Scope(SCOPE.to_owned())));
    let several = with("aud", json!(["x", issuer.url()]));
    assert!(
        bearers
            .check(&http, &orgs, &several, SCOPE, now)
            .await
            .is_ok()
    );
    assert!(bearers.check(&http, &[], &good, SCOPE, now).await.is_err());
}

#[tokio::test]
async fn a_new_key_is_asked_for_and_strangers_cannot_make_us_ask() {
    let (first, second) = (PrivateKey::new().unwrap(), PrivateKey::new().unwrap());
    let issuer = Issuer::start(vec![first.public_jwk().unwrap()]).await;
    let (bearers, http, start) = (Bearers::default(), client(), Utc::now());
    let orgs = [issuer.org()];
    let check = |key: &PrivateKey, after_s: i64| {
        let now = start + chrono::TimeDelta::seconds(after_s);
        let token = signed(key, &issuer.claims(now));
        let (bearers, http, orgs) = (&bearers, &http, &orgs);
        async move { bearers.check(http, orgs, &token, SCOPE, now).await }
    };
    let asked = || issuer.asked.load(Ordering::SeqCst);
    check(&first, 0).await.unwrap();
    for _ in 0..20 {
        check(&second, 1).await.unwrap_err();
    }
    assert_eq!(asked(), 1);
    issuer
        .keys
        .lock()
        .unwrap()
        .push(second.public_jwk().unwrap());
    let many = futures::future::join_all((0..20).map(|_| check(&second, 40))).await;
    assert!(many.iter().all(Result::is_ok), "{many:?}");
    assert_eq!(asked(), 2);
    // A key that was withdrawn is believed for an hour.
    issuer.keys.lock().unwrap().remove(0);
    check(&first, 3_000).await.unwrap();
    check(&first, 3_700).await.unwrap_err();
}

#[tokio::test]
async fn an_org_that_cannot_be_reached_is_said_so() {
    let key = PrivateKey::new().unwrap();
    let gone = Org::parse("http://127.0.0.1:9").unwrap();
    let now = Utc::now();
    let claims = json!({"iss": "http://127.0.0.1:9", "aud": "http://127.0.0.1:9", "exp": now.timestamp() + 60});
    let checked = Bearers::default()
        .check(&client(), &[gone], &signed(&key, &claims), SCOPE, now)
        .await;
    assert!(
        matches!(checked, Err(NotBorne::Unreachable(_))),
        "{checked:?}"
    );
}
