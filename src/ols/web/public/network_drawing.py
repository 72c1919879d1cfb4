"""The map as the SVG of a page: as a template, its shapes and signs were a third of what a page took."""

from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from ols.web.public.network_map import Map, MapShape, MapSign

_BESIDE: Final = ' target="_blank" rel="noopener"'


def svg(drawn: Map, *, label: str, embedded: bool = False) -> SafeString:
    """Return the drawing, named by the element with the id `label`; an embedded one opens clinics beside it.

    Voivodeships are links; the signs are for the eye and the mouse, the list says the same. Words and
    addresses are escaped here, everything else is numbers of ours.
    """
    beside = _BESIDE if embedded else ""
    shapes = "".join(_shape(shape, drawn.line_width) for shape in drawn.shapes)
    signs = "".join(_sign(sign, drawn.font_size, beside) for sign in drawn.signs)
    here = ""
    if drawn.here:
        x, y = drawn.here
        here = f'<path class="here" d="M{x} {y}m-6 0h12m-6-6v12" stroke-width="2"/>'
    return SafeString(
        f'<svg class="poland" viewBox="{drawn.view_box}" role="group" aria-labelledby="{escape(label)}">\n'
        f'{shapes}\n<g class="signs" aria-hidden="true">{here}{signs}</g>\n</svg>'
    )


def _shape(shape: MapShape, line_width: str) -> str:
    path = f'<path d="{shape.path}" stroke-width="{line_width}"'
    if not shape.url:
        return f'{path} aria-hidden="true"/>'
    clinics = ngettext("%(counter)s clinic", "%(counter)s clinics", shape.count) % {"counter": shape.count}
    name, current = f"{shape.name}: {clinics}", ""
    if shape.is_current:
        name, current = f"{name} – {gettext('chosen; show all of Poland')}", ' class="current"'
    return f'<a href="{escape(shape.url)}" aria-label="{escape(name)}"{current}>{path}/></a>'


def _sign(sign: MapSign, font_size: str, beside: str) -> str:
    """Return a clinic as a link, or several (or one without a page) as a sign with their number."""
    star = f'<path class="star" d="{sign.star}"/>' if sign.star else ""
    circle = f'<circle class="sign" cx="{sign.x}" cy="{sign.y}" r="{sign.radius}"/>'
    if sign.url:
        name = f"<title>{escape(sign.name)}</title>"
        return f'<a href="{escape(sign.url)}" tabindex="-1"{beside}>{star or circle}{name}</a>'
    count = ""
    if sign.count > 1:
        count = f'<text x="{sign.x}" y="{sign.text_y}" font-size="{font_size}">{sign.count}</text>'
    return f"<g>{circle}{count}{star}</g>"
