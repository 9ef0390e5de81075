-- An alert that could not be sent at once waits; a row here ends its wait. Every run asks for the
-- alerts of the last weeks, so these are found by their moment, and their ends by the alert.

CREATE TABLE alert_ends (
    id COUNT NOT NULL PRIMARY KEY,
    cycle_id COUNT NOT NULL REFERENCES cycles (id),
    alert_id COUNT NOT NULL REFERENCES alerts (id),
    ending TEXT NOT NULL,
    at COUNT NOT NULL,
    hash BYTES NOT NULL
) STRICT;

CREATE INDEX alerts_at ON alerts (at);
CREATE UNIQUE INDEX alert_ends_alert ON alert_ends (alert_id);
