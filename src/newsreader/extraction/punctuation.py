"""The characters that end sentences, questions and labels, in the scripts that pages are written in."""

FULL_STOPS = tuple(".。।॥۔։።។")
QUESTION_MARKS = tuple("?？؟")
STATEMENT_ENDS = (*FULL_STOPS, *"!！…")
"""What ends a sentence that asks nothing."""
SENTENCE_ENDS = (*STATEMENT_ENDS, *QUESTION_MARKS)
COLONS = (":", "：")
