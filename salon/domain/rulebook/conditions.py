"""The small language in which a rule says when it holds: answers compared with plain codes, joined by & | ~."""

from collections.abc import Mapping
from dataclasses import dataclass

Answer = str | int | tuple[str, ...]
Answers = Mapping[str, Answer]


class Condition:
    """Something that holds, or not, for a set of answers; never raises whatever the answers are."""

    __slots__ = ()

    def holds(self, answers: Answers) -> bool:
        """Whether the condition is true for these answers."""
        raise NotImplementedError

    def link_ids(self) -> frozenset[str]:
        """Return the questions that the condition looks at."""
        raise NotImplementedError

    def __and__(self, other: "Condition") -> "Condition":
        return Both(self, other)

    def __or__(self, other: "Condition") -> "Condition":
        return Either(self, other)

    def __invert__(self) -> "Condition":
        return Not(self)


@dataclass(frozen=True, slots=True)
class Raised(Condition):
    """The gate was answered, with anything but `no` or an empty list; a skipped gate raises nothing."""

    link_id: str

    def holds(self, answers: Answers) -> bool:
        return answers.get(self.link_id, "no") not in ("no", ())

    def link_ids(self) -> frozenset[str]:
        return frozenset({self.link_id})

    def __str__(self) -> str:
        return f"{self.link_id} is raised"


@dataclass(frozen=True, slots=True)
class Plainly(Condition):
    """The question was answered with exactly one of these codes."""

    link_id: str
    codes: tuple[str, ...]

    def holds(self, answers: Answers) -> bool:
        return answers.get(self.link_id) in self.codes

    def link_ids(self) -> frozenset[str]:
        return frozenset({self.link_id})

    def __str__(self) -> str:
        return f"{self.link_id} = {' / '.join(self.codes)}"


@dataclass(frozen=True, slots=True)
class AtLeast(Condition):
    """The number was given and is this or more; a missing number is no reading, not a high one."""

    link_id: str
    number: int

    def holds(self, answers: Answers) -> bool:
        value = answers.get(self.link_id)
        return isinstance(value, int) and value >= self.number

    def link_ids(self) -> frozenset[str]:
        return frozenset({self.link_id})

    def __str__(self) -> str:
        return f"{self.link_id} >= {self.number}"


@dataclass(frozen=True, slots=True)
class Both(Condition):
    """Both conditions hold."""

    left: Condition
    right: Condition

    def holds(self, answers: Answers) -> bool:
        return self.left.holds(answers) and self.right.holds(answers)

    def link_ids(self) -> frozenset[str]:
        return self.left.link_ids() | self.right.link_ids()

    def __str__(self) -> str:
        return f"{self.left} and {self.right}"


@dataclass(frozen=True, slots=True)
class Either(Condition):
    """At least one of the two holds."""

    left: Condition
    right: Condition

    def holds(self, answers: Answers) -> bool:
        return self.left.holds(answers) or self.right.holds(answers)

    def link_ids(self) -> frozenset[str]:
        return self.left.link_ids() | self.right.link_ids()

    def __str__(self) -> str:
        return f"({self.left} or {self.right})"


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """The condition does not hold; of an answer: anything else, not sure and unanswered included."""

    inner: Condition

    def holds(self, answers: Answers) -> bool:
        return not self.inner.holds(answers)

    def link_ids(self) -> frozenset[str]:
        return self.inner.link_ids()

    def __str__(self) -> str:
        return f"not ({self.inner})"


def gate(link_id: str) -> Condition:
    """Holds when the gate was answered yes, not sure or with a code of its own."""
    return Raised(link_id)


def answer(link_id: str, *codes: str) -> Condition:
    """Holds when the answer is plainly one of these codes."""
    return Plainly(link_id, codes)


def at_least(link_id: str, number: int) -> Condition:
    """Holds when the number was given and is this or more."""
    return AtLeast(link_id, number)
