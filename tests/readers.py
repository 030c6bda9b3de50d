"""A reader for tests in which language does not matter: quick, and with nothing to learn."""

from nlp.understanding import Emergency, Guess, Place, Understanding

CISITU = Place(
    name="Jl. Cisitu Lama",
    kind="street",
    kelurahan="Dago",
    kecamatan="Coblong",
    kota_kab="Kota Bandung",
    lat=-6.8830,
    lon=107.6120,
    authority="kota",
    authority_basis="likely",
    confidence=0.9,
)


class PlainReader:
    """Takes every text for a complaint about street lights in Jl. Cisitu Lama; one with "tolong" speaks of a fire."""

    confirm_at = 0.8
    offer_at = 0.4

    def understand(self, text: str) -> Understanding:
        danger = Emergency("kebakaran", "tolong") if "tolong" in text else None
        return Understanding(
            text=text,
            language="id",
            kind=Guess("pengaduan", 0.95),
            category=Guess("pju", 0.95),
            categories=(Guess("pju", 0.95), Guess("jalan_rusak", 0.03), Guess("lainnya", 0.02)),
            urgency="darurat" if danger else "sedang",
            emergency=danger,
            place=CISITU,
        )

    def locate(self, lat: float, lon: float) -> Place:
        return CISITU

    def across(self, place: Place) -> tuple[Place, ...]:
        return ()

    def beside(self, lat: float, lon: float) -> tuple[Place, ...]:
        return ()

    def parts(self, place: Place) -> tuple[Place, ...]:
        return ()

    def similarity(self, a: str, b: str) -> float:
        return float(a == b)
