"""Root in place of the pump: sends the host's file server FUSE requests that no kernel would send, through its port."""

import errno
import glob
import json
import os
import random
import select
import signal
import struct
import time

PORT = "/dev/virtio-ports/piwork.files"
LOOKUP, GETATTR, READLINK, SYMLINK, MKDIR, UNLINK, RENAME, LINK = 1, 3, 5, 6, 9, 10, 12, 13
OPEN, READ, WRITE, INIT, READDIR, CREATE = 14, 15, 16, 26, 28, 35
ROOT = 1
PATIENCE_S = 20
GUESSES = 4000


class Refused(Exception):
    """The server answered with an error; the message is its name."""


def end_pumps():
    """Only one process can open the port."""
    for exe in glob.glob("/proc/[0-9]*/exe"):
        try:
            if os.readlink(exe).startswith("/run/files-pump"):
                os.kill(int(exe.split("/")[2]), signal.SIGKILL)
        except OSError:
            pass


def open_port():
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return os.open(PORT, os.O_RDWR)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


class Server:
    def __init__(self):
        self.port = open_port()
        self.held = b""
        # Higher than any number the kernel used.
        self.unique = 1 << 40

    def send(self, opcode, node, body):
        self.unique += 2
        header = struct.pack("<IIQQIIII", 40 + len(body), opcode, self.unique, node % (1 << 64), 0, 0, 1, 0)
        message = header + body
        while message:
            message = message[os.write(self.port, message) :]
        return self.unique

    def receive(self):
        """The next answer as [unique, error, body]."""
        while len(self.held) < 16 or len(self.held) < struct.unpack_from("<I", self.held)[0]:
            if not select.select([self.port], [], [], PATIENCE_S)[0]:
                raise Refused("NOT ANSWERED")
            self.held += os.read(self.port, 1 << 20)
        length, error, unique = struct.unpack_from("<IiQ", self.held)
        body, self.held = self.held[16:length], self.held[length:]
        return unique, -error, body

    def ask(self, opcode, node, body):
        unique = self.send(opcode, node, body)
        while True:
            answered, error, answer = self.receive()
            if answered == unique:
                break
        if error:
            raise Refused(errno.errorcode.get(error, str(error)))
        return answer

    def init(self):
        self.ask(INIT, 0, struct.pack("<IIII", 7, 41, 1 << 17, 0xFFFFFFFF) + bytes(48))

    def lookup(self, node, name):
        (found,) = struct.unpack_from("<Q", self.ask(LOOKUP, node, name + b"\0"))
        if found == 0:
            raise Refused("ENOENT")  # this answer lets the kernel cache the missing name
        return found

    def walk(self, *names):
        node = ROOT
        for name in names:
            node = self.lookup(node, name.encode())
        return node

    def names(self, node):
        body = self.ask(READDIR, node, struct.pack("<QQIIQII", 0, 0, 1 << 16, 0, 0, 0, 0))
        found = []
        while body:
            (length,) = struct.unpack_from("<I", body, 16)
            found.append(body[24 : 24 + length].decode())
            body = body[(24 + length + 7) // 8 * 8 :]
        return sorted(name for name in found if name not in (".", ".."))

    def content(self, node):
        (handle,) = struct.unpack_from("<Q", self.ask(OPEN, node, struct.pack("<II", 0, 0)))
        return self.ask(READ, node, struct.pack("<QQIIQII", handle, 0, 1 << 16, 0, 0, 0, 0)).decode()

    def create(self, node, name):
        body = self.ask(CREATE, node, struct.pack("<IIII", os.O_RDWR | os.O_CREAT, 0o644, 0, 0) + name + b"\0")
        return struct.unpack_from("<Q", body, 128)[0]

    def write(self, handle, data):
        for at in range(0, len(data), 1 << 16):
            part = data[at : at + (1 << 16)]
            self.ask(WRITE, 0, struct.pack("<QQIIQII", handle, at, len(part), 0, 0, 0, 0) + part)

    def known(self, nodes):
        """Which of these numbers are in use; all are asked at the same time."""
        asked = {self.send(GETATTR, node, struct.pack("<IIQ", 0, 0, 0)): node for node in nodes}
        found = []
        while asked:
            unique, error, _ = self.receive()
            node = asked.pop(unique, None)
            if node is not None and not error:
                found.append(node)
        return found


def hostile_names(request):
    yield from (b"..", b".", b"", b"/", b"//", b"../..", b"..\\..", b"\xc0\xae\xc0\xae", b"..\xc0\xaf", b"~", b"a" * 5000)
    for path in request["outside"]:
        name = os.fsencode(path)
        yield from (name, name[1:], b"../" * 8 + name[1:], b"below/.." + name, b"./" + name, os.path.basename(name))
        yield from (b"proc/self/root" + name, b"folder link/" + os.path.basename(name), b"absolute link/" + name)
    yield from (request["closedTask"].encode(), b"../" + request["closedTask"].encode())
    yield from (f"../../{request['closedTask']}/folder".encode(), b"journal", b"host.json", b"tasks", b"tasks/..")


def try_names(server, request, nodes):
    """LOOKUPs of invalid names from every node; returns [node's name, name] of those that were answered."""
    tried, answered, errors = 0, [], set()
    for shown, node in nodes.items():
        for name in hostile_names(request):
            tried += 1
            try:
                server.lookup(node, name)
                answered.append([shown, name.decode(errors="replace")])
            except Refused as refusal:
                errors.add(str(refusal))
    return {"tried": tried, "answered": answered, "errors": sorted(errors)}


def try_making(server, request, nodes):
    """Changes with names that lead out; returns those that were done, or not answered."""
    done = []
    folder, outputs = nodes["folder"], nodes["outputs"]
    server.create(outputs, b"made.txt")
    made = server.lookup(outputs, b"made.txt")
    out = os.path.dirname(os.fsencode(request["outside"][0]))
    names = (b"..", b"../planted", b"../../planted", b"../" * 8 + out[1:] + b"/planted", out + b"/planted", b"a/planted")
    acts = {
        "create": lambda node, name: server.create(node, name),
        "mkdir": lambda node, name: server.ask(MKDIR, node, struct.pack("<II", 0o755, 0) + name + b"\0"),
        "symlink": lambda node, name: server.ask(SYMLINK, node, name + b"\0target\0"),
        "link": lambda node, name: server.ask(LINK, node, struct.pack("<Q", made) + name + b"\0"),
        "rename": lambda node, name: server.ask(RENAME, outputs, struct.pack("<Q", node) + b"made.txt\0" + name + b"\0"),
        "unlink": lambda node, name: server.ask(UNLINK, node, name + b"\0"),
    }
    for act, run in acts.items():
        for shown, node in {"folder": folder, "outputs": outputs, "folder link": nodes["folder link"]}.items():
            for name in names:
                try:
                    run(node, name)
                    done.append([act, shown, name.decode()])
                except Refused as refusal:
                    if str(refusal) == "NOT ANSWERED":
                        done.append([act, shown, f"{name.decode()}: not answered"])
    server.ask(UNLINK, outputs, b"made.txt\0")
    return done


def try_links(server, nodes):
    """The answers to opening a link itself, or looking below it."""
    answers = {}
    for shown in ("absolute link", "folder link", "relative link"):
        for act, run in {
            "open": lambda node: server.content(node),
            "lookup": lambda node: server.lookup(node, b"outside.txt"),
            "list": lambda node: ",".join(server.names(node)),
        }.items():
            try:
                answers[f"{act} {shown}"] = str(run(nodes[shown]))
            except Refused as refusal:
                answers[f"{act} {shown}"] = f"refused: {refusal}"
    return answers


def guess(server, nodes):
    """Numbers that are in use although the server never reported them."""
    told = {ROOT, *nodes.values()}
    near = {node + step for node in told for step in range(-64, 65)}
    numbers = random.Random(1)
    far = {numbers.getrandbits(bits) for bits in (8, 16, 32, 48, 53, 64) for _ in range(GUESSES // 6)}
    guesses = sorted((near | far) - told)
    found = [node for at in range(0, len(guesses), 64) for node in server.known(guesses[at : at + 64])]
    return {"tried": len(guesses), "found": found, "control": len(server.known(sorted(told))) == len(told)}


def ask(request):
    """Runs everything, and writes the report through the port too, because nothing is mounted by then."""
    end_pumps()
    server = Server()
    server.init()
    task = request["task"]
    report = {}
    nodes = {"root": ROOT, "task": server.walk(task)}
    for area in ("folder", "outputs", "uploads", "session"):
        nodes[area] = server.walk(task, area)
    for name in ("below", "inside.txt", "absolute link", "folder link", "relative link"):
        nodes[name] = server.walk(task, "folder", name)
    report["roots"] = server.names(ROOT)
    report["areas"] = server.names(nodes["task"])
    report["control"] = server.content(nodes["inside.txt"])
    report["target"] = server.ask(READLINK, nodes["absolute link"], b"").decode()
    # Numbers first: later lookups assign new ones.
    report["guesses"] = guess(server, nodes)
    report["names"] = try_names(server, request, nodes)
    report["links"] = try_links(server, nodes)
    report["made"] = try_making(server, request, nodes)
    server.write(server.create(nodes["outputs"], b"raw.json.new"), json.dumps(report).encode())
    server.ask(RENAME, nodes["outputs"], struct.pack("<Q", nodes["outputs"]) + b"raw.json.new\0raw.json\0")
