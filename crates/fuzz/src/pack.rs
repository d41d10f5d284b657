//! A pack that somebody sent.

use cards::Language;
use flopack::{NewIds, export, import, same};
use flow::Granted;

/// Reads the bytes as a pack. What could be read is checked, compiled, written and read again: of a pack without problems
/// nothing may be lost on the way.
pub fn pack(bytes: &[u8]) {
    let Ok(read) = import(bytes, &mut Counter(0)) else {
        return;
    };
    let catalogue = cards::catalogue(Language::En);
    for flow in &read.flows {
        flow::check(&flow.flow, catalogue, &Granted::new());
        engine::Plan::compile(&flow.flow);
    }
    let Ok(written) = export(&read.view()) else {
        return;
    };
    let again = import(written.to_string().as_bytes(), &mut Counter(0));
    assert!(again.is_ok(), "what was exported cannot be read: {again:?}");
    let twice = again.ok().and_then(|again| export(&again.view()).ok());
    assert!(
        twice.is_some(),
        "what was exported cannot be exported again"
    );
    if let (Some(twice), true) = (twice, read.problems.is_empty()) {
        let lost = same(&written, &twice);
        assert!(lost.is_empty(), "an export of an import differs: {lost:?}");
    }
}

/// Gives out `fresh1`, `fresh2`, …
pub(crate) struct Counter(pub(crate) usize);

impl NewIds for Counter {
    fn id(&mut self) -> String {
        self.0 += 1;
        format!("fresh{}", self.0)
    }
}
