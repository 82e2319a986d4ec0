"""What earlier runs came to, and whether it still holds."""
