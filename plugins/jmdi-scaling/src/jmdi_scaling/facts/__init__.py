"""What a Dataset says, in three states: yes, no, not known."""
