"""Root in the guest, beside taskd, like an agent that broke out of its sandbox. Waits for a request to look.

The request is `root.json` in the folder of a task; the answers are `view.json` and `raw.json` in the task's outputs. With
`walls` in the request, it runs walls.py in a sandbox as bubblewrap makes it by itself, and the answer is `control.json`.
"""

import glob
import json
import os
import subprocess
import time

import raw
import view

REQUEST = f"{view.FILES}/*/folder/root.json"


def write(path, text):
    with open(f"{path}.new", "w") as file:
        file.write(text)
    os.rename(f"{path}.new", path)


def asked():
    while True:
        for path in glob.glob(REQUEST):
            with open(path) as file:
                return json.load(file)
        time.sleep(0.2)


def run_control(outputs):
    """The agent's user, in namespaces like a task's, without a filter, a control group or limits on namespaces and tracing."""
    with open("/proc/sys/kernel/yama/ptrace_scope", "w") as scope:
        scope.write("0")
    report = "/tmp/control.json"
    namespaces = ["--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-net"]
    command = ["bwrap", *namespaces, "--bind", "/", "/", "--proc", "/proc", "--dev", "/dev"]
    walls = os.path.join(os.path.dirname(os.path.abspath(__file__)), "walls.py")
    subprocess.run([*command, "python3", "-B", walls, report], user=1000, group=1000, extra_groups=[])
    with open(report) as file:
        write(f"{outputs}/control.json", file.read())


request = asked()
outputs = f"{view.FILES}/{request['task']}/outputs"
try:
    if request.get("walls"):
        run_control(outputs)
        raise SystemExit
    write(f"{outputs}/view.json", json.dumps(view.look(request)))
    raw.ask(request)
except Exception as error:  # the test must be able to say why there is no report
    print(f"root-probe: {type(error).__name__}: {error}", flush=True)
