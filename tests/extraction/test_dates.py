import itertools
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.extraction.times.dates import falling_times, parse_time
from newsreader.extraction.times.time_words import find_time, names_a_day
from newsreader.extraction.view_counts import parse_views
from tests.growth import assert_linear

FETCHED = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)  # a Monday
KYIV = timezone(timedelta(hours=2))


def local(day: int, hour: int = 0, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001  (naive is what is meant)


@pytest.mark.parametrize(
    ("text", "language", "moment"),
    [
        ("25-10-2024, 12:57", "ru", local(25, 12, 57, 10, 2024)),
        ("25-10-2024, 12:57 / Автор: Иван Петренко", "ru", local(25, 12, 57, 10, 2024)),
        ("22 Nov 2026 14:02", "en", local(22, 14, 2)),
        ("14:02, 22 Nov 2026", "en", local(22, 14, 2)),
        ("Nov. 22nd, 2026", "en", local(22)),
        ("Published: November 22, 2026 at 2:02 p.m.", "en", local(22, 14, 2)),
        ("22.11.2026 klo 21.30", "fi", local(22, 21, 30)),
        ("22.11. 21.30", "fi", local(22, 21, 30)),
        ("18.2. 15:32", "fi", local(18, 15, 32, 2)),
        ("2026. november 22. 14:02", "hu", local(22, 14, 2)),
        ("22 בנובמבר 2026, 14:02", "he", local(22, 14, 2)),
        ("2026 m. lapkričio 22 d. 14:02", "lt", local(22, 14, 2)),
        ("22 de noviembre de 2026 a las 14:02 h", "es", local(22, 14, 2)),
        ("Publié le 22 novembre 2026 à 18h30", "fr", local(22, 18, 30)),
        ("mar 22 nov", "fr", local(22)),
        ("22. listopadu 2026", "cs", local(22)),
        ("22. listopada 2026.", "hr", local(22, month=10)),
        ("22. listopada 2026", "pl", local(22)),
        ("22 листопада 2026, 14:02", "uk", local(22, 14, 2)),
        ("22 ноября 2026 года в 14:02", "ru", local(22, 14, 2)),
        ("22 Kasım 2026 - 14:02", "tr", local(22, 14, 2)),
        ("22 نوفمبر 2026", "ar", local(22)),
        ("٢٢ نوفمبر ٢٠٢٦", "ar", local(22)),
        ("الأحد، 22 تشرين الثاني/نوفمبر 2026، آخر تحديث 02:21", "ar", local(22, 2, 21)),
        ("22 آب/اغسطس 2026", "ar", local(22, month=8)),
        ("22 تشرين الثاني 2026", "ar", local(22)),
        ("7 شباط 2026", "ar", local(7, month=2)),
        ("7 غشت 2026", "ar", local(7, month=8)),
        ("۱ آذر ۱۴۰۵ - ۱۴:۰۲", "fa", local(22, 14, 2)),
        ("۱۴۰۵/۰۹/۰۱ ۱۴:۰۲", "fa", local(22, 14, 2)),
        ("30 اسفند 1403", "fa", local(20, month=3, year=2025)),
        ("11-22", "zh", local(22)),
        ("11-22", "hu", local(22)),
        ("2026-11-22 2:02 PM", "en", local(22, 14, 2)),
        ("22 พ.ย. 2569 14:02", "th", local(22, 14, 2)),
        ("22 नवंबर 2026", "hi", local(22)),
        ("२२ नवम्बर २०२६", "hi", local(22)),
        ("22 फरवरी 2026", "hi", local(22, month=2)),
        ("22 \u092b\u093cरवरी 2026", "hi", local(22, month=2)),
        ("২২ ফেব্রুয়ারি ২০২৬", "bn", local(22, month=2)),
        ("22 พฤศจิกายน 2569 14:02 น.", "th", local(22, 14, 2)),
        ("2026年11月22日 14:02", "ja", local(22, 14, 2)),
        ("11月22日 下午3:20", "zh", local(22, 15, 20)),
        ("2026년 11월 22일 오후 3시 20분", "ko", local(22, 15, 20)),
        ("２０２６／１１／２２", "ja", local(22)),
        ("2026.11.22", "ko", local(22)),
        ("22/11/2026", "en", local(22)),
        ("3/4/2026", "en-US", local(4, month=3)),
        ("3/4/2026", "en-GB", local(3, month=4)),
        ("03.04.26", "de", local(3, month=4)),
        ("22-Nov-26 14:02", "en", local(22, 14, 2)),
        ("12:00 AM, 22 November 2026", "en", local(22)),
    ],
)
def test_a_date_in_any_language_is_read(text: str, language: str, moment: datetime) -> None:
    assert parse_time(text, FETCHED, language) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22T14:02:03+02:00", datetime(2026, 11, 22, 14, 2, 3, tzinfo=KYIV)),
        ("2026-11-22T14:02:03.123456Z", datetime(2026, 11, 22, 14, 2, 3, tzinfo=UTC)),
        ("2026-11-22 14:02:03 +0200", datetime(2026, 11, 22, 14, 2, 3, tzinfo=KYIV)),
        ("2026-11-22T14:02", local(22, 14, 2)),
        ("2026-11-22", local(22)),
        ("Sun, 22 Nov 2026 14:02:00 +0200", datetime(2026, 11, 22, 14, 2, tzinfo=KYIV)),
        ("Sun Nov 22 14:02:00 CET 2026", datetime(2026, 11, 22, 13, 2, tzinfo=UTC)),
        ("Sun, 22 Nov 2026 14:02:00 GMT", datetime(2026, 11, 22, 14, 2, tzinfo=UTC)),
        ("Nov 22, 2026, 9:02 a.m. EST", datetime(2026, 11, 22, 14, 2, tzinfo=UTC)),
        ("22 November 2026 14:02 GMT+7", datetime(2026, 11, 22, 7, 2, tzinfo=UTC)),
        ("22 ноября 2026, 14:02 МСК", datetime(2026, 11, 22, 11, 2, tzinfo=UTC)),
        ("1795348920", datetime.fromtimestamp(1795348920, UTC)),
        ("1795348920000", datetime.fromtimestamp(1795348920, UTC)),
    ],
)
def test_a_time_is_aware_exactly_where_the_text_names_its_zone(text: str, moment: datetime) -> None:
    found = parse_time(text, FETCHED, "en")
    assert found == moment
    assert found is not None
    assert (found.tzinfo is None) == (moment.tzinfo is None)


