"""The gate: files that may contain a secret can't be read or written."""

import json
from posixpath import basename

import capnp


def _path_of(input_json: str) -> str | None:
    given = json.loads(input_json)
    path = given.get("path") if isinstance(given, dict) else None
    return path if isinstance(path, str) else None


def _is_secret(path: str) -> bool:
    name = basename(path)
    return name == ".env" or name.endswith((".key", ".pem"))


async def judge(call, host, response) -> None:
    """Blocks the call if its path is that of a secret, and stores a note of it with the session."""
    path = _path_of(call.inputJson)
    if path is None or not _is_secret(path):
        return
    note = json.dumps({"path": path}, ensure_ascii=False, separators=(",", ":"))
    try:
        await host.appendEntry(customType="no-secrets", dataJson=note)
    except capnp.KjException:
        pass  # A harness that stores no notes blocks all the same.
    response.init("blockTool").reason = f"{path} may contain a secret. Ask the person for what you need from it."
