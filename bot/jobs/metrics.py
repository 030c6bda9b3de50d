"""What the program counts about itself, for Prometheus."""

from prometheus_client import Counter, Histogram

EVENTS = Counter("kentongan_events_total", "Events of platforms by what became of them", ["source", "state"])
DELIVERIES = Counter("kentongan_deliveries_total", "Attempts to send a message by outcome", ["source", "outcome"])
TURN_SECONDS = Histogram(
    "kentongan_turn_seconds",
    "One turn of a talk, from its facts to its commit",
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5),
)
