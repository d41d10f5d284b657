-- Runs that repeat others, and runs by which somebody tries a flow out.
alter table run add column again_of TEXT;
alter table run add column trial TEXT;
create index run_again on run (again_of, id) where again_of is not null;
create index run_person on run (person, id) where person is not null;
create index run_cause on run (cause, id) where cause <> 'helper';

-- Drafts that were tried out, numbered downwards from -1 in each flow: a run of one can be looked at as long as it is kept.
create table tried_draft (
    flow TEXT collate "C" not null,
    number BIGINT not null,
    document TEXT not null,
    created_at BIGINT not null,
    primary key (flow, number)
);

-- What a flow can be tried with, by name.
create table saved_test (
    id TEXT collate "C" not null primary key,
    flow TEXT collate "C" not null references flow (id) on delete cascade,
    name TEXT not null,
    inputs TEXT not null,
    author TEXT collate "C",
    created_at BIGINT not null
);
create index saved_test_flow on saved_test (flow, name);

-- Filters of the list of runs that somebody gave a name.
create table saved_view (
    id TEXT collate "C" not null primary key,
    person TEXT collate "C" not null references person (id) on delete cascade,
    name TEXT not null,
    query TEXT not null,
    created_at BIGINT not null
);
create index saved_view_person on saved_view (person, name);

drop trigger run_is_finished on run;
drop trigger run_data_is_finished on run;

create trigger run_is_finished before update of id, flow, flow_name, version, parent_run, parent_step, root_run, item, cause, status, created_at, started_at,
    ended_at, duration_ms, error_code, failed_step, person, lease_owner, due_at, again_of, trial
on run for each row
when (old.status in ('succeeded', 'stopped', 'failed', 'canceled'))
execute function run_is_finished();

-- The data of a run that is over may be taken away, and nothing else: then it counts as one whose flow saves none.
create trigger run_data_is_finished before update of input, result, error_message, subject, is_private on run for each row
when (old.status in ('succeeded', 'stopped', 'failed', 'canceled') and not (
    new.is_private = 1
    and new.input in (old.input, '[]')
    and coalesce(new.result, '') in ('', coalesce(old.result, ''))
    and coalesce(new.error_message, '') in ('', coalesce(old.error_message, ''))
    and coalesce(new.subject, '') in ('', coalesce(old.subject, ''))
))
execute function run_is_finished();

create trigger tried_draft_is_final before update on tried_draft for each row
execute function flow_version_is_final();
