//! The gate: files that may contain a secret can't be read or written.

use crate::pi_api_capnp::{pi_event_response, pi_host, tool_call};
use serde_json::{Value, json};

/// Blocks the call if its path is that of a secret, and stores a note of it with the session.
pub async fn judge(
    call: tool_call::Reader<'_>,
    host: &pi_host::Client,
    mut answer: pi_event_response::Builder<'_>,
) -> capnp::Result<()> {
    let input: Value = serde_json::from_str(call.get_input_json()?.to_str()?).unwrap_or_default();
    let Some(path) = input["path"].as_str().filter(|path| is_secret(path)) else {
        return Ok(());
    };
    let mut note = host.append_entry_request();
    note.get().set_custom_type("no-secrets");
    note.get().set_data_json(json!({ "path": path }).to_string());
    // A harness that stores no notes blocks all the same.
    let _ = note.send().promise.await;
    let mut block = answer.reborrow().init_block_tool();
    block.set_reason(format!("{path} may contain a secret. Ask the person for what you need from it."));
    Ok(())
}

fn is_secret(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name == ".env" || name.ends_with(".key") || name.ends_with(".pem")
}
