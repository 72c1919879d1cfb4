"""Places of Poland: found without accents, told apart, inside their voivodeships."""

import pytest

from ols.registry import geography

CAPITALS = {
    "02": "Wrocław", "04": "Bydgoszcz", "06": "Lublin", "08": "Zielona Góra", "10": "Łódź", "12": "Kraków",
    "14": "Warszawa", "16": "Opole", "18": "Rzeszów", "20": "Białystok", "22": "Gdańsk", "24": "Katowice",
    "26": "Kielce", "28": "Olsztyn", "30": "Poznań", "32": "Szczecin",
}  # fmt: skip


def test_there_are_sixteen_voivodeships_in_polish_order() -> None:
    names = list(geography.voivodeships().values())
    assert len(names) == 16
    assert names[:5] == ["dolnośląskie", "kujawsko-pomorskie", "lubelskie", "lubuskie", "łódzkie"]


@pytest.mark.parametrize(("code", "capital"), CAPITALS.items())
def test_every_capital_lies_in_its_shape_and_in_no_other(code, capital) -> None:
    place = geography.located(capital, code)
    point = geography.project(place.latitude, place.longitude)
    assert [shape.code for shape in geography.shapes() if geography._is_inside(point, shape.code)] == [code]
    assert 0 < point[0] < geography.WIDTH
    assert 0 < point[1] < geography.HEIGHT


@pytest.mark.parametrize("typed", ["Łódź", "lodz", " LODZ ", "Łódź, łódzkie"])
def test_accents_and_case_do_not_matter(typed) -> None:
    assert geography.meant(typed).place.name == "Łódź"


def test_places_of_one_name_are_to_choose_from_and_each_label_means_one() -> None:
    found = geography.meant("Józefów")
    assert found.place is None
    labels = [place.label for place in found.choices]
    assert "Józefów (Otwock), mazowieckie" in labels
    assert [geography.meant(label).place.label for label in labels] == labels


def test_the_voivodeship_asked_for_decides_between_them() -> None:
    assert geography.meant("Józefów", voivodeship="06").place.label == "Józefów, lubelskie"


def test_a_longer_name_is_offered_beside_the_exact_one() -> None:
    found = geography.meant("Grodzisk")
    assert found.place.voivodeship == "20"
    assert "Grodzisk Mazowiecki" in [place.name for place in found.choices]


def test_a_slip_of_the_keys_finds_what_looks_alike_and_nonsense_nothing() -> None:
    assert geography.meant("Warszwa").similar[0].name == "Warszawa"
    assert geography.meant("qqqqqq") == geography.Meant()
    assert geography.meant("  ") == geography.Meant()


def test_every_label_is_the_only_one() -> None:
    labels = [place.label for place in geography.places()]
    assert len(labels) == len(set(labels)) > 3800


def test_distances_are_those_of_the_globe() -> None:
    warsaw, krakow = (geography.meant(name).place for name in ("Warszawa", "Kraków"))
    found = geography.distance_km((warsaw.latitude, warsaw.longitude), (krakow.latitude, krakow.longitude))
    assert 250 < found < 254


@pytest.mark.parametrize(
    ("point", "inside"),
    [((52.23, 21.01), True), ((54.6, 18.8), True), ((52.52, 13.40), False), ((0.0, 0.0), False)],
)
def test_berlin_is_not_in_poland(point, inside) -> None:
    assert geography.is_in_poland(*point) is inside


def test_the_nearest_place_is_known() -> None:
    assert geography.nearest(50.05, 19.93).name in {"Kraków", "Podgórze", "Stare Miasto"}
