"""What a document holds, whatever its format: paragraphs, grids of cells, lists."""
