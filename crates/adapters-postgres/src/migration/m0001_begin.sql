-- The schema of the journal, for both engines: COUNT, SMALL, EXACT, FLAG, BYTES and STRICT are
-- replaced by each engine's own words (`dialect`).
--
-- Rows are only ever added. `id` counts over all tables and `hash` seals a row and all before it, so a
-- row that was altered, removed or slipped in is found. Times are microseconds of UTC. Decimals are
-- NUMERIC where there is such a thing, and text where the engine would make a float of them.

CREATE TABLE chain_heads (
    id SMALL NOT NULL PRIMARY KEY CHECK (id = 1),
    row_id COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE security_ids (
    symbol TEXT NOT NULL PRIMARY KEY,
    security_id COUNT NOT NULL
) STRICT;

CREATE TABLE books (
    id COUNT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    account TEXT NOT NULL,
    at COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE cycles (
    id COUNT NOT NULL PRIMARY KEY,
    book_id COUNT NOT NULL REFERENCES books (id),
    name TEXT NOT NULL,
    slot TEXT NOT NULL,
    attempt SMALL NOT NULL,
    date TEXT NOT NULL,
    advisor TEXT NOT NULL,
    version TEXT NOT NULL,
    settings_hash TEXT NOT NULL,
    prompt_hash TEXT,
    rules_hash TEXT NOT NULL,
    at COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE cycle_ends (
    id COUNT NOT NULL PRIMARY KEY,
    cycle_id COUNT NOT NULL REFERENCES cycles (id),
    book_id COUNT NOT NULL REFERENCES books (id),
    date TEXT NOT NULL,
    ending TEXT NOT NULL,
    summary TEXT NOT NULL,
    tool_calls COUNT NOT NULL,
    flat FLAG NOT NULL,
    open_from COUNT NOT NULL,
    at COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE tool_calls (
    id COUNT NOT NULL PRIMARY KEY,
    cycle_id COUNT NOT NULL REFERENCES cycles (id),
    number COUNT NOT NULL,
    name TEXT NOT NULL,
    request TEXT,
    reply TEXT NOT NULL,
    at COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE verdicts (
    id COUNT NOT NULL PRIMARY KEY,
    cycle_id COUNT NOT NULL REFERENCES cycles (id),
    symbol TEXT NOT NULL,
    side TEXT NOT NULL,
    shares COUNT NOT NULL,
    breaches TEXT NOT NULL,
    notes TEXT NOT NULL,
    at COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE order_intents (
    id COUNT NOT NULL PRIMARY KEY,
    cycle_id COUNT NOT NULL REFERENCES cycles (id),
    book_id COUNT NOT NULL REFERENCES books (id),
    name TEXT NOT NULL,
    date TEXT NOT NULL,
    symbol TEXT NOT NULL,
    plan TEXT NOT NULL,
    reason TEXT NOT NULL,
    at COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE order_events (
    id COUNT NOT NULL PRIMARY KEY,
    cycle_id COUNT NOT NULL REFERENCES cycles (id),
    book_id COUNT NOT NULL REFERENCES books (id),
    order_name TEXT NOT NULL,
    symbol TEXT NOT NULL,
    side TEXT NOT NULL,
    price EXACT,
    shares COUNT NOT NULL,
    filled COUNT NOT NULL,
    status TEXT NOT NULL,
    at COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE settlements (
    id COUNT NOT NULL PRIMARY KEY,
    cycle_id COUNT NOT NULL REFERENCES cycles (id),
    book_id COUNT NOT NULL REFERENCES books (id),
    order_name TEXT NOT NULL,
    ending TEXT NOT NULL,
    at COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE executions (
    id COUNT NOT NULL PRIMARY KEY,
    cycle_id COUNT NOT NULL REFERENCES cycles (id),
    book_id COUNT NOT NULL REFERENCES books (id),
    execution TEXT NOT NULL,
    replaces TEXT,
    order_name TEXT NOT NULL,
    symbol TEXT NOT NULL,
    side TEXT NOT NULL,
    shares COUNT NOT NULL,
    price EXACT NOT NULL,
    at COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE commissions (
    id COUNT NOT NULL PRIMARY KEY,
    cycle_id COUNT NOT NULL REFERENCES cycles (id),
    book_id COUNT NOT NULL REFERENCES books (id),
    execution TEXT NOT NULL,
    fees EXACT NOT NULL,
    currency TEXT NOT NULL,
    basis TEXT NOT NULL,
    at COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE write_offs (
    id COUNT NOT NULL PRIMARY KEY,
    cycle_id COUNT NOT NULL REFERENCES cycles (id),
    book_id COUNT NOT NULL REFERENCES books (id),
    symbol TEXT NOT NULL,
    from_shares COUNT NOT NULL,
    to_shares COUNT NOT NULL,
    evidence TEXT NOT NULL,
    at COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE readings (
    id COUNT NOT NULL PRIMARY KEY,
    cycle_id COUNT NOT NULL REFERENCES cycles (id),
    book_id COUNT NOT NULL REFERENCES books (id),
    date TEXT NOT NULL,
    equity EXACT NOT NULL,
    cash EXACT NOT NULL,
    currency TEXT NOT NULL,
    at COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE halts (
    id COUNT NOT NULL PRIMARY KEY,
    cycle_id COUNT NOT NULL REFERENCES cycles (id),
    book_id COUNT NOT NULL REFERENCES books (id),
    date TEXT NOT NULL,
    state TEXT NOT NULL,
    scope TEXT NOT NULL,
    reason TEXT NOT NULL,
    at COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE comparisons (
    id COUNT NOT NULL PRIMARY KEY,
    cycle_id COUNT NOT NULL REFERENCES cycles (id),
    book_id COUNT NOT NULL REFERENCES books (id),
    date TEXT NOT NULL,
    at COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE findings (
    id COUNT NOT NULL PRIMARY KEY,
    cycle_id COUNT NOT NULL REFERENCES cycles (id),
    comparison_id COUNT NOT NULL REFERENCES comparisons (id),
    kind TEXT NOT NULL,
    subject TEXT,
    detail TEXT NOT NULL,
    remedy TEXT NOT NULL,
    evidence TEXT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE decisions (
    id COUNT NOT NULL PRIMARY KEY,
    cycle_id COUNT NOT NULL REFERENCES cycles (id),
    about TEXT NOT NULL,
    decision TEXT NOT NULL,
    symbol TEXT,
    reasoning TEXT NOT NULL,
    at COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE alerts (
    id COUNT NOT NULL PRIMARY KEY,
    cycle_id COUNT NOT NULL REFERENCES cycles (id),
    severity TEXT NOT NULL,
    subject TEXT NOT NULL,
    message TEXT NOT NULL,
    delivered FLAG NOT NULL,
    at COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE limit_changes (
    id COUNT NOT NULL PRIMARY KEY,
    cycle_id COUNT NOT NULL REFERENCES cycles (id),
    book_id COUNT NOT NULL REFERENCES books (id),
    name TEXT NOT NULL,
    was TEXT,
    becomes TEXT NOT NULL,
    accepted_by TEXT NOT NULL,
    at COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE model_usages (
    id COUNT NOT NULL PRIMARY KEY,
    cycle_id COUNT NOT NULL REFERENCES cycles (id),
    model TEXT NOT NULL,
    request TEXT,
    tokens_in COUNT NOT NULL,
    tokens_cache_read COUNT NOT NULL,
    tokens_cache_written COUNT NOT NULL,
    tokens_out COUNT NOT NULL,
    cost EXACT NOT NULL,
    currency TEXT NOT NULL,
    millis COUNT NOT NULL,
    at COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE proofs_of_life (
    id COUNT NOT NULL PRIMARY KEY,
    cycle_id COUNT NOT NULL REFERENCES cycles (id),
    next_at COUNT,
    at COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE TABLE batches (
    id COUNT NOT NULL PRIMARY KEY,
    cycle_id COUNT NOT NULL REFERENCES cycles (id),
    number COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE UNIQUE INDEX cycles_by_name ON cycles (book_id, name);
CREATE UNIQUE INDEX cycles_by_slot ON cycles (book_id, slot, attempt);
CREATE INDEX cycles_by_date ON cycles (book_id, date);
CREATE UNIQUE INDEX cycle_ends_by_cycle ON cycle_ends (cycle_id);
CREATE INDEX cycle_ends_by_book ON cycle_ends (book_id, id);
CREATE INDEX cycle_ends_by_flat ON cycle_ends (book_id, flat, date);
CREATE INDEX tool_calls_by_cycle ON tool_calls (cycle_id);
CREATE INDEX verdicts_by_cycle ON verdicts (cycle_id);
CREATE UNIQUE INDEX order_intents_by_name ON order_intents (book_id, name);
CREATE INDEX order_intents_by_date ON order_intents (book_id, date);
CREATE INDEX order_intents_by_symbol ON order_intents (book_id, symbol);
CREATE INDEX order_events_by_order ON order_events (book_id, order_name);
CREATE INDEX settlements_by_order ON settlements (book_id, order_name);
CREATE UNIQUE INDEX executions_by_name ON executions (book_id, execution);
CREATE INDEX executions_by_place ON executions (book_id, id);
CREATE INDEX executions_by_time ON executions (book_id, at);
CREATE INDEX executions_by_correction ON executions (book_id, replaces);
CREATE INDEX commissions_by_execution ON commissions (book_id, execution);
CREATE INDEX write_offs_by_book ON write_offs (book_id);
CREATE INDEX readings_by_date ON readings (book_id, date, at);
CREATE INDEX readings_by_time ON readings (book_id, at);
CREATE INDEX halts_by_scope ON halts (book_id, scope, date);
CREATE INDEX comparisons_by_date ON comparisons (book_id, date);
CREATE INDEX findings_by_comparison ON findings (comparison_id);
CREATE INDEX decisions_by_cycle ON decisions (cycle_id);
CREATE INDEX alerts_by_cycle ON alerts (cycle_id);
CREATE INDEX limit_changes_by_book ON limit_changes (book_id);
CREATE INDEX model_usages_by_cycle ON model_usages (cycle_id);
CREATE INDEX proofs_of_life_by_cycle ON proofs_of_life (cycle_id);
CREATE UNIQUE INDEX batches_by_cycle ON batches (cycle_id, number);

-- What is held, derived: nobody writes it.
CREATE VIEW positions AS
SELECT book_id, symbol, CAST(SUM(moved) AS COUNT) AS shares
FROM (
    SELECT book_id, symbol, CASE side WHEN 'buy' THEN shares ELSE -shares END AS moved
    FROM executions AS kept
    WHERE NOT EXISTS (
        SELECT 1 FROM executions AS later
        WHERE later.book_id = kept.book_id AND later.replaces = kept.execution
    )
    UNION ALL
    SELECT book_id, symbol, to_shares - from_shares FROM write_offs
) AS moves
GROUP BY book_id, symbol
HAVING SUM(moved) <> 0;
