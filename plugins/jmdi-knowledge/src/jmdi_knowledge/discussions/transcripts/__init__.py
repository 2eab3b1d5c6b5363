"""Transcripts of recordings: WebVTT and SRT of Teams, Zoom, Stream and YouTube."""
