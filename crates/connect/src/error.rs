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
