# SPDX-License-Identifier: MIT
"""One line per check, a summary, an exit code."""

from contextlib import contextmanager


class Skipped(Exception):
    """A check that cannot be made here, and why."""


class Report:
    def __init__(self):
        self.group = ""
        self.passed = 0
        self.skipped = 0
        self.failed = []

    @contextmanager
    def check(self, title):
        """Runs its block as one check; whatever the block raises is its result, and the next check goes on."""
        line = f"{self.group}: {title}"
        try:
            yield
        except Skipped as reason:
            self.skipped += 1
            print(f"skip  {line}: {reason}", flush=True)
        except Exception as error:  # A check may break in any way; the others still count.
            self.failed.append(line)
            print(f"FAIL  {line}: {type(error).__name__}: {error}", flush=True)
        else:
            self.passed += 1
            print(f"ok    {line}", flush=True)

    def finish(self):
        """Prints the summary. Returns the exit code: 0 where something was checked and nothing failed."""
        print(f"{self.passed} passed, {len(self.failed)} failed, {self.skipped} skipped")
        for line in self.failed:
            print(f"failed: {line}")
        return 0 if self.passed > 0 and not self.failed else 1


def expect(condition, said):
    if not condition:
        raise AssertionError(said)


def equal(actual, expected, what):
    expect(actual == expected, f"{what} is {actual!r}, expected {expected!r}")


def between(low, actual, high, what):
    expect(low <= actual <= high, f"{what} is {actual}, expected {low} to {high}")


def differences(actual, expected):
    """Entries of two dictionaries that are not the same, as one sentence; empty where there are none."""
    said = []
    for name in sorted(set(actual) | set(expected)):
        if name not in actual:
            said.append(f"{name} is missing")
        elif name not in expected:
            said.append(f"{name} is unknown to the facts")
        elif actual[name] != expected[name]:
            said.append(f"{name} is {actual[name]}, not {expected[name]}")
    more = f" … and {len(said) - 5} more" if len(said) > 5 else ""
    return "; ".join(said[:5]) + more
