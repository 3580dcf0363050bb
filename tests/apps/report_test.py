#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `kata train --json` and `kata evaluate --json` write, held against its schema:

    report_test.py KATA API-FOLDER

A field that the schema does not tell of fails as well as one that is missing. Exit code 77: python3-jsonschema is not there.
"""
import copy
import csv
import json
import math
import pathlib
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)

KATA, API = sys.argv[1], pathlib.Path(sys.argv[2])
SHOULDERS, ELBOWS, WRISTS, HIPS = (11, 12), (13, 14), (15, 16), (23, 24)
FRAMES = 16


def closed(schema):
    """The schema without the readers' leniency: every object has the fields that are told of and no others."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: closed(value) for key, value in schema.items()}
    if isinstance(result.get("properties"), dict):
        result.setdefault("additionalProperties", False)
    return result


def validator(name):
    schema = closed(json.loads((API / name).read_text()))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def pose(phase, reach, lean):
    """A body whose right hand goes round, as 225 numbers; hands are not seen."""
    points = [[0.5, 0.3, 0.0] for _ in range(33)]
    for (left, right), half, y in ((SHOULDERS, 0.08, 0.35), (ELBOWS, 0.1, 0.5), (WRISTS, 0.1, 0.62), (HIPS, 0.06, 0.7)):
        points[left], points[right] = [0.5 + half, y, 0.0], [0.5 - half, y, 0.0]
    points[WRISTS[1]] = [0.4 + reach * math.cos(phase) + lean, 0.5 + reach * math.sin(phase), -0.2]
    points[ELBOWS[1]] = [0.4 + reach * math.cos(phase) / 2 + lean, 0.45 + reach * math.sin(phase) / 2, -0.1]
    return [value for point in points for value in point] + [0.0] * 126


def craft(folder, name, right, wrong):
    """Repetitions as the prototype's page wrote them, imported."""
    rows = folder / (name + ".csv")
    with open(rows, "w", newline="") as file:
        table = csv.writer(file)
        axes = [f"{part}_{axis}{i}" for part, count in (("pose", 33), ("left_hand", 21), ("right_hand", 21))
                for i in range(count) for axis in "xyz"]
        table.writerow(["label", "sequence"] + axes)
        for label, count, reach in (("polish_R", right, 0.12), ("polish_W", wrong, 0.06)):
            for number in range(count):
                for frame in range(FRAMES):
                    angle = 2 * math.pi * frame / (FRAMES - 1)
                    table.writerow([label, number] + pose(angle, reach + 0.002 * (number % 5), 0.003 * (number % 3)))
    path = folder / (name + ".kata")
    run("new", path)
    run("import", path, rows)
    return path


def relabelled(path):
    """One right repetition is taught as wrong, so that it is misjudged; the wrong ones' mistake has a name."""
    wrong = [str(number) for number in range(8, 17)]
    run("relabel", path, *wrong, "--wrong", "--mistake", "small_circle")
    return path


def run(*arguments):
    return subprocess.run([KATA, *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def holds(check, message, what):
    problems = [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in check.iter_errors(message)]
    assert not problems, f"{what}: {problems}"
    for field in check.schema["required"]:  # the check itself must be able to fail
        damaged = copy.deepcopy(message)
        del damaged[field]
        assert not check.is_valid(damaged), f"{what} without {field} passes"
    assert not check.is_valid({**message, "unheard_of": 1}), f"{what} with an unknown field passes"
    assert not check.is_valid({**message, "n": "many"}), f"{what} with a word for a number passes"


def check_few(folder, report):
    few = craft(folder, "few", 2, 2)
    refused = subprocess.run([KATA, "train", str(few)], capture_output=True, text=True)
    assert refused.returncode != 0 and "1 more right repetition and 1 more wrong" in refused.stderr, refused.stderr
    taught = subprocess.run([KATA, "train", str(few), "--few", "--json", "-"], capture_output=True, text=True)
    assert taught.returncode == 0, taught.stderr
    assert "WARNING: too few to trust" in taught.stderr, taught.stderr
    message = json.loads(taught.stdout)
    holds(report, message, "report of few")
    assert len(message["shortfalls"]) == 1 and message["accuracy"] is None and message["protocol"] == "none"


def check_evaluations(both):
    evaluation = validator("evaluation.schema.json")
    for more in (["--folds", "4", "--repeats", "2"], ["--shots", "3", "--draws", "4", "--classifier", "neighbours"]):
        message = json.loads(run("evaluate", both, "--json", "-", *more))
        holds(evaluation, message, f"evaluation {more}")
        assert sum(map(sum, message["confusion"])) > 0
        assert len(message["predictions"]) == message["n"]
        assert sum(len(one["said"]) for one in message["predictions"]) == sum(map(sum, message["confusion"]))
    holds(evaluation, json.loads((API / "golden/evaluation.json").read_text()), "golden evaluation")


def check_refusals(both):
    for more, word in ((["--group", "who"], "person or take"), (["--index", "i.csv"], "--index does not apply"),
                       (["--group", "person", "--folds", "3"], "--folds does not apply where --group"),
                       (["--draws", "3"], "--draws needs --shots"), (["--origin", "hip"], "--origin does not apply"),
                       (["--group", "person"], "no example names its group")):
        refused = subprocess.run([KATA, "evaluate", str(both), *more], capture_output=True, text=True)
        assert refused.returncode != 0 and word in refused.stderr, (more, refused.stderr)


def main():
    with tempfile.TemporaryDirectory(prefix="kata-test-") as name:
        folder = pathlib.Path(name)
        report = validator("report.schema.json")
        both = craft(folder, "both", 8, 8)
        for path, more in ((both, []), (both, ["--classifier", "rocket"]), (craft(folder, "right", 4, 0), [])):
            message = json.loads(run("train", path, "--json", "-", *more))
            holds(report, message, f"report of {path.name} {more}")
            assert message["shortfalls"] == [], message["shortfalls"]
        message = json.loads(run("train", relabelled(craft(folder, "relabelled", 8, 8)), "--json", "-"))
        holds(report, message, "report with a mistake and a misjudged repetition")
        assert message["movements"][0]["mistakes"][0]["name"] == "small_circle", message["movements"]
        assert [one["repetition"] for one in message["confused"]] == [8], message["confused"]
        check_few(folder, report)
        check_evaluations(both)
        check_refusals(both)
    print("all reports are as their schemas say")


main()
