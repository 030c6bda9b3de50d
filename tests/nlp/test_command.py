"""`python -m nlp`: one message a line in, one JSON object a line out."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nlp.__main__ import app


@pytest.fixture(scope="module")
def answers() -> list[dict[str, object]]:
    """What the command answers to five lines, one of them empty and one that is not UTF-8."""
    lines = b"lampu mati di dago\n\njalan rusak\r\n\xff\xfe rusak\nselokan mampet"
    done = subprocess.run([sys.executable, "-m", "nlp", "understand"], input=lines, capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def test_every_line_has_its_answer(answers: list[dict[str, object]]) -> None:
    assert [answer["text"] for answer in answers[:3]] == ["lampu mati di dago", "", "jalan rusak"]
    assert len(answers) == 5


def test_an_answer_has_the_fields_that_others_rely_on(answers: list[dict[str, object]]) -> None:
    fields = [
        "text",
        "language",
        "kind",
        "category",
        "sub_category",
        "categories",
        "urgency",
        "emergency",
        "places",
        "place",
        "told_where",
    ]
    assert all(list(answer) == fields for answer in answers)


def test_answers_come_as_soon_as_a_line_is_written() -> None:
    command = [sys.executable, "-m", "nlp", "understand"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(b"jalan rusak\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["text"] == "jalan rusak"
        process.stdin.close()


def test_evaluate_prints_a_page(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    rows = [
        {
            "text": "lampu jalan mati",
            "category": "pju",
            "kind": "pengaduan",
            "language": "id",
            "urgency": "sedang",
            "emergency": None,
        },
        {"text": "kebakaran besar tolong cepat", "category": ["kedaruratan", "lainnya"], "emergency": "kebakaran"},
        {"text": "sampah di kelurahan dago", "category": "sampah", "kelurahan": "Dago", "kecamatan": "Coblong"},
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    page = CliRunner().invoke(app, ["evaluate", str(file)])
    assert page.exit_code == 0, page.output
    for part in ("by language", "by source", "pju", "kind, macro F1", "emergencies, recall", "kelurahan right", "p99"):
        assert part in page.output


@pytest.mark.parametrize("command", [["train", "--extra"], ["evaluate"]])
def test_rows_that_cannot_be_used_are_one_sentence_and_exit_code_2(tmp_path: Path, command: list[str]) -> None:
    file = tmp_path / "own.jsonl"
    file.write_text('{"text": "lampu mati", "category": "pju"}\n{"text": broken}\n', encoding="utf-8")
    model = tmp_path / "model"
    done = subprocess.run(
        [sys.executable, "-m", "nlp", *command, str(file), *(["--model", str(model)] if command[0] == "train" else [])],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("own.jsonl, line 2: this is no JSON")
    assert len(done.stderr.splitlines()) == 1
    assert not model.exists()


def test_a_city_or_a_model_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    for option in ("--city", "--model"):
        asked = [sys.executable, "-m", "nlp", "understand", option, str(tmp_path / "none")]
        done = subprocess.run(asked, check=False, input="jalan rusak\n", capture_output=True, text=True)
        assert done.returncode == 2, option
        assert "Traceback" not in done.stderr
        assert str(tmp_path / "none") in done.stderr
