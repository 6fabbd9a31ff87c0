"""The reading screen: what it shows, and the parts that do what its keys ask for."""
