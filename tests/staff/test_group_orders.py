"""What an administrator types behind /kim."""

from datetime import date

import pytest

from bot.staff import group_orders
from bot.staff.group_orders import GroupOrder, order_in

TERM = (date(2026, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "baru KIM Mekar; Dago, RW 3, 5; 2026-2028",
        "baru KIM Mekar; Dago RW 03 dan 05; 1/1/2026 - 31/12/2028",
        "new KIM  Mekar | 2026 sampai 2028 | RW 3, RW 5, Dago",
        "baru KIM Mekar\nDago\nRW 3,5\n2026-01-01 2028-12-31",
    ],
)
def test_a_new_group_is_read_in_any_order_of_its_parts(typed: str) -> None:
    assert order_in(typed) == GroupOrder(group_orders.NEW, "KIM Mekar", "Dago", "3,5", TERM)


def test_without_rw_it_is_the_whole_kelurahan() -> None:
    assert order_in("baru KIM A; Sukajadi; 2026-2028").rws == ""


@pytest.mark.parametrize("typed", ["baru", "baru KIM A", "baru KIM A; Dago", "baru KIM A; Dago; 2028-2026"])
def test_what_is_missing_stays_empty(typed: str) -> None:
    order = order_in(typed)
    assert order.what == group_orders.NEW
    assert order.term is None


@pytest.mark.parametrize(
    "typed", ["baru KIM A; Dago; 31/02/2026 - 31/12/2028", "baru KIM A; Dago; 2026-13-01 2028-01-01"]
)
def test_a_day_that_no_calendar_has_is_no_term(typed: str) -> None:
    assert order_in(typed).term is None


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("", GroupOrder(group_orders.LIST)),
        ("entah apa", GroupOrder(group_orders.LIST)),
        ("2", GroupOrder(group_orders.SHOW, group=2)),
        ("lihat 2", GroupOrder(group_orders.SHOW, group=2)),
        ("undang 1", GroupOrder(group_orders.INVITE, group=1)),
        ("keluarkan 1 3", GroupOrder(group_orders.REMOVE, group=1, member=3)),
        ("akhiri", GroupOrder(group_orders.END)),
    ],
)
def test_other_orders_name_a_group_and_perhaps_a_member_by_number(typed: str, order: GroupOrder) -> None:
    assert order_in(typed) == order


def test_a_further_term_may_be_years_or_a_day() -> None:
    assert order_in("perpanjang 1 2027-2030").term == (date(2027, 1, 1), date(2030, 12, 31))
    until = order_in("perpanjang 1 31-12-2030").term
    assert until is not None
    assert until[1] == date(2030, 12, 31)
