//! Headlines of the simulated world: those of the tape and those of a file.

use std::sync::Arc;

use async_trait::async_trait;
use catalyst_domain::symbol::Symbol;
use catalyst_ports::news::{Headlines, NewsError, NewsFeed};
use chrono::{DateTime, Utc};

use crate::world::SimWorld;

/// News that has been published by the world's moment, and none from its future.
#[derive(Debug, Clone)]
pub struct SimNews {
    world: Arc<SimWorld>,
}

impl SimNews {
    /// The face of `world`.
    pub const fn new(world: Arc<SimWorld>) -> Self {
        Self { world }
    }
}

#[async_trait]
impl NewsFeed for SimNews {
    async fn headlines(
        &self,
        symbol: Symbol,
        since: DateTime<Utc>,
    ) -> Result<Headlines, NewsError> {
        let world = self
            .world
            .state()
            .map_err(|stopped| NewsError::Unavailable {
                source: Box::new(stopped),
            })?;
        Ok(Headlines {
            items: world.headlines(symbol, since),
            missing: Vec::new(),
        })
    }
}
