# SPDX-License-Identifier: Apache-2.0
"""Movements that the generator of people lacks: of parts, to both sides, stepping, twisting, very small.

Each set of the bench has its own; nothing was tuned on those of the confirmation, nor on the last ones, which were written later.
"""
import numpy as np

from movement import DOWN, FIST, FLAT_HAND, FLAT_REST, OPEN, PINCH, STAND, Movement, fault, hands, standing
from pose import AT
from random_movements import PHASES

TABLE_ACT = dict(OPEN, pole=(1, -0.5, -0.4), fingers_to=(-0.5, -0.1, 0.8), aim=1, palm=DOWN)
GRIP = dict(FIST, pole=(0.9, -0.8, -0.3), fingers_to=(-0.4, -0.2, 0.9), aim=0.8, palm=(-1, 0, -0.3))
UPRIGHT = dict(FIST, pole=(0.6, -1, -0.3), fingers_to=(0, 0.3, 1), aim=0.5, palm=(-1, 0, 0))


def along(points, base):
    """Poses through places of the acting hand: (phase, (x, y, z))."""
    return [(phase, hands(dict(base, pos=place), FLAT_HAND, lean=12, head_pitch=14)) for phase, place in points]


def press_and_lift():
    near, far, up = (0.30, -0.70, 0.42), (0.28, -0.73, 0.76), (0.55, -0.30, 0.42)
    return along([(0, near), (0.2, far), (0.28, far), (0.45, near), (0.65, up), (0.75, up), (1, near)], TABLE_ACT)


def stir_and_tap():
    middle = np.array((0.28, -0.62, 0.52))
    circle = [(0.6 * k / 12, middle + 0.15 * np.array((np.sin(a), 0, np.cos(a) - 1)))
              for k, a in enumerate(np.linspace(0, 2 * np.pi, 13))]
    tap = np.array((0, 0.16, 0))
    return along([*circle, (0.7, middle + tap), (0.8, middle), (0.9, middle + tap), (1, middle)], GRIP)


def wipe_both_sides():
    at = lambda x: (0.22 + x, -0.76, 0.52)
    return along([(0, at(0)), (0.2, at(-0.30)), (0.28, at(-0.30)), (0.5, at(0)), (0.7, at(0.34)), (0.78, at(0.34)), (1, at(0))],
                 TABLE_ACT)


def hands_in_turn():
    low, high = dict(TABLE_ACT, pos=(0.34, -0.74, 0.5)), dict(TABLE_ACT, pos=(0.40, -0.25, 0.5))
    at = lambda act, other: hands(act, other, lean=9, head_pitch=10)
    return [(0, at(low, low)), (0.22, at(high, low)), (0.28, at(high, low)), (0.5, at(low, low)), (0.72, at(low, high)),
            (0.78, at(low, high)), (1, at(low, low))]


def side_step():
    out = standing(dict(foot=(0.42, 0, 0)), root=(0.20, -0.10, 0))
    lifted = standing(dict(foot=(0.2, 0.12, 0)), root=(0.05, -0.04, 0))
    return [(0, STAND), (0.2, lifted), (0.42, out), (0.55, out), (0.8, lifted), (1, STAND)]


def turned(low, high, place):
    """The forearm turns about itself and back; the hand stays where it is."""
    keys = []
    for phase in np.linspace(0, 1, 13):
        angle = np.radians(low + (high - low) * (0.5 - 0.5 * np.cos(2 * np.pi * phase)))
        act = dict(FIST, pos=place, pole=(0.8, -0.9, -0.3), fingers_to=(-0.2, -0.1, 0.95), aim=0.9,
                   palm=(-np.cos(angle), -np.sin(angle), 0))
        keys.append((phase, hands(act, FLAT_HAND, lean=9, head_pitch=12)))
    return keys


def turn_key():
    return turned(-50, 95, (0.32, -0.52, 0.58))