@pytest.mark.parametrize(
    ("text", "language", "moment"),
    [
        ("18:18", "ru", local(22, 18, 18)),
        ("09:07", "ru", local(23, 9, 7)),
        ("9.07", "fi", local(23, 9, 7)),
        ("сегодня, 09:07", "ru", local(23, 9, 7)),
        ("вчера, 17:58", "ru", local(22, 17, 58)),
        ("вчора о 17:58", "uk", local(22, 17, 58)),
        ("позавчера 17:58", "ru", local(21, 17, 58)),
        ("heute, 09:07 Uhr", "de", local(23, 9, 7)),
        ("gestern", "de", local(22)),
        ("Yesterday at 5:58 pm", "en", local(22, 17, 58)),
        ("i går 17:58", "sv", local(22, 17, 58)),
        ("hôm qua 17:58", "vi", local(22, 17, 58)),
        ("昨天17:58", "zh", local(22, 17, 58)),
        ("어제 오후 5:58", "ko", local(22, 17, 58)),
        ("أمس 17:58", "ar", local(22, 17, 58)),
        ("hier à 17:58", "fr", local(22, 17, 58)),
        ("hier 09:07", "de", local(23, 9, 7)),
        ("Friday 17:58", "en", local(20, 17, 58)),
        ("пятница, 17:58", "ru", local(20, 17, 58)),
        ("22 November, 17:58", "en", local(22, 17, 58)),
        ("24 December", "en", local(24, month=12, year=2025)),
        ("29 February", "en", local(29, month=2, year=2024)),
        ("11-20 17:58", "zh", local(20, 17, 58)),
        ("20-11 17:58", "es", local(20, 17, 58)),
        ("5:58 م", "ar", local(22, 17, 58)),
        ("5:58 ب.ظ", "fa", local(22, 17, 58)),
        ("۱ آذر", "fa", local(22)),
    ],
)
def test_what_a_time_leaves_open_is_counted_back_from_the_fetch(text: str, language: str, moment: datetime) -> None:
    assert parse_time(text, FETCHED, language) == moment


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("२२ फरवरी २०२६", True),
        ("২২ ফেব্রুয়ারি ২০২৬", True),
        ("२२/०२/२०२६", True),
        ("۲۰۲۶-۱۱-۲۲ ۱۰:۰۵", False),
        ("๒ ชั่วโมงที่แล้ว", False),
        ("२ घण्टे पहले", False),
        ("۱ آذر ۱۴۰۵", True),
        ("22 تشرين الثاني 2026", True),
        ("terça-feira, 24 de novembro de 2026", True),
        ("för 5 minuter sedan", False),
    ],
)
def test_a_time_in_the_digits_of_any_script_is_found_as_it_is_written(text: str, day: bool) -> None:
    found = find_time(text)
    assert found is not None
    assert (found.text, found.alone, names_a_day(text)) == (text, True, day)


