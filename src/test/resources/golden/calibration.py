"""Writes calibration.json: Platt scaling and isotonic regression of 200 scored rows, by other means.

Platt's two numbers are found by Newton's method in plain numpy, on the targets of Platt (1999), until the gradient
is below 1e-13, and agree with scikit-learn's own _SigmoidCalibration to its tolerance. The isotonic values are
scikit-learn's, at scores between, on and outside the rows' own; scores are rounded so that many are tied.

    pip install numpy==2.4.6 scikit-learn==1.9.1
    python calibration.py > calibration.json
"""

import json

import numpy as np
import sklearn
from sklearn.calibration import _SigmoidCalibration
from sklearn.isotonic import IsotonicRegression


def platt(scores, labels, weights):
    weights = weights * len(weights) / weights.sum()
    positives, negatives = (weights * labels).sum(), (weights * (1 - labels)).sum()
    targets = np.where(labels == 1, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    x = np.column_stack([scores, np.ones_like(scores)])
    b = np.zeros(2)
    for _ in range(100):
        p = 1 / (1 + np.exp(-x @ b))
        gradient = x.T @ (weights * (p - targets))
        if abs(gradient).max() < 1e-13 * len(scores):
            break
        b -= np.linalg.solve((x * (weights * p * (1 - p))[:, None]).T @ x, gradient)
    assert abs(gradient).max() < 1e-10
    peer = _SigmoidCalibration().fit(scores, labels, weights)
    assert np.allclose([-peer.a_, -peer.b_], b, rtol=1e-3, atol=1e-3), (peer.a_, peer.b_, b)
    return {"slope": b[0], "intercept": b[1]}


def isotonic(scores, labels, weights, at):
    model = IsotonicRegression(out_of_bounds="clip").fit(scores, labels, sample_weight=weights)
    return model.predict(at).tolist()


random = np.random.default_rng(11)
scores = np.round(random.normal(-1, 2, 200), 1)
labels = (random.random(200) < 1 / (1 + np.exp(0.5 - 0.8 * scores))).astype(float)
weights = np.where(np.arange(200) % 3 == 0, 2.5, 0.5)
at = np.round(np.linspace(-7, 6, 105), 2)
print(
    json.dumps(
        {
            "versions": {"numpy": np.__version__, "scikit-learn": sklearn.__version__},
            "scores": scores.tolist(),
            "labels": labels.tolist(),
            "weights": weights.tolist(),
            "at": at.tolist(),
            "cases": [
                {
                    "weighted": weighted,
                    "platt": platt(scores, labels, w),
                    "isotonic": isotonic(scores, labels, w, at),
                }
                for weighted, w in ((False, np.ones(200)), (True, weights))
            ],
        },
        indent=1,
    )
)