def finger_tap():
    at = lambda c: hands(dict(TABLE_ACT, pos=(0.34, -0.74, 0.52), curl=(0.15 + c, 0.15 + c, 0.12, 0.14)), FLAT_HAND, lean=9,
                         head_pitch=12)
    return [(0, at(0)), (0.3, at(0.55)), (0.5, at(0.55)), (0.8, at(0)), (1, at(0))]


def small_stitch():
    at = lambda s: (0.30 + 0.05 * s, -0.60 + 0.05 * s, 0.56)
    return along([(0, at(0)), (0.4, at(1)), (0.55, at(1)), (1, at(0))], dict(GRIP, **PINCH))


def chop_and_push():
    up, down = (0.34, -0.42, 0.5), (0.34, -0.74, 0.56)
    return along([(0, up), (0.15, down), (0.22, down), (0.38, up), (0.5, (0.34, -0.7, 0.5)), (0.68, (0.02, -0.72, 0.56)),
                  (0.76, (0.02, -0.72, 0.56)), (1, up)], GRIP)


def knot():
    hand = lambda x, y, z: dict(PINCH, pos=(x, y, z), pole=(1, -0.5, -0.4), fingers_to=(-0.8, 0, 0.5), aim=0.9, palm=(-0.2, -0.9, -0.2))
    at = lambda act, other: hands(hand(*act), hand(*other), lean=9, head_pitch=14)
    apart = (0.35, -0.62, 0.5)
    return [(0, at(apart, apart)), (0.2, at((0.06, -0.55, 0.5), (0.06, -0.62, 0.5))), (0.4, at((-0.1, -0.66, 0.52), (0.0, -0.5, 0.5))),
            (0.55, at((0.08, -0.58, 0.46), (0.08, -0.58, 0.46))), (0.75, at((0.55, -0.42, 0.5), (0.55, -0.42, 0.5))),
            (0.82, at((0.55, -0.42, 0.5), (0.55, -0.42, 0.5))), (1, at(apart, apart))]


def turn_to_sides():
    arm = dict(UPRIGHT, pos=(0.25, -0.1, 0.6))
    at = lambda twist: standing(arm, arm, twist=twist, head_yaw=0.6 * twist)
    return [(0, at(0)), (0.2, at(38)), (0.27, at(38)), (0.5, at(0)), (0.7, at(-38)), (0.77, at(-38)), (1, at(0))]


def punch_in_turn():
    back, front = dict(UPRIGHT, pos=(0.30, -0.15, 0.35)), dict(UPRIGHT, pos=(0.15, 0.0, 0.95))
    at = lambda act, other, twist: standing(act, other, twist=twist)
    return [(0, at(back, back, 0)), (0.2, at(front, back, -14)), (0.26, at(front, back, -14)), (0.5, at(back, back, 0)),
            (0.7, at(back, front, 14)), (0.76, at(back, front, 14)), (1, at(back, back, 0))]


def lunge_in_turn():
    step = dict(foot=(0, 0, 0.6), knee=(0.1, 0, 1))
    act, other = standing(step, root=(0, -0.22, 0.25)), standing((), step, root=(0, -0.22, 0.25))
    return [(0, STAND), (0.2, act), (0.3, act), (0.5, STAND), (0.7, other), (0.8, other), (1, STAND)]


def open_jar():
    hold = dict(OPEN, pos=(0.18, -0.62, 0.52), fingers_to=(-0.6, 0, 0.6), curl=(0.4,) * 4)
    keys = []
    for phase in np.linspace(0, 1, 13):
        angle = np.radians(-45 + 100 * (0.5 - 0.5 * np.cos(2 * np.pi * phase)))
        act = dict(OPEN, curl=(0.4, 0.4, 0.42, 0.45), pos=(0.12, -0.48, 0.54), pole=(1, -0.2, -0.3),
                   fingers_to=(-np.cos(angle), -0.1, np.sin(angle)), aim=1, palm=DOWN)
        keys.append((phase, hands(act, hold, lean=9, head_pitch=13)))
    return keys


