"""Programs that read aloud: speech-dispatcher by its protocol, or a command."""
