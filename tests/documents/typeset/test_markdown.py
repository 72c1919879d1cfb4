from ols.documents.typeset import markdown


def plain(text: str) -> list[tuple]:
    return [
        (
            block["kind"],
            block.get("level") or block.get("marker"),
            block.get("depth"),
            "".join(run["text"] for run in block["runs"]),
        )
        for block in markdown.blocks(text)
    ]


def test_headings_paragraphs_and_lists():
    text = "## A\n\n#### D\n\nfirst\nsecond\n\n3. three\n4. four\n   - in\n\n   more\n\nend"
    assert plain(text) == [
        ("heading", 1, None, "A"),
        ("heading", 2, None, "D"),
        ("paragraph", None, None, "first second"),
        ("item", "3.", 1, "three"),
        ("item", "4.", 1, "four"),
        ("item", "•", 2, "in"),
        ("item", "", 1, "more"),
        ("paragraph", None, None, "end"),
    ]


def test_bold_is_kept_and_emphasis_is_plain():
    (block,) = markdown.blocks("a **b** *c* \\*d")
    assert block["runs"] == [
        {"text": "a ", "strong": False},
        {"text": "b", "strong": True},
        {"text": " ", "strong": False},
        {"text": "c", "strong": False},
        {"text": " *d", "strong": False},
    ]


def test_everything_else_is_text():
    text = "<b>x</b> [l](http://example.org) `c` ![i](x) | t |"
    assert plain(text) == [("paragraph", None, None, text)]


def test_nothing_gives_no_blocks():
    assert markdown.blocks(" \n\n") == []
