#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#   bench/learn/speed.sh KATA LEARN_BENCH RECORDED.csv    what the prototype recorded, imported and learned, on one core
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$1" new "$folder/bench.kata" >/dev/null
"$1" import "$folder/bench.kata" "$3" >/dev/null
taskset -c 0 "$2" "$folder/bench.kata"
