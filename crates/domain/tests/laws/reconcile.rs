//! Reconciliation: equal sides give nothing, each single difference is found as exactly its kind with
//! its remedy, and the order of rows does not matter.

use catalyst_domain::account::Holdings;
use catalyst_domain::money::{Currency, Money};
use catalyst_domain::order::{ClientOrderId, Leg, OrderTicket, TicketStatus};
use catalyst_domain::quantity::Shares;
use catalyst_domain::reconcile::{
    BrokerView, Discrepancy, Finding, ForeignOrder, JournalView, OrphanRule, ReconcilePolicy,
    Remedy, reconcile,
};
use catalyst_domain::side::Side;
use catalyst_domain::symbol::Symbol;
use catalyst_testkit::builders::{a_cycle, a_fill, a_moment, an_order, hkd, price, shares, symbol};
use catalyst_testkit::strategies::thousands;
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;
use rust_decimal::Decimal;

const CODES: [&str; 4] = ["700", "5", "9988", "1299"];

/// Both sides of one moment, owned.
#[derive(Debug, Clone)]
struct Sides {
    holdings: Holdings,
    families: Vec<ClientOrderId>,
    expected: Option<Money>,
    positions: Vec<(Symbol, Shares)>,
    working: Vec<OrderTicket>,
    foreign: Vec<ForeignOrder>,
    cash: Money,
}

impl Sides {
    fn compared(&self) -> Vec<Discrepancy> {
        self.compared_by(OrphanRule::AskOwner)
    }

    fn compared_by(&self, orphans: OrphanRule) -> Vec<Discrepancy> {
        let journal = JournalView {
            holdings: &self.holdings,
            families: &self.families,
            cash: self.expected,
        };
        let broker = BrokerView {
            foreign: &self.foreign,
            positions: &self.positions,
            short: &[],
            working: &self.working,
            cash: self.cash,
            at: a_moment("2026-09-14T03:00:00Z"),
        };
        let policy = ReconcilePolicy {
            cash_tolerance: hkd("1"),
            orphans,
        };
        reconcile(&journal, &broker, &policy)
    }

    fn without(mut self, code: &str) -> Self {
        self.positions.retain(|(held, _)| *held != symbol(code));
        self.working.retain(|ticket| ticket.symbol != symbol(code));
        self
    }

    fn holding(mut self, code: &str, count: u64) -> Self {
        self.positions.push((symbol(code), shares(count)));
        self
    }

    fn with(mut self, ticket: OrderTicket) -> Self {
        self.working.push(ticket);
        self
    }
}

fn a_ticket(number: u16, leg: Leg, code: &str, count: u64) -> OrderTicket {
    OrderTicket {
        id: an_order(a_cycle("20260914-1000.1"), number, leg),
        symbol: symbol(code),
        side: if leg == Leg::Entry {
            Side::Buy
        } else {
            Side::Sell
        },
        price: Some(price("490")),
        shares: shares(count),
        filled: Shares::ZERO,
        status: TicketStatus::Working,
    }
}

/// Equal sides: up to four names, each bought in two pieces, under one stop or two with a target held
/// beside it, or being left; cash within the tolerance.
fn equal() -> impl Strategy<Value = Sides> {
    let manners = proptest::collection::vec((1_u64..=9, 0_u8..3), 1..=CODES.len());
    (manners, -100_i64..=100, any::<bool>()).prop_map(|(names, cents, is_expected)| {
        let mut sides = Sides {
            holdings: Holdings::none(Currency::Hkd),
            families: Vec::new(),
            expected: is_expected.then(|| hkd("1000")),
            positions: Vec::new(),
            working: Vec::new(),
            foreign: Vec::new(),
            cash: Money::new(Decimal::new(100_000 + cents, 2), Currency::Hkd).unwrap(),
        };
        for (number, (code, (lots, manner))) in (1_u16..).zip(CODES.into_iter().zip(names)) {
            let count = lots * 200;
            let bought = a_fill(code).of(code).shares(count).build();
            sides.holdings.apply(&bought).unwrap();
            sides.positions.push((symbol(code), shares(count / 2)));
            sides.positions.push((symbol(code), shares(count / 2)));
            let guard = |number, part| a_ticket(number, Leg::Stop, code, part);
            sides.families.push(guard(number, 1).id);
            match manner {
                0 => sides.working.push(guard(number, count)),
                1 => {
                    sides
                        .families
                        .push(guard(number + 10, 1).id.sibling(Leg::Entry));
                    sides.working.push(guard(number, count / 2));
                    sides.working.push(guard(number + 10, count / 2));
                }
                _ => sides.working.push(a_ticket(number, Leg::Exit, code, count)),
            }
            let target = a_ticket(number, Leg::Target, code, count);
            sides.working.push(target);
        }
        sides
    })
}

