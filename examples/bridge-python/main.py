"""A bridge in Python: the tool and the gate of `examples/count-words`, on pycapnp. It speaks the contract on its
standard streams and ends with them."""

import asyncio
import os
import socket
import sys
import threading

import capnp

from bridge import Bridge

_CHUNK_BYTES = 65536
# The contract's limit: 8 MiB per frame, in words of 8 bytes
_FRAME_WORDS = 1024 * 1024


def _pump_in(far: socket.socket) -> None:
    while data := os.read(sys.stdin.fileno(), _CHUNK_BYTES):
        far.sendall(data)
    far.shutdown(socket.SHUT_WR)


def _pump_out(far: socket.socket) -> None:
    while data := far.recv(_CHUNK_BYTES):
        left = memoryview(data)
        while left:
            left = left[os.write(sys.stdout.fileno(), left) :]


async def main() -> None:
    # pycapnp supports only sockets, so the standard streams are pumped into a pair of them.
    near, far = socket.socketpair()
    for pump in (_pump_in, _pump_out):
        threading.Thread(target=pump, args=(far,), daemon=True).start()
    stream = await capnp.AsyncIoStream.create_connection(sock=near)
    server = capnp.TwoPartyServer(stream, bootstrap=Bridge(), traversal_limit_in_words=_FRAME_WORDS)
    await server.on_disconnect()


asyncio.run(capnp.run(main()))