@pytest.mark.parametrize(
    "text", ["an hour ago", "vor einer Stunde", "just now", "il y a une heure", "منذ ساعتين", "щойно"]
)
def test_an_age_in_words_names_no_day(text: str) -> None:
    assert find_time(text) is not None
    assert not names_a_day(text)


@pytest.mark.parametrize(
    ("text", "language", "hours"),
    [
        ("two hours ago", "en", 2),
        ("vor drei Stunden", "de", 3),
        ("il y a deux heures", "fr", 2),
        ("дві години тому", "uk", 2),
        ("قبل ثلاث ساعات", "ar", 3),
        ("לפני שלוש שעות", "he", 3),
        ("दो घण्टे पहले", "hi", 2),
        ("an hour ago", "en", 1),
    ],
)
def test_an_age_in_words_is_found_whole_and_counted(text: str, language: str, hours: int) -> None:
    found = find_time(text)
    assert found is not None
    assert (found.text, found.alone) == (text, True)
    assert parse_time(text, FETCHED, language) == FETCHED - timedelta(hours=hours)


@pytest.mark.parametrize("text", ["Two captains", "Three pilots tell of the harbour", "Drei Häfen", "ten"])
def test_a_number_in_words_alone_is_no_time(text: str) -> None:
    assert find_time(text) is None


@pytest.mark.parametrize(
    "text", ["Yesterday", "hier", "I går", "hôm qua", "昨日", "Вчора", "3. Mai", "Heute", "2026-11-22"]
)
def test_a_day_by_its_name_or_number_names_one(text: str) -> None:
    assert names_a_day(text)


