//! Board lots and index members against the reference lists.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot read its material has failed"
)]

use catalyst_domain::calendar::TradingDate;
use catalyst_domain::dated::DateSpan;
use catalyst_domain::index::{IndexMembership, IndexName, MembershipError};
use catalyst_domain::instrument::InstrumentKind;
use catalyst_domain::lots::{LotError, LotTable, LotWarning};
use catalyst_domain::profile::MarketProfile;
use catalyst_domain::symbol::Symbol;

mod shared_data;

fn date(text: &str) -> TradingDate {
    text.parse().unwrap()
}

fn symbol(text: &str) -> Symbol {
    text.parse().unwrap()
}

fn lot(table: &LotTable, code: &str, on: &str) -> Result<u32, LotError> {
    let answer = table.instrument(symbol(code), date(on))?;
    Ok(answer.instrument.lot_size.shares())
}

fn members(index: IndexName, on: &str) -> Result<Vec<Symbol>, MembershipError> {
    IndexMembership::hkex().unwrap().members(index, date(on))
}

#[test]
fn every_lot_of_the_reference_lists_is_answered_on_its_date() {
    let Some(text) = shared_data::text("hk/instruments.csv") else {
        return;
    };
    let table = LotTable::hkex().unwrap();
    let rows = shared_data::rows(&text);
    for row in &rows {
        let answer = table
            .instrument(symbol(row[0]), date("2026-09-14"))
            .unwrap();
        assert_eq!(
            answer.instrument.lot_size.shares().to_string(),
            row[3],
            "{row:?}"
        );
        assert_eq!(answer.instrument.kind.as_str(), row[2]);
        assert_eq!((answer.as_of, answer.warning), (date("2026-09-14"), None));
        match lot(&table, row[0], "2025-07-11") {
            Ok(found) => assert_eq!(found.to_string(), row[5], "{row:?}"),
            Err(refusal) => assert_eq!(
                (row[5], refusal),
                (
                    "",
                    LotError::NotCovered {
                        symbol: symbol(row[0]),
                        date: date("2025-07-11"),
                        from: date("2026-09-14"),
                        to: date("2027-12-31"),
                    }
                )
            ),
        }
    }
    assert_eq!((rows.len(), table.symbols().count()), (112, 112));
}

#[test]
fn an_unlisted_name_and_an_uncovered_date_have_no_lot() {
    let table = LotTable::hkex().unwrap();

    assert_eq!(
        lot(&table, "02800", "2026-09-14"),
        Err(LotError::Unknown {
            symbol: symbol("02800")
        })
    );
    assert_eq!(
        lot(&table, "00700", "2025-07-10").unwrap_err().to_string(),
        "lot of 00700 is not known for 2025-07-10, the rows lie in 2025-07-11 to 2027-12-31"
    );
}

#[test]
fn the_reform_and_old_age_raise_a_warning() {
    let table = LotTable::hkex().unwrap();
    let warning = |code: &str, on: &str| {
        table
            .instrument(symbol(code), date(on))
            .unwrap()
            .warning
            .map(|w| w.to_string())
    };

    assert_eq!(warning("00005", "2026-11-15"), None);
    assert_eq!(
        warning("00005", "2026-11-16").as_deref(),
        Some("lot of 400 as of 2026-09-14 is no standard unit, the issuer may have changed it")
    );
    assert_eq!(warning("00700", "2026-12-13"), None);
    assert_eq!(
        warning("00700", "2026-12-14").as_deref(),
        Some("lot is as of 2026-09-14, 91 days ago, it may have changed")
    );
}

