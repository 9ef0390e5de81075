//! Spellings, one table a question.

use catalyst_domain::grounding::{Grounds, ungrounded};

/// What is missing of `text` when these words were seen.
fn missing(seen: &[&str], text: &str) -> Vec<String> {
    let mut grounds = Grounds::none();
    for word in seen {
        match word.strip_prefix('#') {
            Some(symbol) => grounds.see_symbol(symbol.parse().unwrap()),
            None => grounds.see_number(word.parse().unwrap()),
        }
    }
    let claims = ungrounded(text, &grounds);
    claims.iter().map(ToString::to_string).collect()
}

#[test]
fn a_number_is_found_in_every_spelling_of_its_rounding() {
    for (seen, text) in [
        ("12.34", "12.3"),
        ("12.36", "12.4 or 12.3"),
        ("493.82", "HK$493.82, HKD 493.8, HKD493.8, $493"),
        ("493.82", "４９３．８２ and ＨＫ＄４９３．８"),
        ("493.8", "四九三點八 and 四九三点八"),
        ("-3.21", "down 3.2% or 3.2 per cent or 3.2 percent"),
        ("0.2", "20 % and 20%"),
        ("1.5", "150 bps, 150bp"),
        ("1234567", "1,234,567 or 1.2M or 1.23 million or 1235K"),
        ("1234567", "123.5万 or 123萬 or 1,234千"),
        ("123456789000", "1234.6億 or 1235亿 or 123.5B or 123.5bn"),
        ("30000", "三萬 and 三万股"),
        ("320", "三百二十 shares"),
        ("1234567", "about 1,200,000"),
        ("35", "百分之三十五"),
        ("2.4", "2.4x volume, 2.4倍"),
    ] {
        assert_eq!(missing(&[seen], text), [""; 0], "{text}");
    }
}

#[test]
fn a_number_that_nothing_seen_becomes_is_named() {
    for (seen, text, named) in [
        ("12.34", "12.5", "12.5"),
        ("12.34", "12.35", "12.35"),
        ("1234567", "1.3M", "1300000"),
        ("1234567", "1,234,568", "1234568"),
        ("30000", "四萬", "40000"),
        ("61", "RSI(14) 58", "58"),
        ("20", "7%", "7"),
        ("20", "HK$5", "5"),
        ("20", "1.5億", "150000000"),
        ("20", "99999999999999999999999", "100000000000000000000"),
    ] {
        assert_eq!(missing(&[seen], text), [named], "{text}");
    }
}

#[test]
fn what_is_no_figure_is_not_looked_up() {
    for text in [
        "2 patterns, top 3, one of 10",
        "reward to risk 2:1",
        "5m and 15m bars, 30 minutes, 3 days, a 20-day high, 45 min",
        "at 10:30, 9:35 and 14:05:30 on 2026-09-14",
        "9月14日, 15分鐘, 3天, 第12名",
        "EMA20 above EMA(9), MACD(12,26,9), RSI(14), Q3, H1",
        "1st, 2nd, 13th",
        "一些, 千萬, 万一, 十分, 三星",
        "5G and 3D",
    ] {
        assert_eq!(missing(&[], text), [""; 0], "{text}");
    }
}

#[test]
fn a_symbol_is_found_in_every_spelling_and_only_if_it_was_seen_itself() {
    for spelling in [
        "700",
        "0700",
        "00700",
        "0700.HK",
        "700.hk",
        "HK.00700",
        "HKEX:700",
        "騰訊(700)",
    ] {
        let text = format!("{spelling} breaks out");
        assert_eq!(missing(&["#700"], &text), [""; 0], "{text}");
        let other = missing(&["#5"], &text);
        assert!(other == ["00700"] || other == ["700"], "{text}: {other:?}");
    }
    assert_eq!(
        missing(&["700"], "00700"),
        ["00700"],
        "a number is no symbol"
    );
    assert_eq!(missing(&["#AAPL"], "$AAPL over $MSFT"), ["MSFT"]);
}

#[test]
fn each_is_named_once_and_the_list_has_an_end() {
    assert_eq!(missing(&[], "512.5, again 512.5"), ["512.5"]);
    let many: Vec<String> = (1_000..2_000).map(|number| format!("{number}.5")).collect();
    assert_eq!(missing(&[], &many.join(" ")).len(), 20);
}
