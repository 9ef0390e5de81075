-- A neighbour that grew: orders in partitions by month, row security on positions, a change feed.
-- Traps: everything is published, so that a table without a primary key takes no update; the insert
-- that no partition wants is refused; `states`, `bindings`, `findings` and `order_events` are taken,
-- and so is `order_intents` as a type; `public` is closed to everybody who does not own it.

do $$ begin
    create role dashboard nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
    create role day_trader nologin;
exception when duplicate_object or unique_violation then null;
end $$;

revoke all on schema public from public;
grant usage on schema public to day_trader, dashboard;

create type order_side as enum ('buy', 'sell');
create type order_intents as enum ('enter', 'exit', 'protect');

create table securities (
    security_id serial primary key,
    symbol varchar(16) not null,
    exchange varchar(16) not null,
    listed daterange not null default '[2000-01-01,)',
    borrow_fee_bps smallint,
    constraint one_listing_at_a_time exclude using gist (int4range(security_id, security_id, '[]') with =, listed with &&)
);
create unique index securities_symbol on securities (upper(symbol), exchange);

create table trading_cycles (
    cycle_id varchar(20) primary key,
    trade_date date not null,
    market varchar(4) not null default 'US' check (market in ('US', 'HK')),
    status varchar(16) not null,
    summary jsonb,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table positions (
    position_id serial primary key,
    cycle_id varchar(20) not null references trading_cycles,
    security_id integer not null references securities,
    side varchar(8) not null constraint long_or_short check (side in ('long', 'short')),
    quantity integer not null,
    entry_price numeric(12, 4) not null,
    exit_price numeric(12, 4),
    trader name not null default current_user
);
alter table positions enable row level security;
alter table positions force row level security;
create policy own_rows on positions to day_trader using (trader = current_user);
create policy everybody_reads on positions for select using (true);

create table orders (
    order_id bigserial,
    submitted_at timestamptz not null,
    cycle_id varchar(20) not null references trading_cycles,
    security_id integer not null references securities,
    side order_side not null,
    intent order_intents not null default 'enter',
    quantity integer not null check (quantity > 0),
    price numeric(12, 4),
    status varchar(16) not null default 'open',
    primary key (order_id, submitted_at)
) partition by range (submitted_at);
create table orders_2025_08 partition of orders
    for values from ('2025-08-01 00:00+00') to ('2025-09-01 00:00+00');
create table orders_2025_09 partition of orders
    for values from ('2025-09-01 00:00+00') to ('2025-10-01 00:00+00')
    partition by hash (order_id);
create table orders_2025_09_even partition of orders_2025_09 for values with (modulus 2, remainder 0);
create table orders_2025_09_odd partition of orders_2025_09 for values with (modulus 2, remainder 1);
create index orders_by_security on orders (security_id, submitted_at);

create table order_events (
    order_id bigint not null,
    submitted_at timestamptz not null,
    event varchar(16) not null,
    at timestamptz not null,
    primary key (order_id, event, at),
    foreign key (order_id, submitted_at) references orders on delete restrict
);
create table states (name varchar(32) primary key, value text not null);
create table bindings (id integer primary key, ib_client_id integer unique);
create table findings (id serial primary key, what text not null) inherits (states);

create function touch_updated_at() returns trigger language plpgsql as $$
begin
    new.updated_at := clock_timestamp();
    return new;
end $$;
create trigger trading_cycles_touch before insert or update on trading_cycles
    for each row when (pg_trigger_depth() = 0) execute function touch_updated_at();

create function count_orders() returns trigger language plpgsql as $$
begin
    insert into states values ('orders_seen', '1')
        on conflict (name) do update set value = (states.value::integer + 1)::text;
    return null;
end $$;
create trigger orders_counted after insert on orders
    for each row execute function count_orders();

create function refuse_row() returns trigger language plpgsql as $$
begin
    raise exception 'unexpected row in %: %', tg_table_name, new
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger bindings_closed before insert on bindings
    for each row when (new.ib_client_id not between 1 and 8) execute function refuse_row();

create procedure close_cycle(name varchar) language sql as $$
    update trading_cycles set status = 'closed' where cycle_id = name
$$;

insert into securities (symbol, exchange, listed, borrow_fee_bps) values
    ('PLTR', 'NASDAQ', '[2020-09-30,)', 30), ('RIVN', 'NASDAQ', '[2021-11-10,)', 120),
    ('0388', 'SEHK', '[2000-06-27,)', null), ('1810', 'SEHK', '[2018-07-09,)', 25);
insert into trading_cycles (cycle_id, trade_date, market, status, summary) values
    ('US20250829A', '2025-08-29', 'US', 'closed', '{"pnl": 41.10}'),
    ('HK20250901A', '2025-09-01', 'HK', 'closed', '{"pnl": -120, "note": "港股"}'),
    ('US20250902A', '2025-09-02', 'US', 'open', null);
insert into positions (cycle_id, security_id, side, quantity, entry_price, exit_price, trader) values
    ('US20250829A', 1, 'long', 60, 156.71, 157.395, 'day_trader'),
    ('HK20250901A', 4, 'long', 400, 53.85, 53.55, 'day_trader'),
    ('US20250902A', 2, 'short', 350, 13.57, null, 'day_trader');
insert into orders (submitted_at, cycle_id, security_id, side, intent, quantity, price, status) values
    ('2025-08-29 13:44+00', 'US20250829A', 1, 'buy', 'enter', 60, 156.71, 'filled'),
    ('2025-08-29 15:02+00', 'US20250829A', 1, 'sell', 'exit', 60, 157.395, 'filled'),
    ('2025-09-01 02:10+00', 'HK20250901A', 4, 'buy', 'enter', 400, 53.85, 'filled'),
    ('2025-09-02 13:35+00', 'US20250902A', 2, 'sell', 'enter', 350, 13.57, 'filled'),
    ('2025-09-02 13:35:02+00', 'US20250902A', 2, 'buy', 'protect', 350, 14.05, 'open');
insert into order_events select order_id, submitted_at, status, submitted_at + interval '1 second' from orders;
insert into bindings values (1, 1), (2, 8);
insert into findings (name, value, what) values ('2025-09-02', 'warn', 'stop placed late');
call close_cycle('US20250902A');

create materialized view fills_by_day as
    select submitted_at::date as day, side, sum(quantity) as shares
    from orders where status = 'filled' group by 1, 2;

comment on table orders is 'A month a partition; the job of the first makes the next';
comment on table orders_2025_09_odd is 'Halved since the disk was full';

grant select, insert, update on trading_cycles, positions, orders, order_events to day_trader;
grant usage on all sequences in schema public to day_trader;
grant select on fills_by_day, positions to dashboard;
alter default privileges in schema public revoke execute on functions from public;
alter default privileges revoke usage on types from public;

set client_min_messages = error;
create publication change_feed for all tables with (publish = 'insert, update, delete');
comment on publication change_feed is 'Read by the tax report';
