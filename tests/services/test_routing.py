"""Who should get a report follows from the city's tables, the most specific rule first."""

from dataclasses import replace
from typing import Any

import pytest

from bot.services.routing import propose
from cities.categories import External
from cities.city import City
from storage.tables import Report


def report(category: str, **more: Any) -> Report:
    return Report(category=category, **more)


def on_road(category: str, authority: str, basis: str = "sourced", **more: Any) -> Report:
    return report(category, road_authority=authority, road_authority_basis=basis, place_name="Jl. Contoh", **more)


def test_without_more_it_is_the_owner_of_the_category(city: City) -> None:
    proposal = propose(city, report("jalan_rusak"), "id")
    assert (proposal.agency, proposal.referral) == (city.categories["jalan_rusak"].owner, False)
    assert "kategori" in proposal.because


def test_the_sub_category_is_more_specific_than_the_category(city: City) -> None:
    assert propose(city, report("jalan_rusak", sub_category="jalan_lingkungan"), "id").agency == "dpkp"


@pytest.mark.parametrize(("authority", "agency"), [("nasional", "bbpjn"), ("provinsi", "dbmpr_jabar")])
def test_whose_road_it_is_goes_before_the_sub_category(city: City, authority: str, agency: str) -> None:
    proposal = propose(city, on_road("jalan_rusak", authority, sub_category="lubang_kecil"), "id")
    assert (proposal.agency, proposal.referral) == (agency, True)
    assert proposal.because == f"Jl. Contoh jalan {authority} (bersumber)"


@pytest.mark.parametrize("basis", ["likely", "unknown", ""])
def test_an_authority_without_a_source_decides_nothing(city: City, basis: str) -> None:
    assert propose(city, on_road("jalan_rusak", "nasional", basis), "id").agency == "dsdabm"


def test_a_road_of_the_city_stays_with_the_city(city: City) -> None:
    assert not propose(city, on_road("jalan_rusak", "kota"), "id").referral


def test_a_category_that_does_not_ask_whose_road_it_is_goes_its_usual_way(city: City) -> None:
    assert propose(city, on_road("sampah", "nasional"), "id").agency == city.categories["sampah"].owner


def test_a_place_outside_the_city_goes_to_the_neighbour_whose_place_it_is(city: City) -> None:
    area = city.agencies["kota_cimahi"].area
    proposal = propose(city, report("jalan_rusak", kota_kab=area), "id")
    assert (proposal.agency, proposal.referral) == ("kota_cimahi", True)
    assert area in proposal.because


def test_a_correction_of_the_road_changes_the_proposal(city: City) -> None:
    corrected = on_road("pju", "nasional")
    assert propose(city, corrected, "id").agency == "bbpjn"
    corrected.road_authority = "kota"
    assert propose(city, corrected, "id").agency == "dishub"


@pytest.mark.parametrize("language", ["id", "su", "en"])
def test_every_rule_of_every_category_can_be_said(city: City, language: str) -> None:
    for category in city.categories.values():
        for rule in category.external:
            if rule.road:
                proposal = propose(city, on_road(category.id, rule.road), language)
                assert proposal.agency == rule.to[0]
                assert "Jl. Contoh" in proposal.because


@pytest.mark.parametrize(
    ("category", "words", "agency"),
    [
        ("lainnya", "Perpanjangan PASPOR ibu saya tertunda dua bulan", "imigrasi"),
        ("adminduk", "sudah antre di imigrasi dari subuh", "imigrasi"),
        ("lainnya", "SIM C saya hilang, bikin sim baru lewat mana", "polrestabes"),
        ("bangunan_tata_ruang", "sertifikat tanah warisan belum terbit", "bpn_bandung"),
        ("kesehatan", "tunggakan BPJS keluarga kami", "bpjs_kesehatan"),
    ],
)
def test_a_matter_named_in_words_goes_to_whose_it_is(city: City, category: str, words: str, agency: str) -> None:
    proposal = propose(city, report(category, description=words), "id")
    assert (proposal.agency, proposal.referral) == (agency, True)
    assert proposal.because.startswith("isinya tentang")


