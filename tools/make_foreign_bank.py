#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes src/kata/find/foreign.bank: people who do random movements, as the finder compares frames.

    make_foreign_bank.py --streams FOLDER --out src/kata/find/foreign.bank

FOLDER holds what the generator of people made (its README: `make.py --random-movements 110 --seed 28
--format npz`): NAME.npz with points (frames x 75 x 3, NaN: not found) and visibility, NAME.json with the
picture's size. The same streams give the same bytes. Needs NumPy.
"""
import argparse
import json
import pathlib
import struct

import numpy as np

ARMS = [13, 14, 15, 16, 0]
LEGS = [23, 24, 25, 26, 27, 28]
FINGERS = [5, 17, 4, 8, 20]
LEFT_HAND, RIGHT_HAND = 33, 54
TRUNK_OF_UNIT = 1.3
EVERY = 2  # frames; 12.5 a second are enough for the finder's 32 samples of a repetition
LEAST_VISIBLE = 0.5


def course(points, aspect, has_legs):
    """Frames x values: joints from the shoulders' middle, fingers from their wrist."""
    xy = points[:, :, :2] * [aspect, 1]
    shoulders = xy[:, 11:13].mean(1)
    parts = [xy[:, ARMS] - shoulders[:, None]]
    if has_legs:
        parts += [shoulders[:, None], xy[:, LEGS] - shoulders[:, None]]
    for hand in (LEFT_HAND, RIGHT_HAND):
        parts.append(xy[:, [hand + f for f in FINGERS]] - xy[:, hand:hand + 1])
    trunk = np.linalg.norm(xy[:, 23:25].mean(1) - shoulders, axis=1)
    return np.concatenate(parts, 1).reshape(len(xy), -1), float(np.nanmedian(trunk))


def stream_bytes(path):
    data, about = np.load(path), json.loads(path.with_suffix(".json").read_text())
    points, visibility = data["points"][::EVERY], data["visibility"][::EVERY]
    has_legs = bool((visibility[:, LEGS] >= LEAST_VISIBLE).all(1).mean() > 0.6)
    values, trunk = course(points, about["width"] / about["height"], has_legs)
    low, high = np.nanmin(values, 0), np.nanmax(values, 0)
    low, high = np.nan_to_num(low), np.nan_to_num(high)
    step = np.maximum(high - low, 1e-6) / 254
    offset = low - step
    seen = np.isfinite(values)
    coded = np.where(seen, np.clip(np.round((np.nan_to_num(values) - offset) / step), 1, 255), 0)
    head = struct.pack("<IIff", has_legs, len(values), EVERY / about["fps"], trunk)
    scales = np.stack([offset, step], 1).astype("<f4").tobytes()
    return head + scales + coded.astype(np.uint8).tobytes()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", required=True, type=pathlib.Path)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    arguments = parser.parse_args()
    streams = [stream_bytes(path) for path in sorted(arguments.streams.glob("*.npz"))]
    arguments.out.write_bytes(b"KATABNK1" + struct.pack("<I", len(streams)) + b"".join(streams))
    print(f"{len(streams)} streams, {arguments.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
