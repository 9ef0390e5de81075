//! One file a pattern: drawn, drawn with one condition broken, and the laws every detection obeys.

mod breakout;
mod breakout_laws;
mod drawing;
