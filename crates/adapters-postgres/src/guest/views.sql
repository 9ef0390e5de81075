-- The journal of the account in the words of the older system: a position is long, an order buys or
-- sells, a cycle has a name of at most 20 characters, a security has the neighbour's number where one is
-- known. Nobody can write through them.

CREATE OR REPLACE VIEW compat_trading_cycles AS
SELECT CAST(c.name AS varchar(20)) AS cycle_id,
       CAST(c.date AS date) AS trading_date,
       CASE WHEN e.id IS NULL THEN 'running' ELSE e.ending END AS status,
       to_timestamp(c.at / 1000000.0) AS started_at,
       to_timestamp(e.at / 1000000.0) AS completed_at,
       c.advisor,
       e.summary
FROM cycles AS c
JOIN books AS b ON b.id = c.book_id AND b.kind = 'account'
LEFT JOIN cycle_ends AS e ON e.cycle_id = c.id;

CREATE OR REPLACE VIEW compat_positions AS
SELECT s.security_id,
       p.symbol,
       CAST('long' AS varchar(5)) AS side,
       p.shares AS quantity
FROM positions AS p
JOIN books AS b ON b.id = p.book_id AND b.kind = 'account'
LEFT JOIN security_ids AS s ON s.symbol = p.symbol;

CREATE OR REPLACE VIEW compat_orders AS
SELECT i.name AS order_id,
       CAST(c.name AS varchar(20)) AS cycle_id,
       s.security_id,
       i.symbol,
       CAST(CASE CAST(i.plan AS json) ->> 'plan' WHEN 'bracket' THEN 'buy' ELSE 'sell' END
            AS varchar(4)) AS side,
       CAST(CAST(i.plan AS json) ->> 'shares' AS bigint) AS quantity,
       coalesce(f.ending, 'working') AS status,
       i.reason,
       to_timestamp(i.at / 1000000.0) AS created_at
FROM order_intents AS i
JOIN books AS b ON b.id = i.book_id AND b.kind = 'account'
JOIN cycles AS c ON c.id = i.cycle_id
LEFT JOIN security_ids AS s ON s.symbol = i.symbol
LEFT JOIN LATERAL (
    SELECT ending FROM settlements
    WHERE settlements.book_id = i.book_id AND settlements.order_name = i.name
    ORDER BY settlements.id DESC LIMIT 1
) AS f ON true;

CREATE OR REPLACE VIEW compat_fills AS
SELECT x.execution AS fill_id,
       x.order_name AS order_id,
       CAST(c.name AS varchar(20)) AS cycle_id,
       s.security_id,
       x.symbol,
       CAST(x.side AS varchar(4)) AS side,
       x.shares AS quantity,
       x.price,
       k.fees AS commission,
       k.currency,
       to_timestamp(x.at / 1000000.0) AS filled_at
FROM executions AS x
JOIN books AS b ON b.id = x.book_id AND b.kind = 'account'
JOIN cycles AS c ON c.id = x.cycle_id
LEFT JOIN security_ids AS s ON s.symbol = x.symbol
LEFT JOIN LATERAL (
    SELECT fees, currency FROM commissions
    WHERE commissions.book_id = x.book_id AND commissions.execution = x.execution
    ORDER BY commissions.id DESC LIMIT 1
) AS k ON true
WHERE NOT EXISTS (
    SELECT 1 FROM executions AS later
    WHERE later.book_id = x.book_id AND later.replaces = x.execution
);