@pytest.mark.parametrize(
    ("text", "language", "ago"),
    [
        ("2 hours ago", "en", timedelta(hours=2)),
        ("an hour ago", "en", timedelta(hours=1)),
        ("1 hour 20 minutes ago", "en", timedelta(hours=1, minutes=20)),
        ("5m", "en", timedelta(minutes=5)),
        ("Updated 3 days ago", "en", timedelta(days=3)),
        ("just now", "en", timedelta(0)),
        ("vor 3 Stunden", "de", timedelta(hours=3)),
        ("vor einer Stunde", "de", timedelta(hours=1)),
        ("5 Std.", "de", timedelta(hours=5)),
        ("il y a 3 heures", "fr", timedelta(hours=3)),
        ("hace 15 minutos", "es", timedelta(minutes=15)),
        ("há 2 horas", "pt", timedelta(hours=2)),
        ("3 ore fa", "it", timedelta(hours=3)),
        ("53 perce", "hu", timedelta(minutes=53)),
        ("5 minut temu", "pl", timedelta(minutes=5)),
        ("před 2 hodinami", "cs", timedelta(hours=2)),
        ("2 часа назад", "ru", timedelta(hours=2)),
        ("час назад", "ru", timedelta(hours=1)),
        ("2 год тому", "uk", timedelta(hours=2)),
        ("3 хвилини тому", "uk", timedelta(minutes=3)),
        ("2 saat önce", "tr", timedelta(hours=2)),
        ("πριν 2 ώρες", "el", timedelta(hours=2)),
        ("קבל לפני 2 שעות", "he", timedelta(hours=2)),
        ("منذ 5 دقائق", "ar", timedelta(minutes=5)),
        ("منذ ساعة", "ar", timedelta(hours=1)),
        ("قبل دقيقتين", "ar", timedelta(minutes=2)),
        ("قبل اسبوعين", "ar", timedelta(weeks=2)),
        ("منذ ساعتين و 10 دقائق", "ar", timedelta(hours=2, minutes=10)),
        ("לפני יומיים", "he", timedelta(days=2)),
        ("sagħtejn ilu", "mt", timedelta(hours=2)),
        ("۲ ساعت پیش", "fa", timedelta(hours=2)),
        ("3 घंटे पहले", "hi", timedelta(hours=3)),
        ("2 ชั่วโมงที่แล้ว", "th", timedelta(hours=2)),
        ("5 phút trước", "vi", timedelta(minutes=5)),
        ("2小时前", "zh", timedelta(hours=2)),
        ("3時間前", "ja", timedelta(hours=3)),
        ("3시간 전", "ko", timedelta(hours=3)),
    ],
)
def test_a_relative_time_is_an_instant_before_the_fetch(text: str, language: str, ago: timedelta) -> None:
    assert parse_time(text, FETCHED, language) == FETCHED - ago
    assert parse_time(text, None, language) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Oct",
        "2024",
        "May",
        "38 новостей",
        "5 min read",
        "5 Minuten Lesezeit",
        "1.5",
        "12",
        "99:99",
        "45/67/2020",
        "3 причины уйти",
        "Маяк",
        "0000-00-00",
        "1448/06/12",
        "30/12/1404",
        "2-1",
        "2026-13-45",
        "31 February 2026",
        "…" * 500,
        "9999999999",
    ],
)
def test_what_says_no_time_gives_none(text: str) -> None:
    assert parse_time(text, FETCHED, "en") is None


def test_the_zone_of_a_page_makes_its_times_aware() -> None:
    assert parse_time("12:20", FETCHED, "uk", KYIV) == datetime(2026, 11, 23, 12, 20, tzinfo=KYIV)
    assert parse_time("12:40", FETCHED, "uk", KYIV) == datetime(2026, 11, 22, 12, 40, tzinfo=KYIV)


def test_local_time_ahead_of_utc_is_not_taken_for_yesterdays() -> None:
    assert parse_time("12:20", FETCHED, "uk") == local(23, 12, 20)


def test_a_falling_list_that_jumps_up_continues_with_the_day_before() -> None:
    texts = ["10:18", "09:59", None, "09:07", "17:58", "17:40", "00:10", "23:50"]
    times = falling_times(texts, FETCHED, "ru")
    assert [time and (time.day, time.hour) for time in times] == [
        (23, 10), (23, 9), None, (23, 9), (22, 17), (22, 17), (22, 0), (21, 23),
    ]  # fmt: skip


def test_clocks_with_a_stop_are_no_days_where_some_of_a_list_can_be_none() -> None:
    found = falling_times(["16.20", "15.02", "13.05"], FETCHED, "fi")
    assert [time and (time.hour, time.minute) for time in found] == [(16, 20), (15, 2), (13, 5)]


def test_bare_times_under_a_dated_one_are_of_its_day() -> None:
    times = falling_times(["10:18", "09:07", "вчера, 17:58", "17:40", "12:01", "23:10"], FETCHED, "ru")
    assert [time.day for time in times if time] == [23, 23, 22, 22, 22, 21]


