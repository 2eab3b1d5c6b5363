"""The text of PDF files (.pdf), page by page; pictures of text hold none."""
