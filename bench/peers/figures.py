# SPDX-License-Identifier: Apache-2.0
"""Figures for bench/run.py: the same line as bench/figure.h prints."""

# The prototype judges nothing before its 30th frame, with which its network is built.
WARM_UP_FRAMES = 31


def figure(name, value, unit, better, side=""):
    """better: "lower" or "higher". side: "kata" or "peer" where one script measures both; else whose turn it is."""
    assert better in ("lower", "higher")
    print("\t".join(["figure", name, f"{value:.6g}", unit, better] + ([side] if side else [])), flush=True)
