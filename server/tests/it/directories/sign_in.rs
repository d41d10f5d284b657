//! Just-in-time sign-in: the password is tried at a real domain controller, the rules decide, nothing of the password stays.

use serde_json::{Value as Json, json};

use super::{DOMAIN, STAFF, added, status, unit, user, writes};
use crate::samba::{Samba, is_inside};
use crate::world::World;

const SECRET: &str = "Un-Heimlich.4711!";

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_in_is_imported_by_the_rules() {
    if !is_inside("directories::sign_in::who_signs_in_is_imported_by_the_rules") {
        return;
    }
    let samba = Samba::start().await;
    samba.change(&format!(
        "{}{}{}{}",
        unit("Staff"),
        unit("Elsewhere"),
        user("newbie", "New", "Bie", "title: Trainee\n"),
        user("mover", "Mo", "Ver", ""),
    ));
    samba.set_password("newbie", SECRET);
    samba.set_password("mover", SECRET);
    samba.change(&format!(
        "dn: CN=Mo Ver,{STAFF}\nchangetype: modrdn\nnewrdn: CN=Mo Ver\ndeleteoldrdn: 1\nnewsuperior: OU=Elsewhere,{DOMAIN}\n\n"
    ));
    let mut world = World::start().await;
    let connection = world
        .connect_with(&["okta.schemas.read", "okta.users.manage"])
        .await;
    let off = json!({ "units": [STAFF] });
    let directory = added(&world, &samba, &connection, off).await;
    let path = format!("/directories/{directory}/sign-ins");
    let body = json!({ "username": "newbie", "password": SECRET });
    let (code, refused) = world.rest("POST", &path, Some(body)).await;
    assert_eq!(code, 422, "{refused}");
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("Just-in-time"),
        "{refused}"
    );
    let mut view = world.get(&format!("/directories/{directory}")).await;
    view["settings"]["is_just_in_time"] = json!(true);
    for name in ["next_at", "users", "newest"] {
        view.as_object_mut().unwrap().remove(name);
    }
    world.post("/directories", view).await;

    let sign_in = async |who: &str, password: &str| {
        let body = json!({ "username": who, "password": password });
        world.post(&path, body).await
    };
    let denied = |answer: &Json, reason: &str| {
        assert_eq!(
            (&answer["is_signed_in"], &answer["reason"]),
            (&json!(false), &json!(reason)),
            "{answer}"
        );
    };
    let before = writes(&world);
    denied(&sign_in("newbie", "wrong").await, "wrong_password");
    denied(&sign_in("newbie", "").await, "wrong_password");
    denied(&sign_in("nobody", SECRET).await, "no_such_user");
    let outside = sign_in("mover", SECRET).await;
    assert_eq!(outside["is_signed_in"], false, "{outside}");
    assert_eq!(outside["reason"], "out_of_ou_selection", "{outside}");
    assert_eq!(writes(&world), before, "nothing is sent for them");

    let created = sign_in("CORP\\newbie", SECRET).await;
    assert_eq!(
        (&created["is_signed_in"], &created["outcome"]),
        (&json!(true), &json!("created")),
        "{created}"
    );
    let (_, okta) = world
        .org("GET", "/api/v1/users/newbie@corp.example.test", None)
        .await;
    assert_eq!(okta["profile"]["title"], "Trainee", "{okta}");
    assert_eq!(created["okta_user"], okta["id"], "{created}");
    let again = sign_in("newbie@corp.example.test", SECRET).await;
    assert_eq!(
        (&again["is_signed_in"], &again["outcome"]),
        (&json!(true), &json!("unchanged")),
        "{again}"
    );
    samba.change(&format!(
        "dn: CN=New Bie,{STAFF}\nchangetype: modify\nreplace: title\ntitle: Master\n\n"
    ));
    let updated = sign_in("newbie", SECRET).await;
    assert_eq!(updated["outcome"], "updated", "{updated}");
    let (_, okta) = world
        .org("GET", "/api/v1/users/newbie@corp.example.test", None)
        .await;
    assert_eq!(okta["profile"]["title"], "Master", "{okta}");

    samba.change(&format!(
        "dn: CN=New Bie,{STAFF}\nchangetype: modify\nreplace: userAccountControl\nuserAccountControl: 514\n\n"
    ));
    let disabled = sign_in("newbie", SECRET).await;
    denied(&disabled, "account_disabled");
    assert_eq!(
        (&disabled["outcome"], &disabled["rules"]),
        (&json!("removed"), &json!(["AD-R10"])),
        "{disabled}"
    );
    assert_eq!(
        status(&world, "newbie@corp.example.test").await.as_deref(),
        Some("DEPROVISIONED")
    );

    assert!(
        world
            .count("audit where action = 'directory.sign_in'")
            .await
            > 0
    );
    let left = world.end().await;
    for file in walk(left.path()) {
        let bytes = std::fs::read(&file).unwrap();
        let found = bytes
            .windows(SECRET.len())
            .any(|part| part == SECRET.as_bytes());
        assert!(!found, "the password is in {}", file.display());
    }
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(walk(&path));
        } else {
            files.push(path);
        }
    }
    files
}
