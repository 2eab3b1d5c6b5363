"""What is done with data: measuring, projecting, reading, writing and checking, a module each."""
