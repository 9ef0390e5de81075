//! Why there is no cluster, or why it did not do what it was asked.

use std::error::Error;
use std::fmt;
use std::io;

/// What a test is told when PostgreSQL cannot be had or refuses.
pub enum ClusterError {
    /// Neither Debian's folders nor the path hold PostgreSQL 15 or later.
    NotInstalled,
    /// Tests run as root, and there is no account to give the server to.
    NoAccount,
    /// A program of PostgreSQL ended with an error.
    Refused {
        /// Its name, such as `psql`.
        program: String,
        /// What it wrote on standard error; of a server, the end of its log.
        said: String,
    },
    /// A file, a folder or a process could not be had.
    Io {
        /// What it was.
        what: String,
        /// What the system said.
        source: io::Error,
    },
}

impl ClusterError {
    /// For `map_err`: keeps the system's error and says what it was about.
    pub(super) fn io(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        |source| Self::Io { what, source }
    }
}

impl fmt::Display for ClusterError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInstalled => out.write_str(
                "no PostgreSQL 15 or later in /usr/lib/postgresql or on PATH\n\
                 install Debian's package: apt-get install --no-install-recommends postgresql",
            ),
            Self::NoAccount => out.write_str(
                "PostgreSQL does not run as root, and neither postgres nor nobody is an account",
            ),
            Self::Refused { program, said } => write!(out, "{program}: {said}"),
            Self::Io { what, .. } => out.write_str(what),
        }
    }
}

/// The same words and the cause, because `unwrap` in a test prints these.
impl fmt::Debug for ClusterError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)?;
        match self.source() {
            Some(cause) => write!(out, ": {cause}"),
            None => Ok(()),
        }
    }
}

impl Error for ClusterError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::NotInstalled | Self::NoAccount | Self::Refused { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::ClusterError;

    #[test]
    fn what_unwrap_prints_names_the_package_or_the_cause() {
        let missing = format!("{:?}", ClusterError::NotInstalled);
        let closed = ClusterError::io("making a folder")(io::ErrorKind::PermissionDenied.into());

        assert!(
            missing.ends_with("apt-get install --no-install-recommends postgresql"),
            "{missing}"
        );
        assert_eq!(format!("{closed:?}"), "making a folder: permission denied");
    }
}
