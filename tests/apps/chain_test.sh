#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The whole chain with the real program and the networks: teach, train, watch, and the files it writes.
# Usage: chain_test.sh KATA DEMO-FOLDER
set -u
kata=$1
demo=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1

fail() {
  echo "FAILED: $*"
  exit 1
}

"$kata" teach hammer.kata --movement hammer --right "$demo/hammer-teacher-right.mp4" >right.txt || fail "teach right"
grep -q "^8 repetitions of hammer (right)" right.txt || fail "the right take has 8 repetitions: $(tail -n 1 right.txt)"
"$kata" teach hammer.kata --movement hammer --wrong "$demo/hammer-teacher-wrong.mp4" >wrong.txt || fail "teach wrong"
grep -q "^8 repetitions of hammer (wrong)" wrong.txt || fail "the wrong take has 8 repetitions: $(tail -n 1 wrong.txt)"
"$kata" train hammer.kata >train.txt || fail "train"
ls ./*-wal ./*-shm ./*.part 2>/dev/null && fail "leftovers beside the craft file"

"$kata" watch hammer.kata "$demo/hammer-learner.mp4" --headless --jsonl - -o out.mp4 >lines.jsonl 2>watch.txt || fail "watch: $(cat watch.txt)"
python3 - "$demo/hammer-learner.json" lines.jsonl <<'PYTHON' || fail "verdicts"
import json, sys
truth = json.load(open(sys.argv[1]))
lines = [json.loads(line) for line in open(sys.argv[2])]
verdicts = [line for line in lines if line["event"] == "repetition"]
summary = lines[-1]
assert summary["event"] == "summary", summary
assert summary["frames"] == truth["frames"], (summary["frames"], truth["frames"])
assert summary["repetitions"] == len([v for v in verdicts if v["verdict"] != "other"]), summary
found = agreed = 0
used = set()
for repetition in truth["repetitions"]:
    start, end = repetition["start_frame"] / truth["fps"], repetition["end_frame"] / truth["fps"]
    hits = [i for i, v in enumerate(verdicts) if i not in used and v["verdict"] != "other"
            and min(end, v["end_s"]) - max(start, v["start_s"]) > 0.5 * (end - start)]
    if hits:
        used.add(hits[0])
        found += 1
        agreed += verdicts[hits[0]]["verdict"] == repetition["label"]
print(f"{found} of {len(truth['repetitions'])} found, {agreed} judged as the truth says")
assert found >= 8, found
assert agreed >= 0.8 * found, agreed
PYTHON
frames=$(ffprobe -v error -count_frames -select_streams v -show_entries stream=nb_read_frames -of csv=p=0 out.mp4)
[[ ${frames%,} == 900 ]] || fail "the annotated video has $frames frames, not 900"

# A stored track is a source like the video it came from, and needs no networks.
"$kata" track "$demo/hammer-learner.mp4" --jsonl track.jsonl --csv track.csv 2>track.txt || fail "track: $(cat track.txt)"
gzip -k track.jsonl track.csv
for track in track.jsonl track.jsonl.gz track.csv.gz; do
  KATA_MODELS=/nowhere "$kata" watch hammer.kata "$track" --headless --jsonl again.jsonl >/dev/null 2>watch.txt || fail "watch $track: $(cat watch.txt)"
  python3 - lines.jsonl again.jsonl <<'PYTHON' || fail "other verdicts for $track"
import json, sys
clip, track = ([json.loads(line) for line in open(path) if '"repetition"' in line] for path in sys.argv[1:])
keys = ("movement", "start_s", "end_s", "verdict", "mistake", "score")
assert clip and [[v.get(k) for k in keys] for v in clip] == [[v.get(k) for k in keys] for v in track]
PYTHON
done
"$kata" track "$demo/hammer-teacher-right.mp4" --jsonl right.jsonl 2>track.txt || fail "track: $(cat track.txt)"
"$kata" teach tracks.kata --movement hammer --right right.jsonl >taught.txt || fail "teach from a track"
grep -q "^8 repetitions of hammer (right)" taught.txt || fail "the right track has 8 repetitions: $(tail -n 1 taught.txt)"
diff <(grep '/' right.txt) <(grep '/' taught.txt) || fail "a take from its track is cut otherwise"
head -c -100 track.jsonl >torn.jsonl
"$kata" watch hammer.kata torn.jsonl --headless --jsonl torn.out >/dev/null 2>torn.txt && fail "a torn track was taken for whole"
grep -q "line 900" torn.txt || fail "a torn track is said without its line: $(cat torn.txt)"
[[ ! -e torn.out ]] || fail "a torn track leaves verdicts"

# Mirroring is drawing only; a left-handed learner, or a camera that mirrors, is judged with --swap-sides.
ffmpeg -v error -i "$demo/hammer-learner.mp4" -t 13 -c:v mpeg4 -q:v 2 part.mp4 || fail "cutting"
ffmpeg -v error -i "$demo/hammer-learner.mp4" -vf hflip -c:v mpeg4 -q:v 2 flipped.mp4 || fail "flipping"
"$kata" watch hammer.kata part.mp4 --headless --jsonl mirrored.jsonl -o mirrored.mp4 >/dev/null || fail "watch, mirrored"
"$kata" watch hammer.kata part.mp4 --headless --no-mirror --jsonl plain.jsonl -o plain.mp4 >/dev/null || fail "watch, not mirrored"
cmp <(grep '"repetition"' mirrored.jsonl) <(grep '"repetition"' plain.jsonl) || fail "mirroring changes the verdict"
cmp -s mirrored.mp4 plain.mp4 && fail "--no-mirror changes nothing"
"$kata" watch hammer.kata flipped.mp4 --headless --swap-sides --jsonl swapped.jsonl >/dev/null || fail "watch, sides swapped"
python3 - lines.jsonl swapped.jsonl <<'PYTHON' || fail "other verdicts for the left-handed learner"
import json, sys
plain, swapped = ([json.loads(line) for line in open(path) if '"repetition"' in line] for path in sys.argv[1:])
assert plain and len(plain) == len(swapped), (len(plain), len(swapped))
kinds = [(a["verdict"], b["verdict"]) for a, b in zip(plain, swapped)]
# The networks see a mirrored picture a little differently: what is close may become unsure, never the opposite.
assert all(a == b or "unsure" in (a, b) for a, b in kinds), kinds
assert sum(a == b for a, b in kinds) >= 0.7 * len(kinds), kinds
wrong = [(a["reasons"][0]["joint"], b["reasons"][0]["joint"]) for a, b in zip(plain, swapped) if a["verdict"] == b["verdict"] == "incorrect"]
other_side = {"right": "left", "left": "right"}
assert wrong and all(other_side[a.split("_")[0]] + a[a.index("_"):] == b for a, b in wrong), wrong
PYTHON
echo "the chain holds"
