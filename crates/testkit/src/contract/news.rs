//! What every news feed promises. `news_contract!` makes a test of each promise.

use catalyst_domain::symbol::Symbol;
use catalyst_ports::news::{Headlines, NewsFeed};
use chrono::{DateTime, Utc};

/// A feed at a moment, with one name that has at least two headlines of which one is older than
/// `since`, and one name without any.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    /// Has headlines.
    pub known: Symbol,
    /// Has none.
    pub silent: Symbol,
    /// Between two headlines of the first.
    pub since: DateTime<Utc>,
    /// The moment.
    pub now: DateTime<Utc>,
}

/// Headlines are of the span asked for, newest first, and none is from the future.
pub async fn headlines_are_of_the_span_newest_first(feed: &dyn NewsFeed, told: Told) {
    let found = feed.headlines(told.known, told.since).await.unwrap();
    let found = found.items;

    assert!(!found.is_empty());
    assert!(
        found
            .iter()
            .all(|item| item.published >= told.since && item.published <= told.now)
    );
    assert!(found.is_sorted_by(|a, b| a.published >= b.published));
}

/// The same story has the same id on every call, and no other has it.
pub async fn a_story_keeps_its_id(feed: &dyn NewsFeed, told: Told) {
    let once = feed.headlines(told.known, told.since).await.unwrap();
    let again = feed.headlines(told.known, told.since).await.unwrap();

    assert_eq!(once, again);
    for item in &once.items {
        let same = once.items.iter().filter(|other| other.id == item.id);
        assert_eq!(same.count(), 1, "{item:?}");
    }
}

/// No news is an answer.
pub async fn no_news_is_an_answer(feed: &dyn NewsFeed, told: Told) {
    let found = feed.headlines(told.silent, told.since).await.unwrap();

    assert_eq!(found, Headlines::default());
}

/// Makes a test of each promise of [`catalyst_ports::news::NewsFeed`].
///
/// `$fresh` is a path to a function that returns the feed, a
/// [`Told`](crate::contract::news::Told), and whatever has to live as long.
#[macro_export]
macro_rules! news_contract {
    ($fresh:path) => {
        $crate::news_contract! { @each $fresh:
            headlines_are_of_the_span_newest_first
            a_story_keeps_its_id
            no_news_is_an_answer
        }
    };
    (@each $fresh:path: $($promise:ident)+) => {$(
        #[tokio::test]
        async fn $promise() {
            let (feed, told, _keep) = $fresh();
            $crate::contract::news::$promise(&feed, told).await;
        }
    )+};
}
