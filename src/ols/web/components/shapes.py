"""What the components show: plain frozen values that views fill in. Amounts are grosze."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Tag:
    """A status as a tag shows it."""

    label: Text
    kind: str
    icon: str


@dataclass(frozen=True, slots=True)
class Task:
    """One row of a task list; without `url` it cannot start yet."""

    label: Text
    status_label: Text
    url: str = ""
    hint: Text = ""
    kind: str = ""  # ok | info | warn | bad | plain
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a wizard; `state` is done, current or todo."""

    label: Text
    state: str = "todo"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab; without `url` it is not available yet and shows a lock, without its `permission` a key."""

    label: Text
    url: str = ""
    current: bool = False
    permission: str = ""


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """What happened, when (UTC) and who did it."""

    title: Text
    at: datetime
    by: str = ""
    note: Text = ""
    details: Sequence[Text] = ()


@dataclass(frozen=True, slots=True)
class StatusPanel:
    """Where something stands: what is so now, what happens next, by whom and until when (empty: not said)."""

    tag: Tag
    now: Sequence[Text]
    next: Text = ""
    who: Text = ""
    until: Text = ""


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A row of a check-your-answers list or of a list of facts; `change_url` shows the link to change it."""

    label: Text
    value: object = ""
    change_url: str = ""


@dataclass(frozen=True, slots=True)
class DecisionStep:
    """One amount on the way from the price to what the insurer pays."""

    label: Text
    amount_gr: int
    total: bool = False


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decided service; `reasons` are sentences."""

    number: int
    code: str
    name: str
    quantity: int
    insurer_gr: int
    patient_gr: int
    outcome_label: Text
    kind: str
    icon: str
    reasons: Sequence[Text] = ()
    steps: Sequence[DecisionStep] = ()
    detail: Text = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A whole decision or estimate, the same for every role."""

    title: Text
    outcome_label: Text
    kind: str
    icon: str
    insurer_name: str
    insurer_gr: int
    patient_gr: int
    lines: Sequence[DecisionLine]
    write_off_gr: int = 0
    decided_at: datetime | None = None
