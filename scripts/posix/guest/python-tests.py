"""Runs one test module of CPython's in the working directory and writes one JSON line per test.

python-tests.py MODULE RESULTS
"""

import importlib
import json
import os
import sys
import unittest

module_name, results_path = sys.argv[1:3]
results = open(results_path, "a", encoding="utf-8", buffering=1)


def write(test, outcome, reason=""):
    results.write(json.dumps({"test": str(test.id()), "outcome": outcome, "reason": str(reason)[-600:]}) + "\n")


class Recorder(unittest.TestResult):
    """A test counts once: a failed part of it fails the whole."""

    def startTest(self, test):
        super().startTest(test)
        self.failed_parts = []
        self.is_reported = False

    def report(self, test, outcome, reason=""):
        self.is_reported = True
        write(test, outcome, reason)

    def addSuccess(self, test):
        if self.failed_parts:
            self.report(test, "failed", "; ".join(self.failed_parts))
        elif not self.is_reported:
            self.report(test, "passed")

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.failed_parts.append(f"{subtest._subDescription()}: {err[0].__name__}: {err[1]}"[:200])

    def stopTest(self, test):
        if not self.is_reported:
            self.report(test, "failed" if self.failed_parts else "passed", "; ".join(self.failed_parts))
        super().stopTest(test)

    def addError(self, test, err):
        self.report(test, "failed", f"{err[0].__name__}: {err[1]}")

    addFailure = addError

    def addSkip(self, test, reason):
        if not self.is_reported:
            self.report(test, "skipped", reason)

    def addExpectedFailure(self, test, err):
        self.report(test, "passed")

    def addUnexpectedSuccess(self, test):
        self.report(test, "failed", "it succeeded, which it isn't expected to")


def main():
    from test import support

    # Nothing that takes minutes or much memory, and no network.
    support.use_resources = []
    support.verbose = False
    try:
        module = importlib.import_module(module_name)
    except unittest.SkipTest as skip:
        results.write(json.dumps({"test": module_name, "outcome": "skipped", "reason": str(skip)}) + "\n")
        return
    recorder = Recorder()
    unittest.defaultTestLoader.loadTestsFromModule(module).run(recorder)
    os.chdir("/")


# Some tests start processes that import the main module again.
if __name__ == "__main__":
    main()
