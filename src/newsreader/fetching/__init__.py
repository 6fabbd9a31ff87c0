"""The only room that speaks HTTP: an address to a whole `Response`, within limits of time, size and place."""
