#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# clean_install.sh DEB ROOT: installs the package in ROOT, a bare Debian 12 (debootstrap bookworm ROOT), and runs the
# demonstration and the studio there as an ordinary user. Needs root; what it installs stays in ROOT.
set -euo pipefail

deb=$1
root=$2
[[ $EUID -eq 0 ]] || {
  echo "clean_install: needs root for chroot" >&2
  exit 1
}
cp "$deb" "$root/tmp/kata.deb"
cat >"$root/tmp/try_kata.sh" <<'INSIDE'
set -euo pipefail
apt-get update >/tmp/apt.log 2>&1
DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends /tmp/kata.deb curl >>/tmp/apt.log 2>&1 ||
  { tail -n 20 /tmp/apt.log >&2; exit 1; }
useradd --create-home learner 2>/dev/null || true
su learner -c 'cd && kata --version && kata demo'
su learner -c 'cd; kata serve crafts --no-open --port 8766 >serve.out 2>&1 & echo $! >/tmp/serve.pid; wait $!' &
studio=$!
sleep 3
curl -fsS http://127.0.0.1:8766/healthz
curl -fsS http://127.0.0.1:8766/ | grep -qi '<title>'
kill -TERM "$(cat /tmp/serve.pid)"
wait "$studio" || { echo "clean_install: the studio did not end cleanly" >&2; exit 1; }
echo "clean_install: demonstration and studio run"
INSIDE
# shellcheck disable=SC2016  # the inner shell expands $0
exec unshare --mount bash -c '
  mount --bind /proc "$0/proc" && mount --bind /sys "$0/sys" && mount --bind /dev "$0/dev" && exec chroot "$0" bash /tmp/try_kata.sh' "$root"
