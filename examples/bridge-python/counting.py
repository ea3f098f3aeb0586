"""The tool: counts the words of files one after the other, reports progress, and stops early when told to."""

import asyncio
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import capnp

from contract import Fault

# Anything but space, tab and line ends: the same in every encoding that contains ASCII.
_WORD = re.compile(rb"[^ \t\r\n]+")


@dataclass(frozen=True)
class Session:
    """The session, as set by `attach`."""

    host: Any
    folder: Path
    ask_above: int  # The person is asked before more files than this are counted


@dataclass(frozen=True)
class Answer:
    text: str
    details: dict[str, int] | None = None

    def write(self, result) -> None:
        result.init("content", 1)[0].text = self.text
        result.isError = self.details is None
        if self.details is not None:
            result.detailsJson = json.dumps(self.details, separators=(",", ":"))


def _parse(input_json: str) -> tuple[list[str], float]:
    try:
        given = json.loads(input_json)
        files, pause_ms = given["files"], given.get("pauseMs", 0)
        if all(isinstance(file, str) for file in files) and isinstance(pause_ms, int):
            return files, pause_ms / 1000
    except (ValueError, TypeError, KeyError, AttributeError):
        pass  # Same answer as JSON of the wrong shape.
    raise Fault("invalidInput", 'count_words takes {"files": ["…"]}.')


async def _is_agreed(call_id: str, count: int, host) -> bool:
    request = host.uiAction_request()
    request.callId = call_id
    confirm = request.init("confirm")
    confirm.title = "Count words"
    confirm.message = f"Count the words of {count} files?"
    reply = await request.send()
    return reply.which() == "confirmed" and reply.confirmed


async def _tell(call_id: str, text: str, host) -> None:
    try:
        await host.toolUpdate(callId=call_id, content=[{"text": text}])
    except capnp.KjException:
        pass  # Progress is only for display; a harness that doesn't show it works just as well.


async def _is_stopped(stopped: asyncio.Future, seconds: float) -> bool:
    await asyncio.wait([stopped], timeout=seconds)
    return stopped.done()


async def count(call_id: str, input_json: str, session: Session, stopped: asyncio.Future) -> Answer:
    """`stopped` gets the reason when the call is cancelled."""
    files, pause_seconds = _parse(input_json)
    if len(files) > session.ask_above and not await _is_agreed(call_id, len(files), session.host):
        return Answer("Not counted: the person denied it.")
    lines: list[str] = []
    total = 0
    for index, file in enumerate(files):
        if index > 0 and await _is_stopped(stopped, pause_seconds):
            return Answer(f"Cancelled after {index} of {len(files)} files: {stopped.result()}")
        try:
            words = len(_WORD.findall((session.folder / file).read_bytes()))
        except OSError:
            return Answer(f"Couldn't read {file}.")
        total += words
        lines.append(f"{file}: {words} words")
        await _tell(call_id, f"{file}: {words} words ({index + 1} of {len(files)})", session.host)
    lines.append(f"total: {total} words in {len(files)} files")
    return Answer("\n".join(lines), {"files": len(files), "words": total})
