//! The journal with a hand on its tables past the port: whatever is done to a kept row, `verify` sees
//! it and says where; a copy is the same journal; years of rows are asked quickly.

mod a_byte;
mod a_purpose;
mod backup;
pub(crate) mod full;
pub(crate) mod hand;
mod speed;
mod tampered;