// Market rules on board lots: the names on file whose lot the reform replaces.
#[test]
fn every_lot_that_is_no_standard_unit_warns_from_the_reform_on() {
    let table = LotTable::hkex().unwrap();
    let named = [
        ("00005", 400),
        ("00100", 20),
        ("01099", 400),
        ("01209", 200),
        ("01299", 200),
        ("01519", 200),
        ("01810", 200),
        ("01928", 400),
        ("01929", 200),
        ("02020", 200),
        ("03993", 3_000),
        ("06690", 200),
        ("09626", 20),
        ("09633", 200),
        ("09660", 600),
        ("09866", 10),
        ("09992", 200),
    ];
    let warned: Vec<(String, u32)> = table
        .symbols()
        .filter_map(|code| {
            let answer = table.instrument(code, date("2026-11-16")).unwrap();
            let lot = answer.instrument.lot_size;
            let warning = LotWarning::NotStandardUnit {
                lot,
                as_of: date("2026-09-14"),
            };
            (answer.warning == Some(warning)).then(|| (code.to_string(), lot.shares()))
        })
        .collect();

    assert_eq!(warned, named.map(|(code, lot)| (code.to_owned(), lot)));
}

#[test]
fn the_old_list_of_the_user_holds_before_the_bundled_one_begins() {
    let Some(text) = shared_data::text("hk/lots_2018_2020.csv") else {
        return;
    };
    let table = LotTable::hkex().unwrap().with_user_list(&text).unwrap();
    for row in shared_data::rows(&text) {
        for on in ["2018-06-01", row[4], "2025-07-10"] {
            assert_eq!(
                lot(&table, row[0], on).unwrap().to_string(),
                row[1],
                "{row:?}"
            );
        }
    }
    assert_eq!(lot(&table, "01211", "2025-07-11"), Ok(500));
    assert_eq!(lot(&table, "01211", "2026-09-14"), Ok(100));
    assert_eq!(
        lot(&table, "00135", "2025-07-11").unwrap_err().to_string(),
        "lot of 00135 is not known for 2025-07-11, the rows lie in 2015-01-01 to 2025-07-10"
    );
}

#[test]
fn dated_rows_of_the_user_win_over_the_bundled_ones() {
    let text = "name,code,board_lot,kind,effective_from,as_of\n\
        \"HSBC, London\",5,500,equity,2026-12-01,2026-12-02\nTRACKER,2800.HK,500,etf,2026-12-01,\n";

    let table = LotTable::hkex().unwrap().with_user_list(text).unwrap();

    assert_eq!(lot(&table, "00005", "2026-11-30"), Ok(400));
    let hsbc = table
        .instrument(symbol("00005"), date("2026-12-03"))
        .unwrap();
    assert_eq!(
        (hsbc.instrument.lot_size.shares(), hsbc.as_of),
        (500, date("2026-12-02"))
    );
    assert_eq!((hsbc.warning, hsbc.source), (None, "lot list of the user"));
    let fund = table
        .instrument(symbol("02800"), date("2027-06-01"))
        .unwrap();
    assert_eq!(fund.instrument.kind, InstrumentKind::Etf);
    assert_eq!(
        fund.warning,
        Some(LotWarning::Old {
            as_of: date("2026-12-01"),
            age_days: 182
        })
    );
}

#[test]
fn a_bad_list_of_the_user_is_named_by_line_and_column() {
    let market = MarketProfile::hkex().unwrap();
    let refusal = |text: &str| {
        LotTable::parse_user(text, market.coverage, market)
            .unwrap_err()
            .to_string()
    };

    assert_eq!(
        refusal("code,lot\n700,100"),
        "lot list of the user, line 1: the header has no column `board_lot`"
    );
    for bad in ["", "0", "-100", "+100", "1e2", "100.5", "99999999999"] {
        assert_eq!(
            refusal(&format!("code,board_lot\n700,100\n5,{bad}")),
            format!(
                "lot list of the user, line 3, column `board_lot`: found `{bad}`, \
                 allowed is a whole number of shares from 1"
            )
        );
    }
    assert_eq!(
        refusal("code,board_lot\n700,100\n0700,200"),
        "lot list of the user has rows that overlap or run backwards at 2015-01-01"
    );
}

