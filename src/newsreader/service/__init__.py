"""What both front ends call, in parts: pages, lists, what is kept, what is remembered; `news` holds the whole."""
