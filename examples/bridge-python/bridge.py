"""The bridge as the harness calls it.

A method whose name ends in `_context` gets the call's parameters and results as they are; the other form of pycapnp
hands over every field, which fails for unions.
"""

import asyncio
from pathlib import Path

import capnp

import manifest
from contract import Fault, api
from counting import Session, count
from gate import judge


class Bridge(api.PiExtensionBridge.Server):
    def __init__(self) -> None:
        self._session: Session | None = None
        self._running: dict[str, asyncio.Future] = {}

    async def attach_context(self, context) -> None:
        init = context.params.init
        ask_above = next((one.value for one in init.settings if one.name == "askAbove"), "100")
        if not ask_above.isdigit():
            raise Fault("invalidInput", "askAbove must be a number.")
        self._session = Session(context.params.host, Path(init.cwd), int(ask_above))

    async def describe_context(self, context) -> None:
        self._attached()
        theirs = context.params.protocolVersion
        if theirs != api.protocolVersion:
            what = f"This extension speaks version {api.protocolVersion} of the contract, not {theirs}."
            raise Fault("protocolMismatch", what)
        manifest.write(context.results)

    async def handleEvent_context(self, context) -> None:
        session = self._attached()
        event = context.params
        try:
            which = event.which()
        except capnp.KjException:
            return  # An arm of a newer contract wasn't subscribed to.
        if which == "toolCall":
            await judge(event.toolCall, session.host, context.results)

    async def executeTool_context(self, context) -> None:
        session = self._attached()
        request = context.params
        if request.toolName != manifest.TOOL_NAME:
            raise Fault("notFound", f"This extension has no tool {request.toolName}.")
        call_id = request.callId
        stopped = asyncio.get_running_loop().create_future()
        self._running[call_id] = stopped
        try:
            answer = await count(call_id, request.inputJson, session, stopped)
        finally:
            del self._running[call_id]
        answer.write(context.results)

    async def cancel_context(self, context) -> None:
        stopped = self._running.get(context.params.callId)
        if stopped is not None and not stopped.done():
            stopped.set_result(context.params.reason)

    async def shutdown_context(self, context) -> None:
        self._session = None

    # pycapnp reports a missing method as a program error.

    async def executeCommand_context(self, context) -> None:
        raise Fault("unimplemented", "This extension has no commands.")

    async def executeShortcut_context(self, context) -> None:
        raise Fault("unimplemented", "This extension has no shortcuts.")

    async def completeArguments_context(self, context) -> None:
        raise Fault("unimplemented", "This extension has no commands.")

    def _attached(self) -> Session:
        if self._session is None:
            raise Fault("notReady", "The extension was called before it was attached to a session.")
        return self._session
