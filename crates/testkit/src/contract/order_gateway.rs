//! What every order_gateway promises.
