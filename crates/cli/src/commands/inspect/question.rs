//! Question: one line of JSON as a typed value, or what is wrong with it and where.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::bad_question::BadQuestion;
use super::bounded_lines::{LINE_MAX, Line};
use super::given::with_markers_quoted;
use super::located::Located;
use super::object::Object;

/// Reads a line: one JSON object with the fields of `Q`, each key at most once.
///
/// A derived `Q` denies unknown fields by its own attribute, and wraps every struct inside it in
/// [`Object`]. What reads at once costs one pass; only what does not is read again for its reason.
pub(crate) fn read_question<Q: DeserializeOwned>(line: Line<'_>) -> Result<Q, BadQuestion> {
    let text = text_of(line)?;
    match serde_json::from_str(text) {
        Ok(Object(question)) => Ok(question),
        Err(cause) => read_slowly(text, &cause),
    }
}

fn text_of(line: Line<'_>) -> Result<&str, BadQuestion> {
    match line {
        Line::Whole(bytes) => str::from_utf8(bytes).map_err(|error| {
            let found = String::from_utf8_lossy(bytes);
            BadQuestion::of_line(&found, &format!("UTF-8, but here: {error}"))
        }),
        Line::TooLong { length } => Err(BadQuestion::of_line(
            &format!("{length} bytes"),
            &format!("at most {LINE_MAX} bytes"),
        )),
    }
}

fn read_slowly<Q: DeserializeOwned>(
    text: &str,
    cause: &serde_json::Error,
) -> Result<Q, BadQuestion> {
    let readable = with_markers_quoted(text);
    let whole: &RawValue = serde_json::from_str(&readable).map_err(|_no_json| {
        BadQuestion::of_line(text, &format!("one JSON object, but here: {cause}"))
    })?;
    read_located(Located(whole)).map_err(|error| error.or_of_line(text))
}

fn read_located<Q: DeserializeOwned>(whole: Located<'_>) -> Result<Q, BadQuestion> {
    let Object(question) = Deserialize::deserialize(whole)?;
    Ok(question)
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;
    use serde::Deserialize;

    use super::super::field::{Asked, Field as _};
    use super::super::given::Given;
    use super::{BadQuestion, Line, Object, read_question};

    #[derive(Debug, PartialEq, Eq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Account {
        equity: Option<Asked<Given>>,
        reason: Option<String>,
    }

    #[derive(Debug, PartialEq, Eq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Question {
        price: Asked<Decimal>,
        account: Option<Object<Account>>,
        #[serde(default)]
        held: Vec<Object<Account>>,
    }

    fn read(line: &str) -> Result<Question, BadQuestion> {
        read_question(Line::Whole(line.as_bytes()))
    }

    fn wrong(line: &str) -> (String, String) {
        let error = read(line).unwrap_err();
        (error.field, error.found)
    }

    fn says(field: &str, found: &str) -> (String, String) {
        (field.to_owned(), found.to_owned())
    }

    #[test]
    fn keys_stand_in_any_order_and_what_is_null_is_missing() {
        let line = r#" {"account":{"reason":"a \"b\"","equity":null},"price":"5"} "#;

        let question = read(line).unwrap();

        assert_eq!(question.price, Asked(Decimal::from(5)));
        assert_eq!(
            question.account,
            Some(Object(Account {
                equity: None,
                reason: Some("a \"b\"".to_owned())
            }))
        );
    }

    #[test]
    fn a_bare_marker_is_read_where_it_may_stand_and_named_where_it_may_not() {
        let line = r#"{"price":1,"account":{"equity":-Infinity}}"#;

        let account = read(line).unwrap().account.unwrap().0;

        assert_eq!(account.equity, Some(Asked(Given::NotANumber)));
        assert_eq!(wrong(r#"{"price":NaN}"#), says("price", "NaN"));
    }

    #[test]
    fn what_is_wrong_is_named_by_its_place() {
        for (line, field, found) in [
            (r#"{"price":"1e3"}"#, "price", "1e3"),
            (r#"{"price":1e3}"#, "price", "1e3"),
            (r#"{"price":""}"#, "price", ""),
            (r#"{"price":null}"#, "price", "null"),
            (r#"{"price":[1, 2]}"#, "price", "[1, 2]"),
            (
                r#"{"price":1,"account":{"equity":"x"}}"#,
                "account.equity",
                "x",
            ),
            (
                r#"{"price":1,"account":{"reason":7}}"#,
                "account.reason",
                "7",
            ),
            (
                r#"{"price":1,"account":["1","2"]}"#,
                "account",
                r#"["1","2"]"#,
            ),
            (
                r#"{"price":1,"account":{"cash":1}}"#,
                "account.cash",
                "an unknown key",
            ),
            (r#"{"price":1,"held":{}}"#, "held", "{}"),
            (r#"{"price":1,"held":[{},5]}"#, "held[1]", "5"),
            (
                r#"{"price":1,"held":[{},{"equity":"1,0"}]}"#,
                "held[1].equity",
                "1,0",
            ),
            (r#"{"price":1,"price":2}"#, "price", "the key twice"),
            ("{}", "price", "nothing"),
            ("", "line", ""),
            ("null", "line", "null"),
            (r#"["5"]"#, "line", r#"["5"]"#),
            (r#"{"price":"5"#, "line", r#"{"price":"5"#),
            (r#"{"price":5} {}"#, "line", r#"{"price":5} {}"#),
            (r#"{"price":5,}"#, "line", r#"{"price":5,}"#),
        ] {
            assert_eq!(wrong(line), says(field, found), "{line}");
        }
    }

    #[test]
    fn what_is_allowed_is_said_in_the_words_of_the_field() {
        for (line, allowed) in [
            (r#"{"price":"1e3"}"#, Decimal::ALLOWED),
            (r#"{"price":1,"account":{"equity":true}}"#, Given::ALLOWED),
            (r#"{"price":1,"account":{"cash":1}}"#, "equity, reason"),
            (r#"{"price":1,"account":5}"#, "one JSON object"),
            ("[]", "one JSON object"),
            ("{}", "a value, which is needed"),
            (
                r#"{"price"#,
                "one JSON object, but here: EOF while parsing a string at line 1 column 7",
            ),
        ] {
            assert_eq!(read(line).unwrap_err().allowed, allowed, "{line}");
        }
    }

    #[test]
    fn a_line_that_is_no_text_or_too_long_is_refused_as_a_line() {
        let no_text = read_question::<Question>(Line::Whole(b"\xff{}")).unwrap_err();
        let too_long = read_question::<Question>(Line::TooLong { length: 70_000 }).unwrap_err();

        assert_eq!((&*no_text.field, &*no_text.found), ("line", "\u{fffd}{}"));
        assert_eq!(too_long.found, "70000 bytes");
        assert_eq!(too_long.allowed, "at most 65536 bytes");
    }
}
