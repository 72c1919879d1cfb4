"""Published texts as part of a page."""

from ols.web.components import markdown


def test_headings_go_below_the_pages_own_and_skip_no_level() -> None:
    html = markdown.to_html("# A\n\n### B\n\ntext\n")
    assert html == "<h2>A</h2>\n<h3>B</h3>\n<p>text</p>\n"


def test_html_and_scripts_are_shown_not_obeyed() -> None:
    html = markdown.to_html("<script>x</script> [a](javascript:x)")
    assert html == "<p>&lt;script&gt;x&lt;/script&gt; [a](javascript:x)</p>\n"


def test_sections_of_one_level_look_alike_whatever_level_a_text_begins_with() -> None:
    html = markdown.to_html("## 1\n\n## 2\n\n#### 2.1\n\n## 3\n\n# 4\n")
    assert html.split("\n") == ["<h2>1</h2>", "<h2>2</h2>", "<h3>2.1</h3>", "<h2>3</h2>", "<h2>4</h2>", ""]
