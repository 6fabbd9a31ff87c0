"""One library on several devices: what they exchange, and the places where they leave it for each other."""
