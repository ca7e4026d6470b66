"""Reads the folders that packages/bench/training/array-folder.mjs writes."""

import json
import os

import numpy as np
import torch

DTYPES = {"f32": "<f4", "i32": "<i4"}


def read_array_folder(folder):
    """The facts of the index, and every array as a tensor; integers become int64, as indices must be."""
    with open(os.path.join(folder, "index.json"), encoding="utf-8") as file:
        facts = json.load(file)
    arrays = {}
    for name, entry in facts.pop("arrays").items():
        values = np.fromfile(os.path.join(folder, entry["file"]), DTYPES[entry["dtype"]])
        values = values.reshape(entry["shape"])
        arrays[name] = torch.from_numpy(values.astype(np.int64) if entry["dtype"] == "i32" else values)
    return facts, arrays


def below(arrays, prefix):
    """The arrays whose names start with `prefix.`, by the rest of their names."""
    return {name[len(prefix) + 1 :]: array for name, array in arrays.items() if name.startswith(prefix + ".")}
