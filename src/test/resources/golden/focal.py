"""Writes focal.json, in 60-digit arithmetic.

sigmoid_focal: torchvision's sigmoid_focal_loss, from its definition (ce = BCE of p and y,
p_t = p y + (1-p)(1-y), alpha_t = alpha y + (1-alpha)(1-y), alpha_t (1-p_t)^gamma ce), with its slope
in the logit (numerical differentiation at 60 digits).

minimisers: for a posterior eta, the margin at which eta l(z, 1) + (1-eta) l(z, 0) is smallest, found
by golden-section search on the expected loss itself within the best cell of a grid over [-60, 60]:
no derivative and no closed form is used. "focal" is alpha (1-exp(-l))^gamma l with l the
class-weighted BCE.

Run with: mpmath 1.4.1.
"""

import json
import pathlib

import mpmath
from mpmath import mp, mpf

mp.dps = 60
LOGITS = [0, 1e-9, -1e-9, 0.5, -0.5, 2, -2, 3.5, -3.5, 10, -10, 36, -36, 120, -120, 700, -700]


def softplus(v):
    return mpmath.log1p(mpmath.exp(-abs(v))) + max(v, mpf(0))


def sigmoid(v):
    return 1 / (1 + mpmath.exp(-v))


def sigmoid_focal(z, y, alpha, gamma):
    hard = sigmoid(-z) if y else sigmoid(z)
    ce = softplus(-z) if y else softplus(z)
    return (mpf(alpha) if y else 1 - mpf(alpha)) * hard ** mpf(gamma) * ce


def focal(z, y, alpha, gamma, c0, c1):
    l = mpf(c1) * softplus(-z) if y else mpf(c0) * softplus(z)
    return mpf(alpha) * (-mpmath.expm1(-l)) ** mpf(gamma) * l


def minimiser(f):
    grid = [mpf(i) / 8 for i in range(-480, 481)]
    best = min(range(len(grid)), key=lambda i: f(grid[i]))
    a, b = grid[best] - mpf(1) / 8, grid[best] + mpf(1) / 8
    ratio = (mpmath.sqrt(5) - 1) / 2
    x, y = b - ratio * (b - a), a + ratio * (b - a)
    fx, fy = f(x), f(y)
    while b - a > mpf(10) ** -20:
        if fx < fy:
            b, y, fy = y, x, fx
            x = b - ratio * (b - a)
            fx = f(x)
        else:
            a, x, fx = x, y, fy
            y = a + ratio * (b - a)
            fy = f(y)
    return (a + b) / 2


values = []
for alpha, gamma in [(0.25, 2.0), (0.5, 0.0), (0.75, 0.5), (0.1, 5.0)]:
    labels = [i % 2 for i in range(len(LOGITS))] + [1 - i % 2 for i in range(len(LOGITS))]
    logits = [float(z) for z in LOGITS + LOGITS]
    values.append(
        {
            "alpha": alpha,
            "gamma": gamma,
            "logits": logits,
            "labels": [float(y) for y in labels],
            "none": [float(sigmoid_focal(mpf(z), y, alpha, gamma)) for z, y in zip(logits, labels)],
            "grad_of_sum": [
                float(mpmath.diff(lambda v, y=y: sigmoid_focal(v, y, alpha, gamma), mpf(z)))
                for z, y in zip(logits, labels)
            ],
        }
    )

minimisers = []
LOG_ODDS = [-9.0, -6.5, -2.0, 0.0, 1.0, 4.0, 7.0]
for name, alpha, gamma, c0, c1 in [
    ("sigmoidFocal", 0.25, 2.0, 1.0, 1.0),
    ("sigmoidFocal", 0.9, 0.5, 1.0, 1.0),
    ("sigmoidFocal", 0.25, 2.0, 0.5, 90.0),
    ("focal", 0.25, 2.0, 1.0, 1.0),
    ("focal", 0.25, 2.0, 1.0, 90.0),
    ("focal", 0.25, 0.0, 2.0, 7.0),
    ("focal", 1.0, 5.0, 3.0, 0.2),
    ("focal", 1.0, 10.0, 6.0, 8.0),
]:
    margins = []
    for log_odds in LOG_ODDS:
        eta = sigmoid(mpf(log_odds))
        if name == "focal":
            expected = lambda z: eta * focal(z, 1, alpha, gamma, c0, c1) + (1 - eta) * focal(
                z, 0, alpha, gamma, c0, c1
            )
        else:
            expected = lambda z: c1 * eta * sigmoid_focal(z, 1, alpha, gamma) + c0 * (
                1 - eta
            ) * sigmoid_focal(z, 0, alpha, gamma)
        margins.append(float(minimiser(expected)))
    minimisers.append(
        {
            "loss": name,
            "alpha": alpha,
            "gamma": gamma,
            "negative_weight": c0,
            "positive_weight": c1,
            "log_odds": LOG_ODDS,
            "margins": margins,
        }
    )

pathlib.Path(__file__).with_name("focal.json").write_text(
    json.dumps({"sigmoid_focal": values, "minimisers": minimisers}, indent=1) + "\n"
)
