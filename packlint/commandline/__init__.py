"""What a person gives on the command line, and what is written back."""
