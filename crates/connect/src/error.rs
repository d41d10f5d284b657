//! What can go wrong between us and an org, in words that the caller can act on.

/// An error of the authorization of an org or of a call to it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    /// The domain is not one of an org.
    #[error("{0}")]
    Domain(String),
    /// The org could not be reached.
    #[error(
        "The org at {0} could not be reached. Check the domain, and whether this server may reach it."
    )]
    Unreachable(String),
    /// The org does not accept the client id or secret.
    #[error(
        "The org does not accept this client ID and secret. Check both on the app's page in the Okta Admin Console."
    )]
    InvalidClient,
    /// The org does not accept the client id or the assertion that the key signed.
    #[error(
        "The org does not accept this client ID and key: {0} Check the client ID, and that the app has the public key that belongs to this private key."
    )]
    InvalidKey(String),
    /// The app may not use this kind of authorization.
    #[error(
        "The app at the org is not of this kind: it may not use this grant type. For a service app choose API Services when you make it, for signing in a web application."
    )]
    GrantType,
    /// The app was not granted these scopes; where empty, the org did not say which.
    #[error(
        "The app was not granted {}. Grant it on the app's Okta API Scopes tab, then try again.", named(.0)
    )]
    InvalidScope(Vec<String>),
    /// A pasted key cannot be used.
    #[error("{0}")]
    Key(String),
    /// The connection was deleted meanwhile.
    #[error("The connection was deleted. Choose another one on the card.")]
    Gone,
    /// The org no longer accepts the code or the refresh token.
    #[error("The org no longer accepts this authorization. Reauthorize the connection.")]
    InvalidGrant,
    /// The org refused for another reason.
    #[error("The org refused: {0}")]
    Refused(String),
    /// The org's answer was not what the protocol says.
    #[error("The org's answer could not be understood: {0}")]
    Protocol(String),
    /// A sealed secret could not be opened.
    #[error(
        "A stored secret could not be opened: the key that sealed it (version {0}) is missing or different. Restore the key file."
    )]
    Sealed(i64),
    /// The secret could not be stored or read.
    #[error("The connection's secrets could not be stored or read.")]
    Vault,
}

fn named(scopes: &[String]) -> String {
    match scopes {
        [] => "a scope that was asked for".to_owned(),
        scopes => scopes.join(", "),
    }
}
