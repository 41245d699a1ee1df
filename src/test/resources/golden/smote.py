"""Writes smote.json: neighbours, danger zones and synthetic rows as imbalanced-learn has them.

300 rows of 4 features, the last 60 of class 1; drawn here (numpy, seed 7), then standardised, because
imbalanced-learn does not standardise itself. For SMOTE-NC a fifth feature holds codes 0, 1, 2.

Run with: imbalanced-learn 0.14.2, scikit-learn 1.9.1, numpy 2.4.6.
"""

import json
import pathlib

import imblearn
import numpy as np
from imblearn.over_sampling import ADASYN, SMOTE, SMOTENC, BorderlineSMOTE

rng = np.random.default_rng(7)
y = np.repeat([0, 1], [240, 60])
raw = rng.normal(size=(300, 4)) @ rng.normal(size=(4, 4)) + np.outer(y, [1.5, 0, -1, 0.5])
X = (raw - raw.mean(axis=0)) / raw.std(axis=0, ddof=1)
codes = rng.integers(0, 3, size=300).astype(float)

K, M, MADE = 5, 10, 100_000
minority = np.flatnonzero(y == 1)

smote = SMOTE(k_neighbors=K, sampling_strategy={1: 60 + MADE}, random_state=0)
synthetic = smote.fit_resample(X, y)[0][300:]
nearest = smote.nn_k_.kneighbors(X[minority], return_distance=False)[:, 1:]
starts = np.repeat(X[minority], K, axis=0)
ways = X[minority[nearest.ravel()]] - starts

borderline = BorderlineSMOTE(k_neighbors=K, m_neighbors=M, kind="borderline-1", random_state=0)
borderline.fit_resample(X, y)

adasyn = ADASYN(n_neighbors=K, random_state=0)
adasyn_rows = len(adasyn.fit_resample(X, y)[0]) - 300
adasyn.nn_.fit(X)
around = adasyn.nn_.kneighbors(X[minority], return_distance=False)[:, 1:]

mixed = np.column_stack([X, codes])
nc = SMOTENC(categorical_features=[4], k_neighbors=K, random_state=0)
nc.fit_resample(mixed, y)
nc_nearest = nc.nn_k_.kneighbors(nc.nn_k_._fit_X, return_distance=False)[:, 1:]

result = {
    "imbalanced-learn": imblearn.__version__,
    "features": mixed.tolist(),
    "labels": y.tolist(),
    "k": K,
    "m": M,
    "minority": minority.tolist(),
    "nearest": minority[nearest].tolist(),
    "danger": np.sort(borderline.in_danger_indices[1]).tolist(),
    "adasyn_others": (y[around] != 1).sum(axis=1).tolist(),
    "adasyn_rows": adasyn_rows,
    "nc_nearest": minority[nc_nearest].tolist(),
    "nc_median": float(nc.median_std_[1]),
    "made": MADE,
    "made_means": synthetic.mean(axis=0).tolist(),
    "made_squares": (synthetic**2).mean(axis=0).tolist(),
    # with a uniform u in [0, 1): E[s + u w] and E[(s + u w)²]
    "expected_means": (starts + ways / 2).mean(axis=0).tolist(),
    "expected_squares": (starts**2 + starts * ways + ways**2 / 3).mean(axis=0).tolist(),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
