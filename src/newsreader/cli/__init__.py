"""The command line: a short function a command, over the same service as the interface, and no Textual for pipes."""
