//! Group commit.

use store::runs::RunStatus::{Queued, Running, Succeeded};
use store::runs::StatusChange;
use store::versions::NewVersion;
use store::{StoreError, Write, Writer, flows, journal, runs, triggers, versions};

use crate::world::{Database, first_at, flow, run};

contract! {
    many_jobs_take_few_commits
    a_job_that_fails_does_not_harm_its_neighbours
    a_job_is_written_whole_or_not_at_all
    a_whole_run_in_one_job
    a_scheduled_time_starts_one_run
    what_a_private_run_knew_is_erased_at_its_end
    what_other_runs_knew_cannot_be_erased
    closing_the_store_ends_the_writer
}

async fn many_jobs_take_few_commits(database: &Database) {
    let writer = Writer::start(database.store.clone());
    let jobs = (0..500).map(|number| {
        let writer = writer.clone();
        tokio::spawn(async move {
            let id = format!("r{number:03}");
            let journal = Write::Journal {
                run: id.as_str().into(),
                seq: 0,
                entries: "[]".to_owned(),
            };
            writer
                .submit(vec![Write::InsertRun(Box::new(run(&id, "f1"))), journal])
                .await
        })
    });
    for job in jobs.collect::<Vec<_>>() {
        job.await.unwrap().unwrap();
    }
    assert_eq!(writer.jobs(), 500);
    assert!(
        writer.commits() <= 100,
        "{} commits for 500 jobs",
        writer.commits()
    );
    for number in [0, 250, 499] {
        let id = format!("r{number:03}").as_str().into();
        assert_eq!(
            runs::find(&database.store, &id)
                .await
                .unwrap()
                .map(|row| row.status),
            Some(Queued)
        );
        assert_eq!(journal::read(&database.store, &id).await.unwrap().len(), 1);
    }
}

async fn a_job_that_fails_does_not_harm_its_neighbours(database: &Database) {
    let store = &database.store;
    runs::insert(store, &[run("taken", "f1")]).await.unwrap();
    let writer = Writer::start(store.clone());
    let jobs = (0..60).map(|number| {
        let writer = writer.clone();
        tokio::spawn(async move {
            let write = match number {
                20 => Write::InsertRun(Box::new(run("taken", "f1"))),
                40 => {
                    let change = StatusChange::new("taken".into(), Running, Succeeded, 1);
                    Write::Status(Box::new(change))
                }
                _ => Write::InsertRun(Box::new(run(&format!("r{number}"), "f1"))),
            };
            (number, writer.submit(vec![write]).await)
        })
    });
    for job in jobs.collect::<Vec<_>>() {
        let (number, done) = job.await.unwrap();
        match number {
            20 => assert!(
                matches!(done, Err(StoreError::Taken { what: "run" })),
                "{done:?}"
            ),
            40 => assert!(
                matches!(done, Err(StoreError::RunMoved { status: Queued })),
                "{done:?}"
            ),
            _ => {
                done.unwrap();
                let id = format!("r{number}").as_str().into();
                assert!(
                    runs::find(store, &id).await.unwrap().is_some(),
                    "run {number}"
                );
            }
        }
    }
}

async fn a_job_is_written_whole_or_not_at_all(database: &Database) {
    let store = &database.store;
    let writer = Writer::start(store.clone());
    let journal = |seq| Write::Journal {
        run: "r1".into(),
        seq,
        entries: "[]".to_owned(),
    };
    let done = writer
        .submit(vec![
            Write::InsertRun(Box::new(run("r1", "f1"))),
            journal(0),
            journal(0),
        ])
        .await;
    assert!(
        matches!(
            done,
            Err(StoreError::Taken {
                what: "journal entry"
            })
        ),
        "{done:?}"
    );
    assert_eq!(runs::find(store, &"r1".into()).await.unwrap(), None);
    assert_eq!(journal::read(store, &"r1".into()).await.unwrap(), []);
    writer.submit(Vec::new()).await.unwrap();
}