def open_and_close():
    at = lambda s: hands(dict(TABLE_ACT, pos=(0.36, -0.66, 0.5), palm=(-0.6, -0.6, 0.3),
                              curl=tuple(0.85 - 0.8 * s for _ in range(4)), thumb=(0.5 - 0.4 * s, 0.4), spread=8 * s), FLAT_HAND,
                         lean=9, head_pitch=12)
    return [(0, at(0)), (0.35, at(1)), (0.55, at(1)), (1, at(0))]


def small_circle():
    return along([(k / 12, (0.3 + 0.045 * np.sin(a), -0.76, 0.52 - 0.045 * np.cos(a)))
                  for k, a in enumerate(np.linspace(0, 2 * np.pi, 13))], TABLE_ACT)


def scoop_and_pour():
    return along([(0, (0.40, -0.60, 0.45)), (0.15, (0.40, -0.76, 0.55)), (0.3, (0.30, -0.72, 0.70)), (0.42, (0.32, -0.45, 0.55)),
                  (0.6, (0.02, -0.42, 0.55)), (0.7, (0.02, -0.52, 0.55)), (0.78, (0.02, -0.42, 0.55)), (1, (0.40, -0.60, 0.45))], GRIP)


def smooth_and_tuck():
    wide, near = dict(TABLE_ACT, pos=(0.48, -0.72, 0.5)), dict(TABLE_ACT, pos=(0.16, -0.72, 0.5))
    far, high = dict(TABLE_ACT, pos=(0.20, -0.72, 0.72)), dict(TABLE_ACT, pos=(0.22, -0.5, 0.45))
    at = lambda act, other: hands(act, other, lean=10, head_pitch=13)
    return [(0, at(near, near)), (0.2, at(wide, wide)), (0.35, at(near, near)), (0.55, at(far, far)), (0.62, at(far, far)),
            (0.8, at(high, near)), (1, at(near, near))]


def reach_up_in_turn():
    down, up = dict(OPEN, pos=(0.30, -0.45, 0.30)), dict(OPEN, pos=(0.25, 0.62, 0.25), pole=(1, -0.4, -0.2), fingers_to=(0, 1, 0.1))
    at = lambda act, other, twist: standing(act, other, twist=twist)
    return [(0, at(down, down, 0)), (0.22, at(up, down, -6)), (0.28, at(up, down, -6)), (0.5, at(down, down, 0)),
            (0.72, at(down, up, 6)), (0.78, at(down, up, 6)), (1, at(down, down, 0))]


def sweep_to_sides():
    at = lambda x, y: (0.1 + x, -0.72 + y, 0.55)
    return along([(0, at(0, 0.12)), (0.2, at(0.42, 0)), (0.3, at(0.42, 0)), (0.5, at(0, 0.12)), (0.7, at(-0.36, 0)),
                  (0.8, at(-0.36, 0)), (1, at(0, 0.12))], GRIP)


def back_step():
    back = standing(dict(foot=(0.02, 0, -0.45)), root=(0, -0.12, -0.2), hinge=6)
    lifted = standing(dict(foot=(0.02, 0.1, -0.2)), root=(0, -0.04, -0.05))
    return [(0, STAND), (0.22, lifted), (0.42, back), (0.55, back), (0.78, lifted), (1, STAND)]


def turn_valve():
    return turned(-80, 60, (0.24, -0.45, 0.62))


def small_press():
    at = lambda s: (0.28, -0.68 - 0.06 * s, 0.54)
    return along([(0, at(0)), (0.3, at(1)), (0.5, at(1)), (1, at(0))], TABLE_ACT)


def beckon():
    at = lambda c: hands(dict(OPEN, pos=(0.34, -0.30, 0.55), pole=(1, -0.6, -0.3), fingers_to=(0, 0.9, 0.4), aim=0.8,
                              curl=(0.1 + c, 0.1 + c, 0.1 + c, 0.1 + c)), FLAT_HAND, lean=5, head_pitch=5)
    return [(0, at(0)), (0.35, at(0.7)), (0.5, at(0.7)), (0.85, at(0)), (1, at(0))]


