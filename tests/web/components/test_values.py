"""How amounts, days and numbers look, and pages of a list."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from ols.web.components import pages
from ols.web.components.templatetags import ols


def test_amounts_days_and_numbers_look_as_agreed():
    template = Template(
        "{% money gr %}|{% money none %}|{{ gr|amount }}|{{ bp|percent }}|{{ day|day }}|{{ number|day }}|"
        "{{ at|day }}|{{ at|moment }}|{{ nip|nip }}|{{ nrb|nrb }}|{{ pesel|pesel_masked }}|{{ none|moment }}"
    )
    shown = template.render(
        Context(
            {
                "gr": 123450,
                "none": None,
                "bp": 1250,
                "day": date(2026, 3, 1),
                "number": 0,
                "at": datetime(2026, 6, 30, 22, 30, tzinfo=UTC),
                "nip": "5260001246",
                "nrb": "PL61109010140000071219812874",
                "pesel": "44051401359",
            }
        )
    )
    assert shown.split("|") == [
        "1\u00a0234,50\u00a0zł",
        "–",
        "1\u00a0234,50\u00a0zł",
        "12,5%",
        "01.03.2026",
        "01.01.1970",
        "01.07.2026",
        "01.07.2026 00:30",
        "526-000-12-46",
        "61 1090 1014 0000 0712 1981 2874",
        "*******1359",
        "–",
    ]


@pytest.mark.parametrize(
    ("count", "word"),
    [
        (0, "spraw"),
        (1, "sprawa"),
        (2, "sprawy"),
        (5, "spraw"),
        (12, "spraw"),
        (22, "sprawy"),
        (112, "spraw"),
        (101, "spraw"),
    ],
)
def test_polish_plurals(count, word):
    assert ols.plural_pl(count, "sprawa,sprawy,spraw") == word


@pytest.mark.parametrize(
    ("total", "wanted", "shown"),
    [
        (61, "2", (2, 3, 25, 26, 50, 1, 3)),
        (61, "99", (3, 3, 50, 51, 61, 2, None)),
        (61, "-1", (1, 3, 0, 1, 25, None, 2)),
        (61, "٣", (1, 3, 0, 1, 25, None, 2)),
        (61, None, (1, 3, 0, 1, 25, None, 2)),
        (25, "1", (1, 1, 0, 1, 25, None, None)),
        (0, "5", (1, 1, 0, 0, 0, None, None)),
    ],
)
def test_pages_of_a_list(total, wanted, shown):
    page = pages.paginate(total=total, wanted=wanted, size=25)
    assert (page.number, page.count, page.offset, page.first, page.last, page.previous, page.next) == shown
