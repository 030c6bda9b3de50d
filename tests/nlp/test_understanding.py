"""The values that the reader gives back."""

import json

from nlp.understanding import Emergency, Guess, Mention, Place, Understanding

DAGO = Place("Jalan Dago", "street", "Dago", "Coblong", "Kota Bandung", -6.88, 107.61, "kota", "likely", 0.91234)


def test_an_understanding_becomes_the_json_of_the_command() -> None:
    seen = Understanding(
        text="lampu mati di dago",
        language="id",
        kind=Guess("pengaduan", 0.987654),
        category=Guess("pju", 0.9),
        categories=(Guess("pju", 0.9), Guess("lainnya", 0.1)),
        urgency="sedang",
        places=(Mention("dago", 14, 18, (DAGO,)),),
        place=DAGO,
        sub_categories={"pju": Guess("lampu_mati", 0.81239)},
        told_where="dago",
    )
    found = json.loads(json.dumps(seen.to_dict()))
    assert list(found) == [
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
    assert found["kind"] == {"id": "pengaduan", "confidence": 0.9877}
    assert found["categories"] == [{"id": "pju", "confidence": 0.9}, {"id": "lainnya", "confidence": 0.1}]
    assert found["sub_category"] == {"id": "lampu_mati", "confidence": 0.8124}
    assert found["emergency"] is None
    assert found["told_where"] == "dago"
    assert found["places"][0]["candidates"][0]["name"] == "Jalan Dago"
    assert found["place"] == {
        "name": "Jalan Dago",
        "kind": "street",
        "kelurahan": "Dago",
        "kecamatan": "Coblong",
        "kota_kab": "Kota Bandung",
        "lat": -6.88,
        "lon": 107.61,
        "authority": "kota",
        "authority_basis": "likely",
        "confidence": 0.9123,
    }


def test_an_emergency_says_what_kind_and_by_which_words() -> None:
    assert Emergency("jiwa", "cape hirup", True).to_dict() == {"kind": "jiwa", "cue": "cape hirup", "about_self": True}


def test_an_unsure_place_is_null() -> None:
    seen = Understanding("x", "id", Guess("pengaduan", 1.0), Guess("pju", 1.0), (Guess("pju", 1.0),), "rendah")
    assert seen.to_dict()["place"] is None
    assert seen.sub_category is None
    assert seen.to_dict()["sub_category"] is None
