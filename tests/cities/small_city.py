"""A whole city in a few lines, to be broken in one place at a time."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from cities.city import City
from cities.loading import load_city

Tables = dict[str, Any]

_BOTH = {"id": "Halo {sapaan}", "en": "Hello {sapaan}"}

_TABLES: Tables = {
    "city": {
        "id": "contoh",
        "name": "Kota Contoh",
        "timezone": "Asia/Makassar",
        "number_prefix": "CTH",
        "languages": ["id", "en"],
        "holidays": {
            "country": "ID",
            "categories": ["public"],
            "closures": [{"day": "2026-04-01", "name": "Hari jadi kota"}],
        },
        "facts": {"masa_simpan": None, "pengendali": "Diskominfo Contoh"},
    },
    "agencies": {
        "meta": {"renames": [{"old": ["Dinas Lama"], "now": "dishub"}]},
        "agencies": [
            {"id": "diskominfo", "name": "Dinas Kominfo", "short": "Diskominfo", "level": "kota", "type": "dinas"},
            {
                "id": "dishub",
                "name": "Dinas Perhubungan",
                "short": "Dishub",
                "level": "kota",
                "type": "dinas",
                "contacts": [
                    {
                        "kind": "telepon",
                        "value": "112",
                        "verify": False,
                        "confirmed_by": "Diskominfo",
                        "confirmed_on": "2026-01-02",
                    },
                    {"kind": "telepon", "value": "110", "verify": True},
                ],
            },
            {"id": "pln", "name": "PLN", "short": "PLN", "level": "BUMN", "type": "eksternal", "tracked": True},
        ],
    },
    "categories": {
        "meta": {
            "fallback": "lainnya",
            "classifications": [
                {"id": "pengaduan", "label": "Pengaduan", "max_wd": 14},
                {"id": "pengaduan_pengawasan", "label": "Pengawasan", "max_wd": 60, "confidential_default": True},
            ],
            "legal_max": {"verification_wd": {"value": 3}, "first_follow_up_wd": 5, "reporter_reply_days": 10},
            "priorities": [
                {"id": "darurat", "verify_wh": 0, "first_response_wh": 0},
                {"id": "tinggi", "verify_wh": 2, "first_response_wh": 4},
                {"id": "sedang", "verify_wh": 4, "first_response_wh": 7.5},
                {"id": "rendah", "verify_wh": 7.5, "first_response_wh": 22.5},
            ],
            "emergency_rule": {"category": "darurat", "never_alone": ["tolong"], "look_alikes": ["mati lampu"]},
            "self_harm_rule": {"strong": ["bunuh diri"], "weak": ["putus asa"]},
        },
        "categories": [
            {
                "id": "lampu",
                "label": "Lampu jalan",
                "label_en": "Street light",
                "button": {"id": "Lampu", "en": "Light"},
                "description": "Lampu mati",
                "owner": "dishub",
                "support": ["diskominfo"],
                "priority": "sedang",
                "location": "required",
                "photo": "recommended",
                "proof": "photo",
                "dedup": {"radius_m": 50, "window_days": 7},
                "sla": {"first_response_wh": {"value": 7.5}, "resolve_wh": {"value": 22.5}},
                "sub": [
                    {"id": "mati", "label": "Mati", "owner": "dishub", "sla_resolve_wh": 22.5, "priority": "tinggi"},
                    {"id": "padam", "label": "Padam", "owner": "pln", "external": True, "sla_resolve_wh": None},
                ],
                "external": [{"if": "jalan nasional", "to": "pln", "road": "nasional"}],
                "emergency_triggers": ["kesetrum"],
                "lexicon": {"id": ["lampu mati"]},
            },
            {
                "id": "darurat",
                "label": "Darurat",
                "label_en": "Emergency",
                "button": {"id": "Darurat", "en": "Emergency"},
                "description": "Bahaya",
                "owner": "diskominfo",
                "priority": "darurat",
                "location": "required",
                "photo": "optional",
                "proof": "text",
                "sla": {"first_response_wh": 0, "resolve_wh": 0},
                "sub": [
                    {
                        "id": "medis",
                        "label": "Medis",
                        "owner": "diskominfo",
                        "sla_resolve_wh": 0,
                        "triggers": ["kesetrum", "pingsan"],
                    }
                ],
                "lexicon": {"id": ["darurat"]},
            },
            {
                "id": "lainnya",
                "label": "Lainnya",
                "label_en": "Other",
                "button": {"id": "Lainnya", "en": "Other"},
                "description": "Sisanya",
                "owner": "diskominfo",
                "priority": "rendah",
                "classification": "pengaduan_pengawasan",
                "restrict_view": ["administrator", "diskominfo"],
                "location": "optional",
                "photo": "optional",
                "proof": "text",
                "sla": {"first_response_wh": 22.5, "resolve_wh": 105},
                "sub": [
                    {
                        "id": "sikap",
                        "label": "Sikap",
                        "owner": "diskominfo",
                        "sla_resolve_wh": 105,
                        "classification": "pengaduan",
                    }
                ],
                "lexicon": {},
            },
        ],
        "not_accepted": [{"id": "diam", "label": "Tidak dilengkapi", "say": {"id": "belum lengkap", "en": "missing"}}],
    },
    "statuses": {
        "statuses": [
            {
                "code": "diterima",
                "label": {"id": "Diterima", "en": "Received"},
                "clock": "verification",
                "open": True,
                "text": _BOTH,
                "flags": [{"id": "perlu", "label": {"id": "Perlu", "en": "Needs"}}],
            },
            {
                "code": "menunggu",
                "label": {"id": "Menunggu", "en": "Waiting"},
                "clock": "reporter_reply",
                "open": True,
                "open_for_office": False,
                "requires": ["hasil", "bukti"],
                "timeout": {"after_days": 10, "to": "ditutup", "reason": "diam_saja", "remind_after_days": [3, 8]},
                "text": _BOTH,
            },
            {
                "code": "ditutup",
                "label": {"id": "Ditutup", "en": "Closed"},
                "clock": "none",
                "open": False,
                "text": _BOTH,
                "variants": {"diam_saja": {"id": "Ditutup {nomor}", "en": "Closed {nomor}"}},
            },
        ],
        "transitions": [
            {"from": None, "to": "diterima", "by": ["pelapor"], "guard": "isi"},
            {"from": "diterima", "to": "menunggu", "by": ["narahubung"], "guard": "hasil"},
            {"from": ["diterima", "menunggu"], "to": "ditutup", "by": ["pelapor", "sistem"], "guard": "selesai"},
        ],
        "notices": [{"code": "lewat", "text": {"id": "Lewat {tenggat}", "en": "Late {tenggat}"}}],
    },
    "phrases": {
        "phrases": [{"use": "greeting", "id": "Halo!", "en": "Hello!"}],
        "missing_parts": [{"use": "photo", "id": "fotonya", "en": "a photo"}],
        "privacy_words": [{"use": "shown", "id": "tampil", "en": "shown"}],
        "choices": [{"value": "yes", "id": "Ya", "en": "Yes", "also": ["y", "iya"]}],
    },
    "working_hours": {
        "office": {
            "week_hours": {"value": 37.5},
            "hours": {
                "mon_thu": {"start": "07:30", "end": "16:00", "break": ["12:00", "13:00"]},
                "fri": {"start": "07:30", "end": "16:30", "break": ["11:30", "13:00"]},
            },
        },
        "ramadan": {
            "hours": {"mon_thu_sat": {"start": "08:00", "end": "14:00"}, "fri": {"start": "08:00", "end": "11:00"}},
            "dates": {"2026": ["2026-02-19", "2026-03-20"], "note": "approximate"},
        },
        "always_open": {"agencies": ["diskominfo"]},
    },
    "road_authority": {
        "roads": [
            {
                "name": "Jalan Trans",
                "aliases": ["By Pass"],
                "segment": "seluruhnya",
                "status": "nasional",
                "agency": "pln",
                "evidence": ["S01"],
            },
            {"name": "Tol Contoh", "segment": "all", "status": "tol", "agency": "pln", "evidence": ["own"]},
        ]
    },
    "sources": {"sources": {"S01": {"kind": "official", "ref": "buku"}}},
}


def small_city() -> Tables:
    """A fresh copy of the tables, to be changed at will."""
    return deepcopy(_TABLES)


def write(folder: Path, tables: Tables) -> Path:
    """The tables as the YAML files of a city's folder; a text instead of a mapping is written as it is."""
    for name, table in tables.items():
        written = table if isinstance(table, str) else json.dumps(table)  # all JSON is YAML
        (folder / f"{name}.yaml").write_text(written, encoding="utf-8")
    return folder


def load(folder: Path, *changes: Callable[[Tables], Any]) -> City:
    """The small city after the changes, read from `folder`."""
    tables = small_city()
    for change in changes:
        change(tables)
    return load_city(str(write(folder, tables)))
