"""What the extension offers."""

import json

from contract import api

TOOL_NAME = "count_words"

_PARAMETERS = {
    "type": "object",
    "properties": {
        "files": {
            "type": "array",
            "items": {"type": "string"},
            "minItems": 1,
            "description": "Paths of text files, relative to the working folder",
        },
        "pauseMs": {"type": "integer", "minimum": 0, "description": "A pause between two files, in milliseconds"},
    },
    "required": ["files"],
    "additionalProperties": False,
}


def write(manifest) -> None:
    manifest.protocolVersion = api.protocolVersion
    manifest.name = "count-words"
    manifest.version = "1.0.0"
    manifest.description = "Counts the words of text files, and keeps secrets from being read"
    manifest.needs = ["blockTool"]
    tool = manifest.init("tools", 1)[0]
    tool.name = TOOL_NAME
    tool.label = "Count words"
    tool.description = "Counts the words of text files, one after the other."
    tool.parametersJson = json.dumps(_PARAMETERS, separators=(",", ":"))
    tool.annotations.readOnlyHint.value = True
    event = manifest.init("events", 1)[0]
    event.name = "tool_call"
    setattr(event, "class", "gate")
    event.deadlineMs = 2000
    event.toolNames = ["read", "write", "edit"]
