//! The gateway as its owner sees it: started, looked at, told what goes wrong, stopped.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use catalyst_adapters_sim::faces::SimWire;
use catalyst_adapters_sim::world::SimWorld;
use chrono::{DateTime, Utc};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing::{debug, error};

use crate::broker::{Broker, Received};
use crate::config::{EmulatorConfig, TimeFlow};
use crate::connection::serve;
use crate::faults::{FaultScript, FaultWatch, Trigger};

/// How often running time is told to clients that ask nothing.
const BEAT: Duration = Duration::from_millis(50);

/// The broker as connections share it. Guards orders, account and connections together, so that what
/// happened is told before what was asked; never held while waiting.
#[derive(Debug, Clone)]
pub(crate) struct SharedBroker(Arc<Mutex<Broker>>);

impl SharedBroker {
    pub(crate) fn lock(&self) -> MutexGuard<'_, Broker> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running gateway. It has a thread of its own, and stops when it is dropped.
#[derive(Debug)]
pub struct Emulator {
    broker: SharedBroker,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Emulator {
    /// Listens, and serves `world` to whoever connects. A world has one gateway, which takes its events.
    pub fn start(
        config: EmulatorConfig,
        world: Arc<SimWorld>,
        faults: FaultScript,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(config.listen)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()?;
        let (stop, stopped) = watch::channel(false);
        let broker = Broker::new(config, SimWire::new(world), FaultWatch::of(faults));
        let broker = SharedBroker(Arc::new(Mutex::new(broker)));
        let served = broker.clone();
        let thread = std::thread::Builder::new()
            .name("gateway".to_owned())
            .spawn(move || {
                let run = runtime.block_on(listen(listener, served, stopped));
                if let Err(reason) = run {
                    error!(%reason, "the gateway cannot listen");
                }
            })?;
        Ok(Self {
            broker,
            address,
            stop,
            thread: Some(thread),
        })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What clients have sent so far, in the order it came.
    pub fn log(&self) -> Vec<Received> {
        self.broker.lock().received().to_vec()
    }

    /// Replaces the faults; their counting begins anew.
    pub fn set_faults(&self, faults: FaultScript) {
        self.broker.lock().set_faults(FaultWatch::of(faults));
    }

    /// Messages since the faults were set that could have set one off, so that a test knows whether its
    /// fault had its turn.
    pub fn seen(&self, trigger: Trigger) -> u32 {
        self.broker.lock().seen(trigger)
    }

    /// Moves the world, and tells clients what happened on the way. A moment that has passed changes
    /// nothing.
    pub fn advance_to(&self, moment: DateTime<Utc>) {
        self.broker.lock().move_to(moment);
    }

    /// Closes every connection and stops listening.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.stop.send_replace(true);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            error!("the gateway's thread had died");
        }
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.end();
    }
}

async fn listen(
    listener: TcpListener,
    broker: SharedBroker,
    mut stopped: watch::Receiver<bool>,
) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let runs = broker.lock().config().time != TimeFlow::Stands;
    let mut beat = tokio::time::interval(BEAT);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stopped.changed() => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(serve(stream, broker.clone()));
                }
                Err(reason) => debug!(%reason, "a connection that could not be taken"),
            },
            _ = beat.tick(), if runs => broker.lock().beat(),
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
        }
    }
    connections.shutdown().await;
    Ok(())
}
