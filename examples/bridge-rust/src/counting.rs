//! The tool: counts the words of files one after the other, reports progress, and stops early when told to.

use crate::fault::fault;
use crate::pi_api_capnp::{pi_host, tool_result, ui_reply};
use serde::Deserialize;
use std::{path::PathBuf, time::Duration};
use tokio::{sync::oneshot, time::sleep};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Input {
    files: Vec<String>,
    #[serde(default)]
    pause_ms: u64,
}

/// The session, as set by `attach`.
#[derive(Clone)]
pub struct Session {
    pub host: pi_host::Client,
    pub folder: PathBuf,
    /// The person is asked before more files than this are counted.
    pub ask_above: usize,
}

pub struct Answer {
    text: String,
    details: Option<String>,
}

impl Answer {
    pub fn write(&self, mut result: tool_result::Builder<'_>) {
        result.reborrow().init_content(1).get(0).set_text(&self.text);
        result.set_is_error(self.details.is_none());
        if let Some(details) = &self.details {
            result.set_details_json(details);
        }
    }
}

fn failed(text: String) -> Answer {
    Answer { text, details: None }
}

pub fn parse(input_json: &str) -> capnp::Result<Input> {
    serde_json::from_str(input_json).map_err(|_| fault("invalidInput", "count_words takes {\"files\": [\"…\"]}."))
}

/// `stopped` gets the reason when the call is cancelled.
pub async fn count(
    call_id: &str,
    input: Input,
    session: &Session,
    mut stopped: oneshot::Receiver<String>,
) -> capnp::Result<Answer> {
    let Input { files, pause_ms } = input;
    if files.len() > session.ask_above && !is_agreed(call_id, files.len(), &session.host).await? {
        return Ok(failed("Not counted: the person denied it.".into()));
    }
    let mut lines = Vec::new();
    let mut total = 0;
    for (index, file) in files.iter().enumerate() {
        if index > 0 {
            tokio::select! {
                biased;
                Ok(reason) = &mut stopped => {
                    return Ok(failed(format!("Cancelled after {index} of {} files: {reason}", files.len())));
                }
                () = sleep(Duration::from_millis(pause_ms)) => {}
            }
        }
        let Ok(content) = std::fs::read(session.folder.join(file)) else {
            return Ok(failed(format!("Couldn't read {file}.")));
        };
        let words = words_of(&content);
        total += words;
        lines.push(format!("{file}: {words} words"));
        tell(call_id, &format!("{file}: {words} words ({} of {})", index + 1, files.len()), &session.host).await;
    }
    lines.push(format!("total: {total} words in {} files", files.len()));
    Ok(Answer { text: lines.join("\n"), details: Some(format!(r#"{{"files":{},"words":{total}}}"#, files.len())) })
}

/// Runs of anything but space, tab and line ends: the same in every encoding that contains ASCII.
fn words_of(content: &[u8]) -> usize {
    content.split(|byte| b" \t\r\n".contains(byte)).filter(|word| !word.is_empty()).count()
}

async fn is_agreed(call_id: &str, count: usize, host: &pi_host::Client) -> capnp::Result<bool> {
    let mut request = host.ui_action_request();
    let mut action = request.get();
    action.set_call_id(call_id);
    let mut confirm = action.init_confirm();
    confirm.set_title("Count words");
    confirm.set_message(format!("Count the words of {count} files?"));
    let response = request.send().promise.await?;
    Ok(matches!(response.get()?.which(), Ok(ui_reply::Confirmed(true))))
}

async fn tell(call_id: &str, text: &str, host: &pi_host::Client) {
    let mut request = host.tool_update_request();
    let mut update = request.get();
    update.set_call_id(call_id);
    update.init_content(1).get(0).set_text(text);
    // Progress is only for display; a harness that doesn't show it works just as well.
    let _ = request.send().promise.await;
}
