//! The list of runs: what each filter finds, and that no filter reads the whole table.

use sqlx::{Connection, Row};
use store::flows::NewFlow;
use store::runs::RunStatus::{Canceled, Failed, Queued, Succeeded};
use store::runs::{Cause, RunFilter, RunParent, StartedBy};
use store::{flows, runs};

use crate::world::{Database, flow, run};

contract! {
    the_newest_come_first_and_pages_join
    each_filter_finds_its_runs
    a_text_finds_id_flow_subject_and_error
    causes_versions_and_spans_narrow_the_list
    titles_of_cards_and_values_are_found
}

async fn fill(database: &Database) {
    let mut all = Vec::new();
    for number in 0..40 {
        let mut record = run(&format!("01RUN{number:03}"), &format!("f{}", number % 4));
        record.row.status = [Succeeded, Succeeded, Queued, Failed, Canceled][number % 5];
        if number % 10 == 0 {
            record.row.parent_run = Some("01RUN000".into());
        }
        if number == 13 {
            record.row.error_message = Some("Rate limit of 50% EXCEEDED".to_owned());
        }
        if number == 20 {
            record.row.subject = Some("ada@example.com".to_owned());
        }
        all.push(record);
    }
    runs::insert(&database.store, &all).await.unwrap();
}

async fn numbers(database: &Database, filter: RunFilter) -> Vec<usize> {
    let page = runs::list(
        &database.store,
        &RunFilter {
            limit: 100,
            ..filter
        },
    )
    .await
    .unwrap();
    page.items
        .iter()
        .map(|run| run.id.as_str().trim_start_matches("01RUN").parse().unwrap())
        .collect()
}

fn expected(keep: impl Fn(usize) -> bool) -> Vec<usize> {
    (0..40).rev().filter(|number| keep(*number)).collect()
}

async fn the_newest_come_first_and_pages_join(database: &Database) {
    fill(database).await;
    let mut filter = RunFilter {
        statuses: vec![Failed, Succeeded],
        limit: 7,
        ..RunFilter::default()
    };
    let mut seen = Vec::new();
    loop {
        let page = runs::list(&database.store, &filter).await.unwrap();
        assert!(page.items.len() <= 7);
        seen.extend(page.items.iter().map(|run| run.id.to_string()));
        filter.before = page.next;
        if filter.before.is_none() {
            break;
        }
    }
    let expected = expected(|number| matches!(number % 5, 0 | 1 | 3));
    assert_eq!(
        seen,
        expected
            .iter()
            .map(|number| format!("01RUN{number:03}"))
            .collect::<Vec<_>>()
    );
}

async fn each_filter_finds_its_runs(database: &Database) {
    fill(database).await;
    let all = RunFilter::default();
    assert_eq!(numbers(database, all.clone()).await, expected(|_| true));
    let flows = vec!["f1".into(), "f3".into()];
    assert_eq!(
        numbers(
            database,
            RunFilter {
                flows: flows.clone(),
                ..all.clone()
            }
        )
        .await,
        expected(|n| n % 2 == 1)
    );
    let statuses = vec![Failed, Queued];
    let both = RunFilter {
        flows,
        statuses,
        ..all.clone()
    };
    assert_eq!(
        numbers(database, both).await,
        expected(|n| n % 2 == 1 && matches!(n % 5, 2 | 3))
    );
    let many = (1..50).map(|number| format!("f{number}").into()).collect();
    assert_eq!(
        numbers(
            database,
            RunFilter {
                flows: many,
                ..all.clone()
            }
        )
        .await,
        expected(|n| n % 4 != 0)
    );
    let top = RunFilter {
        parent: RunParent::Top,
        ..all.clone()
    };
    assert_eq!(numbers(database, top).await, expected(|n| n % 10 != 0));
    let of = RunFilter {
        parent: RunParent::Of("01RUN000".into()),
        ..all.clone()
    };
    assert_eq!(numbers(database, of).await, expected(|n| n % 10 == 0));
}

async fn a_text_finds_id_flow_subject_and_error(database: &Database) {
    fill(database).await;
    let new = NewFlow {
        draft: flow("f2", "Offboarding 退職", "control:noop"),
        folder: None,
        skeleton: None,
        problems: 0,
        author: None,
        at: 0,
    };
    flows::insert(&database.store, &new).await.unwrap();
    let text = |text: &str| RunFilter {
        text: Some(text.to_owned()),
        ..RunFilter::default()
    };
    assert_eq!(
        numbers(database, text("退職")).await,
        expected(|n| n % 4 == 2)
    );
    assert_eq!(
        numbers(database, text("offBOARD")).await,
        expected(|n| n % 4 == 2)
    );
    assert_eq!(
        numbers(database, text("01run01")).await,
        expected(|n| (10..20).contains(&n))
    );
    assert_eq!(numbers(database, text("ada@example.com")).await, [20]);
    assert_eq!(numbers(database, text("50% exceeded")).await, [13]);
    assert_eq!(
        numbers(database, text("nothing like it")).await,
        Vec::<usize>::new()
    );
    let narrowed = RunFilter {
        flows: vec!["f1".into()],
        ..text("exceeded")
    };
    assert_eq!(numbers(database, narrowed).await, [13]);
    let elsewhere = RunFilter {
        flows: vec!["f2".into()],
        ..text("exceeded")
    };
    assert_eq!(numbers(database, elsewhere).await, Vec::<usize>::new());
    let other_status = RunFilter {
        statuses: vec![Queued],
        ..text("退職")
    };
    assert_eq!(
        numbers(database, other_status).await,
        expected(|n| n % 4 == 2 && n % 5 == 2)
    );
}

