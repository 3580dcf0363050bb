#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# package_test.sh BUILD: makes the Debian package of BUILD, unpacks it somewhere, and runs the program and the studio
# from there. Its installation on a bare Debian, which needs root: tests/install/clean_install.sh.
set -euo pipefail

build=$1
temp=$(mktemp -d)
server=
cleanup() {
  [[ -z $server ]] || kill -9 "$server" 2>/dev/null || true
  rm -rf "$temp"
}
trap cleanup EXIT
fail() {
  printf 'package_test: %s\n' "$*" >&2
  exit 1
}

"${CPACK:-cpack}" --config "$build/CPackConfig.cmake" -B "$temp/made" >"$temp/cpack.log" 2>&1 ||
  { tail -n 20 "$temp/cpack.log" >&2 && fail "no package was made"; }
packages=("$temp"/made/*.deb)
[[ ${#packages[@]} -eq 1 ]] || fail "one package expected, found ${#packages[@]}"
depends=$(dpkg-deb -f "${packages[0]}" Depends)
for needed in libopencv-videoio libopencv-imgcodecs libsqlite3-0 libssl3 fonts-dejavu-core; do
  [[ $depends == *$needed* ]] || fail "the package does not depend on $needed: $depends"
done
[[ $(dpkg-deb -f "${packages[0]}" Recommends) == *fonts-noto-cjk* ]] || fail "the package does not recommend fonts-noto-cjk"
dpkg-deb -x "${packages[0]}" "$temp/root"
prefix=$temp/root/usr
[[ -f $prefix/share/doc/kata/copyright ]] || fail "no copyright file"
[[ ! -e $prefix/include ]] || fail "the developers' files are in the program's package"

unit=$prefix/lib/systemd/system/kata.service
grep -q '^ExecStart=/usr/bin/kata serve ' "$unit" || fail "the service does not start /usr/bin/kata"
if command -v systemd-analyze >/dev/null; then
  sed "s#=/usr/bin/kata#=$prefix/bin/kata#" "$unit" >"$temp/kata.service"
  said=$(systemd-analyze verify "$temp/kata.service" 2>&1 | grep kata.service || true)
  [[ -z $said ]] || fail "systemd does not like the service: $said"
fi

# The command of the service, as the service would run it.
mkdir "$temp/state"
command=$(sed -n 's#^ExecStart=/usr/bin/kata##p' "$unit" | sed "s#%S#$temp/state#; s#--port [0-9]*#--port 0#")
# shellcheck disable=SC2086 # words are wanted
KATA_CACHE=$temp/cache "$prefix/bin/kata" $command >"$temp/serve.out" 2>&1 &
server=$!
address=
for _ in {1..100}; do
  address=$(grep -oE 'http://[^ ]+' "$temp/serve.out" | head -n 1 || true)
  [[ -z $address ]] || break
  sleep 0.1
done
[[ -n $address ]] || { cat "$temp/serve.out" >&2 && fail "the studio does not start"; }
[[ $(curl -fsS "${address%/}/healthz") ]] || fail "the studio does not answer"
kill -TERM "$server"
wait "$server" || fail "the studio did not end cleanly"
server=
echo "package_test: $(du -h "${packages[0]}" | cut -f 1), $depends"
