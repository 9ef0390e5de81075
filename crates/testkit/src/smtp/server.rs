//! The server: a listener on this machine, one thread for each connection.

use std::collections::BTreeSet;
use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::line::{listen_only, say};
use super::talk::{Stretch, talk};

/// How the server behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// It takes every mail.
    Takes,
    /// It refuses the login.
    RefusesLogin,
    /// It knows no recipient.
    RefusesRecipient,
    /// It takes no mail for a recipient it has not been asked about before.
    Greylists,
    /// It takes the connection and says nothing.
    HangsAtOnce,
    /// It says nothing after it was given a mail.
    HangsAfterData,
    /// It hangs up when it was given a mail.
    HangsUp,
    /// It speaks in the clear only.
    OffersNoPrivacy,
    /// It takes so many milliseconds for each answer.
    Slow(u64),
}

/// A mail that was taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Received {
    /// Recipients.
    pub to: Vec<String>,
    /// Name and password as they were given, in base64.
    pub login: Option<String>,
    /// Whether it came over a private line.
    pub private: bool,
    /// Header and text.
    pub text: String,
}

/// What every connection shares.
#[derive(Debug)]
pub(super) struct Shared {
    mood: Mutex<Mood>,
    mails: Mutex<Vec<Received>>,
    asked: Mutex<BTreeSet<String>>,
    stops: AtomicBool,
}

impl Shared {
    pub(super) fn mood(&self) -> Mood {
        *self.mood.lock().unwrap()
    }

    pub(super) fn keep(&self, mail: Received) {
        self.mails.lock().unwrap().push(mail);
    }

    pub(super) fn is_new(&self, recipient: &str) -> bool {
        self.asked.lock().unwrap().insert(recipient.to_owned())
    }

    /// Lets time pass where the server is slow: nothing ever comes over this channel.
    pub(super) fn pause(&self) {
        if let Mood::Slow(millis) = self.mood() {
            let (_keep, nothing) = mpsc::channel::<()>();
            let waited = nothing.recv_timeout(Duration::from_millis(millis));
            assert!(waited.is_err(), "nothing is ever sent");
        }
    }
}

/// A server at work; it ends when it is dropped.
#[derive(Debug)]
pub struct MailServer {
    address: SocketAddr,
    certificate: String,
    shared: Arc<Shared>,
    listens: Option<JoinHandle<()>>,
}

impl MailServer {
    /// A server on a free port.
    pub fn start(mood: Mood) -> Self {
        Self::start_at(SocketAddr::from(([127, 0, 0, 1], 0)), mood)
    }

    /// A server at an address where one was before.
    pub fn start_at(address: SocketAddr, mood: Mood) -> Self {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .unwrap();
        let listener = TcpListener::bind(address).unwrap();
        let shared = Arc::new(Shared {
            mood: Mutex::new(mood),
            mails: Mutex::default(),
            asked: Mutex::default(),
            stops: AtomicBool::new(false),
        });
        let address = listener.local_addr().unwrap();
        let seen = Arc::clone(&shared);
        let config = Arc::new(config);
        Self {
            address,
            certificate: cert.pem(),
            shared,
            listens: Some(std::thread::spawn(move || {
                accept(&listener, &seen, &config);
            })),
        }
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its certificate in PEM form, which no machine trusts by itself.
    pub fn certificate(&self) -> &str {
        &self.certificate
    }

    /// The mails taken so far.
    pub fn mails(&self) -> Vec<Received> {
        self.shared.mails.lock().unwrap().clone()
    }

    /// Behaves so from now on.
    pub fn turn(&self, mood: Mood) {
        *self.shared.mood.lock().unwrap() = mood;
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.shared.stops.store(true, Ordering::Relaxed);
        // Wakes the listener, which then sees that it is over.
        drop(TcpStream::connect(self.address));
        if let Some(listens) = self.listens.take() {
            drop(listens.join());
        }
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>, config: &Arc<ServerConfig>) {
    for stream in listener.incoming() {
        if shared.stops.load(Ordering::Relaxed) {
            return;
        }
        if let Ok(stream) = stream {
            let (shared, config) = (Arc::clone(shared), Arc::clone(config));
            // A connection that breaks off is the other side's business.
            std::thread::spawn(move || drop(serve(stream, &shared, &config)));
        }
    }
}

fn serve(mut stream: TcpStream, shared: &Shared, config: &Arc<ServerConfig>) -> io::Result<()> {
    if shared.mood() == Mood::HangsAtOnce {
        return listen_only(&mut stream);
    }
    say(&mut stream, "220 test")?;
    match talk(&mut stream, shared, false)? {
        Stretch::Over => Ok(()),
        Stretch::TurnsPrivate => {
            let private = ServerConnection::new(Arc::clone(config)).map_err(io::Error::other)?;
            let mut stream = StreamOwned::new(private, stream);
            talk(&mut stream, shared, true)?;
            Ok(())
        }
    }
}
