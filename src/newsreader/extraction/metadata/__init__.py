"""What a page says about its story: title, authors, dates, language."""
