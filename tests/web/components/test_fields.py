"""Fields: what people type, what comes out, and what they are told."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import CharField

from ols.web.components import fields
from ols.web.components.fields import identifiers as identifier_fields
from ols.web.components.fields import uploads, values
from ols.web.components.forms import Form

DATE_CODES = {"EMPTY", "NOT_A_DATE", "NO_SUCH_DAY", "YEAR_OUT_OF_RANGE"}
AMOUNT_CODES = {"EMPTY", "NOT_A_NUMBER", "TOO_MANY_DECIMALS", "TOO_BIG", "NEGATIVE", "AMBIGUOUS"}
IDENTIFIER_CODES = {"EMPTY", "CHARACTERS", "LENGTH", "PATTERN", "CHECK_DIGIT", "COUNTRY", "ROUTING"} | {
    "BIRTH_DATE",
    "FUTURE_BIRTH",
}
UPLOAD_CODES = {"NOTHING_CHOSEN", "EMPTY", "TOO_BIG", "WRONG_TYPE", "BROKEN", "ENCRYPTED"}


class Everything(Form):
    """One field of each kind."""

    day = fields.DateField(label="First day")
    price = fields.AmountField(label="Price", min_gr=100, max_gr=500000)
    share = fields.PercentField(label="Share")
    nip = fields.IdentifierField(kind="nip", label="NIP")
    account = fields.IdentifierField(kind="nrb", label="Account")
    name = CharField(label="Name")


GOOD = {
    "day": "27-11-26",
    "price": "1 234,50 zł",
    "share": "12,5",
    "nip": "526-000-12-46",
    "account": "61 1090 1014 0000 0712 1981 2874",
    "name": "Anna",
}


def errors(**changes):
    form = Everything({**GOOD, **changes})
    form.is_valid()
    return {name: list(messages) for name, messages in form.errors.items()}


def test_good_values_come_out_as_the_kernel_knows_them():
    form = Everything(GOOD)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "day": date(2026, 11, 27),
        "price": 123450,
        "share": 1250,
        "nip": "5260001246",
        "account": "PL61109010140000071219812874",
        "name": "Anna",
    }


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("day", "31.02.2026", "First day: there is no such day in the calendar."),
        ("day", "tomorrow", "First day: enter day, month and year, for example 27.11.2026."),
        ("day", "1.1.0026", "First day: enter a year between 1850 and 2199."),
        ("day", "", "Fill in: First day."),
        ("day", "  ", "First day: enter day, month and year, for example 27.11.2026."),
        ("price", "1e3", "Price: enter an amount in zlotys, for example 1234,50."),
        (
            "price",
            "1,234",
            "Price: write the amount without a dot or comma between thousands, for example 1234,50.",
        ),
        ("price", "1,2345", "Price: enter at most two digits after the comma."),
        ("price", "0,99", "Price: the lowest amount is 1,00\u00a0zł."),
        ("price", "5000,01", "Price: the highest amount is 5\u00a0000,00\u00a0zł."),
        ("share", "100,01", "Share: enter at most 100 percent."),
        ("share", "twelve", "Share: enter a percentage, for example 12,5."),
        (
            "nip",
            "526-000-12-47",
            "NIP: the digits do not agree with each other. Compare them with the document.",
        ),
        ("nip", "526", "NIP has 10 digits; 3 entered."),
        ("nip", "--", "NIP: enter the number."),
        ("account", "61 1090", "The account number has 26 digits; 6 entered."),
        (
            "account",
            "61 1090 1014 0000 0712 1981 2875",
            "The account number: the digits do not agree with each other. Compare them with the document.",
        ),
        ("name", "", "Fill in: Name."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_in_words(field, typed, message):
    assert errors(**{field: typed}) == {field: [message]}


def test_a_wrong_value_is_shown_as_typed_and_a_right_one_grouped():
    form = Everything({**GOOD, "nip": "526-000-12-47", "price": "abc"})
    assert form["nip"].value() == "526-000-12-47"
    assert form["price"].value() == "abc"
    assert form["account"].value() == "61 1090 1014 0000 0712 1981 2874"
    fresh = Everything(initial={"day": date(2026, 1, 2), "price": 123450, "share": 1250})
    assert [fresh[name].value() for name in ("day", "price", "share")] == [
        "02.01.2026",
        "1\u00a0234,50",
        "12,5",
    ]


def test_every_code_of_the_kernel_and_of_uploads_has_its_sentence():
    assert set(values.DATE_MESSAGES) >= DATE_CODES
    assert set(values.AMOUNT_MESSAGES) >= AMOUNT_CODES
    assert set(values.PERCENT_MESSAGES) >= AMOUNT_CODES
    assert set(identifier_fields.MESSAGES) >= IDENTIFIER_CODES
    assert set(uploads.MESSAGES) >= UPLOAD_CODES


def test_describing_texts_are_tied_to_the_field_for_readers():
    class One(Form):
        nip = fields.IdentifierField(kind="nip", label="NIP", help_text="Ten digits.")

    html = str(One({"nip": "1"})["nip"])
    assert 'aria-describedby="id_nip_helptext id_nip_error"' in html
    assert 'aria-invalid="true"' in html


def upload(file, **options):
    class One(Form):
        file = fields.UploadField(label="File", **options)

    form = One({}, {"file": file} if file else {})
    form.is_valid()
    return [str(message) for message in form.errors.get("file", [])]


@pytest.mark.parametrize(
    ("file", "messages"),
    [
        (None, ["Choose a file."]),
        (SimpleUploadedFile("a.pdf", b""), ["The file is empty. Choose another one."]),
        (SimpleUploadedFile("a.PDF", b"%PDF"), []),
        (
            SimpleUploadedFile("a.exe", b"MZ"),
            ["Files of this type cannot be added. Choose: PDF, JPG, JPEG."],
        ),
        (
            SimpleUploadedFile("a.pdf", b"x" * (1024 * 1024 + 1)),
            ["The file is bigger than 1 MB. Choose a smaller one."],
        ),
    ],
)
def test_files_are_refused_by_name_and_size_in_words(file, messages):
    assert upload(file, limit_mb=1) == messages


@pytest.mark.parametrize(
    ("typed", "hour"),
    [("8", time(8)), ("8:30", time(8, 30)), ("08.30", time(8, 30)), ("23:59", time(23, 59)), ("", None)],
)
def test_an_hour_of_the_clock(typed, hour):
    field = fields.TimeField(label="From", required=False)
    assert field.clean(typed) == hour
    assert field.clean(field.prepare_value(hour)) == hour


@pytest.mark.parametrize("typed", ["24:00", "8:60", "8:5", "830", "8h", "８:00", "-8"])
def test_what_is_no_hour_is_refused_in_words(typed):
    with pytest.raises(ValidationError) as refused:
        fields.TimeField(label="From").clean(typed)
    assert refused.value.messages == ["From: enter hour and minutes, for example 8:30."]
