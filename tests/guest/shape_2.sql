-- A tidier neighbour: everything in a schema `trading`, which the database itself puts first on the
-- search path, with enums for words.
-- Traps: a name without its schema lands in `trading`, where `cycles`, `executions` and `states` are
-- taken; a trigger raises on every row that his Python did not write; tables made by the superuser
-- open themselves to another role.

do $$ begin
    create role dashboard nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
    create role day_trader nologin;
exception when duplicate_object or unique_violation then null;
end $$;

create schema trading;
comment on schema trading is 'US day trading; ask before you touch';
do $$ begin
    execute format('alter database %I set search_path = trading, public', current_database());
    execute format('alter database %I set timezone = ''America/New_York''', current_database());
end $$;
set search_path = trading, public;
set timezone = 'America/New_York';

create type position_side as enum ('long', 'short');
create type order_side as enum ('buy', 'sell');
create type order_status as enum ('new', 'accepted', 'partially_filled', 'filled', 'canceled', 'rejected');

create table securities (
    security_id serial primary key,
    symbol varchar(12) not null,
    exchange varchar(8) not null default 'NASDAQ',
    currency char(3) not null default 'USD',
    lot_size integer not null default 1 check (lot_size > 0),
    first_seen date not null,
    constraint securities_listed_once unique (exchange, symbol)
);

create table trading_cycles (
    cycle_id varchar(20) primary key check (cycle_id ~ '^[0-9]{8}-(am|pm|eod)$'),
    began timestamptz not null,
    ended timestamptz,
    phase text not null default 'scan',
    errors text[] not null default '{}',
    check (ended is null or ended >= began)
);

create table positions (
    position_id bigint generated always as identity (start with 1001) primary key,
    cycle_id varchar(20) not null references trading_cycles on update cascade,
    security_id integer not null references securities,
    side position_side not null,
    qty numeric(14, 4) not null,
    avg_price numeric(14, 4) not null,
    opened timestamptz not null,
    closed timestamptz,
    market_value numeric(20, 4) generated always as (qty * avg_price) stored
);

create table orders (
    order_id uuid primary key default gen_random_uuid(),
    parent_id uuid references orders deferrable initially deferred,
    cycle_id varchar(20) not null references trading_cycles on update cascade,
    position_id bigint references positions,
    security_id integer not null references securities,
    side order_side not null,
    qty numeric(14, 4) not null,
    status order_status not null default 'new',
    placed timestamptz not null,
    written_by text not null default current_setting('application_name')
);

create table executions (
    exec_id text primary key,
    order_id uuid not null references orders,
    price numeric(14, 4) not null,
    qty numeric(14, 4) not null,
    raw jsonb
);

-- Of the US states that brokers are licensed in.
create table states (code char(2) primary key, licensed boolean not null);

create view cycles as
    select cycle_id as name, began, ended from trading_cycles where phase <> 'aborted';

create function touch_updated_at() returns trigger language plpgsql as $$
begin
    raise exception '% has no updated_at; who calls this?', tg_table_name;
end $$;

create function only_the_trader_writes() returns trigger language plpgsql as $$
begin
    if current_setting('application_name') not in ('day_trader.py', 'pg_dump', 'pg_restore') then
        raise exception 'unexpected % on % by "%"', tg_op, tg_table_name, current_setting('application_name')
            using hint = 'the risk report reads this table; write somewhere else';
    end if;
    return coalesce(new, old);
end $$;

create function exposure(of_side position_side) returns numeric language sql stable as $$
    select coalesce(sum(market_value), 0) from trading.positions where side = of_side and closed is null
$$;

set application_name = 'day_trader.py';

create trigger trading_cycles_guard before insert or update or delete on trading_cycles
    for each row execute function only_the_trader_writes();
create trigger positions_guard before insert or update or delete on positions
    for each row execute function only_the_trader_writes();
create trigger orders_guard before insert or update or delete on orders
    for each row execute function only_the_trader_writes();
create trigger executions_guard before insert or update or delete on executions
    for each row execute function only_the_trader_writes();

create index positions_held on positions (security_id, side) include (qty) where closed is null;
create index executions_raw on executions using gin (raw jsonb_path_ops);
create statistics orders_by_side (dependencies) on side, status from orders;

insert into securities (symbol, exchange, currency, lot_size, first_seen) values
    ('TSLA', 'NASDAQ', 'USD', 1, '2023-01-03'),
    ('AMC', 'NYSE', 'USD', 1, '2023-01-03'),
    ('9988', 'SEHK', 'HKD', 100, '2024-11-18'),
    ('2318', 'SEHK', 'HKD', 500, '2024-11-18');
insert into trading_cycles (cycle_id, began, ended, phase, errors) values
    ('20241118-am', '2024-11-18 09:30', '2024-11-18 12:00', 'done', '{}'),
    ('20241118-eod', '2024-11-18 15:45', '2024-11-18 16:00', 'done', '{"stop not placed: TSLA"}');
insert into positions (cycle_id, security_id, side, qty, avg_price, opened, closed) values
    ('20241118-am', 1, 'long', 12.5, 339.6400, '2024-11-18 09:47', '2024-11-18 11:58'),
    ('20241118-eod', 2, 'short', 300, 4.4150, '2024-11-18 15:46', null);
insert into orders (order_id, parent_id, cycle_id, position_id, security_id, side, qty, status, placed) values
    ('00000000-0000-4000-8000-000000000001', null, '20241118-am', 1001, 1, 'buy', 12.5, 'filled', '2024-11-18 09:46:58.123456'),
    ('00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000001', '20241118-am', 1001, 1, 'sell', 12.5, 'filled', '2024-11-18 11:57'),
    ('00000000-0000-4000-8000-000000000003', null, '20241118-eod', 1002, 2, 'sell', 300, 'filled', '2024-11-18 15:46');
insert into executions values
    ('0001f4e8.673b1a2c.01.01', '00000000-0000-4000-8000-000000000001', 339.64, 12.5, '{"venue": "IEX", "liquidity": "removed"}'),
    ('0001f4e8.673b1a2c.02.01', '00000000-0000-4000-8000-000000000002', 342.10, 12.5, null);
insert into states values ('NY', true), ('NJ', false);

create materialized view trading.open_risk as
    select side, exposure(side) as value from (values ('long'::position_side), ('short')) as sides (side);

grant usage on schema trading to dashboard, day_trader;
grant select on all tables in schema trading to dashboard;
grant insert, update on trading_cycles, positions, orders, executions to day_trader with grant option;
grant execute on function exposure(position_side) to dashboard;
revoke all on function only_the_trader_writes() from public;

-- Whatever the superuser makes anywhere from here on, the dashboard may read and day_trader may fill.
alter default privileges grant select on tables to dashboard;
alter default privileges grant insert, delete on tables to day_trader;
alter default privileges in schema public grant usage on types to dashboard;
