#!/usr/bin/env bash
# Compares remedies for imbalance on the card-fraud sample; further options win over the file's.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec jobs/imbalanced sensitivity --config conf/creditcard-compare.properties "$@"
