"""Access logs: what a line says, who polls, and estimates beside a known truth."""

from __future__ import annotations

import time
import zlib
from collections import Counter as Tally
from collections.abc import Iterable, Sequence
from datetime import timedelta

import pytest
from lxml import etree

from feeds.audience import charts, clients, estimating, hyperloglog, logline, parts, table
from feeds.audience.clients import identify
from feeds.audience.counting import Counter
from feeds.audience.estimating import Estimate, Row
from feeds.audience.groups import Counted, mark
from feeds.model.audience import Daily
from tests.audience import logs
from tests.audience.logs import START, Poller, address, line

NEWSBOAT = "newsboat/2.21.0 (Linux x86_64)"
ENOUGH = 10
"""Seconds of a processor for what takes a sixtieth of that, and would take many times as long."""
MINIFLUX = "Mozilla/5.0 (compatible; Miniflux/2.2.1; +https://miniflux.app)"


def counted(some: Iterable[str], secret: bytes = b"salt") -> Counted:
    counter = Counter(secret)
    counter.add([one.encode("latin-1") for one in some])
    return counter.counted()


def estimate(some: Iterable[str]) -> Estimate:
    return estimating.estimate(counted(some).parts)


def rows(found: Estimate) -> dict[str, Row]:
    """The clients of an estimate of one feed."""
    (feed,) = found.feeds
    return {row.client: row for row in feed.clients}


def only(text: str) -> Row:
    """What one line alone comes to."""
    (row,) = rows(estimate([text])).values()
    return row


# Keys


def of_key(path: str, user: str = "-", agent: str = NEWSBOAT, rest: str = " gzip") -> str:
    return line(agent, path=path, rest=rest).replace(" - - [", f" - {user} [")


@pytest.mark.parametrize("rest", [" gzip", ' "198.51.100.7"'])
def test_each_key_is_counted_by_itself_whichever_way_it_is_used(rest: str) -> None:
    for agent in (NEWSBOAT, "Feedly/1.0 (+https://feedly.com/fetcher.html; 9 subscribers)"):
        some = [
            *[of_key("/feeds/k/msn/full.rss", "msn", agent, rest)] * 3,
            *[of_key("/feeds/auth/full.rss", "msn", agent, rest)] * 2,
            *[of_key("/feeds/auth/full.rss", "reader", agent, rest)] * 4,
            line(agent, rest=rest),
        ]
        found = {feed.name: sum(row.polls for row in feed.clients) for feed in estimate(some).feeds}
        assert found == {"k/msn/full": 5, "k/reader/full": 4, "latest": 1}


def test_a_token_that_a_log_has_after_all_is_no_name() -> None:
    found = counted([of_key(f"/feeds/k/{'a' * 43}/full.rss")])
    assert (found.polls, found.others) == (0, 1)


@pytest.mark.parametrize("user", [f"FeedsKey-{'a' * 43}", "Somebody", "a@desk.test", "a" * 33])
def test_a_user_that_is_no_name_of_a_key_is_not_told(user: str) -> None:
    (feed,) = estimate([of_key("/feeds/auth/full.rss", user)]).feeds
    assert feed.name == "k/-/full"


# Lines


@pytest.mark.parametrize(
    "text",
    [
        line(NEWSBOAT),
        line(NEWSBOAT, rest=""),
        line(NEWSBOAT, rest=' "198.51.100.7"'),
        line(NEWSBOAT, rest=' 0.003 HIT "edge-fra" ssl=TLSv1.3'),
        line(NEWSBOAT, address="desk.org:443 203.0.113.9"),
        line(NEWSBOAT, address="<134>2026-01-14T05:20:00Z cache-fra19 feeds[411]: 203.0.113.9"),
        line(NEWSBOAT, address="2001:db8::7"),
        line(NEWSBOAT).replace("- - [", "- nora lind ["),
        line(NEWSBOAT).replace('"-"', '"https://a.test/?q=\\"b\\""'),
        line(NEWSBOAT).replace('"-"', '"\\x22"'),
        line(NEWSBOAT).replace("GET /", "GET https://desk.org/"),
        line(NEWSBOAT, path="/site/feeds/latest.rss?ref=1"),
        line(NEWSBOAT).replace("14/Jan/2026:00:00:00 +0000", "2026-01-14T00:00:00+00:00"),
        line(NEWSBOAT) + "\r",
    ],
)
def test_a_poll_is_read_whatever_a_server_or_cdn_writes_around_it(text: str) -> None:
    row = only(text)
    assert row == Row("latest", "newsboat", "reader", 1, 1, 0, 6316, 0, 0, 0, ignores_304=False)