fn the_only(found: &[Discrepancy]) -> (Finding, Remedy) {
    match found {
        [only] => (only.finding, only.remedy),
        others => unreachable!("one difference was seeded: {others:#?}"),
    }
}

fn shuffled(sides: Sides) -> impl Strategy<Value = (Sides, Sides)> {
    let rows = (
        Just(sides.families.clone()).prop_shuffle(),
        Just(sides.positions.clone()).prop_shuffle(),
        Just(sides.working.clone()).prop_shuffle(),
    );
    rows.prop_map(move |(families, positions, working)| {
        let other = Sides {
            families,
            positions,
            working,
            ..sides.clone()
        };
        (sides.clone(), other)
    })
}

/// Sides that differ in several ways at once.
fn apart() -> impl Strategy<Value = Sides> {
    let legs = select(vec![Leg::Entry, Leg::Stop, Leg::Target, Leg::Exit]);
    let stray = (legs, select(CODES.to_vec()), 1_u64..=500, 1_u16..=99);
    let strays = proptest::collection::vec(stray, 0..4);
    let drops = (0_usize..9, 0_usize..9);
    (equal(), strays, drops, -300_i64..300).prop_map(|(mut sides, strays, drops, cents)| {
        sides.positions.rotate_left(1);
        sides.positions.truncate(drops.0);
        sides.families.truncate(drops.1);
        for (leg, code, count, number) in strays {
            let stray = a_ticket(number, leg, code, count);
            if sides.working.iter().all(|ticket| ticket.id != stray.id) {
                sides.working.push(stray);
            }
        }
        let cents = Money::new(Decimal::new(cents, 2), Currency::Hkd).unwrap();
        sides.cash = sides.cash.plus(cents).unwrap();
        sides
    })
}

