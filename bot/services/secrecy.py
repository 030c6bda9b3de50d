"""What is nobody's business but that of those who handle a report."""

from cities.city import City
from storage.secrecy import SECRET
from storage.tables import Report


def is_hidden(report: Report, city: City) -> bool:
    """Whether even its category and place are secret: asked for, supervisory, confidential, or unknown to us."""
    category = city.categories.get(report.category)
    if category is None or report.privacy == SECRET:
        return True
    sub, agency = category.subs.get(report.sub_category), city.agencies.get(report.agency)
    return (
        category.is_supervisory(report.sub_category)
        or category.supervisory
        or category.confidential_default
        or bool(category.restrict_view)
        or (sub is not None and sub.confidential)
        or (agency is not None and agency.confidential)
    )
