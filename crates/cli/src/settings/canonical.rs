//! The fingerprint of settings: the same for the same decisions, however the file was written.

use std::fmt::Display;

use catalyst_domain::budget::Span;
use catalyst_domain::news::Language;
use catalyst_domain::price::Price;
use catalyst_domain::ratio::BasisPoints;
use catalyst_domain::reconcile::OrphanRule;
use catalyst_domain::risk::{EntryCriteria, FeedPolicy, MarketOrders, RiskLimits};
use catalyst_domain::scan::Direction;
use chrono::NaiveTime;
use rust_decimal::Decimal;

use super::advisor::AdvisorChoice;
use super::broker::{Broker, BrokerSettings, ClockChoice, OrderRoute, TradingMode};
use super::load::Settings;
use super::news::{NewsSettings, NewsSource};
use super::scan::{ScanNames, ScanSettings};
use super::schedule::{LunchExits, Schedule};
use crate::provenance::digest;

/// SHA-256 over everything that decides a trade; logging, the state folder, the place of the journal
/// and the ways to the owner decide none and are left out.
pub(super) fn fingerprint(settings: &Settings) -> String {
    digest([text_of(settings).as_str()])
}

/// Lines `name=value`, filled in a fixed order.
struct Lines(Vec<String>);

impl Lines {
    fn add(&mut self, name: &str, value: impl Display) {
        self.0.push(format!("{name}={value}"));
    }

    fn number(&mut self, name: &str, value: Decimal) {
        self.add(name, value.normalize());
    }
}

fn text_of(settings: &Settings) -> String {
    let mut lines = Lines(Vec::new());
    add_limits(&mut lines, &settings.limits);
    add_schedule(&mut lines, &settings.schedule);
    add_scan(&mut lines, &settings.scan);
    let orders = &settings.orders;
    lines.add("market_slippage_ticks", orders.market_slippage_ticks);
    lines.add("fill_wait", orders.fill_wait.num_seconds());
    lines.add("max_repairs", orders.repairs_max);
    lines.add("loss_confirmations", orders.loss_confirmations);
    let time_stop = orders.time_stop.map(|stop| stop.num_minutes());
    lines.add(
        "time_stop",
        time_stop.map_or("none".to_owned(), |minutes| minutes.to_string()),
    );
    lines.add("commission_plan", orders.commission);
    let cycle = &settings.cycle;
    lines.add("time_limit", cycle.time_limit.num_seconds());
    lines.add("max_turns", cycle.max_turns);
    lines.add("max_calls", cycle.max_calls);
    let most = cycle.budget.most;
    for span in Span::ALL {
        lines.number(&format!("max_cost_per_{span}"), most.of(span).amount());
    }
    lines.add("max_alerts", cycle.max_alerts);
    lines.add("grounding", cycle.grounding.as_str());
    match &settings.advisor {
        AdvisorChoice::Rules => lines.add("advisor", "rules"),
        AdvisorChoice::Script(file) | AdvisorChoice::Cassette(file) => {
            lines.add("advisor", file.display());
        }
        AdvisorChoice::Claude => lines.add("advisor", "claude"),
    }
    let claude = &settings.claude;
    lines.add("claude.model", &claude.model);
    lines.add("claude.effort", &claude.effort);
    lines.add("claude.max_tokens", claude.max_tokens);
    add_news(&mut lines, &settings.news);
    lines.number("cash_tolerance", settings.reconcile.cash_tolerance.amount());
    let orphans = match settings.reconcile.orphans {
        OrphanRule::Flatten => "flatten",
        OrphanRule::AskOwner => "ask_owner",
    };
    lines.add("orphans", orphans);
    add_broker(&mut lines, &settings.broker);
    let sim = &settings.sim;
    lines.number("sim.cash", sim.cash.amount());
    lines.add("sim.seed", sim.seed);
    lines.add("sim.slippage_ticks", sim.slippage_ticks);
    lines.add("sim.participation", sim.participation.points());
    lines.add("sim.symbols", sim.symbols);
    lines.add("sim.date", sim.date);
    lines.0.join("\n")
}

fn add_broker(lines: &mut Lines, broker: &BrokerSettings) {
    let name = match broker.name {
        Broker::Sim => "sim",
        Broker::Ibkr => "ibkr",
    };
    lines.add("broker", name);
    let clock = match broker.clock {
        ClockChoice::Real => "real",
        ClockChoice::Gateway => "gateway",
    };
    lines.add("clock", clock);
    let mode = match broker.mode {
        TradingMode::Paper => "paper",
        TradingMode::Live => "live",
    };
    lines.add("mode", mode);
    let route = match broker.route {
        OrderRoute::Sehk => "SEHK",
        OrderRoute::Smart => "SMART",
    };
    lines.add("route", route);
}

