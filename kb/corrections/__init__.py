"""Corrections by people: what was read, what is right, and why, one line each in `corrections/REPORT.csv`.

They are applied at each ingest, after the reading and before anything is stored, so that the search index, the checks
and every export see the right value. A correction that no longer fits what is read now, since the rules got better or
the file changed, is not applied: it is kept as a finding, and a person decides. The table `corrections` holds them all.
"""

from __future__ import annotations

from kb.corrections.applying import apply, are_current
from kb.corrections.files import Correction, CorrectionsBroken, add, load
from kb.corrections.values import words_of

__all__ = ["Correction", "CorrectionsBroken", "add", "apply", "are_current", "load", "words_of"]