def test_a_list_in_no_order_keeps_each_time_as_it_is() -> None:
    times = falling_times(["09:07", "12:58", "08:40", "13:10", "01:00", "11:00"], FETCHED, "ru")
    assert {time.day for time in times if time} == {23}


@settings(deadline=None)
@given(st.lists(st.integers(0, 3 * 1440), min_size=5, max_size=40).map(sorted))
def test_any_falling_list_of_bare_times_is_put_in_its_days(minutes_ago: list[int]) -> None:
    now = local(23, 10, 30)
    fetched = FETCHED.replace(tzinfo=KYIV)
    moments = [now - timedelta(minutes=ago) for ago in minutes_ago]
    gaps = [a - b for a, b in zip([now, *moments], moments, strict=False)]
    if (
        max(gaps) < timedelta(hours=10)
        and sum(a.date() == b.date() and a != b for a, b in itertools.pairwise(moments)) > 8
    ):
        assert falling_times([f"{m:%H:%M}" for m in moments], fetched, "ru") == moments


@settings(deadline=None)
@given(st.text(max_size=80), st.none() | st.sampled_from(["en", "ru", "ja", "zh-Hant", "fa", "x", ""]))
def test_no_text_makes_it_fail(text: str, language: str | None) -> None:
    found = parse_time(text, FETCHED, language)
    assert found is None or isinstance(found, datetime)
    parse_views(text)


@settings(deadline=None)
@given(st.text("0123456789:./- hTZ年月日apm+,шvorUhr", max_size=40))
def test_no_heap_of_figures_makes_it_fail(text: str) -> None:
    for language in ("en", "de", "ja"):
        parse_time(text, FETCHED, language)


@settings(deadline=None)
@given(st.datetimes(datetime(2000, 1, 1), datetime(2026, 11, 22), timezones=st.sampled_from([UTC, KYIV])))  # noqa: DTZ001
def test_iso_comes_back_to_the_second(moment: datetime) -> None:
    assert parse_time(moment.isoformat(), FETCHED) == moment.replace(microsecond=0)


@pytest.mark.parametrize("bit", ["1", "1:", "1/", "2026-11-22T", " ", "11月", "a", "12.", "+", "мая 1 "])
def test_a_megabyte_takes_no_longer_than_its_length(bit: str) -> None:
    def look(size: int) -> None:
        assert parse_time(bit * (size // len(bit)), FETCHED, "en") is None
        parse_views(bit * (size // len(bit)))

    assert_linear(look)


@pytest.mark.parametrize(
    ("text", "views"),
    [
        ("1.1т", 1100),
        ("2,4 тыс.", 2400),
        ("1.2k", 1200),
        ("12 345", 12345),
        ("3,4 Mio.", 3400000),
        ("33", 33),
        ("12,345", 12345),
        ("1.234", 1234),
        ("1.234k", 1234),
        ("151 просмотр", 151),
        ("1.2M views", 1200000),
        ("1.2万", 12000),
        ("3400回視聴", 3400),
        ("5만", 50000),
        ("12\xa0345", 12345),
        ("2,4 тис. переглядів", 2400),
        ("٣٣", 33),
        ("5 comments", None),
        ("Комментарии: 12", None),
        ("1.1", None),
        ("12:30", None),
        ("2 мин", None),
        ("", None),
        ("7 likes", None),
        ("50%", None),
        ("views", None),
    ],
)
def test_views_are_read_as_numbers_and_distinguished_from_other_counts(text: str, views: int | None) -> None:
    assert parse_views(text) == views


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("May Brown, 21 January 2026, 10:45", "en", (2026, 1, 21)),
        ("April Summers | 3 March 2026", "en", (2026, 3, 3)),
        ("Марта Ослін, 21 січня 2026", "uk", (2026, 1, 21)),
        ("May 3, 2026 – June 5, 2026", "en", (2026, 5, 3)),
    ],
)
def test_a_date_is_found_beside_a_word_that_is_also_a_month(
    text: str, language: str, day: tuple[int, int, int]
) -> None:
    found = parse_time(text, None, language)
    assert found is not None
    assert (found.year, found.month, found.day) == day
