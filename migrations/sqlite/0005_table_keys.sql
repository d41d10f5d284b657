-- Columns of a table by which rows are found fast, and, where it is unique, of which no two rows have the same values.
-- Each has an index on data_row, of its rows only, named table_key_ and its id.
create table data_key (
    id TEXT not null primary key,
    table_id TEXT not null references data_table (id) on delete cascade,
    cells TEXT not null,
    is_unique SMALLINT not null,
    created_at BIGINT not null
);
create index data_key_table on data_key (table_id, id);
