//! Failed calls as the contract writes them: an exception whose reason begins with a code.

use capnp::Error;

pub fn not_ready() -> Error {
    fault("notReady", "The extension was called before it was attached to a session.")
}

pub fn fault(code: &str, message: &str) -> Error {
    Error::failed(format!("{code}: {message}"))
}
