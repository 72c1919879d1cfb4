"""The starter catalog: seven areas and the services a new installation begins with.

Names are common medical terms; prices are plausible private prices in grosze, for demo worlds only.
"""

# code, name in Polish, name in English; in the product's order.
AREAS: tuple[tuple[str, str, str], ...] = (
    ("CONS", "konsultacje i zabiegi ambulatoryjne", "consultations and ambulatory procedures"),
    ("NURS", "zabiegi pielęgniarskie", "nursing procedures"),
    ("HOME", "wizyty domowe", "home visits"),
    ("LAB", "badania laboratoryjne", "laboratory tests"),
    ("IMG", "obrazowe badania diagnostyczne", "diagnostic imaging"),
    ("REHAB", "rehabilitacja", "rehabilitation"),
    ("DENT", "stomatologia", "dentistry"),
)

# area, ICD-9-PL code (empty where none fits exactly), name, demo price in grosze.
# A service's own code is the area's code with its number in this list: append, never reorder.
SERVICES: tuple[tuple[str, str, str, int], ...] = (
    ("CONS", "89.02", "Konsultacja internisty", 200_00),
    ("CONS", "89.02", "Konsultacja pediatry", 200_00),
    ("CONS", "89.02", "Konsultacja lekarza rodzinnego", 190_00),
    ("CONS", "89.001", "Konsultacja ginekologa", 260_00),
    ("CONS", "89.002", "Konsultacja kardiologa", 280_00),
    ("CONS", "89.004", "Konsultacja laryngologa", 240_00),
    ("CONS", "89.005", "Konsultacja neurologa", 270_00),
    ("CONS", "89.007", "Konsultacja ortopedy", 260_00),
    ("CONS", "89.0010", "Konsultacja dermatologa", 250_00),
    ("CONS", "89.08", "Konsultacja okulisty", 260_00),
    ("CONS", "89.522", "EKG spoczynkowe z opisem", 50_00),
    ("CONS", "89.502", "Holter EKG", 180_00),
    ("CONS", "89.383", "Spirometria", 80_00),
    ("CONS", "96.521", "Usunięcie woskowiny z ucha", 80_00),
    ("NURS", "38.99", "Pobranie krwi żylnej", 20_00),
    ("NURS", "99.219", "Zastrzyk domięśniowy lub podskórny", 30_00),
    ("NURS", "99.218", "Kroplówka dożylna", 70_00),
    ("NURS", "93.57", "Zmiana opatrunku", 45_00),
    ("NURS", "93.94", "Nebulizacja", 30_00),
    ("NURS", "89.61", "Pomiar ciśnienia tętniczego", 15_00),
    ("NURS", "99.52", "Wykonanie szczepienia przeciw grypie", 60_00),
    ("HOME", "89.02", "Wizyta domowa internisty", 350_00),
    ("HOME", "89.02", "Wizyta domowa pediatry", 370_00),
    ("HOME", "89.02", "Wizyta domowa lekarza rodzinnego", 350_00),
    ("HOME", "89.05", "Wizyta domowa pielęgniarki", 120_00),
    ("HOME", "38.99", "Pobranie krwi w domu", 70_00),
    ("LAB", "C53", "Morfologia krwi", 14_00),
    ("LAB", "C59", "OB (odczyn Biernackiego)", 12_00),
    ("LAB", "I81", "CRP (białko C-reaktywne)", 22_00),
    ("LAB", "L43", "Glukoza na czczo", 13_00),
    ("LAB", "I99", "Cholesterol całkowity", 14_00),
    ("LAB", "O49", "Triglicerydy", 15_00),
    ("LAB", "I17", "ALT (aminotransferaza alaninowa)", 14_00),
    ("LAB", "I19", "AST (aminotransferaza asparaginianowa)", 14_00),
    ("LAB", "M37", "Kreatynina", 14_00),
    ("LAB", "N45", "Potas", 14_00),
    ("LAB", "O35", "Sód", 14_00),
    ("LAB", "L69", "TSH", 32_00),
    ("LAB", "O91", "Witamina D (25-OH)", 75_00),
    ("LAB", "A01", "Badanie ogólne moczu", 15_00),
    ("IMG", "88.761", "USG jamy brzusznej", 170_00),
    ("IMG", "88.713", "USG tarczycy", 150_00),
    ("IMG", "88.732", "USG piersi", 170_00),
    ("IMG", "88.721", "Echo serca", 260_00),
    ("IMG", "87.440", "RTG klatki piersiowej", 80_00),
    ("IMG", "88.27", "RTG kolana", 80_00),
    ("IMG", "87.372", "Mammografia", 180_00),
    ("IMG", "87.030", "Tomografia głowy bez kontrastu", 350_00),
    ("IMG", "88.900", "Rezonans głowy bez kontrastu", 550_00),
    ("REHAB", "89.0021", "Konsultacja fizjoterapeuty", 180_00),
    ("REHAB", "93.1909", "Ćwiczenia indywidualne", 80_00),
    ("REHAB", "93.3827", "Terapia manualna", 150_00),
    ("REHAB", "93.3912", "Masaż częściowy", 90_00),
    ("REHAB", "93.3939", "Laseroterapia", 35_00),
    ("REHAB", "93.3943", "Ultradźwięki", 35_00),
    ("REHAB", "93.3930", "Prądy TENS", 30_00),
    ("DENT", "23.0102", "Przegląd stomatologiczny", 100_00),
    ("DENT", "23.0301", "RTG zęba", 50_00),
    ("DENT", "23.0402", "Znieczulenie nasiękowe", 50_00),
    ("DENT", "23.1502", "Wypełnienie na jednej powierzchni", 250_00),
    ("DENT", "23.1503", "Wypełnienie na dwóch powierzchniach", 320_00),
    ("DENT", "23.1602", "Usunięcie kamienia nazębnego", 200_00),
    ("DENT", "23.1701", "Usunięcie zęba jednokorzeniowego", 250_00),
)


def coded_services() -> list[tuple[str, str, str, str, int]]:
    """Return every service with its own code in front: (code, area, icd9, name, price in grosze)."""
    counted: dict[str, int] = {}
    coded = []
    for area, icd9, name, price_gr in SERVICES:
        counted[area] = counted.get(area, 0) + 1
        coded.append((f"{area}-{counted[area]:03d}", area, icd9, name, price_gr))
    return coded
