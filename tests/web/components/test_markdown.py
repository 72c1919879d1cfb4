"""Published texts as part of a page."""

from ols.web.components import markdown


def test_headings_go_below_the_pages_own_and_skip_no_level() -> None:
    html = markdown.to_html("# A\n\n### B\n\ntext\n")
    assert html == "<h2>A</h2>\n<h3>B</h3>\n<p>text</p>\n"


def test_html_and_scripts_are_shown_not_obeyed() -> None:
    html = markdown.to_html("<script>x</script> [a](javascript:x)")
    assert html == "<p>&lt;script&gt;x&lt;/script&gt; [a](javascript:x)</p>\n"
