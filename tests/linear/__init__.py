"""The program as plain lines."""
