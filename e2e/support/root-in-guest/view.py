"""What root sees of the host in the guest's own view: mounts, devices, names, and where paths lead."""

import ctypes
import glob
import os

FILES = "/mnt/files"
# Names under which hosts usually share folders.
TAGS = ("workdir", "taskstate", "authstate", "share", "host0", "hostshare", "mnt", "root")

libc = ctypes.CDLL(None, use_errno=True)
libc.mount.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_ulong, ctypes.c_char_p]


def begin_of(path):
    """The first bytes of what a path leads to, or None when it can't be read."""
    try:
        with open(path, "rb") as file:
            return file.read(300).decode(errors="replace")
    except OSError:
        return None


def mounts():
    """[root within the file system, target, type, source] of each mount."""
    with open("/proc/self/mountinfo") as file:
        lines = [line.rstrip("\n").split(" - ") for line in file]
    return [[*left.split(" ")[3:5], *right.split(" ")[:2]] for left, right in lines]


def tree():
    """Everything below the file server's mount: each path with its kind and, for a file, its first bytes."""
    found = {}
    for folder, folders, files in os.walk(FILES):
        for name in folders + files:
            path = os.path.join(folder, name)
            shown = os.path.relpath(path, FILES)
            if os.path.islink(path):
                found[shown] = ["link", os.readlink(path)]
            elif os.path.isdir(path):
                found[shown] = ["folder", ""]
            else:
                found[shown] = ["file", begin_of(path)]
    return found


def devices():
    return {
        "disks": sorted(os.path.basename(path) for path in glob.glob("/sys/class/block/*")),
        "ports": sorted(begin_of(path).strip() for path in glob.glob("/sys/class/virtio-ports/*/name")),
        "virtio": sorted(int(begin_of(path), 16) for path in glob.glob("/sys/bus/virtio/devices/*/device")),
        "tags": [begin_of(path) for path in glob.glob("/sys/bus/virtio/devices/*/mount_tag")],
    }


def mounted_by_tag():
    """Shares of the host that could be mounted."""
    target = "/tmp/tag"
    os.makedirs(target, exist_ok=True)
    open_ones = []
    for tag in TAGS:
        for kind, data in (("9p", "trans=virtio,version=9p2000.L"), ("virtiofs", "")):
            if libc.mount(tag.encode(), target.encode(), kind.encode(), 0, data.encode()) == 0:
                open_ones.append(f"{kind} {tag}")
                libc.umount2(target.encode(), 2)
    return open_ones


def ways_to(path, folders):
    """All ways to a path of the host: as it is, through the roots of all processes, and up from every folder."""
    yield path
    for process in glob.glob("/proc/[0-9]*"):
        yield f"{process}/root{path}"
        yield f"{process}/cwd{path}"
    for folder in (FILES, *folders):
        yield f"{folder}{path}"
        for depth in (1, 2, 3, 4, 8, 16):
            yield f"{folder}/{'../' * depth}{path.lstrip('/')}"
            yield f"{folder}/{'../' * depth}{os.path.basename(path)}"


def ways_out(paths, found):
    """Ways to paths of the host that lead to something, and how many were tried."""
    folders = [f"{FILES}/{path}" for path, (kind, _) in found.items() if kind == "folder"]
    ways = [way for path in paths for way in ways_to(path, folders)]
    return {"tried": len(ways), "open": {way: begin_of(way) for way in ways if os.path.lexists(way)}}


def links(found):
    """Where each link in the host's folders leads, followed by the guest's kernel."""
    shown = {path: f"{FILES}/{path}" for path, (kind, _) in found.items() if kind == "link"}
    return {path: os.listdir(full) if os.path.isdir(full) else begin_of(full) for path, full in shown.items()}


def look(request):
    found = tree()
    return {
        "mounts": mounts(),
        "tree": found,
        "devices": devices(),
        "mountedByTag": mounted_by_tag(),
        "links": links(found),
        "closedTask": os.path.lexists(f"{FILES}/{request['closedTask']}"),
        "out": ways_out(request["outside"], found),
        "control": ways_out(request["inside"], found),
    }
