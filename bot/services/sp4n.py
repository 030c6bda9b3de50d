"""The exchange with SP4N-LAPOR!, the national complaint system, by file: referred reports go out, answers come in.

LAPOR! has no public interface for handing reports over; access to its own is granted by its managers (the page on its API at
events.opengovindonesia.org/index.php/api), so a file stands in between. The titles are those of LAPOR!'s own Excel list, as far as
they are publicly known: Tracking ID, Tanggal Laporan, Waktu Laporan, Klasifikasi Laporan, Kategori, Judul Laporan, Isi Laporan Awal,
Tipe Laporan, Sumber Laporan, Instansi Terdisposisi, Status Laporan, Kabupaten, Kecamatan, Kelurahan stand so in public dashboards of
agencies that load that list, and in the guide for LAPOR! V3 administrators (titles, classifications, "bukan wewenang"). Ours are added
behind: Nomor Laporan Kota, by which an answer finds its report, Lokasi, Titik Peta, Alasan Penerusan, Cara Penerusan, Isi Tanggapan.

Nobody's name is in the file, and no secret, confidential or supervisory report, as in LAPOR!'s own public data.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.dialogue.knowledge import SheetAnswer, SheetFault
from bot.dialogue.steps.read_back import clipped, where
from bot.dialogue.texts import Speech, speech_for
from bot.services import nameless
from bot.services.office import Office
from bot.services.places import place_of
from bot.services.secrecy import is_hidden
from bot.services.sheets import Row, titled, write_csv, write_xlsx
from storage import Tx, referrals, reports
from storage.tables import Referral, Report

TITLES = (
    "Tracking ID", "Nomor Laporan Kota", "Tanggal Laporan", "Waktu Laporan", "Klasifikasi Laporan", "Kategori", "Judul Laporan",
    "Isi Laporan Awal", "Tipe Laporan", "Sumber Laporan", "Instansi Terdisposisi", "Status Laporan", "Kabupaten", "Kecamatan",
    "Kelurahan", "Lokasi", "Titik Peta", "Alasan Penerusan", "Cara Penerusan", "Isi Tanggapan",
)  # fmt: skip
NUMBER = ("nomor laporan kota", "nomor laporan", "nomor kentongan")
TRACKING = ("tracking id", "id pelacakan", "nomor pelacakan")
ANSWER = ("isi tanggapan", "tanggapan", "tindak lanjut", "jawaban")
STATUS = ("status laporan", "status penyelesaian", "status")
NO_ANSWER = frozenset(
    {"sudah ada tanggapan", "belum ada tanggapan", "-"}
)  # what LAPOR! writes into a column of that name
SOLVED = frozenset({"selesai", "tutup", "laporan selesai", "ditutup"})
TITLE = 80  # characters
LONGEST_TRACKING = 200  # characters; a letter's number may stand beside it
SHOWN = {"tampil": "Publik", "anonim": "Anonim"}


@dataclass(frozen=True, slots=True)
class Exported:
    """The rows of an export, in the order of TITLES, and how many referred reports are too secret for it."""

    rows: tuple[tuple[str, ...], ...]
    left_out: int


def export(tx: Tx, office: Office) -> Exported:
    """Every report that lies with an outside agency now, the longest waiting first."""
    speech = speech_for(office.city, office.city.languages[0])
    lying = referrals.all_open(tx)
    told = [(hop, report) for hop, report in lying if not is_hidden(report, office.city)]
    return Exported(tuple(_row(tx, speech, hop, report) for hop, report in told), len(lying) - len(told))


def as_file(exported: Exported, suffix: str) -> bytes:
    """As ".csv" or ".xlsx". Takes a moment."""
    if suffix == ".csv":
        return write_csv(TITLES, exported.rows)
    return write_xlsx("SP4N-LAPOR", TITLES, exported.rows)


def _row(tx: Tx, speech: Speech, hop: Referral, report: Report) -> tuple[str, ...]:
    said, local = referrals.answers_of(tx, hop), report.created_at.astimezone(speech.city.timezone)
    words = nameless.description_of(tx, report)
    place = place_of(report)
    point = "" if report.lat is None or report.lon is None else f"{report.lat:.6f}, {report.lon:.6f}"
    told = {
        "Tracking ID": hop.reference,
        "Nomor Laporan Kota": report.number,
        "Tanggal Laporan": f"{local:%Y-%m-%d}",
        "Waktu Laporan": f"{local:%H:%M}",
        "Klasifikasi Laporan": speech.say(f"kind_{report.kind}"),
        "Kategori": speech.category(report.category),
        "Judul Laporan": clipped(" ".join(words.split()), TITLE),
        "Isi Laporan Awal": words,
        "Tipe Laporan": SHOWN.get(report.privacy, ""),
        "Sumber Laporan": report.channel,
        "Instansi Terdisposisi": hop.receiver or speech.city.agencies[hop.agency].name,
        "Status Laporan": speech.status(report.status),
        "Kabupaten": report.kota_kab,
        "Kecamatan": report.kecamatan,
        "Kelurahan": report.kelurahan,
        "Lokasi": where(place, reports.place_words_of(tx, report)),
        "Titik Peta": point,
        "Alasan Penerusan": referrals.reason_of(tx, hop),
        "Cara Penerusan": speech.say(f"staff_way_{hop.way}"),
        "Isi Tanggapan": referrals.text_of(tx, said[-1]) if said else "",
    }
    return tuple(told[title] for title in TITLES)


# ---------------------------------------------------------------- the file that comes back


def answers_in(rows: Sequence[Row]) -> tuple[tuple[SheetAnswer, ...], tuple[SheetFault, ...]]:
    """What the rows of an answers file tell, or what is wrong with its titles."""
    titles = {title for row in rows for title in row.cells}
    if not titles & {*NUMBER, *TRACKING} or not titles & {*TRACKING, *ANSWER}:
        needed = "; ".join((TITLES[1], TITLES[0], TITLES[-1]))
        return (), (SheetFault(1, "staff_sheet_titles", (("kolom", needed),)),)
    return tuple(_answer(row) for row in rows), ()


def _answer(row: Row) -> SheetAnswer:
    words = _cell(row, ANSWER)
    return SheetAnswer(
        line=row.line,
        number=_cell(row, NUMBER),
        tracking=_cell(row, TRACKING)[:LONGEST_TRACKING],
        words="" if titled(words) in NO_ANSWER else words,
        solved=titled(_cell(row, STATUS)) in SOLVED,
    )


def _cell(row: Row, titles: Iterable[str]) -> str:
    return next((value for title in titles if (value := row.cells.get(title, ""))), "")


def moment_of(at: datetime) -> str:
    """For the name of a file."""
    return f"{at:%Y%m%d-%H%M}"
