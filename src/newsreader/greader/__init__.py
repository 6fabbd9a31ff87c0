"""The Google Reader API, which several servers of feeds speak: its requests and answers, pure."""
