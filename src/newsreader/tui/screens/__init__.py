"""Boxes and screens that open over the reading screen."""
