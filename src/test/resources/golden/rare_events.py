"""Writes rare_events.json: corrections of the small-sample bias of logistic regression.

Rows like the mammography data's, but few: 400 rows of 6 correlated features, drawn here (numpy, seed
11) and rounded to 4 digits, 14 of them positive; a second set of 60 rows where a feature separates
the classes; a third that weighs the rows of the first 1, 2 or 3 (weights are counts of rows: the
references are computed on repeated rows).

mle: statsmodels' Logit. king_zeng: mle less the bias of King and Zeng (2001), eq. 12 and its
appendix, (X'WX)^-1 X'W xi with xi_i = 0.5 Q_ii (2 pi_i - 1), Q = X (X'WX)^-1 X', W = pi (1 - pi),
in numpy. firth: Newton's method on Firth's modified score in numpy, checked here against scipy's
maximum of the likelihood with the Jeffreys penalty, found without any derivative of ours.

Run with the versions recorded in the file.
"""

import importlib.metadata
import json
import pathlib

import numpy as np
import scipy.optimize
import statsmodels.api as sm

rng = np.random.default_rng(11)


def draw(rows, intercept):
    mix = rng.normal(size=(6, 6)) * 0.4 + np.eye(6)
    X = np.round(rng.normal(size=(rows, 6)) @ mix * [1, 2, 0.5, 10, 1, 0.1] + [0, 5, -1, 20, 0, 1], 4)
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    p = 1 / (1 + np.exp(-(intercept + Z @ [1.2, -0.8, 0.5, 0.0, 0.9, -0.4])))
    return X, (rng.random(rows) < p).astype(float)


def fitted(D, b):
    return 1 / (1 + np.exp(-D @ b))


def king_zeng(D, b):
    p = fitted(D, b)
    W = p * (1 - p)
    inverse = np.linalg.inv((D * W[:, None]).T @ D)
    q = np.einsum("ij,jk,ik->i", D, inverse, D)
    return b - inverse @ (D.T @ (W * 0.5 * q * (2 * p - 1)))


def penalised(D, y, b):
    z, p = D @ b, fitted(D, b)
    info = (D * (p * (1 - p))[:, None]).T @ D
    return (y * z - np.logaddexp(0, z)).sum() + 0.5 * np.linalg.slogdet(info)[1]


def firth(D, y):
    b = np.zeros(D.shape[1])
    for _ in range(500):
        p = fitted(D, b)
        W = p * (1 - p)
        inverse = np.linalg.inv((D * W[:, None]).T @ D)
        h = W * np.einsum("ij,jk,ik->i", D, inverse, D)
        score = D.T @ (y - p + h * (0.5 - p))
        if np.abs(score).max() < 1e-11:
            break
        step = inverse @ score
        t = 1.0
        while penalised(D, y, b + t * step) < penalised(D, y, b) - 1e-13 and t > 1e-8:
            t /= 2
        b = b + t * step
    return b, penalised(D, y, b)


def case(name, X, y, counts):
    repeated = np.repeat(np.arange(len(y)), counts)
    center, scale = X[repeated].mean(axis=0), X[repeated].std(axis=0)
    D = np.column_stack([(X[repeated] - center) / scale, np.ones(len(repeated))])
    Y = y[repeated]

    def raw(b):
        return list(b[:-1] / scale) + [float(b[-1] - (b[:-1] / scale) @ center)]

    result = {
        "name": name,
        "features": X.tolist(),
        "labels": y.tolist(),
        "weights": [float(c) for c in counts],
        "std": list(X[repeated].std(axis=0, ddof=1)),
    }
    if name != "separated":  # those have no maximum likelihood estimate
        mle = sm.Logit(Y, D).fit(method="newton", maxiter=200, tol=1e-14, disp=0).params
        result["mle"] = raw(mle)
        result["king_zeng"] = raw(king_zeng(D, mle))
    b, value = firth(D, Y)
    theirs = scipy.optimize.minimize(lambda v: -penalised(D, Y, v), b * 0.9, method="BFGS").x
    difference = np.abs(theirs - b).max()
    print(name, int(Y.sum()), "positives; scipy differs by", difference)
    assert difference < 1e-4
    result["firth"] = raw(b)
    result["firth_objective"] = -value
    return result


X, y = draw(400, -4.6)
S, _ = draw(60, -1.0)
S = S[:, :2]  # a feature that separates, and another
t = (S[:, 0] > np.sort(S[:, 0])[-9]).astype(float)
cases = [
    case("rare", X, y, np.ones(len(y), dtype=int)),
    case("separated", S, t, np.ones(len(t), dtype=int)),
    case("weighted", X, y, 1 + np.arange(len(y)) % 3),
]
versions = {n: importlib.metadata.version(n) for n in ["numpy", "scipy", "statsmodels"]}
pathlib.Path(__file__).with_name("rare_events.json").write_text(
    json.dumps({"versions": versions, "cases": cases}) + "\n"
)
