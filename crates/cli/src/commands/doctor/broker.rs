//! The broker: reachable, the right account, the same time, quotes, lots, orders taken, positions safe.

use std::path::Path;
use std::sync::Arc;

use catalyst_app::{Ports, chain};
use catalyst_domain::market::{Feed, Quote};
use catalyst_domain::quantity::Shares;
use catalyst_domain::reconcile::check_protection;
use catalyst_domain::rulebook::Rulebook;
use catalyst_domain::symbol::Symbol;

use super::check::Check;
use crate::compose::{self, ComposeError, Desk, IbkrError, IbkrSession};
use crate::settings::{Broker, ClockChoice, Settings};

/// What is looked at: three of the biggest names, with board lots of 400 and 100 shares.
const LOOKED_AT: [&str; 3] = ["5", "700", "9988"];

/// Clocks further apart than this many seconds deserve a word before they are refused.
const SKEW_WORTH_A_WORD: i64 = 2;

const SETTINGS_OF_GATEWAY: &str = "see what the gateway's API settings need in docs/ibkr.md";

/// Every check of the broker, each also when the one before failed, where it can be made at all.
pub(super) async fn look(settings: &Settings, rules: &Arc<Rulebook>, state: &Path) -> Vec<Check> {
    if settings.broker.name == Broker::Sim {
        if settings.broker.clock == ClockChoice::Gateway {
            let found = "clock is `gateway`, and broker sim has none";
            return vec![Check::failure("clock", found, "set clock: real")];
        }
        return vec![Check::ok("broker", "sim, the built-in exchange")];
    }
    let opened = open(settings, rules, state).await;
    let (desk, ports) = match opened {
        Ok(opened) => opened,
        Err(failure) => return vec![failure],
    };
    let mut checks = Vec::new();
    if let Some(session) = desk.session() {
        checks.extend(gateway(settings, session).await);
    }
    if checks.len() > 1 {
        let quotes = quotes(&ports).await;
        checks.extend(quotes.iter().map(|(_, check)| check.clone()));
        checks.extend(lots(&ports, rules).await);
        if let Some(session) = desk.session() {
            let quote = quotes.iter().find_map(|(quote, _)| *quote);
            checks.push(orders(session, &ports, rules, quote).await);
        }
        checks.push(protection(&ports).await);
        checks.push(foreign(&ports).await);
    }
    desk.hang_up().await;
    checks
}

async fn open(
    settings: &Settings,
    rules: &Arc<Rulebook>,
    state: &Path,
) -> Result<(Desk, Ports), Check> {
    let wrong = |error: &ComposeError| {
        let remedy = if matches!(error, ComposeError::GatewayClock { .. }) {
            "start the practice gateway, or set clock: real"
        } else {
            "mend the section broker of the settings"
        };
        Check::failure("broker", chain(error), remedy)
    };
    let desk = Desk::to_look_at(settings, rules, state).await;
    let desk = desk.map_err(|error| wrong(&error))?;
    let desk = desk.ok_or_else(|| Check::ok("broker", "nothing has begun"))?;
    let mut ports = desk.ports(compose::memory_journal(rules));
    let news = compose::news_feed(&settings.news, ports.news, &ports.clock);
    ports.news = news.map_err(|error| wrong(&error))?;
    Ok((desk, ports))
}

/// The connection itself; one failed check where there is none.
async fn gateway(settings: &Settings, session: &IbkrSession) -> Vec<Check> {
    let broker = &settings.broker;
    let address = format!("{}:{}", broker.host, broker.port);
    let facts = match session.facts().await {
        Ok(facts) => facts,
        Err(failure) => return vec![unreached(&failure)],
    };
    let version = facts.server_version;
    let skew = facts.skew.num_seconds();
    let mut checks = vec![
        Check::ok("gateway", format!("reached at {address}")),
        Check::ok("version", format!("{version}, allowed are 213 to 226")),
        Check::ok(
            "account",
            "the configured one; settings, port and prefix say paper",
        ),
    ];
    checks.push(if skew.abs() <= SKEW_WORTH_A_WORD {
        Check::ok("clock", format!("{skew} s apart"))
    } else {
        let remedy = "keep this machine's clock by NTP";
        Check::warning("clock", format!("{skew} s apart"), remedy)
    });
    checks.push(if facts.linked {
        Check::ok("link", "the gateway is connected to the broker")
    } else {
        let remedy = "wait for the end of the broker's nightly reset, or log in again";
        Check::failure("link", "the gateway has lost the broker", remedy)
    });
    checks
}

fn unreached(failure: &IbkrError) -> Check {
    let remedy = match failure {
        IbkrError::NotReached { .. } | IbkrError::Silent { .. } => {
            "start the gateway, log in, and allow socket clients on this port"
        }
        IbkrError::ClientIdInUse { .. } => "end the other program, or wait a minute and try again",
        IbkrError::WrongAccount { .. } => "name an account of this login in broker.account",
        IbkrError::Version { .. } => "install a gateway of TWS 10.4x, not older",
        IbkrError::Skewed { .. } => {
            "keep this machine's clock by NTP; at a practice gateway set clock: gateway"
        }
        IbkrError::Lost { .. }
        | IbkrError::Refused { .. }
        | IbkrError::Garbled { .. }
        | IbkrError::LostTooOften { .. }
        | IbkrError::Closed
        | IbkrError::LinkDown
        | IbkrError::Bound { .. }
        | IbkrError::Disagreement { .. }
        | IbkrError::Paced { .. } => SETTINGS_OF_GATEWAY,
    };
    Check::failure("gateway", chain(failure), remedy)
}

