"""From cells to the terminal: painting, colours, graphics, the driver."""
