//! The mailbox: alerts and letters over SMTP, each on a connection of its own.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use catalyst_domain::calendar::TradingCalendar;
use catalyst_ports::Source;
use catalyst_ports::letter::{Letter, Post};
use catalyst_ports::notifier::{Alert, Notifier, Undelivered};
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use secrecy::ExposeSecret as _;
use thiserror::Error;

use crate::config::{MailConfig, Privacy, SetupError, is_loopback};
use crate::words::{one_line, subject_of, text_of};

/// What the page of a letter is called. It is attached, because readers of mail show neither its charts nor
/// its colours.
const PAGE: &str = "report.html";

/// The owner's mailbox.
pub struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    to: Vec<Mailbox>,
    timeout: Duration,
    calendar: Arc<TradingCalendar>,
}

/// Why a message did not go out.
#[derive(Debug, Error)]
pub enum MailError {
    /// The message cannot be written down.
    #[error("the message cannot be written")]
    Unwritten(#[from] lettre::error::Error),
    /// The server refused it, or did not speak as it should.
    #[error("the mail server did not take it")]
    Refused(#[from] lettre::transport::smtp::Error),
    /// It did not end in time.
    #[error("the mail server did not answer within {} seconds", .0.as_secs_f32())]
    Silent(Duration),
}

impl Mail {
    /// A mailbox as `config` describes it. Nothing is connected yet.
    ///
    /// # Errors
    ///
    /// An address or certificate that does not read, nobody to write to, or a line in the clear to
    /// another machine.
    pub fn new(config: MailConfig) -> Result<Self, SetupError> {
        if config.privacy == Privacy::None && !is_loopback(&config.host) {
            return Err(SetupError::InTheClear { host: config.host });
        }
        let to: Vec<Mailbox> = config
            .to
            .iter()
            .map(|one| mailbox(one))
            .collect::<Result<_, _>>()?;
        if to.is_empty() {
            return Err(SetupError::Nobody);
        }
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host)
            .port(config.port)
            .tls(tls(&config)?)
            .timeout(Some(config.timeout));
        if let Some(login) = config.login {
            let password = login.password.expose_secret().to_owned();
            builder = builder.credentials(Credentials::new(login.user, password));
        }
        Ok(Self {
            transport: builder.build(),
            from: mailbox(&config.from)?,
            to,
            timeout: config.timeout,
            calendar: config.calendar,
        })
    }

    /// Connects, makes the line private, logs in, and leaves without sending.
    ///
    /// # Errors
    ///
    /// The first step that did not work.
    pub async fn check(&self) -> Result<(), MailError> {
        let test = tokio::time::timeout(self.timeout, self.transport.test_connection());
        match test.await {
            Ok(Ok(_is_alive)) => Ok(()),
            Ok(Err(failure)) => Err(failure.into()),
            Err(_elapsed) => Err(MailError::Silent(self.timeout)),
        }
    }

    async fn hand_over(&self, letter: &Letter) -> Result<(), MailError> {
        let mut message = Message::builder()
            .from(self.from.clone())
            .message_id(None)
            .subject(one_line(&letter.subject));
        for one in &self.to {
            message = message.to(one.clone());
        }
        let message = match &letter.html {
            None => message.singlepart(SinglePart::plain(letter.text.clone()))?,
            Some(html) => {
                let page = Attachment::new(PAGE.to_owned());
                let both = MultiPart::mixed()
                    .singlepart(SinglePart::plain(letter.text.clone()))
                    .singlepart(page.body(html.clone(), ContentType::TEXT_HTML));
                message.multipart(both)?
            }
        };
        match tokio::time::timeout(self.timeout, self.transport.send(message)).await {
            Ok(Ok(_taken)) => Ok(()),
            Ok(Err(failure)) => Err(failure.into()),
            Err(_elapsed) => Err(MailError::Silent(self.timeout)),
        }
    }
}

fn mailbox(text: &str) -> Result<Mailbox, SetupError> {
    text.trim().parse().map_err(|source| SetupError::Address {
        found: text.to_owned(),
        source,
    })
}

fn tls(config: &MailConfig) -> Result<Tls, SetupError> {
    if config.privacy == Privacy::None {
        return Ok(Tls::None);
    }
    let mut parameters = TlsParameters::builder(config.host.clone());
    if let Some(pem) = &config.authority {
        let certificate = Certificate::from_pem(pem).map_err(SetupError::Certificates)?;
        parameters = parameters.add_root_certificate(certificate);
    }
    let parameters = parameters
        .build_rustls()
        .map_err(SetupError::Certificates)?;
    Ok(match config.privacy {
        Privacy::Implicit => Tls::Wrapper(parameters),
        Privacy::StartTls | Privacy::None => Tls::Required(parameters),
    })
}

/// No address and no secret.
impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").finish_non_exhaustive()
    }
}

fn undelivered(error: MailError) -> Undelivered {
    let source: Source = Box::new(error);
    Undelivered { source }
}

#[async_trait]
impl Notifier for Mail {
    async fn notify(&self, alert: &Alert) -> Result<(), Undelivered> {
        let letter = Letter {
            subject: subject_of(alert),
            text: text_of(alert, &self.calendar),
            html: None,
        };
        self.hand_over(&letter).await.map_err(undelivered)
    }
}

#[async_trait]
impl Post for Mail {
    async fn send(&self, letter: &Letter) -> Result<(), Undelivered> {
        self.hand_over(letter).await.map_err(undelivered)
    }
}
