"""Weeks of a small town through both real bots on the stand-in: all is typed, tapped and photographed; the clock is moved by hand."""

import asyncio
import contextlib
import heapq
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.app import Kentongan
from bot.jobs import schedule
from bot.services import staffing
from bot.services.clock import Clock
from storage import Tx, closures, people
from storage import reports as kept
from storage.tables import Report
from tests.app.running import NUMBER, jpeg, running, settings_for
from tests.emulators.bot_api import BotApi
from tests.emulators.people import Person
from tests.emulators.serving import CITIZEN_TOKEN, STAFF_TOKEN

MONDAY = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
"""In Ramadan. Nyepi is on the 19th, Idul Fitri on the 20th; both bring collective leave."""
END = datetime(2026, 3, 25, 1, 0, tzinfo=UTC)
SEED = 20260309
DELAYS = (20, 60, 90, 240, 480, 1440)  # minutes between two steps
STORIES = (
    "verify assign process resolve yes",
    "verify assign_other give_back assign process resolve no process resolve yes",
    "ask answer verify assign process ask_by_owner answer resolve yes",
    "verify refer answered yes",
    "verify assign race resolve yes",
    "verify assign process schedule resolve no",
    "archive open_again verify assign",
    "verify assign undo assign process",
    "verify assign process resolve claim_fails",
    "verify assign",
    "verify assign_other give_back assign_other give_back third_return assign process resolve yes",
    "verify refer refer_on undo_hop refer_on answered no refer answered",
    "verify assign process resolve",
    "verify assign process refer take_back assign process",
    "ask",
    "archive undo_archive verify assign race",
)
OUTSIDE, FARTHER = "pln", "Pengelola kawasan"


class NoTicks:
    """The scheduler of a program whose time is moved by hand."""

    def shutdown(self, *, wait: bool) -> None: ...


