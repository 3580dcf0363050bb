#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# speed.sh LANDMARK_BENCH CLIP…: without and with the face.
set -euo pipefail
bench=$1
shift
"$bench" live file "$@"
"$bench" live file face "$@"
