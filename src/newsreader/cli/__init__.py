"""The command line: a short function for each command, on the same service as the interface, without Textual."""
