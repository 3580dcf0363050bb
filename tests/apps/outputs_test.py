#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every output option of every command against every kind of thing that may lie under its name.

The options are the program's own table (`kata options`): one that looks like an output and is not known as one fails
the test, and so does an output of which the test knows no command line. Usage: outputs_test.py KATA DEMO-FOLDER
"""
import hashlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading

KATA = os.path.abspath(sys.argv[1])
DEMO = pathlib.Path(sys.argv[2]).resolve()

# What makes an option look like an output.
OUTPUT_WORDS = re.compile(r"\b(writ\w+|output|saved?|to make)\b", re.IGNORECASE)
OUTPUT_NAMES = {"--output", "-o", "--out", "--csv", "--jsonl", "--json", "--report", "--preview", "--html", "--save"}
FILE_ROLES = ("output", "output file or folder")
REFUSED, DONE = 1, 0
READER_GONE = 141

# A command line that works, without its output; its inputs, by the option that is named in a refusal.
VIDEO, CRAFT, SEQUENCES, VIDEOS, SITTINGS = "v.mp4", "c.kata", "s.csv", "videos", "progress.db"
COMMANDS = {
    "track": (["track", VIDEO], {"SOURCE": VIDEO}),
    "record": (["record", VIDEO, "--headless"], {"SOURCE": VIDEO}),
    "watch": (["watch", CRAFT, VIDEO, "--headless"], {"CRAFT": CRAFT, "SOURCE": VIDEO}),
    "check": (["check", VIDEO, "--headless", "--craft", CRAFT], {"--craft": CRAFT, "SOURCE": VIDEO}),
    "train": (["train", CRAFT, "--classifier", "neighbours"], {"CRAFT": CRAFT}),
    "evaluate": (["evaluate", CRAFT, "--folds", "2", "--repeats", "1", "--classifier", "neighbours"], {"INPUT": CRAFT}),
    "show": (["show", CRAFT], {"CRAFT": CRAFT}),
    "play": (["play", CRAFT, "--repetition", "1"], {"CRAFT": CRAFT}),
    "export": (["export", CRAFT, "--format", "prototype"], {"CRAFT": CRAFT}),
    "publish": (["publish", CRAFT], {"CRAFT": CRAFT}),
    "archive": (["archive", VIDEOS, "--craft", CRAFT, "--watch"], {"SOURCE": VIDEOS, "--craft": CRAFT}),
    "progress": (["progress", SITTINGS], {"PLACE": SITTINGS}),
    "demo": (["demo"], {}),
}
VIDEO_OPTIONS = {"-o/--output", "OUT"}  # what they make must end in .mp4, where the file is a new one


def table():
    done = subprocess.run([KATA, "options"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def digest(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def csv_of(path):
    """Eight right and eight wrong repetitions of a few frames in the prototype's layout."""
    with open(path, "w", encoding="ascii") as file:
        for sequence in range(16):
            wrong = sequence % 2
            for frame in range(6):
                values = [0.5 + 0.3 * ((i * 37 % 100) / 100 - 0.5) + frame * (0.02 if wrong else 0.05)
                          + (sequence * 31 + i) % 7 / 500 for i in range(300)]
                file.write(f"saw,{1 - wrong},{sequence}," + ",".join(map(str, values)) + "\n")


def sittings_at(path):
    """A file of sittings that holds none, by the schema in the source."""
    kind = pathlib.Path(__file__).resolve().parents[2] / "src/kata/progress/progress_kind.cc"
    schema = re.search(r'R"sql\((.*?)\)sql"', kind.read_text(), re.DOTALL).group(1)
    with sqlite3.connect(path) as file:
        file.executescript(f"PRAGMA application_id = {int.from_bytes(b'KPRG', 'big')};{schema};PRAGMA user_version = 1")
    file.close()


