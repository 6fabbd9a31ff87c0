"""What is stored: the cache of what can be fetched again, and the library of what is the reader's own."""