fn add_news(lines: &mut Lines, news: &NewsSettings) {
    match news.source {
        NewsSource::Broker => lines.add("news", "broker"),
        NewsSource::Feeds => lines.add("news", "feeds"),
    }
    for provider in &news.providers {
        lines.add("news.provider", provider);
    }
    for feed in &news.feeds {
        let language = feed.language.map_or("any", Language::as_str);
        lines.add(
            "news.feed",
            format!("{} {language} {}", feed.name, feed.url),
        );
    }
    if let Some(names) = &news.names_file {
        lines.add("news.names_file", names.display());
    }
}

fn add_limits(lines: &mut Lines, limits: &RiskLimits) {
    lines.add("max_positions", limits.max_positions());
    for (name, share) in [
        ("max_position", limits.max_position()),
        ("max_daily_loss", limits.max_daily_loss()),
        ("warning_loss", limits.warning_loss()),
        ("max_risk_per_trade", limits.max_risk_per_trade()),
        ("max_stop_distance", limits.max_stop_distance()),
        ("max_price_deviation", limits.max_price_deviation()),
        ("max_equity_jump", limits.max_equity_jump()),
    ] {
        lines.add(name, share.points());
    }
    lines.add("max_daily_trades", limits.max_daily_trades());
    lines.number("min_reward_risk", limits.min_reward_risk());
    lines.add("max_quote_age", limits.max_quote_age().num_seconds());
    lines.add("max_entries_per_symbol", limits.max_entries_per_symbol());
    lines.add("cooldown", limits.cooldown().num_seconds());
    lines.add(
        "no_entry_after_open",
        limits.no_entry_after_open().num_seconds(),
    );
    lines.add(
        "no_entry_before_close",
        limits.no_entry_before_close().num_seconds(),
    );
    lines.add("max_order_lots", limits.max_order_lots());
    for (name, fuse) in [
        ("max_order_value", limits.max_order_value()),
        ("max_gross_value", limits.max_gross_value()),
    ] {
        match fuse {
            Some(money) => lines.number(name, money.amount()),
            None => lines.add(name, "none"),
        }
    }
    lines.add("max_news_age", limits.max_news_age().num_seconds());
    lines.number("min_relative_volume", limits.min_relative_volume());
    let (low, high) = limits.rsi_range();
    lines.number("min_rsi", low);
    lines.number("max_rsi", high);
    add_policies(lines, limits);
}

fn add_policies(lines: &mut Lines, limits: &RiskLimits) {
    let criteria = match limits.entry_criteria() {
        EntryCriteria::Require => "require",
        EntryCriteria::Report => "report",
    };
    lines.add("entry_criteria", criteria);
    let delayed = match limits.feed_policy() {
        FeedPolicy::LiveOnly => "false",
        FeedPolicy::DelayedAccepted => "true",
    };
    lines.add("accept_delayed", delayed);
    let market = match limits.market_orders() {
        MarketOrders::AsMarketableLimit => "marketable",
        MarketOrders::Refused => "refused",
    };
    lines.add("market_orders", market);
}

fn add_schedule(lines: &mut Lines, schedule: &Schedule) {
    let clock = |time: &NaiveTime| time.format("%H:%M").to_string();
    let mut slots = String::new();
    for slot in &schedule.slots {
        slots.push_str(&clock(slot));
        slots.push(' ');
    }
    lines.add("slots", slots.trim_end());
    lines.add("lunch_exit", clock(&schedule.lunch_exit));
    let exits = match schedule.lunch_exits {
        LunchExits::FlatOnly => "flat_only",
        LunchExits::All => "all",
        LunchExits::None => "none",
    };
    lines.add("lunch_exits", exits);
    lines.add("eod_exit_from", clock(&schedule.eod_exit_from));
}

fn add_scan(lines: &mut Lines, scan: &ScanSettings) {
    let limits = &scan.limits;
    match &scan.names {
        ScanNames::Members => lines.add("scan.universe", "members"),
        ScanNames::List(file) => lines.add("scan.universe", file.display()),
    }
    let optional = |lines: &mut Lines, name, value: Option<String>| {
        lines.add(name, value.as_deref().unwrap_or("none"));
    };
    let text = |price: Price| price.to_string();
    optional(lines, "scan.min_price", limits.min_price.map(text));
    optional(lines, "scan.max_price", limits.max_price.map(text));
    lines.number("scan.min_turnover", limits.min_turnover.amount());
    let ticks = limits.max_spread_ticks.map(|ticks| ticks.to_string());
    optional(lines, "scan.max_spread_ticks", ticks);
    let points = |share: BasisPoints| share.points().to_string();
    optional(lines, "scan.max_spread", limits.max_spread.map(points));
    optional(
        lines,
        "scan.max_lot_value",
        limits.max_lot_share.map(points),
    );
    let rising = match limits.direction {
        Direction::Rising => "true",
        Direction::Any => "false",
    };
    lines.add("scan.only_rising", rising);
    let weights = &limits.weights;
    lines.number("scan.weight_change", weights.change);
    lines.number("scan.weight_gap", weights.gap);
    lines.number("scan.weight_relative_volume", weights.relative_volume);
    lines.number("scan.weight_below_high", weights.below_high);
    lines.number("scan.weight_above_vwap", weights.above_vwap);
}
