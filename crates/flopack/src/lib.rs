//! Import and export of Okta Workflows packs.
