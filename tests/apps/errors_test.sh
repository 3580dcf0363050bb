#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Bad input to the real program: one sentence on stderr, a failing exit code, nothing left behind.
# Usage: errors_test.sh KATA DEMO-FOLDER [CRAFT]
set -u
kata=$1
demo=$2
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder" 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failures=0

complain() {
  printf 'FAILED %s: %s\n' "$1" "$2"
  [[ -s stderr ]] && sed 's/^/    stderr: /' stderr
  failures=$((failures + 1))
}

# expect_refusal NAME WORD COMMAND…: fails, says one line that holds WORD, leaves no other file.
expect_refusal() {
  local name=$1 word=$2
  shift 2
  local before after
  before=$(find . ! -name stdout ! -name stderr | sort | xargs -d '\n' ls -ld --time-style=full-iso | awk '{print $1,$5,$NF}')
  "$@" >stdout 2>stderr </dev/null
  local code=$?
  after=$(find . ! -name stdout ! -name stderr | sort | xargs -d '\n' ls -ld --time-style=full-iso | awk '{print $1,$5,$NF}')
  ((code != 0)) || complain "$name" "exit code 0"
  ((code < 128)) || complain "$name" "ended by a signal ($code)"
  [[ $(wc -l <stderr) -eq 1 ]] || complain "$name" "stderr has $(wc -l <stderr) lines, not one"
  grep -q "^kata: " stderr || complain "$name" "the sentence does not begin with 'kata: '"
  grep -qi -- "$word" stderr || complain "$name" "the sentence does not say '$word'"
  grep -qi "internal error" stderr && complain "$name" "internal error"
  [[ $before == "$after" ]] || complain "$name" "files changed: $(diff <(echo "$before") <(echo "$after"))"
}

printf 'this is no video\n' >text.mp4
: >empty.mp4
head -c 3000 /dev/zero >zeros.mp4
printf 'this is no craft\n' >text.kata
mkdir folder.mp4
ffmpeg -loglevel error -f lavfi -i color=c=gray:s=320x240:r=10:d=2 -pix_fmt yuv420p nobody.mp4 || exit 1

expect_refusal "missing file" "missing.mp4" "$kata" track missing.mp4 --jsonl out.jsonl
expect_refusal "text named .mp4" "text.mp4" "$kata" track text.mp4 -o out.mp4 --csv out.csv
expect_refusal "empty file" "empty.mp4" "$kata" track empty.mp4 -o out.mp4
expect_refusal "zeros" "zeros.mp4" "$kata" track zeros.mp4 -o out.mp4
expect_refusal "folder as video" "folder.mp4" "$kata" track folder.mp4 -o out.mp4
expect_refusal "no camera" "camera" "$kata" check 7 --headless
expect_refusal "no camera to watch" "camera" "$kata" track 7
expect_refusal "nobody in the video" "nobody" "$kata" teach c.kata --movement m --right nobody.mp4
expect_refusal "unwritable video" "absent" "$kata" track nobody.mp4 -o absent/out.mp4
expect_refusal "unwritable text" "absent" "$kata" track nobody.mp4 --jsonl absent/out.jsonl
expect_refusal "unknown ending" "out.xyz" "$kata" track nobody.mp4 -o out.xyz
expect_refusal "craft is text" "text.kata" "$kata" train text.kata
expect_refusal "craft is text, watch" "text.kata" "$kata" watch text.kata nobody.mp4 --headless
expect_refusal "craft is missing" "none.kata" "$kata" train none.kata
expect_refusal "teach into text" "text.kata" "$kata" teach text.kata --movement m --right "$demo/hammer-teacher-right.mp4"
expect_refusal "craft in a missing folder" "absent" "$kata" teach absent/c.kata --movement m --right nobody.mp4

