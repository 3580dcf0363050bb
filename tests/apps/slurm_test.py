#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""kata archive on a Slurm cluster of three hosts, of which one loses its network and another its worker (kill -9) in the middle.

The results have the bytes of one process, none is missing, none doubled. Usage: slurm_test.py KATA DEMO-FOLDER; exit code 77: skipped.
"""
import hashlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import slurm_cluster

SKIPPED = 77
CLIPS = 12
CLIP_S = float(os.environ.get("KATA_CLIP_S", "3"))  # shorter where the machine is slow: a task must last long enough to be killed
TASKS = 6
PATIENCE_S = 240


def clips(demo, folder):
    for number in range(CLIPS):
        clip = ["learner", "teacher-right", "teacher-wrong"][number % 3]
        place = folder / f"person-{number % 4}" / f"clip-{number:02}.mp4"
        place.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["ffmpeg", "-v", "error", "-ss", str(number), "-i", demo / f"hammer-{clip}.mp4", "-t", str(CLIP_S), "-c:v", "mpeg4", "-q:v", "3",
                        place], check=True)


def results(out):
    return {str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(out.rglob("*")) if path.is_file() and ".archive" not in path.parts}


def records(out):
    found = {}
    for path in (out / ".archive/records").glob("*.json"):
        record = json.loads(path.read_text())
        assert record["path"] not in found, f"two records of {record['path']}"
        found[record["path"]] = record
    return found


def worker_on(host):
    """A worker's process id, by the claim that it keeps."""
    for claim in (OUT / ".archive/running").glob(f"{host}-*"):
        return int(claim.name.split("-")[-2])
    return None


def kill_worker(host, cluster):
    cluster.wait(lambda: worker_on(host) is not None, 60, f"a worker on {host}")
    os.kill(worker_on(host), signal.SIGKILL)


def inside(kata, demo, folder):
    """In the namespaces: the whole test."""
    global OUT
    videos, alone, OUT = folder / "videos", folder / "alone", folder / "out"
    clips(demo, videos)
    subprocess.run([kata, "archive", videos, "-o", alone, "--jobs", "1"], check=True, stdout=subprocess.DEVNULL)
    cluster = slurm_cluster.Cluster(folder / "cluster")
    cluster.build()
    began = time.monotonic()
    submit = [kata, "archive", videos, "-o", OUT, "--slurm", "--tasks", str(TASKS), "--partition", "main"]
    print(subprocess.run(submit, check=True, capture_output=True, text=True).stdout.strip(), flush=True)
    kill_worker("node1", cluster)
    cluster.wait(lambda: worker_on("node2") is not None, 60, "a worker on node2")
    cluster.cut("node2")
    cut = time.monotonic()
    cluster.wait(lambda: not cluster.run("squeue", "-h", "--array").strip(), PATIENCE_S, "the end of all tasks")
    print(f"all tasks ended {time.monotonic() - cut:.0f} s after the cut, {time.monotonic() - began:.0f} s after the start")
    assert results(OUT) == results(alone), "other results than of one process"
    done = records(OUT)
    assert len(done) == CLIPS and all(record["state"] == "done" for record in done.values()), done
    hosts = {record["host"] for record in done.values()}
    assert len(hosts) >= 2, hosts
    said = subprocess.run([kata, "archive", "status", OUT], check=True, capture_output=True, text=True).stdout
    assert f"{CLIPS} units: {CLIPS} done, 0 failed" in said, said
    again = subprocess.run(submit, check=True, capture_output=True, text=True)
    assert "nothing is left" in again.stderr, again
    print("the cluster's results are those of one process, done on", ", ".join(sorted(hosts)))


def main():
    kata, demo = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    if len(sys.argv) > 3:
        return inside(kata, demo, pathlib.Path(sys.argv[3]))
    reason = slurm_cluster.why_not()
    if reason:
        print("skipped:", reason)
        return sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run([*slurm_cluster.namespaces(), sys.executable, __file__, kata, demo, folder])
    sys.exit(run.returncode)


main()
