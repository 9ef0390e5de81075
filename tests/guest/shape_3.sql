-- A neighbour with layers: the tables are in `book`, and `public.positions` is a view that can be
-- written through. Columns in quotes, because an ORM once wrote them; domains instead of CHECKs.
-- Traps: `"Orders"` and `orders` are two tables; `seaql_migrations` belongs to another service of
-- his; a rule turns every insert into `tool_calls` into nothing at all; an event trigger lets nobody
-- drop anything of his.

do $$ begin
    create role dashboard nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
    create role "Risk Desk" nologin;
exception when duplicate_object or unique_violation then null;
end $$;

create schema book;
create schema "Archive";

create domain usd as numeric(14, 4) check (value >= 0);
create domain book.shares as integer check (value > 0);
create domain cycle_name as varchar(20) check (value ~ '^[A-Z0-9_-]+$');
create type order_side as enum ('buy', 'sell');
create type book.leg as (symbol text, side order_side, quantity integer);
create type risk_range as range (subtype = numeric);
create collation book.by_number (provider = icu, locale = 'en-u-kn-true');

create sequence securities_security_id_seq as integer start 100;
create table securities (
    security_id integer primary key default nextval('securities_security_id_seq'),
    symbol text collate book.by_number not null,
    exchange varchar(6) not null,
    "tickSize" usd not null default 0.01,
    "isShortable" boolean not null default false,
    unique (symbol, exchange)
);
alter sequence securities_security_id_seq owned by securities.security_id;

create table trading_cycles (
    cycle_id cycle_name primary key,
    "startedAt" timestamp not null,
    "finishedAt" timestamp,
    risk risk_range not null default '[0,0.02]',
    notes text
);

create table book.position_lots (
    lot_id bigserial primary key,
    cycle_id cycle_name not null references public.trading_cycles,
    security_id integer not null references public.securities,
    side varchar(5) not null check (side in ('long', 'short')),
    quantity book.shares not null,
    "entryPrice" usd not null,
    "closedAt" timestamp
);

create table orders (
    order_id serial primary key,
    cycle_id cycle_name not null references trading_cycles,
    security_id integer not null references securities,
    side order_side not null,
    legs book.leg[] not null default '{}',
    "limitPrice" usd,
    state text not null default 'Submitted'
);

-- The first version, which a report still reads.
create table "Orders" (
    "Id" serial primary key,
    "Side" char(1) check ("Side" in ('B', 'S')),
    "Symbol" text not null
);
create table "Archive".orders (like public.orders including all);

create table seaql_migrations (version varchar primary key, applied_at bigint not null);
create table tool_calls (id serial primary key, name text, at timestamptz);
create unlogged table bindings (port integer primary key, process text);

create function touch_updated_at() returns trigger language plpgsql as $$
begin
    new."finishedAt" := coalesce(new."finishedAt", '2000-01-01');
    return new;
end $$;
create trigger cycles_touch before update on trading_cycles
    for each row execute function touch_updated_at();

create view positions as
    select lot_id as position_id, cycle_id, symbol, side, quantity, "entryPrice"
    from book.position_lots join securities using (security_id)
    where "closedAt" is null;

create function book.write_position() returns trigger language plpgsql as $$
begin
    if new.side not in ('long', 'short') then
        raise exception 'a position is long or short, not "%"', new.side;
    end if;
    insert into book.position_lots (cycle_id, security_id, side, quantity, "entryPrice")
        select new.cycle_id, security_id, new.side, new.quantity, new."entryPrice"
        from securities where symbol = new.symbol and exchange <> 'SEHK';
    if not found then
        raise exception 'no such security in New York: %', new.symbol;
    end if;
    return new;
end $$;
create trigger positions_write instead of insert on positions
    for each row execute function book.write_position();

create rule tool_calls_go_nowhere as on insert to tool_calls do instead nothing;

create index orders_open on orders (security_id) where state <> 'Filled';
create index securities_lower on securities (lower(symbol));

insert into securities (symbol, exchange, "tickSize", "isShortable") values
    ('BRK.B', 'NYSE', 0.01, true), ('F', 'NYSE', 0.01, true), ('SOFI', 'NASDAQ', 0.01, false),
    ('700', 'SEHK', 0.2, true), ('3690', 'SEHK', 0.1, true);
insert into trading_cycles values
    ('DT_2025_06_02_A', '2025-06-02 09:30', '2025-06-02 11:30', '[0,0.01]', 'gap and go'),
    ('DT_2025_06_02_B', '2025-06-02 13:00', null, '[0,0.02)', E'lines\tand "quotes"\nand a backslash \\');
insert into positions (cycle_id, symbol, side, quantity, "entryPrice") values
    ('DT_2025_06_02_A', 'SOFI', 'long', 900, 13.29),
    ('DT_2025_06_02_B', 'F', 'short', 1500, 10.1650);
update book.position_lots set "closedAt" = '2025-06-02 11:12' where lot_id = 1;
insert into orders (cycle_id, security_id, side, legs, "limitPrice", state) values
    ('DT_2025_06_02_A', 102, 'buy', array[row('SOFI', 'buy', 900)::book.leg], 13.30, 'Filled'),
    ('DT_2025_06_02_B', 101, 'sell', '{}', 10.16, 'Filled'),
    ('DT_2025_06_02_B', 101, 'buy', '{}', null, 'PreSubmitted');
insert into "Orders" ("Side", "Symbol") values ('B', 'SOFI'), ('S', 'F');
insert into "Archive".orders select * from orders where state = 'Filled';
insert into seaql_migrations values ('m20250101_000001_create_watchlist', 1735689600);
insert into tool_calls (name) values ('never stored');

create materialized view book."Turnover" as
    select side, count(*) as orders from orders group by side;
create index on book."Turnover" (side);

comment on view positions is 'What is held now; write here, not in book';
comment on column securities."tickSize" is 'US only: 0.01 from one dollar up';
comment on domain usd is 'Dollars, never Hong Kong dollars';

grant usage on schema book to "Risk Desk";
grant select on positions to dashboard;
grant select on orders, "Orders", book.position_lots to "Risk Desk";
grant usage, select on sequence securities_security_id_seq to "Risk Desk";
alter table "Orders" owner to "Risk Desk";

create function nothing_is_dropped() returns event_trigger language plpgsql as $$
declare
    dropped record;
begin
    for dropped in select * from pg_event_trigger_dropped_objects() loop
        if dropped.schema_name in ('public', 'book', 'Archive') then
            raise exception 'nothing is dropped here: %', dropped.object_identity;
        end if;
    end loop;
end $$;
create event trigger nothing_is_dropped on sql_drop execute function nothing_is_dropped();
