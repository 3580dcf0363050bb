# SPDX-License-Identifier: Apache-2.0
"""Frames a second of MediaPipe Holistic over clips: archive_speed.py CLIP…

one process: one clip after the other. two processes: two interpreters side by side, each with half of the clips (as near as the lengths
allow), the way its users share out a corpus. Decoding, starting and landmarks as lists are in the time; nothing is written.
"""
import subprocess
import sys
import time

import cv2
import mediapipe

from figures import figure


def frames_of(paths):
    count = 0
    with mediapipe.solutions.holistic.Holistic(model_complexity=1) as holistic:
        for path in paths:
            holistic.reset()
            capture = cv2.VideoCapture(path)
            while True:
                ok, frame = capture.read()
                if not ok:
                    break
                holistic.process(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB))
                count += 1
    return count


def length(path):
    return cv2.VideoCapture(path).get(cv2.CAP_PROP_FRAME_COUNT)


def shares(paths, count):
    """The longest first, each to who has least."""
    parts = [[] for _ in range(count)]
    for path in sorted(paths, key=length, reverse=True):
        min(parts, key=lambda part: sum(map(length, part))).append(path)
    return parts


def measure(name, paths, count):
    began = time.perf_counter()
    runs = [subprocess.Popen([sys.executable, __file__, "--frames", *part], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            for part in shares(paths, count)]
    frames = sum(int(run.communicate()[0].split()[-1]) for run in runs)
    figure(name, frames / (time.perf_counter() - began), "frames/s", "higher")


if sys.argv[1] == "--frames":
    print(frames_of(sys.argv[2:]))
else:
    measure("one process", sys.argv[1:], 1)
    measure("two processes", sys.argv[1:], 2)
