//! Everything SQL: SQLite and PostgreSQL through one code base.
