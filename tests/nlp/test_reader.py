"""The whole pipeline, with the model that we ship."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cities.city import City
from nlp import Reader, load_reader
from nlp.linear import ModelError


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(message=st.text(max_size=300) | st.text(alphabet="\x00\n\t !?.,;@#é😀0123456789", max_size=80))
def test_any_text_at_all_is_understood(reader: Reader, city: City, message: str) -> None:
    seen = reader.understand(message)
    assert seen.text == message
    assert {guess.id for guess in seen.categories} == {c.id for c in city.categories.values() if not c.retired}
    assert seen.category == seen.categories[0]
    assert sum(guess.confidence for guess in seen.categories) == pytest.approx(1)
    assert all(a.confidence >= b.confidence for a, b in zip(seen.categories, seen.categories[1:], strict=False))
    assert (seen.urgency == "darurat") == (seen.emergency is not None)
    assert all(message[mention.start : mention.end] == mention.text for mention in seen.places)


def test_a_very_long_letter_is_understood(reader: Reader) -> None:
    assert reader.understand("jalan rusak di depan pasar. " * 400).category.id == "jalan_rusak"


def test_the_first_sentence_of_the_project_is_read_whole(reader: Reader) -> None:
    seen = reader.understand("lampu jalan mati di jl cisitu lama deket itb, gelap pisan ti kamari")
    assert seen.category.id == "pju"
    assert seen.category.confidence >= reader.confirm_at
    assert seen.kind.id == "pengaduan"
    assert seen.language in ("mix", "su")
    assert seen.place is not None
    assert (seen.place.kelurahan, seen.place.kecamatan) == ("Dago", "Coblong")
    assert seen.emergency is None


@pytest.mark.parametrize("message", ["", "   ", "\n", "...", "😀😀"])
def test_a_message_without_words_is_no_report_about_anything(reader: Reader, message: str) -> None:
    seen = reader.understand(message)
    assert (seen.kind.id, seen.kind.confidence) == ("bukan_laporan", 1.0)
    assert seen.category.confidence < reader.offer_at
    assert seen.emergency is None
    assert seen.place is None


def test_reading_the_same_message_twice_gives_the_same_understanding(reader: Reader) -> None:
    message = "selokan mampet di Jl. Cikutra, bau pisan"
    assert reader.understand(message) == reader.understand(message)


def test_a_pin_is_located(reader: Reader) -> None:
    assert reader.locate(-6.8830, 107.6120).kecamatan == "Coblong"


def test_between_taken_as_read_and_offered_there_is_room(reader: Reader) -> None:
    assert 0 < reader.offer_at < reader.confirm_at < 1


def test_a_missing_model_names_the_folder_and_the_remedy(city: City, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="python -m nlp train"):
        load_reader(city, tmp_path)


def test_reading_needs_no_scikit_learn() -> None:
    code = (
        "import sys; from cities.loading import load_city; from nlp import load_reader; "
        "load_reader(load_city('bandung')).understand('jalan rusak'); "
        "assert not [name for name in sys.modules if name.split('.')[0] in ('sklearn', 'scipy', 'torch')]"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_values_cost_no_spacy_import() -> None:
    code = "import sys, nlp; from nlp import Guess; assert 'spacy' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
