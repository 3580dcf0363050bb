# SPDX-License-Identifier: Apache-2.0
"""How calm and how late hands are: hand_jitter.py LANDMARK_BENCH [mediapipe] NAME=CLIP…

A clip named still… is its first picture 100 times. Jitter: mean over hands, landmarks and frames of the distance between a
landmark and the mean of its places one frame before and after (|x[t] − (x[t−1] + x[t+1]) / 2|: what a steady motion has not),
in thousandths of the hand's size, over hands that both followed. Lag: the shift of the landmarks' paths against the truth (clips with CLIP.frames.json.gz)
that brings them nearest, in frames, of both wrists and finger roots while they move. Kata in the mode that its users have (auto),
MediaPipe Hands 0.10.14 with its defaults.
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

STILL_FRAMES = 100


def hands_of_kata(program, name, clip):
    """{frame: [(side, [(x, y), …])]} in pixels."""
    run = subprocess.run([program, "print", f"{name}={clip}"], check=True, stdout=subprocess.PIPE, text=True)
    frames = {}
    for line in run.stdout.splitlines():
        _, frame, side, *values = line.split()
        points = [(float(values[i]), float(values[i + 1])) for i in range(0, 42, 2)]
        frames.setdefault(int(frame), []).append((int(side), points))
    return frames


def hands_of_mediapipe(name, clip):
    import cv2
    import mediapipe
    capture, pictures = cv2.VideoCapture(clip), []
    while len(pictures) < 1000:
        ok, picture = capture.read()
        if not ok:
            break
        pictures.append(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
    if name.startswith("still"):
        pictures = pictures[:1] * STILL_FRAMES
    frames = {}
    with mediapipe.solutions.hands.Hands(max_num_hands=2) as hands:
        for i, picture in enumerate(pictures):
            height, width = picture.shape[:2]
            result = hands.process(picture)
            for found, kind in zip(result.multi_hand_landmarks or [], result.multi_handedness or []):
                side = 1 if kind.classification[0].label == "Left" else 0  # its labels are of a mirrored picture
                points = [(p.x * width, p.y * height) for p in found.landmark]
                frames.setdefault(i, []).append((side, points))
    return frames


def size(points):
    return math.dist(points[0], points[9]) or 1


def continued(points, hands):
    """The hand of the next frame that goes on from this one, whatever side it is called."""
    nearest = min(hands, key=lambda hand: math.dist(hand[1][9], points[9]), default=None)
    return nearest[1] if nearest and math.dist(nearest[1][9], points[9]) < size(points) else None


def triple(frames, frame, points):
    """The same hand one frame before and after, or None."""
    before, after = continued(points, frames.get(frame - 1, [])), continued(points, frames.get(frame + 1, []))
    return (before, after) if before and after else None


def is_seen_by(other, frame, points):
    """Whether the other side followed this hand through the three frames too."""
    same = continued(points, other.get(frame, []))
    return bool(same and triple(other, frame, same))


def jitter(frames, other):
    """Thousandths of the hand's size, of hands that the other side followed too."""
    values = []
    for frame, hands in frames.items():
        for _, points in hands:
            around = triple(frames, frame, points)
            if around and is_seen_by(other, frame, points):
                before, after = around
                scale = size(points)
                values += [math.hypot(x - (a + c) / 2, y - (b + d) / 2) / scale
                           for (x, y), (a, b), (c, d) in zip(points, before, after)]
    return 1e3 * statistics.mean(values) if values else math.nan


def lag(frames, clip):
    """Frames by which the palm's path is behind the truth's, to a tenth."""
    stem = clip.removesuffix(".mp4")
    truth = json.load(gzip.open(stem + ".frames.json.gz"))["frames"]
    shape = json.loads(pathlib.Path(stem + ".json").read_text())
    width, height = shape["width"], shape["height"]

    def place(index, side, point):
        k = 33 + 21 * side + point
        xy = truth[index]["xy"]
        return xy[2 * k] / 1e4 * width, xy[2 * k + 1] / 1e4 * height

    def error(shift):
        """Mean squared distance from the truth of `shift` frames ago, offset of each landmark taken out."""
        whole, part = math.floor(shift), shift - math.floor(shift)
        offsets = {}
        for frame, side, points in samples:
            for k in (0, 5, 9, 13, 17):
                ax, ay = place(frame - whole, side, k)
                bx, by = place(frame - whole - 1, side, k)
                offsets.setdefault((side, k), []).append((points[k][0] - ax * (1 - part) - bx * part,
                                                          points[k][1] - ay * (1 - part) - by * part))
        return sum(statistics.pvariance(d[axis] for d in values) * len(values) for values in offsets.values() for axis in (0, 1))

    samples = []
    for frame, hands in frames.items():
        if not 6 <= frame < len(truth) - 6:
            continue
        for side in (0, 1):
            wrist = place(frame, side, 0)
            moved = math.dist(place(frame - 1, side, 9), place(frame + 1, side, 9))
            near = [points for _, points in hands if math.dist(points[0], wrist) < 0.7 * size(points)]
            if near and moved > 4:  # px in two frames
                samples.append((frame, side, near[0]))
    if len(samples) < 30:
        return math.nan
    return min((error(step / 10), step / 10) for step in range(-20, 31))[1]


def main():
    program, *words = sys.argv[1:]
    with_peer = words[0] == "mediapipe"
    for word in words[with_peer:]:
        name, _, clip = word.rpartition("=")
        sides = {"kata": hands_of_kata(program, name, clip)}
        if with_peer:
            sides["peer"] = hands_of_mediapipe(name, clip)
        for side, frames in sides.items():
            other = sides["peer" if side == "kata" and with_peer else "kata"]
            figure(f"{name}, jitter", jitter(frames, other), "‰ of a hand", "lower", side)
            if os.path.exists(clip.removesuffix(".mp4") + ".frames.json.gz") and not name.startswith("still"):
                figure(f"{name}, lag", lag(frames, clip), "frames", "lower", side)


main()
