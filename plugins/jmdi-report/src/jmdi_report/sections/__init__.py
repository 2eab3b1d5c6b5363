"""The sections of the page: what each shows, ready for its template."""
