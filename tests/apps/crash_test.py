#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills the real program with SIGKILL at random moments while it records, imports, labels and trains, and fills its disk.

After every kill the craft opens, SQLite's integrity check is ok, and every repetition that another process had seen in
it before is still there. Usage: crash_test.py KATA DEMO-FOLDER; KATA_CRASH_ROUNDS=200 is the acceptance figure.
"""
import contextlib
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from display import start_display

KATA = os.path.abspath(sys.argv[1])
DEMO = pathlib.Path(sys.argv[2]).resolve()
ROUNDS = int(os.environ.get("KATA_CRASH_ROUNDS", "16"))
QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def repetitions(craft):
    """What `kata show` lists, as another process sees it; empty while there is no craft."""
    if not craft.exists():
        return {}
    done = subprocess.run([KATA, "show", craft, "--json"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"kata show failed: {done.stderr}"
    return {each["id"]: each for each in json.loads(done.stdout)["repetitions"]}


def is_kept(repetition, now):
    """By its number, or as one of the same moment: a take that goes on is cut again, and its edges become better."""
    return repetition["id"] in now or any(
        each["take"] == repetition["take"] and each["movement"] == repetition["movement"]
        and each["label"] == repetition["label"] and each["start_s"] < repetition["end_s"]
        and each["end_s"] > repetition["start_s"] for each in now.values())


def beside(craft):
    return [name for name in os.listdir(craft.parent) if name.endswith(("-wal", "-shm", "-journal"))]


def check_sound(craft, seen, what):
    if not craft.exists():
        assert not seen, f"{what}: the craft is gone"
        return
    now = repetitions(craft)
    lost = [each for each in seen.values() if not is_kept(each, now)]
    assert not lost, f"{what}: repetitions are gone: {lost}; there are {list(now.values())}"
    database = sqlite3.connect(craft)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",), f"{what}: integrity"
    database.close()
    if beside(craft):  # an empty journal of the program that was killed goes with the next change
        subprocess.run([KATA, "restore", craft, str(min(now))], check=True, **QUIET)
    assert not beside(craft), f"{what}: left beside the craft: {beside(craft)}"


class Killed:
    """One command that is killed after some seconds, if it has not ended by then."""

    def __init__(self, craft, arguments, after_s, while_running=None):
        seen = repetitions(craft)
        process = subprocess.Popen([KATA, *map(str, arguments)], **QUIET)
        end = time.monotonic() + after_s
        while time.monotonic() < end and process.poll() is None:
            if while_running:
                while_running(process)
            # What is listed is committed.
            seen.update(repetitions(craft))
            time.sleep(min(0.05, max(0.0, end - time.monotonic())))
        self.was_running = process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.seen = seen


def csv_of(path, number):
    """Four repetitions of three frames in the prototype's layout, different in every file."""
    with open(path, "w", encoding="ascii") as file:
        for sequence in range(4):
            for frame in range(3):
                values = [((number * 7919 + sequence * 131 + frame * 17 + i) % 1000) / 1000 for i in range(300)]
                file.write(f"saw,{sequence % 2},{sequence}," + ",".join(map(str, values)) + "\n")


def kill_import(folder, craft, number):
    csv = folder / f"{number}.csv"
    csv_of(csv, number)
    killed = Killed(craft, ["import", craft, csv], random.uniform(0, 0.2))
    check_sound(craft, killed.seen, "import")
    assert len([1 for each in repetitions(craft).values() if each["movement"] == "saw"]) % 4 == 0, "half a file"
    return killed.was_running


def kill_record(folder, craft, _):
    arguments = ["teach", craft, "--movement", "hammer", "--right", f"live:{folder}/take.mp4", "--countdown", "0",
                 "--headless", "--mute"]
    killed = Killed(craft, arguments, random.uniform(0.3, 9))
    check_sound(craft, killed.seen, "record")
    return killed.was_running


def kill_train(_, craft, __):
    killed = Killed(craft, ["train", craft], random.uniform(0, 1.5))
    check_sound(craft, killed.seen, "train")
    return killed.was_running


