"""The APIs that servers of feeds have, Google Reader's and Fever: their requests and answers, pure."""
