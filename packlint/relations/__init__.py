"""Who in a pack reads, calls or resembles whom."""
