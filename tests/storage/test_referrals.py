"""Open hand-overs: one at a time, each hop kept with its answers, and a link that only its receiver can use."""

from typing import Any

import pytest

from storage import Database, Tx, referrals, reports
from storage.tables import Referral, Report
from tests.storage.makers import NOW, later, new_report, new_talk

TOKEN = "a-token-that-nobody-guesses"


def handed_over(tx: Tx, report: Report | None = None, **given: Any) -> tuple[Report, Referral]:
    """A report that lies with an outside agency."""
    report = report or new_report(tx, status="terverifikasi")
    usual: dict[str, Any] = {
        "agency": "", "receiver": "Balai Jalan", "reason": "jalan nasional", "way": "letter", "reference": "",
        "by": None, "now": NOW,
    }  # fmt: skip
    return report, referrals.begin(tx, report, **(usual | given))


def test_a_hand_over_is_open_and_keeps_who_why_and_how(database: Database) -> None:
    def write(tx: Tx) -> None:
        report, hop = handed_over(tx, reference="B-17")
        found = referrals.open_of(tx, report)
        assert found is not None
        assert (found.id, found.hop, found.receiver, found.way, found.reference) == (
            hop.id,
            1,
            "Balai Jalan",
            "letter",
            "B-17",
        )
        assert (found.since, found.chases, found.ended_at, found.outcome) == (NOW, 0, None, "")
        assert referrals.reason_of(tx, found) == "jalan nasional"

    database.run_sync(write)


def test_why_it_was_handed_over_and_what_was_answered_is_kept_sealed(database: Database) -> None:
    def write(tx: Tx) -> None:
        _, hop = handed_over(tx)
        said = referrals.answer(tx, hop, "besok ditambal", contact_id=None, evidence_id=None, now=NOW)
        assert "jalan nasional" not in hop.reason_sealed
        assert "besok ditambal" not in said.text_sealed

    database.run_sync(write)


def test_the_next_hop_ends_the_one_before_as_passed_on(database: Database) -> None:
    def write(tx: Tx) -> None:
        report, _ = handed_over(tx)
        handed_over(tx, report, receiver="Kementerian", now=later(days=9))
        first, second = referrals.of_report(tx, report)
        tx.session.refresh(first)
        assert (first.hop, first.outcome, first.ended_at) == (1, referrals.PASSED_ON, later(days=9))
        assert (second.hop, second.outcome, second.ended_at) == (2, "", None)
        assert referrals.open_of(tx, report) == second

    database.run_sync(write)


def test_a_report_that_lies_nowhere_outside_has_no_open_hop(database: Database) -> None:
    def write(tx: Tx) -> None:
        report, _ = handed_over(tx)
        other = new_report(tx, new_talk(tx, "budi"), number="XYZ-261124-0777-7")
        assert referrals.open_of(tx, other) is None
        assert referrals.end_open(tx, report, "menunggu_konfirmasi", later(days=1)) == 1
        assert referrals.open_of(tx, report) is None
        assert referrals.end_open(tx, report, "ditutup", later(days=2)) == 0
        (hop,) = referrals.of_report(tx, report)
        tx.session.refresh(hop)
        assert hop.outcome == "menunggu_konfirmasi"

    database.run_sync(write)


def test_chases_are_counted_until_the_receiver_answers(database: Database) -> None:
    def write(tx: Tx) -> None:
        report, hop = handed_over(tx)
        assert [referrals.chased(tx, hop) for _ in range(3)] == [1, 2, 3]
        referrals.answer(tx, hop, "sedang dijadwalkan", contact_id=None, evidence_id=None, now=later(days=20))
        tx.session.refresh(hop)
        assert hop.chases == 0
        assert referrals.chased(tx, hop) == 1
        assert referrals.open_of(tx, report) == hop

    database.run_sync(write)


def test_answers_are_kept_in_order_each_with_its_hop(database: Database) -> None:
    def write(tx: Tx) -> None:
        report, first = handed_over(tx)
        for words in ("diterima", "disurvei"):
            referrals.answer(tx, first, words, contact_id=None, evidence_id=None, now=NOW)
        _, second = handed_over(tx, report, receiver="Kementerian")
        referrals.answer(tx, second, "ditambal", contact_id=None, evidence_id=None, now=later(days=1))
        told = [[referrals.text_of(tx, said) for said in referrals.answers_of(tx, hop)] for hop in (first, second)]
        assert told == [["diterima", "disurvei"], ["ditambal"]]

    database.run_sync(write)


