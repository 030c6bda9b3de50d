"""How often somebody may ask. Memory is bounded: a limit remembers a fixed number of askers and forgets the quietest."""

import ipaddress
import math
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

ASKERS = 20_000  # of about 200 bytes each


@dataclass(slots=True)
class Allowance:
    """What an asker has left at a moment."""

    left: float
    at: datetime


class RateLimit:
    """A bucket for each asker: `burst` asks at once, then `per_minute` in the long run."""

    def __init__(self, *, burst: int, per_minute: float, askers: int = ASKERS) -> None:
        self.burst = burst
        self.per_second = per_minute / 60
        self.most_askers = askers
        self._allowances: OrderedDict[str, Allowance] = OrderedDict()

    def wait(self, asker: str, now: datetime, cost: float = 1) -> float:
        """Ask once: 0 when it is allowed, else the seconds until it will be. Being refused costs nothing."""
        allowance = self._allowances.pop(asker, None) or Allowance(self.burst, now)
        # a clock that is set back must not lock anybody out
        passed = max(0.0, (now - allowance.at).total_seconds())
        left = min(float(self.burst), allowance.left + passed * self.per_second)
        allowed = left >= cost
        self._allowances[asker] = Allowance(left - cost if allowed else left, now)
        while len(self._allowances) > self.most_askers:
            self._allowances.popitem(last=False)
        return 0.0 if allowed else math.ceil((cost - left) / self.per_second)

    def charge(self, asker: str, cost: float) -> None:
        """Let something that was allowed cost more after all."""
        if allowance := self._allowances.get(asker):
            allowance.left = max(0.0, allowance.left - cost)

    def __len__(self) -> int:
        """How many askers are remembered."""
        return len(self._allowances)


def address_of(request: Request) -> str:
    """Where a request comes from, as one asker: an IPv6 customer has a whole /64."""
    host = request.client.host if request.client else ""
    with suppress(ValueError):
        address = ipaddress.ip_address(host)
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
            return str(ipaddress.IPv6Network((address, 64), strict=False))
    return host
