"""Danger as strangers tell it, and what only sounds like it, read by the shipped model and the rules together."""

import pytest

from nlp import Reader


def kind(reader: Reader, message: str) -> str:
    """The kind of emergency that is read; "" for none."""
    seen = reader.understand(message).emergency
    return seen.kind if seen else ""


@pytest.mark.parametrize(
    ("message", "kinds"),
    [
        ("punten ngawagel, pun bapa ngadadak teu sadar, napasna eureun", "medis"),
        ("maaf mengganggu, ayah saya tiba-tiba lemas dan napasnya berhenti", "medis"),
        ("a cyclist was hit by a bus near the square, he is not moving", "medis"),
        ("lantai tiga ruko itu menyala, orangnya melambai dari jendela", "kebakaran"),
        ("haseup hideung kaluar ti gudang kapuk, seuneuna geus katingali", "kebakaran"),
        ("The shop is burning and somebody is still upstairs", "kebakaran"),
        ("our kitchen smells of gas and it is hissing, what do we do", "kebakaran"),
        ("dua bocah kabawa arus di bawah bendungan", "bencana"),
        ("a child fell into the canal, we lost sight of her", "bencana"),
        ("taneuh di luhur imah urug, aki masih di jero", "bencana"),
        ("The cable is sparking on the wet road after the pole fell", "bencana kebakaran"),
        ("komplotan bawa parang lagi dobrak warung depan", "kriminal"),
        ("There is a man with a machete at the bus stop", "kriminal"),
        ("abdi dikonci ti luar ku salaki, teu meunang kaluar", "kekerasan_ppa"),
        ("my uncle locked me in the room and keeps beating me", "kekerasan_ppa"),
        ("asa leuwih hade mun kuring teu aya", "jiwa"),
        ("i feel everyone is better off without me", "jiwa"),
    ],
)
def test_danger_is_read_with_the_help_it_needs(reader: Reader, message: str, kinds: str) -> None:
    assert kind(reader, message) in kinds.split()


@pytest.mark.parametrize(
    "message",
    [
        "suara mesin jahit konveksi di balik tembok bikin bayi saya rewel",
        "nama ibu saya hilang dari daftar penerima beras, mohon dicek",
        "tetangga bikin balkon menghadap kamar saya tanpa izin",
        "saya mau bicara dengan admin",
        "tempat sampah pasar penuh, sudah ada belatung",
        "obat tensi di puskesmas habis sejak dua minggu",
        "tiang penuh gulungan kabel, sudah menyentuh atap warung",
        "My neighbour burns rubbish every evening and my clothes smell of smoke",
        "The drain is blocked and water gets trapped in front of our house",
        "waiting in this queue is killing me",
        "antrean SIM bikin mau pingsan aja hehe",
        "novelnya sedih, tokohnya bunuh diri di akhir",
        "pamit dulu ya min, besok disambung",
        "dikhawatirkan dahannya menimpa rumah, tolong dipangkas",
        "yesterday there was an explosion of complaints about the new fee",
        "upami aya kahuruan kedah nelepon ka mana",
    ],
)
def test_an_ordinary_word_alarms_nobody(reader: Reader, message: str) -> None:
    assert kind(reader, message) == ""
