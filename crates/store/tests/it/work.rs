//! Waiting for work.

use std::time::Duration;

use store::runs::RunStatus::{Running, Waiting};
use store::runs::StatusChange;
use store::{Store, Write, Writer, runs};

use crate::world::{Database, run, running};

contract! {
    new_work_wakes_every_waiter
    what_was_announced_before_the_wait_is_not_missed
}

const LONG: Duration = Duration::from_secs(20);

async fn new_work_wakes_every_waiter(database: &Database) {
    let writer = Writer::start(database.store.clone());
    let mut watches = [database.store.watch_work(), database.store.watch_work()];
    let [one, two] = &mut watches;
    let (one, two, done) = tokio::join!(
        one.wait(LONG),
        two.wait(LONG),
        writer.submit(vec![Write::InsertRun(Box::new(run("r1", "f1")))]),
    );
    done.unwrap();
    assert!(one && two);
}

async fn what_was_announced_before_the_wait_is_not_missed(database: &Database) {
    let mut watch = database.store.watch_work();
    runs::insert(&database.store, &[running("r1", "f1", "me", 100)])
        .await
        .unwrap();
    assert!(watch.wait(LONG).await);
    let mut fresh = database.store.watch_work();
    let mut change = StatusChange::new("r1".into(), Running, Waiting, 1);
    change.due_at = Some(2);
    let writer = Writer::start(database.store.clone());
    writer
        .submit(vec![Write::Status(Box::new(change))])
        .await
        .unwrap();
    assert!(fresh.wait(LONG).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn work_of_one_server_wakes_another_on_postgres() {
    let Some(database) = crate::world::postgres().await else {
        return;
    };
    let other = Store::open(&database.url).await.unwrap();
    let mut watch = other.watch_work();
    runs::insert(&database.store, &[run("r1", "f1")])
        .await
        .unwrap();
    assert!(watch.wait(LONG).await);
    other.close().await;
    drop(other);
    database.remove().await;
}

#[tokio::test]
async fn nothing_to_do_ends_the_wait() {
    let database = crate::world::sqlite().await;
    assert!(
        !database
            .store
            .watch_work()
            .wait(Duration::from_millis(5))
            .await
    );
    database.remove().await;
}
