"""What a chart says: its title, and a number for each thing, with the list it is the size of."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Bar:
    """One number. ``label`` names what it is of where there is much room, ``short`` where there is
    little; ``address`` is the list whose rows it counts."""

    label: str
    number: int
    address: str = ""
    short: str = ""


@dataclass(frozen=True)
class Chart:
    """Numbers side by side. ``note`` says how they are counted; ``upright`` draws columns."""

    key: str
    title: str
    measure: str
    bars: tuple[Bar, ...] = field(default_factory=tuple)
    note: str = ""
    upright: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(bar.number for bar in self.bars)

    @property
    def most(self) -> int:
        """The largest number, at least 1."""
        return max([1, *(bar.number for bar in self.bars)])

    @property
    def in_words(self) -> str:
        """All numbers in one line, for those who cannot see it: 民革 3，民盟 5."""
        return "，".join(f"{bar.label} {bar.number}" for bar in self.bars)
