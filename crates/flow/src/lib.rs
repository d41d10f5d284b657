//! The flow language: values, types, flow document, edits and checks.
