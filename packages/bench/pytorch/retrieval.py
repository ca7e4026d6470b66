"""Retrieval scores as packages/trainer/src/retrieval defines them."""

import numpy as np

TIE = 1e-12
CUTS = (1, 5, 10)


def unit_rows(rows):
    rows = rows.astype(np.float64)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, norms, out=np.zeros_like(rows), where=norms > 0)


def direction_scores(queries, gallery):
    """R@k, MRR and ranks where row i of both sides is one material; ties score the mean over all ways of breaking them."""
    count = len(queries)
    cosines = unit_rows(queries) @ unit_rows(gallery).T
    lead = cosines - np.diag(cosines)[:, None]
    above = (lead > TIE).sum(1)
    tied = (np.abs(lead) <= TIE).sum(1) - 1
    harmonic = np.concatenate([[0.0], np.cumsum(1 / np.arange(1, count + 1))])
    scores = {f"r@{k}": float(np.mean(np.clip(k - above, 0, tied + 1) / (tied + 1))) for k in CUTS}
    scores["mrr"] = float(np.mean((harmonic[above + tied + 1] - harmonic[above]) / (tied + 1)))
    middle = above + tied / 2 + 1
    return {**scores, "medianRank": float(np.median(middle)), "meanRank": float(np.mean(middle))}


def retrieval_metrics(first, second, names):
    """Scores of both directions by name, and their means."""
    pairs = {
        f"{names[0]}-to-{names[1]}": direction_scores(first, second),
        f"{names[1]}-to-{names[0]}": direction_scores(second, first),
    }
    forward, back = pairs.values()
    means = {name: (forward[name] + back[name]) / 2 for name in forward}
    return {**means, **{f"{pair}/{name}": value for pair, of in pairs.items() for name, value in of.items()}}
