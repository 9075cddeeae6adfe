"""How fast and how large: ratios, each to a plain tool doing the same on the same machine in the same run.

    python -m bench [PART…]        a table on standard error, JSON on standard output

A part is a module of this package with `measure(sample: Path) -> Iterator[Ratio]`, `sample` being a report as PDF.
Nothing here is a test: a figure over its bound is printed as such, and a busy machine makes it so.
"""
