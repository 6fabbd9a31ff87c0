"""The program as plain lines, for screen readers and Braille displays, and for terminals that can do no more."""
