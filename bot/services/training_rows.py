"""What administrators corrected and confirmed, as rows for ``python -m nlp train --extra FILE``."""

import json
import re
from collections.abc import Iterator

from cities.city import City
from storage import Tx, corrections
from storage.tables import Report

PERSONAL = re.compile(r"\+?\d[\d .-]{7,}\d|\S+@\S+\.\w+|@\w{3,}")
"""Phone, identity and family-card numbers (eight digits and more), e-mail addresses, account names."""


def training_rows(tx: Tx, city: City) -> Iterator[str]:
    """One JSON object a line: text, category, kind, urgency, places, language; numbers and addresses of people blotted out.

    Secret, supervisory and confidential reports stay here.
    """
    for report in corrections.read_by_a_person(tx):
        category = city.categories[report.category]
        if not category.is_confidential(report.sub_category):
            yield json.dumps(_row(report), ensure_ascii=False)


def _row(report: Report) -> dict[str, object]:
    text = PERSONAL.sub("…", report.description)
    said = (words.strip() for words in report.place_words.split(","))
    return {
        "text": text,
        "category": report.category,
        "kind": report.kind,
        "urgency": report.priority,
        "places": [words for words in said if words and words in text],
        "language": report.language,
    }
