# SPDX-License-Identifier: Apache-2.0
"""A display of its own for what is measured with a window."""
import contextlib
import os
import shutil
import subprocess
import sys


@contextlib.contextmanager
def display():
    """Its name, such as ":1"; an Xvfb that lives as long as the block."""
    if not shutil.which("Xvfb"):
        sys.exit("needs Xvfb")
    reads, writes = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(writes), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
                              pass_fds=[writes], stderr=subprocess.DEVNULL)
    os.close(writes)
    try:
        with os.fdopen(reads) as report:
            yield ":" + report.readline().strip()
    finally:
        server.terminate()
        server.wait()
