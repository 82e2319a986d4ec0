"""What a text tells the model to read, and whether it can be read."""
