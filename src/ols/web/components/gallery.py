"""All components on two pages, with invented data: to look at, and for the accessibility tests."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.http import HttpResponse

from ols.web import page
from ols.web.components import fields, pages, shapes
from ols.web.components.forms import Form

AT = datetime(2026, 11, 22, 13, 32, tzinfo=UTC)


class GalleryForm(Form):
    """One field of each kind."""

    starts_on = fields.DateField(label="Pierwszy dzień", help_text="Na przykład 27.11.2026.")
    account = fields.IdentifierField(kind="nrb", label="Numer rachunku")
    price = fields.AmountField(label="Cena", required=False)
    share = fields.PercentField(label="Udział pacjenta", required=False)
    scope = forms.ChoiceField(
        label="Zakres",
        choices=[("1", "Konsultacje"), ("2", "Badania laboratoryjne")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="Uwagi", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    document = fields.UploadField(label="Dokument")
    accepted = forms.BooleanField(
        label="Akceptuję regulamin", error_messages={"required": "Zaznacz akceptację regulaminu."}
    )


class GalleryFilters(Form):
    """A filter row."""

    search = forms.CharField(label="Szukaj", required=False)
    first_day = fields.DateField(label="Od dnia", required=False)
    last_day = fields.DateField(label="Do dnia", required=False)


@page.page(page.PUBLIC, methods=("GET",))
def gallery_view(request: page.PublicRequest) -> HttpResponse:
    """Show everything but forms."""
    return page.render(request, "components/gallery.html", _context(request))


@page.page(page.PUBLIC)
def gallery_form(request: page.PublicRequest) -> HttpResponse:
    """Show a form; sending it shows its errors."""
    form = GalleryForm(request.POST or None, request.FILES or None)
    return page.render(request, "components/gallery_form.html", {"form": form}, status=page.form_status(form))


def _context(request: page.PublicRequest) -> dict[str, Any]:
    return {
        "filters": GalleryFilters(request.GET or None),
        "sort": request.GET.get("sort", "-number"),
        "pages": pages.paginate(total=61, wanted=request.GET.get("page"), size=5),
        "rows": _rows(),
        "tasks": _tasks(),
        "steps": [
            shapes.Step("Identyfikacja", "done", "#"),
            shapes.Step("Dane placówki", "current"),
            shapes.Step("Regulamin"),
        ],
        "tabs": [
            shapes.Tab("Informacje", "#", current=True),
            shapes.Tab("Parametry", "#"),
            shapes.Tab("Cennik usług"),
        ],
        "events": [
            shapes.TimelineEvent("Wysłano ofertę współpracy", AT, "Anna Przykładowa (demo)"),
            shapes.TimelineEvent(
                "Zaakceptowano regulamin ogólny", AT, "Anna Przykładowa (demo)", "Wersja 3.1"
            ),
        ],
        "facts": [
            shapes.SummaryRow("Nazwa", "Przychodnia Żuraw (demo)", "#"),
            shapes.SummaryRow("NIP", "526-000-12-46", "#"),
            shapes.SummaryRow("Adres", "ul. Łączna 5, 90-001 Łódź", "#"),
        ],
        "decision": _decision(),
    }


def _rows() -> list[dict[str, object]]:
    kinds = [
        ("ok", "circle-check", "Przyznano"),
        ("ok", "circle-check", "Przyznano z dopłatą"),
        ("warn", "hourglass", "Do wyjaśnienia"),
        ("info", "clock", "W wypłacie"),
        ("bad", "ban", "Odmowa: limit wyczerpany"),
    ]
    return [
        {
            "number": f"OLS/2026/11/{4812 - index:06d}",
            "at": AT,
            "service": "Konsultacja kardiologiczna",
            "amount_gr": 123450 - 20000 * index,
            "kind": kind,
            "icon": icon,
            "status_label": label,
        }
        for index, (kind, icon, label) in enumerate(kinds)
    ]


def _tasks() -> list[shapes.Task]:
    return [
        shapes.Task("Sprawdź dane placówki", "Zakończone", "#", "NIP 526-000-12-46", "plain", "check"),
        shapes.Task("Podaj rachunek i osobę do kontaktu", "W trakcie", "#", "", "info", "pencil"),
        shapes.Task("Dodaj wymagane dokumenty", "Do zrobienia", "#", "PDF lub JPG", "warn", "circle-dashed"),
        shapes.Task(
            "Sprawdź odpowiedzi i wyślij ofertę", "Nie można jeszcze zacząć", kind="plain", icon="lock"
        ),
    ]


def _decision_lines() -> list[shapes.DecisionLine]:
    steps = [
        shapes.DecisionStep("Cena z cennika", 25000),
        shapes.DecisionStep("Dopłata ponad limit ceny", -5000),
        shapes.DecisionStep("Współpłacenie 20%", -4000),
        shapes.DecisionStep("Płaci ubezpieczyciel", 16000, total=True),
    ]
    return [
        shapes.DecisionLine(
            number=1,
            code="CONS-004",
            name="Konsultacja kardiologiczna",
            quantity=1,
            insurer_gr=16000,
            patient_gr=9000,
            outcome_label="Przyznano",
            kind="ok",
            icon="circle-check",
            reasons=["Cena przekracza limit ubezpieczyciela, różnicę dopłaca pacjent."],
            steps=steps,
        ),
        shapes.DecisionLine(
            number=2,
            code="REHAB-013",
            name="Masaż klasyczny częściowy",
            quantity=10,
            insurer_gr=49000,
            patient_gr=21000,
            outcome_label="Przyznano częściowo",
            kind="warn",
            icon="circle-check",
            reasons=["Limit liczby świadczeń: przyznano 7 z 10."],
        ),
    ]


def _decision() -> shapes.Decision:
    return shapes.Decision(
        title="Decyzja OLS/2026/11/004812",
        outcome_label="Przyznano częściowo",
        kind="warn",
        icon="circle-check",
        insurer_name="TU ZDROWIE (demo)",
        insurer_gr=65000,
        patient_gr=30000,
        lines=_decision_lines(),
        decided_at=AT,
    )
