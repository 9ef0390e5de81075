//! An advisor held to the deadline of its brief: a script, a recording or a provider that hangs is cut, and
//! the cycle goes on to protect.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use catalyst_domain::money::Money;
use catalyst_ports::advisor::{Advisor, AdvisorError, Brief, Consultation, ToolAnswer, Turn};
use catalyst_ports::journal::ModelUsage;
use thiserror::Error;
use tokio::time::{Instant, timeout_at};

/// What an advisor that ends by itself at the deadline may take to say so, with what it has spent.
const GRACE: Duration = Duration::from_secs(1);

/// Nothing came in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("no answer before the end of the cycle")]
struct Late;

/// Someone whose conversations end with their cycle. Time runs here from the moment of the brief, also where
/// the clock of the exchange stands still.
pub(super) struct BoundedAdvisor(pub(super) Arc<dyn Advisor>);

#[async_trait]
impl Advisor for BoundedAdvisor {
    fn name(&self) -> &str {
        self.0.name()
    }

    fn reserve(&self, brief: &Brief) -> Result<Money, AdvisorError> {
        self.0.reserve(brief)
    }

    async fn consult(&self, brief: Brief) -> Result<Box<dyn Consultation>, AdvisorError> {
        let until = end_of(&brief, Instant::now());
        let consultation = in_time(until, self.0.consult(brief)).await?;
        Ok(Box::new(Bounded {
            consultation,
            until,
        }))
    }
}

struct Bounded {
    consultation: Box<dyn Consultation>,
    until: Instant,
}

#[async_trait]
impl Consultation for Bounded {
    async fn next(&mut self, answers: Vec<ToolAnswer>) -> Result<Turn, AdvisorError> {
        in_time(self.until, self.consultation.next(answers)).await
    }

    fn reserve(&self, answers: &[ToolAnswer]) -> Result<Money, AdvisorError> {
        self.consultation.reserve(answers)
    }

    fn spent(&mut self) -> Vec<ModelUsage> {
        self.consultation.spent()
    }
}

/// When the conversation that begins now, at the moment of `brief`, is cut.
fn end_of(brief: &Brief, now: Instant) -> Instant {
    let left = (brief.deadline - brief.moment.now).to_std();
    now + left.unwrap_or(Duration::ZERO) + GRACE
}

async fn in_time<T>(
    until: Instant,
    asked: impl Future<Output = Result<T, AdvisorError>>,
) -> Result<T, AdvisorError> {
    match timeout_at(until, asked).await {
        Ok(answer) => answer,
        Err(_elapsed) => Err(AdvisorError::Unavailable {
            source: Late.into(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;
    use std::future::pending;
    use std::time::Duration;

    use async_trait::async_trait;
    use catalyst_ports::advisor::{AdvisorError, Conclusion, Consultation, ToolAnswer, Turn};
    use catalyst_testkit::builders::a_brief;
    use chrono::TimeDelta;
    use tokio::time::Instant;

    use super::{Bounded, end_of};

    /// Never answers, or at once.
    enum Talk {
        Hangs,
        Answers,
    }

    #[async_trait]
    impl Consultation for Talk {
        async fn next(&mut self, _answers: Vec<ToolAnswer>) -> Result<Turn, AdvisorError> {
            if matches!(self, Self::Hangs) {
                pending::<()>().await;
            }
            Ok(Turn::Finish(Conclusion {
                text: "over".to_owned(),
            }))
        }
    }

    /// The answer of a conversation whose time is over.
    async fn too_late(talk: Talk) -> Result<Turn, AdvisorError> {
        let mut bounded = Bounded {
            consultation: Box::new(talk),
            until: Instant::now(),
        };
        bounded.next(Vec::new()).await
    }

    #[tokio::test]
    async fn one_that_hangs_is_cut_and_counts_as_no_advice() {
        let error = too_late(Talk::Hangs).await.unwrap_err();

        assert!(matches!(error, AdvisorError::Unavailable { .. }), "{error}");
        let cause = error.source().unwrap().to_string();
        assert_eq!(cause, "no answer before the end of the cycle");
    }

    #[tokio::test]
    async fn what_is_there_at_the_end_is_taken() {
        let turn = too_late(Talk::Answers).await.unwrap();

        assert!(matches!(turn, Turn::Finish(_)), "{turn:?}");
    }

    #[test]
    fn the_end_is_the_deadline_of_the_brief_and_a_second_for_its_own_words() {
        let now = Instant::now();
        let mut brief = a_brief();

        brief.deadline = brief.moment.now + TimeDelta::minutes(4);
        assert_eq!(end_of(&brief, now) - now, Duration::from_secs(241));
        brief.deadline = brief.moment.now - TimeDelta::minutes(4);
        assert_eq!(end_of(&brief, now) - now, Duration::from_secs(1));
    }
}
