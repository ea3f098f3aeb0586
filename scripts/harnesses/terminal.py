"""Runs a program in a terminal of its own. Standard input is typed; standard output gets what the program draws.

It answers the two questions that programs ask of a terminal, and ends the program's group when its own input ends.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios

ROWS, COLUMNS = 50, 200
ANSWERS = {b"\x1b[6n": b"\x1b[1;1R", b"\x1b[c": b"\x1b[?62c"}


def main():
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(sys.argv[1], sys.argv[1:])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    os.kill(child, signal.SIGWINCH)
    while True:
        ready, _, _ = select.select([terminal, 0], [], [])
        if terminal in ready:
            try:
                drawn = os.read(terminal, 65536)
            except OSError:
                break
            if not drawn:
                break
            os.write(1, drawn)
            for question, answer in ANSWERS.items():
                for _ in range(drawn.count(question)):
                    os.write(terminal, answer)
        if 0 in ready:
            typed = os.read(0, 4096)
            if not typed:
                os.killpg(child, signal.SIGKILL)
                break
            os.write(terminal, typed)
    os.waitpid(child, 0)


main()
