//! Headlines from RSS and Atom feeds.
