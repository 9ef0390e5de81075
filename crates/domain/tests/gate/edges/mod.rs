//! Every rule at its edge: what still passes, the first thing that does not, and the words that the
//! breach uses for it. Under the owner's limits, in rooms as the rules have them.

mod collars;
mod costs;
mod criteria;
mod day;
mod exits;
mod exposure;
mod judged;
mod limits;
mod market;
mod permit;
mod session;
mod shape;
mod universe;
