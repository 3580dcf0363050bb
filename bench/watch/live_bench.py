# SPDX-License-Identifier: Apache-2.0
"""kata watch as a person meets it, figures for bench/run.py: live_bench.py KATA DEMO-FOLDER NAME=CLIP…

Teaches hammering by the demonstration's takes, then watches each clip with the real program, drawing always on:
as fast as it goes into a window (Xvfb) and into an annotated video, and paced as a camera gives it. Frames a second
are those after the first 31, as the prototype's are (whose network is built with the 30th), and of the whole clip. Latency is
from a picture's arrival to the end of its drawing; the first picture is timed from the program's start.
"""
import fractions
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "peers"))
from display import display
from figures import WARM_UP_FRAMES, figure

KATA, DEMO, CLIPS = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]


def environment(window):
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return kept | ({"DISPLAY": window} if window else {})


def teach(craft):
    for side in ("right", "wrong"):
        subprocess.run([KATA, "teach", craft, "--movement", "hammer", "--" + side, str(DEMO / f"hammer-teacher-{side}.mp4")],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    subprocess.run([KATA, "train", craft], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def frame_rate_of(clip):
    words = ["ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "stream=avg_frame_rate", "-of", "csv=p=0", clip]
    return float(fractions.Fraction(subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()))


def warm_rate(marks, clip):
    """Frames a second after the warm-up; marks are the clock's and the stream's time of each line about progress."""
    clip_rate = frame_rate_of(clip)
    warm = [mark for mark in marks if mark[1] * clip_rate >= WARM_UP_FRAMES]
    if not warm or warm[-1][1] - warm[0][1] < 2:
        sys.exit(f"too little is told of {clip} to time it")
    (begin_s, first_s), (end_s, last_s) = warm[0], warm[-1]
    return (last_s - first_s) * clip_rate / (end_s - begin_s)


def watch(craft, source, *more, window=None):
    begin = time.perf_counter()
    program = subprocess.Popen([KATA, "watch", craft, source, "--jsonl", "-", "--mute", *more], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, env=environment(window), text=True)
    program.stdout.readline()  # follows the first picture
    first_s = time.perf_counter() - begin
    marks = []
    for line in program.stdout:
        last = json.loads(line)
        if last["event"] == "progress":
            marks.append((time.perf_counter(), last["time_s"]))
    _, status, used = os.wait4(program.pid, 0)
    if status:
        sys.exit(f"kata watch failed: {source}")
    return last | {"marks": marks, "first_s": first_s, "peak_mb": used.ru_maxrss / 1024}


def print_figures(name, summary, clip, is_live=False):
    if is_live:
        figure(f"{name}: frames", summary["fps"], "1/s", "higher")
        figure(f"{name}: dropped", summary["dropped"], "pictures", "lower")
    else:
        figure(f"{name}: frames", warm_rate(summary["marks"], clip), "1/s", "higher")
        figure(f"{name}: frames, with the first ones", summary["fps"], "1/s", "higher")
    if is_live or "window" not in name:
        figure(f"{name}: latency, median", summary["latency_ms"]["median"], "ms", "lower")
        figure(f"{name}: latency, 95 %", summary["latency_ms"]["p95"], "ms", "lower")
    figure(f"{name}: first picture", summary["first_s"], "s", "lower")
    figure(f"{name}: peak memory", summary["peak_mb"], "MB", "lower")


with display() as screen, tempfile.TemporaryDirectory() as folder:
    craft, video = folder + "/hammer.kata", folder + "/out.mp4"
    teach(craft)
    for word in CLIPS:
        name, _, clip = word.rpartition("=")
        print_figures(f"{name} in a window", watch(craft, clip, window=screen), clip)
        print_figures(f"{name} into a video", watch(craft, clip, "--headless", "-o", video), clip)
        print_figures(f"{name} live, window", watch(craft, "live:" + clip, window=screen), clip, is_live=True)
