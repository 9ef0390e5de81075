//! Standing: what the provider says of key and model before anything is asked. Its list of models is
//! free, so that a key that is refused shows without a token spent.

use std::time::Duration;

use catalyst_ports::advisor::AdvisorError;
use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::config::{AccessConfig, ModelId};
use crate::endpoint::Endpoint;
use crate::outside::one_line;
use crate::setup::SetupError;
use crate::verdict::{Verdict, judge};
use crate::wire::{ModelLine, ModelList};

/// How long the list is waited for.
const WAIT_MAX: Duration = Duration::from_secs(10);
/// Characters of the provider's words on when a model goes.
const WORDS_MAX: usize = 40;
/// The provider's words for a model that is leaving, and for one that has left.
const LEAVING: &str = "deprecated";
const GONE: &str = "retired";

/// What the provider says of a model, to a key that it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is offered.
    Offered,
    /// It is offered, and will not be for long.
    Leaving {
        /// Until when, in the provider's words.
        until: String,
    },
    /// It is not offered to this key.
    NotOffered,
    /// Whoever answers there has no list of models.
    NotTold,
}

/// Why nothing is known.
#[derive(Debug, Error)]
pub enum NoStanding {
    /// Nothing can be sent.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// The key is not taken; only the owner can mend that.
    #[error("{why}")]
    NotAccepted {
        /// What the provider objects to, and what to look at.
        why: String,
    },
    /// Nobody answers, or not now.
    #[error("{why}")]
    Unavailable {
        /// What happened.
        why: String,
    },
}

/// Asks for the list of models, once, and looks for `model` in it. Costs nothing.
pub async fn standing(
    access: &AccessConfig,
    model: &ModelId,
    now: DateTime<Utc>,
) -> Result<Standing, NoStanding> {
    let unavailable = |why: String| NoStanding::Unavailable { why };
    let endpoint = Endpoint::new(access)?;
    let answer = endpoint.models(WAIT_MAX, now).await;
    let answer = answer.map_err(|none| unavailable(none.to_string()))?;
    if answer.status == 404 {
        return Ok(Standing::NotTold);
    }
    match judge(&answer) {
        Verdict::Message => Ok(read(&answer.body, model)),
        Verdict::Again(why) => Err(unavailable(why)),
        Verdict::End(AdvisorError::NotAccepted { why }) => Err(NoStanding::NotAccepted { why }),
        Verdict::End(error) => Err(unavailable(error.to_string())),
    }
}

/// A list that goes on elsewhere proves nothing about what is not in it.
fn read(body: &str, model: &ModelId) -> Standing {
    let Ok(list) = serde_json::from_str::<ModelList>(body) else {
        return Standing::NotTold;
    };
    match list.data.iter().find(|line| line.id == model.as_str()) {
        Some(line) => of_line(line),
        None if list.has_more => Standing::NotTold,
        None => Standing::NotOffered,
    }
}

fn of_line(line: &ModelLine) -> Standing {
    match line.lifecycle.as_deref() {
        Some(GONE) => Standing::NotOffered,
        Some(LEAVING) => Standing::Leaving {
            until: one_line(line.retires_at.as_deref().unwrap_or("unknown"), WORDS_MAX),
        },
        Some(_) | None => Standing::Offered,
    }
}

#[cfg(test)]
mod tests {
    use super::{Standing, read};

    #[test]
    fn a_list_says_of_a_model_what_it_says() {
        let leaving = Standing::Leaving {
            until: "2027-06-30".to_owned(),
        };
        for (body, wanted) in [
            (
                r#"{"data":[{"id":"x"},{"id":"a","type":"model"}]}"#,
                Standing::Offered,
            ),
            (
                r#"{"data":[{"id":"a","lifecycle":"active"}]}"#,
                Standing::Offered,
            ),
            (
                r#"{"data":[{"id":"a","lifecycle":"deprecated","retires_at":"2027-06-30"}]}"#,
                leaving,
            ),
            (
                r#"{"data":[{"id":"a","lifecycle":"retired"}]}"#,
                Standing::NotOffered,
            ),
            (
                r#"{"data":[{"id":"x"}],"has_more":false}"#,
                Standing::NotOffered,
            ),
            (
                r#"{"data":[{"id":"x"}],"has_more":true}"#,
                Standing::NotTold,
            ),
            ("<html>", Standing::NotTold),
        ] {
            assert_eq!(read(body, &"a".parse().unwrap()), wanted, "{body}");
        }
    }
}
