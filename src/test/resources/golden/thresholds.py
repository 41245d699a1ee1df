"""Makes thresholds.json: the best threshold of each case in metrics.json, by trying every cut-off.

    pip install scikit-learn==1.9.1 numpy==2.4.6 imbalanced-learn==0.14.2
    python thresholds.py        # in this folder, after evaluation.py
"""

import json
import warnings

import numpy as np
import sklearn
from imblearn.metrics import geometric_mean_score
from sklearn.metrics import (
    balanced_accuracy_score,
    f1_score,
    fbeta_score,
    matthews_corrcoef,
    precision_score,
    recall_score,
)

warnings.filterwarnings("ignore")  # ratios of nothing, which are 0

DAYS = 7.5
EQUAL = 1e-12  # relative: what the order of a sum can change


def cut_offs(s):
    """Thresholds, highest first: half-way between two scores, or a score and 1 or 0."""
    levels = np.concatenate([[1.0], np.unique(s)[::-1], [0.0]])
    for above, below in zip(levels, levels[1:]):
        middle = below + (above - below) / 2
        threshold = middle if middle < above else below
        if above > 0:  # no threshold lies below 0
            yield threshold


def choose(y, s, w, figure, allowed=None, most=False):
    """The best figure over all cut-offs; of equal ones the highest, or the lowest."""
    tried = []
    for t in cut_offs(s):
        predicted = (s > t).astype(int)
        if allowed is None or (predicted.any() and allowed(predicted)):
            tried.append((float(t), float(figure(predicted))))
    if not tried:
        return None
    best = max(v for _, v in tried)
    equal = [tv for tv in tried if tv[1] >= best - EQUAL * abs(best)]
    t, value = equal[-1 if most else 0]
    return {"threshold": t, "value": abs(value)}


def case(c, e):
    y = np.array(c["labels"])
    s = np.array(c["scores"])
    w = np.ones_like(s) if c["weights"] is None else np.array(c["weights"])
    costs = np.where(y == 1, e["fn_costs"], e["fp_costs"])

    def of(metric, **more):
        return lambda predicted: metric(y, predicted, sample_weight=w, **more)

    def fpr(predicted):
        return w[(predicted == 1) & (y == 0)].sum() / w[y == 0].sum()

    def alerts(predicted):
        return w[predicted == 1].sum() / DAYS

    def constant_cost(predicted):
        fp = w[(predicted == 1) & (y == 0)].sum()
        fn = w[(predicted == 0) & (y == 1)].sum()
        return -(fp + 5 * fn) / w.sum()

    def row_cost(predicted):
        return -(w * costs)[predicted != y].sum() / w.sum()

    precision = of(precision_score)
    recall = of(recall_score)
    chosen = {
        "f1": choose(y, s, w, of(f1_score)),
        "f0.5": choose(y, s, w, of(fbeta_score, beta=0.5)),
        "f2": choose(y, s, w, of(fbeta_score, beta=2)),
        "mcc": choose(y, s, w, of(matthews_corrcoef)),
        "geometric_mean": choose(y, s, w, of(geometric_mean_score)),
        "balanced_accuracy": choose(y, s, w, of(balanced_accuracy_score)),
        "expected_cost@fp=1,fn=5": choose(y, s, w, constant_cost),
        "expected_cost": choose(y, s, w, row_cost),
    }
    for p in (0.25, 0.5, 0.85):
        chosen[f"recall@precision>={p}"] = choose(
            y, s, w, recall, lambda q: precision(q) >= p * (1 - EQUAL)
        )
    for r in (0.3, 0.9):
        chosen[f"precision@recall>={r}"] = choose(
            y, s, w, precision, lambda q: recall(q) >= r * (1 - EQUAL), most=True
        )
    for f in (0.01, 0.1):
        chosen[f"recall@fpr<={f}"] = choose(y, s, w, recall, lambda q: fpr(q) <= f * (1 + EQUAL))
    for k in (0.5, 4, 20):
        chosen[f"alerts_per_day<={k}"] = choose(
            y, s, w, alerts, lambda q: alerts(q) <= k * (1 + EQUAL)
        )
    return chosen


def main():
    with open("metrics.json") as file:
        cases = json.load(file)["cases"]
    with open("evaluation.json") as file:
        evaluations = json.load(file)["cases"]
    made = {
        "note": f"scikit-learn {sklearn.__version__}, NumPy {np.__version__}; by thresholds.py",
        "days": DAYS,
        "cases": [case(c, e) for c, e in zip(cases, evaluations)],
    }
    with open("thresholds.json", "w") as file:
        json.dump(made, file, indent=1)
        file.write("\n")


main()
