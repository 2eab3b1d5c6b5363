"""Work plans written back: Word, Excel, CSV, Markdown, and the timeline as a calendar."""
