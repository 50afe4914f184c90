"""consent, dossier and forget as scripts see them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.test_cli import demo_file as demo_file
from tests.e2e.test_cli import kapperboek
from tests.e2e.test_cli import notebook as notebook


def test_consent_adds_a_line_and_tells_what_is_allowed(notebook: Path) -> None:
    ran = kapperboek(notebook, "consent", "412", "news", "email", "given", "--how", "aan de balie", "--json")
    assert ran.code == 0 and ran.json() == {"allowed": {"birthday": ["post"], "news": ["email"]}}, ran.err
    ran = kapperboek(notebook, "consent", "412", "birthday", "post", "withdrawn", "--how", "gebeld", "--json")
    assert ran.json() == {"allowed": {"news": ["email"]}}
    said = kapperboek(notebook, "show", "412", "--json").json()["consents"]
    assert [(line["purpose"], line["state"], line["how"]) for line in said] == [
        ("birthday", "given", "aan de balie"), ("news", "given", "aan de balie"), ("birthday", "withdrawn", "gebeld"),
    ]
    assert kapperboek(notebook, "consent", "412", "news", "pigeon", "given", "--how", "x").code == 2
    assert kapperboek(notebook, "consent", "999999", "news", "post", "given", "--how", "x").code == 4


def test_a_dossier_to_carry_and_one_to_read(notebook: Path, tmp_path: Path) -> None:
    carry, read = tmp_path / "marieke.json", tmp_path / "marieke.pdf"
    assert kapperboek(notebook, "dossier", "412", str(carry), "--json").json() == {"file": str(carry)}
    said = json.loads(carry.read_text("utf-8"))
    assert said["customer"]["number"] == "412" and any(line["health"] for line in said["customer"]["warnings"])
    ran = kapperboek(notebook, "dossier", "412", str(read), env={"DISPLAY": ""})
    assert ran.code == 0, ran.err
    assert read.read_bytes().startswith(b"%PDF") and read.stat().st_size > 5_000
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []
    assert kapperboek(notebook, "dossier", "412", str(tmp_path / "no" / "such.pdf")).code == 1
    assert kapperboek(notebook, "dossier", "412", "marieke.doc").code == 2


def test_forget_leaves_nobody_of_that_number(notebook: Path) -> None:
    before = notebook.read_bytes()
    assert kapperboek(notebook, "forget", "412", "--json").json() == {"forgotten": "412", "left": []}
    assert kapperboek(notebook, "show", "412").code == 4
    found = kapperboek(notebook, "find", "marieke jansen", "--json").json()["results"]
    assert [one for one in found if one["match"] != "similar"] == []
    assert kapperboek(notebook, "check").code == 0
    assert kapperboek(notebook, "forget", "412").code == 4
    notebook.write_bytes(before)  # an older state in its place
    ran = kapperboek(notebook, "show", "412")
    assert ran.code == 4 and "opnieuw vergeten" in ran.err


def test_forget_tells_where_somebody_stands_as_well_and_leaves_what_may_be_another(
    notebook: Path, tmp_path: Path
) -> None:
    """Only the window did; the command cleaned the full name and told of two places."""
    cards = tmp_path / "buren.vcf"
    notes = {"Zwaan Kroostermans": "", "Wie Een": "zag Kroostermans\\, Zwaan", "Wie Twee": "zag Z. Kroostermans"}
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:{}\nNOTE:{}\nEND:VCARD\n"
    cards.write_text("".join(card.format(*one) for one in notes.items()), "utf-8")
    assert kapperboek(notebook, "import", str(cards)).code == 0
    found = kapperboek(notebook, "find", "Kroostermans", "--json").json()["results"]
    (number,) = [one["number"] for one in found if one["name"] == "Zwaan Kroostermans"]
    before = kapperboek(notebook, "forget", number, "--dry-run", "--json").json()
    assert "Wie Een" in [one["name"] for one in before["goes"]] and kapperboek(notebook, "show", number).code == 0
    assert [one["name"] for one in before["left"]] == ["Wie Twee"]
    done = kapperboek(notebook, "forget", number)
    assert "Wie Twee" in done.out and "zag Z. Kroostermans" in done.out and "Wie Een" not in done.out
    found = kapperboek(notebook, "find", "Kroostermans", "--json").json()["results"]
    assert [one["name"] for one in found] == ["Wie Twee"]


def test_forget_tells_beforehand_all_that_it_tells_afterwards(notebook: Path, tmp_path: Path) -> None:
    assert kapperboek(notebook, "export", str(tmp_path / "alles.json")).code == 0
    everybody = json.loads((tmp_path / "alles.json").read_text("utf-8"))["customers"]
    named = {near.get("customer") for one in everybody for near in one["relations"]}
    number = next(one["number"] for one in everybody if one["uid"] in named)
    before = kapperboek(notebook, "forget", number, "--dry-run", "--json").json()
    before.pop("goes")
    assert before["named_on"]
    assert kapperboek(notebook, "forget", number, "--json").json() == before | {"forgotten": number}
