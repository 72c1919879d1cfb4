"""Documents clinics sent: one offered, one that ends soon, one that has ended with a new one waiting."""

import io
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from ols.accounts.permissions import Role
from ols.cli.demo_world.world import Clinic, Firm, World
from ols.documents import content, typeset
from ols.kernel.actor import Actor
from ols.network import selectors as network_selectors
from ols.network import services as network
from ols.network.document_rules import Dates

_SENT_BEFORE: Final = timedelta(days=90)
_ENDS_IN: Final = timedelta(days=21)
_ENDED_BEFORE: Final = timedelta(days=3)
_YEAR: Final = timedelta(days=365)
_ENDING, _RENEWED = 0, 2
_TEXT = """## {title}

Dokument przykładowy. Ubezpieczyciel i ubezpieczony są zmyśleni.
"""


def leave_documents(world: World) -> None:
    """Let the first clinic's policy end soon and another's have ended; then tell them."""
    insurer = world.insurers[0]
    _accepted_policy(world, world.clinics[_ENDING], insurer, world.today + _ENDS_IN)
    if len(world.clinics) > _RENEWED:
        _renew(world, world.clinics[_RENEWED], insurer)
    network.tell_of_endings(actor=Actor.system("job"), at=world.at)


def add(world: World, clinic: Clinic, contract: str, code: str, dates: Dates, at: datetime) -> UUID:
    """Let the clinic's owner add a document it printed."""
    return network.add_document(
        actor=clinic.firm.actor(Role.OWNER),
        contract_uuid=contract,
        requirement_code=code,
        file=printed(world, clinic.firm, code, dates),
        name=f"{code.lower()}.pdf",
        dates=dates,
        at=at,
    )


def printed(world: World, owner: Firm, code: str, dates: Dates) -> content.CheckedFile:
    """Print a document and take it in as an upload."""
    title = f"{code} (demo)"
    text = typeset.TermsPrint(
        title=title,
        owner=owner.name,
        version="1",
        valid_from=dates.issued_on or world.today,
        text=_TEXT.format(title=title),
        published_at=world.at,
    )
    return content.check_upload(io.BytesIO(typeset.render_pdf("terms", text.data())))


def _accepted_policy(world: World, clinic: Clinic, insurer: Firm, end: date) -> tuple[str, UUID]:
    """Let the insurer accept a policy that ends on the day."""
    owner, at = clinic.firm.actor(Role.OWNER), world.at - _SENT_BEFORE
    contract = network_selectors.active_contract(owner, insurer_id=insurer.id)
    assert contract is not None
    file = add(world, clinic, contract.uuid, "OC", Dates(valid_until=end), at)
    manager = insurer.actor(Role.NETWORK_MANAGER)
    network.accept_document(actor=manager, file_uuid=file, at=at + timedelta(hours=4))
    return contract.uuid, file


def _renew(world: World, clinic: Clinic, insurer: Firm) -> None:
    """Let a policy end, and the clinic send a new one that waits."""
    end = world.today - _ENDED_BEFORE
    contract, old = _accepted_policy(world, clinic, insurer, end)
    dates = Dates(valid_until=end + _YEAR)
    network.replace_document(
        actor=clinic.firm.actor(Role.OWNER),
        contract_uuid=contract,
        file_uuid=old,
        upload=network.Upload(printed(world, clinic.firm, "OC", dates), "polisa-oc-nowa.pdf", dates),
        at=world.at,
    )
