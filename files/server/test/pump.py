"""Mounts /dev/fuse on a folder as the guest does, and moves its messages to and from a unix socket, as its pump does."""
import ctypes
import os
import queue
import re
import socket
import struct
import sys
import threading

socket_path, mount_point = sys.argv[1:]
carrier = socket.socket(socket.AF_UNIX)
carrier.connect(socket_path)
device = os.open('/dev/fuse', os.O_RDWR)
with open(os.path.join(os.path.dirname(__file__), '../../../guest/taskd/system-calls.py')) as guest:
    found = re.search('^FUSE_OPTIONS = "(.+)"$', guest.read(), re.MULTILINE)
    options = f'fd={device},{found[1]}'
libc = ctypes.CDLL(None, use_errno=True)
nosuid_nodev = 6
if libc.mount(b'piwork', mount_point.encode(), b'fuse', nosuid_nodev, options.encode()) != 0:
    sys.exit(f'mount: {os.strerror(ctypes.get_errno())}')

# A notification may wait for a lock that only a reply releases.
notifications = queue.SimpleQueue()


def to_kernel(message):
    try:
        os.write(device, message)
    except OSError as error:
        # The kernel no longer knows the request or the name.
        if os.environ.get('PUMP_DEBUG'):
            print('pump: write', error, file=sys.stderr)


def notify():
    while True:
        to_kernel(notifications.get())


def replies():
    stream = carrier.makefile('rb', buffering=1 << 21)
    while True:
        header = stream.read(16)
        if len(header) < 16:
            os._exit(0)
        length, _, unique = struct.unpack('<IiQ', header)
        message = header + stream.read(length - 16)
        if unique == 0:
            notifications.put(message)
        else:
            to_kernel(message)


threading.Thread(target=notify, daemon=True).start()
threading.Thread(target=replies, daemon=True).start()
print('mounted', flush=True)
while True:
    try:
        carrier.sendall(os.read(device, 2 << 20))
    except OSError:
        # Unmounted, or the server is gone.
        os._exit(0)