class Walk:
    def __init__(self, folder):
        self.folder = folder
        self.failures = []
        self.count = 0
        self.kept = {}

    def prepare(self):
        os.chdir(self.folder)
        subprocess.run(["ffmpeg", "-v", "error", "-i", DEMO / "hammer-teacher-right.mp4", "-frames:v", "6", "-c:v", "mpeg4",
                        VIDEO], check=True)
        os.mkdir(VIDEOS)
        shutil.copy(VIDEO, VIDEOS)
        csv_of(SEQUENCES)
        marks = self.folder / "marks.csv"
        marks.write_text("start_frame,end_frame\n0,5\n")
        for arguments in (["import", CRAFT, SEQUENCES],
                          ["teach", CRAFT, "--movement", "saw", "--right", "--marks", marks, VIDEO],
                          ["train", CRAFT, "--classifier", "neighbours"]):
            done = subprocess.run([KATA, *arguments], capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{arguments}: {done.stderr}"
        sittings_at(SITTINGS)
        for name in (VIDEO, CRAFT, SITTINGS):
            shutil.copy(name, "kept-" + name)
            self.kept[name] = digest(name)

    def complain(self, what):
        self.failures.append(what)
        print("FAILED", what)

    def run(self, command, option, target, *more):
        self.count += 1
        given = [str(target)] if option.isupper() else [option.split("/")[-1], str(target)]
        name, *rest = COMMANDS[command][0]
        done = subprocess.run([KATA, name, *given, *rest, *map(str, more)], capture_output=True, text=True, timeout=300,
                              stdin=subprocess.DEVNULL, check=False)
        if command == "train" and "the same file" not in done.stderr:
            shutil.copy("kept-" + CRAFT, CRAFT)  # it was trained anew
        return done

    def expect(self, what, done, code, *words):
        for word in words:
            if word not in done.stderr:
                self.complain(f"{what}: does not say '{word}': {done.stderr}")
        if (done.returncode == 0) != (code == 0):
            self.complain(f"{what}: exit code {done.returncode}: {done.stdout or ''}{done.stderr}")
        if "internal error" in done.stderr:
            self.complain(f"{what}: {done.stderr}")

    def inputs_are_as_before(self, what):
        for name, before in self.kept.items():
            if digest(name) != before:
                self.complain(f"{what}: {name} has changed")
                shutil.copy("kept-" + name, name)
        if pathlib.Path(CRAFT + "-wal").exists():
            self.complain(f"{what}: something lies beside the craft")
            os.remove(CRAFT + "-wal")

    def fresh(self, name):
        place = self.folder / "out"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        return place / name


def file_name(option):
    return "new.mp4" if option in VIDEO_OPTIONS else "new.txt"


def against_inputs(walk, command, option):
    for other, path in COMMANDS[command][1].items():
        place = walk.fresh("link")
        place.symlink_to(walk.folder / path)
        os.link(path, place.parent / "hard")
        (place.parent / "folder").symlink_to(walk.folder)
        targets = [path, place, place.parent / "hard", f"out/../{path}", place.parent / "folder" / path]
        if path == CRAFT:
            targets += [CRAFT + "-wal", place.parent / "folder" / (CRAFT + "-journal")]
        for target in targets:
            what = f"{command} {option} {target} over {other} (refused)"
            done = walk.run(command, option, target)
            walk.expect(what, done, REFUSED, option.split("/")[-1], other, "the same file")
            walk.inputs_are_as_before(what)


def against_another(walk, command, option, others):
    for other in others:
        place = walk.fresh(file_name(option))
        (place.parent / "folder").symlink_to(place.parent)
        done = walk.run(command, option, place, other.split("/")[-1], place.parent / "folder" / place.name)
        walk.expect(f"{command} {option} and {other} to one file", done, REFUSED, option.split("/")[-1],
                    other.split("/")[-1], "the same file")
        if place.exists():
            walk.complain(f"{command} {option} and {other}: something was written")


def against_pipe(walk, command, option):
    pipe = walk.fresh("pipe")
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    reader.start()
    done = walk.run(command, option, pipe)
    walk.expect(f"{command} {option} to a pipe", done, DONE)
    reader.join(10)
    if not stat.S_ISFIFO(os.lstat(pipe).st_mode):
        walk.complain(f"{command} {option}: the pipe was replaced")
    if not got or not got[0]:
        walk.complain(f"{command} {option}: the reader of the pipe got nothing")


def against_device(walk, command, option):
    """The null device and the full one, as nodes of the test's own: those of the machine are not touched."""
    for minor, code, words in ((3, DONE, ()), (7, REFUSED, ("the disk is full",))):
        node = walk.fresh("device")
        try:
            os.mknod(node, 0o666 | stat.S_IFCHR, os.makedev(1, minor))
        except PermissionError:
            print(f"NOT CHECKED: {command} {option} to a device, needs the right to make one")
            return
        walk.expect(f"{command} {option} to device 1:{minor}", walk.run(command, option, node), code, *words)
        if not stat.S_ISCHR(os.lstat(node).st_mode):
            walk.complain(f"{command} {option}: the device was replaced")


def against_links(walk, command, option):
    for is_there in (True, False):
        name = file_name(option)
        link = walk.fresh(name)
        target = link.parent / "data" / name
        target.parent.mkdir()
        if is_there:
            target.write_text("old")
        link.symlink_to(target)
        what = f"{command} {option} to a link{'' if is_there else ' to nothing'}"
        walk.expect(what, walk.run(command, option, link), DONE)
        if not link.is_symlink() or not target.is_file() or target.stat().st_size <= 3:
            walk.complain(f"{what}: {[str(p) for p in link.parent.rglob('*')]}")
        left = [each.name for each in target.parent.iterdir() if each != target]
        if left:
            walk.complain(f"{what}: left {left}")


def against_folders(walk, command, option, role):
    name = file_name(option)
    place = walk.fresh(name)
    if role == "output":
        place.mkdir()
        walk.expect(f"{command} {option} to a folder", walk.run(command, option, place), REFUSED, name)
    walk.expect(f"{command} {option} into no folder", walk.run(command, option, place.parent / "none" / name), REFUSED)
    closed = place.parent / "closed"
    closed.mkdir()
    if os.geteuid() == 0:
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", closed], check=False,
                          stderr=subprocess.DEVNULL).returncode != 0:
            print(f"NOT CHECKED: {command} {option} into a closed folder, needs the right to mount one")
            return
    else:
        closed.chmod(0o500)
    try:
        walk.expect(f"{command} {option} into a closed folder", walk.run(command, option, closed / name), REFUSED, name)
    finally:
        if os.geteuid() == 0:
            subprocess.run(["umount", closed], check=False)
        else:
            closed.chmod(0o700)


