"""The table of staff commands. Menus, help and the first check of rights are read from it."""

from collections.abc import Iterable
from dataclasses import dataclass

ADMINISTRATOR = "administrator"
NARAHUBUNG = "narahubung"
PIMPINAN = "pimpinan"
AUDITOR = "auditor"
DEPUTY = "wakil"
"""Does what the narahubung of the agency does, and is told when nobody else can be, or when something is late."""
ROLES = (ADMINISTRATOR, NARAHUBUNG, DEPUTY, PIMPINAN, AUDITOR)
EVERYBODY = frozenset(ROLES)
WORKING = frozenset({ADMINISTRATOR, NARAHUBUNG})


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that staff can ask for."""

    name: str  # without the slash
    arguments: str  # as shown in the help
    roles: frozenset[str]

    @property
    def help(self) -> str:
        """Message id of one line of help."""
        return f"staff_help_{self.name}"


COMMANDS = (
    Command("antrean", "[saya|baru|lewat] [halaman]", EVERYBODY),
    Command("tugas", "", EVERYBODY),
    Command("cari", "<kata atau nomor>", EVERYBODY),
    Command("lihat", "<nomor>", EVERYBODY),
    Command("verifikasi", "<nomor>", frozenset({ADMINISTRATOR})),
    Command("lengkapi", "<nomor> [foto|tempat|uraian|waktu|pertanyaan]", WORKING),
    Command("disposisi", "<nomor> [OPD]", frozenset({ADMINISTRATOR})),
    Command("proses", "<nomor> [keterangan]", WORKING),
    Command("jadwalkan", "<nomor> <tanggal> <alasan>", WORKING),
    Command("selesai", "<nomor> [hasil]", frozenset({NARAHUBUNG})),
    Command("urungkan", "<nomor>", WORKING),
    Command("templat", "[baru <nama>: <teks>|hapus <nama>]", WORKING),
    Command("catatan", "<nomor> [catatan]", WORKING),
    Command("teruskan", "<nomor> [instansi]", frozenset({ADMINISTRATOR})),
    Command("kabar", "<nomor> [jawaban]", frozenset({ADMINISTRATOR})),
    Command("surat", "<nomor>", frozenset({ADMINISTRATOR})),
    Command("cabut", "<nomor>", frozenset({ADMINISTRATOR})),
    Command("sp4n", "", frozenset({ADMINISTRATOR})),
    Command("tutup", "<nomor> [alasan]", frozenset({ADMINISTRATOR})),
    Command("kembalikan", "<nomor> <OPD yang berwenang> [alasan]", WORKING),
    Command("gabung", "<nomor> <nomor induk>", frozenset({ADMINISTRATOR})),
    Command("pisah", "<nomor>", frozenset({ADMINISTRATOR})),
    Command("arsipkan", "<nomor> [alasan]", frozenset({ADMINISTRATOR})),
    Command("buka", "<nomor> [alasan]", frozenset({ADMINISTRATOR})),
    Command("darurat", "<nomor> [alasan]", frozenset({ADMINISTRATOR})),
    Command("kim", "[baru|undang|lihat|perpanjang|akhiri] ...", frozenset({ADMINISTRATOR})),
    Command("libur", "[hapus] [tanggal] [alasan] [OPD]", frozenset({ADMINISTRATOR})),
    Command("rekap", "", EVERYBODY),
    Command("statistik", "[opd|kategori|kelurahan|bulan|rujukan] [2026|2026-11]", EVERYBODY),
    Command("balas", "[urutan|selesai]", frozenset({ADMINISTRATOR})),
    Command("foto", "<nomor> [urutan]", frozenset({ADMINISTRATOR})),
    Command("pesan", "<nomor>", EVERYBODY),
    Command("akses", "<nomor>", frozenset({ADMINISTRATOR, AUDITOR})),
    Command("siaran", "[baru|nomor siaran]", frozenset({ADMINISTRATOR})),
    Command("undang", "<peran> [OPD] [masa berlaku]", frozenset({ADMINISTRATOR})),
    Command("keluar", "", EVERYBODY),
    Command("grup", "[OPD]", WORKING),
    Command("bantuan", "", EVERYBODY),
)

IN_GROUPS = frozenset(
    {"antrean", "tugas", "lihat", "proses", "selesai", "jadwalkan", "catatan", "kembalikan", "bantuan", "batal", "grup"}
)
"""What may be asked for in a group of an agency; the rest shows or does what is nobody's business there."""


def commands_for(roles: Iterable[str]) -> tuple[Command, ...]:
    """The commands that somebody with these roles may use; a deputy has those of a narahubung."""
    held = frozenset(roles)
    held |= {NARAHUBUNG} if DEPUTY in held else frozenset()
    return tuple(command for command in COMMANDS if command.roles & held)