@dataclass
class Month:
    """The program, the people at the two bots, and what was done when."""

    api: BotApi
    kentongan: Kentongan
    now: datetime = MONDAY
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    ticks: list[datetime] = field(default_factory=list)
    closed: list[tuple[datetime, frozenset[tuple[date, str]]]] = field(default_factory=list)
    reporters: dict[str, Person] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)
    races: list[tuple[int, int]] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        def staff(id_: int, name: str) -> Person:
            return Person(self.api, STAFF_TOKEN, id=id_, name=name)

        self.admin, self.other_admin = staff(900, "Admin"), staff(901, "Admin lain")
        self.owner, self.deputy, self.boss = staff(902, "Nara"), staff(903, "Wakil"), staff(904, "Bapak")
        self.people = (self.admin, self.other_admin, self.owner, self.deputy, self.boss)

    # ------------------------------------------------------------ talking

    async def quiet(self) -> None:
        """Until everything that was said is answered, and everything that is due has arrived."""
        while any(self.api.waiting(token) for token in (CITIZEN_TOKEN, STAFF_TOKEN)):  # noqa: ASYNC110 - nobody tells us
            await asyncio.sleep(0.01)
        await self.kentongan.work.rest()

    async def says(self, person: Person, text: str) -> str:
        return await self._after(person, lambda: person.write(text))

    async def taps(self, person: Person, label: str) -> str:
        return await self._after(person, lambda: person.tap(label))

    async def shows(self, person: Person, document: bool, caption: str) -> str:
        def send() -> int:
            if document:
                return person.send_document(b"%PDF-1.4 bukti", "bukti.pdf", "application/pdf", caption)
            return person.send_photo(jpeg((200, 220, 90)), caption)

        return await self._after(person, send)

    async def _after(self, person: Person, act: Callable[[], object]) -> str:
        before = len(person.messages)
        act()
        await self.quiet()
        return "\n".join(message.text for message in person.messages[before:])

    # ------------------------------------------------------------ time

    async def tick(self) -> None:
        self.ticks.append(self.now)
        await schedule.tick_often(self.kentongan.tools)
        await schedule.tick_seldom(self.kentongan.tools)
        await self.quiet()

    async def until(self, moment: datetime) -> None:
        while self.now < moment:
            self.now = min(moment, self.now + timedelta(hours=6))
            await self.tick()

    # ------------------------------------------------------------ looking

    async def report(self, number: str) -> Report:
        found = await self.kentongan.db.read(kept.by_number, number)
        assert found is not None
        return found

    async def agency_for(self, number: str, *, other: bool = False) -> str:
        """One that may see it: its category's owner, or for a first try somebody else."""
        city = self.kentongan.city
        category = city.categories[(await self.report(number)).category]
        fits = [id_ for id_ in (category.owner, *category.support, "dishub") if city.agencies[id_].inside_city]
        allowed = [id_ for id_ in fits if not category.restrict_view or id_ in category.restrict_view]
        return allowed[-1] if other else allowed[0]

    # ------------------------------------------------------------ people

    async def join(self) -> None:
        """Everybody takes a role by deep link; the contact person and the deputy then work for every agency."""
        agencies = [each.id for each in self.kentongan.city.agencies.values() if each.inside_city]
        roles = ("administrator", "administrator", "narahubung", "wakil", "pimpinan")
        for person, role in zip(self.people, roles, strict=True):
            agency = agencies[0] if role in ("narahubung", "wakil") else ""
            code = await self.kentongan.db.run(staffing.invite, self.kentongan.city, role, agency, self.now)
            assert "Selamat bergabung" in await self._after(person, lambda code=code, who=person: who.start(code))
            if agency:
                await self.kentongan.db.run(self._works_for_all, str(person.id), role, agencies[1:])

    def _works_for_all(self, tx: Tx, who: str, role: str, agencies: list[str]) -> None:
        address = people.find_or_create_address(tx, "telegram", "staff", who, now=self.now)
        for agency in agencies:
            people.grant_role(tx, address.contact_id, role, agency, self.now)

    async def file(self, n: int, category: str) -> str:
        citizen = Person(self.api, CITIZEN_TOKEN, id=5000 + n, name=f"Warga {n}")
        assert "Cisitu" in await self.says(citizen, f"ada masalah nomor {n} di depan rumah")
        if "Beda" in citizen.messages[-1].buttons:  # a neighbour reported something meanwhile
            await self.taps(citizen, "Beda")
        number = NUMBER.search(await self.taps(citizen, "Kirim"))
        assert number, citizen.messages[-1].text
        self.reporters[number[0]], self.categories[number[0]] = citizen, category
        return number[0]

    # ------------------------------------------------------------ steps of a story

    async def do(self, step: str, number: str) -> None:
        await getattr(self, step)(number)
        self.done[step] += 1

    async def verify(self, number: str) -> None:
        who = self.chance.choice((self.admin, self.other_admin))
        label = self.kentongan.city.categories[self.categories[number]].label["id"]
        assert "Sudah benar" in str((await self.says(who, f"/verifikasi {number} {label}"), who.messages[-1].buttons))
        assert "sudah diverifikasi" in await self.taps(who, "Sudah benar")

    async def assign(self, number: str, *, other: bool = False) -> None:
        agency = await self.agency_for(number, other=other)
        said = await self.says(self.admin, f"/disposisi {number} {agency.replace('_', ' ')} sesuai bidang")
        assert "diteruskan ke" in said, said

    async def assign_other(self, number: str) -> None:
        await self.assign(number, other=True)

    async def undo(self, number: str) -> None:
        assert "diurungkan" in await self.says(self.admin, f"/urungkan {number}")

    async def undo_hop(self, number: str) -> None:
        """The hop before goes on: the news of the one that was taken back was not out yet."""
        await self.undo(number)
        assert (await self.report(number)).status == "diteruskan"

    async def undo_archive(self, number: str) -> None:
        await self.undo(number)
        assert (await self.report(number)).status == "diterima"

    async def open_again(self, number: str) -> None:
        await self.says(self.other_admin, f"/buka {number} bukan spam")
        assert (await self.report(number)).status == "diterima"

    async def give_back(self, number: str) -> None:
        owner = "dlh" if (await self.report(number)).agency == "dpkp" else "dpkp"
        said = await self.says(self.owner, f"/kembalikan {number} {owner} bukan kewenangan kami")
        assert "dikembalikan" in said, said

    async def process(self, number: str) -> None:
        if (await self.report(number)).status != "diproses":
            who = self.chance.choice((self.owner, self.deputy))
            assert "sedang ditangani" in await self.says(who, f"/proses {number} tim berangkat")

    async def race(self, number: str) -> None:
        """Two people act on one report at once: one is too late and is told who was faster."""
        before = {each.id: len(each.messages) for each in (self.owner, self.deputy)}
        with self.api.holding():
            for each in (self.owner, self.deputy):
                each.write(f"/proses {number} saya kerjakan")
        await self.quiet()
        said = [each.messages[before[each.id]].text for each in (self.owner, self.deputy)]
        won, lost = ("sedang ditangani. " in text or "Pelapor dikabari" in text for text in said)
        late = [text for text in said if "diproses" in text or "Sedang ditangani" in text]
        self.races.append((won + lost, len(late)))

    async def resolve(self, number: str) -> None:
        category = self.kentongan.city.categories[(await self.report(number)).category]
        said = await self.says(self.owner, f"/selesai {number} sudah beres")
        if category.proof != "text":
            said = await self.shows(self.owner, category.proof == "document", "")
        assert "dinyatakan selesai" in said, said

    async def claim_fails(self, number: str) -> None:
        await self.says(self.admin, f"/proses {number} foto tidak menunjukkan hasil")
        assert (await self.report(number)).status == "diproses"

    async def yes(self, number: str) -> None:
        await self.taps(self.reporters[number], "Sudah")
        assert (await self.report(number)).status == "ditutup"

    async def no(self, number: str) -> None:
        lies_outside = not (await self.report(number)).agency
        await self.taps(self.reporters[number], "Belum")
        assert (await self.report(number)).status == ("dibuka_kembali" if lies_outside else "didisposisikan")

    async def ask(self, number: str, who: Person | None = None) -> None:
        await self.says(who or self.admin, f"/lengkapi {number} Di sisi mana?")
        assert (await self.report(number)).status == "perlu_dilengkapi"

    async def ask_by_owner(self, number: str) -> None:
        await self.ask(number, self.owner)

    async def answer(self, number: str) -> None:
        citizen = self.reporters[number]
        await self.taps(citizen, "Jawab")
        await self.says(citizen, "sebelah kiri")
        assert (await self.report(number)).status in ("diterima", "diproses")

    async def third_return(self, number: str) -> None:
        """After two returns the secretariat decides: its decision is not given back."""
        await self.assign(number)
        said = await self.says(self.owner, f"/kembalikan {number} dpkp tetap bukan kami")
        assert "Setda" in said, said
        await self.says(self.admin, f"/kembalikan {number} Setda berubah pikiran")

    async def refer(self, number: str, receiver: str = OUTSIDE, name: str = "PLN") -> None:
        await self.says(self.admin, f"/teruskan {number} {receiver}")
        await self.says(self.admin, "milik instansi lain")
        await self.taps(self.admin, "Telepon")
        said = await self.taps(self.admin, "Belum ada")
        assert f"diteruskan ke {name}" in said, said

    async def refer_on(self, number: str) -> None:
        await self.refer(number, FARTHER, FARTHER)

    async def take_back(self, number: str) -> None:
        said = await self.says(self.admin, f"/kembalikan {number} ternyata milik kota")
        assert "diambil kembali" in said, said

    async def answered(self, number: str) -> None:
        await self.says(self.admin, f"/kabar {number} sudah kami perbaiki")
        assert "dinyatakan selesai" in await self.taps(self.admin, "Nyatakan selesai")

    async def schedule(self, number: str) -> None:
        day = self.now.date() + timedelta(days=self.chance.randint(2, 9))
        said = await self.says(self.owner, f"/jadwalkan {number} {day.day}/{day.month} menunggu alat")
        assert "dijadwalkan" in said, said

    async def archive(self, number: str) -> None:
        await self.says(self.admin, f"/arsipkan {number} spam")
        assert (await self.report(number)).status == "diarsipkan"

    async def libur(self, argument: str) -> None:
        await self.says(self.admin, f"/libur {argument}")
        self.closed.append((self.now, await self.kentongan.db.read(closures.closed_days)))


