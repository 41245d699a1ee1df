#!/usr/bin/env bash
# Trains on the card-fraud sample, wherever it is called from; further options win over the file's.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec jobs/imbalanced train --config conf/creditcard-train.properties "$@"
