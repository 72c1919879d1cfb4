"""Bank statements (camt.053.001.02) of a bank that sends no payment numbers back, only titles."""

from tests.settlement import world as settlement_world

_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"


def movement(amount_gr: int, *, day: str, reference: str, title: str, is_return: bool = False) -> str:
    """Return one booked entry; below zero money goes out. `reference` is the bank's own."""
    reversal = "<RvslInd>true</RvslInd>" if is_return else ""
    return (
        f"<Ntry>{_money(amount_gr)}{reversal}<Sts>BOOK</Sts><BookgDt><Dt>{day}</Dt></BookgDt>"
        f"<AcctSvcrRef>{reference}</AcctSvcrRef>"
        f"<NtryDtls><TxDtls><RmtInf><Ustrd>{title}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )


def statement(
    name: str, *movements: str, opening_gr: int, iban: str = settlement_world.INSURER_IBAN
) -> bytes:
    """Return a file with one statement; the closing balance is counted from the movements."""
    closing_gr = opening_gr + sum(_signed(text) for text in movements)
    return (
        f'<Document xmlns="{_NAMESPACE}"><BkToCstmrStmt><Stmt><Id>{name}</Id>'
        f"<Acct><Id><IBAN>{iban}</IBAN></Id></Acct>"
        f"{_balance('OPBD', opening_gr)}{_balance('CLBD', closing_gr)}{''.join(movements)}"
        "</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def _balance(code: str, amount_gr: int) -> str:
    return f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_money(amount_gr)}</Bal>"


def _money(amount_gr: int) -> str:
    zloty, grosz = divmod(abs(amount_gr), 100)
    side = "DBIT" if amount_gr < 0 else "CRDT"
    return f'<Amt Ccy="PLN">{zloty}.{grosz:02d}</Amt><CdtDbtInd>{side}</CdtDbtInd>'


def _signed(movement: str) -> int:
    amount = movement.split(">")[2].split("<", maxsplit=1)[0]
    return int(amount.replace(".", "")) * (-1 if "DBIT" in movement else 1)
