-- The texts of drafts and active versions in the form in which they are compared, for the search over all flows.
-- `form` counts how this form changed: rows of another one are made again from their document.
create table flow_text (
    flow TEXT collate "C" not null references flow (id) on delete cascade,
    source TEXT not null,
    form BIGINT not null,
    text TEXT collate "C" not null,
    primary key (flow, source)
);
