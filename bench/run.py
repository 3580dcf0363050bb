#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the benchmarks of bench/benches.toml and prints their figures as tables (./dev bench).

  bench/run.py [--peers] [--cores N] [--build FOLDER] [--list] [NAME…]

NAME: only benchmarks whose name begins so. With --peers each benchmark's peer runs in turn with Kata's program,
on the same cores, and the table has its figures and the ratio (2.0 = twice as good as the peer).
A program prints a figure as a line "figure<TAB>name<TAB>value<TAB>unit<TAB>lower|higher" (bench/figure.h,
bench/peers/figures.py), and <TAB>kata|peer where one script measures both; the table shows the median over a benchmark's runs and, in brackets, the range.
"""
import argparse
import datetime
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tomllib

BENCH = pathlib.Path(__file__).resolve().parent
ROOT = BENCH.parent


def arguments():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1].strip())
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--build", default=str(ROOT / "build/release"))
    parser.add_argument("--list", action="store_true")
    parser.add_argument("names", nargs="*")
    return parser.parse_args()


def filled(words, entry, build):
    """Words of an entry with its clips and the places of this checkout put in."""
    spread = [part for word in words for part in (entry.get("clips", []) if word == "{clips}" else [word])]
    return [word.format(build=build, bench=BENCH, root=ROOT, shared=ROOT.parent / "shared") for word in spread]


def peer_command(entry, build):
    """The environment's interpreter and the script with its arguments."""
    environment, script, *rest = entry["peer"]
    interpreter = subprocess.run([BENCH / "peers/environment", environment], check=True,
                                 stdout=subprocess.PIPE, text=True).stdout.strip()
    return [interpreter, str(BENCH / "peers" / script), *filled(rest, entry, build)]


def missing_files(entry, build):
    paths = [word.rpartition("=")[2] for word in filled(["{clips}", *entry.get("needs", [])], entry, build)]
    return [path for path in paths if not os.path.exists(path)]


def figures(command, side):
    """[(side, name, value, unit, better)] of one run; what else it prints is shown as a note."""
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace")
    if run.returncode != 0:
        sys.stderr.write(run.stderr[-3000:])
        raise SystemExit(f"kata: a benchmark failed with status {run.returncode}: {' '.join(command)}")
    found = []
    for line in run.stdout.splitlines():
        fields = line.split("\t")
        if fields[0] == "figure" and len(fields) in (5, 6):
            found.append((fields[5] if len(fields) == 6 else side, fields[1], float(fields[2]), *fields[3:5]))
        elif line.strip():
            print(f"  {line}", file=sys.stderr)
    return found


def number(value):
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def shown(values):
    if not values:
        return "–"
    text = number(statistics.median(values))
    return text if len(values) == 1 else f"{text} ({number(min(values))}–{number(max(values))})"


def measure(entry, with_peer, build):
    """All runs, ours and the peer's in turn: ({name: [values]}, the same of the peer, {name: (unit, better)})."""
    commands = {"kata": filled(entry["ours"], entry, build)}
    if with_peer and "peer" in entry:
        commands["peer"] = peer_command(entry, build)
        if entry.get("peer_measures_both"):
            del commands["kata"]
    sides, kinds = {"kata": {}, "peer": {}}, {}
    for _ in range(entry.get("runs", 1)):
        for turn, command in commands.items():
            for side, name, value, unit, better in figures(command, turn):
                sides[side].setdefault(name, []).append(value)
                kinds[name] = (unit, better)
    return sides["kata"], sides["peer"], kinds


def ratio(ours, theirs, better):
    if not ours or not theirs:
        return "–"
    ours, theirs = statistics.median(ours), statistics.median(theirs)
    above, below = (ours, theirs) if better == "higher" else (theirs, ours)
    return f"{above / below:.2f} ×" if below else "–"


def table(entry, ours, theirs, kinds):
    runs = entry.get("runs", 1)
    print(f"\n### {entry['name']}\n\n{entry['about']}" + (f" Median of {runs} runs (range).\n" if runs > 1 else "\n"))
    peer = entry.get("peer_name", "peer")
    print(f"| | Kata | {peer} | Kata / {peer} |\n|---|---|---|---|" if theirs else "| | Kata |\n|---|---|")
    for name, (unit, better) in kinds.items():
        row = f"| {name}, {unit} | {shown(ours.get(name))} |"
        if theirs:
            row += f" {shown(theirs.get(name))} | {ratio(ours.get(name), theirs.get(name), better)} |"
        print(row)
    sys.stdout.flush()


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def main():
    options = arguments()
    with open(BENCH / "benches.toml", "rb") as file:
        entries = tomllib.load(file)["bench"]
    if options.names:
        entries = [e for e in entries if any(e["name"].startswith(name) for name in options.names)]
    if not entries:
        raise SystemExit("kata: no benchmark has such a name; ./dev bench --list names them.")
    if options.list:
        for entry in entries:
            print(f"{entry['name']:24} {entry['about']}")
        return
    cores = sorted(os.sched_getaffinity(0))[:options.cores]
    os.sched_setaffinity(0, cores)  # for every program started from here
    print(f"{datetime.date.today()}, {len(cores)} cores {platform.machine()} ({processor()})", flush=True)
    for entry in entries:
        if missing := missing_files(entry, options.build):
            print(f"kata: {entry['name']} left out, it needs {missing[0]}", file=sys.stderr)
            continue
        table(entry, *measure(entry, options.peers, options.build))


if __name__ == "__main__":
    main()