# name -> (kind, half, seconds, keys, rest, setting)
OWN = {
    "press_and_lift": ("parts", "development", 2.8, press_and_lift, FLAT_REST, "table"),
    "stir_and_tap": ("parts", "development", 2.6, stir_and_tap, FLAT_REST, "table"),
    "wipe_both_sides": ("two-sided", "development", 2.8, wipe_both_sides, FLAT_REST, "table"),
    "hands_in_turn": ("two-sided", "development", 2.6, hands_in_turn, FLAT_REST, "table"),
    "side_step": ("step", "development", 1.8, side_step, STAND, "standing"),
    "turn_key": ("twist", "development", 1.6, turn_key, FLAT_REST, "table"),
    "finger_tap": ("very small", "development", 1.2, finger_tap, FLAT_REST, "table"),
    "small_stitch": ("very small", "development", 1.4, small_stitch, FLAT_REST, "table"),
    "chop_and_push": ("parts", "confirmation", 2.6, chop_and_push, FLAT_REST, "table"),
    "knot": ("parts", "confirmation", 3.0, knot, FLAT_REST, "table"),
    "turn_to_sides": ("two-sided", "confirmation", 2.8, turn_to_sides, STAND, "standing"),
    "punch_in_turn": ("two-sided", "confirmation", 2.2, punch_in_turn, STAND, "standing"),
    "lunge_in_turn": ("step", "confirmation", 3.2, lunge_in_turn, STAND, "standing"),
    "open_jar": ("twist", "confirmation", 1.5, open_jar, FLAT_REST, "table"),
    "open_and_close": ("very small", "confirmation", 1.3, open_and_close, FLAT_REST, "table"),
    "small_circle": ("very small", "confirmation", 1.5, small_circle, FLAT_REST, "table"),
    "scoop_and_pour": ("parts", "last", 2.8, scoop_and_pour, FLAT_REST, "table"),
    "smooth_and_tuck": ("parts", "last", 3.0, smooth_and_tuck, FLAT_REST, "table"),
    "reach_up_in_turn": ("two-sided", "last", 3.0, reach_up_in_turn, STAND, "standing"),
    "sweep_to_sides": ("two-sided", "last", 2.8, sweep_to_sides, FLAT_REST, "table"),
    "back_step": ("step", "last", 1.8, back_step, STAND, "standing"),
    "turn_valve": ("twist", "last", 1.5, turn_valve, FLAT_REST, "table"),
    "small_press": ("very small", "last", 1.3, small_press, FLAT_REST, "table"),
    "beckon": ("very small", "last", 1.2, beckon, FLAT_REST, "table"),
}

TOO_SMALL = fault("act_wrist", "range too small", "throughout")
LEFT_OUT = fault("act_wrist", "missing part of the movement", "end")
LEANS = fault("trunk", "trunk leaning", "throughout")


def wrong_keys(keys, mistake, setting):
    """The keys with one mistake."""
    phases, poses = np.array([k[0] for k in keys]), np.array([k[1] for k in keys])
    if mistake == "too_small":
        poses = poses[0] + 0.4 * (poses - poses[0])
    if mistake == "part_left_out":  # the last third is not done: waiting where it begins and ends
        poses[phases > 0.62] = poses[0]
    if mistake == "leans_over":
        poses[:, AT["hinge" if setting == "standing" else "lean"]] += 22
    return list(zip(phases.tolist(), poses))


def own_movement(name):
    _, _, seconds, keys, rest, setting = OWN[name]
    made = keys()
    return Movement(name, name.replace("_", " "), seconds,
                    {"too_small": TOO_SMALL, "part_left_out": LEFT_OUT, "leans_over": LEANS},
                    lambda mistake=None: wrong_keys(made, mistake, setting), rest, setting)
