//! A bridge in Rust: the tool and the gate of `examples/count-words`, on capnp-rpc. It speaks the contract on its
//! standard streams and ends with them.

mod bridge;
mod counting;
mod fault;
mod gate;
mod manifest;

capnp::generated_code!(pub mod pi_api_capnp);

use capnp_rpc::{RpcSystem, rpc_twoparty_capnp::Side, twoparty};
use tokio::{
    io::{stdin, stdout},
    task::LocalSet,
};
use tokio_util::compat::{TokioAsyncReadCompatExt, TokioAsyncWriteCompatExt};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let ended = LocalSet::new().run_until(serve()).await;
    if let Err(error) = &ended {
        eprintln!("{error}");
    }
    // A tokio thread may still be reading standard input: a return would wait for it.
    std::process::exit(i32::from(ended.is_err()));
}

async fn serve() -> capnp::Result<()> {
    // Both sides keep the contract's limit: 8 MiB per frame, in words of 8 bytes.
    let mut limits = capnp::message::ReaderOptions::new();
    limits.traversal_limit_in_words(Some(1024 * 1024));
    let network = twoparty::VatNetwork::new(stdin().compat(), stdout().compat_write(), Side::Server, limits);
    let bridge: pi_api_capnp::pi_extension_bridge::Client = capnp_rpc::new_client(bridge::Bridge::default());
    RpcSystem::new(Box::new(network), Some(bridge.client)).await
}
