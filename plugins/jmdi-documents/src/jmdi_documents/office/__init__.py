"""What the office formats share: archives, XML, numbers, sheets."""
