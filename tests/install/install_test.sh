#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# install_test.sh BUILD: installs BUILD under a prefix, moves the prefix, builds the examples against it with nothing
# of this checkout in sight, and runs them. Also: every installed header stands alone and needs no third party's.
set -euo pipefail

build=$1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cmake=${CMAKE:-cmake}
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT

fail() {
  printf 'install_test: %s\n' "$*" >&2
  exit 1
}

"$cmake" --install "$build" --prefix "$temp/first" >"$temp/install.log" || fail "cmake --install failed"
mv "$temp/first" "$temp/prefix" # what was installed may be moved
prefix=$temp/prefix

# Headers: each by itself, with nothing but the prefix's include folder and the standard library.
third_party='opencv2/|openvino/|nlohmann/|Eigen/|sqlite3\.h|boost/|fmt/|spdlog/|CLI/|libav|torch/|gtest/'
cd "$prefix/include"
leaks=$(grep -rnE "#include [<\"]($third_party)" kata || true)
[[ -z $leaks ]] || fail "headers that need a third party's: $leaks"
headers=$(find kata -name '*.h' | sort)
[[ $(wc -l <<<"$headers") -gt 30 ]] || fail "only few headers were installed"
while read -r header; do printf '#include "%s"\n' "$header"; done <<<"$headers" >"$temp/all.cc"
"${CXX:-c++}" -std=c++20 -fsyntax-only -I "$prefix/include" "$temp/all.cc" || fail "an installed header does not stand alone"

cp -r "$root/examples" "$temp/examples"
"$cmake" -S "$temp/examples" -B "$temp/build" -D CMAKE_BUILD_TYPE=Release -D CMAKE_PREFIX_PATH="$prefix" \
  >"$temp/configure.log" 2>&1 || { cat "$temp/configure.log" >&2 && fail "find_package(kata) failed"; }
"$cmake" --build "$temp/build" >"$temp/build.log" 2>&1 || { tail -n 30 "$temp/build.log" >&2 && fail "the example does not build"; }

"$temp/build/print_landmarks" "$root/demo/hammer-teacher-right.mp4" >"$temp/landmarks.txt"
lines=$(wc -l <"$temp/landmarks.txt")
[[ $lines -gt 100 ]] || fail "the example saw a hand in only $lines frames"
awk 'NF != 3 || $2 < -0.5 || $2 > 1.5 || $3 < -0.5 || $3 > 1.5 { bad = 1 } END { exit bad }' "$temp/landmarks.txt" ||
  fail "the example printed what is no landmark"

# The program: its own OpenVINO and networks, both from the moved prefix.
"$prefix/bin/kata" --version >/dev/null || fail "the installed program does not start"
libraries=$(ldd "$prefix/bin/kata")
grep -q "libopenvino.*$prefix/" <<<"$libraries" || fail "the installed program does not run on the OpenVINO beside it"
picture=$root/docs/pictures/right.png
opened=$(LD_DEBUG=files "$prefix/bin/kata" track "$picture" --jsonl "$temp/picture.jsonl" 2>&1 >/dev/null || true)
grep -q "$prefix/.*libkata_opencv" <<<"$opened" || fail "the installed program does not read pictures by the module beside it"
[[ -s $temp/picture.jsonl ]] || fail "the installed program does not read a picture"
opened=$(LD_DEBUG=files "$temp/build/print_landmarks" "$picture" 2>&1 >/dev/null || true)
grep -q "$prefix/.*libkata_opencv" <<<"$opened" || fail "the example does not read pictures by the installed module"
echo "install_test: the example saw a hand in $lines frames"
