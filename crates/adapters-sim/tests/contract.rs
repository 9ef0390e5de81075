//! The simulated broker, the journal in memory and the lock of one process keep the promises of
//! their ports.
#![expect(
    clippy::unwrap_used,
    reason = "a fixture that cannot be made has to stop the test"
)]

mod journal {
    //! The journal of rehearsals.

    use std::sync::Arc;

    use catalyst_adapters_sim::memory_journal::MemoryJournal;
    use catalyst_domain::calendar::TradingCalendar;
    use catalyst_domain::money::Currency;

    #[expect(clippy::unused_async, reason = "other journals open a file here")]
    async fn fresh() -> (MemoryJournal, ()) {
        let calendar = Arc::new(TradingCalendar::hkex().unwrap());
        (MemoryJournal::new(Currency::Hkd, calendar), ())
    }

    catalyst_testkit::journal_contract!(fresh);
    catalyst_testkit::annals_contract!(fresh);
    catalyst_testkit::alert_queue_contract!(fresh);
}

mod lock {
    //! Two runs of one process.

    use catalyst_adapters_sim::no_lock::InProcessLock;

    fn fresh() -> (InProcessLock, InProcessLock, ()) {
        let lock = InProcessLock::new();
        (lock.clone(), lock, ())
    }

    catalyst_testkit::cycle_lock_contract!(fresh);
}

mod broker {
    //! Gateway and account of one generated morning, in which one lot of Tencent is bought.

    use std::sync::Arc;

    use async_trait::async_trait;
    use catalyst_adapters_sim::config::SimConfig;
    use catalyst_adapters_sim::faces::{SimAccount, SimGateway, SimMarketData};
    use catalyst_adapters_sim::generator::Generator;
    use catalyst_adapters_sim::world::{SimWorld, Tape, WorldSetup};
    use catalyst_domain::exchange::Exchange;
    use catalyst_domain::fees::CommissionPlan;
    use catalyst_domain::instrument::InstrumentKind;
    use catalyst_domain::market::Quote;
    use catalyst_domain::order::{EntryIdea, EntryIntent, EntryKind};
    use catalyst_domain::price::Price;
    use catalyst_domain::rulebook::Rulebook;
    use catalyst_domain::side::Side;
    use catalyst_ports::account::AccountBook;
    use catalyst_ports::market_data::MarketData as _;
    use catalyst_ports::order_gateway::OrderGateway;
    use catalyst_testkit::builders::{ViewBuilder, a_moment, a_view, hkd, shares, symbol};
    use catalyst_testkit::contract::order_gateway::GatewayHarness;
    use chrono::{DateTime, TimeDelta, Utc};

    struct Morning {
        rules: Arc<Rulebook>,
        world: Arc<SimWorld>,
        gateway: SimGateway,
        account: SimAccount,
        quote: Quote,
    }

    async fn fresh() -> Morning {
        let rules = Arc::new(Rulebook::of(Exchange::Hkex).unwrap());
        let generator = Generator::of_first(Arc::clone(&rules), 5, 4).unwrap();
        let world = SimWorld::begin(WorldSetup {
            rules: Arc::clone(&rules),
            tape: Tape::Generated(generator),
            news: Vec::new(),
            config: SimConfig::pessimistic(hkd("1000000"), CommissionPlan::IbkrTiered),
            account: None,
            start: a_moment("2026-09-14T02:00:00Z"),
        })
        .unwrap();
        let market = SimMarketData::new(Arc::clone(&world));
        Morning {
            rules,
            gateway: SimGateway::new(Arc::clone(&world)),
            account: SimAccount::new(Arc::clone(&world)),
            quote: market.quote(symbol("700")).await.unwrap(),
            world,
        }
    }

    impl Morning {
        fn ticks_from(&self, price: Price, steps: i32) -> Price {
            let date = self.rules.calendar.date_of(self.world.now());
            let grid = self.rules.ticks.on(date, InstrumentKind::Equity).unwrap();
            grid.step(price, steps).unwrap().price()
        }

        /// One lot, its stop 20 ticks below the entry and its target 120 above.
        fn one_lot(&self, kind: EntryKind, entry: Price) -> EntryIntent {
            EntryIntent {
                idea: EntryIdea {
                    symbol: symbol("700"),
                    side: Side::Buy,
                    kind,
                    entry,
                    stop: self.ticks_from(entry, -20),
                    target: self.ticks_from(entry, 120),
                },
                shares: shares(100),
            }
        }
    }

    #[async_trait]
    impl GatewayHarness for Morning {
        fn gateway(&self) -> &dyn OrderGateway {
            &self.gateway
        }

        fn account(&self) -> &dyn AccountBook {
            &self.account
        }

        fn now(&self) -> DateTime<Utc> {
            self.world.now()
        }

        fn view(&self) -> ViewBuilder {
            let mut view = a_view().at(self.now());
            view.quote = Some(self.quote);
            view
        }

        fn resting(&self) -> EntryIntent {
            let below = self.ticks_from(self.quote.bid, -20);
            self.one_lot(EntryKind::Limit, below)
        }

        fn trading(&self) -> EntryIntent {
            self.one_lot(EntryKind::Market, self.quote.ask)
        }

