"""Which agencies a cell or line names, and which of them lead.

Names come in lists (、 ／ ； line breaks), with roles by brackets, by marks (主辦： 協：) or by marks behind
the name (（協辦）), with units in brackets behind their ministry, and broken by line wraps. What is no known
agency is kept as printed and signalled.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import regex

from extract.language.agency_vocabulary import Entry, Vocabulary, fold, role_words, vocabulary
from extract.records import Agency, Role, Signal

LONGEST_MARK = 8
DEEPEST = 8
"""Brackets inside brackets; more is no list of agencies."""

_SEPARATORS = "、,;/&+·。"
_OPENING, _CLOSING = "([{【〔〈《", ")]}】〕〉》"
_FILLERS = regex.compile(
    r"(?:等(?:機關|單位|部會|相關單位|相關機關)?|及|與|和|暨|以及|會同|共同|[-－—–─―_:‧•◎○●■*]+|\d{1,2}\.|無)+"
)
_AND = regex.compile(r"(?<=[部署局司處所會府院館場校心])(?:及|與|和|暨)(?=\p{Han}{2,}[部署局司處所會府院館場校心])")
_SUFFIX = regex.compile(
    r"(?:部|署|局|司|處|所|會|府|院|館|場|校|中心|公司|大學|學院|基金會|協會|公會|學會|聯盟|機構|法人|辦公室|機關|銀行|總隊|廠|事業)$"
)
_UNIT_SUFFIX = regex.compile(r"^\p{Han}{1,16}(?:署|局|司|處|所|場|館|中心|院|會|隊|校|分署|公司|辦公室)$")


@dataclass(frozen=True, slots=True)
class AgencyReading:
    """What a cell says: agencies by role in the order printed, words that are no agency, and signals about both."""

    lead: tuple[Agency, ...]
    co: tuple[Agency, ...]
    leftover: str
    signals: tuple[Signal, ...]


@dataclass(slots=True)
class _Token:
    kind: Literal["agency", "unknown", "separator", "open", "close", "role"]
    printed: str
    entry: Entry | None = None
    role: Role | None = None


@dataclass(slots=True)
class _Mention:
    agency: Agency
    role: Role
    is_marked: bool


def resolve(text: str, default_role: Role = "lead", in_brackets: Role | None = None) -> AgencyReading:
    """The agencies of a cell; those that nothing marks otherwise have `default_role`.

    `in_brackets` is the role that a column's header gives to brackets, as 主(協)辦機關 does; where none does, brackets
    behind a ministry hold the units that take its place.
    """
    parser = _Parser(_tokens(text, vocabulary()), default_role, in_brackets)
    mentions = parser.level(None, None)
    while parser.at < len(parser.tokens):  # a closing bracket without its opening one
        parser.at += 1
        mentions += parser.level(None, None)
    lead: dict[str, Agency] = {}
    co: dict[str, Agency] = {}
    for mention in mentions:
        (lead if mention.role == "lead" else co).setdefault(mention.agency.name, mention.agency)
    signals = [
        Signal("unread:agency", "warning", f"「{a.printed}」不在機關詞彙中，照印", a.printed)
        for a in [*lead.values(), *(a for n, a in co.items() if n not in lead)]
        if not a.is_known
    ]
    leftover = " ".join(parser.leftover)
    if leftover:
        signals.append(Signal("unread:agency-text", "warning", f"「{leftover}」不是機關名稱", leftover))
    return AgencyReading(
        tuple(lead.values()), tuple(a for n, a in co.items() if n not in lead), leftover, tuple(signals)
    )


def _tokens(text: str, known: Vocabulary) -> list[_Token]:
    """The text cut into names, brackets, separators and marks. White space is dropped first, since line wraps
    cut names; a line break between names still parts them."""
    kept = [i for i, c in enumerate(text) if not c.isspace()]
    printed = "".join(text[i] for i in kept)
    folded = fold(printed)
    broken = {n for n, i in enumerate(kept) if n and "\n" in text[kept[n - 1] + 1 : i]}
    spaced = {n for n, i in enumerate(kept) if n and kept[n - 1] + 1 < i}
    tokens: list[_Token] = []
    ministry: str | None = None
    depth = at = 0
    while at < len(folded):
        char = folded[at]
        if at in broken and char not in _OPENING:  # a bracket on a line of its own still stands behind the name above
            tokens.append(_Token("separator", "\n"))
        if char in _SEPARATORS and not (found := known.find(folded, at, ministry)):
            tokens.append(_Token("separator", char))
        elif char in _OPENING:
            depth += 1
            tokens.append(_Token("open" if depth <= DEEPEST else "separator", char))
        elif char in _CLOSING:
            tokens.append(_Token("close" if depth <= DEEPEST else "separator", char))
            depth = max(0, depth - 1)
        elif found := known.find(folded, at, ministry):
            entry, end = found
            tokens.append(_Token("agency", printed[at:end], entry))
            ministry = entry.ministry or entry.name
            at = end
            continue
        elif mark := _role_mark(folded, at, known, is_apart=at in spaced):
            role, end = mark
            word = _Token("role", printed[at:end], role=role)
            is_behind = tokens and tokens[-1].kind == "agency" and folded[end : end + 1] in {*_SEPARATORS, ""}
            # 經濟部主辦、環境部協辦: a mark behind the name is as good as one in brackets
            tokens += [_Token("open", "("), word, _Token("close", ")")] if is_behind and at not in spaced else [word]
            at = end
            continue
        elif tokens and tokens[-1].kind == "unknown":
            tokens[-1].printed += printed[at]
        else:
            tokens.append(_Token("unknown", printed[at]))
        at += 1
    return _mended(tokens)


def _role_mark(folded: str, at: int, known: Vocabulary, *, is_apart: bool) -> tuple[Role, int] | None:
    """A mark such as 主辦機關： at a place, with its end; bare words count where what follows shows that they mark."""
    for length in range(LONGEST_MARK, 0, -1):
        role = role_words().get(folded[at : at + length])
        if role is None:
            continue
        end = at + length
        if folded[end : end + 1] == ":":
            return ("lead" if role == "lead" else "co"), end + 1
        before, after = folded[at - 1 : at] if at else "", folded[end : end + 1]
        opens = is_apart or not before or before in _OPENING + _CLOSING + _SEPARATORS
        stands_alone = opens and (not after or after in _CLOSING)
        heads_name = opens and (length > 1 or (before != "" and before in _OPENING))
        if stands_alone or (heads_name and known.find(folded, end) is not None):
            return ("lead" if role == "lead" else "co"), end
        if length > 1 and role == "co" and known.find(folded, end) is not None:
            return "co", end  # 能源署協同產發署
        if length > 1 and (not after or after in _CLOSING + _SEPARATORS):
            return ("lead" if role == "lead" else "co"), end
    return None


def _mended(tokens: list[_Token]) -> list[_Token]:
    """Unknown words that a line wrap cut in two are one again; words joined by 及 that are two names are parted."""
    mended: list[_Token] = []
    for token in tokens:
        if (
            token.kind == "unknown"
            and len(mended) >= 2
            and mended[-1].printed == "\n"
            and mended[-2].kind == "unknown"
            and not _SUFFIX.search(mended[-2].printed)
        ):
            mended.pop()
            mended[-1].printed += token.printed
        else:
            mended.append(token)
    parted: list[_Token] = []
    for token in mended:
        pieces = _AND.split(token.printed) if token.kind == "unknown" else [token.printed]
        for number, piece in enumerate(pieces):
            if number:
                parted.append(_Token("separator", "及"))
            parted.append(replace(token, printed=piece))
    return parted


@dataclass(slots=True)
class _Parser:
    tokens: list[_Token]
    default_role: Role
    in_brackets: Role | None = None
    at: int = 0
    leftover: list[str] = field(default_factory=list)

    def level(self, parent: _Mention | None, role: Role | None) -> list[_Mention]:
        """The agencies up to the bracket that closes this level; `parent` is the agency before the bracket."""
        mentions: list[_Mention] = []
        pending: list[_Mention] = []
        has_mark_behind = False
        before: _Token | None = None
        base = parent.role if parent is not None else self.default_role
        while self.at < len(self.tokens) and self.tokens[self.at].kind != "close":
            token = self.tokens[self.at]
            self.at += 1
            if token.kind == "role":
                role = token.role
            elif token.kind == "agency" and token.entry is not None:
                mentions.append(_Mention(token.entry.agency(token.printed), role or base, role is not None))
                pending.append(mentions[-1])
            elif token.kind == "unknown":
                if before is not None and before.kind == "agency" and (longer := _unit_of(mentions[-1], token.printed)):
                    mentions[-1].agency = longer
                elif agency := _unknown(token.printed, parent):
                    mentions.append(_Mention(agency, role or base, role is not None))
                    pending.append(mentions[-1])
                elif not _FILLERS.fullmatch(fold(token.printed)):
                    self.leftover.append(token.printed)
            elif token.kind == "open":
                mark = self.lone_mark()
                is_behind = before is not None and before.kind in {"agency", "unknown", "close"} and bool(mentions)
                heads_next = self.at < len(self.tokens) and self.tokens[self.at].kind in {"agency", "unknown"}
                if mark is not None and is_behind and not heads_next:
                    for mention in pending if has_mark_behind else pending[-1:]:
                        mention.role, mention.is_marked = mark, True
                    pending, has_mark_behind = [], True
                    # 經濟部（主辦）、環境部: what nobody marks beside a marked lead helps it
                    base = "co" if mark == "lead" else base
                elif mark is not None:
                    role = mark
                else:
                    self.bracket(mentions, role, is_behind=is_behind)
                token = _Token("close", ")")
            before = token
        return mentions

    def lone_mark(self) -> Role | None:
        """The role where the bracket just opened holds a mark and nothing else; the parser then stands behind it."""
        inside = self.tokens[self.at : self.at + 2]
        if inside and inside[0].kind == "role" and (len(inside) == 1 or inside[1].kind == "close"):
            self.at += len(inside)
            return inside[0].role
        return None

    def bracket(self, mentions: list[_Mention], role: Role | None, *, is_behind: bool) -> None:
        """A bracket with agencies: units of the one before it take its place, others help it."""
        parent = mentions[-1] if is_behind and mentions else None
        inside = self.level(parent, None if parent else role)
        if self.at < len(self.tokens):
            self.at += 1
        if parent is None:
            mentions.extend(inside)
            return
        units: list[_Mention] = []
        others: list[_Mention] = []
        for mention in inside:
            if mention.agency.name == parent.agency.name:
                continue
            is_unit = self.in_brackets is None and mention.agency.ministry == parent.agency.name
            if not mention.is_marked:
                mention.role = parent.role if is_unit else "co"
                mention.is_marked = parent.is_marked
            (units if is_unit else others).append(mention)
        if any(unit.role == parent.role for unit in units):
            mentions.remove(parent)
        mentions.extend([*units, *others])


def _unit_of(mention: _Mention, words: str) -> Agency | None:
    """A unit that the vocabulary does not have, written behind its ministry or city: 臺北市政府環境保護局."""
    above = mention.agency
    if above.ministry is not None or not _UNIT_SUFFIX.match(fold(words)) or _FILLERS.fullmatch(fold(words)):
        return None
    is_local = above.name.endswith(("市政府", "縣政府"))
    return Agency(above.name + words, words, above.name, above.printed + words, is_known=is_local)


def _unknown(words: str, parent: _Mention | None) -> Agency | None:
    """Words that look like an agency's name, as printed; inside a ministry's brackets a unit of that ministry."""
    plain = regex.sub(r"^(?:\d{1,2}[.、]|[及與和暨])", "", words)
    plain = regex.sub(r"等(?:機關|單位)?$", "", plain)
    if len(plain) < 2 or not _SUFFIX.search(plain):
        return None
    above = parent.agency if parent is not None else None
    if above is not None and above.ministry is None and above.is_known and _UNIT_SUFFIX.match(fold(plain)):
        return Agency(above.name + plain, plain, above.name, plain, is_known=False)
    return Agency(plain, plain, None, plain, is_known=False)
