//! Codes of errors and notices, with the words the real gateway uses for them where they are known.

/// The words for `code`; plain ones for a code that is not listed.
pub(crate) const fn words_of(code: i32) -> &'static str {
    match code {
        100 => "Max rate of messages per second has been exceeded",
        103 => "Duplicate order id",
        104 => "Can't modify a filled order",
        110 => "The price does not conform to the minimum price variation for this contract.",
        161 => "Cancel attempted when order is not in a cancellable state.",
        162 => "Historical Market Data Service error message:HMDS query returned no data",
        165 => "Historical Market Data Service query message:no items retrieved",
        200 => "No security definition has been found for the request",
        201 => "Order rejected - reason:",
        202 => "Order Canceled - reason:",
        321 => "Error validating request.",
        326 => {
            "Unable to connect as the client id is already in use. Retry with a unique client id."
        }
        354 => "Requested market data is not subscribed.",
        355 => "Order size does not conform to market rule.",
        387 => "Unsupported order type for this exchange and security type.",
        399 => {
            "Order Message:\nWarning: your order will not be placed at the exchange until the next session"
        }
        403 => "Invalid stop price.",
        404 => "Order held while securities are located.",
        426 => "None of the accounts have enough shares.",
        434 => "The order size cannot be zero.",
        435 => "You must specify an account.",
        460 => "No trading permissions.",
        481 => "Order size was reduced.",
        505 => "Fatal Error: Unknown message id.",
        1100 => "Connectivity between IBKR and Trader Workstation has been lost.",
        1101 => "Connectivity between IBKR and Trader Workstation has been restored - data lost.",
        1102 => {
            "Connectivity between IBKR and Trader Workstation has been restored - data maintained."
        }
        2104 => "Market data farm connection is OK:hfarm",
        2106 => "HMDS data farm connection is OK:hkhmds",
        2158 => "Sec-def data farm connection is OK:secdefhk",
        10006 => "Missing parent order.",
        10147 => "OrderId that needs to be cancelled is not found.",
        10148 => "OrderId that needs to be cancelled cannot be cancelled.",
        10167 => "Requested market data is not subscribed. Displaying delayed market data.",
        10197 => "No market data during competing live session",
        10311 => {
            "This order will be directly routed to SEHK. Direct routed orders may result in higher trade fees."
        }
        10326 => "OCA group revision is not allowed.",
        10349 => "Order TIF was set to DAY based on order preset.",
        _ => "An error occurred.",
    }
}
