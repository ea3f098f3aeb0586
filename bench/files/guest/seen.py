"""Whether the guest sees what somebody changes on the host, and how soon."""

import bisect
import os
import time
import zlib


def content(path):
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read().decode()
    except FileNotFoundError:
        return None


def wait_for(path, text, seconds):
    """Looks repeatedly until a file has this content, or for None is missing; False when it takes too long."""
    until = time.monotonic() + seconds
    while content(path) != text:
        if time.monotonic() > until:
            return False
    return True


class Told:
    """Which version of each file the host has reported, and when the report arrived."""

    def __init__(self, port):
        self.port = port
        self.versions = {}
        self.heard = {}
        self.is_over = False

    def listen(self):
        while (message := self.port.receive(wait=False)) is not None:
            now = time.monotonic()
            self.is_over = self.is_over or "over" in message
            for file, version in message.get("told", []):
                self.versions.setdefault(file, []).append(version)
                self.heard.setdefault(file, []).append(now)

    def behind(self, file, version, started):
        """How many seconds before the read began a version newer than the one read had been reported.

        Assumes nothing about earlier reads: a later read may show an older version.
        """
        # Versions only grow, so the first newer one was also reported first.
        first = bisect.bisect_right(self.versions.get(file, []), version)
        heard = self.heard.get(file, [])
        return max(0, started - heard[first]) if first < len(heard) else 0


def parse(data):
    """The version of complete content, None for a torn one."""
    head, _, body = data.partition(b"\n")
    version, checksum = head.split(b" ")
    return int(version) if zlib.crc32(version + body) == int(checksum) else None


def coherence(port, folders, names, allowance):
    """Reads all files in all folders in turn until the host says that it has finished, and once more a second later.

    Counts by folder and by way of reading: `replaced` and `rewritten` files are opened for each read, `held` ones were
    opened before the first edit and are read by that descriptor.
    """
    told = Told(port)
    keys = ("reads", "torn", "behind", "stale", "final", "failed", "latest")
    counts = {folder: {way: dict.fromkeys(keys, 0) for way in ("replaced", "rewritten", "held")} for folder in folders}
    held = {
        (folder, name): os.open(f"{folder}/{name}", os.O_RDONLY)
        for folder in folders
        for name in names
        if name.startswith("held")
    }

    def read(folder, name):
        if (folder, name) in held:
            return os.pread(held[folder, name], 1 << 20, 0)
        with open(f"{folder}/{name}", "rb", buffering=0) as file:
            return file.read()

    def look(folder, name, is_final):
        count = counts[folder][name.rstrip("0123456789")]
        started = time.monotonic()
        try:
            data = read(folder, name)
        except OSError:
            count["failed"] += 1
            return
        count["reads"] += 1
        version = parse(data) if b"\n" in data else None
        if version is None:
            count["torn"] += 1
            return
        late = told.behind(name, version, started)
        count["behind"] += late > 0
        count["stale"] += late > allowance
        count["final"] += is_final and late > allowance
        count["latest"] = max(count["latest"], late)

    def look_at_all(is_final=False):
        for name in names:
            for folder in folders:
                told.listen()
                look(folder, name, is_final)

    while not told.is_over:
        look_at_all()
    time.sleep(1)
    look_at_all(is_final=True)
    for descriptor in held.values():
        os.close(descriptor)
    return counts
