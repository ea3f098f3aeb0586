"""What an agent could try from its sandbox against the guest's kernel and the other tasks. Prints each attack's outcome.

Runs in a task's sandbox, and as the control in one without the walls, where each attack must succeed.
"""

import ctypes
import json
import mmap
import os
import signal
import socket
import sys

# System call numbers of x86-64
PTRACE, UNSHARE, KEYCTL, PROCESS_VM_READV, IO_URING_SETUP = 101, 272, 250, 310, 425
CLONE_NEWUSER, PTRACE_ATTACH, PTRACE_DETACH = 0x10000000, 16, 17
NETLINK_GENERIC, KEYCTL_GET_KEYRING_ID = 16, 0
PROCESSES, BYTES = 1100, 1400 * 1024 * 1024

libc = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    result = libc.syscall(number, *[ctypes.c_long(argument) for argument in arguments])
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result


def new_user_namespace():
    call(UNSHARE, CLONE_NEWUSER)


def trace_first_process():
    call(PTRACE, PTRACE_ATTACH, 1, 0, 0)
    os.waitpid(1, 0x40000000)
    call(PTRACE, PTRACE_DETACH, 1, 0, 0)


def write_first_process():
    open("/proc/1/mem", "rb+").close()


def read_another_process():
    source = ctypes.create_string_buffer(b"secret")
    target = ctypes.create_string_buffer(7)
    vector = ctypes.c_long * 2
    local, remote = vector(ctypes.addressof(target), 6), vector(ctypes.addressof(source), 6)
    call(PROCESS_VM_READV, os.getpid(), ctypes.addressof(local), 1, ctypes.addressof(remote), 1, 0)


def kernel_interfaces():
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_GENERIC).close()


def keys():
    call(KEYCTL, KEYCTL_GET_KEYRING_ID, -3, 1)


def io_uring():
    parameters = ctypes.create_string_buffer(120)
    call(IO_URING_SETUP, 1, ctypes.addressof(parameters))


def many_processes():
    children = []
    try:
        for _ in range(PROCESSES):
            child = os.fork()
            if child == 0:
                signal.pause()
            children.append(child)
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
        for child in children:
            os.waitpid(child, 0)


def much_memory():
    memory = mmap.mmap(-1, BYTES)
    for at in range(0, BYTES, mmap.PAGESIZE):
        memory[at] = 1


def outcome(attack):
    """Each runs in a process of its own, so that none can spoil another."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            attack()
            os.write(writer, b"succeeded")
        except OSError as error:
            os.write(writer, f"refused: {error.strerror}".encode())
        os._exit(0)
    os.close(writer)
    _, status = os.waitpid(child, 0)
    said = os.read(reader, 200).decode()
    os.close(reader)
    return said or f"ended by signal {os.WTERMSIG(status)}"


attacks = [
    new_user_namespace,
    trace_first_process,
    write_first_process,
    read_another_process,
    kernel_interfaces,
    keys,
    io_uring,
    many_processes,
    much_memory,
]
with open(f"{sys.argv[1]}.new", "w") as report:
    json.dump({attack.__name__: outcome(attack) for attack in attacks}, report)
os.rename(f"{sys.argv[1]}.new", sys.argv[1])
