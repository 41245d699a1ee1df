#!/usr/bin/env bash
# Trains by epochs with a growing pos_weight, wherever it is called from; further options win over the file's.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec jobs/imbalanced train --config conf/creditcard-schedule.properties "$@"
