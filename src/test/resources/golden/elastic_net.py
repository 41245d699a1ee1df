"""Writes elastic_net.json: logistic fits with an L1 penalty, as scikit-learn has them.

Objective: (1/N) Σ cᵢ·bceᵢ + λ[(1−a)/2 ‖b̃‖² + a‖b̃‖₁], cᵢ = pos_weight for positives, else 1; b̃ = b·std when
standardized (std unbiased), else b; no penalty on the intercept. scikit-learn minimises C Σ cᵢ·bceᵢ + the penalty with
λ left out, so C = 1/(Nλ); its saga leaves the intercept
unpenalised. `optimality` is the largest violation of the subgradient conditions at the solution, on the
scale of b̃.

Run with: scikit-learn 1.9.1, numpy 2.4.6, pandas, in the repository's root.
"""

import json
import pathlib

import numpy as np
import pandas as pd
import sklearn
from scipy.special import expit
from sklearn.datasets import load_svmlight_file
from sklearn.linear_model import LogisticRegression

card = pd.read_csv("jobs/sample-data/creditcard-sample.csv.gz")
web_x, web_y = load_svmlight_file("src/test/resources/data/w8a.libsvm.gz", n_features=300)
DATA = {
    "creditcard-sample": (card.drop(columns="Class").to_numpy(), card["Class"].to_numpy(float)),
    "w8a": (web_x.toarray(), (web_y > 0).astype(float)),
}


def fit(data, pos_weight, lam, a, standardized):
    x, y = DATA[data]
    n = len(y)
    std = x.std(axis=0, ddof=1)
    scale = np.where(std > 0, std, 1) if standardized else np.ones(x.shape[1])
    scaled = x / scale
    center = scaled.mean(axis=0) if data != "w8a" else np.zeros(x.shape[1])
    scaled = scaled - center  # moves the intercept only, and saves saga thousands of epochs
    c = np.where(y == 1, pos_weight, 1.0)
    model = LogisticRegression(
        C=1 / (n * lam), l1_ratio=a, solver="saga", tol=1e-11, max_iter=3000, random_state=0
    ).fit(scaled, y, sample_weight=c)
    b, b0 = model.coef_[0], float(model.intercept_[0])
    z = scaled @ b + b0
    bce = np.logaddexp(0, np.where(y == 1, -z, z))
    objective = (c * bce).mean() + lam * ((1 - a) / 2 * b @ b + a * np.abs(b).sum())
    slope = c * (expit(z) - y) / n
    g = scaled.T @ slope + lam * (1 - a) * b
    violation = np.where(b != 0, np.abs(g + lam * a * np.sign(b)), np.maximum(0, np.abs(g) - lam * a))
    violation = np.append(violation, abs(slope.sum()))
    record = {
        "data": data,
        "pos_weight": pos_weight,
        "reg_lambda": lam,
        "elastic_net": a,
        "standardized": standardized,
        "epochs": int(model.n_iter_[0]),
        "coefficients": (b / scale).tolist(),
        "intercept": b0 - float(center @ b),
        "objective": objective,
        "optimality": violation.max(),
    }
    print({k: v for k, v in record.items() if k != "coefficients"}, int((b != 0).sum()), "non-zero", flush=True)
    return record


fits = [
    fit("creditcard-sample", 1.0, 1e-3, 1.0, True),
    fit("creditcard-sample", 10.0, 1e-2, 0.5, True),
    fit("w8a", 10.0, 1e-2, 0.5, False),
]
out = pathlib.Path(__file__).with_name("elastic_net.json")
out.write_text(json.dumps({"sklearn": sklearn.__version__, "numpy": np.__version__, "fits": fits}, indent=1) + "\n")
