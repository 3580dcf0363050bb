#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sittings are kept, shown, exported and deleted: progress_test.py KATA DEMO-FOLDER CRAFT API-FOLDER"""
import csv
import io
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

KATA = os.path.abspath(sys.argv[1])
DEMO, CRAFT, API = (pathlib.Path(word).resolve() for word in sys.argv[2:5])


def kata(*words, code=0):
    done = subprocess.run([KATA, *map(str, words)], capture_output=True, text=True, check=False)
    assert done.returncode == code, f"{words}: {done.returncode}, not {code}\n{done.stdout}{done.stderr}"
    return done


def check_schema(text):
    try:
        import jsonschema
    except ImportError:
        print("NOT CHECKED: the schema; python3-jsonschema is not installed")
        return
    jsonschema.validate(json.loads(text), json.loads((API / "progress.schema.json").read_text()))


def check_kept(folder, craft, track):
    watched = kata("watch", craft, track, "--headless", "--jsonl", folder / "a.jsonl", "--learner", "Ann")
    assert "kept in" in watched.stderr, watched.stderr
    kata("watch", craft, track, "--headless", "--learner", "Ben")
    lines = [json.loads(line) for line in (folder / "a.jsonl").read_text().splitlines()]
    expected = [line for line in lines if line["event"] == "repetition"]
    rows = list(csv.DictReader(io.StringIO(kata("progress", folder, "--csv", "-", "--learner", "Ann").stdout)))
    assert len(rows) == len(expected) >= 8, (len(rows), len(expected))
    for row, line in zip(rows, expected):
        assert (row["verdict"], int(row["mark"]), row["movement"]) == (line["verdict"], line["score"], line["movement"]), (row, line)
        assert abs(float(row["start_s"]) - line["start_s"]) < 2e-3, (row, line)
    text = kata("progress", craft, "--json").stdout
    check_schema(text)
    told = json.loads(text)
    assert told["learners"] == ["Ann", "Ben"], told["learners"]
    points = told["movements"][0]["points"]
    assert [point["with_help"]["repetitions"] for point in points] == [len(rows)] * 2, points
    assert told["drills"] and told["drills"][0]["wrong"] >= 1, told["drills"]
    shown = kata("progress", folder).stdout
    assert "practise next: hammer" in shown and "Ann" in shown, shown


def check_feedback(folder, craft, track):
    """What is not told is counted and written all the same."""
    def verdicts(*words):
        shown = kata("watch", craft, track, "--headless", "--jsonl", folder / "f.jsonl", *words).stdout.splitlines()
        lines = [json.loads(line) for line in (folder / "f.jsonl").read_text().splitlines()]
        told = [line for line in shown if " s  hammer " in line and "not this movement" not in line]
        return told, [line for line in lines if line["event"] == "repetition"]
    told, all_of_them = verdicts()
    assert len(told) == len(all_of_them) >= 8, "in a film every repetition is told"
    assert verdicts("--feedback", "summary") == ([], all_of_them)
    below = [line for line in all_of_them if line["score"] < 50]
    told, written = verdicts("--feedback", "band", "--band", "50")
    assert len(told) == len(below) < len(all_of_them) and written == all_of_them, told


def check_not_kept(folder, craft, track):
    before = (folder / "progress.db").read_bytes()
    kata("watch", craft, track, "--headless")  # a film, and nobody says whose
    kata("watch", craft, track, "--headless", "--learner", "Ann", "--no-progress")
    assert (folder / "progress.db").read_bytes() == before


def check_sudden_end(folder, craft):
    place = folder / "killed.db"
    run = subprocess.Popen([KATA, "watch", craft, f"live:{DEMO / 'hammer-learner.mp4'}", "--headless", "--progress", place, "--jsonl", folder / "-k.jsonl",
                            "--mute"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    ended = 0
    end = time.monotonic() + 120
    for line in run.stdout:  # the terminal's lines, one a verdict
        ended += "hammer" in line
        if ended == 3 or time.monotonic() > end:
            break
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert ended == 3, "no verdicts came"
    points = json.loads(kata("progress", place, "--json").stdout)["movements"][0]["points"]
    assert points[0]["with_help"]["repetitions"] >= 3 - 1, points  # the last line is printed before it is stored


def check_deleted(folder, craft):
    assert "deleted 1 sitting of Ann" in kata("progress", folder, "--delete-learner", "Ann").stdout
    assert json.loads(kata("progress", folder, "--json").stdout)["learners"] == ["Ben"]
    assert b"Ann" not in (folder / "progress.db").read_bytes()
    assert "nobody called" in kata("progress", folder, "--delete-learner", "Ann", code=1).stderr
    assert "deleted 1 sitting of Ben" in kata("forget", craft, "Ben").stdout
    assert b"Ben" not in (folder / "progress.db").read_bytes()
    assert "nothing is kept of Ben" in kata("forget", craft, "Ben", code=1).stderr


def check_bad(folder):
    assert "nothing was practised here" in kata("progress", folder / "none.db", code=1).stderr
    (folder / "text.db").write_text("hello")
    assert "not a progress file" in kata("progress", folder / "text.db", code=1).stderr


with tempfile.TemporaryDirectory() as name:
    where = pathlib.Path(name)
    own = where / "hammer.kata"
    shutil.copy(CRAFT, own)
    stored = where / "learner.jsonl"
    kata("track", DEMO / "hammer-learner.mp4", "--jsonl", stored)
    check_kept(where, own, stored)
    check_feedback(where, own, stored)
    check_not_kept(where, own, stored)
    check_sudden_end(where, own)
    check_deleted(where, own)
    check_bad(where)
print("sittings are kept")
