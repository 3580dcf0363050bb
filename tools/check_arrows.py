#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks every #include under src/kata and apps against tools/arrows.txt; exits 1 and names each offence."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
rooms, owners = {}, {}
for line in (root / "tools/arrows.txt").read_text().splitlines():
    line = line.split("#")[0].strip()
    if line.startswith("third-party "):
        words = line.split()[1:]
        for prefix in [w for w in words if "/" in w or w.endswith(".h")]:
            owners[prefix] = {w for w in words if not ("/" in w or w.endswith(".h"))}
    elif "->" in line:
        room, needs = line.split("->")
        rooms[room.strip()] = set(needs.split())

offences, leaks, includes = [], {}, {}
files = [p for top in ("src/kata", "apps") for p in sorted((root / top).rglob("*")) if p.suffix in (".h", ".cc")]
for path in files:
    parts = path.relative_to(root).parts
    room = "apps" if parts[0] == "apps" else parts[2]
    is_test = re.search(r"_(test|bench|fuzz)\.cc$", path.name) is not None
    if room not in rooms:
        offences.append(f"{path}: room '{room}' is not in tools/arrows.txt")
        continue
    for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*[<"]([^">]+)[">]', line)
        if not match:
            continue
        target = match.group(1)
        if target.startswith("kata/"):
            includes.setdefault(path, []).append(root / "src" / target)
            other = target.split("/")[1]
            if other != room and other not in rooms[room] and "*" not in rooms[room]:
                offences.append(f"{path}:{number}: {room} may not include {other} ({target})")
            continue
        for prefix, who in owners.items():
            if target.startswith(prefix):
                if room not in who and "*" not in who:
                    offences.append(f"{path}:{number}: {target} belongs to {' '.join(sorted(who))}, not to {room}")
                elif path.suffix == ".h" and not is_test and "*" not in who and parts[0] == "src":
                    leaks.setdefault(path, []).append((who, f"{path}:{number}: {target} leaks through a header that other rooms see"))


def room_of(path):
    parts = path.relative_to(root).parts
    return "apps" if parts[0] == "apps" else parts[2]


# A header may use its room's own library where only rooms see it that may use the library too.
reached = {}  # header: rooms that see it
for room in {room_of(path) for path in includes}:
    waiting = [header for path, targets in includes.items() if room_of(path) == room for header in targets]
    while waiting:
        header = waiting.pop()
        if room not in reached.setdefault(header, set()):
            reached[header].add(room)
            waiting += includes.get(header, [])
offences += [text for path, found in leaks.items() for who, text in found if reached.get(path, set()) - who]
print("\n".join(offences) if offences else f"arrows hold in {len(files)} files")
sys.exit(1 if offences else 0)
