#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""An archive with the real program: tracked, killed, resumed, watched. Every result has the bytes of one undisturbed run.

Usage: archive_test.py KATA DEMO-FOLDER CRAFT; KATA_ARCHIVE_ROUNDS=50 is the acceptance figure for kills.
"""
import csv
import contextlib
import hashlib
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

KATA = os.path.abspath(sys.argv[1])
DEMO = pathlib.Path(sys.argv[2]).resolve()
CRAFT = pathlib.Path(sys.argv[3]).resolve()
ROUNDS = int(os.environ.get("KATA_ARCHIVE_ROUNDS", "5"))
SOME_FAILED = 3
INTERRUPTED = 130


def kata(*words, code=0, **options):
    done = subprocess.run([KATA, *map(str, words)], capture_output=True, text=True, check=False, **options)
    assert done.returncode == code, f"{words}: {done.returncode}, not {code}\n{done.stdout}{done.stderr}"
    return done


def clips(folder):
    """Short clips in two folders, from different moments of the demonstration."""
    for number, (name, clip) in enumerate([("a/one.mp4", "learner"), ("a/two.mp4", "teacher-right"), ("b/two.mkv", "teacher-wrong"),
                                           ("b/three.mp4", "learner")]):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["ffmpeg", "-v", "error", "-ss", str(2 + 3 * number), "-i", DEMO / f"hammer-{clip}.mp4", "-t", "1.6", "-c:v", "mpeg4",
                        "-q:v", "3", folder / name], check=True)


def results(out):
    """Digest of each result, by its name."""
    return {str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(out.rglob("*")) if path.is_file() and ".archive" not in path.parts}


def records(out):
    return {path.name: (path.stat().st_mtime_ns, json.loads(path.read_text())) for path in (out / ".archive/records").glob("*.json")}


def wait_for_group(group, limit_s=5):
    """Until the killed ones are gone: on a busy machine that takes a moment."""
    end = time.monotonic() + limit_s
    with contextlib.suppress(ProcessLookupError):
        while time.monotonic() < end:
            os.killpg(group, 0)
            time.sleep(0.02)


def check_whole(out, reference):
    assert results(out) == reference, f"{out}: {sorted(results(out).items())}\n{sorted(reference.items())}"
    for _, record in records(out).values():
        for output in record["outputs"]:
            data = (out / output["path"]).read_bytes()
            assert (len(data), hashlib.sha256(data).hexdigest()) == (output["bytes"], output["sha256"]), output
    left = list((out / ".archive/scratch").iterdir()) + list((out / ".archive/running").iterdir())
    assert not left, left


def check_tracking(work, videos):
    """Skipped, failed, retried; and what kata track writes."""
    out = work / "out"
    (videos / "broken.mp4").write_bytes(b"no video")
    done = kata("archive", videos, "-o", out, "--csv", "--jsonl", "--jobs", 2, code=SOME_FAILED)
    assert "failed: broken.mp4: this is not a video" in done.stderr, done.stderr
    kata("track", videos / "a/one.mp4", "--jsonl", work / "one.jsonl", "--csv", work / "one.csv")
    for ending in ("jsonl", "csv"):
        assert (out / f"a/one.mp4.{ending}").read_bytes() == (work / f"one.{ending}").read_bytes(), f"not what kata track writes: {ending}"
    before = records(out)
    kata("archive", videos, "-o", out, "--csv", "--jsonl", code=SOME_FAILED)
    assert records(out) == before, "complete units were done again"
    status = kata("archive", "status", out).stdout
    assert "5 units: 4 done, 1 failed, 0 running, 0 left" in status and "broken.mp4: this is not" in status, status
    shutil.copy(videos / "a/one.mp4", videos / "broken.mp4")
    kata("archive", "retry", out)
    after = records(out)
    assert sum(after[name] != before[name] for name in before) == 1, "retry did more than what had failed"
    assert all(record["state"] == "done" for _, record in after.values())
    (videos / "broken.mp4").unlink()
    return out


def check_kills(work, videos):
    """kill -9 at random moments, then the same command: complete, equal, nothing that was complete done again."""
    out = work / "calm"
    started = time.monotonic()
    kata("archive", videos, "-o", out, "--gzip", "--jobs", 2)
    length = time.monotonic() - started
    reference = results(out)
    chance = random.Random(7)
    killed = work / "killed"
    hits = 0
    for turn in range(ROUNDS):
        if turn % 5 == 0:
            shutil.rmtree(killed, ignore_errors=True)
        words = [KATA, "archive", videos, "-o", killed, "--gzip", "--jobs", "2"]
        run = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(chance.uniform(0, length))
        hits += run.poll() is None
        with contextlib.suppress(ProcessLookupError):  # it may have ended by itself
            if turn % 2 == 0:
                os.killpg(run.pid, signal.SIGKILL)
            else:
                run.kill()  # the workers must not go on alone
        run.wait()
        wait_for_group(run.pid)
        before = records(killed) if killed.exists() else {}
        for _, record in before.values():
            for output in record["outputs"]:
                assert hashlib.sha256((killed / output["path"]).read_bytes()).hexdigest() == output["sha256"], "a half result counts"
        kata("archive", videos, "-o", killed, "--gzip", "--jobs", "2")
        after = records(killed)
        again = [name for name in before if after[name][0] != before[name][0]]
        assert not again, f"done again: {again}"
        check_whole(killed, reference)
        if turn % 5 != 4:  # the next round begins with some of it
            for name in chance.sample(sorted(after), 3):
                (killed / ".archive/records" / name).unlink()
    print(f"{ROUNDS} kills, {hits} while it worked")
    return reference


def check_stop(work, videos, reference):
    out = work / "stopped"
    run = subprocess.Popen([KATA, "archive", videos, "-o", out, "--gzip", "--jobs", "2"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    time.sleep(0.7)
    run.send_signal(signal.SIGINT)
    said = run.communicate()[1]
    assert run.returncode in (0, INTERRUPTED), run.returncode
    assert run.returncode == 0 or "the same command goes on" in said, said
    kata("archive", videos, "-o", out, "--gzip")
    check_whole(out, reference)


def check_full_disk(work, videos):
    out = work / "full"
    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    done = kata("archive", videos, "-o", out, "--jobs", 2, code=1, preexec_fn=small)
    assert done.stderr.count("kata: the archive cannot be written") == 1, done.stderr
    assert not results(out) and not records(out), results(out)
    kata("archive", videos, "-o", out, "--jobs", 2)
    assert len(results(out)) == 4


def check_single_units(work, videos, reference):
    """Two workers on each unit do no harm."""
    out = work / "units"
    units = kata("archive", "plan", videos, "-o", out, "--gzip").stdout.split()
    assert len(units) == 4 and not any(pathlib.Path(unit).exists() for unit in units)
    pairs = [subprocess.Popen([KATA, "archive", "run", unit], stderr=subprocess.PIPE) for unit in units[:2] for _ in range(2)]
    assert [run.wait() for run in pairs] == [0] * 4
    kata("archive", "part", out, 0, 2)
    kata("archive", "part", out, 1, 2)
    assert all(pathlib.Path(unit).exists() for unit in units)
    check_whole(out, reference)


def check_watching(work, videos):
    """Tracked once, asked often: no network is loaded, and the verdicts are those of kata watch."""
    manifest = work / "list.csv"
    shutil.copy(DEMO / "hammer-learner.mp4", videos.parent / "learner.mp4")
    manifest.write_text("path,person,movement,label\nlearner.mp4,\"Ann, B\",hammer,right\nvideos/a/two.mp4,Ben,hammer,\n")
    kata("archive", manifest, "-o", work / "tracks")
    nowhere = {**os.environ, "KATA_MODELS": "/nowhere"}
    kata("archive", work / "tracks", "--craft", CRAFT, "--watch", "-o", work / "asked", env=nowhere)
    kata("watch", CRAFT, videos.parent / "learner.mp4", "--headless", "--jsonl", work / "watch.jsonl")
    lines = [json.loads(line) for line in (work / "watch.jsonl").read_text().splitlines()]
    expected = [line for line in lines if line["event"] in ("repetition", "other")]
    rows = [row for row in csv.DictReader(open(work / "asked/verdicts.csv")) if row["path"] == "learner.mp4"]
    assert len(rows) >= 8 and len(rows) == len(expected), (len(rows), len(expected))
    for row, line in zip(rows, expected):
        verdict = line["verdict"] if line["event"] == "repetition" else "other"
        assert row["verdict"] == verdict and row["person"] == "Ann, B" and row["expected_movement"] == "hammer", (row, line)
        assert abs(float(row["start_s"]) - line["start_s"]) < 1e-3, (row, line)
    shutil.rmtree(work / "asked")
    kata("archive", work / "tracks", "-o", work / "tracks", "--craft", CRAFT, "--watch", code=1)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    where = folder / "videos"
    clips(where)
    check_tracking(folder, where)
    packed = check_kills(folder, where)
    check_stop(folder, where, packed)
    check_full_disk(folder, where)
    check_single_units(folder, where, packed)
    check_watching(folder, where)
print("the archive holds")
