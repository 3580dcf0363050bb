#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The window for labelling under a display of its own, driven by real key events.
# Usage: label_test.sh KATA DEMO-FOLDER; KATA_SCREENSHOT=FILE.png keeps what it looks like.
set -u
kata=$1
clip=$2/hammer-teacher-right.mp4
for program in Xvfb xdotool ffmpeg; do
  command -v "$program" >/dev/null || { echo "SKIPPED: needs the program $program"; exit 77; }
done
folder=$(mktemp -d)
screenshot=$(realpath -m "${KATA_SCREENSHOT:-$folder/screenshot.png}")
server=
program=
cleanup() {
  [[ -z $program ]] || kill "$program" 2>/dev/null
  [[ -z $server ]] || kill "$server" 2>/dev/null
  rm -rf "$folder"
}
trap cleanup EXIT
cd "$folder" || exit 1

fail() {
  echo "FAILED: $*"
  cat output 2>/dev/null
  exit 1
}

mkfifo number
Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp -noreset 3>number 2>/dev/null &
server=$!
read -r display <number
export DISPLAY=:$display
unset WAYLAND_DISPLAY

# Five seconds of the take are enough, and found quickly.
ffmpeg -v error -i "$clip" -t 5 -c copy short.mp4 || fail "cutting the clip"
"$kata" label c.kata --movement hammer --person chen short.mp4 >output 2>&1 &
program=$!
ready=
for _ in $(seq 240); do
  kill -0 "$program" 2>/dev/null || fail "the program ended"
  window=$(xdotool search --onlyvisible --name '^Kata label$' 2>/dev/null | tail -1)
  # The window grows to its size when the landmarks are found.
  if [[ -n $window ]] && xdotool getwindowgeometry --shell "$window" | grep -q 'WIDTH=1120'; then
    ready=yes
    break
  fi
  sleep 0.5
done
[[ -n $ready ]] || fail "the window did not come"
sleep 1
xdotool windowfocus --sync "$window"

keys() {
  for key in "$@"; do
    xdotool key --clearmodifiers "$key"
    sleep 0.12
  done
}
repeat() { xdotool key --clearmodifiers --delay 80 --repeat "$2" "$1"; }
json() { "$kata" show c.kata --json; }
# expect WHAT TEXT: within a minute the craft, as another process sees it, says TEXT.
expect() {
  for _ in $(seq 120); do
    json 2>/dev/null | grep -qF -- "$2" && return
    sleep 0.5
  done
  fail "$1: $(json)"
}

repeat Right 37
keys r
repeat Right 40
keys s
expect "a right repetition is stored when it is stopped" '"label":"correct","mistake":null,"person":"chen","take":1,"start_s":1.48,"end_s":3.08,"frames":41'
keys bracketright bracketright
expect "an edge is moved" '"start_s":1.48,"end_s":3.16,"frames":43'
repeat Right 6
keys w
repeat Right 25
keys s
keys m t o o space l o w Return
expect "the mistake has a name" '"label":"incorrect","mistake":"too low"'
keys x
expect "x deletes" '"movements":[{"name":"hammer","correct":1,"incorrect":0}]'
keys u
expect "u brings it back" '"label":"incorrect","mistake":"too low"'
keys Up Left Left Left
sleep 1
ffmpeg -v error -y -f x11grab -video_size 1280x900 -i "$DISPLAY" -frames:v 1 "$screenshot" || fail "screenshot"
keys minus l
sleep 1
keys l space q
for _ in $(seq 240); do
  kill -0 "$program" 2>/dev/null || break
  sleep 0.25
done
kill -0 "$program" 2>/dev/null && fail "q does not end it"
wait "$program" || fail "it ended with an error"
program=
grep -q "^2 repetitions of this video" output || fail "it says what is there"
"$kata" show c.kata | grep -q "with preview" || fail "the movement has a preview"
[[ -z $(find . -name '*-wal' -o -name '*-shm') ]] || fail "leftovers beside the craft"
echo "labelling holds"
