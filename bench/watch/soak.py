# SPDX-License-Identifier: Apache-2.0
"""A long sitting: soak.py KATA CRAFT CLIP [--minutes 30] [--fast].

Watches the clip again and again, as a camera gives it (or with --fast as fast as it goes, until that much of the
stream has passed), then interrupts it as Ctrl-C does. Prints memory and latency for each tenth of the run and
checks that neither grows, that the counts add up and that the video can be read to its end.
"""
import argparse
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

arguments = argparse.ArgumentParser()
arguments.add_argument("kata")
arguments.add_argument("craft")
arguments.add_argument("clip")
arguments.add_argument("--minutes", type=float, default=30)
arguments.add_argument("--fast", action="store_true")
options = arguments.parse_args()


def memory_mb(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def lines_of(path):
    lines = []
    for line in pathlib.Path(path).read_text().splitlines():
        try:
            lines.append(json.loads(line))
        except ValueError:
            pass  # the last one is being written
    return lines


with tempfile.TemporaryDirectory() as folder:
    lines, video = folder + "/lines.jsonl", folder + "/video.mp4"
    source = ("loop:" if options.fast else "live:loop:") + options.clip
    with open(lines, "w") as output:
        program = subprocess.Popen([options.kata, "watch", options.craft, source, "--headless", "--mute", "--jsonl", "-",
                                    "-o", video, "--report", folder + "/report.html"], stdout=output)
    began, samples, stream_s = time.monotonic(), [], 0.0
    while program.poll() is None:
        time.sleep(5)
        told = [line.get("time_s") or line.get("end_s") or 0.0 for line in lines_of(lines)[-20:]]
        stream_s = max([stream_s, *told])
        passed_s = stream_s if options.fast else time.monotonic() - began
        if program.poll() is None:
            samples.append((passed_s, memory_mb(program.pid)))
        if passed_s >= options.minutes * 60:
            program.send_signal(signal.SIGINT)
            program.wait(timeout=120)
    if program.returncode:
        sys.exit(f"FAILED: exit code {program.returncode}")
    told = lines_of(lines)
    summary = told[-1]
    frames = subprocess.run(["ffprobe", "-v", "error", "-count_frames", "-select_streams", "v", "-show_entries",
                             "stream=nb_read_frames", "-of", "csv=p=0", video], capture_output=True, text=True,
                            check=True).stdout.strip().rstrip(",")
    tenth = max(1, len(samples) // 10)
    for i in range(0, len(samples), tenth):
        part = [mb for _, mb in samples[i:i + tenth]]
        print(f"from {samples[i][0] / 60:5.1f} min  {sum(part) / len(part):6.0f} MB")
    half = len(samples) // 2
    warm, late = samples[half // 2:half], samples[half:]
    growth = sum(mb for _, mb in late) / len(late) - sum(mb for _, mb in warm) / len(warm)
    repetitions = [line for line in told if line["event"] == "repetition"]
    print(f"{stream_s / 60:.1f} minutes of stream in {(time.monotonic() - began) / 60:.1f} minutes, {summary['frames']} frames, "
          f"{summary['dropped']} dropped, {len(repetitions)} repetitions, latency {summary['latency_ms']}, growth of "
          f"memory from the second to the last half {growth:+.1f} MB, video of {frames} frames")
    problems = []
    if growth > 20:
        problems.append("memory grows")
    if summary["repetitions"] != len(repetitions):
        problems.append("the summary counts other repetitions than were told")
    if summary["correct"] + summary["incorrect"] + summary["unsure"] != summary["repetitions"]:
        problems.append("right, wrong and unsure are not all repetitions")
    if options.fast and int(frames) != summary["frames"]:
        problems.append("the video has not all frames")
    if problems:
        sys.exit("FAILED: " + "; ".join(problems))
