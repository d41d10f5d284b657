//! What crosses the wire between browser, scripts and server.
