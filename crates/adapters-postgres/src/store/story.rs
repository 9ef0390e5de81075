//! stub
use super::Store;
use super::read::ReadError;
use catalyst_ports::journal::{Story, Subject};
impl Store {
    pub(crate) async fn story(&self, _s: Subject) -> Result<Option<Story>, ReadError> {
        Ok(None)
    }
}
