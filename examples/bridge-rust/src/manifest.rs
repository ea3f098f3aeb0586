//! What the extension offers.

use crate::pi_api_capnp::{EventClass, PROTOCOL_VERSION, extension_manifest};

const PARAMETERS: &str = r#"{"type":"object","properties":{"files":{"type":"array","items":{"type":"string"},"minItems":1,"description":"Paths of text files, relative to the working folder"},"pauseMs":{"type":"integer","minimum":0,"description":"A pause between two files, in milliseconds"}},"required":["files"],"additionalProperties":false}"#;

pub fn write(mut manifest: extension_manifest::Builder<'_>) {
    manifest.set_protocol_version(PROTOCOL_VERSION);
    manifest.set_name("count-words");
    manifest.set_version("1.0.0");
    manifest.set_description("Counts the words of text files, and keeps secrets from being read");
    manifest.reborrow().init_needs(1).set(0, "blockTool");

    let mut tool = manifest.reborrow().init_tools(1).get(0);
    tool.set_name("count_words");
    tool.set_label("Count words");
    tool.set_description("Counts the words of text files, one after the other.");
    tool.set_parameters_json(PARAMETERS);
    tool.init_annotations().init_read_only_hint().set_value(true);

    let mut event = manifest.init_events(1).get(0);
    event.set_name("tool_call");
    event.set_class(EventClass::Gate);
    event.set_deadline_ms(2000);
    let mut names = event.init_tool_names(3);
    for (index, name) in ["read", "write", "edit"].iter().enumerate() {
        names.set(index as u32, name);
    }
}
