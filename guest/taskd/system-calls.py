"""Makes the few system calls that Node doesn't have, for taskd: one JSON request per line, one JSON answer per line.

Starts before the template is saved, so that nothing waits for an interpreter or a `mount` process after a resume.

    {"call": "wake", "nowMs": N, "entropy": BASE64}     set the clock, feed and reseed the random pool
    {"call": "mount", "mounts": [[source, target, type, flags, data], ...]}
    {"call": "prepare_files", "port": PATH, "target": PATH}    do the part that a template can contain
    {"call": "serve_files", "port": PATH, "target": PATH}   mount the host's files, served over a port
    {"call": "bind", "bindings": [[source, target, isReadOnly], ...]}
    {"call": "unmount", "target": PATH}                 lazily, with all mounts below
"""

import base64
import ctypes
import fcntl
import glob
import json
import os
import select
import signal
import struct
import sys
import time

RNDADDENTROPY = 0x40085203
RNDRESEEDCRNG = 0x5207
MNT_DETACH = 2
FLAGS = {"ro": 1, "nosuid": 2, "nodev": 4, "shared": 1 << 20}

# The newer mount calls, which not every libc has; their numbers are the same on all architectures.
OPEN_TREE, MOVE_MOUNT, MOUNT_SETATTR = 428, 429, 442
AT_FDCWD, AT_EMPTY_PATH = -100, 0x1000
OPEN_TREE_CLONE = 1
MOVE_MOUNT_F_EMPTY_PATH = 4
MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID, MOUNT_ATTR_NODEV = 1, 2, 4

F_SETPIPE_SZ = 1031
# Bytes of notifications that may wait for a folder's lock: about 20,000 notifications.
WAITING_BYTES = 1 << 20
PORT_PATIENCE_S = 10
# A file server message carries up to 1 MiB and each round trip is slow, so let the kernel request that much at a time.
# Also let it collect more dirty memory than its default of 1 %, which is meant for servers that may not write it.
READ_AHEAD_KIB, DIRTY_PERCENT = 1024, 50

# Without default_permissions: the server checks rights by a file's mode, with fewer messages (files/server/rights.ts).
FUSE_OPTIONS = "rootmode=40000,user_id=0,group_id=0,allow_other"

CLOCK_READINGS, CLOCK_TOLERANCE_NS = 5, 1_000_000_000

PUMP_SOURCE, PUMP = "/opt/piwork/files-pump.c", "/run/files-pump"

tcc = ["tcc", "-nostdlib", "-o", PUMP, PUMP_SOURCE, *glob.glob("/usr/lib/*-linux-gnu/libc.so.6")]
if os.spawnvp(os.P_WAIT, "tcc", tcc) != 0:
    sys.exit("the pump of the file server could not be compiled")

libc = ctypes.CDLL(None, use_errno=True)
libc.mount.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_ulong, ctypes.c_char_p]
libc.umount2.argtypes = [ctypes.c_char_p, ctypes.c_int]


def encode(text):
    return None if text is None else os.fsencode(text)


def check(result, what):
    if result != 0:
        raise OSError(f"{what}: {os.strerror(ctypes.get_errno())}")


def wake(request):
    time.clock_settime(time.CLOCK_REALTIME, request["nowMs"] / 1000)
    seed = base64.b64decode(request["entropy"])
    with open("/dev/urandom", "wb", buffering=0) as pool:
        fcntl.ioctl(pool, RNDADDENTROPY, struct.pack("ii", len(seed) * 8, len(seed)) + seed)
        fcntl.ioctl(pool, RNDRESEEDCRNG)


def mount(request):
    for source, target, kind, names, data in request["mounts"]:
        flags = 0
        for name in names:
            flags |= FLAGS[name]
        what = f"cannot mount {source} at {target}"
        check(libc.mount(encode(source), encode(target), encode(kind), flags, encode(data)), what)


def bind(request):
    """Sets the rights before the mount is attached: a later change wouldn't reach the sandboxes, because only the mount
    itself is propagated to them."""
    for source, target, is_read_only in request["bindings"]:
        what = f"cannot bind {source} at {target}"
        rights = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | (MOUNT_ATTR_RDONLY if is_read_only else 0)
        attributes = struct.pack("QQQQ", rights, 0, 0, 0)
        tree = libc.syscall(OPEN_TREE, AT_FDCWD, encode(source), OPEN_TREE_CLONE | os.O_CLOEXEC)
        check(min(tree, 0), what)
        try:
            check(libc.syscall(MOUNT_SETATTR, tree, b"", AT_EMPTY_PATH, attributes, len(attributes)), what)
            check(libc.syscall(MOVE_MOUNT, tree, b"", AT_FDCWD, encode(target), MOVE_MOUNT_F_EMPTY_PATH), what)
        finally:
            os.close(tree)


def tell_kernel(fuse, waiting):
    """Passes notifications to the kernel until the pump has ended. Each may wait for a folder's lock."""
    held = b""
    while chunk := os.read(waiting, WAITING_BYTES):
        held += chunk
        while len(held) >= 4 and len(held) >= (length := int.from_bytes(held[:4], sys.byteorder)):
            message, held = held[:length], held[length:]
            try:
                os.write(fuse, message)
            except OSError:
                pass  # the kernel doesn't know this file