async def play(month: Month, reports: int) -> None:
    """File and tell every story; the order of everything is the chance of one seed."""
    await month.join()
    categories = list(month.kentongan.city.categories)
    order = count()
    queue: list[tuple[datetime, int, str, object]] = []
    for n in range(reports):
        at = MONDAY + timedelta(minutes=20 * month.chance.randrange(4 * 72))
        heapq.heappush(queue, (at, next(order), "file", (n, STORIES[n % len(STORIES)].split())))
    days_off = ((30, "16/3/2026 surat edaran"), (52, "12/3/2026 kantor kebanjiran dishub"), (100, "hapus 16/3/2026"))
    for hours, argument in days_off:
        heapq.heappush(queue, (MONDAY + timedelta(hours=hours), next(order), "libur", argument))
    while queue:
        at, _, what, about = heapq.heappop(queue)
        await month.until(at)
        if what == "libur":
            await month.libur(str(about))
            continue
        first, steps = about  # type: ignore[misc]
        if what == "file":
            number = await month.file(first, categories[9 * first % len(categories)])
        else:
            number = first
            await month.do(steps[0], number)
            steps = steps[1:]
        if steps:
            wait = 3 if steps[0].startswith("undo") else month.chance.choice(DELAYS)
            heapq.heappush(queue, (at + timedelta(minutes=wait), next(order), "step", (number, steps)))
    await month.until(END)


@contextlib.asynccontextmanager
async def month_of(folder: Path, api: BotApi, api_url: str, reports: int) -> AsyncIterator[Month]:
    """The month, played; the program still runs and can be looked into."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("bot.jobs.schedule.start_ticking", lambda tools: NoTicks())
        async with running(settings_for(folder, api_url)) as kentongan:
            month = Month(api, kentongan)
            kentongan.clock = kentongan.tools.clock = Clock(now=lambda: month.now)
            kentongan.tools.office = replace(kentongan.tools.office, patient=False)
            await play(month, reports)
            yield month
