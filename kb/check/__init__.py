"""How well a report was read: what may be wrong, where, and how sure the reading is.

    quality = check(connection, "transport-113")

asks the knowledge base alone, so it can be asked of any report at any time. It never says that a reading is right: a
value that looks as its neighbours do may be wrong all the same. What the report itself gets wrong is the audit's.
"""

from __future__ import annotations

from kb.check.model import Doubt, Quality
from kb.check.quality import check

__all__ = ["Doubt", "Quality", "check"]
