"""Tests for one mutant in a fork of a process that has loaded everything else: a third of the processor time.

``forked.py serve SOCKET MODULE... [-- ARGUMENT...]`` imports the modules (none that depends on what is mutated) and
waits; for each request it forks a child that runs pytest. Where the extraction is among the modules, a run of pytest
with the arguments first finds what each text of the tests holds, and every child knows it. ``forked.py ask SOCKET
ARGUMENT...`` sends the arguments of one run and ends with pytest's exit status; run it with ``python -I -S``, so that
it starts at once.
"""

import contextlib
import importlib
import json
import os
import pickle
import signal
import socket
import sys
from pathlib import Path

LIMIT = 100  # seconds of processor time of one run; a mutant may loop for ever
EXTRACTING = "fazhi_analysis.extracting"


def serve(address: str, modules: list[str], arguments: list[str]) -> None:
    """Answer one request after the other until the process is ended."""
    for name in ("pytest", "hypothesis", "pandas", "yaml", *modules):
        importlib.import_module(name)
    if EXTRACTING in modules:
        remember(Path(f"{address}.extractions"), arguments)
    Path(address).unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(address)
        door.listen(1)
        while True:
            asked, _ = door.accept()
            with asked:
                asked.sendall(str(tested(json.loads(asked.recv(65536)))).encode())


def remember(kept: Path, arguments: list[str]) -> None:
    """Let every child know what each text of the tests holds, which no rule changes: found once, by a run of them."""
    module, known = importlib.import_module(f"{EXTRACTING}.extraction"), {}
    extract = module.extract

    def remembered(report: object) -> object:
        key = pickle.dumps(report)
        if key not in known:
            known[key] = extract(report)
        return known[key]

    module.extract = importlib.import_module(EXTRACTING).extract = remembered
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            importlib.import_module("pytest").main(["--assert=plain", *arguments])
        kept.write_bytes(pickle.dumps({key: pickle.dumps(found) for key, found in known.items()}))
        os._exit(0)
    os.waitpid(child, 0)
    for key, found in pickle.loads(kept.read_bytes()).items():
        with contextlib.suppress(ImportError):  # what holds a test's own object is found anew: no test is loaded here
            known[key] = pickle.loads(found)


def tested(arguments: list[str]) -> int:
    """Exit status of one run of pytest in a child, 1 where it takes too long or dies."""
    child = os.fork()
    if child == 0:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        status = 1
        with contextlib.suppress(BaseException):
            status = int(importlib.import_module("pytest").main(["--assert=plain", *arguments]))
        os._exit(status)
    _, how = os.waitpid(child, 0)
    return os.WEXITSTATUS(how) if os.WIFEXITED(how) else 1


def ask(address: str, arguments: list[str]) -> int:
    """Exit status of the tests."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(address)
        line.sendall(json.dumps(arguments).encode())
        return int(line.recv(16))


if __name__ == "__main__":
    what, address, *rest = sys.argv[1:]
    if what == "ask":
        sys.exit(ask(address, rest))
    modules, _, arguments = " ".join(rest).partition(" -- ")
    serve(address, modules.split(), arguments.split())
