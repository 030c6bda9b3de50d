"""The same message as somebody else might have typed it."""

from nlp.normalise import normalise
from nlp.training.noise import Noise

MESSAGES = [f"lampu jalan tidak menyala di depan rumah nomor {number} sudah lama sekali" for number in range(60)]


def test_the_same_seed_gives_the_same_rewritings() -> None:
    one, two = Noise(7), Noise(7)
    assert [one.rewritten(m) for m in MESSAGES] == [two.rewritten(m) for m in MESSAGES]


def test_most_messages_come_out_changed_and_none_empty() -> None:
    noise = Noise(7)
    rewritten = [noise.rewritten(message) for message in MESSAGES]
    assert all(rewritten)
    assert sum(a != b for a, b in zip(MESSAGES, rewritten, strict=True)) > 40


def test_named_places_are_exchanged_for_others() -> None:
    noise = Noise(7, ["Jalan Melati"])
    rewritten = [noise.rewritten("banjir di Jalan Kenanga", ["Jalan Kenanga"]) for _ in range(40)]
    assert any("Jalan Melati" in text for text in rewritten)


def test_most_of_what_was_said_survives_normalising() -> None:
    noise, kept, total = Noise(7), 0, 0
    for message in MESSAGES:
        said = set(normalise(message).split())
        kept += len(said & set(normalise(noise.rewritten(message)).split()))
        total += len(said)
    assert kept > 0.75 * total