@pytest.mark.parametrize(
    "request_line",
    [
        "HEAD /feeds/latest.rss HTTP/1.1",
        "GET /feeds/latest/archive/3.rss HTTP/1.1",
        "GET /feeds/latest HTTP/1.1",
        "GET /feeds/feeds.opml HTTP/1.1",
        "GET /feeds/static/style.css HTTP/1.1",
        "GET /other.rss HTTP/1.1",
        "GET /?u=/feeds/latest.rss HTTP/1.1",
        "GET /feeds/../latest.rss HTTP/1.1",
        "\\x16\\x03\\x01",
        "",
    ],
)
def test_other_requests_are_no_polls(request_line: str) -> None:
    found = counted([line(NEWSBOAT).replace("GET /feeds/latest.rss HTTP/1.1", request_line)])
    assert (found.polls, found.others, found.unreadable) == (0, 1, 0)


@pytest.mark.parametrize("status", [301, 308, 404, 410, 429, 500, 503])
def test_answers_without_a_feed_are_no_polls(status: int) -> None:
    found = counted([line(NEWSBOAT, status=status)])
    assert (found.polls, found.others) == (0, 1)


@pytest.mark.parametrize(
    "text",
    [
        "garbage",
        '"',
        '[14/Jan/2026:00:00:00 +0000] "',
        line(NEWSBOAT).replace("14/Jan", "31/Feb"),
        line(NEWSBOAT).replace("Jan", "Jap"),
        line(NEWSBOAT).replace(" 200 ", " OK "),
        line(NEWSBOAT).replace(" 200 6316 ", " 200 "),
        line(NEWSBOAT).replace("+0000", "+9999"),
        line(NEWSBOAT).replace("14/Jan/2026:00:00:00 +0000", ""),
        line(NEWSBOAT, rest="")[:-3],
        line(NEWSBOAT, rest="").rpartition(' "')[0] + ' "',
    ],
)
def test_what_cant_be_read_is_counted(text: str) -> None:
    found = counted([text, line(NEWSBOAT)])
    assert (found.polls, found.others, found.unreadable) == (1, 0, 1)


def test_empty_lines_are_nothing() -> None:
    assert counted(["", " ", "\r"])[1:] == (0, 0, 0, 0)


def test_lines_in_apaches_common_format_are_polls_of_an_unknown_reader() -> None:
    text = line(NEWSBOAT, rest="").rpartition(' "-"')[0]
    assert only(text).client == "other readers"


def test_a_day_is_one_in_the_zone_of_the_log_and_a_second_one_of_utc() -> None:
    assert logline.moment(b"14/Jan/2026:00:30:00 +0400] ") == ("2026-01-14", 1768336200)
    assert logline.moment(b"13/Jan/2026:20:30:00 +0000] ") == ("2026-01-13", 1768336200)


@pytest.mark.parametrize(
    ("written", "network"),
    [
        (b"2001:db8:1:2:3:4:5:6 - -", b"2001:db8:1:2"),
        (b"2001:DB8:1:2:aaaa::1 - -", b"2001:db8:1:2"),
        (b"2001:0db8::1 - -", b"2001:db8:0:0"),
        (b"::ffff:203.0.113.9 - -", b"203.0.113.9"),
        (b"203.0.113.9 - -", b"203.0.113.9"),
        (b"203.0.113.9 - nora", b"203.0.113.9"),
        (b"203.0.113.9:51234 - -", b"203.0.113.9"),
        (b"[2001:db8:1:2::1]:51234 - -", b"2001:db8:1:2"),
        (b"[::ffff:203.0.113.9]:443 - -", b"203.0.113.9"),
    ],
)
def test_of_an_address_counts_what_stays_the_same(written: bytes, network: bytes) -> None:
    assert logline.address(written) == network


