"""Ten thousand customers in: against reading them alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from time import perf_counter

from benchmarks import salons
from benchmarks.figures import Figure, alternating, ratio, seconds
from kapperboek import demo
from kapperboek.domain.records import CustomerRecord
from kapperboek.storage.opening import open_notebook

CUSTOMERS = 10_000
ROUNDS = 3
HEADINGS = (
    "Voornaam",
    "Tussenvoegsel",
    "Achternaam",
    "Telefoon",
    "E-mail",
    "Straat",
    "Nr",
    "Postcode",
    "Plaats",
    "Geboortedatum",
)


def _people() -> list[CustomerRecord]:
    return list(demo.records(CUSTOMERS, salons.SEED, salons.DAY, 0))


def vcard() -> Iterable[Figure]:
    """10,000 cards as a telephone writes them, against vobject parsing them."""
    try:
        import vobject
    except ImportError:
        yield Figure("import_vcard_ratio", 0.0, "×", "peer absent", None)
        return
    folder = Path(mkdtemp())
    path = folder / "contacten.vcf"
    path.write_text("".join(map(_card, _people())), "utf-8", newline="")

    def peer() -> None:
        with path.open(encoding="utf-8", newline="") as file:
            assert sum(1 for _card in vobject.readComponents(file)) == CUSTOMERS

    found = alternating(ROUNDS, peer=lambda: seconds(peer), ours=_import(path, folder))
    shutil.rmtree(folder)
    floor = f"vobject parsing alone {median(found['peer']):.2f} s"
    note = f"imported in {median(found['ours']):.2f} s, keyed, everything included"
    yield Figure("import_vcard_ratio", ratio(found, "ours", "peer"), "×", floor, 0.5, note)


def xlsx() -> Iterable[Figure]:
    """10,000 rows of a spreadsheet, against calamine and a plain executemany."""
    import xlsxwriter

    folder = Path(mkdtemp())
    path = folder / "klanten.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Klanten")
        sheet.write_row(0, 0, HEADINGS)
        for place, record in enumerate(_people(), 1):
            sheet.write_row(place, 0, _row(record))
    found = alternating(ROUNDS, peer=_plain(path, folder), ours=_import(path, folder))
    shutil.rmtree(folder)
    floor = f"calamine and executemany {median(found['peer']):.2f} s"
    note = f"imported in {median(found['ours']):.2f} s, keyed, everything included"
    yield Figure("import_xlsx_ratio", ratio(found, "ours", "peer"), "×", floor, 4.0, note)


def _import(path: Path, folder: Path) -> Callable[[], float]:
    """A whole import into a new keyed notebook; only the import is timed."""
    from kapperboek.services.importing import importing
    from kapperboek.services.keeping import notebooks

    def run() -> float:
        target = folder / "nieuw.kapperboek"
        target.unlink(missing_ok=True)
        with notebooks.create(
            target, key=salons.KEY, shop_name="Salon", staff_name="Sanne", clock=salons.CLOCK
        ) as book:
            start = perf_counter()
            [report] = importing.import_files(book, [path]).files
            took = perf_counter() - start
        assert (report.read, report.failed) == (CUSTOMERS, ())
        return took

    return run


def _plain(path: Path, folder: Path) -> Callable[[], float]:
    """The floor: rows out of the sheet into one table of a keyed file, nothing understood."""
    from python_calamine import CalamineWorkbook

    from kapperboek.storage.file.notebook import Notebook

    def work(book: Notebook) -> None:
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        book.connection.execute("BEGIN IMMEDIATE")
        marks = ", ".join("?" * len(HEADINGS))
        book.connection.executemany(f"INSERT INTO plain VALUES ({marks})", [list(map(str, row)) for row in rows])
        book.connection.execute("COMMIT")

    def run() -> float:
        target = folder / "plat.kapperboek"
        target.unlink(missing_ok=True)
        with open_notebook(target, key=salons.KEY, create=True, clock=salons.CLOCK) as book:
            columns = ", ".join(f"c{place}" for place in range(len(HEADINGS)))
            book.connection.execute(f"CREATE TABLE plain ({columns})")
            return seconds(lambda: work(book))

    return run


def _card(record: CustomerRecord) -> str:
    name = " ".join(filter(None, (record.given_name, record.prefix, record.family_name))) or record.organisation
    family = " ".join(filter(None, (record.prefix, record.family_name)))
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{family};{record.given_name};;;", f"FN:{name}", f"UID:{record.uid}"]
    lines += [f"TEL;TYPE=CELL:{phone.value}" for phone in record.phones]
    lines += [f"EMAIL;TYPE=INTERNET:{mail.value}" for mail in record.emails]
    lines += [f"ORG:{record.organisation}"] if record.organisation else []
    lines += [
        f"ADR;TYPE=HOME:;;{home.street} {home.number};{home.place};;{home.postcode};Nederland"
        for home in record.addresses
    ]
    lines += [f"BDAY:{record.birthday}"] if record.birthday and not record.birthday.startswith("-") else []
    return "\r\n".join([*lines, "END:VCARD", ""])


def _row(record: CustomerRecord) -> tuple[str, ...]:
    home = record.addresses[0] if record.addresses else None
    place = (home.street, home.number, home.postcode, home.place) if home else ("", "", "", "")
    born = record.birthday or ""
    day = f"{born[8:]}-{born[5:7]}-{born[:4]}" if born and not born.startswith("-") else ""
    phone = record.phones[0].value if record.phones else ""
    mail = record.emails[0].value if record.emails else ""
    name = record.family_name or record.organisation
    return (record.given_name, record.prefix, name, phone, mail, *place, day)
