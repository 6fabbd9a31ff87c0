"""The only package that speaks HTTP: from an address to a whole `Response`, within limits of time, size and target."""
