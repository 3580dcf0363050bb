#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# kata publish: what is in the folder, what is not, and what it refuses. A page made here stands for the built one.
# Usage: publish_test.sh KATA DEMO-FOLDER CRAFT
set -u
kata=$1
craft=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1

fail() {
  echo "FAILED: $*"
  exit 1
}
refuses() { # WORDS ARGUMENTS…: fails, says so in a sentence with these words, and leaves nothing
  local words=$1
  shift
  "$kata" publish "$@" >/dev/null 2>said && fail "publish $* was done"
  grep -q -- "$words" said || fail "publish $* says: $(cat said)"
  [[ -z $(find . -name '.*.part') ]] || fail "publish $* left something"
}

mkdir page
printf '{"release": "0123456789abcdef", "files": ["site.json"], "crafts": [], "read_only": false}' >page/site.json
printf "const kRelease = '0123456789abcdef';" >page/sw.js
export KATA_PAGE=$PWD/page

refuses 'which craft' -o out
refuses 'which craft' --studio "$craft" -o out
"$kata" new untrained.kata --name Untrained >/dev/null || fail "a craft to refuse"
refuses 'not been trained' untrained.kata -o out
mkdir other && touch other/letter
refuses 'something else' "$craft" -o other
[[ -e other/letter ]] || fail "what lay there is gone"
KATA_PAGE=$PWD/nowhere refuses 'was not built' "$craft" -o out

"$kata" publish "$craft" -o out >said || fail "publish: $(cat said)"
grep -q 'url=learn/?craft=' out/index.html || fail "the first page leads nowhere"
published=$(find out/crafts -name '*.kata')
"$kata" show "$published" >list.txt || fail "the published craft cannot be read"
python3 - out "$craft" "$published" <<'PYTHON' || fail "what was published"
import json, os, sqlite3, sys
out, craft, published = sys.argv[1:]
site = json.load(open(os.path.join(out, "site.json")))
assert site["read_only"] and site["crafts"] == [os.path.basename(published)], site
assert "crafts/" + os.path.basename(published) in site["files"], site
release = open(os.path.join(out, "sw.js")).read()
assert site["release"] in release and "0123456789abcdef" not in release, release
database = sqlite3.connect(published)
count = lambda table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
for table in ("take", "repetition", "landmarks", "recorded_take", "original_numbers", "taught", "imported_file"):
    assert count(table) == 0, table
assert count("classifier") == 1 and count("preview") >= 1
assert os.path.getsize(published) < os.path.getsize(craft)
PYTHON
before=$(stat -c %s "$published")
"$kata" publish "$craft" --with-takes -o out >/dev/null || fail "a page is not replaced"
(($(stat -c %s "$published") > before)) || fail "the takes are missing"
"$kata" publish --studio -o studio >/dev/null || fail "the studio"
[[ ! -e studio/crafts && $(cat studio/site.json) == *'"read_only": false'* ]] || fail "the studio is empty and can be changed"
echo "1 passed, 0 failed"
