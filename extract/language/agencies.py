"""Which agencies a cell or line names, and which of them lead.

Names come in lists (、 ／ ； line breaks), with roles by brackets, by marks (主辦： 協：) or by marks behind
the name (（協辦）), with units in brackets behind their ministry, and broken by line wraps. What is no known
agency is kept as printed and signalled.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from extract.language.agency_naming import Naming
from extract.language.agency_tokens import ENDS_AGENCY, Token, tokens_of
from extract.language.agency_vocabulary import Entry, fold
from extract.records import Agency, Role, Signal

_FILLERS = regex.compile(
    r"(?:等(?:機關|單位|部會|相關單位|相關機關)?|及|與|和|暨|以及|會同|共同|[-－—–─―_:‧•◎○●■*]+|\d{1,2}\.|無)+"
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
class _Mention:
    agency: Agency
    role: Role
    is_marked: bool
    entry: Entry | None = None

    def is_unit_of(self, other: _Mention) -> bool:
        """Whether the other one is its ministry, whichever of its names either has."""
        if self.entry is not None and other.entry is not None:
            return self.entry.ministry == other.entry.name
        return self.agency.ministry == other.agency.name


_KNOWS_NOTHING = Naming()


def resolve(
    text: str, default_role: Role = "lead", in_brackets: Role | None = None, naming: Naming = _KNOWS_NOTHING
) -> AgencyReading:
    """The agencies of a cell; those that nothing marks otherwise have `default_role`.

    `in_brackets` is the role that a column's header gives to brackets, as 主(協)辦機關 does; where none does, brackets
    behind a ministry hold the units that take its place. `naming` says by which year's names they are called.
    """
    parser = _Parser(tokens_of(text, naming), default_role, in_brackets)
    mentions = parser.level(None, None)
    while parser.at < len(parser.tokens):  # a closing bracket without its opening one
        parser.at += 1
        mentions += parser.level(None, None)
    lead: dict[str, Agency] = {}
    co: dict[str, Agency] = {}
    for mention in mentions:
        agency, by_name = naming.led(mention.agency), lead if mention.role == "lead" else co
        if not any(_is_one(agency, other) for other in by_name.values()):
            by_name[agency.name] = agency
    helping = [a for a in co.values() if not any(_is_one(a, other) for other in lead.values())]
    signals = [
        Signal("unread:agency", "warning", f"「{a.printed}」不在機關詞彙中，照印", a.printed)
        for a in [*lead.values(), *helping]
        if not a.is_known
    ]
    leftover = " ".join(parser.leftover)
    if leftover:
        signals.append(Signal("unread:agency-text", "warning", f"「{leftover}」不是機關名稱", leftover))
    return AgencyReading(tuple(lead.values()), tuple(helping), leftover, tuple(signals))


def _is_one(a: Agency, b: Agency) -> bool:
    """Whether two are one agency, by the same name or one by the former and one by the new one."""
    return a.name in {b.name, b.successor} or a.successor == b.name


@dataclass(slots=True)
class _Parser:
    tokens: list[Token]
    default_role: Role
    in_brackets: Role | None = None
    at: int = 0
    leftover: list[str] = field(default_factory=list)

    def level(self, parent: _Mention | None, role: Role | None) -> list[_Mention]:
        """The agencies up to the bracket that closes this level; `parent` is the agency before the bracket."""
        mentions: list[_Mention] = []
        pending: list[_Mention] = []
        has_mark_behind = False
        before: Token | None = None
        base = parent.role if parent is not None else self.default_role
        while self.at < len(self.tokens) and self.tokens[self.at].kind != "close":
            token = self.tokens[self.at]
            self.at += 1
            if token.kind == "role":
                role = token.role
            elif token.kind == "agency" and token.agency is not None:
                mentions.append(_Mention(token.agency, role or base, role is not None, token.entry))
                pending.append(mentions[-1])
            elif token.kind == "unknown":
                if before is not None and before.kind == "agency" and (longer := _unit_of(mentions[-1], token.printed)):
                    mentions[-1].agency, mentions[-1].entry = longer, None
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
                token = Token("close", ")")
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
            if _is_one(mention.agency, parent.agency):
                continue
            is_unit = self.in_brackets is None and mention.is_unit_of(parent)
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
    return Agency(above.name + words, words, above.name, above.printed + words, is_local, _behind(above, words))


def _behind(ministry: Agency, words: str) -> str | None:
    """The name today of a unit whose ministry has another one today."""
    return None if ministry.successor is None else ministry.successor + words


def _unknown(words: str, parent: _Mention | None) -> Agency | None:
    """Words that look like an agency's name, as printed; inside a ministry's brackets a unit of that ministry."""
    plain = regex.sub(r"^(?:\d{1,2}[.、]|[及與和暨])", "", words)
    plain = regex.sub(r"等(?:機關|單位)?$", "", plain)
    if len(plain) < 2 or not ENDS_AGENCY.search(plain):
        return None
    above = parent.agency if parent is not None else None
    if above is not None and above.ministry is None and above.is_known and _UNIT_SUFFIX.match(fold(plain)):
        return Agency(above.name + plain, plain, above.name, plain, False, _behind(above, plain))
    return Agency(plain, plain, None, plain, is_known=False)