def use_long_messages(target):
    """Call it after the mount's first use: the agreement between kernel and server at that time would undo it."""
    device = os.stat(target).st_dev
    limits = {"read_ahead_kb": READ_AHEAD_KIB, "strict_limit": 0, "max_ratio": DIRTY_PERCENT}
    for name, value in limits.items():
        with open(f"/sys/class/bdi/{os.major(device)}:{os.minor(device)}/{name}", "w") as file:
            file.write(str(value))


def wait_for_host(port, path):
    """Right after a resume, the host's end isn't there yet for a moment."""
    poll = select.poll()
    poll.register(port, 0)
    until = time.monotonic() + PORT_PATIENCE_S
    while poll.poll(0):
        if time.monotonic() > until:
            raise OSError(f"nobody is at the host's end of {path}")
        time.sleep(0.005)


def mount_fuse(fuse, target):
    options = f"fd={fuse},{FUSE_OPTIONS}"
    flags = FLAGS["nosuid"] | FLAGS["nodev"]
    what = f"cannot mount the host's files at {target}"
    check(libc.mount(b"piwork", encode(target), b"fuse", flags, encode(options)), what)


def follow_clock(target):
    """Sets the clock by the host's, which is the access time of the mount's root: it is asked for each time.

    The time in "wake" is late by the time its message took. A file that is created has the host's time, and one that is
    written the guest's, so a difference would let a change look older than the file. The clock never goes back a little:
    programs compare times."""
    found = []
    for _ in range(CLOCK_READINGS):
        before = time.time_ns()
        host = os.stat(target).st_atime_ns
        after = time.time_ns()
        found.append((after - before, host - (before + after) // 2))
    took, late = min(found)
    if late > took or late < -CLOCK_TOLERANCE_NS:
        time.clock_settime_ns(time.CLOCK_REALTIME, time.time_ns() + late)


def rehearse_mount(target):
    """The kernel's first mount takes longer than later ones. Nobody uses this one, and it is removed immediately."""
    fuse = os.open("/dev/fuse", os.O_RDWR | os.O_CLOEXEC)
    try:
        mount_fuse(fuse, target)
        unmount({"target": target})
    finally:
        os.close(fuse)


class Pump:
    """Carries a mount's messages with two processes. They are forked before the mount is needed, because that is slow.

    They end with the host or the mount, or when the mount never comes. Requests that still wait then fail, because
    nobody has /dev/fuse open."""

    def __init__(self, path):
        self.path = path
        self.port = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        self.fuse = os.open("/dev/fuse", os.O_RDWR | os.O_CLOEXEC)
        self.awaited, self.mounted = os.pipe()
        if os.fork() == 0:
            try:
                self.pass_on()
            finally:
                os._exit(0)
        os.close(self.awaited)

    def pass_on(self):
        os.close(self.mounted)
        waiting, notifications = os.pipe()
        fcntl.fcntl(notifications, F_SETPIPE_SZ, WAITING_BYTES)
        self.start_carrier(notifications)
        for descriptor in (self.port, self.awaited, notifications):
            os.close(descriptor)
        tell_kernel(self.fuse, waiting)

    def start_carrier(self, notifications):
        os.set_blocking(self.port, False)
        os.set_blocking(self.fuse, False)
        if os.fork() == 0:
            try:
                for place, descriptor in enumerate([self.port, self.fuse, notifications, self.awaited]):
                    os.dup2(descriptor, 100 + place)
                for place, number in enumerate([0, 1, 3, 4]):
                    os.dup2(100 + place, number)
                os.closerange(5, 200)
                os.execv(PUMP, [PUMP])
            finally:
                os._exit(1)

    def mount(self, target):
        try:
            wait_for_host(self.port, self.path)
            mount_fuse(self.fuse, target)
            os.write(self.mounted, b"!")
        finally:
            for descriptor in (self.port, self.fuse, self.mounted):
                os.close(descriptor)


# Pumps that wait for their mount, by port.
parked = {}


def prepare_files(request):
    rehearse_mount(request["target"])
    parked[request["port"]] = Pump(request["port"])


def serve_files(request):
    pump = parked.pop(request["port"], None) or Pump(request["port"])
    pump.mount(request["target"])
    new_mounts.append(request["target"])


def unmount(request):
    check(libc.umount2(encode(request["target"]), MNT_DETACH), f"cannot unmount {request['target']}")


# Mounts of the host's files that nothing was bound from yet.
new_mounts = []
# Where the host's files are mounted.
files_root = None
calls = {call.__name__: call for call in (wake, mount, prepare_files, serve_files, bind, unmount)}

# Nobody waits for children that end.
signal.signal(signal.SIGCHLD, signal.SIG_IGN)

for line in sys.stdin:
    try:
        request = json.loads(line)
        calls[request["call"]](request)
        answer = {"ok": True}
    except Exception as error:  # report every failure and serve the next request
        answer = {"ok": False, "message": str(error)}
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
    if request["call"] == "bind" and answer["ok"]:
        # After the answer, so that nobody waits for it.
        while new_mounts:
            files_root = new_mounts.pop()
            try:
                use_long_messages(files_root)
            except OSError as error:
                print(f"large files of the host are slow: {error}", file=sys.stderr, flush=True)
        try:
            if files_root:
                follow_clock(files_root)
        except OSError as error:
            print(f"the clock isn't the host's: {error}", file=sys.stderr, flush=True)
