//! What is asked about, from its text.

use catalyst_ports::journal::Subject;
use thiserror::Error;

/// A text that names nothing that a journal keeps.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "`{}` names nothing that a journal keeps, allowed are an order (20260914-1000.1-02e), \
     a cycle (20260914-1000.1, a guard's g20260914-1550.1) and a symbol (700, 0700.HK)",
    found.escape_debug()
)]
pub(crate) struct NoSubject {
    found: String,
}

/// An order, else a cycle, else a symbol in any spelling.
pub(super) fn subject(text: &str) -> Result<Subject, NoSubject> {
    let text = text.trim();
    let order = text.parse().map(Subject::Order);
    let cycle = || text.parse().map(Subject::Cycle);
    let symbol = || text.parse().map(Subject::Symbol);
    order
        .or_else(|_no_order| cycle())
        .or_else(|_no_cycle| symbol())
        .map_err(|_no_symbol| NoSubject {
            found: text.chars().take(40).collect(),
        })
}

#[cfg(test)]
mod tests {
    use catalyst_ports::journal::Subject;

    use super::subject;

    #[test]
    fn names_of_orders_cycles_and_symbols_are_told_apart() {
        let order = "g20260914-1550.1-01x";
        assert_eq!(subject(order), Ok(Subject::Order(order.parse().unwrap())));
        let cycle = "20260914-1000.1";
        assert_eq!(subject(cycle), Ok(Subject::Cycle(cycle.parse().unwrap())));
        let tencent = Subject::Symbol("00700".parse().unwrap());
        for spelling in ["700", "0700.HK", " hk.00700 "] {
            assert_eq!(subject(spelling), Ok(tencent), "{spelling}");
        }
    }

    #[test]
    fn what_names_nothing_is_shown_with_the_three_forms() {
        let error = subject("20260914-1000.1-2").unwrap_err().to_string();

        assert_eq!(
            error,
            "`20260914-1000.1-2` names nothing that a journal keeps, allowed are an order \
             (20260914-1000.1-02e), a cycle (20260914-1000.1, a guard's g20260914-1550.1) and a \
             symbol (700, 0700.HK)"
        );
    }
}
