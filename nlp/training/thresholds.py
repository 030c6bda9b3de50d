"""From which confidence a category is taken as read, and from which three are offered.

A category that is taken as read stands in the read-back, where one word changes it: a wrong one costs its writer two messages,
asking costs everybody one. So it pays to take as read what is right more often than not, with some margin.
"""

import numpy as np
import numpy.typing as npt

TAKEN_AS_READ_RIGHT = 0.60
OFFERED_RIGHT = 0.35
SUB_RIGHT = 0.70
NEAR = 0.04
FEWEST = 20  # readings near a level, for its share to mean something


def confirm_at(confidence: npt.NDArray[np.floating], right: npt.NDArray[np.bool_]) -> float:
    """The confidence near which `TAKEN_AS_READ_RIGHT` of first readings are right."""
    return _lowest(confidence, right, TAKEN_AS_READ_RIGHT, otherwise=0.7)


def offer_at(confidence: npt.NDArray[np.floating], right: npt.NDArray[np.bool_]) -> float:
    """The confidence near which at least `OFFERED_RIGHT` of first readings are right, so that one of three usually is."""
    return _lowest(confidence, right, OFFERED_RIGHT, otherwise=0.2)


def sub_at(confidence: npt.NDArray[np.floating], right: npt.NDArray[np.bool_]) -> float:
    """The confidence within its category near which `SUB_RIGHT` of sub-categories are right: a wrong one gives the report a
    wrong time, which an administrator may not notice, so more must be right than of categories, which everybody sees."""
    return _lowest(confidence, right, SUB_RIGHT, otherwise=1.0)


def _lowest(
    confidence: npt.NDArray[np.floating], right: npt.NDArray[np.bool_], wanted: float, *, otherwise: float
) -> float:
    for level in np.arange(0.05, 0.95, 0.01):
        near = np.abs(confidence - level) <= NEAR
        if near.sum() >= FEWEST and right[near].mean() >= wanted:
            return round(float(level), 2)
    return otherwise
