"""RT and RW as people write them: which RW is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.places.units import UNITS, rws_in


@pytest.mark.parametrize(
    ("text", "rws"),
    [
        ("lampu mati di RT/RW 03/05", {"5"}),
        ("RT/RW: 003/005 Dago", {"5"}),
        ("rt / rw 3 - 5", {"5"}),
        ("rtrw 03 05", {"5"}),
        ("RT/RW 03/RW 05", {"5"}),
        ("RW/RT 05/03", {"5"}),
        ("RT 03/05 kel. Sekeloa", {"5"}),
        ("RT.02/RW.11", {"11"}),
        ("rt 2 rw 011", {"11"}),
        ("RT 03/04 RW 05", {"5"}),
        ("rw.3 depan warung", {"3"}),
        ("RW 05/RT 03", {"5"}),
        ("di RW 7 dan RW 12", {"7", "12"}),
        ("RT/RW 03", set()),
        ("RT 4 saja", set()),
        ("rt 3-5 mati semua", set()),
        ("RT/RW 03 2 hari mati", set()),
        ("nomor 3/5 jalan dago", set()),
        ("jarw 5", set()),
    ],
)
def test_of_an_rt_with_its_rw_the_second_number_is_the_rw(text: str, rws: set[str]) -> None:
    assert rws_in(text) == rws


RT, RW = st.integers(1, 30), st.integers(1, 30)
FORMS = ("RT/RW {:02}/{:02}", "rt {} rw {}", "RT.{:02}/RW.{:02}", "RT {:03}/{:03}", "rt{}/rw{}", "RT {} / RW {}")


@given(rt=RT, rw=RW, form=st.sampled_from(FORMS), around=st.sampled_from(["{}", "mati di {}, tolong", "({}) Dago"]))
def test_however_they_are_written_the_rw_is_found_and_the_rt_is_not_taken_for_it(
    rt: int, rw: int, form: str, around: str
) -> None:
    text = around.format(form.format(rt, rw))
    assert rws_in(text) == {str(rw)}
    assert UNITS.search(text)
