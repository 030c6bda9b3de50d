"""What can be written in a letter; how the whole looks is tested with the letters."""

import pytest

from bot.services.letter_pdf import written


def test_what_the_font_lacks_is_left_out_and_the_rest_stays() -> None:
    assert written("“lubang” – dalam… 😀 sekali\nbaris dua") == '"lubang" - dalam...  sekali\nbaris dua'


@pytest.mark.parametrize("char", ["中", "\u200b", "\x07", "🙏"])
def test_a_letter_that_the_font_lacks_leaves_nothing_behind(char: str) -> None:
    assert written(f"a{char}b") == "ab"
