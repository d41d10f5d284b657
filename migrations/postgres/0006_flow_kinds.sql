-- Who may run a delegated flow without any other right.
create table flow_grant (
    flow TEXT not null references flow (id) on delete cascade,
    person TEXT not null references person (id) on delete cascade,
    primary key (flow, person)
);
create index flow_grant_person on flow_grant (person);

-- What was chosen for a name in a pack, so that the next pack with this name finds it.
create table import_choice (
    kind TEXT not null,
    module TEXT not null,
    name TEXT not null,
    target TEXT not null,
    chosen_at BIGINT not null,
    primary key (kind, module, name)
);