def test_the_receivers_own_number_can_become_known_later(database: Database) -> None:
    def write(tx: Tx) -> None:
        report, hop = handed_over(tx)
        referrals.set_reference(tx, hop, "SP-99")
        tx.session.refresh(hop)
        assert hop.reference == "SP-99"
        assert referrals.open_of(tx, report) == hop

    database.run_sync(write)


# ---------------------------------------------------------------- the link


def test_a_link_leads_to_its_hop_until_it_is_too_old(database: Database) -> None:
    def write(tx: Tx) -> None:
        _, hop = handed_over(tx)
        referrals.open_link(tx, hop, TOKEN, later(days=30))
        assert referrals.by_link(tx, TOKEN, later(days=29)) == hop
        assert referrals.by_link(tx, TOKEN, later(days=30)) is None

    database.run_sync(write)


def test_the_token_itself_is_not_kept(database: Database) -> None:
    def write(tx: Tx) -> None:
        _, hop = handed_over(tx)
        referrals.open_link(tx, hop, TOKEN, later(days=30))
        tx.session.refresh(hop)
        assert TOKEN not in repr(hop.model_dump())

    database.run_sync(write)


@pytest.mark.parametrize("token", ["", "another", TOKEN + "x", TOKEN.upper()])
def test_another_token_leads_nowhere(database: Database, token: str) -> None:
    def write(tx: Tx) -> None:
        _, with_link = handed_over(tx)
        handed_over(tx, new_report(tx, new_talk(tx, "budi"), number="XYZ-261124-0777-7"))  # never had a link
        referrals.open_link(tx, with_link, TOKEN, later(days=30))
        assert referrals.by_link(tx, token, NOW) is None

    database.run_sync(write)


def test_a_new_link_makes_the_old_one_worthless(database: Database) -> None:
    def write(tx: Tx) -> None:
        _, hop = handed_over(tx)
        referrals.open_link(tx, hop, "the first", later(days=30))
        referrals.open_link(tx, hop, "the second", later(days=30))
        assert referrals.by_link(tx, "the first", NOW) is None
        assert referrals.by_link(tx, "the second", NOW) == hop

    database.run_sync(write)


def test_a_revoked_link_leads_nowhere(database: Database) -> None:
    def write(tx: Tx) -> None:
        _, hop = handed_over(tx)
        referrals.open_link(tx, hop, TOKEN, later(days=30))
        referrals.revoke_link(tx, hop)
        assert referrals.by_link(tx, TOKEN, NOW) is None

    database.run_sync(write)


def test_the_link_ends_with_its_hop_and_cannot_be_opened_again(database: Database) -> None:
    def write(tx: Tx) -> None:
        report, hop = handed_over(tx)
        referrals.open_link(tx, hop, TOKEN, later(days=30))
        handed_over(tx, report, receiver="Kementerian")
        assert referrals.by_link(tx, TOKEN, NOW) is None
        referrals.open_link(tx, hop, TOKEN, later(days=30))
        assert referrals.by_link(tx, TOKEN, NOW) is None

    database.run_sync(write)


def test_a_hop_is_bound_to_its_step_of_the_history(database: Database) -> None:
    def write(tx: Tx) -> None:
        report, hop = handed_over(tx)
        (step,) = reports.history(tx, report.id)
        referrals.written_as(tx, hop, step.id)
        tx.session.refresh(hop)
        assert hop.change_id == step.id

    database.run_sync(write)


# ---------------------------------------------------------------- many at once


def test_everything_that_lies_outside_is_told_the_longest_waiting_first(database: Database) -> None:
    def write(tx: Tx) -> None:
        late, _ = handed_over(tx, now=later(days=2))
        early, _ = handed_over(tx, new_report(tx, new_talk(tx, "budi"), number="XYZ-261124-0777-7"), now=NOW)
        ended, _ = handed_over(tx, new_report(tx, new_talk(tx, "cici"), number="XYZ-261124-0778-5"), now=NOW)
        referrals.end_open(tx, ended, "menunggu_konfirmasi", later(days=3))
        handed_over(tx, late, receiver="Kementerian", now=later(days=4))
        assert [(hop.receiver, report.id) for hop, report in referrals.all_open(tx)] == [
            ("Balai Jalan", early.id),
            ("Kementerian", late.id),
        ]

    database.run_sync(write)


def test_a_hop_is_found_by_what_stands_in_its_reference(database: Database) -> None:
    def write(tx: Tx) -> None:
        _, hop = handed_over(tx, reference="B-17 / 90%12")
        handed_over(tx, new_report(tx, new_talk(tx, "budi"), number="XYZ-261124-0777-7"), reference="90012")
        assert referrals.bearing(tx, "90%12") == [hop]
        assert referrals.bearing(tx, "B-18") == []

    database.run_sync(write)
