"""The bench's agent in the guest, in place of taskd. Each line from the control port is a JSON request; each answer is a line.

    {"id": N, "do": NAME, "with": {...}}    answered by {"id": N, "result": ...} or {"id": N, "error": TEXT}

Times are seconds of this guest's clock. The measured work is in workloads.py; seen.py watches edits on the host.
"""

import json
import os
import subprocess
import sys
import time

import seen
import workloads

CONTROL, FILES = "/dev/virtio-ports/piwork.control", "/dev/virtio-ports/piwork.files"
VIRTIO_9P = "trans=virtio,version=9p2000.L,msize=512000,cache="
ROOT = "/mnt/piwork"


class Port:
    """Lines both ways; after a resume, a port reads as ended until the host has connected."""

    def __init__(self, path):
        self.port = os.open(path, os.O_RDWR)
        self.held = b""

    def send(self, message):
        data = json.dumps(message).encode() + b"\n"
        while data:
            data = data[os.write(self.port, data) :]

    def receive(self, wait=True):
        """The next message; without waiting, None when there is none."""
        os.set_blocking(self.port, wait)
        while b"\n" not in self.held:
            try:
                chunk = os.read(self.port, 65536)
            except BlockingIOError:
                return None
            if not chunk:
                if not wait:
                    return None
                time.sleep(0.002)
            self.held += chunk
        line, self.held = self.held.split(b"\n", 1)
        return json.loads(line)


class SystemCalls:
    """The product's own mount helper, started before the template is saved, as in the product."""

    def __init__(self):
        command = [sys.executable, "-I", "/opt/piwork/system-calls.py"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def call(self, name, **parameters):
        self.process.stdin.write(json.dumps({"call": name, **parameters}).encode() + b"\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if not answer["ok"]:
            raise OSError(answer["message"])


system = SystemCalls()
# As before the product saves its template; answered when the helper runs and has compiled the pump.
os.makedirs(ROOT, exist_ok=True)
system.call("prepare_files", port=FILES, target=ROOT)
port = Port(CONTROL)


def ping():
    return None


def wake(nowMs, entropy):
    system.call("wake", nowMs=nowMs, entropy=entropy)


def mount_files(bindings):
    """Mounts the host's files and binds [path in them, target] each, as for a task."""
    system.call("serve_files", port=FILES, target=ROOT)
    for _, target in bindings:
        os.makedirs(target, exist_ok=True)
    system.call("bind", bindings=[[f"{ROOT}/{source}", target, False] for source, target in bindings])


def mount_controls():
    mounts = [["/dev/vdc", "/mnt/ext4", "ext4", [], ""]]
    mounts += [[cache, f"/mnt/{cache}", "9p", [], VIRTIO_9P + cache] for cache in ("none", "loose")]
    for _, target, *_ in mounts:
        os.makedirs(target, exist_ok=True)
    system.call("mount", mounts=mounts)


def write_file(path, text):
    with open(path, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def coherence(**parameters):
    return seen.coherence(port, **parameters)


actions = {
    action.__name__: action
    for action in (ping, wake, mount_files, mount_controls, write_file, coherence, seen.wait_for, *workloads.actions)
}

# Disk contents read before the save must not be mixed with those after a resume.
workloads.drop_caches()
port.send({"parked": True})
while True:
    request = port.receive()
    answer = {"id": request["id"]}
    try:
        answer["result"] = actions[request["do"]](**request.get("with", {}))
    except Exception as error:  # every failure is sent as an answer
        answer["error"] = f"{type(error).__name__}: {error}"
    port.send(answer)
