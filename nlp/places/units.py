"""RT and RW, the smallest parts of a city: as people write them, and which RW a text names."""

import re

_NUMBER = r"\d{1,3}\b"
_BETWEEN = r"[\s.:]*"
_BOTH = r"\brt[\s./-]*rw"
_NO_TIME = r"(?!\s*(?:hari|minggu|bulan|jam|kali))"
UNITS = re.compile(
    rf"(?:{_BOTH}|\brt|\brw){_BETWEEN}{_NUMBER}(?:\s*[/,.&-]?\s*(?:rw{_BETWEEN})?{_NUMBER})?{_NO_TIME}", re.IGNORECASE
)
"""One of them, or an RT with its RW, wherever a text names it."""
_COUNTED = r"0*(\d{1,3})\b"
_RW = re.compile(
    rf"{_BOTH}{_BETWEEN}{_NUMBER}(?:\s*[/,.&-]?\s*{_COUNTED}{_NO_TIME})?"  # RT/RW 03/05
    rf"|\brw[\s./-]*rt{_BETWEEN}{_COUNTED}(?:\s*[/,.&-]?\s*{_NUMBER})?"  # RW/RT 05/03
    rf"|\brt{_BETWEEN}{_NUMBER}\s*/\s*{_COUNTED}(?!\s*[/,.]?\s*rw)"  # RT 03/05; of "RT 03/04 RW 05" the 04 is another RT
    rf"|\brw{_BETWEEN}{_COUNTED}",
    re.IGNORECASE,
)


def rws_in(text: str) -> frozenset[str]:
    """The RW that a text names, without leading zeros ("5"); of "RT/RW 03/05" the second number, of "RT/RW 03" none."""
    return frozenset(number for found in _RW.finditer(text) for number in found.groups() if number)
