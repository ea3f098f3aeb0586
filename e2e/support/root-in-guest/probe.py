"""Root in the guest, beside taskd, like an agent that broke out of its sandbox. Waits for a request to look.

The request is `root.json` in the folder of a task; the answers are `view.json` and `raw.json` in the task's outputs.
"""

import glob
import json
import os
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


request = asked()
outputs = f"{view.FILES}/{request['task']}/outputs"
try:
    write(f"{outputs}/view.json", json.dumps(view.look(request)))
    raw.ask(request)
except Exception as error:  # the test must be able to say why there is no report
    print(f"root-probe: {type(error).__name__}: {error}", flush=True)
