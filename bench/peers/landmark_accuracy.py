# SPDX-License-Identifier: Apache-2.0
"""What is found, and how far from the truth: landmark_accuracy.py KATA [mediapipe] CLIP…

KATA is the program. A clip with CLIP.frames.json.gz beside it (the synthetic ones) gives median distances in pixels between
found and true landmarks, over all that are visible and exact in the truth, in frames in which a part's visible share is at
least 60 %; others give how often parts are found. With "mediapipe" the same of MediaPipe Holistic 0.10.14 in video mode,
distances count only in frames in which both found the part, and the difference of the two medians has a 95 % interval
(bootstrap over seconds, because neighbouring frames err alike).
"""
import gzip
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys

from figures import figure

kDraws = 1000
kFramesTogether = 25  # a second

PARTS = {"pose": (0, 33), "left_hand": (33, 54), "right_hand": (54, 75)}


def tracked_by_kata(program, clip):
    """[{part: [(x, y), …] or None}] in units of the picture."""
    run = subprocess.run([program, "track", clip, "--jsonl", "-"], check=True, stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, text=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def tracked_by_mediapipe(clip):
    import cv2
    import mediapipe
    frames, capture = [], cv2.VideoCapture(clip)
    with mediapipe.solutions.holistic.Holistic(model_complexity=1) as holistic:
        while True:
            ok, picture = capture.read()
            if not ok:
                return frames
            result = holistic.process(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
            frames.append({part: found and [(p.x, p.y) for p in found.landmark] for part, found in (
                ("pose", result.pose_landmarks), ("left_hand", result.left_hand_landmarks),
                ("right_hand", result.right_hand_landmarks))})


def tracks(name, clip, make):
    """Tracking takes minutes; with KATA_BENCH_TRACKS set, tracks are kept in that folder as NAME-CLIP.json."""
    folder = os.environ.get("KATA_BENCH_TRACKS")
    kept = folder and pathlib.Path(folder) / f"{name}-{pathlib.Path(clip).stem}.json"
    if kept and kept.exists():
        return json.loads(kept.read_text())
    found = make()
    if kept:
        kept.write_text(json.dumps(found))
    return found


class Truth:
    def __init__(self, clip):
        stem = clip.removesuffix(".mp4")
        self.frames = json.load(gzip.open(stem + ".frames.json.gz"))
        shape = json.loads(pathlib.Path(stem + ".json").read_text())
        self.width, self.height = shape["width"], shape["height"]
        approximate = set(self.frames["approximate"])
        self.is_exact = [name not in approximate for name in self.frames["landmarks"]]

    def distances(self, index, part, points):
        """Pixels from each visible, exact landmark of this part; empty where most of it is hidden."""
        begin, end = PARTS[part]
        frame = self.frames["frames"][index]
        visible = [c == "1" for c in frame["visible"][begin:end]]
        if sum(visible) < 0.6 * len(visible):
            return []
        return [math.hypot((points[i][0] - frame["xy"][2 * (begin + i)] / 1e4) * self.width,
                           (points[i][1] - frame["xy"][2 * (begin + i) + 1] / 1e4) * self.height)
                for i in range(end - begin) if visible[i] and self.is_exact[begin + i]]


def print_interval(part, seconds):
    """`seconds` holds {side: distances}, which both sides have of the same frames and landmarks."""
    import numpy
    random = numpy.random.default_rng(1)
    sides = {side: [numpy.array(each[side]) for each in seconds] for side in ("kata", "peer")}
    differences = []
    for _ in range(kDraws):
        drawn = random.integers(len(seconds), size=len(seconds))
        kata, peer = (numpy.median(numpy.concatenate([sides[side][i] for i in drawn])) for side in ("kata", "peer"))
        differences.append(kata - peer)
    low, high = numpy.quantile(differences, (0.025, 0.975))
    figure(f"all synthetic clips, {part} median error beyond the peer's, lower end of the interval", low, "px", "lower", "kata")
    figure(f"all synthetic clips, {part} median error beyond the peer's, upper end of the interval", high, "px", "lower", "kata")


def print_errors(clip, sides, pooled, seconds):
    truth = Truth(clip)
    for part in PARTS:
        found = {side: [] for side in sides}
        for i in range(len(truth.frames["frames"])):
            if any(i >= len(frames) or not frames[i].get(part) for frames in sides.values()):
                continue
            of_frame = {side: truth.distances(i, part, frames[i][part]) for side, frames in sides.items()}
            for side, distances in of_frame.items():
                found[side] += distances
                seconds.setdefault(part, {}).setdefault((clip, i // kFramesTogether), {}).setdefault(side, []).extend(distances)
        for side, distances in found.items():
            pooled.setdefault((part, side), []).extend(distances)
            if distances:
                figure(f"{pathlib.Path(clip).stem}, {part} median error", statistics.median(distances), "px", "lower", side)


def print_counts(clip, sides):
    for side, frames in sides.items():
        name, count = pathlib.Path(clip).stem, len(frames)
        hands = sum(bool(f.get("left_hand")) + bool(f.get("right_hand")) for f in frames)
        figure(f"{name}, frames with a body", 100 * sum(bool(f.get("pose")) for f in frames) / count, "%", "higher", side)
        figure(f"{name}, hands", hands, f"in {count} frames", "higher", side)
        both = sum(bool(f.get("left_hand")) and bool(f.get("right_hand")) for f in frames)
        figure(f"{name}, frames with both hands", 100 * both / count, "%", "higher", side)


def main():
    program, *clips = sys.argv[1:]
    with_peer = clips[0] == "mediapipe"
    pooled, seconds = {}, {}
    for clip in clips[with_peer:]:
        sides = {"kata": tracks("kata", clip, lambda: tracked_by_kata(program, clip))}
        if with_peer:
            sides["peer"] = tracks("mediapipe", clip, lambda: tracked_by_mediapipe(clip))
        if os.path.exists(clip.removesuffix(".mp4") + ".frames.json.gz"):
            print_errors(clip, sides, pooled, seconds)
        else:
            print_counts(clip, sides)
    for (part, side), distances in pooled.items():
        figure(f"all synthetic clips, {part} median error", statistics.median(distances), "px", "lower", side)
    if with_peer:
        for part, blocks in seconds.items():
            print_interval(part, [block for block in blocks.values() if block.get("kata")])


main()
