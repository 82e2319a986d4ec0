"""What the client makes of a file: loaded or not, name, description, tools, model."""
