//! The practice gateway: a simulated world behind the broker's own wire protocol.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use catalyst_adapters_ibkr::{AccountMode, IbkrConfig, IbkrSession, OrderExchange};
use catalyst_adapters_sim::faces::SimClock;
use catalyst_adapters_sim::world::SimWorld;
use catalyst_app::Ports;
use catalyst_domain::money::Currency;
use catalyst_domain::risk::FeedPolicy;
use catalyst_domain::rulebook::Rulebook;
use catalyst_ports::clock::Clock;
use catalyst_ports::journal::Journal;
use catalyst_tws_emulator::{BaseCurrency, Emulator, EmulatorConfig, FaultScript, TimeFlow};
use rust_decimal::Decimal;

use super::desk::{SKEW_MAX, ibkr_ports, practice_news};
use super::{ComposeError, read};
use crate::settings::Settings;

/// How a practice gateway is set up.
#[derive(Debug)]
pub(crate) struct Practice<'a> {
    /// Where it listens.
    pub(crate) listen: SocketAddr,
    /// The account of its login.
    pub(crate) account: &'a str,
    /// The currency in which the account is reported, with its worth in Hong Kong dollars.
    pub(crate) base: (Currency, Decimal),
    /// Seconds of the world in each real one; 0 lets time stand.
    pub(crate) speed: u32,
    /// The file of faults.
    pub(crate) faults: Option<&'a Path>,
}

/// A practice gateway at work.
pub(crate) struct Gateway(Emulator);

impl Gateway {
    /// Opens the gateway over `world`.
    pub(crate) fn open(
        practice: &Practice<'_>,
        world: &Arc<SimWorld>,
    ) -> Result<Self, ComposeError> {
        let faults = match practice.faults {
            None => FaultScript::none(),
            Some(path) => {
                let script = FaultScript::parse(&read(path)?);
                script.map_err(|source| ComposeError::Faults {
                    path: path.to_owned(),
                    source,
                })?
            }
        };
        let (currency, hkd_per_unit) = practice.base;
        let config = EmulatorConfig {
            account: practice.account.to_owned(),
            base: BaseCurrency {
                currency,
                hkd_per_unit,
                cash: Decimal::ZERO,
            },
            time: match practice.speed {
                0 => TimeFlow::Stands,
                speed => TimeFlow::Runs { speed },
            },
            ..EmulatorConfig::paper(practice.listen)
        };
        let started = Emulator::start(config, Arc::clone(world), faults);
        let emulator = started.map_err(|source| ComposeError::Listen {
            address: practice.listen,
            source,
        })?;
        Ok(Self(emulator))
    }

    /// Where clients connect.
    pub(crate) fn address(&self) -> SocketAddr {
        self.0.address()
    }

    /// Hangs up on everybody.
    pub(crate) fn close(self) {
        self.0.stop();
    }
}

/// The ports of a rehearsal that goes over the wire: an agent's end of a practice gateway over `world`,
/// on this machine's loopback.
pub(crate) fn wired_ports(
    world: &Arc<SimWorld>,
    settings: &Settings,
    rules: &Arc<Rulebook>,
    journal: Arc<dyn Journal>,
) -> Result<(Ports, Wire), ComposeError> {
    let account = "DU1234567";
    let practice = Practice {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        account,
        base: (Currency::Hkd, Decimal::ONE),
        speed: 0,
        faults: None,
    };
    let gateway = Gateway::open(&practice, world)?;
    let clock: Arc<dyn Clock> = Arc::new(SimClock::new(Arc::clone(world)));
    let broker = &settings.broker;
    let config = IbkrConfig {
        host: "127.0.0.1".into(),
        port: gateway.address().port(),
        client_id: broker.client_id,
        account: account.parse()?,
        mode: AccountMode::Paper,
        connect_timeout: broker.connect_timeout,
        call_timeout: broker.answer_timeout,
        submit_timeout: broker.order_timeout,
        order_exchange: OrderExchange::Sehk,
        delayed: settings.limits.feed_policy() == FeedPolicy::DelayedAccepted,
        bars_per_ten_minutes: None,
        news_providers: practice_news()?,
        universe: Vec::new(),
        skew_max: SKEW_MAX,
        orders_max: u32::MAX,
        repairs_max: u32::MAX,
        commission: settings.orders.commission,
    };
    let session = IbkrSession::new(config, Arc::clone(rules), Arc::clone(&clock))?;
    let session = Arc::new(session);
    let ports = ibkr_ports(&session, &clock, journal);
    Ok((ports, Wire { session, gateway }))
}

/// Both ends of a rehearsal's wire.
pub(crate) struct Wire {
    session: Arc<IbkrSession>,
    gateway: Gateway,
}

impl Wire {
    /// Hangs up.
    pub(crate) async fn close(self) {
        self.session.close().await;
        self.gateway.close();
    }
}