        async fn pass_time(&self) {
            let later = self.now() + TimeDelta::minutes(5);
            self.world.advance_to(later).unwrap();
        }
    }

    mod gateway {
        //! The order desk.

        catalyst_testkit::order_gateway_contract!(super::fresh);
    }

    mod account {
        //! Cash, positions, executions.

        catalyst_testkit::account_contract!(super::fresh);
    }
}

mod market {
    //! Clock, prices, listings and headlines of one generated morning.

    use std::sync::Arc;

    use catalyst_adapters_sim::config::SimConfig;
    use catalyst_adapters_sim::faces::{SimCatalog, SimClock, SimMarketData, SimNews};
    use catalyst_adapters_sim::generator::Generator;
    use catalyst_adapters_sim::headlines::parse_headlines;
    use catalyst_adapters_sim::world::{SimWorld, Tape, WorldSetup};
    use catalyst_domain::exchange::Exchange;
    use catalyst_domain::fees::CommissionPlan;
    use catalyst_domain::rulebook::Rulebook;
    use catalyst_testkit::builders::{a_moment, hkd};
    use catalyst_testkit::contract::instruments::Listed;
    use catalyst_testkit::contract::market_data::Shown;
    use catalyst_testkit::contract::news::Told;

    const NEWS: &str = concat!(
        r#"{"symbol":"2","published":"2026-09-14T08:00:00+08:00","headline":"early"}"#,
        "\n",
        r#"{"symbol":"2","published":"2026-09-14T09:00:00+08:00","headline":"late"}"#,
        "\n",
        r#"{"symbol":"2","published":"2026-09-14T09:30:00+08:00","headline":"later"}"#,
        "\n",
        r#"{"symbol":"2","published":"2026-09-14T15:00:00+08:00","headline":"to come"}"#,
    );

    fn world() -> Arc<SimWorld> {
        let rules = Arc::new(Rulebook::of(Exchange::Hkex).unwrap());
        let symbols = ["700".parse().unwrap(), "5".parse().unwrap()];
        let generator = Generator::new(Arc::clone(&rules), 5, &symbols);
        SimWorld::begin(WorldSetup {
            rules,
            tape: Tape::Generated(generator),
            news: parse_headlines(NEWS).unwrap(),
            config: SimConfig::pessimistic(hkd("1000000"), CommissionPlan::IbkrTiered),
            account: None,
            start: a_moment("2026-09-14T02:00:00Z"),
        })
        .unwrap()
    }

    fn clock() -> (SimClock, ()) {
        (SimClock::new(world()), ())
    }

    fn prices() -> (SimMarketData, Shown, ()) {
        let world = world();
        let now = world.now();
        let shown = Shown {
            known: "700".parse().unwrap(),
            unknown: "1".parse().unwrap(),
            now,
        };
        (SimMarketData::new(world), shown, ())
    }

    fn listings() -> (SimCatalog, Listed, ()) {
        let date = "2026-09-14".parse().unwrap();
        let listed = Listed {
            known: "700".parse().unwrap(),
            unknown: "99998".parse().unwrap(),
            date,
        };
        (SimCatalog::new(world()), listed, ())
    }

    fn headlines() -> (SimNews, Told, ()) {
        let world = world();
        let told = Told {
            known: "2".parse().unwrap(),
            silent: "99998".parse().unwrap(),
            since: a_moment("2026-09-14T00:30:00Z"),
            now: world.now(),
        };
        (SimNews::new(world), told, ())
    }

    catalyst_testkit::clock_contract!(clock);
    catalyst_testkit::market_data_contract!(prices);
    catalyst_testkit::instruments_contract!(listings);
    catalyst_testkit::news_contract!(headlines);
}

mod told {
    //! Alerts that are only collected.

    use catalyst_adapters_sim::notifier::CollectingNotifier;

    fn fresh() -> (CollectingNotifier, ()) {
        (CollectingNotifier::new(), ())
    }

    catalyst_testkit::notifier_contract!(fresh);
}

mod rules_advisor {
    //! The owner's criteria.

    use catalyst_adapters_sim::advisor::RulesAdvisor;
    use catalyst_domain::tick::TickTable;
    use catalyst_ports::advisor::Brief;
    use catalyst_testkit::builders::a_brief;

    fn fresh() -> (RulesAdvisor, Brief) {
        (RulesAdvisor::new(TickTable::hkex().unwrap()), a_brief())
    }

    catalyst_testkit::advisor_contract!(fresh);
}

mod script_advisor {
    //! A file of calls.

    use catalyst_adapters_sim::advisor::ScriptAdvisor;
    use catalyst_ports::advisor::Brief;
    use catalyst_testkit::builders::a_brief;

    const SCRIPT: &str = concat!(
        r#"{"at":"10:00","calls":[{"tool":"get_portfolio"},{"tool":"scan_market"}]}"#,
        "\n",
        r#"{"tool":"get_portfolio"}"#,
    );

    fn fresh() -> (ScriptAdvisor, Brief) {
        (ScriptAdvisor::parse(SCRIPT).unwrap(), a_brief())
    }

    catalyst_testkit::advisor_contract!(fresh);
}
