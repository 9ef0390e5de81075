-- A neighbour of the plainest kind: everything in `public`, serial numbers, texts with CHECKs.
-- Traps: `cycles`, `decisions` and `alerts` are tables of his, `order_side` and `touch_updated_at()`
-- are his too, and an event trigger lets nobody but his migrations make or change a table in `public`.

do $$ begin
    create role dashboard nologin;
exception when duplicate_object or unique_violation then null;
end $$;

create table securities (
    security_id serial primary key,
    symbol varchar(20) not null,
    exchange varchar(10) not null check (exchange in ('NASDAQ', 'NYSE', 'ARCA', 'HKEX')),
    company_name varchar(200),
    sector varchar(60),
    shares_float bigint,
    is_active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (symbol, exchange)
);

create table trading_cycles (
    cycle_id varchar(20) primary key,
    mode varchar(20) not null default 'normal' check (mode in ('aggressive', 'normal', 'conservative')),
    status varchar(20) not null default 'active' check (status in ('active', 'completed', 'stopped', 'error')),
    started_at timestamptz not null,
    stopped_at timestamptz,
    max_positions integer not null default 5,
    daily_pnl numeric(12, 2) not null default 0,
    config jsonb not null default '{}'
);

create table positions (
    position_id serial primary key,
    cycle_id varchar(20) not null references trading_cycles,
    security_id integer not null references securities,
    side varchar(10) not null check (side in ('long', 'short')),
    quantity integer not null check (quantity > 0),
    entry_price numeric(10, 2) not null,
    stop_loss numeric(10, 2),
    take_profit numeric(10, 2),
    status varchar(20) not null default 'open' check (status in ('open', 'closed')),
    opened_at timestamptz not null,
    closed_at timestamptz,
    realized_pnl numeric(12, 2),
    updated_at timestamptz not null default now()
);

create table orders (
    order_id serial primary key,
    position_id integer references positions on delete cascade,
    cycle_id varchar(20) not null references trading_cycles,
    security_id integer not null references securities,
    alpaca_order_id varchar(64) unique,
    side varchar(10) not null check (side in ('buy', 'sell')),
    order_type varchar(20) not null default 'limit',
    quantity integer not null check (quantity > 0),
    limit_price numeric(10, 2),
    filled_quantity integer not null default 0,
    filled_avg_price numeric(10, 2),
    status varchar(20) not null default 'submitted',
    submitted_at timestamptz not null,
    updated_at timestamptz not null default now()
);

-- Of machines that run scans, not of trading.
create table cycles (
    id bigserial primary key,
    name text not null,
    host inet,
    seconds numeric(8, 3),
    at timestamptz not null default now()
);

create table decisions (
    id serial primary key,
    cycle_id varchar(20) references trading_cycles,
    verdict text not null,
    confidence real
);

create table alerts (
    id serial primary key,
    severity smallint not null,
    body text not null,
    sent boolean not null default false
);

create table alembic_version (version_num varchar(32) primary key);

create type order_side as enum ('buy', 'sell', 'sell_short', 'buy_to_cover');
create type position_side as enum ('long', 'short');

create sequence ticket_numbers start 5000 increment 5;

create function touch_updated_at() returns trigger language plpgsql as $$
begin
    new.updated_at := now();
    return new;
end $$;

create trigger securities_touch before update on securities
    for each row execute function touch_updated_at();
create trigger positions_touch before update on positions
    for each row execute function touch_updated_at();
create trigger orders_touch before update on orders
    for each row execute function touch_updated_at();

create index positions_open on positions (security_id) where status = 'open';
create index orders_by_cycle on orders (cycle_id, submitted_at desc);
create index trading_cycles_config on trading_cycles using gin (config);

create materialized view daily_pnl as
    select opened_at::date as day, count(*) as trades, sum(realized_pnl) as pnl
    from positions where status = 'closed' group by 1
    with no data;
create unique index daily_pnl_day on daily_pnl (day);

comment on table trading_cycles is 'One row a session of the day trader; owned by the US system';
comment on column positions.side is 'long or short, never buy or sell';
comment on column orders.side is 'buy or sell, never long or short';

