#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Several sources at once, bodies alone, and a judge that no longer knows what was taught.
# Usage: several_test.sh KATA DEMO-FOLDER TRAINED-CRAFT
set -u
kata=$1
demo=$2
trained=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1

fail() {
  echo "FAILED: $*"
  for file in stdout stderr; do [[ -s $file ]] && sed "s/^/    $file: /" "$file"; done
  exit 1
}

mkdir clips empty
ffmpeg -v error -i "$demo/hammer-teacher-right.mp4" -t 10.8 -c:v mpeg4 -q:v 3 clips/a.mp4 || fail "cutting"
cp clips/a.mp4 one.mp4
ffmpeg -v error -i "$demo/hammer-teacher-right.mp4" -ss 10.8 -c:v mpeg4 -q:v 3 clips/b.mp4 || fail "cutting"
echo "no video" >broken.mp4
echo "a note" >clips/notes.txt

# Each source is a take; what cannot be used is named and keeps nothing from being stored.
"$kata" teach several.kata --movement hammer --right clips broken.mp4 empty clips/a.mp4 >stdout 2>stderr && fail "a broken source among others is an error"
grep -q "^2 of 4 sources taught" stdout || fail "two of four sources"
grep -q "kata: .*broken.mp4" stderr || fail "the broken one is named"
grep -q "no video in this folder.*: empty" stderr || fail "the empty folder is named"
"$kata" show several.kata --json | python3 -c '
import json, sys
repetitions = json.load(sys.stdin)["repetitions"]
takes = {one["take"] for one in repetitions}
assert len(takes) == 2 and len(repetitions) >= 6, (takes, len(repetitions))' || fail "the takes of both clips"
"$kata" teach none.kata --movement hammer --right broken.mp4 empty >stdout 2>stderr && fail "nothing but broken sources"
[[ ! -e none.kata ]] || fail "a craft without a repetition is left behind"
printf 'start_s,end_s\n1,2\n' >marks.csv
"$kata" teach several.kata --movement hammer --right clips --marks marks.csv >stdout 2>stderr && fail "marks for several videos"
grep -q "marks belong to one video" stderr || fail "why marks are refused"

# Bodies alone: taught without hands, watched without hands, whatever is asked for.
for label in right wrong; do
  "$kata" teach body.kata --movement hammer --$label --mode body "$demo/hammer-teacher-$label.mp4" >stdout 2>stderr || fail "teach $label by the body"
done
"$kata" train body.kata >stdout 2>stderr || fail "train"
"$kata" track one.mp4 --mode body --jsonl track.jsonl >stdout 2>stderr || fail "track the body"
grep -q "left hand in 0 %, right hand in 0 %" stderr || fail "no hands in body mode"
for mode in "" "--mode body"; do
  # shellcheck disable=SC2086
  "$kata" watch body.kata "$demo/hammer-learner.mp4" $mode --headless --jsonl "body$mode.jsonl" >stdout 2>stderr || fail "watch $mode"
done
cmp <(grep '"repetition"' body.jsonl) <(grep '"repetition"' "body--mode body.jsonl") || fail "other verdicts without --mode body"
(($(grep -c '"repetition"' body.jsonl) >= 8)) || fail "too few repetitions found by the body"

# A judge knows a movement's new name, and says when it does not know what was changed.
[[ -e $trained ]] || exit 77
cp "$trained" c.kata
"$kata" rename c.kata hammer Hauen >stdout 2>stderr || fail "rename"
"$kata" watch c.kata one.mp4 --headless --jsonl - >stdout 2>stderr || fail "watch"
grep -q '"movement":"Hauen"' stdout && ! grep -q '"hammer"' stdout || fail "verdicts by the new name"
! grep -q "changed after" stderr || fail "a new name alone needs no training"
first=$("$kata" show c.kata --json | python3 -c 'import json, sys; print(json.load(sys.stdin)["repetitions"][0]["id"])')
"$kata" relabel c.kata "$first" --wrong >stdout 2>stderr || fail "relabel"
grep -q "changed after it was trained; run: kata train c.kata" stderr || fail "relabel says that the judge is stale"
"$kata" list . >stdout && grep -q "^c.kata .* stale " stdout || fail "list says so"
"$kata" show c.kata >stdout && grep -q "changed since; run: kata train" stdout || fail "show says so"
"$kata" watch c.kata one.mp4 --headless >stdout 2>stderr || fail "watch"
(($(grep -c "changed after it was trained" stderr) == 1)) || fail "watch says so once"
"$kata" relabel c.kata "$first" --right >stdout 2>stderr || fail "relabel back"
! grep -q "changed after" stderr || fail "what is taken back is fresh again"
"$kata" relabel c.kata --take 1 --person Bo >stdout 2>stderr || fail "person"
grep -q "changed after" stderr || fail "another person is a change"
"$kata" show c.kata --json | python3 -c '
import json, sys
assert {one["person"] for one in json.load(sys.stdin)["repetitions"] if one["take"] == 1} == {"Bo"}' || fail "the take is of Bo"
"$kata" train c.kata >stdout 2>stderr || fail "train"
"$kata" show c.kata >stdout && ! grep -q "changed since" stdout || fail "trained anew is fresh"
echo "several sources, bodies alone and stale judges are as they should be"
