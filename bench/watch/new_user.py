# SPDX-License-Identifier: Apache-2.0
"""A new user's path as the README tells it: new_user.py KATA SYNTHETIC [MOVEMENT…].

Clips take the camera's place, at a camera's pace: five repetitions right, five wrong, train, then the learner is
watched. A teacher waits for the end of the countdown, so that a teacher's clip stands still for its first 5 s.
Prints for each movement how long each step took by the clock, the time up to the learner's first verdict, and what was
said of the learner against the truth.
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import time

KATA, DATA = sys.argv[1], pathlib.Path(sys.argv[2])
COUNTDOWN_S = 5
MOVEMENTS = sys.argv[3:] or ["hammer", "saw", "polish", "fold", "hello"]


def timed(*words):
    begin = time.monotonic()
    done = subprocess.run([KATA, *map(str, words)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"FAILED: kata {' '.join(map(str, words))}: {done.stderr.strip()}")
    return time.monotonic() - begin


def camera(name):
    return f"live:{DATA / name}.mp4"


def patient_camera(name, folder):
    clip = f"{folder}/{name}.mp4"
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(DATA / f"{name}.mp4"), "-vf",
                    f"tpad=start_mode=clone:start_duration={COUNTDOWN_S}", "-crf", "12", clip], check=True)
    return "live:" + clip


def watched(craft, source):
    begin, first_s, last = time.monotonic(), None, {}
    program = subprocess.Popen([KATA, "watch", craft, source, "--headless", "--mute", "--jsonl", "-"], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True)
    for line in program.stdout:
        last = json.loads(line)
        if last["event"] == "repetition" and first_s is None:
            first_s = time.monotonic() - begin
    if program.wait():
        sys.exit(f"FAILED: kata watch {source}")
    if first_s is None:
        sys.exit(f"FAILED: no verdict on {source}")
    return first_s, last


slowest_s = 0.0
for movement in MOVEMENTS:
    with tempfile.TemporaryDirectory() as folder:
        craft = folder + "/new.kata"
        teach = ("teach", craft, "--movement", movement, "--repetitions", 5)
        shown_right, shown_wrong = (patient_camera(f"{movement}-teacher-{side}", folder) for side in ("right", "wrong"))
        right_s = timed(*teach, "--right", shown_right)
        wrong_s = timed(*teach, "--wrong", "--mistake", "shown", shown_wrong)
        train_s = timed("train", craft)
        first_s, summary = watched(craft, camera(movement + "-learner"))
        truth = json.loads((DATA / f"{movement}-learner.json").read_text())["repetitions"]
        right = sum(one["label"] == "correct" for one in truth)
        until_s = right_s + wrong_s + train_s + first_s
        slowest_s = max(slowest_s, until_s)
        print(f"{movement:7} right {right_s:5.1f} s  wrong {wrong_s:5.1f} s  train {train_s:4.1f} s  first verdict after {first_s:4.1f} s: "
              f"{until_s:5.1f} s in all; {summary['correct']} right and {summary['incorrect']} wrong of {right} and {len(truth) - right}", flush=True)
if slowest_s > 180:
    sys.exit("FAILED: more than three minutes")
