//! Tests about the code base itself.
