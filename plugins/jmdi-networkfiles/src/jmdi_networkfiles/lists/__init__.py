"""The line formats of Large Graph Layout, which igraph reads and writes too: NCOL and LGL."""
