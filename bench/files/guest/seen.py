"""Whether the guest sees what somebody changes on the host, and how soon."""

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
    """Looks again and again until a file has this content, or is not there for None; False when it takes too long."""
    until = time.monotonic() + seconds
    while content(path) != text:
        if time.monotonic() > until:
            return False
    return True


class Told:
    """Which version of each file the host said was there, and when that was heard."""

    def __init__(self, port, allowance):
        self.port = port
        self.allowance = allowance
        self.heard = {}
        self.is_over = False

    def listen(self):
        while (message := self.port.receive(wait=False)) is not None:
            now = time.monotonic()
            self.is_over = self.is_over or "over" in message
            for file, version in message.get("told", []):
                self.heard.setdefault(file, []).append((now, version))

    def behind(self, file, version, started):
        """Seconds for which it had been known, when a reading began, that the file is newer than what was read."""
        heard = self.heard.get(file, [])
        # What is older than the last that counts by now is of no use any more.
        while len(heard) > 1 and heard[1][0] <= started - self.allowance and heard[0][1] <= version:
            heard.pop(0)
        return max((started - at for at, newer in heard if newer > version and at <= started), default=0)


def parse(data):
    """The version of a whole content, None for a torn one."""
    head, _, body = data.partition(b"\n")
    version, checksum = head.split(b" ")
    return int(version) if zlib.crc32(version + body) == int(checksum) else None


def coherence(port, folders, names, allowance):
    """Reads all files in all folders in turn until the host says that it is over, and once more a second later."""
    told = Told(port, allowance)
    keys = ("reads", "torn", "behind", "stale", "unread")
    counts = {folder: {**dict.fromkeys(keys, 0), "latest": 0.0, "tornReplaced": 0, "final": 0} for folder in folders}
    kept = {}

    def read(folder, name, count):
        path = f"{folder}/{name}"
        started = time.monotonic()
        try:
            with open(path, "rb", buffering=0) as file:
                data = file.read()
        except OSError:
            count["unread"] += 1
            return
        check(name, data, started, count)

    def read_kept(folder, name, count):
        """By a descriptor that stays open over all the edits; of a replaced file it rightly shows the old one."""
        path = f"{folder}/{name}"
        if path not in kept:
            kept[path] = os.open(path, os.O_RDONLY)
        started = time.monotonic()
        try:
            data = os.pread(kept[path], 1 << 20, 0)
        except OSError:
            count["unread"] += 1
            return
        check(name, data, started, count)

    def check(name, data, started, count):
        count["reads"] += 1
        version = parse(data) if b"\n" in data else None
        if version is None:
            count["torn"] += 1
            count["tornReplaced"] += name.startswith("replaced")
            return
        late = told.behind(name, version, started)
        count["behind"] += late > 0
        count["stale"] += late > allowance
        count["latest"] = max(count["latest"], late)

    def read_all():
        for name in names:
            for folder in folders:
                told.listen()
                read(folder, name, counts[folder])
                if name.startswith("kept"):
                    read_kept(folder, name, counts[folder])

    while not told.is_over:
        read_all()
    time.sleep(1)
    before = {folder: counts[folder]["stale"] for folder in folders}
    read_all()
    for folder in folders:
        counts[folder]["final"] = counts[folder]["stale"] - before[folder]
    for descriptor in kept.values():
        os.close(descriptor)
    return counts