def test_behind_a_proxy_the_address_counts_that_it_forwards() -> None:
    some = [line(NEWSBOAT, rest=f' "198.51.100.{n}, 192.0.2.1"') for n in (1, 2, 3, 1)]
    assert rows(estimate(some))["newsboat"].subscribers == 3


def test_what_a_proxy_says_of_one_reader_says_nothing_of_its_others() -> None:
    some = [line(NEWSBOAT, rest=f' "198.51.100.{n}"') for n in range(9)]
    direct = line(NEWSBOAT, rest=' "-"')
    for mixed in ([direct, *some], [*some, direct]):
        assert rows(estimate(mixed))["newsboat"].subscribers == 10


def test_what_clients_say_of_their_addresses_takes_no_long_time() -> None:
    start = time.process_time()
    counted([line(NEWSBOAT, rest=f' "{":" * 100_000}x')])
    assert time.process_time() - start < ENOUGH


# Clients


@pytest.mark.parametrize(
    ("agent", "client"),
    [
        ("Feedbin feed-id:1234 - 12 subscribers", ("Feedbin", "aggregator", 12, "1234")),
        (
            "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers; like "
            "FeedFetcher-Google)",
            ("Feedly", "aggregator", 16, ""),
        ),
        (
            "Inoreader/1.0 (+http://www.inoreader.com/feed-fetcher; 7 subscribers; )",
            ("Inoreader", "aggregator", 7, ""),
        ),
        (
            "NewsBlur Feed Fetcher - 1 subscriber - http://www.newsblur.com/site/6771/desk",
            ("NewsBlur", "aggregator", 1, "6771"),
        ),
        (
            "Mozilla/5.0 (compatible; theoldreader.com; 4 subscribers; feed-id=54ab)",
            ("The Old Reader", "aggregator", 4, "54ab"),
        ),
        (
            "Bloglovin/1.0 (http://www.bloglovin.com; 21 subscribers)",
            ("Bloglovin", "aggregator", 21, ""),
        ),
        ("Feedly/1.0", ("Feedly", "aggregator", None, "")),
        ("HarbourFetcher/3 (5 readers)", ("other aggregators", "aggregator", 5, "harbourfetcher")),
        (NEWSBOAT, ("newsboat", "reader", None, "")),
        (MINIFLUX, ("Miniflux", "reader", None, "")),
        ("FreshRSS/1.24.3 (Linux; https://freshrss.org)", ("FreshRSS", "reader", None, "")),
        ("NetNewsWire (RSS Reader; https://netnewswire.com/)", ("NetNewsWire", "reader", None, "")),
        (
            "feedparser/6.0.14 +https://github.com/kurtmckee/feedparser/",
            ("feedparser", "reader", None, ""),
        ),
        ("Reeder/5040001 CFNetwork/1494.0.7 Darwin/23.4.0", ("Reeder", "reader", None, "")),
        ("Tiny Tiny RSS/24.01 (https://tt-rss.org/)", ("Tiny Tiny RSS", "reader", None, "")),
        ("Liferea/1.14.0 (Linux; https://lzone.de/liferea/)", ("Liferea", "reader", None, "")),
        ("curl/8.5.0", ("curl", "script", None, "")),
        ("python-requests/2.31", ("Python", "script", None, "")),
        (
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            ("Google", "bot", None, ""),
        ),
        ("SomeCrawler/1.0", ("other bots", "bot", None, "")),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
            ("browsers", "browser", None, ""),
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.0",
            ("Thunderbird", "reader", None, ""),
        ),
        ("Harbour/1.0 nora@desk.test", ("other readers", "reader", None, "")),
        ("-", ("other readers", "reader", None, "")),
        ("", ("other readers", "reader", None, "")),
    ],
)
def test_a_client_is_known_by_its_name(agent: str, client: Sequence[object]) -> None:
    assert identify(agent.encode()) == client


