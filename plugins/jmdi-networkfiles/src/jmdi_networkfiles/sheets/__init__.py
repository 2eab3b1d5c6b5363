"""Networks in sheets: matrices, lists of ties without a header, lists of neighbours."""
