"""Blocks of an article as lines of styled words at a width; the screen and `newsreader read` show the same.

`lines` holds the values, `blocks.typeset_block` and `head.typeset_head` make them, `layout.Layout` is a whole article
wrapped as far as it has been looked at, `styles` names each role's look for Rich. `wrapping` and `tables` serve these.
"""
