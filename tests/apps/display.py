# SPDX-License-Identifier: Apache-2.0
"""An X server for tests that open windows."""
import os
import subprocess


def start_display(height):
    """A server that is ready; DISPLAY names it. It does not start anew when its last client goes: it would refuse whoever
    comes in that moment."""
    reads, writes = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writes), "-screen", "0", f"1280x{height}x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[writes], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writes)
    with os.fdopen(reads) as report:
        os.environ["DISPLAY"] = ":" + report.readline().strip()
    return server
