//! Where the org's authorization server answers, by its own word (OpenID Connect Discovery, RFC 8414). With a custom domain
//! the issuer may be another name of the org than the one that the person typed.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::error::ConnectError;
use crate::org::Org;
use crate::reply::Reply;

/// The addresses of an authorization server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoints {
    pub(crate) issuer: String,
    #[serde(rename = "authorization_endpoint")]
    pub(crate) authorization: Url,
    #[serde(rename = "token_endpoint")]
    pub(crate) token: Url,
    #[serde(rename = "revocation_endpoint")]
    pub(crate) revocation: Url,
    #[serde(rename = "introspection_endpoint")]
    pub(crate) introspection: Url,
    #[serde(rename = "userinfo_endpoint")]
    pub(crate) userinfo: Url,
    /// Absent in what was kept before keys were of use.
    #[serde(rename = "jwks_uri", default, skip_serializing_if = "Option::is_none")]
    keys: Option<Url>,
}

impl Endpoints {
    /// Asks the org. An issuer of another name is believed only if it says the same of itself, and endpoints only on the
    /// org's address or on the issuer's: secrets go nowhere else.
    pub async fn discover(http: &reqwest::Client, org: &Org) -> Result<Self, ConnectError> {
        let found = read(http, org).await?;
        let issuer = issuer(org, &found)?;
        if issuer == *org {
            return found.on(&[org]);
        }
        let own = read(http, &issuer).await?;
        if own.issuer != found.issuer {
            return Err(ConnectError::Protocol(format!(
                "{} says that it is {}, but that one says it is {}. Use the domain that the Admin Console shows",
                org.domain(),
                found.issuer,
                own.issuer
            )));
        }
        own.on(&[org, &issuer])
    }

    /// The usual addresses, for connections that were made before we asked.
    pub(crate) fn usual(org: &Org) -> Result<Self, ConnectError> {
        Ok(Self {
            issuer: org.issuer(),
            authorization: org.at("/oauth2/v1/authorize")?,
            token: org.at("/oauth2/v1/token")?,
            revocation: org.at("/oauth2/v1/revoke")?,
            introspection: org.at("/oauth2/v1/introspect")?,
            userinfo: org.at("/oauth2/v1/userinfo")?,
            keys: None,
        })
    }

    /// Returns the name that the authorization server gives itself in tokens.
    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Returns where the org publishes the keys that sign its tokens.
    pub(crate) fn keys(&self, org: &Org) -> Result<Url, ConnectError> {
        match &self.keys {
            Some(keys) => Ok(keys.clone()),
            None => org.at("/oauth2/v1/keys"),
        }
    }

    fn on(self, hosts: &[&Org]) -> Result<Self, ConnectError> {
        let all = [
            &self.authorization,
            &self.token,
            &self.revocation,
            &self.introspection,
            &self.userinfo,
        ];
        let is_known = |url: &&Url| hosts.iter().any(|org| org.has(url));
        let elsewhere = all
            .into_iter()
            .chain(&self.keys)
            .find(|url| !is_known(url))
            .cloned();
        match elsewhere {
            None => Ok(self),
            Some(elsewhere) => Err(ConnectError::Protocol(format!(
                "its authorization server names an address on another host ({elsewhere})"
            ))),
        }
    }
}

fn issuer(org: &Org, found: &Endpoints) -> Result<Org, ConnectError> {
    Org::parse(&found.issuer).map_err(|_| {
        ConnectError::Protocol(format!(
            "{} names {} as its issuer, which is not the address of an org",
            org.domain(),
            found.issuer
        ))
    })
}

async fn read(http: &reqwest::Client, org: &Org) -> Result<Endpoints, ConnectError> {
    let unreachable = || ConnectError::Unreachable(org.domain());
    let answer = http
        .get(org.at("/.well-known/openid-configuration")?)
        .header("accept", "application/json")
        .send()
        .await
        .map_err(|_| unreachable())?;
    let reply = Reply::read(answer).await.map_err(|_| unreachable())?;
    if reply.status >= 500 {
        return Err(unreachable());
    }
    serde_json::from_value(reply.body).map_err(|_| {
        ConnectError::Protocol(format!(
            "{} does not answer like an Okta org ({}). Check the domain",
            org.domain(),
            reply.status
        ))
    })
}
