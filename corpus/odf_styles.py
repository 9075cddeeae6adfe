"""The style parts of a flat OpenDocument text: fonts, named styles, lines of cells, pages."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.layout import Orientation
from corpus.style import Ruling, Style

NAMESPACES = " ".join(
    f'xmlns:{short}="{address}"'
    for short, address in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)
THIN, HAIR, THICK, DOUBLE = (
    f"{line} #000000" for line in ("0.75pt solid", "0.1pt solid", "1.5pt solid", "2.25pt double")
)
INNER: dict[Ruling, tuple[str, str]] = {
    "grid": (THIN, THIN),
    "hairline": (HAIR, HAIR),
    "horizontal": (THIN, "none"),
    "open": (THIN, THIN),
    "three-line": ("none", "none"),
    "double": (THIN, THIN),
}
"""Horizontal and vertical lines inside a table."""

BOLD = 'fo:font-weight="bold" style:font-weight-asian="bold"'


@dataclass(frozen=True, slots=True)
class Edges:
    """Which sides of a cell are sides of its table."""

    left: bool
    right: bool
    top: bool
    bottom: bool
    under_header: bool


def cell_properties(style: Style, edges: Edges, *, is_header: bool, is_centred: bool) -> str:
    """The lines and the ground of a cell."""
    flat, upright = INNER[style.ruling]
    top, bottom, left, right = flat, flat, upright, upright
    if style.ruling == "three-line":
        top = THICK if edges.top else "none"
        bottom = THIN if edges.under_header else THICK if edges.bottom else "none"
    elif style.ruling == "open":
        left, right = ("none" if edges.left else left), ("none" if edges.right else right)
    elif style.ruling == "double":
        left, right = (DOUBLE if edges.left else left), (DOUBLE if edges.right else right)
        top, bottom = (DOUBLE if edges.top else top), (DOUBLE if edges.bottom else bottom)
    sides = f'fo:border-left="{left}" fo:border-right="{right}" fo:border-top="{top}" fo:border-bottom="{bottom}"'
    shade = ' fo:background-color="#d9e2f3"' if is_header and style.shaded_header else ""
    middle = ' style:vertical-align="middle"' if is_header or (style.centred and is_centred) else ""
    return f'<style:table-cell-properties {sides}{shade}{middle} fo:padding="3pt"/>'


def fonts(style: Style) -> str:
    """The declarations of the fonts used; an empty Latin name means the Chinese font has it all."""
    names = dict.fromkeys((style.font, style.latin or style.font))
    faces = "".join(f'<style:font-face style:name="{n}" svg:font-family="&apos;{n}&apos;"/>' for n in names)
    return f"<office:font-face-decls>{faces}</office:font-face-decls>"


def named_styles(style: Style) -> str:
    """Paragraph and character styles, named after the kinds of paragraphs."""
    size, small = style.size, style.size * 0.8
    width = style.page("portrait")[0] - 2 * style.margin
    leader = 'style:leader-style="dotted" style:leader-text="."'
    stop = f'<style:tab-stop style:position="{width}pt" style:type="right" {leader}/>'
    spacing = f'fo:line-height="{round(100 * min(style.line_height, 1.3))}%"'
    made = [
        '<style:default-style style:family="paragraph"><style:text-properties '
        f'style:font-name="{style.latin or style.font}" style:font-name-asian="{style.font}" fo:language="en" '
        f'fo:country="US" style:language-asian="zh" style:country-asian="TW" {_size(size)}/></style:default-style>'
    ]
    heading = 'fo:keep-with-next="always" fo:margin-top="6pt" fo:margin-bottom="4pt"'
    looks: dict[str, tuple[float, str, str]] = {
        "P-body": (size, f'fo:text-indent="{2 * size}pt" fo:margin-bottom="5pt" fo:text-align="justify"', ""),
        "P-bullet": (size, 'fo:margin-left="14pt" fo:margin-bottom="3pt"', ""),
        "P-caption": (size, 'fo:text-align="center" fo:margin-top="4pt"', ""),
        "P-unit": (style.table_size, 'fo:text-align="end"', ""),
        "P-source": (small, "", ""),
        "P-note": (small, "", ""),
        "P-title": (size * 1.7, 'fo:text-align="center" fo:margin-top="8pt" fo:margin-bottom="8pt"', BOLD),
        "P-agencies": (size, 'fo:margin-left="28pt"', ""),
        "P-date": (size, 'fo:text-align="center" fo:margin-top="30pt"', ""),
        "P-notice": (size, 'fo:text-align="center" fo:margin-top="20pt" fo:margin-bottom="20pt"', ""),
        "P-empty": (2, "", ""),
        "P-cell": (style.table_size, "", ""),
        "P-center": (style.table_size, 'fo:text-align="center"', ""),
    }
    for level in range(1, 7):
        looks[f"Heading-{level}"] = (size * max(1.0, 1.4 - 0.1 * level), heading, BOLD)
        looks[f"P-entry{level}"] = (size, f'fo:margin-left="{(level - 1) * 18}pt"', "")
    for name, (points, paragraph, text) in looks.items():
        stops = f"<style:tab-stops>{stop}</style:tab-stops>" if name.startswith("P-entry") else ""
        made.append(
            f'<style:style style:name="{name}" style:family="paragraph">'
            f"<style:paragraph-properties {spacing} {paragraph}>{stops}</style:paragraph-properties>"
            f"<style:text-properties {_size(points)} {text}/></style:style>"
        )
    for name, text in {
        "sub": 'style:text-position="sub 58%"',
        "sup": 'style:text-position="super 58%"',
        "b": BOLD,
    }.items():
        made.append(
            f'<style:style style:name="{name}" style:family="text"><style:text-properties {text}/></style:style>'
        )
    return f"<office:styles>{''.join(made)}</office:styles>"


def page_layouts(style: Style) -> str:
    """A layout for upright and one for lying pages."""
    layouts = []
    orientations: tuple[Orientation, ...] = ("portrait", "landscape")
    for orientation in orientations:
        width, height = style.page(orientation)
        layouts.append(
            f'<style:page-layout style:name="L-{orientation}"><style:page-layout-properties fo:page-width="{width}pt" '
            f'fo:page-height="{height}pt" style:print-orientation="{orientation}" fo:margin="{style.margin}pt"/>'
            '<style:footer-style><style:header-footer-properties fo:margin-top="8pt"/></style:footer-style>'
            "</style:page-layout>"
        )
    return "".join(layouts)


def master_pages(style: Style) -> str:
    """Pages in front without a number, then upright and lying ones with it."""
    footer = '<style:footer><text:p text:style-name="P-center"><text:page-number/></text:p></style:footer>'
    footer = footer if style.page_numbers else ""
    return (
        '<style:master-page style:name="front" style:page-layout-name="L-portrait"/>'
        f'<style:master-page style:name="portrait" style:page-layout-name="L-portrait">{footer}</style:master-page>'
        f'<style:master-page style:name="landscape" style:page-layout-name="L-landscape">{footer}</style:master-page>'
    )


def _size(points: float) -> str:
    return f'fo:font-size="{points:.1f}pt" style:font-size-asian="{points:.1f}pt"'
