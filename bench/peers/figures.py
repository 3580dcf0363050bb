# SPDX-License-Identifier: Apache-2.0
"""Figures for bench/run.py: the same line as bench/figure.h prints."""


def figure(name, value, unit, better, side=""):
    """better: "lower" or "higher". side: "kata" or "peer" where one script measures both; else whose turn it is."""
    assert better in ("lower", "higher")
    print("\t".join(["figure", name, f"{value:.6g}", unit, better] + ([side] if side else [])), flush=True)
