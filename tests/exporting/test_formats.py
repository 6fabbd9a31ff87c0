"""The table of export formats: every row can be offered, found by its file's name, and written."""

from datetime import UTC, datetime
from importlib import import_module

from newsreader.exporting.edition import Edition
from newsreader.exporting.formats import FOR_COMMANDS, SUFFIXES, ExportFormat, exported, format_named, format_of_suffix
from tests.test_exporting import article, paragraph


def test_every_format_writes_one_article_and_several() -> None:
    one = article(paragraph("The tide rose."))
    for file_format in ExportFormat:
        for articles in ((one,), (one, one)):
            assert exported(Edition("Title", articles, datetime(2026, 11, 22, tzinfo=UTC)), file_format)


def test_a_format_is_found_by_its_name_and_by_each_of_its_endings() -> None:
    for file_format in ExportFormat:
        assert format_named(file_format.value) is file_format
        assert {format_of_suffix(f".{each.upper()}") for each in file_format.row.suffixes} == {file_format}
    assert len(SUFFIXES) == sum(len(file_format.row.suffixes) for file_format in ExportFormat)


def test_what_commands_get_is_text_of_one_article() -> None:
    for name in FOR_COMMANDS:
        assert format_named(name).row.separator is not None


def test_the_writers_are_functions_with_a_word_about_them() -> None:
    for file_format in ExportFormat:
        module, _, function = file_format.row.writer.partition(":")
        assert getattr(import_module(f"newsreader.exporting.{module}"), function).__doc__
