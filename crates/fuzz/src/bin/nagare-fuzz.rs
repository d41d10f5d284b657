//! The program that `cargo xtask fuzz TARGET` builds: libFuzzer around one target, named by `NAGARE_FUZZ_TARGET`.

#![no_main]

use std::sync::LazyLock;

use fuzz::{Target, target};
use libfuzzer_sys::fuzz_target;

static CHOSEN: LazyLock<Option<Target>> =
    LazyLock::new(|| target(&std::env::var("NAGARE_FUZZ_TARGET").ok()?));

fuzz_target!(|bytes: &[u8]| {
    let chosen = *CHOSEN;
    assert!(chosen.is_some(), "NAGARE_FUZZ_TARGET names no target");
    if let Some(target) = chosen {
        target(bytes);
    }
});
