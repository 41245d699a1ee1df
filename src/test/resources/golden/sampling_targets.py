"""Writes sampling_targets.json: what imbalanced-learn makes of a sampling_strategy, as class counts
after sampling, or null where it raises ValueError (with its message).

Run with: imbalanced-learn 0.14.2, scikit-learn 1.9.1, numpy 2.4.6.
"""

import json
import pathlib

import imblearn
import numpy as np
from imblearn.utils import check_sampling_strategy

COUNTS = [[900, 100], [100, 900], [10, 10], [45184, 492], [284315, 492], [7, 3], [1, 50], [60, 30, 10], [5, 5, 90]]
WORDS = ["auto", "all", "minority", "majority", "not minority", "not majority"]
RATIOS = [0.001, 0.0108, 0.1, 0.3, 1 / 3, 0.43, 0.5, 0.7, 0.9999, 1.0]
DICTS = [{0: 5}, {1: 5}, {0: 1000}, {1: 1000}, {0: 100, 1: 100}, {0: 3, 1: 3}, {7: 10}, {1: -1}]

cases = []
for counts in COUNTS:
    labels = np.repeat(np.arange(len(counts)), counts)
    for kind in ["over-sampling", "under-sampling"]:
        for strategy in WORDS + RATIOS + DICTS:
            case = {"counts": counts, "method": kind.split("-")[0]}
            if isinstance(strategy, dict):
                pairs = ", ".join(f"{k}={v}" for k, v in strategy.items())
                case["strategy"] = f"counts({pairs})"
            else:
                case["strategy"] = str(strategy)
            try:
                targets = check_sampling_strategy(strategy, labels, kind)
                after = dict(enumerate(counts))
                for c, n in targets.items():
                    after[c] = int(n) + (counts[c] if kind == "over-sampling" else 0)
                case["after"] = [after[c] for c in range(len(counts))]
            except ValueError as e:
                case["after"] = None
                case["message"] = str(e)
            cases.append(case)

path = pathlib.Path(__file__).with_suffix(".json")
lines = ",\n".join(json.dumps(c) for c in cases)
path.write_text(f'{{"imbalanced-learn": "{imblearn.__version__}", "cases": [\n{lines}\n]}}\n')
