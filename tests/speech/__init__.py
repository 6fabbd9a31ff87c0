"""Programs that read aloud."""
