//! A pretend Okta org over HTTP, written from Okta's public API description.
