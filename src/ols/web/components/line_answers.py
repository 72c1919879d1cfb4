"""The answer to a price list, line by line: what is typed, kept as one goes; the same for both sides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ols.network import selectors, services
from ols.network.selectors import Line, Negotiation
from ols.network.states import LineAnswer
from ols.web.components import fields
from ols.web.components.forms import Form
from ols.web.page import PageRequest
from ols.workflow.machine import TransitionRefused

KIND_WORDS: Mapping[str, str | Promise] = {
    LineAnswer.ACCEPTED: pgettext_lazy("price line", "I accept"),
    LineAnswer.COUNTERED: pgettext_lazy("price line", "Counter-offer"),
    LineAnswer.REFUSED: pgettext_lazy("price line", "I refuse"),
    LineAnswer.TAKEN: pgettext_lazy("price line", "I take the counter-offer"),
    LineAnswer.KEPT: pgettext_lazy("price line", "I stay with my price"),
    LineAnswer.PROPOSED: pgettext_lazy("price line", "I propose"),
    LineAnswer.DROPPED: pgettext_lazy("price line", "I give the service up"),
}
STEP_WORDS: Mapping[str, str | Promise] = {
    LineAnswer.ACCEPTED: gettext_lazy("The insurer accepts"),
    LineAnswer.COUNTERED: gettext_lazy("The insurer offers"),
    LineAnswer.REFUSED: gettext_lazy("The insurer refuses"),
    LineAnswer.TAKEN: gettext_lazy("The clinic takes the counter-offer"),
    LineAnswer.KEPT: gettext_lazy("The clinic stays with its price"),
    LineAnswer.PROPOSED: gettext_lazy("The clinic proposes"),
    LineAnswer.DROPPED: gettext_lazy("The clinic gives the service up"),
}
REMARK_LETTERS = 500


@dataclass(frozen=True)
class TypedLine:
    """One line with what the page shows in its fields."""

    line: Line
    kind: str
    price: Any
    remark: str
    errors: list[str]
    choices: list[tuple[str, str]]
    steps: list[tuple[str | Promise, selectors.Step]]


class LineAnswers(Form):
    """An answer, an amount and a remark for each line shown; `seen` is the version the page was made from."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, lines: Iterable[Line], kinds: tuple[str, ...], data: Any = None) -> None:
        """Make three fields for each line; they are shown by the row's template."""
        super().__init__(data)
        self.lines = tuple(lines)
        self.kinds = kinds
        self.choices = [(kind, str(KIND_WORDS[kind])) for kind in kinds]
        for line in self.lines:
            key = line.row.service_id
            self.fields[f"kind-{key}"] = forms.ChoiceField(
                choices=[("", ""), *((kind, kind) for kind in kinds)], required=False, label=_("Answer")
            )
            self.fields[f"price-{key}"] = fields.AmountField(label=line.row.name, required=False, min_gr=1)
            self.fields[f"remark-{key}"] = forms.CharField(
                label=_("Remark"), required=False, max_length=REMARK_LETTERS
            )

    def answers(self) -> dict[int, services.LineDraft]:
        """Return what was typed, by service id; an amount without an answer is an offer of that amount."""
        return {line.row.service_id: self._answer(line.row.service_id) for line in self.lines}

    def rows(self) -> list[TypedLine]:
        """Return the lines with what was typed, or saved before."""
        return [self._row(line) for line in self.lines]

    def _answer(self, key: int) -> services.LineDraft:
        price: int | None = self.cleaned_data[f"price-{key}"]
        priced = next(kind for kind in self.kinds if kind in LineAnswer.PRICED)
        kind = self.cleaned_data[f"kind-{key}"] or (priced if price is not None else "")
        remark = self.cleaned_data[f"remark-{key}"].strip()
        return services.LineDraft(kind, price if kind in LineAnswer.PRICED else None, remark)

    def _row(self, line: Line) -> TypedLine:
        key = line.row.service_id
        kind, price, remark = line.kind, line.answer_gr, line.remark
        if self.is_bound:
            kind, price, remark = (self.data.get(f"{name}-{key}", "") for name in ("kind", "price", "remark"))
        names = (f"kind-{key}", f"price-{key}", f"remark-{key}")
        errors = (
            [str(error) for name in names for error in self.errors.get(name, [])] if self.is_bound else []
        )
        shown = self.fields[f"price-{key}"].prepare_value(price)
        return TypedLine(
            line=line,
            kind=kind,
            price="" if shown is None else shown,
            remark=remark,
            errors=errors,
            choices=[
                (one, words) for one, words in self.choices if one != LineAnswer.TAKEN or _has_offer(line)
            ],
            steps=history(line),
        )


def history(line: Line) -> list[tuple[str | Promise, selectors.Step]]:
    """Return every answer given to the line, in words."""
    return [(STEP_WORDS[step.kind], step) for step in line.steps]


def keep(
    request: PageRequest, talks: Negotiation, form: LineAnswers, also: Mapping[int, services.LineDraft]
) -> bool:
    """Save what was typed and what a button adds; say so when it could not be."""
    answers = {**form.answers(), **also}
    try:
        services.keep_line_answers(
            actor=request.actor,
            price_list_uuid=talks.grid.uuid,
            answers=answers,
            seen=form.cleaned_data["seen"],
            at=timezone.now(),
        )
    except services.AnswersChanged as error:
        messages.warning(
            request,
            _("%(who)s saved other answers meanwhile. Below is what you typed; save it to replace them.")
            % {"who": error.by},
        )
        return False
    except TransitionRefused:
        messages.warning(request, _("The price list does not wait for your answer any more."))
        return False
    except services.ContractNotActive:
        messages.warning(request, _("The co-operation is not active: prices cannot be agreed now."))
        return False
    return True


def within_limits(
    talks: Negotiation, typed: Mapping[int, services.LineDraft]
) -> dict[int, services.LineDraft]:
    """Accept every line within its limit that has no answer yet."""
    return {
        line.row.service_id: services.LineDraft(LineAnswer.ACCEPTED)
        for line in talks.lines
        if line.row.over_gr is not None and line.row.over_gr <= 0
        if not (typed[line.row.service_id].kind if line.row.service_id in typed else line.kind)
    }


def offers_taken(talks: Negotiation) -> dict[int, services.LineDraft]:
    """Take every counter-offer."""
    return {
        line.row.service_id: services.LineDraft(LineAnswer.TAKEN) for line in talks.lines if _has_offer(line)
    }


def _has_offer(line: Line) -> bool:
    """Say whether the insurer has named a price."""
    return line.offer is not None and line.offer.price_gr is not None