def folder_option(walk, command, option):
    """A folder that the command fills: nothing that is no folder may be touched."""
    file = walk.fresh("file")
    file.write_text("old")
    walk.expect(f"{command} {option} to a file", walk.run(command, option, file), REFUSED)
    if file.read_text() != "old":
        walk.complain(f"{command} {option}: the file was replaced")
    pipe = walk.fresh("pipe")
    os.mkfifo(pipe)
    walk.expect(f"{command} {option} to a pipe", walk.run(command, option, pipe), REFUSED)
    for other, path in COMMANDS[command][1].items():
        what = f"{command} {option} over {other} (refused)"
        walk.expect(what, walk.run(command, option, path), REFUSED)
        walk.inputs_are_as_before(what)


def demonstration(walk):
    """Its folder may be that of its own clips, or hold a craft of the user's with the same name."""
    link = walk.fresh("own")
    link.mkdir()
    try:  # were it replaced, the demonstration itself would still be there
        os.link(DEMO / "hammer-learner.mp4", link / "hammer-learner.mp4")
    except OSError:
        (link / "hammer-learner.mp4").symlink_to(DEMO / "hammer-learner.mp4")
    before = digest(DEMO / "hammer-learner.mp4")
    walk.expect("demo over its own clip", walk.run("demo", "--folder", link), REFUSED, "--folder", "the same file")
    assert digest(DEMO / "hammer-learner.mp4") == before, "the demonstration's own clip was replaced"
    mine = walk.fresh("mine")
    mine.mkdir()
    shutil.copy(CRAFT, mine / "hammer.kata")
    walk.expect("demo over a craft", walk.run("demo", "--folder", mine), REFUSED, "--folder")
    if digest(mine / "hammer.kata") != walk.kept[CRAFT]:
        walk.complain("demo: a craft of the user's was replaced")


