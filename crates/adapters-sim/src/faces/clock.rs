//! The world's time. Waiting is moving the world.

use std::sync::Arc;

use async_trait::async_trait;
use catalyst_ports::clock::Clock;
use chrono::{DateTime, Utc};
use tracing::error;

use crate::world::SimWorld;

/// The simulated clock: it stands still unless somebody waits.
#[derive(Debug, Clone)]
pub struct SimClock {
    world: Arc<SimWorld>,
}

impl SimClock {
    /// The face of `world`.
    pub const fn new(world: Arc<SimWorld>) -> Self {
        Self { world }
    }
}

#[async_trait]
impl Clock for SimClock {
    fn now(&self) -> DateTime<Utc> {
        self.world.now()
    }

    /// A world that cannot go on stops where it is; the next question to any face answers with why.
    async fn sleep_until(&self, moment: DateTime<Utc>) {
        if let Err(error) = self.world.advance_to(moment) {
            error!(%error, "the simulated world stopped");
        }
    }
}
