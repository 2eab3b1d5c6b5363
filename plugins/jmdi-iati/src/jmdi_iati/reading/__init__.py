"""From files, archives and folders to the elements of one activity after the other."""
