//! Generates the contract's types from the schema; needs the `capnp` compiler on the path.

fn main() {
    capnpc::CompilerCommand::new()
        .src_prefix("../../schema")
        .file("../../schema/pi_api.capnp")
        .run()
        .expect("pi_api.capnp could not be compiled: is the capnp compiler installed?");
}
