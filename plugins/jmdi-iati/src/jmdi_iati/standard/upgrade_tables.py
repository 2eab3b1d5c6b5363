"""How the words and codes of versions 1.01 to 1.05 are written in 2.03.

Words are in small letters: those of the code lists of 1.x, and others that publishers write, such
as ``donor`` and ``completed``; files of 2.x have them too.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = [
    "BUDGET_TYPES",
    "DATES",
    "GAZETTEERS",
    "PRECISION",
    "ROLES",
    "SECTOR_VOCABULARIES",
    "STATUSES",
    "TRANSACTIONS",
    "TYPES",
    "VOCABULARIES",
    "WGS84",
]

WGS84 = "http://www.opengis.net/def/crs/EPSG/0/4326"
"""The address of the system of coordinates that every point is in."""


ROLES: Mapping[str, str] = {
    "funding": "1",
    "accountable": "2",
    "extending": "3",
    "implementing": "4",
    "donor": "1",
    "funder": "1",
    "implementer": "4",
}
DATES: Mapping[str, str] = {
    "start-planned": "1",
    "start-actual": "2",
    "end-planned": "3",
    "end-actual": "4",
}
TRANSACTIONS: Mapping[str, str] = {
    "if": "1",
    "c": "2",
    "d": "3",
    "e": "4",
    "ir": "5",
    "lr": "6",
    "r": "7",
    "qp": "8",
    "qs": "9",
    "cg": "10",
    "incoming funds": "1",
    "commitment": "2",
    "disbursement": "3",
    "expenditure": "4",
    "interest repayment": "5",
    "loan repayment": "6",
    "reimbursement": "7",
}
SECTOR_VOCABULARIES: Mapping[str, str] = {
    "dac": "1",
    "dac-5": "1",
    "dac-3": "2",
    "cofog": "3",
    "nace": "4",
    "ntee": "5",
    "adt": "6",
    "ro": "99",
    "ro2": "98",
    "wb": "99",
    "wbsector": "99",
    "wbtheme": "99",
    "edris": "99",
    "iso": "99",
}
VOCABULARIES: Mapping[str, str] = {"dac": "1", "ro": "99", "un": "2", "iso": "99", "who": "99"}
STATUSES: Mapping[str, str] = {
    "pipeline": "1",
    "pipeline/identification": "1",
    "implementation": "2",
    "active": "2",
    "ongoing": "2",
    "completion": "3",
    "finalisation": "3",
    "post-completion": "4",
    "closed": "4",
    "completed": "4",
    "cancelled": "5",
    "canceled": "5",
    "suspended": "6",
}
TYPES: Mapping[str, str] = {
    "government": "10",
    "local government": "11",
    "other public sector": "15",
    "international ngo": "21",
    "national ngo": "22",
    "regional ngo": "23",
    "partner country based ngo": "24",
    "public private partnership": "30",
    "multilateral": "40",
    "foundation": "60",
    "private sector": "70",
    "academic, training and research": "80",
    "other": "90",
}
BUDGET_TYPES: Mapping[str, str] = {"original": "1", "revised": "2"}
GAZETTEERS: Mapping[str, str] = {"geo": "G1", "gn": "G1", "osm": "G2"}
PRECISION: Mapping[str, str] = {"1": "1", **{str(n): "2" for n in range(2, 10)}}
"""Precision of coordinates as exactness: exact, or approximate."""
