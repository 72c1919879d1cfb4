"""Kinds of documents insurers usually ask clinics for: a beginning, every word of which can be changed."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ols.network.services.document_kinds import DocumentKind

SUGGESTED: Final[Mapping[str, DocumentKind]] = MappingProxyType(
    {
        "OC": DocumentKind(
            "Polisa odpowiedzialności cywilnej",
            "Liability insurance policy",
            "Polisa obowiązkowego ubezpieczenia podmiotu leczniczego, z sumą gwarancyjną i okresem ochrony.",
            "The policy every clinic must have, with the sum insured and the period of cover.",
            has_end=True,
        ),
        "RPWDL": DocumentKind(
            "Wypis z rejestru podmiotów leczniczych",
            "Extract from the register of clinics",
            "Wydruk księgi rejestrowej ze strony rejestru.",
            "A printout of the register book from the register's page.",
            max_age=3,
        ),
        "KRS": DocumentKind(
            "Odpis z KRS albo wydruk z CEIDG",
            "Extract from the court register or CEIDG",
            "Pokazuje, kto może podpisać umowę.",
            "It shows who may sign the contract.",
            max_age=3,
        ),
        "SANITARNA": DocumentKind(
            "Decyzja sanitarna",
            "Sanitary decision",
            "Opinia lub decyzja inspekcji sanitarnej o pomieszczeniach.",
            "The opinion or decision of the sanitary inspection about the rooms.",
        ),
        "PERSONEL": DocumentKind(
            "Wykaz personelu medycznego",
            "List of medical staff",
            "Imię i nazwisko, numer prawa wykonywania zawodu, specjalizacja.",
            "First name and surname, licence number, speciality.",
            is_required=False,
            max_age=6,
            max_files=5,
        ),
        "RTG": DocumentKind(
            "Zezwolenie na pracę z promieniowaniem",
            "Permit for work with radiation",
            "Tylko placówki z pracownią RTG.",
            "Only clinics with an X-ray room.",
            is_required=False,
            has_end=True,
        ),
        "PELNOMOCNICTWO": DocumentKind(
            "Pełnomocnictwo",
            "Power of attorney",
            "Gdy umowę podpisuje ktoś spoza rejestru.",
            "When somebody who is not in the register signs the contract.",
            is_required=False,
            max_files=3,
        ),
    }
)
