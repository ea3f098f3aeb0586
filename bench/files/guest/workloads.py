"""What people and agents do with files, each timed in seconds."""

import ctypes
import os
import subprocess
import time

WARM = "/tmp/warm"
MIB = 1 << 20
GIT = ["git", "-c", "safe.directory=*"]

libc = ctypes.CDLL(None, use_errno=True)


def run(command, cwd="/"):
    """Seconds from start to end of a program that must succeed."""
    started = time.monotonic()
    result = subprocess.run(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    seconds = time.monotonic() - started
    if result.returncode != 0:
        raise OSError(f"{' '.join(command)}: {result.stderr.decode(errors='replace').strip()}")
    return seconds


def drop_caches():
    os.sync()
    # The first time only marks recently used entries as old.
    for _ in range(2):
        with open("/proc/sys/vm/drop_caches", "w") as file:
            file.write("3")


def make_cold():
    """Drops all files from the caches except programs, because loading those isn't measured."""
    if not os.path.isdir(WARM):
        os.makedirs(WARM)
        run([*GIT, "init", "-q", "."], WARM)
        with open(f"{WARM}/file", "wb") as file:
            file.write(b"x" * MIB)
        run([*GIT, "add", "-A"], WARM)
    drop_caches()
    run([*GIT, "status", "--porcelain"], WARM)
    run(["ls", "-lR", WARM])
    run(["dd", f"if={WARM}/file", f"of={WARM}/copy", "bs=1M", "conv=fsync"])
    # Dropping caches sends messages to the servers; wait until they are idle again.
    time.sleep(0.3)


def sync(path):
    folder = os.open(path, os.O_RDONLY)
    try:
        if libc.syncfs(folder) != 0:
            raise OSError(ctypes.get_errno(), "syncfs")
    finally:
        os.close(folder)


def git_status(path, cold):
    if cold:
        make_cold()
    else:
        run([*GIT, "status", "--porcelain"], path)
    return run([*GIT, "status", "--porcelain"], path)


def list_all(path, cold):
    if cold:
        make_cold()
    return run(["ls", "-lR", path])


def write_large(path, megabytes):
    if os.path.exists(path):
        os.remove(path)
    os.sync()
    return run(["dd", "if=/dev/zero", f"of={path}", "bs=1M", f"count={megabytes}", "conv=fsync"])


def read_large(path):
    make_cold()
    return run(["dd", f"if={path}", "of=/dev/null", "bs=1M"])


def small_files(path, count):
    """Creates, stats, reads and deletes files one after the other."""
    os.sync()
    started = time.monotonic()
    for index in range(count):
        name = f"{path}/small{index}"
        with open(name, "wb", buffering=0) as file:
            file.write(b"x" * 100)
        os.stat(name)
        with open(name, "rb", buffering=0) as file:
            file.read()
        os.remove(name)
    return time.monotonic() - started


def overwrite(path, count, size, seed):
    """Overwrites existing files and waits until the new contents are on the disk."""
    os.sync()
    started = time.monotonic()
    for index in range(count):
        with open(f"{path}/{index}", "wb", buffering=0) as file:
            file.write(bytes([(seed + index) % 256]) * size)
    sync(path)
    return time.monotonic() - started


actions = (git_status, list_all, write_large, read_large, small_files, overwrite)
