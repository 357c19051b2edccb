"""Processes that do what they are told to, in turns, for the scripts in Benchmarks."""

import os
import subprocess
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PYTHON = os.environ.get("PYTHON", "python3")


class Worker:
    """A process that answers each line with a line."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, line):
        # The threads of the one that answered before wait awake for some while, OpenBLAS's for a tenth of a
        # second: beside them two threads have one core.
        time.sleep(0.3)
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().split()

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def own():
    """Builds what is timed of ours, and says where it is; MODEL_SPEED names one that is there."""
    if "MODEL_SPEED" in os.environ:
        return os.environ["MODEL_SPEED"]
    build = ["swift", "build", "--package-path", ROOT, "-c", "release", "--product", "ModelSpeed"]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    return os.path.join(ROOT, ".build", "release", "ModelSpeed")


def pair(program, peer, threads):
    """Ours and the peer, each with so many threads."""
    script = os.path.join(ROOT, "Benchmarks", "peers", peer)
    return [Worker([program, str(threads)]), Worker([PYTHON, script, str(threads)])]