fn looked_at() -> impl Iterator<Item = Symbol> {
    LOOKED_AT.into_iter().filter_map(|code| code.parse().ok())
}

async fn quotes(ports: &Ports) -> Vec<(Option<Quote>, Check)> {
    let mut found = Vec::new();
    for symbol in looked_at() {
        found.push(match ports.market.quote(symbol).await {
            Ok(quote) if quote.feed == Feed::Live => {
                let text = format!("{symbol} live: bid {}, ask {}", quote.bid, quote.ask);
                (Some(quote), Check::ok("quote", text))
            }
            Ok(quote) => {
                let text = format!("{symbol} delayed: bid {}, ask {}", quote.bid, quote.ask);
                let remedy = "subscribe to Hong Kong level 1, or accept delayed quotes by \
                              market_data.accept_delayed";
                (Some(quote), Check::warning("quote", text, remedy))
            }
            Err(error) => {
                let remedy = "subscribe to Hong Kong level 1; end other sessions of this login";
                let text = format!("{symbol}: {}", chain(&error));
                (None, Check::warning("quote", text, remedy))
            }
        });
    }
    found
}

async fn lots(ports: &Ports, rules: &Rulebook) -> Vec<Check> {
    let date = rules.calendar.date_of(ports.clock.now());
    let mut checks = Vec::new();
    for symbol in looked_at() {
        checks.push(match ports.catalog.instrument(symbol, date).await {
            Ok(instrument) => {
                let lot = instrument.lot_size;
                let text = format!("{symbol} {lot} by the table, not contradicted by the gateway");
                Check::ok("lot", text)
            }
            Err(error) => {
                let remedy = "look the board lot up at the exchange; the symbol is not traded";
                Check::warning("lot", chain(&error), remedy)
            }
        });
    }
    checks
}

/// Asks what one lot of the first name with a quote would cost.
async fn orders(
    session: &IbkrSession,
    ports: &Ports,
    rules: &Rulebook,
    quote: Option<Quote>,
) -> Check {
    let Some(quote) = quote else {
        let remedy = "try again when there are quotes";
        return Check::warning("orders", "not tried without a price", remedy);
    };
    let date = rules.calendar.date_of(ports.clock.now());
    let lot = match ports.catalog.instrument(quote.symbol, date).await {
        Ok(instrument) => Shares::new(u64::from(instrument.lot_size.shares())),
        Err(error) => {
            let text = format!("not tried: {}", chain(&error));
            return Check::warning("orders", text, "see above");
        }
    };
    let tried = match lot {
        Ok(lot) => session.trial(quote.symbol, lot, quote.bid).await,
        Err(error) => return Check::failure("orders", error.to_string(), "see the lot above"),
    };
    match tried {
        Ok(trial) => {
            let cost = trial.commission.map_or_else(
                || "the broker names no commission".to_owned(),
                |amount| {
                    format!(
                        "one lot of {} costs {amount} {}",
                        quote.symbol, trial.currency
                    )
                },
            );
            Check::ok("orders", format!("taken, as a trial shows; {cost}"))
        }
        Err(IbkrError::Refused {
            code: 321, text, ..
        }) => Check::failure(
            "orders",
            format!("refused: {text} (code 321)"),
            "switch Read-Only API off in the gateway's API settings",
        ),
        Err(failure) => Check::failure("orders", chain(&failure), SETTINGS_OF_GATEWAY),
    }
}

async fn protection(ports: &Ports) -> Check {
    let account = match ports.account.snapshot().await {
        Ok(account) => account,
        Err(error) => {
            let remedy = "compare with the broker's own screen";
            return Check::failure("positions", chain(&error), remedy);
        }
    };
    let working = match ports.gateway.working().await {
        Ok(working) => working,
        Err(error) => {
            let remedy = "compare with the broker's own screen";
            return Check::failure("positions", chain(&error), remedy);
        }
    };
    let held: Vec<(Symbol, Shares)> = account
        .positions
        .iter()
        .map(|position| (position.symbol, position.shares))
        .collect();
    let open = check_protection(&held, &working);
    let text = format!(
        "{} held, {} orders at work, cash {}, equity {}",
        held.len(),
        working.len(),
        account.cash,
        account.equity
    );
    match open.first() {
        None => Check::ok("positions", format!("{text}; each under its stop")),
        Some(finding) => Check::failure(
            "positions",
            format!("{text}; {finding}"),
            "run `catalyst guard`, which puts the stop back or leaves the position",
        ),
    }
}

async fn foreign(ports: &Ports) -> Check {
    match ports.gateway.foreign().await {
        Ok(orders) if orders.is_empty() => Check::ok("other orders", "none"),
        Ok(orders) => Check::warning(
            "other orders",
            format!("{} that are not the agent's", orders.len()),
            "cancel them; no entry is made while they are at work",
        ),
        Err(error) => Check::failure("other orders", chain(&error), SETTINGS_OF_GATEWAY),
    }
}
