"""Runs a suite twice: on the mount, and on the guest's own tmpfs as control. In a task's sandbox, in its folder.

run.py SUITE SECONDS [PART...]   writes results/SUITE.PLACE.jsonl; each part gets at most SECONDS
"""

import json
import os
import re
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


def program(words, temporary, seconds):
    """A program of the suites' own, with the libraries that the guest doesn't have."""
    libraries = os.path.join(here, "lib")
    variables = {**environment(temporary), "LD_LIBRARY_PATH": libraries}
    name, *rest = words
    return limited([os.path.join(here, "bin", name), *rest], seconds, cwd=temporary, env=variables)


def row(test, outcome, reason=""):
    return {"test": test, "outcome": outcome, "reason": reason}


def fsx(part, temporary, results, seconds):
    """Random operations on one file, each checked; a part names its operations and the seed, such as ranges-3."""
    kind, seed = part.split("-")
    words = ["fsx", "-N", "1500", "-S", seed, "-f", os.path.join(here, "fsx", f"{kind}.toml"), "file"]
    code, output = program(words, temporary, seconds)
    return [row(part, "passed") if code == 0 else row(part, "failed", ending(code, output, seconds))]


def fio(part, temporary, results, seconds):
    """Writes blocks with checksums and reads them back."""
    words = ["fio", os.path.join(here, "fio", f"{part}.fio"), f"--directory={temporary}", "--aux-path=" + temporary]
    code, output = program(words, temporary, seconds)
    return [row(part, "passed") if code == 0 else row(part, "failed", ending(code, output, seconds))]


def stress(part, temporary, results, seconds):
    """One stressor of stress-ng, which checks what it does."""
    words = ["stress-ng", f"--{part}", "1", "--timeout", "8", "--verify", "--temp-path", temporary]
    if part in STRESSED_BYTES:
        words += [f"--{part}-bytes", STRESSED_BYTES[part]]
    code, output = program(words, temporary, seconds)
    # Its numbers for too little of something, and for what this kernel doesn't have.
    if code in (3, 4):
        return [row(part, "skipped", output.strip()[-400:])]
    return [row(part, "passed") if code == 0 else row(part, "failed", ending(code, output, seconds))]


def pjdfstest(part, temporary, results, seconds):
    """One system call after the other, in every way that POSIX says something about."""
    words = ["pjdfstest", "-c", os.path.join(here, "pjdfstest.toml"), "-p", temporary, f"{part}::"]
    code, output = program(words, temporary, seconds)
    rows, last = [], None
    for line in output.splitlines():
        found = re.match(r"(\w+(?:::\w+)+)\s+(ok|skipped|FAILED)\s*$", line)
        if found:
            outcome = {"ok": "passed", "skipped": "skipped", "FAILED": "failed"}[found[2]]
            last = row(found[1], outcome)
            rows.append(last)
        elif last and line.startswith("\t"):
            last["reason"] = (last["reason"] + " " + line.strip()).strip()[-600:]
    return rows or [row(part, "failed", ending(code, output, seconds))]


# Less than usual: the control is in memory. The least that each allows, or enough.
STRESSED_BYTES = {"hdd": "16M", "fallocate": "16M", "metamix": "16M", "copy-file": "128M"}

runners = {"python": python, "fsx": fsx, "fio": fio, "stress": stress, "pjdfstest": pjdfstest}


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
