"""The sample newspaper: its pages, served over HTTP on the loopback when asked for."""
