"""A plot of how often answers are right, by how sure they were: SVG, drawn without any library.

On the diagonal confidence means what it says. Points are bins; their area is the number of answers.
"""

from typing import Any, Final

PLOT: Final = "reliability.svg"
_SIDE: Final = 220  # of a square, in px
_GAP: Final = 70
_TOP: Final = 40
_LARGEST: Final = 11  # radius of the fullest bin
_KINDS: Final = {"raw": "#8a8f98", "calibrated": "#0072b2"}  # told apart by filling, too
_TITLES: Final = {"recognition": "Exercise named", "repetition": "Repetition counted"}


def svg(measured: dict[str, Any]) -> str:
    """Two squares side by side, from what `report.calibrate` measured."""
    width = 2 * _SIDE + 3 * _GAP
    squares = [
        _square(_GAP + i * (_SIDE + _GAP), title, measured[name])
        for i, (name, title) in enumerate(_TITLES.items())
        if name in measured
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_SIDE + 2 * _GAP}"'
        ' font-family="system-ui, sans-serif" font-size="12" role="img">'
        "<title>Share of answers that were right, by their confidence</title>"
        f'<rect width="100%" height="100%" fill="#ffffff"/>{"".join(squares)}{_legend()}</svg>\n'
    )


def _square(left: float, title: str, facts: dict[str, Any]) -> str:
    bottom = _TOP + _SIDE
    marks = "".join(
        f'<text x="{left + share * _SIDE}" y="{bottom + 16}" text-anchor="middle">{share}</text>'
        f'<text x="{left - 8}" y="{bottom - share * _SIDE + 4}" text-anchor="end">{share}</text>'
        for share in (0, 0.5, 1)
    )
    points = "".join(_points(left, bottom, kind, facts[kind]) for kind in _KINDS)
    return (
        f'<text x="{left}" y="{_TOP - 14}" font-weight="600">{title}</text>'
        f'<rect x="{left}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#555"/>'
        f'<path d="M{left} {bottom}L{left + _SIDE} {_TOP}" stroke="#555" stroke-dasharray="3 3"/>'
        f"{marks}{points}"
        f'<text x="{left + _SIDE / 2}" y="{bottom + 34}" text-anchor="middle">confidence</text>'
        f'<text transform="translate({left - 38} {_TOP + _SIDE / 2}) rotate(-90)"'
        ' text-anchor="middle">share right</text>'
    )


def _points(left: float, bottom: float, kind: str, bins: list[list[float]]) -> str:
    most = max((number for number, _, _ in bins), default=1)
    return "".join(
        f'<circle cx="{left + said * _SIDE:.1f}" cy="{bottom - right * _SIDE:.1f}"'
        f' r="{max(2.0, _LARGEST * (number / most) ** 0.5):.1f}" {_paint(kind)}/>'
        for number, said, right in bins
    )


def _legend() -> str:
    y = _TOP + _SIDE + 66
    return "".join(
        f'<circle cx="{_GAP + 6 + i * 110}" cy="{y - 4}" r="6" {_paint(kind)}/>'
        f'<text x="{_GAP + 18 + i * 110}" y="{y}">{kind}</text>'
        for i, kind in enumerate(_KINDS)
    )


def _paint(kind: str) -> str:
    fill = _KINDS[kind] if kind == "calibrated" else "none"
    return f'fill="{fill}" fill-opacity="0.75" stroke="{_KINDS[kind]}" stroke-width="1.5"'
