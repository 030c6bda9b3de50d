"""``/statistik``: numbers about reports, each with its n; a share only where at least five stand behind it."""

from datetime import timedelta

from bot.dialogue.knowledge import Figures, Group, Spread
from bot.dialogue.replies import Choice
from bot.dialogue.turn import Scene, Turn
from bot.staff.spans import AGENCY, CATEGORY, MONTH, OUTSIDE, PARTS, WHOLE, FiguresAsked, choice_value, tapped, typed

LEAST_FOR_SHARE = 5  # a percentage of fewer says nothing
PAGE = 8  # groups


def show(scene: Scene, argument: str) -> Turn:
    """What was asked for by command."""
    return _show(scene, typed(argument))


def turn_to(scene: Scene, what: str) -> Turn:
    """What was asked for by a tap; ``what`` is its value without the kind."""
    return _show(scene, tapped(f"figures:{what}"))


def _show(scene: Scene, asked: FiguresAsked | None) -> Turn:
    told = scene.know.figures
    if asked is None or told is None:
        return scene.reply(scene.say("staff_figures_arguments"), _parts(scene, FiguresAsked()), task=None, step="idle")
    if told.span.since > told.span.until:
        return scene.reply(scene.say("staff_figures_to_come"), _parts(scene, FiguresAsked()), task=None, step="idle")
    if asked.part == WHOLE:
        return scene.reply("\n".join(_whole(scene, told)), _parts(scene, asked), task=None, step="idle")
    groups = told.receivers if asked.part == OUTSIDE else told.by[asked.part]
    pages = max(1, -(-len(groups) // PAGE))
    page = min(asked.page, pages)
    shown = groups[(page - 1) * PAGE : page * PAGE]
    head = scene.say(f"staff_figures_by_{asked.part}", halaman=page, dari=pages, n=sum(group.n for group in groups))
    line = _outside if asked.part == OUTSIDE else _line
    lines = [_head(scene, told), head, *(line(scene, asked.part, group) for group in shown)]
    more = (Choice(choice_value(FiguresAsked(asked.part, asked.span, page + 1)), scene.say("staff_next_page")),)
    offered = (
        *(more if page < pages else ()),
        Choice(choice_value(FiguresAsked(WHOLE, asked.span)), scene.say("staff_figures_all")),
    )
    return scene.reply("\n".join(lines), offered, task=None, step="idle")


def share(scene: Scene, part: int, whole: int) -> str:
    """ " (63 %)", or nothing where fewer than five stand behind it."""
    return scene.say("staff_figures_share", persen=round(100 * part / whole)) if whole >= LEAST_FOR_SHARE else ""


def _head(scene: Scene, told: Figures) -> str:
    day = scene.speech.day
    return scene.say(
        "staff_figures",
        dari=day(told.span.since),
        sampai=day(told.span.until - timedelta(microseconds=1)),
        n=told.whole.n,
    )


def _whole(scene: Scene, told: Figures) -> list[str]:
    whole = told.whole
    closed = whole.confirmed + whole.timed_out + whole.otherwise
    lines = [
        _head(scene, told),
        scene.say("staff_figures_open", n=whole.open),
        scene.say("staff_figures_answer", nilai=_spread(scene, whole.to_answer)),
        scene.say("staff_figures_solve", nilai=_spread(scene, whole.to_solve)),
        scene.say(
            "staff_figures_closed", n=closed, benar=whole.confirmed, bagian=share(scene, whole.confirmed, closed),
            diam=whole.timed_out, lain=whole.otherwise,
        ),
    ]  # fmt: skip
    referred = sum(n for _, n in told.hops)
    hops = ", ".join(scene.say("staff_figures_hop", kali=hops, n=n) for hops, n in told.hops)
    lines.append(scene.say("staff_figures_referred", n=referred, rincian=f" ({hops})" if hops else ""))
    number = scene.speech.number
    lines.append(
        scene.say(
            "staff_figures_unowned", total=number(told.unowned.total), median=number(told.unowned.median),
            n=told.unowned.n,
        )
    )  # fmt: skip
    return lines


def _line(scene: Scene, part: str, group: Group) -> str:
    closed = group.confirmed + group.timed_out + group.otherwise
    return scene.say(
        "staff_figures_line",
        nama=_name(scene, part, group.id),
        n=group.n,
        buka=group.open,
        jawab=_spread(scene, group.to_answer),
        tuntas=_spread(scene, group.to_solve),
        benar=group.confirmed,
        bagian=share(scene, group.confirmed, closed),
        diam=group.timed_out,
        lain=group.otherwise,
    )


def _outside(scene: Scene, part: str, group: Group) -> str:
    """One receiver; how long its first answer took stands only where there was one."""
    number = scene.speech.number
    return scene.say(
        "staff_figures_outside",
        nama=_name(scene, part, group.id),
        n=group.n,
        buka=group.open,
        jawab=group.confirmed,
        bagian=share(scene, group.confirmed, group.n),
        jawaban=scene.say("staff_figures_first_answer", median=number(group.to_answer.median))
        if group.to_answer.n
        else "",
    )


def _spread(scene: Scene, spread: Spread) -> str:
    if not spread.n:
        return scene.say("staff_figures_none")
    number = scene.speech.number
    return scene.say("staff_figures_spread", median=number(spread.median), p90=number(spread.ninety), n=spread.n)


def _name(scene: Scene, part: str, id_: str) -> str:
    city = scene.know.city
    if part == AGENCY and not id_:
        return scene.say("staff_figures_no_agency")
    if part in (AGENCY, OUTSIDE):
        return scene.speech.agency(id_) if id_ in city.agencies else id_
    if part == CATEGORY:
        return scene.speech.category(id_) if id_ in city.categories else id_
    if part == MONTH:
        return id_
    return id_ or scene.say("place_unknown")


def _parts(scene: Scene, asked: FiguresAsked) -> tuple[Choice, ...]:
    return tuple(
        Choice(choice_value(FiguresAsked(part, asked.span)), scene.say(f"staff_figures_button_{part}"))
        for part in PARTS
    )
