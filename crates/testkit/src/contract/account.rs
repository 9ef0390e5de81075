//! What every account promises.
