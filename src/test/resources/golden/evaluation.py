"""Makes evaluation.json: more metrics of the cases in metrics.json, and scikit-learn's reports.

    pip install scikit-learn==1.9.1 numpy==2.4.6
    python evaluation.py        # in this folder
"""

import json
import warnings

import numpy as np
import sklearn
from sklearn.metrics import classification_report, fbeta_score

warnings.filterwarnings("ignore")  # ratios of nothing, which are 0 in the reports


def calibration_error(y, s, w):
    """Ten bins of equal width, closed on the right, the first on both sides."""
    edges = np.array([k / 10 for k in range(1, 10)])
    bins = np.searchsorted(edges, s, side="left")
    error = 0.0
    for b in range(10):
        inside = bins == b
        if w[inside].sum() > 0:
            accuracy = np.average(y[inside], weights=w[inside])
            confidence = np.average(s[inside], weights=w[inside])
            error += w[inside].sum() / w.sum() * abs(accuracy - confidence)
    return error


def top(y, s, w, k):
    """Precision, recall and lift of the k rows (by weight) on top; tied rows share evenly."""
    levels = np.unique(s)[::-1]
    taken = np.concatenate([[0], np.cumsum([w[s == v].sum() for v in levels])])
    hit = np.concatenate([[0], np.cumsum([(w * y)[s == v].sum() for v in levels])])
    k = min(k, w.sum())
    tp = np.interp(k, taken, hit)
    base = (w * y).sum() / w.sum()
    return {"precision": tp / k, "recall": tp / (w * y).sum(), "lift": tp / k / base}


def case(c, rng):
    y = np.array(c["labels"], dtype=float)
    s = np.array(c["scores"])
    w = np.ones_like(s) if c["weights"] is None else np.array(c["weights"])
    predicted = (s > c["threshold"]).astype(int)
    fp_cost = rng.integers(1, 9, len(s)) / 4
    fn_cost = rng.integers(1, 1000, len(s)) / 4
    wrong = predicted != y
    costs = np.where(y == 1, fn_cost, fp_cost)
    report = {
        "dict": classification_report(
            y.astype(int), predicted, sample_weight=c["weights"], output_dict=True
        )
    }
    if c["weights"] is None:
        report["text"] = classification_report(y.astype(int), predicted)
        report["text4"] = classification_report(
            y.astype(int), predicted, digits=4, target_names=["legitimate", "fraudulent or so"]
        )
    return {
        "f0.5": fbeta_score(y, predicted, beta=0.5, sample_weight=w),
        "expected_calibration_error": calibration_error(y, s, w),
        "at_k": {str(k): top(y, s, w, k) for k in (7, 50, 300)},
        "at_top": {str(f): top(y, s, w, f * w.sum()) for f in (0.01, 0.1, 1)},
        "expected_cost@fp=1,fn=50": (w * wrong * np.where(y == 1, 50, 1)).sum() / w.sum(),
        "fp_costs": fp_cost.tolist(),
        "fn_costs": fn_cost.tolist(),
        "expected_cost": (w * wrong * costs).sum() / w.sum(),
        "report": report,
    }


def three_classes(rng):
    y = rng.choice([0, 1, 7], 200, p=[0.9, 0.08, 0.02])
    predicted = np.where(rng.random(200) < 0.8, y, rng.choice([0, 1, 3], 200))
    return {
        "labels": y.tolist(),
        "predictions": predicted.tolist(),
        "text": classification_report(y, predicted),
        "dict": classification_report(y, predicted, output_dict=True),
    }


rng = np.random.default_rng(7)
with open("metrics.json") as f:
    cases = json.load(f)["cases"]
result = {
    "sklearn": sklearn.__version__,
    "numpy": np.__version__,
    "cases": [case(c, rng) for c in cases],
    "three_classes": three_classes(rng),
}
with open("evaluation.json", "w") as f:
    json.dump(result, f, indent=None, separators=(",", ":"))
    f.write("\n")
