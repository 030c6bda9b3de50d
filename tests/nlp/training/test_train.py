"""Training: reproducible, calibrated, and readable by the numpy side."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from nlp.features import TOPIC_BUCKETS, bag_of
from nlp.linear import ModelError, read_model
from nlp.normalise import normalise
from nlp.training.fitting import (
    Ridge,
    Svm,
    calibration_error,
    fit_head,
    inverse_frequencies,
    matrix_of,
    scaling,
    softmax,
)
from nlp.training.rows import Row
from nlp.training.thresholds import OFFERED_RIGHT, SUB_RIGHT, TAKEN_AS_READ_RIGHT, confirm_at, offer_at, sub_at
from nlp.training.train import train, train_on


def small_corpus() -> list[Row]:
    """Twelve rows for each of two categories, with every label of the other heads."""
    subjects = {"pju": "lampu jalan padam gelap tiang bohlam", "sampah": "sampah bau tps numpuk angkut kantong"}
    rows = []
    for category, text in subjects.items():
        words = text.split()
        for number in range(12):
            said = f"{words[number % 6]} {words[(number + 1) % 6]} gang {number}"
            kind = "pengaduan" if number % 2 else "aspirasi"
            urgency = "sedang" if number % 2 else "darurat"
            language = "id" if number % 2 else "su"
            emergency = "" if number % 2 else "medis"
            sub = (None, "", words[0])[number % 3]
            rows.append(Row(said, category, kind, urgency, language, (f"gang {number}",), emergency, "test", sub))
    return rows


@pytest.fixture(scope="module")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    train_on(small_corpus(), folder, "hash of nothing")
    return folder


def test_the_same_corpus_gives_the_same_bytes(model_folder: Path, tmp_path: Path) -> None:
    train_on(small_corpus(), tmp_path, "hash of nothing")
    for name in ("weights.npz", "meta.json"):
        assert (tmp_path / name).read_bytes() == (model_folder / name).read_bytes()


def test_what_was_trained_is_read_back_and_separates_the_categories(model_folder: Path) -> None:
    model = read_model(model_folder)
    for text, category in (("lampu padam", "pju"), ("sampah bau", "sampah")):
        best = model.guesses("category", model.scores(bag_of(normalise(text))))[0]
        assert best.id == category
        assert best.confidence > 0.5


def test_only_kinds_are_told_by_what_a_message_does(model_folder: Path) -> None:
    model = read_model(model_folder)
    told = {name: np.abs(model.weights[TOPIC_BUCKETS:, head.columns]).sum() for name, head in model.heads.items()}
    assert told.pop("kind") > 0
    assert not any(told.values())


def test_a_model_of_another_make_is_refused(model_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_bytes((model_folder / "meta.json").read_bytes())
    with np.load(model_folder / "weights.npz") as arrays:
        np.savez(tmp_path / "weights.npz", **{**arrays, "weights": arrays["weights"].astype(np.float16)})
    with pytest.raises(ModelError, match="made for other features"):
        read_model(tmp_path)


def test_where_labels_are_as_common_as_in_life_the_rare_ones_are_told_less_often() -> None:
    index = np.array([0] * 90 + [1] * 10)
    scores = np.random.default_rng(1).normal(size=(100, 2)) + np.eye(2)[index] * 0.5
    rare = [scaling(scores, index, rare_weigh_more=heavy).chances(scores)[:, 1].mean() for heavy in (True, False)]
    assert rare[1] < rare[0]


def test_confidences_of_every_head_sum_to_one(model_folder: Path) -> None:
    model = read_model(model_folder)
    scores = model.scores(bag_of("lampu bau"))
    for head in model.heads:
        assert sum(guess.confidence for guess in model.guesses(head, scores)) == pytest.approx(1, abs=1e-5)


def test_the_meta_says_where_the_model_came_from(model_folder: Path) -> None:
    meta = read_model(model_folder).meta
    assert (meta["rows"], meta["corpus_sha256"]) == (24, "hash of nothing")
    assert {"seed", "confirm_at", "offer_at"} <= set(meta)


def test_sub_categories_are_learnt_from_the_rows_that_say_them(model_folder: Path) -> None:
    meta = read_model(model_folder).meta
    assert meta["heads"]["sub_category"]["labels"] == ["pju/", "pju/lampu", "sampah/", "sampah/sampah"]
    assert meta["sub_category_cross_validated"]["rows"] == 16
    assert 0 < meta["sub_at"] <= 1


def test_a_corpus_without_sub_categories_makes_a_model_without_them(tmp_path: Path) -> None:
    meta = train_on([replace(row, sub_category=None) for row in small_corpus()], tmp_path, "hash of nothing")
    assert "sub_category" not in meta["heads"]
    assert "sub_at" not in meta


def test_a_model_without_a_pickle_inside(model_folder: Path) -> None:
    with np.load(model_folder / "weights.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)


def test_copies_are_learnt_from_and_not_measured_on() -> None:
    bags = [bag_of(row.text) for row in small_corpus()]
    features = matrix_of(bags, inverse_frequencies(bags))
    answers = np.array([row.category for row in small_corpus()])
    head = fit_head(features, [features], answers, [Svm(1.0), Ridge(1.0)])
    assert head.folded.shape == (24, 2)


def test_scaling_makes_overconfident_scores_modest() -> None:
    chance = np.random.default_rng(1)
    truth = chance.integers(0, 3, 600)
    scores = np.eye(3)[np.where(chance.random(600) < 0.7, truth, chance.integers(0, 3, 600))] * 20.0
    calm = scaling(scores, truth).chances(scores)
    right = calm.argmax(axis=1) == truth
    assert calibration_error(calm.max(axis=1), right) < 0.05
    assert calibration_error(softmax(scores).max(axis=1), right) > 0.15


def test_doubt_stands_for_rows_that_no_score_explains() -> None:
    chance = np.random.default_rng(2)
    truth = chance.integers(0, 4, 2000)
    said = np.where(chance.random(2000) < 0.9, truth, chance.integers(0, 4, 2000))
    found = scaling(np.eye(4)[truth] * chance.normal(3, 0.5, (2000, 1)), said)
    assert found.doubt == pytest.approx(0.1, abs=0.03)


def test_a_head_can_be_kept_modest_however_well_it_does_on_our_own_rows() -> None:
    truth = np.arange(400) % 4
    scores = np.eye(4)[truth] * 5.0
    modest = scaling(scores, truth, least_doubt=0.08)
    assert modest.doubt >= 0.08
    assert modest.chances(scores).max() <= 1 - 0.08 * 3 / 4 + 1e-9
    assert modest.chances(scores).sum(axis=1) == pytest.approx(np.ones(400))


def test_a_reading_that_is_always_as_sure_as_right_has_no_calibration_error() -> None:
    assert calibration_error(np.array([1.0, 1.0]), np.array([True, True])) == 0
    assert calibration_error(np.array([1.0, 1.0]), np.array([True, False])) == pytest.approx(0.5)


def test_thresholds_follow_how_often_readings_are_right() -> None:
    confidence = np.linspace(0, 1, 2001)
    right = np.random.default_rng(3).random(2001) < confidence
    confirm, offer = confirm_at(confidence, right), offer_at(confidence, right)
    assert confirm == pytest.approx(TAKEN_AS_READ_RIGHT, abs=0.08)
    assert offer == pytest.approx(OFFERED_RIGHT, abs=0.08)
    assert sub_at(confidence, right) == pytest.approx(SUB_RIGHT, abs=0.08)
    assert sub_at(confidence, np.zeros(2001, dtype=bool)) == 1.0
    assert confirm_at(confidence, np.zeros(2001, dtype=bool)) == 0.7
    assert offer_at(confidence, np.zeros(2001, dtype=bool)) == 0.2


def test_a_citys_own_rows_are_learnt_beside_the_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus, extra = tmp_path / "corpus.jsonl", tmp_path / "extra.jsonl"
    rows = small_corpus()
    for file, part in ((corpus, rows[:6] + rows[12:18]), (extra, rows[6:12] + rows[18:])):
        file.write_text("\n".join(json.dumps(asdict(row) | {"sub_category": ""}) for row in part), encoding="utf-8")
    monkeypatch.setattr("nlp.training.train.corpus_files", lambda: [corpus])
    alone, both = train(tmp_path / "a", "bandung"), train(tmp_path / "b", "bandung", [extra])
    assert (alone["rows"], both["rows"]) == (12, 24)
    assert alone["corpus_sha256"] != both["corpus_sha256"]


def test_places_of_the_gazetteer_are_part_of_what_the_bytes_follow_from(model_folder: Path, tmp_path: Path) -> None:
    train_on(small_corpus(), tmp_path, "hash of nothing", {"Jalan Melati"})
    assert (tmp_path / "weights.npz").read_bytes() != (model_folder / "weights.npz").read_bytes()


def test_a_head_may_be_surer_than_its_folds_and_reads_the_same() -> None:
    rows = small_corpus()
    bags = [bag_of(normalise(row.text)) for row in rows]
    features = matrix_of(bags, inverse_frequencies(bags))
    answers = np.array([row.category for row in rows])
    plain, surer = (fit_head(features, [], answers, (Ridge(3.0),), surer=by) for by in (1.0, 1.5))
    assert surer.scaling.sharpness == pytest.approx(1.5 * plain.scaling.sharpness, rel=1e-4)
    assert np.array_equal(surer.weights, plain.weights)
    assert np.array_equal(surer.folded, plain.folded)
