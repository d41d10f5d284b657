-- How much of each rate-limit bucket of its org a connection leaves to everybody else, in percent.
alter table connection add column leave_percent BIGINT not null default 20;
