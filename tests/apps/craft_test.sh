#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The commands on a craft file, as a user runs them: from a CSV of the prototype and back.
# Usage: craft_test.sh KATA
set -u
kata=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failures=0

# expect WHAT TEXT: the last command's output holds TEXT.
expect() {
  if ! grep -qF -- "$2" output; then
    printf 'FAILED %s: no "%s" in\n' "$1" "$2"
    sed 's/^/    /' output
    failures=$((failures + 1))
  fi
}

run() { "$@" >output 2>&1 </dev/null; }

# Three repetitions of two frames: saw right, saw wrong, nod right; the hands were not seen.
awk 'BEGIN {
  split("saw,1,0 saw,0,1 nod,1,0", keys, " ")
  for (k = 1; k <= 3; k++) for (f = 0; f < 2; f++) {
    printf "%s", keys[k]
    for (i = 0; i < 132; i++) printf ",%s", i % 4 == 3 ? 1 : (k * 1000 + f * 300 + i) / 7919
    for (i = 0; i < 168; i++) printf ",0"
    printf "\n"
  }
}' >in.csv

run "$kata" new c.kata --name Joinery --author Ada
run "$kata" new c.kata
expect "new keeps a file that is there" "already"
run "$kata" import c.kata in.csv --person Bo
expect "import counts" "3 repetitions (2 right, 1 wrong), 6 frames"
run "$kata" import c.kata in.csv
expect "import knows a file again" "imported before"
run "$kata" list .
expect "list" "Joinery"
run "$kata" show c.kata --json
expect "show" '{"name":"Joinery","movements":[{"name":"saw","correct":1,"incorrect":1},{"name":"nod","correct":1,"incorrect":0}],"repetitions":[{"id":1,"movement":"saw","label":"correct","mistake":null,"person":"Bo","take":1,"start_s":0.0,"end_s":0.033333,"frames":2}'
expect "show" '"trained":null}'

run "$kata" export c.kata -o out.csv --format prototype
cmp in.csv out.csv || { echo "FAILED export: not the numbers that came in"; failures=$((failures + 1)); }
run "$kata" export c.kata -o tree --format npy
run "$kata" import again.kata tree
expect "npy tree" "3 repetitions (2 right, 1 wrong), 6 frames"
run "$kata" export c.kata -o tree --format npy
expect "export keeps a folder that is there" "not empty"

run "$kata" relabel c.kata 1 --wrong --mistake "too fast"
run "$kata" show c.kata
expect "relabel" "too fast"
run "$kata" remove c.kata 1 2
run "$kata" restore c.kata 1
run "$kata" show c.kata
expect "remove" "removed"
run "$kata" compact c.kata
expect "compact" "dropped 1 repetition;"
run "$kata" restore c.kata 2
expect "compact is for good" "no repetition 2"
run "$kata" rename c.kata saw cut
run "$kata" merge c.kata nod cut
run "$kata" show c.kata --json
expect "rename and merge" '"movements":[{"name":"cut","correct":1,"incorrect":1}]'

# As a German spreadsheet saves it, and with a hand that lacks points.
tr , ';' <in.csv | sed 's/\./,/g; s/$/\r/' >german.csv
run "$kata" import german.kata german.csv
expect "semicolons and decimal commas" "3 repetitions (2 right, 1 wrong), 6 frames"
run "$kata" export german.kata -o german-out.csv --format prototype
cmp in.csv german-out.csv || { echo "FAILED import: other numbers from the German file"; failures=$((failures + 1)); }
cat in.csv in.csv | sed 's/nod,1,0/nod,1,1/' >twice.csv
run "$kata" import twice.kata twice.csv
expect "rows of one key in several places" "lie in several places (saw_R 0 ends in line 2 and goes on in line 7)"
run "$kata" relabel c.kata 1-3 --person Cy
expect "relabel takes ranges" "relabelled 2 repetitions"
run "$kata" relabel c.kata 1
expect "relabel wants something to change" "--right, --wrong or --person"

sed '2s/,1,0,/,7,0,/; 3s/$/,5/; 4s/1$/nan/' in.csv >wrong.csv
run "$kata" import c.kata wrong.csv && { echo "FAILED import: a wrong file was taken"; failures=$((failures + 1)); }
expect "wrong label" "wrong.csv:2:2: is not a label"
expect "wrong row" "wrong.csv:3: has 304 columns instead of 303"
run "$kata" show c.kata --json
expect "a wrong file changes nothing" '"movements":[{"name":"cut","correct":1,"incorrect":1}]'

left=$(find . -name '*-wal' -o -name '*-shm' -o -name '*-journal' -o -name '.*.part' -o -name '.*.new')
[[ -z $left ]] || { echo "FAILED: left over: $left"; failures=$((failures + 1)); }
exit $((failures > 0))