class Labelling:
    """Presses keys that mark one repetition after the other."""

    def __init__(self):
        self.keys = []

    def __call__(self, _):
        window = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "^Kata label$"], capture_output=True,
                                text=True, check=False).stdout.split()
        if not window:
            return
        subprocess.run(["xdotool", "windowfocus", window[-1]], check=False, **QUIET)
        if not self.keys:
            self.keys = [random.choice("rw"), *["Right"] * 4, "s", "bracketright", "Right", "Right"]
        subprocess.run(["xdotool", "key", "--clearmodifiers", self.keys.pop(0)], check=False, **QUIET)


def kill_label(folder, craft, number):
    video = folder / f"label-{number}.mp4"
    shutil.copy(folder / "tiny.mp4", video)
    killed = Killed(craft, ["label", craft, "--movement", "nail", video], random.uniform(1, 9), Labelling())
    check_sound(craft, killed.seen, "label")
    return killed.was_running


def prepare(folder):
    source = DEMO / "hammer-teacher-right.mp4"
    for name, seconds in (("take.mp4", "7"), ("tiny.mp4", "2")):
        subprocess.run(["ffmpeg", "-v", "error", "-i", source, "-t", seconds, "-c", "copy", folder / name], check=True)


def kill_at_random(folder):
    craft = folder / "c.kata"
    csv_of(folder / "first.csv", 4711)
    subprocess.run([KATA, "import", craft, folder / "first.csv"], check=True, **QUIET)
    jobs = [kill_import, kill_record, kill_train]
    server = start_display(900) if shutil.which("Xvfb") and shutil.which("xdotool") else None
    if server:
        jobs.append(kill_label)
    killed = dict.fromkeys((job.__name__ for job in jobs), 0)
    try:
        for number in range(ROUNDS):
            job = jobs[number % len(jobs)]
            killed[job.__name__] += job(folder, craft, number)
    finally:
        if server:
            server.terminate()
            server.wait()
            os.environ.pop("DISPLAY")
    print(f"{ROUNDS} rounds, killed while at work: {killed}; {len(repetitions(craft))} repetitions in the craft")
    few = ROUNDS < 100  # then chance may let one command end in time each time
    assert any(killed.values()) if few else all(killed.values()), "killed at least once before it ended"


def fill_up(path):
    with open(path, "ab", buffering=0) as filler, contextlib.suppress(OSError):
        while True:
            filler.write(b"x" * 4096)


def on_a_full_disk(folder):
    """Every command on a disk without room: one sentence, and the craft is as it was."""
    disk = folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], check=False, **QUIET)
    if mounted.returncode != 0:
        print("a full disk: skipped, needs the right to mount a small tmpfs")
        return
    try:
        craft = disk / "c.kata"
        shutil.copy(folder / "small.kata", craft)
        before = craft.read_bytes()
        csv_of(folder / "last.csv", 815)
        for arguments in (["import", craft, folder / "last.csv"], ["train", craft],
                          ["teach", craft, "--movement", "hammer", "--right", folder / "take.mp4"],
                          ["relabel", craft, "1", "--right"], ["new", disk / "new.kata"],
                          ["export", craft, "-o", disk / "out.csv", "--format", "prototype"],
                          ["record", disk / "out.mp4", folder / "take.mp4"]):
            fill_up(disk / "filler")
            done = subprocess.run([KATA, *map(str, arguments)], capture_output=True, text=True, check=False)
            what = f"{arguments[0]} on a full disk: {done.stdout}{done.stderr}"
            assert done.returncode == 1, what
            assert "full" in done.stderr and "internal error" not in done.stderr, what
            assert sorted(os.listdir(disk)) == ["c.kata", "filler"], f"{what} {os.listdir(disk)}"
            assert craft.read_bytes() == before, what
        print("a full disk: every command says so and changes nothing")
    finally:
        subprocess.run(["umount", disk], check=False)


def main():
    random.seed(int(os.environ.get("KATA_CRASH_SEED", time.time())))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        prepare(folder)
        for number in (1, 2):
            csv_of(folder / "small.csv", number)
            subprocess.run([KATA, "import", folder / "small.kata", folder / "small.csv"], check=True, **QUIET)
        on_a_full_disk(folder)
        kill_at_random(folder)


main()
