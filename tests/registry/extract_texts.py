"""Register extracts as text, in the layouts that occur; all of one invented clinic."""

from ols.documents.text import Words

FACTS = {
    "register_book_no": "000000017916",
    "name": "Centrum Medyczne Źródło (demo) spółka z ograniczoną odpowiedzialnością",
    "nip": "5260001246",
    "regon": "241371988",
    "krs": "0000345075",
    "street": "ul. Świętojańska 12A/3",
    "postal_code": "00-001",
    "city": "Warszawa",
    "issued_on": "2026-11-20",
}
# As the register prints its book: numbered rubrics, values in a second column, facilities in part II.
RUBRICS = """
KSIĘGA REJESTROWA
Nr księgi: 000000017916                                              Oznaczenie organu: W - 14
Data wydruku: 20.11.2026 r. godz. 12:33
DZIAŁ I
 Rubryka 1. Numer księgi            000000017916
 rejestrowej
 Rubryka 3. Firma albo nazwa        Centrum Medyczne Źródło (demo) spółka z ograniczoną odpo-
                                    wiedzialnością
 Rubryka 4. Adres siedziby
 1. ulica                           ul. Świętojańska
 2. numer domu                      12A
 3. numer lokalu                    3
 4. kod pocztowy                    00-001
 5. miejscowość                     Warszawa
 6. numer skrytki pocztowej         brak wpisu
 Rubryka 5. Numer telefonu          600 000 012
 Rubryka 9. Numer REGON             241371988
 Rubryka 10. NIP                    5260001246
 Rubryka 14. Numer KRS              0000345075
 Data wpisu do rejestru             01.02.2012
DZIAŁ II
 Zakład leczniczy nr 1
 Nazwa                              Poradnia Druga (demo)
 REGON                              24137198800018
 NIP                                1111111111
 ulica                              ul. Inna
 kod pocztowy                       11-111
 miejscowość                        Łódź
"""
COLONS = """
Zaświadczenie o wpisie do rejestru podmiotów wykonujących działalność leczniczą
Warszawa, dnia 20 listopada 2026 r.
Numer księgi rejestrowej: 000000017916
Nazwa podmiotu leczniczego: Centrum Medyczne Źródło (demo) spółka z
ograniczoną odpowiedzialnością
Adres siedziby: ul. Świętojańska 12A/3, 00-001 Warszawa
NIP: 526-000-12-46, REGON: 241 371 988, KRS: 0000345075
Adres do korespondencji: skr. poczt. 7, 31-009 Kraków
Wygenerowano dnia 20 listopada 2026 r.
"""
TWO_COLUMNS = """
KSIĘGA REJESTROWA NR 000000017916                     Stan na dzień 2026-11-20
Firma, nazwa:                                         Adres siedziby:
Centrum Medyczne Źródło (demo) spółka                 ul. Świętojańska 12A/3
z ograniczoną odpowiedzialnością                      00-001 Warszawa
NIP                       REGON                       Numer w KRS
526 000 12 46             241371988                   0000345075
"""
# As a reader without places gives it: one space everywhere.
PLAIN = """
Księga rejestrowa nr 000000017916
Data wygenerowania dokumentu: 2026-11-20
Nazwa Centrum Medyczne Źródło (demo) spółka z
ograniczoną odpowiedzialnością
Ulica ul. Świętojańska Numer domu: 12A Numer lokalu: 3
Kod pocztowy: 00-001 Miejscowość: Warszawa
NIP 5260001246 REGON 241371988 KRS 0000345075
"""
FIELDS = (
    ("topmostSubform[0].numerKsiegi[0]", "000000017916"),
    ("nazwa_podmiotu", FACTS["name"]),
    ("NIP", "526-000-12-46"),
    ("regon", "241371988"),
    ("Numer KRS", "0000345075"),
    ("adres_siedziby", "ul. Świętojańska 12A/3, 00-001 Warszawa"),
    ("dataWydruku", "20.11.2026"),
)
LAYOUTS = {"rubrics": RUBRICS, "colons": COLONS, "two columns": TWO_COLUMNS, "plain": PLAIN}


def words(*pages: str) -> Words:
    return Words(pages=tuple(tuple(line for line in page.splitlines() if line.strip()) for page in pages))
