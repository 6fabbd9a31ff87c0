"""What both front ends call, in parts: pages, lists, what is saved, what is remembered; `facade` holds them all."""
