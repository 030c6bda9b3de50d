"""From which confidence a category is taken as read, and from which three are offered."""

import numpy as np
import numpy.typing as npt

TAKEN_AS_READ_RIGHT = 0.90
OFFERED_RIGHT = 0.35


def confirm_at(confidence: npt.NDArray[np.floating], right: npt.NDArray[np.bool_]) -> float:
    """The lowest confidence above which `TAKEN_AS_READ_RIGHT` of the held-out readings are right."""
    return _lowest(confidence, right, TAKEN_AS_READ_RIGHT)


def offer_at(confidence: npt.NDArray[np.floating], right: npt.NDArray[np.bool_]) -> float:
    """The confidence near which at least `OFFERED_RIGHT` of first readings are right, so that one of three usually is."""
    for level in np.arange(0.05, 0.60, 0.01):
        near = np.abs(confidence - level) <= 0.04
        if near.sum() >= 20 and right[near].mean() >= OFFERED_RIGHT:
            return round(float(level), 2)
    return 0.2


def _lowest(confidence: npt.NDArray[np.floating], right: npt.NDArray[np.bool_], wanted: float) -> float:
    for level in np.arange(0.20, 0.95, 0.01):
        above = confidence >= level
        if above.any() and right[above].mean() >= wanted:
            return round(float(level), 2)
    return 0.95
