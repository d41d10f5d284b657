//! The interpreter: runs a flow through a Host, without any I/O of its own.
