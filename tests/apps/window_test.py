#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The window of `kata watch` on a display of its own (Xvfb), with real key events (xdotool):

    window_test.py KATA DEMO-FOLDER CRAFT [PICTURE-FOLDER]

With a folder, the screenshots are kept there. Exit code 77: the programs for it are not there.
"""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

from display import start_display

KATA, DEMO, CRAFT = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
PICTURES = pathlib.Path(sys.argv[4]) if len(sys.argv) > 4 else None
GREEN, RED, AMBER, GREY = (52, 211, 120), (255, 82, 70), (255, 200, 60), (150, 156, 168)
LEARNER = str(DEMO / "hammer-learner.mp4")


def text_of(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


class Screen:
    """What a window shows."""

    def __init__(self, width, height, pixels):
        self.width, self.height, self.pixels = width, height, pixels

    def row(self, y, left, right):
        start = (y * self.width + left) * 3
        return self.pixels[start:start + (right - left) * 3]

    def count(self, colour, box):
        """Pixels of nearly this colour in a box given in shares of the window."""
        left, top, right, bottom = (int(s * n) for s, n in zip(box, (self.width, self.height) * 2))
        found = 0
        for y in range(top, bottom):
            row = self.row(y, left, right)
            found += sum(all(abs(row[i + c] - colour[c]) < 12 for c in range(3)) for i in range(0, len(row), 3))
        return found

    def difference(self, other, box, is_flipped=False):
        """Mean difference of what lies in a box."""
        left, top, right, bottom = (int(s * n) for s, n in zip(box, (self.width, self.height) * 2))
        total = count = 0
        for y in range(top, bottom, 3):
            for x in range(left, right, 3):
                a = (y * self.width + x) * 3
                b = (y * self.width + (self.width - 1 - x if is_flipped else x)) * 3
                total += abs(self.pixels[a + 1] - other.pixels[b + 1])
                count += 1
        return total / count


class Watch:
    """The real program, its window and the lines it prints."""

    def __init__(self, source, *more, command=None, title="Kata"):
        self.title = title
        self.file = tempfile.NamedTemporaryFile(mode="w+", suffix=".jsonl")
        self.errors = tempfile.NamedTemporaryFile(mode="w+", suffix=".txt")
        command = command or ["watch", CRAFT, source, "--jsonl", "-", "--mute", *more]
        self.program = subprocess.Popen([KATA, *command], stdout=self.file, stderr=self.errors)
        self.window = ""
        wait_until(self.find_window, 60, "the window")
        subprocess.run(["xdotool", "windowfocus", "--sync", self.window], stderr=subprocess.DEVNULL)

    def find_window(self):
        assert self.program.poll() is None, "the program has ended: " + self.said()
        self.window = text_of("xdotool", "search", "--onlyvisible", "--name", f"^{self.title}$").split("\n")[-1]
        return self.window != ""

    def said(self):
        return pathlib.Path(self.errors.name).read_text()

    def events(self, *kinds):
        lines = pathlib.Path(self.file.name).read_text().splitlines()
        parsed = []
        for line in lines:
            try:
                parsed.append(json.loads(line))
            except ValueError:
                pass  # the last one is being written
        return [line for line in parsed if line["event"] in kinds]

    def last_verdict(self):
        verdicts = self.events("repetition", "other")
        return verdicts[-1].get("verdict", "other") if verdicts else None

    def shows(self, verdict):
        """This verdict is the last, and the learner can be seen."""
        states = self.events("progress", "cannot_see")
        return self.last_verdict() == verdict and bool(states) and states[-1]["visible"]

    def press(self, key):
        subprocess.run(["xdotool", "key", "--clearmodifiers", key], check=True)
        time.sleep(0.4)

    def grab(self, name=None):
        shell = dict(line.split("=") for line in text_of("xdotool", "getwindowgeometry", "--shell", self.window).split())
        width, height = int(shell["WIDTH"]) // 2 * 2, int(shell["HEIGHT"]) // 2 * 2
        place = f"{os.environ['DISPLAY']}+{max(0, int(shell['X']))},{max(0, int(shell['Y']))}"
        pixels = subprocess.run(["ffmpeg", "-v", "error", "-f", "x11grab", "-draw_mouse", "0", "-video_size",
                                 f"{width}x{height}", "-i", place, "-frames:v", "1", "-pix_fmt", "rgb24", "-f",
                                 "rawvideo", "-"], capture_output=True, check=True).stdout
        if PICTURES and name:
            subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s",
                            f"{width}x{height}", "-i", "-", str(PICTURES / name)], input=pixels, check=True)
        return Screen(width, height, pixels)

    def end(self):
        self.press("q")
        code = self.program.wait(timeout=20)
        assert code == 0, f"exit code {code}: {self.said()}"
        return pathlib.Path(self.file.name).read_text()

    def quit(self):
        self.end()
        assert len(self.events("summary")) == 1, "no summary"
        return self.events("summary")[0]


def wait_until(condition, limit_s, what):
    end = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < end, f"waited {limit_s} s for {what}"
        time.sleep(0.05)


def check(condition, what):
    assert condition, what
    print("ok", what)


UPPER_LEFT, UPPER_RIGHT = (0, 0, 0.5, 0.35), (0.7, 0, 1, 0.4)
CENTRE, MIDDLE = (0.25, 0.2, 0.75, 0.8), (0, 0.42, 1, 0.7)


def verdicts_are_shown():
    watch = Watch("live:loop:" + LEARNER)
    for verdict, colour, name in (("correct", GREEN, "right.png"), ("incorrect", RED, "wrong.png"),
                                  ("other", GREY, "other.png")):
        wait_until(lambda: watch.shows(verdict), 150, f"a verdict '{verdict}'")
        time.sleep(0.3)
        screen = watch.grab(name)
        is_still_there = watch.shows(verdict)
        check(not is_still_there or screen.count(colour, UPPER_LEFT) > 300, f"{verdict} stands upper left in its colour")
    keys_are_obeyed(watch)


def keys_are_obeyed(watch):
    def is_under_way():
        progress = watch.events("progress")
        return bool(progress) and progress[-1]["movement"] is not None and 0.25 < progress[-1]["phase"] < 0.7
    wait_until(is_under_way, 120, "a repetition under way")
    watch.press("space")
    paused = watch.grab()
    time.sleep(0.5)
    check(watch.grab().pixels == paused.pixels, "space stops the picture")
    watch.press("m")
    mirrored = watch.grab()
    as_before, as_flipped = mirrored.difference(paused, MIDDLE), mirrored.difference(paused, MIDDLE, is_flipped=True)
    check(as_flipped < 0.5 * as_before, f"m mirrors the picture ({as_flipped:.1f} < {as_before:.1f})")
    watch.press("m")
    check(watch.grab().pixels == paused.pixels, "m again turns it back")
    watch.press("h")
    check(watch.grab("help.png").count(AMBER, CENTRE) > 100, "h shows the keys")
    watch.press("h")
    check(watch.grab().pixels == paused.pixels, "h again hides them")
    watch.press("g")
    without = watch.grab()
    check(without.pixels != paused.pixels, "g hides the ghost")
    watch.press("g")
    check(watch.grab().pixels == paused.pixels, "g again shows it")
    watch.press("r")
    check(watch.grab().difference(paused, UPPER_RIGHT) > 0.5, "r changes the count on screen")
    counted = len(watch.events("repetition"))
    watch.press("space")
    first = watch.grab()
    time.sleep(0.5)
    check(watch.grab().pixels != first.pixels, "space lets it go on")
    watch.press("f")
    check(watch.program.poll() is None, "f does no harm")
    watch.press("f")
    summary = watch.quit()
    done = len(watch.events("repetition"))
    check(done - counted == summary["repetitions"], f"after r the count began at 0 ({done}, {counted}, {summary})")


def cannot_see(folder):
    """The learner stays for a while, then the chair is empty."""
    clip = str(folder / "leaves.mp4")
    subprocess.run(["ffmpeg", "-v", "error", "-t", "3", "-i", LEARNER, "-vf", "tpad=stop_mode=add:stop_duration=20:color=0x7c8791",
                    "-c:v", "mpeg4", "-q:v", "3", clip], check=True)
    watch = Watch("live:" + clip)
    wait_until(lambda: watch.events("cannot_see"), 60, "the event cannot_see")
    check(watch.events("cannot_see")[-1]["advice"] != "", "it says what to do")
    time.sleep(0.3)
    check(watch.grab("cannot-see.png").count(AMBER, UPPER_LEFT) > 300, "cannot see you: amber, upper left")
    watch.quit()


def camera_is_lost():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    camera = subprocess.Popen(["ffmpeg", "-v", "quiet", "-re", "-stream_loop", "-1", "-i", LEARNER, "-c", "copy", "-f",
                               "mpegts", f"tcp://127.0.0.1:{port}?listen=1"], stdin=subprocess.DEVNULL)
    time.sleep(1)
    watch = Watch(f"tcp://127.0.0.1:{port}")
    wait_until(lambda: watch.events("progress"), 60, "the first picture")
    time.sleep(1)
    before = watch.grab()
    camera.terminate()
    camera.wait()
    wait_until(lambda: "trying again" in watch.said(), 30, "the outage on stderr")
    time.sleep(2.5)
    lost = watch.grab("camera-lost.png")
    check(lost.difference(before, (0.1, 0.4, 0.9, 0.6)) > 2, "the window says that no picture comes")
    watch.quit()


def check_helps():
    """`kata check`: the points in the window, and as text at the end."""
    checking = Watch(None, command=["check", "live:loop:" + LEARNER], title="Kata check")
    wait_until(lambda: checking.grab().count(GREEN, UPPER_LEFT) > 200, 60, "points that are good")
    checking.grab("check.png")
    text = checking.end()
    check("ok      the light is good" in text, "check says in words what it found")


def main():
    if not all(shutil.which(name) for name in ("Xvfb", "xdotool", "ffmpeg")):
        print("needs the programs Xvfb, xdotool and ffmpeg")
        return 77
    display = start_display(800)
    try:
        with tempfile.TemporaryDirectory() as folder:
            verdicts_are_shown()
            cannot_see(pathlib.Path(folder))
            camera_is_lost()
            check_helps()
    except AssertionError as failure:
        print("FAILED:", failure)
        return 1
    finally:
        display.terminate()
    return 0


sys.exit(main())
