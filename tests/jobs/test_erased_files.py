"""Erased files leave the disk, nothing outside the folder does, and what cannot be removed is tried again."""

from pathlib import Path

from bot.jobs.erased_files import _remove


def test_files_go_and_missing_ones_are_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    file = tmp_path / "kept" / "a.jpg"
    file.write_bytes(b"x")
    assert _remove(tmp_path, ("kept/a.jpg", "kept/b.jpg"))
    assert not file.exists()


def test_nothing_outside_the_folder_is_touched(tmp_path: Path) -> None:
    inside = tmp_path / "media"
    inside.mkdir()
    outside = tmp_path / "secret.key"
    outside.write_bytes(b"x")
    assert _remove(inside, ("../secret.key",))
    assert outside.exists()


def test_what_cannot_be_removed_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    assert not _remove(tmp_path, ("kept",))
