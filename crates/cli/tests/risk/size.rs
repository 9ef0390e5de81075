//! `risk size`: the largest quantity that passes.

use serde_json::{Value, json};

use crate::question::{answers, breaches_of, with};

#[test]
fn size_finds_the_quantity_of_which_one_lot_more_is_refused() {
    let question = with(&[("/trade/quantity", Value::Null)]);

    let sized = answers("size", &question.to_string()).remove(0);

    assert_eq!(sized["approved"], json!(true));
    assert_eq!(sized["max_quantity"], json!(400));
    assert_eq!(sized["costs"]["entry"], json!("365.70"));
    assert_eq!(
        breaches_of(&[("/trade/quantity", json!(400))]).0,
        json!(true)
    );
    assert_eq!(
        breaches_of(&[("/trade/quantity", json!(500))]).0,
        json!(false)
    );
}

#[test]
fn size_is_zero_where_not_even_one_lot_passes() {
    let poor = with(&[
        ("/trade/quantity", Value::Null),
        ("/account/cash", json!(100)),
    ]);

    let sized = answers("size", &poor.to_string()).remove(0);

    assert_eq!(sized["approved"], json!(false));
    assert_eq!(sized["max_quantity"], json!(0));
}
