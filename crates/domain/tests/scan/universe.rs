//! Lists of the user, good and bad.

use catalyst_domain::scan::{ListError, Universe};
use catalyst_testkit::builders::symbol;

fn problem(text: &str) -> String {
    Universe::parse_list(text).unwrap_err().to_string()
}

#[test]
fn a_list_is_sorted_and_names_each_once_however_it_is_spelled() {
    let list = Universe::parse_list("\u{feff}# mine\n0700.HK\n\n5\r\n700\n").unwrap();

    assert_eq!(list, Universe::List(vec![symbol("5"), symbol("700")]));
}

#[test]
fn a_bad_list_is_refused_with_its_line() {
    assert_eq!(
        problem("5\n\n7 00\n"),
        "scan list, line 3: found `7 00`, allowed is a symbol such as 00700"
    );
    assert_eq!(
        problem("name,code\nHSBC,five hundred\n"),
        "scan list, line 2, column `code`: found `five hundred`, \
         allowed is a symbol such as 00700"
    );
    assert_eq!(
        problem("symbol,name\n5,HSBC\n"),
        "scan list, line 1: found `symbol,name`, allowed is a symbol such as 00700"
    );
}

#[test]
fn an_empty_list_and_one_without_end_are_refused() {
    assert_eq!(Universe::parse_list("# none\n"), Err(ListError::Empty));
    assert_eq!(Universe::parse_list("code\n"), Err(ListError::Empty));
    let codes: Vec<String> = (1..=5_001).map(|code| code.to_string()).collect();
    let long = codes.join("\n");
    assert_eq!(
        Universe::parse_list(&long),
        Err(ListError::TooMany { found: 5_001 })
    );
}