def test_words_that_only_contain_the_name_of_a_matter_decide_nothing(city: City) -> None:
    assert not propose(city, report("lainnya", description="pasporan simpang siur"), "id").referral


def test_what_is_only_likely_is_said_to_be_so_and_decides_nothing(city: City) -> None:
    proposal = propose(city, on_road("jalan_rusak", "nasional", "likely", category_confidence=0.9), "id")
    assert (proposal.agency, proposal.sure) == ("dsdabm", False)
    assert "Jl. Contoh kemungkinan jalan nasional" in proposal.because
    assert "kemungkinan" not in propose(city, on_road("sampah", "nasional", "likely"), "id").because


@pytest.mark.parametrize(("confidence", "sure"), [(0.3, False), (0.95, True)])
def test_a_guess_of_the_category_makes_no_sure_proposal(city: City, confidence: float, sure: bool) -> None:
    assert propose(city, report("sampah", category_confidence=confidence), "id").sure == sure


def test_the_rule_with_more_conditions_goes_first_wherever_it_stands(city: City) -> None:
    def rule(to: str, **more: Any) -> External:
        return External("sebuah syarat", (to,), "diteruskan", None, False, None, **more)

    road = city.categories["jalan_rusak"]
    rules = (
        rule("telkom", words=("galian",)),
        rule("pln", words=("galian",), subs=("bekas_galian",), areas=("Dago",)),
        rule("kai_daop2", areas=("Dago",), subs=("bekas_galian",)),
    )
    changed = replace(city, categories={**city.categories, "jalan_rusak": replace(road, external=rules)})
    there: dict[str, Any] = {"sub_category": "bekas_galian", "kelurahan": "Dago"}
    assert propose(changed, report("jalan_rusak", description="bekas galian dibiarkan", **there), "id").agency == "pln"
    assert propose(changed, report("jalan_rusak", description="dibiarkan", **there), "id").agency == "kai_daop2"
    assert propose(changed, report("jalan_rusak", description="ada galian"), "id").agency == "telkom"
    assert propose(changed, report("jalan_rusak", description="dibiarkan"), "id").agency == "dsdabm"


@pytest.mark.parametrize(
    ("category", "words", "agency"),
    [
        ("genangan_banjir", "tanggul citarum rembes ke rumah kami", "bbws_citarum"),
        ("drainase_sungai", "bantaran Citarum longsor", "bbws_citarum"),
        ("pencemaran", "air Sungai Citarum berbusa", "bbws_citarum"),
        ("sampah", "truk antre terus di Sarimukti, sampah menumpuk", "dlh_jabar"),
    ],
)
def test_a_river_or_a_landfill_of_another_body_is_proposed_to_it_with_the_reason(
    city: City, category: str, words: str, agency: str
) -> None:
    proposal = propose(city, report(category, description=words, category_confidence=0.9), "id")
    assert (proposal.agency, proposal.referral) == (agency, True)
    assert proposal.because.startswith("isinya tentang")
    rule = next(rule for rule in city.categories[category].external if rule.named_in(words))
    assert rule.when in proposal.because


def test_a_rule_of_a_sub_category_is_explained_by_its_matter(city: City) -> None:
    proposal = propose(city, report("utilitas_kabel", sub_category="listrik"), "id")
    assert (proposal.agency, proposal.referral) == ("pln", True)
    assert "kabel atau tiang listrik" in proposal.because
    assert propose(city, report("utilitas_kabel"), "id").agency == city.categories["utilitas_kabel"].owner


def test_every_rule_that_decides_by_itself_decides_for_its_own_case(city: City) -> None:
    decided = 0
    for category in city.categories.values():
        for rule in category.external:
            if rule.words and not (rule.road or rule.outside):
                told = report(category.id, description=rule.words[0], sub_category=next(iter(rule.subs), ""))
                assert propose(city, told, "id").agency in {each.to[0] for each in category.external}
                decided += 1
    assert decided > 15
