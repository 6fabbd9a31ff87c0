"""Tables of numbers near the beginning of a text."""

from newsreader.extraction.page import parse_page
from newsreader.models import Table, plain

TITLE = "Fewer and fewer carts cross the bridge of Brannock"
SHORT = "<p>The toll house has counted the carts again.</p>"
TEXT = (
    "<p>The toll has doubled since the flood, and the carters say that they would rather take the long way by the mill,"
    " where nobody asks them for anything but the news.</p>"
)
ROWS = "<tr><th>Year</th><th>Toll</th></tr><tr><td>2015</td><td>4.10</td></tr><tr><td>2025</td><td>7.80</td></tr>"


def test_years_and_numbers_in_a_table_above_the_first_long_paragraph_stay() -> None:
    page = f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1><p>By Maud Pennick</p>"
    page += f"{SHORT}<figure><table>{ROWS}</table></figure>{TEXT * 3}</article></body></html>"
    article = parse_page(page.encode(), "https://brannock.example/n/7").article
    assert article is not None
    tables = [block for block in article.blocks if isinstance(block, Table)]
    cells = [[plain(cell.spans) for cell in row] for table in tables for row in table.rows]
    assert cells == [["Year", "Toll"], ["2015", "4.10"], ["2025", "7.80"]]


def test_a_table_with_ruled_lines_stays_one_though_its_cells_are_sentences() -> None:
    row = "<tr><td><p>{} {}</p></td><td><p>{} {}</p></td></tr>"
    long = "and so it went on until the carters had to pay in the new coin, which the toll house did not like at all"
    rows = "".join(row.format(name, long, other, long) for name, other in (("Carts:", "Boats:"), ("Oxen:", "Mules:")))
    page = f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>{TEXT * 3}"
    page += f"<table border=1>{rows}</table>{TEXT}</article></body></html>"
    article = parse_page(page.encode(), "https://brannock.example/n/8").article
    assert article is not None
    assert [len(block.rows) for block in article.blocks if isinstance(block, Table)] == [2]