async fn a_whole_run_in_one_job(database: &Database) {
    let store = &database.store;
    let writer = Writer::start(store.clone());
    let mut end = StatusChange::new("r1".into(), Running, Succeeded, 30);
    end.result = Some(r#"{"ok":true}"#.to_owned());
    let job = vec![
        Write::InsertRun(Box::new(run("r1", "f1"))),
        Write::Status(Box::new(StatusChange::new(
            "r1".into(),
            Queued,
            Running,
            10,
        ))),
        Write::Journal {
            run: "r1".into(),
            seq: 0,
            entries: "[1]".to_owned(),
        },
        Write::Status(Box::new(end.clone())),
    ];
    writer.submit(job).await.unwrap();
    let record = runs::get(store, &"r1".into()).await.unwrap();
    assert_eq!(
        (record.row.status, record.row.duration_ms),
        (Succeeded, Some(20))
    );
    assert_eq!(record.result, end.result);
    let again = writer.submit(vec![Write::Status(Box::new(end))]).await;
    assert!(
        matches!(again, Err(StoreError::RunMoved { status: Succeeded })),
        "{again:?}"
    );
}

async fn a_scheduled_time_starts_one_run(database: &Database) {
    let store = &database.store;
    let document = flow("f1", "Nightly", "control:callable");
    let new = flows::NewFlow {
        draft: document.clone(),
        folder: None,
        skeleton: None,
        problems: 0,
        author: None,
        at: 0,
    };
    flows::insert(store, &new).await.unwrap();
    let version = NewVersion {
        document: &document,
        name: "",
        note: "",
        changes: None,
        author: None,
        at: 0,
    };
    versions::insert(store, &version).await.unwrap();
    triggers::turn_on(store, &document.id, 1, first_at(100), 0)
        .await
        .unwrap();
    let writer = Writer::start(store.clone());
    let start = |id: &str| {
        vec![
            Write::InsertRun(Box::new(run(id, "f1"))),
            Write::Scheduled {
                flow: "f1".into(),
                due: 100,
                next_at: Some(200),
            },
        ]
    };
    writer.submit(start("r1")).await.unwrap();
    let again = writer.submit(start("r2")).await;
    assert!(
        matches!(
            again,
            Err(StoreError::Taken {
                what: "scheduled time"
            })
        ),
        "{again:?}"
    );
    assert_eq!(runs::find(store, &"r2".into()).await.unwrap(), None);
    assert_eq!(
        triggers::find(store, &"f1".into())
            .await
            .unwrap()
            .unwrap()
            .next_at,
        Some(200)
    );
}

async fn closing_the_store_ends_the_writer(database: &Database) {
    let writer = Writer::start(database.store.clone());
    let insert = |id: &str| vec![Write::InsertRun(Box::new(run(id, "f1")))];
    writer.submit(insert("r1")).await.unwrap();
    database.store.close().await;
    let late = writer.submit(insert("r2")).await;
    assert!(matches!(late, Err(StoreError::Unavailable(_))), "{late:?}");
}

/// A run under way that was started with something and has written something.
async fn begun(database: &Database, id: &str, is_private: bool, parent: Option<&str>) -> Writer {
    let mut record = run(id, "f1");
    record.row.status = Running;
    record.row.is_private = is_private;
    record.row.parent_run = parent.map(Into::into);
    record.input = r#"["hunter2"]"#.to_owned();
    let writer = Writer::start(database.store.clone());
    let journal = Write::Journal {
        run: id.into(),
        seq: 0,
        entries: r#"["hunter2"]"#.to_owned(),
    };
    writer
        .submit(vec![Write::InsertRun(Box::new(record)), journal])
        .await
        .unwrap();
    writer
}

fn end_with(id: &str, result: &str) -> Write {
    let mut end = StatusChange::new(id.into(), Running, Succeeded, 30);
    end.result = Some(result.to_owned());
    Write::Status(Box::new(end))
}

fn erase(id: &str) -> Write {
    Write::Erase {
        run: id.into(),
        entries: "[]".to_owned(),
    }
}

async fn what_a_private_run_knew_is_erased_at_its_end(database: &Database) {
    let store = &database.store;
    let writer = begun(database, "r1", true, Some("r0")).await;
    writer
        .submit(vec![end_with("r1", r#""hunter2""#), erase("r1")])
        .await
        .unwrap();
    let record = runs::get(store, &"r1".into()).await.unwrap();
    assert_eq!(
        (record.row.status, record.input.as_str()),
        (Succeeded, "[]")
    );
    assert_eq!(record.result.as_deref(), Some(r#""hunter2""#));
    let journal = journal::read(store, &"r1".into()).await.unwrap();
    let parts: Vec<&str> = journal.iter().map(|part| part.entries.as_str()).collect();
    assert_eq!(parts, ["[]"]);
    let caller = Write::EraseReturned {
        caller: "r0".into(),
    };
    writer.submit(vec![caller]).await.unwrap();
    let record = runs::get(store, &"r1".into()).await.unwrap();
    assert_eq!(record.result, None);
    // Taking away is all that is allowed.
    for statement in ["update run set result = 'x'", "update run set input = 'x'"] {
        let refused = database.sql(statement).await.unwrap_err().to_string();
        assert!(refused.contains("run_is_finished"), "{refused}");
    }
}

async fn what_other_runs_knew_cannot_be_erased(database: &Database) {
    let store = &database.store;
    let writer = begun(database, "public", false, Some("r0")).await;
    writer.submit(vec![end_with("public", "1")]).await.unwrap();
    begun(database, "open", true, Some("r0")).await;
    let caller = Write::EraseReturned {
        caller: "r0".into(),
    };
    writer
        .submit(vec![erase("public"), erase("open"), caller])
        .await
        .unwrap();
    for id in ["public", "open"] {
        let record = runs::get(store, &id.into()).await.unwrap();
        assert_eq!(record.input, r#"["hunter2"]"#, "{id}");
        let journal = journal::read(store, &id.into()).await.unwrap();
        assert_eq!(journal[0].entries, r#"["hunter2"]"#, "{id}");
    }
    let public = runs::get(store, &"public".into()).await.unwrap();
    assert_eq!(public.result.as_deref(), Some("1"));
    for statement in [
        "update run set input = '[]'",
        "update run set result = null",
    ] {
        let statement = format!("{statement} where id = 'public'");
        let refused = database.sql(&statement).await.unwrap_err().to_string();
        assert!(refused.contains("run_is_finished"), "{refused}");
    }
}
