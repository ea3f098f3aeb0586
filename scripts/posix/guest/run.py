"""Runs a suite twice: on the mount, and on the guest's own tmpfs as control. In a task's sandbox, in its folder.

run.py SUITE SECONDS [PART...]   writes results/SUITE.PLACE.jsonl; each part gets at most SECONDS
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

here = os.path.dirname(os.path.abspath(__file__))
folder = os.path.dirname(here)
sys.dont_write_bytecode = True


def environment(temporary):
    return {
        **os.environ,
        "TMPDIR": temporary,
        "HOME": temporary,
        "PYTHONPATH": os.path.join(here, "python"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def limited(words, seconds, **options):
    """Returns the exit code and the end of what was printed; None for a command that took too long."""
    child = subprocess.Popen(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True, **options
    )
    try:
        output, _ = child.communicate(timeout=seconds)
        return child.returncode, output.decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        output, _ = child.communicate()
        return None, output.decode("utf-8", "replace")


def ending(code, output, seconds):
    """What to say of a command that didn't succeed."""
    how = f"it took more than {seconds} s" if code is None else f"it ended with {code}"
    return f"{how}: {output.strip()[-600:]}"


def python(part, temporary, results, seconds):
    words = [sys.executable, "-B", os.path.join(here, "python-tests.py"), f"test.{part}", results]
    code, output = limited(words, seconds, cwd=temporary, env=environment(temporary))
    if code == 0:
        return []
    return [{"test": f"test.{part}", "outcome": "failed", "reason": ending(code, output, seconds)}]


runners = {"python": python}


def run(suite, part, place, base, seconds):
    results = os.path.join(folder, "results", f"{suite}.{place}.jsonl")
    temporary = tempfile.mkdtemp(prefix=f"{part}-", dir=base)
    started = time.monotonic()
    try:
        more = runners[suite](part, temporary, results, seconds)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    took = time.monotonic() - started
    with open(results, "a", encoding="utf-8") as file:
        for row in more:
            file.write(json.dumps(row) + "\n")
        file.write(json.dumps({"part": part, "seconds": round(took, 1)}) + "\n")
    print(f"{suite} {part} {place}: {took:.0f} s", flush=True)


def main():
    suite, seconds, *parts = sys.argv[1:]
    os.makedirs(os.path.join(folder, "results"), exist_ok=True)
    mount = os.path.join(folder, "mount")
    os.makedirs(mount, exist_ok=True)
    control = tempfile.mkdtemp(prefix="control-", dir="/tmp")
    for part in parts:
        run(suite, part, "control", control, int(seconds))
        run(suite, part, "mount", mount, int(seconds))


main()
