//! Everything that leaves the building, and the only holder of clear secrets.
