"""What a missing table probably should have been: tables renamed in the code are found again by columns and ties."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analyzer.config import Config
from analyzer.discover import WorkTree
from analyzer.engine import Options, Session
from analyzer.resemblance import Candidate, resemblances

SCHEMA = """
create table clinics (id uuid primary key, title text, street text, opens_at time);
create table doctors (id uuid primary key, clinic_id uuid references clinics, full_name text, licence text);
create table patients (id uuid primary key, full_name text, born_on date, insurance_number text);
create table rooms (id uuid primary key, clinic_id uuid references clinics, floor int, has_sink boolean);
create table visits (
  id uuid primary key, doctor_id uuid references doctors, patient_id uuid references patients,
  room_id uuid references rooms, starts_at timestamptz, reason text
);
create table prescriptions (
  id uuid primary key, visit_id uuid references visits, drug_id uuid references drugs, dose text, days int
);
create table doctor_languages (doctor_id uuid references doctors, language_code text, primary key (doctor_id, language_code));
create table unpaid_bills (id uuid primary key, visit_id uuid references visits, cents int, due_on date);
"""
DRUGS = "create table drugs (id uuid primary key, substance text, maker text, on_formulary boolean);"
CODE = """
import { createClient } from '@supabase/supabase-js';
const db = createClient(process.env.URL!, process.env.KEY!);
export const clinics = () => db.from('clinics').select('id, title, street');
export const doctors = (id: string) => db.from('doctors').select('id, full_name, licence').eq('clinic_id', id);
export const patient = (n: string) => db.from('patients').select('full_name, born_on').eq('insurance_number', n);
export const rooms = (id: string) => db.from('rooms').select('floor, has_sink').eq('clinic_id', id);
export const visits = (id: string) => db.from('visits').select('starts_at, reason, room_id').eq('doctor_id', id);
export const prescribe = () => db.from('prescriptions').insert({ visit_id: 'v', drug_id: 'd', dose: '1', days: 3 });
export const drugs = () => db.from('drugs').select('substance, maker').eq('on_formulary', true);
export const speaks = (id: string) => db.from('doctor_languages').select('language_code').eq('doctor_id', id);
export const bills = (id: string) => db.from('unpaid_bills').select('cents, due_on').eq('visit_id', id);
"""
TABLES = re.findall(r"create table (\w+)", SCHEMA + DRUGS)


def suggested(folder: Path, schema: str, code: str) -> dict[str, tuple[Candidate, ...]]:
    (folder / "supabase/migrations").mkdir(parents=True)
    (folder / "supabase/migrations/1_init.sql").write_text(schema)
    (folder / "db.ts").write_text(code)
    (project,) = Session(WorkTree(folder), ".", Config(), Options()).projects
    return resemblances(project)


def names(found: tuple[Candidate, ...]) -> list[str]:
    return [each.relation.name for each in found]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_under_a_name_that_tells_nothing_is_found_by_its_columns(tmp_path: Path, table: str) -> None:
    code = CODE.replace(f"from('{table}')", "from('quonders')")
    found = suggested(tmp_path, DRUGS + SCHEMA, code)
    assert names(found["quonders"])[:1] == [table]


def test_likeness_flows_along_what_tables_refer_to(tmp_path: Path) -> None:
    """Doctors and patients both have a full name; it is doctors whose languages are kept."""
    alone = "export const a = () => db.from('quonders').select('full_name');\n"
    tied = alone + "export const b = () => db.from('quonder_tongues').select('quonder_id, language_code');\n"
    (tmp_path / "alone").mkdir()
    (tmp_path / "tied").mkdir()
    without = suggested(tmp_path / "alone", DRUGS + SCHEMA, CODE + alone)["quonders"]
    found = suggested(tmp_path / "tied", DRUGS + SCHEMA, CODE + tied)
    assert without[0].score == without[1].score
    assert names(found["quonder_tongues"])[0] == "doctor_languages"
    assert names(found["quonders"])[0] == "doctors"
    assert found["quonders"][0].score > found["quonders"][1].score
    assert "`quonder_id` is to `quonders` what `doctor_id` is to `doctors`" in found["quonder_tongues"][0].evidence


def test_what_only_migrations_need_may_be_meant_too(tmp_path: Path) -> None:
    """No migration makes ``drugs``, but one refers to it: the code's ``medications`` are perhaps those."""
    code = CODE.replace("from('drugs')", "from('medications')").replace("drug_id: 'd'", "medication_id: 'd'")
    found = suggested(tmp_path, SCHEMA, code)
    assert set(found) == {"drugs", "medications"}
    assert "drugs" in names(found["medications"])
    assert all(0 < each.score <= 1 and each.evidence for row in found.values() for each in row)


def test_a_schema_that_has_all_of_it_suggests_nothing(tmp_path: Path) -> None:
    assert suggested(tmp_path, DRUGS + SCHEMA, CODE) == {}


def test_what_is_like_nothing_is_not_suggested(tmp_path: Path) -> None:
    code = (
        CODE + "export const a = () => db.from('weather_stations').select('altitude, wind_speed, last_reading_at');\n"
    )
    assert suggested(tmp_path, DRUGS + SCHEMA, code)["weather_stations"] == ()
