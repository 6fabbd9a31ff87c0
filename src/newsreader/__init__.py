"""Read any news page in the terminal."""
