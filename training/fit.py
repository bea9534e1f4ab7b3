"""A multinomial logistic model for labels that may be known only in part ("one of these types"): numpy, scipy.sparse, L-BFGS.

The loss of a sample is minus the logarithm of the probability of all classes that its label allows. Deterministic.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Array = NDArray[np.float32]


def fit(
    words: sp.csr_matrix, vectors: Array, allowed: Array, weights: Array, ridge: float, vector_ridge: float, rounds: int = 60
) -> tuple[Array, Array, Array]:
    """Weights of the columns of `words` (columns, classes), of `vectors` (dimensions, classes), and the classes' biases.

    allowed: (samples, classes), 1 where a sample's label allows the class. ridge: the strength of the quadratic penalty.
    """
    used = np.flatnonzero(np.bincount(words.indices[words.data != 0], minlength=words.shape[1]))
    x = words[:, used].tocsr().astype(np.float32)
    xt = x.T.tocsr()
    columns, dimensions, classes = len(used), vectors.shape[1], allowed.shape[1]
    penalty = np.concatenate([np.full(columns, ridge), np.full(dimensions, vector_ridge), [0.0]]).astype(np.float32)[:, None]
    vectors = vectors.astype(np.float32)

    def loss(flat: Array) -> tuple[float, Array]:
        p = flat.reshape(-1, classes)
        z = x @ p[:columns] + vectors @ p[columns:-1] + p[-1]
        z -= z.max(1, keepdims=True)
        probable = np.exp(z)
        probable /= probable.sum(1, keepdims=True)
        inside = probable * allowed
        total = np.maximum(inside.sum(1, keepdims=True), 1e-12)
        value = -float((weights * np.log(total[:, 0])).sum()) + 0.5 * float((penalty * p * p).sum())
        wrong = ((probable - inside / total) * weights[:, None]).astype(np.float32)
        slope = np.vstack([xt @ wrong, vectors.T @ wrong, wrong.sum(0, keepdims=True)]) + penalty * p
        return value, slope.ravel().astype(np.float32)

    p = minimise(loss, np.zeros((columns + dimensions + 1) * classes, np.float32), rounds).reshape(-1, classes)
    full = np.zeros((words.shape[1], classes), np.float32)
    full[used] = p[:columns]
    return full, p[columns:-1], p[-1]


def minimise(loss: Callable[[Array], tuple[float, Array]], start: Array, rounds: int, memory: int = 8) -> Array:
    """L-BFGS with backtracking (Nocedal and Wright 2006, algorithm 7.4), in single precision."""
    p, (value, slope) = start, loss(start)
    steps: list[tuple[Array, Array, float]] = []
    for number in range(rounds):
        direction = -slope
        kept = []
        for s, y, rho in reversed(steps):
            a = rho * float(s @ direction)
            kept.append(a)
            direction = direction - a * y
        if steps:
            s, y, _ = steps[-1]
            direction *= float(s @ y) / float(y @ y)
        for (s, y, rho), a in zip(steps, reversed(kept), strict=True):
            direction = direction + (a - rho * float(y @ direction)) * s
        descent = float(slope @ direction)
        if descent >= 0:
            direction, descent, steps = -slope, -float(slope @ slope), []
        size = 1.0 if number else 1.0 / max(1.0, float(np.sqrt(slope @ slope)))
        for _ in range(20):
            new = p + np.float32(size) * direction
            new_value, new_slope = loss(new)
            if new_value <= value + 1e-4 * size * descent:
                break
            size /= 2
        else:
            return p
        s, y = new - p, new_slope - slope
        curve = float(s @ y)
        if curve > 1e-10:
            steps = [*steps[-memory + 1 :], (s, y, 1 / curve)]
        done = value - new_value < 1e-5 * abs(value)
        p, value, slope = new, new_value, new_slope
        if done:
            return p
    return p
