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