if [[ -n ${3:-} && -s ${3:-} ]]; then # a trained craft, where apps/live has made one
  cp "$3" trained.kata
  watch=("$kata" watch trained.kata)
  expect_refusal "watch: missing file" "missing.mp4" "${watch[@]}" missing.mp4 --headless
  expect_refusal "watch: no camera" "camera" "${watch[@]}" 7 --headless
  expect_refusal "watch: no such device" "/dev/video77" "${watch[@]}" /dev/video77 --headless
  expect_refusal "watch: text named .mp4" "text.mp4" "${watch[@]}" text.mp4 --headless
  expect_refusal "watch: unwritable report" "absent" "${watch[@]}" nobody.mp4 --headless --report absent/r.html
  expect_refusal "watch: unwritable lines" "absent" "${watch[@]}" nobody.mp4 --headless --jsonl absent/l.jsonl
  expect_refusal "watch: unwritable video" "absent" "${watch[@]}" nobody.mp4 --headless -o absent/v.mp4
  expect_refusal "watch: no host and port" "nowhere" "${watch[@]}" nobody.mp4 --headless --osc nowhere
  expect_refusal "check: craft is text" "text.kata" "$kata" check nobody.mp4 --headless --craft text.kata
fi
expect_refusal "check: missing file" "missing.mp4" "$kata" check missing.mp4 --headless
expect_refusal "check: unwritable video" "absent" "$kata" check nobody.mp4 --headless -o absent/v.mp4

# The commands on a craft file, its recording and its labelling.
unset DISPLAY WAYLAND_DISPLAY
good=good.kata
awk 'BEGIN { for (f = 0; f < 3; f++) { printf "saw,1,0"; for (i = 0; i < 300; i++) printf ",%s", (f * 300 + i) / 997; print "" } }' >good.csv
printf 'start_s,end_s\n3,2\n' >bad-marks.csv
printf 'start_s,end_s\n900,901\n' >far-marks.csv
"$kata" import "$good" good.csv >/dev/null || complain "import" "a good file is refused"
head -c 20000 "$good" >damaged.kata
for command in "new text.kata" "show none.kata" "show text.kata" "show damaged.kata --json" "show folder.mp4" \
  "list absent" "relabel none.kata 1 --right" "relabel $good 99 --wrong" "relabel text.kata 1 --right" \
  "relabel $good 1 --right --mistake slow" "remove $good 99" "remove damaged.kata 1" "restore none.kata 1" \
  "rename $good nod x" "rename none.kata a b" "merge $good saw saw" "merge $good saw nod" "compact text.kata" \
  "compact none.kata" "export none.kata -o out.csv --format prototype" "export $good -o absent/out.csv --format prototype" \
  "export $good -o folder.mp4 --format json" "export damaged.kata -o out.csv --format npy" "import text.kata good.csv" \
  "import damaged.kata good.csv" "import absent/new.kata good.csv" "play none.kata" "play text.kata -o out.mp4" \
  "play $good --repetition 99 -o out.mp4" "play $good -o absent/out.mp4" "play $good -o out.xyz" "play $good --movement nod" \
  "play $good" "play damaged.kata" "show $good --preview out.mp4" "show $good --preview out.mp4 --movement nod" \
  "record out.mp4 missing.mp4" "record out.mp4 text.mp4" "record out.mp4 7" "record absent/out.mp4 nobody.mp4" \
  "record out.xyz nobody.mp4" "record out.mp4 empty.mp4" "teach c.kata --movement m --right 7" \
  "teach c.kata --movement m nobody.mp4" "teach c.kata --movement m --right --mistake slow nobody.mp4" \
  "teach c.kata --movement m --right --marks none.csv nobody.mp4" "teach c.kata --movement m --right --marks bad-marks.csv nobody.mp4" \
  "teach c.kata --movement m --right --marks text.mp4 nobody.mp4" \
  "teach c.kata --movement m --right --marks far-marks.csv live:nobody.mp4" \
  "teach damaged.kata --movement m --right nobody.mp4" "label c.kata --movement m missing.mp4" "label c.kata --movement m text.mp4" \
  "label c.kata --movement m 7" "label c.kata --movement m live:nobody.mp4" "label text.kata --movement m nobody.mp4" \
  "label damaged.kata --movement m nobody.mp4" "label c.kata --movement m nobody.mp4"; do
  read -ra words <<<"$command"
  expect_refusal "$command" "" "$kata" "${words[@]}"
done

if ((failures == 0)); then
  echo "all refusals hold"
else
  echo "$failures complaints"
  exit 1
fi