def printed(walk):
    """What is printed: a reader that goes is no error, a full disk is told."""
    with open("big.csv", "w", encoding="ascii") as file:
        for sequence in range(2500):
            file.write(f"saw,{sequence % 2},{sequence}," + ",".join(["0.5"] * 300) + "\n")
    subprocess.run([KATA, "import", "big.kata", "big.csv"], check=True, stdout=subprocess.DEVNULL)
    full = walk.fresh("full")
    try:
        os.mknod(full, 0o666 | stat.S_IFCHR, os.makedev(1, 7))
    except PermissionError:
        full = None
        print("NOT CHECKED: printing to a full device, needs the right to make one")
    for arguments in (["show", "big.kata"], ["show", "big.kata", "--json"], ["list"], ["--help"], ["options"], ["--version"],
                      ["train", CRAFT, "--classifier", "neighbours", "--json", "-"],
                      ["evaluate", CRAFT, "--folds", "2", "--repeats", "1", "--classifier", "neighbours"],
                      ["export", CRAFT, "--format", "json", "-o", "-"], ["import", "other.kata", SEQUENCES]):
        walk.count += 2
        program = subprocess.Popen([KATA, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        program.stdout.close()
        said = program.stderr.read()
        if program.wait() != READER_GONE or said:
            walk.complain(f"{arguments} whose reader has gone: {program.returncode} '{said}'")
        pathlib.Path("other.kata").unlink(missing_ok=True)
        if full:
            with open(full, "w", encoding="ascii") as stdout:
                done = subprocess.run([KATA, *arguments], stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)
            walk.expect(f"{arguments} to a full disk", done, REFUSED, "the disk is full")
        pathlib.Path("other.kata").unlink(missing_ok=True)
    shutil.copy("kept-" + CRAFT, CRAFT)  # it was trained anew
    with open(CRAFT, "ab") as craft:
        done = subprocess.run([KATA, "show", CRAFT], stdout=craft, stderr=subprocess.PIPE, text=True, check=False)
    walk.expect("show into the craft (refused)", done, REFUSED, "the same file", "CRAFT")
    walk.inputs_are_as_before("show into the craft (refused)")
    print("what is printed: walked")


def walk_option(walk, command, option, role, others):
    if role == "output folder":
        folder_option(walk, command, option)
        return
    against_inputs(walk, command, option)
    against_another(walk, command, option, others)
    against_pipe(walk, command, option)
    against_device(walk, command, option)
    against_links(walk, command, option)
    against_folders(walk, command, option, role)
    print(f"{command} {option}: walked")


def main():
    options = table()
    with tempfile.TemporaryDirectory() as name:
        walk = Walk(pathlib.Path(name).resolve())
        walk.prepare()
        for command, entries in options.items():
            outputs = {each["option"]: each["role"] for each in entries if each["role"].startswith("output")}
            for each in entries:
                names = set(each["option"].split("/"))
                looks_like_one = each["takes_value"] and (OUTPUT_WORDS.search(each["description"])
                                                          or names & OUTPUT_NAMES)
                if looks_like_one and not each["role"]:
                    walk.complain(f"{command} {each['option']} looks like an output and has no role")
            for option, role in outputs.items():
                if command not in COMMANDS:
                    walk.complain(f"{command} {option} is an output; say in COMMANDS how it is called")
                    continue
                others = [each for each, its in outputs.items() if each != option and its in FILE_ROLES]
                walk_option(walk, command, option, role, others)
        demonstration(walk)
        printed(walk)
        os.chdir("/")
        if walk.failures:
            print(f"{len(walk.failures)} complaints")
            return 1
        print(f"every output holds, {walk.count} runs")
    return 0


sys.exit(main())
