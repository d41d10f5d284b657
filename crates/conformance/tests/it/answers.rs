//! Every request and every answer is as Okta describes it.

use conformance::Description;

use crate::survey::survey;

#[tokio::test]
async fn every_action_card_sends_what_okta_describes_and_reads_what_it_answers() {
    let Some(description) = Description::find().unwrap() else {
        return;
    };
    let findings = survey(&description).await;
    let faults: Vec<&String> = findings.values().flat_map(|it| &it.faults).collect();
    assert!(faults.is_empty(), "{} faults\n{faults:#?}", faults.len());
}