proptest! {
    #![proptest_config(thousands())]

    #[test]
    fn equal_sides_give_no_findings(sides in equal()) {
        prop_assert_eq!(sides.compared(), []);
    }

    #[test]
    fn a_position_that_is_gone_is_a_phantom_and_the_owner_decides(sides in equal()) {
        let journal = sides.holdings.shares(symbol("700"));
        let found = the_only(&sides.without("700").compared());

        let finding = Finding::Phantom { symbol: symbol("700"), journal };
        prop_assert_eq!(found, (finding, Remedy::AskOwner));
    }

    #[test]
    fn a_position_that_nobody_bought_is_an_orphan_and_nothing_else(sides in equal(), count in 1_u64..900) {
        let sides = sides.holding("388", count);
        let finding = Finding::Orphan { symbol: symbol("388"), broker: shares(count) };

        prop_assert_eq!(the_only(&sides.compared()), (finding, Remedy::AskOwner));
        let flattened = the_only(&sides.compared_by(OrphanRule::Flatten));
        prop_assert_eq!(flattened, (finding, Remedy::Flatten));
    }

    #[test]
    fn another_number_of_shares_is_a_mismatch(sides in equal(), count in 1_u64..99) {
        let journal = sides.holdings.shares(symbol("700"));
        let sides = sides.without("700").holding("700", count);
        let sides = sides.with(a_ticket(1, Leg::Stop, "700", count));
        let finding = Finding::QuantityMismatch {
            symbol: symbol("700"),
            journal,
            broker: shares(count),
        };

        prop_assert_eq!(the_only(&sides.compared()), (finding, Remedy::Protect));
    }

    #[test]
    fn a_position_without_a_stop_lacks_protection_whatever_else_is_at_work(
        sides in equal(),
        exit in 0_u64..200,
    ) {
        let held = sides.holdings.shares(symbol("700"));
        let sides = sides.without("700").holding("700", held.count());
        let held_back = OrderTicket {
            status: TicketStatus::Held,
            ..a_ticket(1, Leg::Stop, "700", held.count())
        };
        let sides = sides.with(held_back).with(a_ticket(1, Leg::Exit, "700", exit));
        let finding = Finding::MissingProtection { symbol: symbol("700"), held };

        prop_assert_eq!(the_only(&sides.compared()), (finding, Remedy::Protect));
    }

    #[test]
    fn a_stop_over_another_number_is_wrong_and_one_over_nothing_is_cancelled(
        sides in equal(),
        count in 1_u64..200,
    ) {
        let held = sides.holdings.shares(symbol("700"));
        let guard = |code| a_ticket(1, Leg::Stop, code, count);
        let wrong = sides.clone().without("700").holding("700", held.count()).with(guard("700"));
        let finding = |code, held| Finding::WrongProtection {
            symbol: symbol(code),
            held,
            guarded: shares(count),
        };

        prop_assert_eq!(the_only(&wrong.compared()), (finding("700", held), Remedy::Protect));
        let stray = sides.with(guard("388"));
        prop_assert_eq!(the_only(&stray.compared()), (finding("388", Shares::ZERO), Remedy::Cancel));
    }

    #[test]
    fn an_order_of_no_known_family_is_cancelled_if_it_buys(sides in equal(), filled in 0_u64..100) {
        let unknown = |leg, remedy| {
            let mut ticket = a_ticket(77, leg, "388", 200);
            ticket.filled = shares(filled);
            let finding = Finding::UnknownOrder {
                order: ticket.id,
                symbol: ticket.symbol,
                side: ticket.side,
                shares: shares(200 - filled),
            };
            assert_eq!(the_only(&sides.clone().with(ticket).compared()), (finding, remedy));
            ticket.status = TicketStatus::Cancelled;
            sides.clone().with(ticket).compared()
        };

        prop_assert_eq!(unknown(Leg::Entry, Remedy::Cancel), []);
        prop_assert_eq!(unknown(Leg::Target, Remedy::AskOwner), []);
        prop_assert_eq!(unknown(Leg::Exit, Remedy::AskOwner), []);
    }

    #[test]
    fn an_order_that_is_not_the_agents_is_left_to_the_owner(mut sides in equal(), count in 1_u64..1_000) {
        let order = ForeignOrder {
            number: 77,
            symbol: symbol("388"),
            side: Side::Sell,
            shares: shares(count),
        };
        sides.foreign = vec![order, order];

        let finding = Finding::ForeignOrder {
            number: 77,
            symbol: order.symbol,
            side: order.side,
            shares: order.shares,
        };
        prop_assert_eq!(the_only(&sides.compared()), (finding, Remedy::AskOwner));
    }

    #[test]
    fn cash_that_is_further_off_than_let_pass_is_told(
        sides in equal(),
        cents in 101_i64..1_000_000,
        is_more in any::<bool>(),
    ) {
        let mut sides = sides;
        sides.expected = Some(hkd("1000"));
        let off = Money::new(Decimal::new(cents, 2), Currency::Hkd).unwrap();
        let off = if is_more { off } else { off.negated() };
        sides.cash = hkd("1000").plus(off).unwrap();
        let finding = Finding::CashDifference { expected: hkd("1000"), broker: sides.cash };

        prop_assert_eq!(the_only(&sides.compared()), (finding, Remedy::AskOwner));
        sides.expected = None;
        prop_assert_eq!(sides.compared(), []);
    }

    #[test]
    fn the_order_of_rows_does_not_matter((told, other) in apart().prop_flat_map(shuffled)) {
        prop_assert_eq!(told.compared(), other.compared());
    }

    #[test]
    fn a_write_off_only_lowers_in_proportion_and_realises_nothing(
        lots in 1_u64..=100,
        to in 0_u64..=20_000,
    ) {
        let mut holdings = Holdings::none(Currency::Hkd);
        holdings.apply(&a_fill("1").shares(lots * 100).build()).unwrap();
        let before = holdings.clone();
        let gone = holdings.write_off(symbol("700"), shares(to)).unwrap();

        prop_assert_eq!(gone.count(), (lots * 100).saturating_sub(to));
        prop_assert_eq!(holdings.shares(symbol("700")).count(), to.min(lots * 100));
        prop_assert_eq!(holdings.realised(), before.realised());
        if gone.is_zero() {
            prop_assert_eq!(&holdings, &before);
        } else {
            prop_assert!(holdings.results_unknown().iter().eq([&symbol("700")]));
        }
        if let Some(left) = holdings.position(symbol("700")) {
            prop_assert_eq!(left.average_price().round_dp(18), 500.into());
        }
        prop_assert_eq!(holdings.write_off(symbol("5"), Shares::ZERO).unwrap(), Shares::ZERO);
    }
}
