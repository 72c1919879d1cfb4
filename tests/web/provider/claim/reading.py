"""What tests read of a page and type into a claim."""

import re


def text_of(answer):
    """Return what a page says, without markup and runs of white space."""
    plain = re.sub(r"<(script|style|svg).*?</\1>", "", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", plain)).replace("&nbsp;", " ").replace("\u00a0", " ")


def lines(*items):
    """Return the form's fields of (code, quantity) pairs."""
    return {
        f"line-{position}-{name}": value
        for position, item in enumerate(items)
        for name, value in zip(("code", "quantity"), item, strict=True)
    }
