-- What a version is called and why it was saved can be changed later; its document cannot.
create table version_label (
    flow TEXT collate "C" not null,
    number BIGINT not null,
    name TEXT not null,
    note TEXT not null,
    changes BIGINT,
    primary key (flow, number)
);

-- Drafts that gave way to another: before a version was restored, or where a conflict was decided for somebody else.
create table kept_draft (
    id TEXT collate "C" not null primary key,
    flow TEXT collate "C" not null references flow (id) on delete cascade,
    reason TEXT not null,
    author TEXT collate "C",
    created_at BIGINT not null,
    document TEXT not null
);
create index kept_draft_flow on kept_draft (flow, created_at, id);

-- What each person saw of a flow when they left it.
create table flow_look (
    flow TEXT collate "C" not null references flow (id) on delete cascade,
    person TEXT collate "C" not null references person (id) on delete cascade,
    looked_at BIGINT not null,
    document TEXT not null,
    primary key (flow, person)
);
