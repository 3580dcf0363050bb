#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Videos are seen, marked and written again as players show them, with the real program.
# Usage: players_test.sh KATA DEMO-FOLDER TRAINED-CRAFT
set -u
kata=$1
clip=$2/hammer-teacher-right.mp4
learner=$2/hammer-learner.mp4
craft=$3
command -v ffmpeg >/dev/null || { echo "needs the ffmpeg program to make odd videos"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
unset DISPLAY WAYLAND_DISPLAY

fail() {
  echo "FAILED: $*"
  cat output 2>/dev/null
  exit 1
}
run() { "$@" >output 2>&1 </dev/null; }
make() { ffmpeg -v error -y "$@" </dev/null || fail "making ${*: -1}"; }
times_of() { ffprobe -v error -select_streams v -show_entries frame=best_effort_timestamp_time -of csv=p=0 "$1" | tr -d ,; }
duration_of() { ffprobe -v error -show_entries format=duration -of csv=p=0 "$1"; }
near() { awk -v a="$1" -v b="$2" -v most="$3" 'BEGIN {exit !(a - b <= most && b - a <= most)}' || fail "$4: $1, not $2"; }
column() { awk -F, -v name="$2" 'NR == 1 {for (i = 1; i <= NF; ++i) if ($i == name) c = i} NR == 2 {print $c}' "$1"; }

# Uneven times and a pause of 25 s: what is written has them too, and no copies.
make -t 2 -i "$clip" -an -vf "setpts='(N/25+if(gt(N,24),25,0)+mod(N,3)*0.007)/TB',scale=320:-2" -fps_mode passthrough \
  -video_track_timescale 90000 uneven.mp4
for out in track.mp4 track.mkv record.mp4 record.avi; do
  case $out in
    track*) run "$kata" track uneven.mp4 --model lite -o "$out" || fail "track to $out" ;;
    *) run "$kata" record "$out" uneven.mp4 || fail "record to $out" ;;
  esac
  near "$(duration_of $out)" "$(duration_of uneven.mp4)" 0.05 "length of $out"
  paste <(times_of uneven.mp4) <(times_of $out) | awk '{d = $1 - $2; if (d > 0.04 || d < -0.04 || NF != 2) exit 1}' ||
    fail "times of $out"
done

# The picture begins 1.5 s after the sound: times are those that a player shows.
make -f lavfi -i "sine=d=6" -itsoffset 1.5 -t 4.5 -i "$clip" -map 0:a -map 1:v -c:v copy -c:a aac late.mp4
run "$kata" track late.mp4 --model lite --csv late.csv -o late-out.mp4 || fail "track a late picture"
near "$(column late.csv time_s)" 1.5 0.04 "the first frame's time"
near "$(times_of late-out.mp4 | tail -n 1)" "$(times_of late.mp4 | tail -n 1)" 0.04 "the last frame of the annotated video"
printf 'start_s,end_s\n3.9,4.7\n' >marks.csv
run "$kata" teach late.kata --movement hammer --right --marks marks.csv late.mp4 || fail "marks in a late picture"
grep -Eq "right +3\.9[0-9]? +4\.(6|7)" output || fail "the marked times are stored"

# Pixels that are not square, mirrored by the container or not: what is written is wide.
make -t 1 -i "$clip" -an -vf "scale=320:480,setsar=2/1" wide.mp4
run "$kata" track wide.mp4 --model lite --csv wide.csv -o wide-out.mp4 || fail "track wide pixels"
[[ $(column wide.csv width),$(column wide.csv height) == 640,480 ]] || fail "width and height of wide pixels"
[[ $(ffprobe -v error -show_entries stream=width,height -of csv=p=0 wide-out.mp4) == 640,480 ]] || fail "the annotated video is wide"

# Pictures that cannot be decoded: one warning with their number and the time of the first.
make -t 2 -i "$clip" -an -vf scale=320:-2 -c:v png lost.mov
python3 - lost.mov <<'PYTHON' || fail "damaging a video"
import sys
data = bytearray(open(sys.argv[1], "rb").read())
places, at = [], data.find(b"\x89PNG")
while at >= 0:
    places.append(at)
    at = data.find(b"\x89PNG", at + 1)
for place in places[25:28]:
    data[place:place + 4] = b"gone"
open(sys.argv[1], "wb").write(data)
PYTHON
run "$kata" record found.mp4 lost.mov || fail "record a damaged video"
[[ $(grep -c "3 pictures cannot be decoded, the first at 1.00 s" output) == 1 ]] || fail "lost pictures are told once"

# A picture that lies on its side: "check" and "watch" say what to turn.
if [[ -f $craft ]]; then
  make -ss 20 -t 6 -i "$learner" -an -vf transpose=1 sideways.mp4
  advice="the picture lies on its side: turn the camera, or the video a quarter turn"
  run "$kata" check --headless --craft "$craft" sideways.mp4 || fail "check"
  grep -q "$advice" output || fail "check notices a picture on its side"
  run "$kata" watch "$craft" sideways.mp4 --headless || fail "watch"
  [[ $(grep -c "$advice" output) == 1 ]] || fail "watch notices a picture on its side, once"
  make -ss 20 -t 6 -i "$learner" -an -c copy upright.mp4
  run "$kata" watch "$craft" upright.mp4 --headless || fail "watch upright"
  ! grep -q "on its side" output || fail "nothing is said of an upright picture"
fi
echo "ok"
