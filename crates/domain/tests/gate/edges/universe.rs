//! The names that may be scanned: members pass, and so does what is held.

use catalyst_domain::risk::Held;
use catalyst_domain::scan::Membership;
use catalyst_testkit::builders::{a_view, price, shares, symbol};

use super::judged::{NONE, usual_in};

#[test]
fn what_is_no_member_or_cannot_be_placed_is_refused_unless_it_is_held() {
    for (membership, found) in [
        (Membership::Outside, "00700"),
        (Membership::Unknown, "not known"),
    ] {
        let mut view = a_view();
        view.membership = membership;
        let refused = format!(
            "universe: a name that scan_market may look at, or one that is held allowed, {found} found"
        );
        assert_eq!(usual_in(&view), [refused]);

        view.holdings = vec![Held {
            symbol: symbol("700"),
            shares: shares(100),
            mark: Some(price("500")),
        }];
        assert_eq!(usual_in(&view), NONE);
    }
}
