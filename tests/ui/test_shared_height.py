"""The lines of Today use the height there is, and what is not whole ends in …"""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.layout.shared_height import Arrangements, arranged
from kapperboek.ui.widgets.lists.action_rows import Part, Row, arrange
from kapperboek.ui.widgets.lists.compact_rows import AIRY, LOW

WIDTH = 380
POINTS = ("Verbouwing van het grote huis al klaar?", "Al een hond uitgezocht?")
PLAIN = Row("Wim de Groot", lines=(("Knippen heren, 25 min · laatst 6 weken geleden", "soft"),), compact="line")
ROWS = [
    PLAIN._replace(lines=(("Geen haarverf met PPD · Let op: gezondheidsgegeven", "coral"), *PLAIN.lines)),
    PLAIN._replace(snips=POINTS),
    PLAIN,
    PLAIN._replace(snips=("Musical?",)),
    PLAIN._replace(snips=POINTS),
]


def high(*forms: object) -> int:
    return sum(arranged(row, WIDTH, form)[1] for row, form in zip(ROWS, forms, strict=True))  # type: ignore[arg-type]


def test_height_that_is_left_makes_words_whole(qapp: QApplication) -> None:
    theme.apply(qapp, "light", 100)
    low, airy = high(*[LOW] * len(ROWS)), high(*[AIRY] * len(ROWS))
    assert Arrangements(ROWS).share(WIDTH, low - 1) == [LOW] * len(ROWS), "what comes below is seen as early as can be"
    assert Arrangements(ROWS).share(WIDTH, airy) == [AIRY] * len(ROWS)
    whole: list[int] = []
    for height in range(low + 1, airy, 5):
        forms = Arrangements(ROWS).share(WIDTH, height)
        left = height - high(*forms)
        assert left >= 0
        for place, form in enumerate(forms):
            longer = [*forms[:place], form._replace(warning=True, points=True, facts=True), *forms[place + 1 :]]
            more = high(*longer) - high(*forms)
            assert more == 0 or left < more, "height is left, and words are shortened"
        whole.append(sum(form.points for form in forms))
    assert len(set(whole)) > 2, "one row after the other"


def test_what_is_shortened_says_so(qapp: QApplication) -> None:
    theme.apply(qapp, "light", 100)
    much = " ".join(["Nabellen over de kleur"] * 20)
    row = Row("Joke", lines=((much, "ink"),), snips=(much,) * 4, compact="text")
    for parts in (arranged(row, WIDTH, LOW)[0], arranged(row, WIDTH, AIRY)[0], arrange(row, WIDTH)[0]):
        divided = [part for part in parts if part.kind in ("wrapped", "snip")]
        assert divided and all(part.text.endswith("…") for part in divided)
        for part in divided:
            assert max(theme.width(line, part.size, part.weight) for line in part.text.split("\n")) <= part.rect.width()
    low, airy = (_chips(arranged(row, WIDTH, form)[0]) for form in (LOW, AIRY))
    assert low[-1] == "+2" and airy[-1] == "+1", "how many more there are is said in every form"


def _chips(parts: list[Part]) -> list[str]:
    return [part.text for part in parts if part.kind == "chip"]


def test_a_question_says_something_or_is_left_out_and_a_number_is_never_cut(qapp: QApplication) -> None:
    theme.apply(qapp, "light", 100)
    asked = "vraag: Waar gaat ze dit jaar met de kinderen heen?"
    short, long = PLAIN._replace(lines=(("Knippen", "soft"),), question=asked), PLAIN._replace(question=asked)
    for row, width, seen in ((short, WIDTH, True), (long, WIDTH, False), (long, 700, True)):
        said = " ".join(part.text for part in arranged(row, width, LOW)[0])
        assert ("vraag: Waar gaat ze dit jaar" in said, "vraag" in said) == (seen, seen)
    airy = " ".join(part.text for part in arranged(long, 300, AIRY)[0]).replace("\n", " ")
    assert "vraag" not in airy or asked[:27] in airy
    twin = PLAIN._replace(name="Mohamed van der Wal-Oosterhuizen #8512", right=("09:30", ""), due=("morgen", "plum"))
    for parts in (arranged(twin, 260, LOW)[0], arrange(twin, 260)[0]):
        name = next(part for part in parts if "Mohamed" in part.text and part.kind == "text")
        assert name.text.endswith("… #8512") and theme.width(name.text, 15, 600) <= name.rect.width() + 0.5
