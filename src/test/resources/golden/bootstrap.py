"""Makes bootstrap.json: 95% intervals of metrics by the plain bootstrap, of cases in metrics.json.

Each of 4000 replicates draws as many rows as there are, with replacement, and has scikit-learn
compute the metrics of them; an interval lies between the quantiles 0.025 and 0.975.

    pip install scikit-learn==1.9.1 numpy==2.4.6
    python bootstrap.py        # in this folder
"""

import json
import warnings

import numpy as np
from sklearn import metrics

warnings.filterwarnings("ignore")  # ratios of nothing, which are 0
REPLICATES = 4000
CASES = [1, 3, 5, 7, 9]


def values(y, s, w, threshold):
    predicted = (s > threshold).astype(int)
    recall = metrics.recall_score(y, predicted, sample_weight=w)
    specificity = metrics.recall_score(y, predicted, sample_weight=w, pos_label=0)
    return {
        "roc_auc": metrics.roc_auc_score(y, s, sample_weight=w),
        "average_precision": metrics.average_precision_score(y, s, sample_weight=w),
        "precision": metrics.precision_score(y, predicted, sample_weight=w),
        "recall": recall,
        "f1": metrics.f1_score(y, predicted, sample_weight=w),
        "mcc": metrics.matthews_corrcoef(y, predicted, sample_weight=w),
        "balanced_accuracy": (recall + specificity) / 2,
        "geometric_mean": np.sqrt(recall * specificity),
        "brier": metrics.brier_score_loss(y, s, sample_weight=w),
        "log_loss": metrics.log_loss(y, np.clip(s, 1e-15, 1 - 1e-15), sample_weight=w),
    }


def intervals(case, rng):
    y = np.array(case["labels"])
    s = np.array(case["scores"])
    w = np.ones_like(s) if case["weights"] is None else np.array(case["weights"])
    replicates = []
    for _ in range(REPLICATES):
        rows = rng.integers(0, len(y), len(y))
        replicates.append(values(y[rows], s[rows], w[rows], case["threshold"]))
    return {
        name: [round(q, 6) for q in np.quantile([r[name] for r in replicates], [0.025, 0.975])]
        for name in replicates[0]
    }


with open("metrics.json") as f:
    cases = json.load(f)["cases"]
rng = np.random.default_rng(20261124)
with open("bootstrap.json", "w") as f:
    json.dump(
        {"replicates": REPLICATES, "cases": {str(i): intervals(cases[i], rng) for i in CASES}},
        f,
        indent=1,
    )
    f.write("\n")
