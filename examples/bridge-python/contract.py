"""The contract, read from its schema when the program starts, and its failures."""

from pathlib import Path

import capnp

api = capnp.load(str(Path(__file__).resolve().parents[2] / "schema" / "pi_api.capnp"))


class Fault(Exception):
    """A failed call: pycapnp turns it into an exception whose reason contains the code and the message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
