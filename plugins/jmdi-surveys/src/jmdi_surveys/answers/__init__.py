"""Answers as tables: exports of Kobo and ODK with their repeats joined, and plain sheets."""
