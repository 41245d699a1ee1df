"""Writes sparse_fits.json: logistic fits to sparse rows of more than a thousand features.

usage: sparse_fits.py

The rows follow from integers alone, so that a test can make the same ones: row i has, in each of
six bands of 250 features, one feature k, numbered 250 k + (i (2 k + 7) + floor(i / (k + 3))) mod
250, of value 1 + (i + k) mod 3. Its label is 1 where (37 i + floor(i / 11) + 5 f0 + 3 f3) mod 97 is
below 6, or below 26 where f1 is a multiple of 5, f being those numbers.

Objective: (1/N) sum w bce + (lambda/2) ||b~||^2, w being pos_weight for label 1; b~ = b std where
standardised (std unbiased, weighing all rows alike), else b; no penalty on the intercept. Fitted by
scikit-learn's newton-cholesky. The largest entry of the gradient at each solution is below 1e-10.
"""

import json
import pathlib

import numpy as np
import scipy.sparse as sp
import sklearn
from sklearn.linear_model import LogisticRegression

N, BANDS, WIDTH = 6000, 6, 250
i = np.arange(N)
f = np.stack([WIDTH * k + (i * (2 * k + 7) + i // (k + 3)) % WIDTH for k in range(BANDS)])
v = np.stack([1.0 + (i + k) % 3 for k in range(BANDS)])
y = ((37 * i + i // 11 + 5 * f[0] + 3 * f[3]) % 97 < np.where(f[1] % 5 == 0, 26, 6)).astype(float)
X = sp.csr_matrix((v.ravel(), (np.tile(i, BANDS), f.ravel())), shape=(N, BANDS * WIDTH))
dense = X.toarray()
std = dense.std(axis=0, ddof=1)

fits = []
for pos_weight, lam, standardized in [(10.0, 1e-3, True), (1.0, 1e-4, True), (10.0, 1e-4, False)]:
    scale = std if standardized else np.ones_like(std)
    Z = dense / scale
    w = np.where(y == 1, pos_weight, 1.0)
    model = LogisticRegression(C=1 / (lam * N), solver="newton-cholesky", tol=1e-13, max_iter=1000)
    model.fit(Z, y, sample_weight=w)
    b, b0 = model.coef_[0], model.intercept_[0]
    z = Z @ b + b0
    loss = w * (np.logaddexp(0, z) - y * z)
    slope = w * (1 / (1 + np.exp(-z)) - y)
    gradient = np.append(Z.T @ slope / N + lam * b, slope.sum() / N)
    assert np.abs(gradient).max() < 1e-10, np.abs(gradient).max()
    fits.append({
        "pos_weight": pos_weight,
        "reg_lambda": lam,
        "standardized": standardized,
        "objective": loss.sum() / N + lam / 2 * (b @ b),
        "intercept": b0,
        "coefficients": (b / scale).tolist(),
    })

out = {
    "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
    "positives": int(y.sum()),
    "fits": fits,
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out) + "\n")
print([fit["objective"] for fit in fits], int(y.sum()))
