"""Clinics of two insurers, as the public search and pages see them."""

from dataclasses import replace
from uuid import UUID

from tests import cast, factories, scenes
from tests.cast import AT, TODAY

from ols.accounts import models as accounts
from ols.catalog import selectors as catalog
from ols.kernel import hours
from ols.network import models
from ols.network.selectors import public_clinic, public_places
from ols.network.selectors.public_statement import Wanted
from ols.registry import selectors as registry
from ols.registry import services as registry_services


class World:
    """Two insurers; one clinic works for the first, another one for the second, a third one for both."""

    def __init__(self) -> None:
        cast.operator()
        self.insurers = cast.insurer(1), cast.insurer(2)
        self.clinics = cast.provider(1), cast.provider(2), cast.provider(3)
        first, second, third = self.clinics
        self.contracts = {
            (clinic.id, insurer.id): self.join(clinic, insurer)
            for clinic, insurer in (
                (first, self.insurers[0]),
                (second, self.insurers[1]),
                (third, self.insurers[0]),
                (third, self.insurers[1]),
            )
        }
        self.place(first, "Kraków", "12", week=(hours.parse_day("8-16"),) * 5 + ((), ()))
        self.place(third, "Wieliczka", "12")
        self.place(second, "Łódź", "10")

    def join(self, clinic, insurer) -> str:
        firms = {"insurer_id": insurer.id, "provider_id": clinic.id}
        contract = factories.contract(
            insurer=accounts.Organization(pk=insurer.id),
            provider=accounts.Organization(pk=clinic.id),
            iban=scenes.IBAN,
        )
        models.Contract.objects.filter(pk=contract.pk).update(starts_on=TODAY)
        area = catalog.area(code="CONS")
        agreed = models.PriceList.objects.create(
            contract=contract, area_id=area.id, version=1, status="accepted", created_at=AT
        )
        for row in catalog.services(area_id=area.id)[:5]:
            price = {"price_gr": row.demo_price_gr, "valid_from": TODAY, "area_id": area.id}
            models.ContractedPrice.objects.create(
                contract=contract, service_id=row.id, price_list=agreed, **firms, **price
            )
        return str(contract.uuid)

    def place(self, clinic, city, voivodeship, **changes) -> None:
        owner = clinic.actor("owner")
        card = registry.own_cards(owner)[0]
        data = replace(card.data, city=city, voivodeship=voivodeship, **changes)
        registry_services.save_card(
            actor=owner, card_uuid=card.uuid, data=data, revision=card.revision, at=AT
        )

    def names(self, insurer=0, **wanted) -> list[str]:
        found = public_places.find_places(
            insurer_id=self.insurers[insurer].id, wanted=Wanted(day=wanted.pop("day", TODAY), **wanted)
        )
        assert found.total == len(found.rows)
        return [row.name.split()[1] for row in found.rows]

    def contract(self, clinic=0, insurer=0) -> models.Contract:
        return models.Contract.objects.get(
            uuid=self.contracts[self.clinics[clinic].id, self.insurers[insurer].id]
        )

    def card_uuid(self, clinic=0) -> UUID:
        return registry.own_cards(self.clinics[clinic].actor("owner"))[0].uuid

    def clinic(self, clinic=0, insurer=0):
        return public_clinic.public_clinic(
            insurer_id=self.insurers[insurer].id, uuid=self.card_uuid(clinic), day=TODAY
        )