#[test]
fn a_rule_for_all_names_yields_to_a_row_of_a_names_own() {
    let market = MarketProfile::nyse().unwrap();
    let table = |rows: &str| {
        let head = "code,kind,lot,effective_from,effective_to,as_of,source";
        LotTable::parse(&format!("{head}\n{rows}"), market)
    };

    let lots = table("*,equity,1,,,2015-01-01,rule\nABC,equity,5,2026-01-01,,2026-01-01,row\n");

    let lots = lots.unwrap();
    assert_eq!(lot(&lots, "ABC", "2025-12-31"), Ok(1));
    assert_eq!(lot(&lots, "ABC", "2026-01-01"), Ok(5));
    let ruled = lots.instrument(symbol("XYZ"), date("2026-11-23")).unwrap();
    assert_eq!((ruled.source, ruled.warning), ("rule", None));
    let bounded = table("*,equity,1,2026-01-01,2026-06-30,2026-01-01,rule\n").unwrap();
    assert_eq!(lot(&bounded, "XYZ", "2026-06-30"), Ok(1));
    for outside in ["2025-12-31", "2026-07-01"] {
        let refusal = LotError::NotCovered {
            symbol: symbol("XYZ"),
            date: date(outside),
            from: date("2026-01-01"),
            to: date("2026-06-30"),
        };
        assert_eq!(lot(&bounded, "XYZ", outside), Err(refusal));
    }
    let twice = table("*,equity,1,,,2015-01-01,one\n*,equity,2,,,2015-01-01,two\n");
    assert_eq!(
        twice.unwrap_err().to_string(),
        "lot table has rows that overlap or run backwards at 2015-01-01"
    );
}

#[test]
fn members_are_those_of_the_date() {
    let count = |index, on| members(index, on).map(|held| held.len());
    let holds = |on, code: &str| {
        members(IndexName::Hstech, on)
            .unwrap()
            .contains(&symbol(code))
    };

    assert_eq!(count(IndexName::Hsi, "2026-03-09"), Ok(90));
    assert_eq!(count(IndexName::Hsi, "2026-09-06"), Ok(90));
    assert_eq!(count(IndexName::Hsi, "2026-09-07"), Ok(93));
    for (on, held) in [
        ("2026-04-22", [true, true, true, false, false, false]),
        ("2026-06-08", [false, false, true, true, true, false]),
        ("2026-09-07", [false, false, false, true, true, true]),
    ] {
        assert_eq!(count(IndexName::Hstech, on), Ok(30));
        let codes = ["00268", "03888", "00780", "00100", "02513", "09903"];
        assert_eq!(codes.map(|code| holds(on, code)), held, "{on}");
    }
}

#[test]
fn the_reference_members_are_the_latest_ones() {
    let Some(text) = shared_data::text("hk/instruments.csv") else {
        return;
    };
    for (index, column) in [(IndexName::Hsi, 7), (IndexName::Hstech, 10)] {
        let rows = shared_data::rows(&text);
        let expected: Vec<Symbol> = rows
            .iter()
            .filter(|row| row[column] == "Y")
            .map(|row| symbol(row[0]))
            .collect();
        assert_eq!(members(index, "2026-11-23"), Ok(expected));
    }
}

#[test]
fn members_that_no_source_tells_are_refused() {
    assert_eq!(
        members(IndexName::Hscei, "2026-11-23"),
        Err(MembershipError::NeedsUserList {
            index: IndexName::Hscei
        })
    );
    for (index, outside, text) in [
        (IndexName::Hsi, "2026-03-08", "2026-03-09 to 2026-12-06"),
        (IndexName::Hsi, "2026-12-07", "2026-03-09 to 2026-12-06"),
        (IndexName::Hstech, "2026-04-21", "2026-04-22 to 2026-12-06"),
    ] {
        assert_eq!(
            members(index, outside).unwrap_err().to_string(),
            format!(
                "members of {index}: index membership is not known for {outside}, it covers {text}"
            )
        );
    }
}

#[test]
fn a_list_of_the_user_stands_over_its_dates() {
    let dates = DateSpan::new(date("2026-09-07"), date("2026-12-06")).unwrap();
    let indices = IndexMembership::hkex()
        .unwrap()
        .with_user_list(IndexName::Hscei, dates, "code\n700\n5\n0700\n")
        .unwrap();

    assert_eq!(
        indices.members(IndexName::Hscei, date("2026-09-07")),
        Ok(vec![symbol("00005"), symbol("00700")])
    );
    assert_eq!(
        indices.members(IndexName::Hscei, date("2026-12-07")),
        Err(MembershipError::NeedsUserList {
            index: IndexName::Hscei
        })
    );
}
