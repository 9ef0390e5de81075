//! One connection from its greeting to its end. Reads never wait on writes of other clients.

use std::io;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{Receiver, channel};
use tracing::debug;

use crate::broker::{Outgoing, SessionId};
use crate::control_line;
use crate::emulator::SharedBroker;
use crate::faults::Effect;
use crate::frame::{take_message, take_payload, with_length};

/// What a client of the protocol sends first.
const API: &[u8; 4] = b"API\0";

/// What a client of the control line sends first.
const CONTROL: &[u8; 4] = b"CTL\0";

/// Frames that may wait for a client that does not read; a client beyond it is cut off.
const QUEUE: usize = 65_536;

/// Serves a connection until either side ends it.
pub(crate) async fn serve(stream: TcpStream, broker: SharedBroker) {
    if let Err(reason) = talk(stream, &broker).await {
        debug!(%reason, "a connection ended");
    }
}

async fn talk(mut stream: TcpStream, broker: &SharedBroker) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut greeting = [0; 4];
    stream.read_exact(&mut greeting).await?;
    if greeting == *CONTROL {
        return control_line::talk(stream, broker).await;
    }
    if greeting != *API {
        return Ok(());
    }
    let mut buffer = Vec::new();
    let asked = loop {
        match take_payload(&mut buffer) {
            Ok(Some(versions)) => break versions,
            Ok(None) => {}
            Err(_no_frame) => return Ok(()),
        }
        if stream.read_buf(&mut buffer).await? == 0 {
            return Ok(());
        }
    };
    if !asked.starts_with(b"v") {
        return Ok(());
    }
    let effect = broker.lock().greeted();
    match effect {
        Some(Effect::NeverAnswer) => return until_closed(stream).await,
        Some(Effect::CloseBefore) => return Ok(()),
        Some(Effect::Garbage) => return stream.write_all(&with_length(&[0xFF; 7])).await,
        Some(Effect::Delay(pause)) => tokio::time::sleep(pause).await,
        Some(_) | None => {}
    }
    let hello = broker.lock().hello();
    stream.write_all(&with_length(&hello)).await?;
    if effect == Some(Effect::CloseAfter) {
        return Ok(());
    }
    let (queue, outgoing) = channel(QUEUE);
    let id = broker.lock().connect(queue);
    let ended = exchange(stream, buffer, broker, (id, outgoing)).await;
    broker.lock().disconnect(id);
    ended
}

/// Reads and writes as either is ready.
async fn exchange(
    mut stream: TcpStream,
    mut buffer: Vec<u8>,
    broker: &SharedBroker,
    (id, mut outgoing): (SessionId, Receiver<Outgoing>),
) -> io::Result<()> {
    loop {
        while let Some(readable) = receive_next(&mut buffer, broker, id) {
            if !readable {
                broker.lock().close(id);
                buffer.clear();
            }
        }
        tokio::select! {
            biased;
            next = outgoing.recv() => match next {
                Some(Outgoing::Bytes(bytes)) => stream.write_all(&bytes).await?,
                Some(Outgoing::Pause(pause)) => tokio::time::sleep(pause).await,
                Some(Outgoing::Close) | None => return stream.shutdown().await,
            },
            read = stream.read_buf(&mut buffer) => {
                if read? == 0 {
                    return Ok(());
                }
            }
        }
    }
}

/// Hands the next whole message over; `None` when there is none, false when it cannot be read.
fn receive_next(buffer: &mut Vec<u8>, broker: &SharedBroker, id: SessionId) -> Option<bool> {
    match take_message(buffer) {
        Ok(None) => None,
        Ok(Some(incoming)) => Some(broker.lock().receive(id, &incoming).is_ok()),
        Err(reason) => {
            debug!(%reason, "a frame that cannot be read");
            Some(false)
        }
    }
}

/// Reads and says nothing.
async fn until_closed(mut stream: TcpStream) -> io::Result<()> {
    let mut buffer = [0; 1024];
    while stream.read(&mut buffer).await? > 0 {}
    Ok(())
}
