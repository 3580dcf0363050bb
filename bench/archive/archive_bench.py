#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""kata archive over clips: frames a second of one process and of two, how well work spreads over hosts, planning and status of 10,000 units.

Usage: archive_bench.py KATA CLIP…  A simulated host is a process that does its part of the plan and shares only the folder.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

KATA, CLIPS = os.path.abspath(sys.argv[1]), [pathlib.Path(clip).resolve() for clip in sys.argv[2:]]
HOSTS = (1, 2, 4)
MANIFEST_LINES = 10_000


def figure(name, value, unit, better):
    print(f"figure\t{name}\t{value:.6g}\t{unit}\t{better}", flush=True)


def manifest(folder, copies):
    """Every clip so many times, each under a name of its own (a link: the content is one)."""
    (folder / "clips").mkdir(exist_ok=True)
    rows = ["path"]
    for copy in range(copies):
        for clip in CLIPS:
            name = f"clips/{copy}-{clip.name}"
            if not (folder / name).exists():
                (folder / name).symlink_to(clip)
            rows.append(name)
    path = folder / f"list-{copies}.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


def records(out):
    return [json.loads(path.read_text()) for path in (out / ".archive/records").glob("*.json")]


def timed(words):
    began = time.monotonic()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - began


def frames_a_second(folder, name, jobs, threads, copies):
    out = folder / name
    wall = timed([KATA, "archive", manifest(folder, copies), "-o", out, "--jobs", str(jobs), "--threads", str(threads)])
    return sum(record["frames"]["all"] for record in records(out)) / wall


def efficiency(folder, hosts):
    """Time in workers / (hosts × wall), with one unit's worth of clips for each host."""
    out = folder / f"hosts-{hosts}"
    subprocess.run([KATA, "archive", "plan", manifest(folder, hosts), "-o", out], check=True, stdout=subprocess.DEVNULL)
    began = time.monotonic()
    parts = [subprocess.Popen([KATA, "archive", "part", out, str(host), str(hosts)]) for host in range(hosts)]
    assert all(part.wait() == 0 for part in parts)
    wall = time.monotonic() - began
    return sum(record["seconds"] for record in records(out)) / (hosts * wall), wall


def large_plan(folder):
    rows = ["path,person,movement,label"] + [f"clips/{i}.mp4,Ann,saw,right" for i in range(MANIFEST_LINES)]
    (folder / "large.csv").write_text("\n".join(rows) + "\n")
    out = folder / "large"
    figure("plan of 10,000 lines", timed([KATA, "archive", "plan", folder / "large.csv", "-o", out]), "s", "lower")
    unit = records(folder / "one process")[0]
    lines = (out / ".archive/plan.csv").read_text().splitlines()[1:]
    for line in lines:
        record = {**unit, "unit": line.split(",")[0], "path": line.split(",")[4]}
        (out / ".archive/records" / f"{record['unit']}.json").write_text(json.dumps(record))
    figure("status of 10,000 units", timed([KATA, "archive", "status", out]), "s", "lower")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        frames_a_second(folder, "warm-up", 2, 1, 1)
        figure("one process, one thread", frames_a_second(folder, "one thread", 1, 1, 1), "frames/s", "higher")
        figure("one process", frames_a_second(folder, "one process", 1, 2, 1), "frames/s", "higher")
        figure("two processes", frames_a_second(folder, "two processes", 2, 1, 1), "frames/s", "higher")
        for hosts in HOSTS:
            share, wall = efficiency(folder, hosts)
            figure(f"{hosts} hosts, {hosts * len(CLIPS)} videos, efficiency", share, "", "higher")
            figure(f"{hosts} hosts, {hosts * len(CLIPS)} videos, wall", wall, "s", "lower")
        large_plan(folder)


main()
