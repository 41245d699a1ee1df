"""Writes focal_fits.json: focal losses minimised on the card-fraud sample, with numpy alone.

usage: focal_fits.py creditcard-sample.csv.gz

Objective: (1/N) sum l(z, y) + (lambda/2) ||b std||^2 (std unbiased, intercept free). First the
class-weighted cross-entropy is minimised by Newton's method, then the focal loss from there, by
Newton steps on its Hessian, made positive definite by lifting its eigenvalues where need be, with
halving until the objective falls. Slope and curvature of the loss in the margin come from
complex-step and central differences of the loss itself, not from closed forms. The gradient at
each solution is below 1e-9.

Run with: numpy 2.4.6.
"""

import gzip
import json
import pathlib
import sys

import numpy as np

with gzip.open(sys.argv[1], "rt") as file:
    header = file.readline().strip().replace('"', "").split(",")
    rows = np.array([[float(v.strip('"')) for v in line.split(",")] for line in file])
label = header.index("Class")
y = rows[:, label]
raw = np.delete(rows, label, axis=1)
mean, std = raw.mean(axis=0), raw.std(axis=0, ddof=1)
X = np.hstack([(raw - mean) / std, np.ones((len(y), 1))])
N = len(y)


def softplus(v):
    """log(1 + e^v) for complex v, stable on the side that matters."""
    return np.where(v.real > 0, v + np.log1p(np.exp(-np.where(v.real > 0, v, 0))),
                    np.log1p(np.exp(np.where(v.real > 0, 0, v))))


def bce(z, c1):
    return np.where(y == 1, c1 * softplus(-z), softplus(z))


def focal(z, alpha, gamma, c1):
    l = bce(z, c1)
    return alpha * (1 - np.exp(-l)) ** gamma * l


def sigmoid_focal(z, alpha, gamma, c1):
    hard = 1 / (1 + np.exp(np.where(y == 1, z, -z)))
    return np.where(y == 1, c1 * alpha, 1 - alpha) * hard**gamma * bce(z, 1.0)


def slope(loss, z):
    return loss(z + 1e-30j).imag / 1e-30


def minimise(loss, b, lam):
    penalty = np.append(np.full(X.shape[1] - 1, lam), 0.0)

    def value(b):
        return loss((X @ b).astype(complex)).real.mean() + 0.5 * (penalty * b * b).sum()

    def gradient(b):
        return X.T @ slope(loss, X @ b) / N + penalty * b

    for _ in range(300):
        z, h = X @ b, 1e-5
        g = gradient(b)
        if np.linalg.norm(g) < 1e-12:
            break
        curvature = (slope(loss, z + h) - slope(loss, z - h)) / (2 * h)
        H = (X * curvature[:, None]).T @ X / N + np.diag(penalty)
        e, V = np.linalg.eigh(H)
        step = -V @ ((V.T @ g) / np.maximum(np.abs(e), 1e-9))
        t, f = 1.0, value(b)
        while value(b + t * step) > f and t > 1e-12:
            t /= 2
        if t <= 1e-12:
            break
        b = b + t * step
    return b, value(b), np.linalg.norm(gradient(b))


fits = []
auto = float((y == 0).sum() / (y == 1).sum())
for name, alpha, gamma, c1, lam in [
    ("focal", 0.25, 2.0, 1.0, 0.001),
    ("focal", 0.25, 2.0, auto, 0.001),
    ("focal", 1.0, 0.5, 10.0, 0.0),
    ("sigmoidFocal", 0.25, 2.0, 1.0, 0.0001),
    ("sigmoidFocal", 0.75, 1.0, 20.0, 0.001),
]:
    start, _, _ = minimise(lambda z: bce(z, c1), np.zeros(X.shape[1]), lam)
    loss = focal if name == "focal" else sigmoid_focal
    b, objective, norm = minimise(lambda z: loss(z, alpha, gamma, c1), start, lam)
    print(name, alpha, gamma, c1, lam, objective, norm, file=sys.stderr)
    fits.append({
        "loss": name, "alpha": alpha, "gamma": gamma, "pos_weight": c1, "reg_param": lam,
        "objective": objective, "gradient_norm": norm,
        "coefficients": list(b[:-1] / std), "intercept": float(b[-1] - (b[:-1] / std) @ mean),
        "std": list(std),
    })

pathlib.Path(__file__).with_name("focal_fits.json").write_text(json.dumps(fits, indent=1) + "\n")
