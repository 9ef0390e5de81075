-- Decimals are TEXT in plain digits, because SQLite would round them as floats.
-- Times are microseconds of UTC. Rows are only ever added; a cycle is closed in its row.

CREATE TABLE cycles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    slot TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    date TEXT NOT NULL,
    advisor TEXT NOT NULL,
    version TEXT NOT NULL,
    settings_hash TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    ending TEXT,
    summary TEXT,
    tool_calls INTEGER,
    closed_at INTEGER
) STRICT;

CREATE TABLE tool_calls (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cycle_id INTEGER NOT NULL REFERENCES cycles (id),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    request TEXT,
    reply TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE verdicts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cycle_id INTEGER NOT NULL REFERENCES cycles (id),
    symbol TEXT NOT NULL,
    side TEXT NOT NULL,
    shares INTEGER NOT NULL,
    breaches TEXT NOT NULL,
    notes TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE refusals (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cycle_id INTEGER NOT NULL REFERENCES cycles (id),
    rule TEXT NOT NULL,
    symbol TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE order_intents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cycle_id INTEGER NOT NULL REFERENCES cycles (id),
    name TEXT NOT NULL UNIQUE,
    date TEXT NOT NULL,
    plan TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE order_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cycle_id INTEGER NOT NULL REFERENCES cycles (id),
    order_name TEXT NOT NULL,
    symbol TEXT NOT NULL,
    side TEXT NOT NULL,
    price TEXT,
    shares INTEGER NOT NULL,
    filled INTEGER NOT NULL,
    status TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE settlements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cycle_id INTEGER NOT NULL REFERENCES cycles (id),
    order_name TEXT NOT NULL,
    ending TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE executions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cycle_id INTEGER NOT NULL REFERENCES cycles (id),
    execution TEXT NOT NULL UNIQUE,
    order_name TEXT NOT NULL,
    symbol TEXT NOT NULL,
    side TEXT NOT NULL,
    shares INTEGER NOT NULL,
    price TEXT NOT NULL,
    fees TEXT NOT NULL,
    currency TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE equity_readings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cycle_id INTEGER NOT NULL REFERENCES cycles (id),
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE states (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cycle_id INTEGER NOT NULL REFERENCES cycles (id),
    state TEXT NOT NULL,
    scope TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE comparisons (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cycle_id INTEGER NOT NULL REFERENCES cycles (id),
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE findings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    comparison_id INTEGER NOT NULL REFERENCES comparisons (id),
    kind TEXT NOT NULL,
    symbol TEXT NOT NULL,
    shares INTEGER,
    other_shares INTEGER
) STRICT;

CREATE TABLE decisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cycle_id INTEGER NOT NULL REFERENCES cycles (id),
    about TEXT NOT NULL,
    decision TEXT NOT NULL,
    symbol TEXT,
    reasoning TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE alerts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cycle_id INTEGER NOT NULL REFERENCES cycles (id),
    severity TEXT NOT NULL,
    subject TEXT NOT NULL,
    message TEXT NOT NULL,
    delivered INTEGER NOT NULL CHECK (delivered IN (0, 1)),
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE bindings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX cycles_by_date ON cycles (date);
CREATE UNIQUE INDEX cycles_by_slot ON cycles (slot, attempt);
CREATE INDEX order_intents_by_date ON order_intents (date);
CREATE INDEX settlements_by_order ON settlements (order_name);
CREATE INDEX executions_by_time ON executions (at, id);
CREATE INDEX equity_readings_by_time ON equity_readings (at, id);
CREATE INDEX equity_readings_by_cycle ON equity_readings (cycle_id);
CREATE INDEX states_by_cycle ON states (cycle_id);
CREATE INDEX comparisons_by_cycle ON comparisons (cycle_id);
CREATE INDEX findings_by_comparison ON findings (comparison_id);
CREATE INDEX decisions_by_cycle ON decisions (cycle_id);
