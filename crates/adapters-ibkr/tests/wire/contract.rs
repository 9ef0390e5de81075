//! The promises of the ports, kept over the wire.

mod broker {
    use crate::fixture::a_desk;

    catalyst_testkit::order_gateway_contract!(a_desk);
}

mod account {
    use crate::fixture::a_desk;

    catalyst_testkit::account_contract!(a_desk);
}

mod market {
    use catalyst_adapters_ibkr::IbkrMarketData;
    use catalyst_testkit::builders::symbol;
    use catalyst_testkit::contract::market_data::Shown;

    use crate::fixture::{Morning, a_morning, faces};

    fn fresh() -> (IbkrMarketData, Shown, Morning) {
        let morning = a_morning(|_| {});
        let now = morning.world.now();
        let (market, _, _) = faces(&morning.session(|_| {}));
        let shown = Shown {
            known: symbol("700"),
            unknown: symbol("99999"),
            now,
        };
        (market, shown, morning)
    }

    catalyst_testkit::market_data_contract!(fresh);
}

mod catalog {
    use catalyst_adapters_ibkr::IbkrCatalog;
    use catalyst_testkit::builders::symbol;
    use catalyst_testkit::contract::instruments::Listed;

    use crate::fixture::{Morning, a_morning, faces};

    fn fresh() -> (IbkrCatalog, Listed, Morning) {
        let morning = a_morning(|_| {});
        let date = morning.rules.calendar.date_of(morning.world.now());
        let (_, catalog, _) = faces(&morning.session(|_| {}));
        let listed = Listed {
            known: symbol("700"),
            unknown: symbol("99999"),
            date,
        };
        (catalog, listed, morning)
    }

    catalyst_testkit::instruments_contract!(fresh);
}

mod news {
    use catalyst_adapters_ibkr::IbkrNews;
    use catalyst_testkit::builders::{a_moment, symbol};
    use catalyst_testkit::contract::news::Told;

    use crate::fixture::{Morning, a_morning, faces};

    fn fresh() -> (IbkrNews, Told, Morning) {
        let morning = a_morning(|_| {});
        let now = morning.world.now();
        let (_, _, news) = faces(&morning.session(|_| {}));
        let told = Told {
            known: symbol("700"),
            silent: symbol("5"),
            since: a_moment("2026-09-14T00:30:00Z"),
            now,
        };
        (news, told, morning)
    }

    catalyst_testkit::news_contract!(fresh);
}
