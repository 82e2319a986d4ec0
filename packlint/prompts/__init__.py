"""What typing a command sends: arguments, shell blocks, attachments."""