async fn causes_versions_and_spans_narrow_the_list(database: &Database) {
    let causes = [Cause::Event, Cause::Manual, Cause::Api, Cause::Helper];
    let mut all = Vec::new();
    for number in 0..40 {
        let mut record = run(&format!("01RUN{number:03}"), "f");
        record.row.status = Succeeded;
        record.row.cause = causes[number % 4];
        record.row.version = if number < 20 { 1 } else { 2 };
        record.row.subject = (number % 8 == 1).then(|| "ada@example.com".to_owned());
        record.row.person = (number == 2).then(|| "p1".into());
        all.push(record);
    }
    runs::insert(&database.store, &all).await.unwrap();
    let by = |cause, by_person| StartedBy { cause, by_person };
    let started = |causes| RunFilter {
        causes,
        ..RunFilter::default()
    };
    let both = vec![by(Cause::Event, None), by(Cause::Helper, None)];
    assert_eq!(
        numbers(database, started(both)).await,
        expected(|n| n % 4 == 0 || n % 4 == 3)
    );
    assert_eq!(
        numbers(database, started(vec![by(Cause::Api, Some(true))])).await,
        [2]
    );
    let nobody = started(vec![by(Cause::Api, Some(false))]);
    assert_eq!(
        numbers(database, nobody).await,
        expected(|n| n % 4 == 2 && n != 2)
    );
    let narrow = RunFilter {
        flows: vec!["f".into()],
        statuses: vec![Succeeded, Failed],
        version: Some(2),
        subject: Some("ada@example.com".to_owned()),
        after: Some("01RUN020".into()),
        before: Some("01RUN034".into()),
        ..RunFilter::default()
    };
    assert_eq!(numbers(database, narrow).await, [33, 25]);
    let of_person = RunFilter {
        person: Some("p1".into()),
        ..RunFilter::default()
    };
    assert_eq!(numbers(database, of_person).await, [2]);
    // So many conditions share one branch.
    let crowd = RunFilter {
        flows: (0..19)
            .map(|number| format!("g{number}").into())
            .chain(["f".into()])
            .collect(),
        statuses: vec![Queued, Failed, Canceled, Succeeded],
        causes: vec![by(Cause::Event, None), by(Cause::Manual, None)],
        ..RunFilter::default()
    };
    assert_eq!(numbers(database, crowd).await, expected(|n| n % 4 < 2));
}

async fn titles_of_cards_and_values_are_found(database: &Database) {
    fill(database).await;
    let mut draft = flow("f3", "Flow", "control:noop");
    draft.steps[0].title = Some("Suspend \"everybody\"".to_owned());
    let new = NewFlow {
        draft,
        folder: None,
        skeleton: None,
        problems: 0,
        author: None,
        at: 0,
    };
    flows::insert(&database.store, &new).await.unwrap();
    let text = |text: &str| RunFilter {
        text: Some(text.to_owned()),
        ..RunFilter::default()
    };
    assert_eq!(
        numbers(database, text("suspend \"every")).await,
        expected(|n| n % 4 == 3)
    );
    assert_eq!(
        numbers(database, text("愛")).await,
        expected(|_| true),
        "in what they were given"
    );
    let writer = store::Writer::start(database.store.clone());
    let part = store::Write::Journal {
        run: "01RUN007".into(),
        seq: 0,
        entries: r#"[{"outputs":[["output","Hidden treasure"]]}]"#.to_owned(),
    };
    writer.submit(vec![part]).await.unwrap();
    assert_eq!(numbers(database, text("hidden Treasure")).await, [7]);
}

/// The plans that the branches count on, asked of SQLite itself.
#[tokio::test]
async fn sqlite_serves_each_branch_from_its_index_in_order() {
    let database = crate::world::sqlite().await;
    let mut connection = sqlx::AnyConnection::connect(&database.url).await.unwrap();
    let cases = [
        ("1 = 1", "sqlite_autoindex_run_1"),
        ("parent_run is null", "run_top"),
        ("1 = 1 and flow = 'f'", "run_flow "),
        (
            "1 = 1 and status = 'failed' and status <> 'succeeded'",
            "run_status ",
        ),
        (
            "1 = 1 and flow = 'f' and status = 'failed' and status <> 'succeeded'",
            "run_flow_status ",
        ),
        ("1 = 1 and subject = 'a'", "run_subject "),
        ("1 = 1 and person = 'p'", "run_person "),
        (
            "1 = 1 and cause <> 'helper' and (cause = 'manual')",
            "run_cause ",
        ),
    ];
    for (condition, index) in cases {
        let statement = format!(
            "explain query plan select id from run where {condition} order by id desc limit 51"
        );
        let plan = sqlx::query(sqlx::AssertSqlSafe(statement))
            .fetch_all(&mut connection)
            .await
            .unwrap();
        let plan: Vec<String> = plan.iter().map(|row| row.get("detail")).collect();
        let plan = plan.join("; ") + " ";
        assert!(
            plan.contains(index) && !plan.contains("TEMP B-TREE"),
            "{condition}: {plan}"
        );
    }
    let statement =
        "explain query plan select id from run where due_at <= 5 order by due_at limit 10";
    let plan: String = sqlx::query(statement)
        .fetch_one(&mut connection)
        .await
        .unwrap()
        .get("detail");
    assert!(plan.contains("run_due"), "{plan}");
    connection.close().await.unwrap();
    database.remove().await;
}
