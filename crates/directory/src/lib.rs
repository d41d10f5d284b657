//! Active Directory: attribute mapping, import rules and expressions.
