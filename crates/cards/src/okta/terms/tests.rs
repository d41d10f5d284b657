use serde_json::json;

use crate::okta::tests::check;

#[test]
fn searches_are_expressions_with_quoted_values() {
    check(
        "listUsersWithFilter",
        &[
            ("parameters/resultSet", json!("First Matching Record")),
            ("Inputs/status", json!("ACTIVE")),
            ("Inputs/profile.lastName", json!("O\"Neil\\")),
        ],
        r#"GET /api/v1/users?filter=status eq "ACTIVE" and profile.lastName eq "O\"Neil\\"&limit=1"#,
    );
    check(
        "listUsersWithSearch",
        &[
            ("parameters/resultSet", json!("Stream Matching Records")),
            ("Inputs/status", json!("ACTIVE")),
            ("Inputs/profile.costCenter", json!("7")),
            (
                "Inputs/Custom Search Criteria",
                json!("id eq \"a\" or id eq \"b\""),
            ),
            ("Sort/sortBy", json!("profile.login")),
            ("Streaming/window", json!("x")),
        ],
        r#"GET /api/v1/users?search=status eq "ACTIVE" and (id eq "a" or id eq "b") and profile.costCenter eq "7"&sortBy=profile.login&limit=200"#,
    );
    check("listUsersWithSearch", &[], "GET /api/v1/users?limit=200");
    check(
        "searchUsers",
        &[("Inputs/Query", json!("ada"))],
        "GET /api/v1/users?q=ada&limit=200",
    );
    check(
        "searchGroups",
        &[
            ("Inputs/profile.name", json!("Staff")),
            ("Inputs/type", json!("OKTA_GROUP")),
        ],
        r#"GET /api/v1/groups?search=profile.name eq "Staff" and type eq "OKTA_GROUP"&limit=200"#,
    );
    check(
        "searchGroups",
        &[("Inputs/Query", json!("St"))],
        "GET /api/v1/groups?q=St&limit=200",
    );
    check(
        "listApplicationsAssignedToUser",
        &[("User/ID", json!("00u1"))],
        r#"GET /api/v1/apps?filter=user.id eq "00u1"&limit=200"#,
    );
    check("listApplicationsAssignedToUser", &[], "! missing_input");
    check(
        "searchSystemLogs",
        &[
            ("parameters/searchBy", json!("Expression")),
            ("Search By/Event Type", json!("user.session.start")),
            ("Date/since", json!("2026-01-01T00:00:00.000Z")),
        ],
        r#"GET /api/v1/logs?filter=eventType eq "user.session.start"&since=2026-01-01T00:00:00.000Z&limit=200"#,
    );
    check(
        "searchSystemLogs",
        &[
            ("parameters/searchBy", json!("Keyword")),
            ("Search By/Keyword", json!("ada")),
        ],
        "GET /api/v1/logs?q=ada&limit=200",
    );
}
