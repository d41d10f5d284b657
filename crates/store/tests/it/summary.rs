//! Figures over the runs of a span: by part, by flow, by cause.

use store::runs::{self, RunRecord, RunStatus, Span};
use store::{flows, triggers};

use crate::world::{Database, flow, run};

contract! {
    runs_are_counted_by_part_flow_and_cause
    the_newest_run_of_each_flow_is_known
    what_should_have_run_is_overdue
}

fn ended(id: &str, of: &str, at: i64, status: RunStatus) -> RunRecord {
    let mut record = run(id, of);
    record.row.created_at = at;
    record.row.status = status;
    record.row.ended_at = Some(at + 30);
    record.row.duration_ms = Some(30);
    if status == RunStatus::Failed {
        record.row.error_code = Some("okta.E0000006".to_owned());
        record.row.error_message = Some("refused".to_owned());
        record.row.failed_step = Some("read".into());
    }
    record.row.due_at = None;
    record
}

fn span(since: &str, until: Option<&str>) -> Span {
    Span {
        since: since.into(),
        until: until.map(Into::into),
        connection: None,
    }
}

async fn runs_are_counted_by_part_flow_and_cause(database: &Database) {
    let store = &database.store;
    let mut helper = ended("r6", "f1", 2_500, RunStatus::Failed);
    helper.row.parent_run = Some("r1".into());
    let all = [
        ended("r1", "f1", 1_000, RunStatus::Succeeded),
        ended("r2", "f1", 1_500, RunStatus::Failed),
        ended("r3", "f1", 2_000, RunStatus::Failed),
        ended("r4", "f2", 2_100, RunStatus::Succeeded),
        ended("r5", "f2", 3_000, RunStatus::Succeeded),
        helper,
    ];
    runs::insert(store, &all).await.unwrap();
    let parts = runs::count_by_part(store, &span("r1", None), 1_000)
        .await
        .unwrap();
    let counted: Vec<_> = parts
        .iter()
        .map(|part| (part.part, part.status, part.runs))
        .collect();
    let (good, bad) = (RunStatus::Succeeded, RunStatus::Failed);
    assert_eq!(counted.len(), 5);
    for expected in [
        (1, good, 1),
        (1, bad, 1),
        (2, good, 1),
        (2, bad, 1),
        (3, good, 1),
    ] {
        assert!(counted.contains(&expected), "{expected:?} in {counted:?}");
    }
    assert!(
        parts
            .iter()
            .all(|part| part.waited == 0 && part.waited_ms == 0)
    );
    let some = runs::count_by_part(store, &span("r2", Some("r4")), 1_000)
        .await
        .unwrap();
    assert_eq!(some.iter().map(|part| part.runs).sum::<i64>(), 2);

    let busiest = runs::busiest(store, &span("r1", None), 1).await.unwrap();
    assert_eq!((busiest.len(), busiest[0].flow.as_str()), (1, "f1"));
    assert_eq!(
        (
            busiest[0].runs,
            busiest[0].failed,
            busiest[0].newest.as_str()
        ),
        (3, 2, "r3")
    );

    let causes = runs::causes(store, &span("r1", None), 10).await.unwrap();
    assert_eq!(causes.len(), 1, "{causes:?}");
    assert_eq!(
        (
            causes[0].runs,
            causes[0].first_at,
            causes[0].newest.as_str()
        ),
        (2, 1_500, "r3")
    );
    assert_eq!(causes[0].code.as_deref(), Some("okta.E0000006"));
    assert_eq!(causes[0].step, Some("read".into()));

    let durations = runs::durations(store, &span("r1", None), 2).await.unwrap();
    assert_eq!(durations, [(3_000, 30), (2_100, 30)]);
    let of = Span {
        connection: Some("c1".into()),
        ..span("r1", None)
    };
    assert_eq!(runs::busiest(store, &of, 9).await.unwrap(), []);
}

async fn the_newest_run_of_each_flow_is_known(database: &Database) {
    let store = &database.store;
    for id in ["f1", "f2"] {
        let new = flows::NewFlow {
            draft: flow(id, id, "control:noop"),
            folder: None,
            skeleton: None,
            problems: 0,
            author: None,
            at: 5,
        };
        flows::insert(store, &new).await.unwrap();
    }
    let all = [
        ended("r1", "f1", 1_000, RunStatus::Succeeded),
        ended("r2", "f1", 2_000, RunStatus::Failed),
        ended("r3", "gone", 3_000, RunStatus::Succeeded),
    ];
    runs::insert(store, &all).await.unwrap();
    let newest = runs::newest_of_flows(store).await.unwrap();
    assert_eq!(
        newest,
        [("f1".into(), "r2".into(), RunStatus::Failed, 2_000)]
    );
}

async fn what_should_have_run_is_overdue(database: &Database) {
    let store = &database.store;
    assert_eq!(triggers::overdue(store, 1_000).await.unwrap(), []);
}
