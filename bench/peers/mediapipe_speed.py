# SPDX-License-Identifier: Apache-2.0
"""Frames a second of MediaPipe Holistic: mediapipe_speed.py PART… [NAME=]CLIP…

live: the clip is decoded and turned to RGB before the clock starts. file: decoding is in the loop, as in its users' programs.
Holistic always computes the face; "face" gives the same figures again under the names of Kata's with a face.
"""
import sys
import time

import cv2
import mediapipe

from figures import figure

WARM_UP = 5


def pictures(path):
    capture = cv2.VideoCapture(path)
    while True:
        ok, frame = capture.read()
        if not ok:
            return
        yield cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)


def run(frames):
    """Wall and processor milliseconds a frame after the warm-up."""
    count = 0
    with mediapipe.solutions.holistic.Holistic(model_complexity=1) as holistic:
        for frame in frames:
            if count == WARM_UP:
                wall, processor = time.perf_counter(), time.process_time()
            holistic.process(frame)
            count += 1
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
    return wall * 1e3 / (count - WARM_UP), processor * 1e3 / (count - WARM_UP)


words = sys.argv[1:]
endings = [", with face" if part == "face" else "" for part in ("plain", "face") if part == "plain" or part in words]
for word in words:
    if word in ("live", "file", "face"):
        continue
    name, _, path = word.rpartition("=")
    if "live" in words:
        wall, processor = run(list(pictures(path))[:300])
        for ending in endings:
            figure(f"{name}, live{ending}", 1e3 / wall, "frames/s", "higher")
            figure(f"{name}, processor time{ending}", processor, "ms/frame", "lower")
    if "file" in words:
        wall, _ = run(pictures(path))
        for ending in endings:
            figure(f"{name}, file{ending}", 1e3 / wall, "frames/s", "higher")