insert into securities (symbol, exchange, company_name, sector, shares_float, created_at, updated_at)
select symbol, exchange, name, sector, float, '2024-03-01 14:30+00', '2024-03-01 14:30+00' from (values
    ('AAPL', 'NASDAQ', 'Apple Inc.', 'Technology', 15300000000),
    ('NVDA', 'NASDAQ', 'NVIDIA Corporation', 'Technology', 23500000000),
    ('GME', 'NYSE', 'GameStop Corp.', 'Retail', 409000000),
    ('SPY', 'ARCA', 'SPDR S&P 500 ETF Trust', null, null),
    ('0700', 'HKEX', 'Tencent Holdings 騰訊控股', 'Technology', 9100000000),
    ('0005', 'HKEX', 'HSBC Holdings', 'Financials', 17300000000)
) as listed (symbol, exchange, name, sector, float);

insert into trading_cycles values
    ('20240304-001', 'normal', 'completed', '2024-03-04 14:30+00', '2024-03-04 21:00+00', 5, 182.40, '{"scan": {"gap_min": 4}}'),
    ('20240305-001', 'aggressive', 'stopped', '2024-03-05 14:30+00', '2024-03-05 15:12+00', 5, -610.05, '{"reason": "daily loss"}'),
    ('20240306-001', 'normal', 'active', '2024-03-06 14:30+00', null, 5, 0, '{}');

insert into positions (cycle_id, security_id, side, quantity, entry_price, stop_loss, take_profit, status, opened_at, closed_at, realized_pnl, updated_at) values
    ('20240304-001', 2, 'long', 40, 858.10, 849.00, 876.00, 'closed', '2024-03-04 14:41+00', '2024-03-04 15:20+00', 182.40, '2024-03-04 15:20+00'),
    ('20240305-001', 3, 'short', 500, 14.62, 15.20, 13.50, 'closed', '2024-03-05 14:35+00', '2024-03-05 15:12+00', -610.05, '2024-03-05 15:12+00'),
    ('20240306-001', 1, 'long', 100, 169.75, 168.20, 173.00, 'open', '2024-03-06 14:52+00', null, null, '2024-03-06 14:52+00');

insert into orders (position_id, cycle_id, security_id, alpaca_order_id, side, quantity, limit_price, filled_quantity, filled_avg_price, status, submitted_at, updated_at) values
    (1, '20240304-001', 2, '61e69015-8549-4bfd-b9c3-01e75843f47d', 'buy', 40, 858.20, 40, 858.10, 'filled', '2024-03-04 14:41+00', '2024-03-04 14:41+00'),
    (1, '20240304-001', 2, 'f1b2c3d4-0000-4bfd-b9c3-01e75843f47e', 'sell', 40, 862.66, 40, 862.66, 'filled', '2024-03-04 15:20+00', '2024-03-04 15:20+00'),
    (2, '20240305-001', 3, null, 'sell', 500, 14.60, 500, 14.62, 'filled', '2024-03-05 14:35+00', '2024-03-05 14:35+00'),
    (3, '20240306-001', 1, null, 'buy', 100, 169.80, 100, 169.75, 'filled', '2024-03-06 14:52+00', '2024-03-06 14:52+00');

insert into cycles (name, host, seconds, at) values ('premarket', '10.0.0.7', 41.207, '2024-03-06 13:00+00');
insert into decisions (cycle_id, verdict, confidence) values ('20240304-001', 'enter NVDA', 0.71);
insert into alerts (severity, body, sent) values (2, 'daily loss limit reached', true);
insert into alembic_version values ('9f2c1d7a4b60');
select setval('ticket_numbers', 5065);
refresh materialized view daily_pnl;

grant usage on schema public to dashboard;
grant select on trading_cycles, positions, orders, securities, daily_pnl to dashboard;
grant update (is_active) on securities to dashboard;

create function public_is_frozen() returns event_trigger language plpgsql as $$
declare
    changed record;
begin
    for changed in select * from pg_event_trigger_ddl_commands() loop
        if changed.schema_name = 'public'
            and current_setting('application_name') <> 'alembic' then
            raise exception 'public is frozen: % of % is for alembic', changed.command_tag, changed.object_identity;
        end if;
    end loop;
end $$;
create event trigger public_is_frozen on ddl_command_end execute function public_is_frozen();
