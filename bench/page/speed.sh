#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Frames a second of a published craft in headless Chromium, judging included: the demonstration's learner before its camera.
# With the folder of npm's @mediapipe/holistic 0.5 unpacked as second argument: that package on the same clip.
# Usage: speed.sh KATA [HOLISTIC]
set -eu
kata=$1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
playwright=$("$root/tools/fetch_packages" --where playwright)/playwright/driver
axe=$("$root/tools/fetch_packages" --where axe_playwright_python)/axe_playwright_python/axe.min.js
export PLAYWRIGHT=$playwright/package AXE=$axe
ffmpeg -v error -i "$root/demo/hammer-learner.mp4" -vf fps=30 -c:v mjpeg -q:v 4 -pix_fmt yuvj420p -f mjpeg "$folder/clip.mjpeg"
if [[ $# -gt 1 ]]; then
  "$playwright/node" "$root/bench/page/page_speed.mjs" holistic "$2" "$folder/clip.mjpeg"
  exit
fi
for label in right wrong; do
  "$kata" teach "$folder/hammer.kata" --movement hammer --$label "$root/demo/hammer-teacher-$label.mp4" >/dev/null 2>&1
done
"$kata" train "$folder/hammer.kata" >/dev/null 2>&1
KATA_PAGE=$root/build/page/site "$kata" publish "$folder/hammer.kata" -o "$folder/page" >/dev/null
"$playwright/node" "$root/bench/page/page_speed.mjs" kata "$folder/page" "$folder/clip.mjpeg"