def test_clients_that_nobody_knows_are_passed_quickly() -> None:
    start = time.process_time()
    for number in range(10_000):
        identify(b"%d " % number + b"x" * 1000)
    assert time.process_time() - start < ENOUGH


def test_each_name_has_one_kind() -> None:
    kinds = {(name, kind) for _, name, kind in clients._ROWS}
    assert max(Tally(name for name, _ in kinds).values()) == 1


# Estimates beside the truth


def test_of_readers_there_are_as_many_as_addresses_with_a_program() -> None:
    pollers = [Poller(NEWSBOAT, [address(n)]) for n in range(300)]
    pollers += [Poller(MINIFLUX, [address(n)]) for n in range(250, 400)]
    found = rows(estimate(logs.polls(pollers)))
    assert found["newsboat"].subscribers == pytest.approx(300, rel=0.03)
    assert found["Miniflux"].subscribers == pytest.approx(150, rel=0.03)
    assert found["newsboat"].polls == 300 * 96
    assert found["newsboat"].interval == pytest.approx(900, abs=32)


@pytest.mark.parametrize("count", [1, 2, 10, 100])
def test_few_readers_are_counted_nearly_exactly(count: int) -> None:
    some = [line(NEWSBOAT, address=address(n)) for n in range(count)]
    assert rows(estimate(some))["newsboat"].subscribers == pytest.approx(count, abs=count // 50)


def test_many_readers_are_counted_to_a_few_percent_in_4_kilobytes() -> None:
    held = bytearray(hyperloglog.SIZE)
    for number in range(100_000):
        hyperloglog.add(held, str(number).encode(), b"salt")
    assert hyperloglog.estimate(held) == pytest.approx(100_000, rel=0.05)
    assert len(held) == 4096


def test_an_aggregators_number_counts_once_however_often_and_wherever_it_polls_from() -> None:
    poller = Poller("Feedly/1.0 (16 subscribers)", [address(n) for n in range(40)], seconds=300)
    assert rows(estimate(logs.polls([poller])))["Feedly"].subscribers == 16


def test_an_aggregators_numbers_of_formats_and_groups_are_added_up() -> None:
    some = [
        line("Feedbin feed-id:1 - 12 subscribers"),
        line("Feedbin feed-id:2 - 3 subscribers"),
        line("Feedbin feed-id:1 - 12 subscribers", START + timedelta(hours=1)),
        line("Feedbin feed-id:9 - 5 subscribers", path="/feeds/latest.atom"),
    ]
    assert rows(estimate(some))["Feedbin"].subscribers == 20


def test_of_an_aggregators_numbers_of_a_day_the_largest_counts() -> None:
    some = [line(f"Feedly/1.0 ({n} subscribers)", START + timedelta(hours=n)) for n in (12, 14, 13)]
    assert rows(estimate(some))["Feedly"].subscribers == 14


def test_an_aggregator_that_tells_no_number_is_one_subscriber() -> None:
    some = [line("Feedly/1.0", address=address(n)) for n in range(9)]
    assert rows(estimate(some))["Feedly"].subscribers == 1


def test_bots_browsers_and_scripts_are_shown_but_no_subscribers() -> None:
    some = [line(agent, address=address(n)) for n, agent in enumerate(logs.AGENTS)]
    (feed,) = estimate([*some, line("curl/8.5.0")]).feeds
    assert feed.subscribers == 7 + 16 + 12
    assert {row.client for row in feed.clients} >= {"Google", "browsers", "curl"}


def test_of_several_days_the_one_in_the_middle_counts() -> None:
    some = [
        line(NEWSBOAT, START + timedelta(days=day), address=address(n))
        for day, readers in enumerate((2, 9, 3, 1, 4))
        for n in range(readers)
    ]
    found = estimate(some)
    assert (found.feeds[0].subscribers, found.feeds[0].clients[0].polls) == (3, 19)
    assert found.days[::4] == ("2026-01-14", "2026-01-18")


def test_who_ignores_304_is_told_from_who_polls_seldom() -> None:
    pollers = [
        Poller(NEWSBOAT, [address(1)]),
        Poller("curl/8.5.0", [address(2)], validates=False),
        Poller(MINIFLUX, [address(3)], seconds=4 * 3600, validates=False),
    ]
    found = rows(estimate(logs.polls(pollers)))
    assert {name for name, row in found.items() if row.ignores_304} == {"curl"}
    assert found["curl"].repeats == 96 - 8


def test_bytes_are_those_sent_and_those_that_304_spared() -> None:
    some = [
        line(NEWSBOAT, size=6000),
        line(NEWSBOAT, START + timedelta(hours=1), size=8000),
        line(NEWSBOAT, START + timedelta(hours=2), status=304),
        line(MINIFLUX, START + timedelta(hours=2), status=304),
        line(MINIFLUX, START + timedelta(hours=2), path="/feeds/latest.atom", status=304),
    ]
    found = rows(estimate(some))
    assert (found["newsboat"].size, found["newsboat"].saved) == (14_000, 7_000)
    assert (found["Miniflux"].size, found["Miniflux"].saved) == (0, 7_000)


def test_feeds_are_apart() -> None:
    some = [line(NEWSBOAT), line(NEWSBOAT, path="/feeds/sport.json")]
    assert [feed.name for feed in estimate(some).feeds] == ["latest", "sport"]


def test_memory_has_a_bound_whatever_is_in_a_log() -> None:
    counter = Counter(b"salt")
    for day in range(12_000):
        at = START + timedelta(days=day)
        counter.add([line(f"x{day}", at, path=f"/feeds/n{day}.rss").encode()])
    found = counter.counted()
    assert (found.polls, found.others, found.unreadable) == (4_000, 0, 8_000)


def test_long_names_of_people_are_not_remembered() -> None:
    counter = Counter(b"salt")
    for number in range(100):
        counter.add([line(NEWSBOAT).replace("- - [", f"- {number:050000} [").encode()])
    assert sum(len(head) for head, _, _ in counter._pollers) == 0
    assert counter.counted().polls == 100


def test_recorded_totals_of_a_renamed_feed_come_under_its_present_name() -> None:
    before = Daily("2026-01-14", "news", "newsboat", "reader", 2, 8, 4, 100, 50)
    after = before._replace(feed="latest", subscribers=3)
    (whole,) = estimating.renamed([before, after], {"news": "latest"})
    assert whole == Daily("2026-01-14", "latest", "newsboat", "reader", 5, 16, 8, 200, 100)


# Parts


def placed(new: Sequence[str], *older: Sequence[str]) -> parts.Placed:
    marks = [counted(some).parts[0].marks for some in older]
    counter = Counter(b"salt", known={"2026-01-14": frozenset(m for some in marks for m in some)})
    counter.add([one.encode() for one in new])
    return parts.place(counter.counted().parts[0], marks)


DAY = list(logs.polls([Poller(NEWSBOAT, [address(n)]) for n in range(60)]))


def test_a_log_that_was_recorded_is_known() -> None:
    assert placed(DAY, DAY) == ("known", ())
    assert placed(DAY, DAY[:2000], DAY[2000:]) == ("known", ())
    assert placed(DAY[:3000], DAY) == ("known", ())


@pytest.mark.parametrize("length", [1, 50, 3000])
def test_a_log_that_grew_takes_the_place_of_what_it_was(length: int) -> None:
    assert placed(DAY, DAY[:length]) == ("added", (0,))


def test_a_log_that_joins_others_takes_their_places() -> None:
    assert placed(DAY, DAY[:2000], DAY[3000:]) == ("added", (0, 1))


def test_what_has_nothing_in_common_with_others_is_added() -> None:
    assert placed(DAY[4000:], DAY[:4000]) == ("added", ())
    other = [text.replace("11.0.7", "12.0.7") for text in DAY]
    assert placed(other, DAY) == ("added", ())


def test_marks_have_too_little_of_addresses_to_get_them_back() -> None:
    made = {mark(b"GET /feeds/latest.rss HTTP/1.1", address(n).encode()) for n in range(100_000)}
    assert len(made) <= 1 << 12
    moment = int(START.timestamp())
    whole = zlib.crc32(b"%d" % moment, mark(b"GET /feeds/latest.rss HTTP/1.1", b"203.0.113.9"))
    assert counted([line(NEWSBOAT)]).parts[0].marks == (whole,)


def test_what_is_known_in_part_is_left_out() -> None:
    assert placed(DAY[1000:], DAY[:4000]).verdict == "overlaps"


def test_groups_that_are_stored_come_back() -> None:
    groups = counted(DAY).parts[0].groups
    assert parts.unpacked(parts.packed(groups)) == groups
    assert b"11.0.7" not in parts.packed(groups)


# Text


def test_the_table_says_what_it_cant_see() -> None:
    told = table.table_text(estimate(DAY))
    assert "latest: about 6" in told
    assert "not seen: who reads a copy" in told
    assert table.table_text(estimate([])).startswith("no poll of a feed")


def test_the_table_shows_no_address() -> None:
    assert "11.0.7" not in table.table_text(estimate(DAY))


# Pictures


def recorded(days: int = 40, feed: str = "latest", client: str = "newsboat") -> list[Daily]:
    return [
        Daily(
            (START + timedelta(days=day)).date().isoformat(), feed, client, "reader",
            30 + day % 7, 2000, 1600, 2_500_000, 9_000_000,
        )
        for day in range(days)
    ]  # fmt: skip


@pytest.mark.parametrize("days", [1, 2, 40, 400])
def test_the_section_is_well_formed_and_its_pictures_say_what_they_show(days: int) -> None:
    root = etree.fromstring(charts.section(recorded(days)))
    pictures = root.findall(".//svg")
    assert [picture.get("role") for picture in pictures] == ["img", "img"]
    assert [picture.findtext("title") for picture in pictures] == [
        "Subscribers by day: latest",
        "Bytes by month: sent (filled), spared by 304 (outline): latest",
    ]
    assert all(picture.findtext("desc") for picture in pictures)
    assert root.findtext(".//caption/bdi") == "latest"


def test_the_section_needs_no_style_and_no_script_and_has_no_colour_of_its_own() -> None:
    root = etree.fromstring(charts.section(recorded()))
    assert not root.xpath("//@style | //script | //style | //@*[starts-with(name(), 'on')]")
    colours = {one.get(name) for one in root.iter() for name in ("fill", "stroke")}
    assert colours == {None, "currentColor", "none"}


def test_the_section_escapes_what_is_not_ours() -> None:
    shown = charts.section(recorded(feed="<b>&\"'", client="<i>"))
    root = etree.fromstring(shown)
    assert not root.xpath("//b | //i")
    assert root.findtext(".//caption/bdi") == "<b>&\"'"


def test_days_without_a_record_are_a_gap() -> None:
    found = recorded(30)
    path = etree.fromstring(charts.section([*found[:5], *found[20:]])).find(".//path")
    assert path is not None
    assert path.get("d", "").count("M") == 2


def test_without_a_record_there_is_no_section() -> None:
    assert charts.section([]) == ""


def test_an_aggregator_with_many_addresses_polls_as_often_as_all_of_them_do() -> None:
    feedly = "Feedly/1.0 (12 subscribers; like FeedFetcher-Google)"
    several = Poller(feedly, [address(n) for n in range(7)], seconds=600, validates=False)
    found = rows(estimate(logs.polls([several], seconds=86_400)))
    assert found["Feedly"].interval == pytest.approx(600, abs=32)
    assert found["Feedly"].polls == 144
    assert found["Feedly"].repeats == 144 - 8  # it got another document every three hours


def test_what_an_unknown_program_claims_is_believed_up_to_a_thousand() -> None:
    assert identify(b"curl/8 999999999999 subscribers").subscribers == 1_000
    assert identify(b"Feedly/1.0 (120000 subscribers)").subscribers == 120_000
