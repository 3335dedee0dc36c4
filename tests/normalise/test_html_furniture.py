"""What stands between and beside the text: what of it is text, and what is furniture."""

from __future__ import annotations

import pytest

from feeds.model import Reading
from feeds.normalise import normalise
from feeds.readers import read_page

FIRST = "<p>The lamp on the old pier was lit again on Monday, after forty dark years.</p>"
LAST = "<p>Nobody had ordered it, and nobody has asked who pays for the oil, so far.</p>"


def read(between: str) -> Reading:
    page = f"<body><article><h1>Old lamp is lit</h1><div>{between}</div></article>"
    return normalise(read_page("page.html", page.encode()))


def content(between: str) -> str:
    article = read(between).article
    assert article is not None
    return article.content


def paragraphs(between: str) -> tuple[str, ...]:
    article = read(between).article
    assert article is not None
    return article.paragraphs


@pytest.mark.parametrize(
    ("markup", "sentence"),
    [
        ("<p>The boy was lent for the photograph.</p>", "The boy was lent for the photograph."),
        ("<p>“Subscribe now,” says the slip.</p>", "“Subscribe now,” says the slip."),
        (
            "<ul><li>Oil</li><li><a href='/w'>a wick of cotton</a></li><li>Salt</li></ul>",
            "a wick of cotton",
        ),
        (
            "<blockquote><p>It is ours.</p><footer>Ada Finch, keeper</footer></blockquote>",
            "Ada Finch",
        ),
    ],
)
def test_a_sentence_between_paragraphs_is_text(markup: str, sentence: str) -> None:
    assert sentence in content(FIRST + markup + LAST)


def test_a_heading_above_the_first_paragraph_is_text() -> None:
    assert "1. The pier" in content(f"<h2>1. The pier</h2>{FIRST}{LAST}")


def test_a_first_paragraph_that_is_a_link_is_text() -> None:
    lede = "Forty years, two storms and one bishop: how the lamp of the pier came back."
    assert lede in content(f"<p><a href='/film'>{lede}</a></p>{FIRST}{LAST}")


@pytest.mark.parametrize(
    "words",
    [
        "Gift this article",
        "Got a story for us?",
        "Síguenos en nuestras redes sociales",
        "[/row_text][/row]",
        '[caption id="a1" width="300"] The lamp[/caption]',
        "This entry was posted on Monday and is filed under Lamps.",
    ],
)
def test_a_plea_or_a_shortcode_is_named_as_no_text(words: str) -> None:
    found = read(f"{FIRST}<p>{words}</p>{LAST}")
    assert found.article is not None
    assert words not in found.article.content
    assert any(words in one.text for one in found.dropped)


@pytest.mark.parametrize(
    ("markup", "words", "rule"),
    [
        (
            "<div><img src='/logo.svg'><div>The lamp seen from the west</div></div>",
            "The lamp seen from the west",
            "caption of a picture",
        ),
        (
            "<h3>Latest stories</h3><p><a href='/b'>Boat sails</a></p>",
            "Latest stories",
            "links to other stories",
        ),
        (
            "<div><p><a href='/b'>A boat sails to the island for the first…</a></p></div>",
            "A boat sails to the island for the first…",
            "link to another page",
        ),
    ],
)
def test_what_goes_with_pictures_and_links_is_named_as_no_text(
    markup: str, words: str, rule: str
) -> None:
    reading = read(FIRST + markup + LAST)
    assert reading.article is not None
    assert len(reading.article.paragraphs) == 2
    assert any(words in item.text and item.rule == rule for item in reading.dropped)


def test_headings_of_nothing_end_no_text() -> None:
    reading = read(f"{FIRST}{LAST}<p>More about the pier:</p><h2>The pier</h2>")
    assert reading.article is not None
    assert len(reading.article.paragraphs) == 2


def test_statements_as_headings_end_a_text() -> None:
    reading = read(f"{FIRST}{LAST}<h3>1. The lamp burns oil.</h3><h3>2. The oil is dear.</h3>")
    assert reading.article is not None
    assert reading.article.paragraphs[-1] == "2. The oil is dear."


def test_a_linked_line_far_below_the_text_is_none() -> None:
    links = "".join(f"<li><a href='/{n}'>Another story of the day {n}</a></li>" for n in range(9))
    sentence = "The lamp on the old pier was lit again on Monday"
    reading = read(f"{FIRST}{LAST}<ul>{links}</ul><h3><a href='/l'>{sentence}</a></h3>")
    assert reading.article is not None
    assert len(reading.article.paragraphs) == 2


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("4 min read", "time it takes to read"),
        ("Lesedauer: 3 Minuten", "time it takes to read"),
        ("Okuma süresi: 2 dk", "time it takes to read"),
        ("6 мин. чтения", "time it takes to read"),
        ("この記事は3分で読めます", "time it takes to read"),
        ("1:04 / 3:20", "button or label"),
        ("Link kopiert!", "button or label"),
        ("Später lesen", "button or label"),
        ("A+ A-", "button or label"),
        ("💡", "button or label"),
        ("112 Postings", "counter"),
        ("Réagir (14)", "counter"),
        ("214 görüntüleme0 yorum", "counter"),
        ("عدد القراءات: 1245", "counter"),
        ("Share: Facebook Twitter WhatsApp", "buttons to share"),
        ("Paylaş: Facebook Twitter WhatsApp", "buttons to share"),
        ("Copy link | Print | Email", "buttons to share"),
        ("관련기사", "button or label"),
        ("An dieser Stelle findest du externe Inhalte von Lampentube.", "request for consent"),
        ("This content could not be loaded.", "request for consent"),
        ("Pour afficher ce contenu, vous devez accepter les cookies.", "request for consent"),
        ("You must be logged in to comment on the lamp.", "invitation to subscribe"),
        ("Sie haben noch kein Abo? Hier gibt es eins.", "invitation to subscribe"),
        ("この記事は会員限定です。", "notice to log in or subscribe"),
        ("Read on for four minutes.", ""),
        ("She will read it in 4 min.", ""),
    ],
)
def test_what_a_page_says_of_itself_is_named_as_no_text(words: str, rule: str) -> None:
    reading = read(f"{FIRST}<p>{words}</p>{LAST}")
    assert reading.article is not None
    assert (words in reading.article.paragraphs) == (not rule)
    assert not rule or any(words == item.text and item.rule == rule for item in reading.dropped)


def test_a_cell_says_how_long_something_takes() -> None:
    table = (
        "<table><tr><th>Trim</th><td>5 min</td></tr><tr><th>Fill</th><td>9 min</td></tr></table>"
    )
    assert "5 min" in content(FIRST + table + LAST)


@pytest.mark.parametrize("name", ["share-prices", "related-crimes", "popular-science", "tag-heuer"])
def test_sentences_in_a_box_that_is_called_like_furniture_by_accident_are_text(name: str) -> None:
    told = "The keeper bought a third of the oil works in spring, and sold it again in autumn."
    assert told in paragraphs(f"{FIRST}<div class='{name}'><p>{told}</p></div>{LAST}")


@pytest.mark.parametrize("form", ["<form><p>Name *</p></form>", "<div class='comments'>Ida</div>"])
def test_what_readers_may_write_is_signed_by_nobody(form: str) -> None:
    article = read(FIRST + LAST + form).article
    assert article is not None
    assert article.authors == ()


@pytest.mark.parametrize("counts", ["😀 12 😡 3", "👍 5", "1.2k ❤️"])
def test_reactions_are_counted_and_no_text(counts: str) -> None:
    reading = read(f"{FIRST}<p>{counts}</p>{LAST}")
    assert reading.article is not None
    assert len(reading.article.paragraphs) == 2
    assert any(counts == item.text and item.rule == "counter" for item in reading.dropped)


def test_controls_of_a_player_are_no_text() -> None:
    player = "<div class='audio-player'><div>0:00</div><div>Speed 1x</div><div>Chapters</div></div>"
    reading = read(f"{FIRST}{player}{LAST}")
    assert reading.article is not None
    assert len(reading.article.paragraphs) == 2


def test_what_a_player_plays_goes_with_the_story() -> None:
    sound = "https://pier.example/lamp.mp3"
    player = f"<div class='audio-player'><audio src='{sound}'></audio><div>Chapters</div></div>"
    article = read(f"{FIRST}{player}{LAST}").article
    assert article is not None
    assert [one.url for one in article.enclosures] == [sound]


def test_a_list_of_results_with_links_is_text() -> None:
    matches = (
        "<li><a href='/m/1'>Pier – Weir</a> 2:1</li><li><a href='/m/2'>Fen – Dyke</a> 0:0</li>"
    )
    assert "Pier – Weir 2:1" in paragraphs(f"{FIRST}<ul>{matches}</ul>{LAST}")


def test_all_posts_of_a_live_blog_are_its_text() -> None:
    posts = "".join(
        f"<article class='post'><header><h2>Hour {hour}</h2></header><div class='in'>"
        f"<p>The lamp has burnt for {hour} hours by now, and a gull has come to see it.</p></div>"
        f"<ul class='share'><li><a href='/s{hour}'>Facebook</a></li></ul></article>"
        for hour in range(1, 6)
    )
    article = read(f"{FIRST}<div class='posts'>{posts}</div>{LAST}").article
    assert article is not None
    assert len(article.paragraphs) == 12
    assert "Hour 3" in article.paragraphs


def test_a_text_in_a_table_that_places_it_is_no_cell() -> None:
    words = [FIRST[3:-4], LAST[3:-4]] * 4
    page = (
        "<title>Old lamp is lit</title><table><tr><td><a href=/>Home</a><br><a href=/w>World</a>"
        f"</td><td><b>Old lamp is lit</b><br><br>{'<br><br>'.join(words)}</td>"
        "<td><a href='/1'>Boat sails</a><br><a href='/2'>Herring is back</a></td></tr></table>"
    )
    article = normalise(read_page("old.html", page.encode())).article
    assert article is not None
    assert "<table" not in article.content
    assert words[1] in article.paragraphs
    assert "Boat" not in article.content


def test_items_that_tell_first_and_link_then_are_text() -> None:
    items = "".join(
        f"<li>How much oil does a lamp burn in {night} nights, if it burns a pint in one night?"
        f"<p><a href='/s{night}'>Solution</a></p></li>"
        for night in range(2, 7)
    )
    assert "in 5 nights" in content(f"{FIRST}<ol>{items}</ol>{LAST}")


def test_paragraphs_around_a_list_of_the_text_are_text() -> None:
    sentence = "The office of the pier has three rules for whoever wants to light it from now on."
    rules = "".join(f"<li>{rule}</li>" for rule in (FIRST[3:-4], LAST[3:-4], FIRST[3:-4]))
    page = (
        "<title>Old lamp is lit</title><div class='a'><h1>Old lamp is lit</h1></div><div class='b'>"
        f"<p class='x'>{sentence}</p><ul>{rules}</ul></div>"
    )
    article = normalise(read_page("page.html", page.encode())).article
    assert article is not None
    assert sentence in article.paragraphs


def test_a_figure_that_nobody_closed_captions_no_text() -> None:
    unclosed = "<figure><table><tr><td>1</td></tr></table>"
    assert len(paragraphs(FIRST + unclosed + (FIRST + LAST) * 4)) > 6


def test_the_address_of_a_source_is_text() -> None:
    source = "https://pier.example/report"
    assert source in paragraphs(f"{FIRST}<p><a href='{source}'>{source}</a></p>{LAST}")


def test_sentences_of_a_slideshow_that_is_the_article_are_text() -> None:
    slides = "".join(
        f"<div class='slideshow-slide'><img src='/{number}.jpg'><p>Lamp number {number} was cast "
        "in the town, and has burnt on the pier for eleven years without a break.</p></div>"
        for number in range(1, 4)
    )
    assert len(paragraphs(f"{FIRST}{slides}{LAST}")) == 5


def test_a_line_that_ends_with_a_credit_is_no_text_unless_it_stands_among_paragraphs() -> None:
    caption = "The lamp was lit by a keeper and a goat, which ate all the wicks. Photo: Ida Storm"
    apart = read(f"{FIRST}<div class='x'><div>{caption}</div></div>{LAST}")
    among = read(f"{FIRST}{LAST}<p>{caption}</p>")
    alone = read(f"<p>{caption}</p>")
    assert apart.article is not None
    assert len(apart.article.paragraphs) == 2
    assert among.article is not None
    assert caption in among.article.paragraphs
    assert alone.article is not None
    assert alone.article.paragraphs == (caption,)


def test_a_byline_among_other_stories_signs_theirs() -> None:
    more = "<h3>More</h3><h4><a href=/o/x>Old ship sinks</a></h4><p class=author>By Olaf Berg</p>"
    article = read(f"{FIRST}{LAST}<section>{more}</section>").article
    assert article is not None
    assert article.authors == ()


@pytest.mark.parametrize(
    "markup",
    [
        "<figure><table>{0}</table><figcaption>Source: harbour board</figcaption></figure>",
        "<table><caption>Source: harbour board</caption>{0}</table>",
        "<table>{0}</table><p>Source: harbour board</p>",
    ],
)
def test_what_captions_a_table_is_text(markup: str) -> None:
    table = markup.format("<tr><th>Year</th><th>Lamps</th></tr><tr><td>2024</td><td>2</td></tr>")
    assert "Source: harbour board" in content(FIRST + table + LAST)


@pytest.mark.parametrize("called", ["teaser", "field--name-field-teaser", "x"])
def test_sentences_between_byline_and_text_lead_into_it(called: str) -> None:
    lead = "It cost forty crowns. The keeper warns of more."
    page = (
        "<body><article><h1>Old lamp is lit</h1><div>By Ada Finch</div><div>9 February 2026</div>"
        f"<div class='{called}'><p>{lead}</p></div><div class=text>{FIRST}{LAST}</div></article>"
    )
    article = normalise(read_page("page.html", page.encode())).article
    assert article is not None
    assert article.paragraphs[0] == lead


def test_a_promotion_between_byline_and_text_leads_nowhere() -> None:
    page = (
        "<body><article><h1>Old lamp is lit</h1><div>By Ada Finch</div>"
        "<div class=promo><p>The pier has a shop of its own now.</p></div>"
        f"<div class=text>{FIRST}{LAST}</div></article>"
    )
    article = normalise(read_page("page.html", page.encode())).article
    assert article is not None
    assert len(article.paragraphs) == 2


@pytest.mark.parametrize(
    "sentence",
    ["[He laughs.]", "[applause]", "Copyright law was changed in 1990."],
)
def test_a_line_that_only_begins_like_a_notice_is_text(sentence: str) -> None:
    assert sentence in paragraphs(f"{FIRST}<p>{sentence}</p>{LAST}")


@pytest.mark.parametrize(
    "line",
    [
        "Post Views: 12",
        "12 people like this",
        "Story continues below advertisement",
        "Slide 1 of 9",
        "Viewed 12 times",
        "This article has been read 12 times.",
        "12 people found this helpful",
        "5/5 - (3 votes)",
        "Be the first to like this.",
        "Lu 12 fois",
        "Gelesen: 445",
        "閲覧数 12",
        "阅读：12",
        "浏览 12 次",
        "조회수 12",
    ],
)
def test_a_counter_of_a_program_is_no_text(line: str) -> None:
    assert len(paragraphs(f"{FIRST}<p>{line}</p>{LAST}")) == 2


@pytest.mark.parametrize(
    "line",
    [
        "Rating: 4.5/5",
        "370 €",
        "12 ℃",
        "₽ 300",
        "12 ドル",
        "Read 12 books.",
        "Twelve people saw it",
    ],
)
def test_a_number_of_something_else_than_readers_is_text(line: str) -> None:
    assert line in paragraphs(f"{FIRST}<p>{line}</p>{LAST}")


@pytest.mark.parametrize(
    ("markup", "words", "rule"),
    [
        ("<textarea>We ask for oil.</textarea>", "We ask for oil.", "form"),
        ("<button>All wicks at once</button>", "All wicks at once", "button or label"),
        ("<p><svg><title>Oil by year</title></svg></p>", "Oil by year", "words of a drawing"),
        ("<p class='sr-only'>The list is long.</p>", "The list is long.", "hidden from view"),
    ],
)
def test_what_a_button_a_form_or_a_drawing_among_paragraphs_says_is_named(
    markup: str, words: str, rule: str
) -> None:
    found = read(f"{FIRST}{markup}{LAST}")
    assert found.article is not None
    assert len(found.article.paragraphs) == 2
    assert (words, rule) in {(one.text, one.rule) for one in found.dropped}


@pytest.mark.parametrize(
    "name", ["sr-only", "visually-hidden", "screen-reader-text", "u-visually-hidden"]
)
def test_words_within_a_sentence_for_those_who_hear_the_page_are_named(name: str) -> None:
    link = f"<a href='/oil'>in a note<span class='{name}'> (opens in new window)</span></a>"
    found = read(f"{FIRST}<p>The keeper said {link} that oil for the lamp is cheap now.</p>{LAST}")
    assert found.article is not None
    assert "The keeper said in a note that oil for the lamp is cheap now." in (
        found.article.paragraphs
    )
    assert any("opens in new window" in one.text for one in found.dropped)


def test_a_button_within_a_sentence_is_one_of_its_words() -> None:
    term = "The council asked the <button>curator</button>, who has the key, for a second lamp."
    assert any(
        "asked the curator, who has the key" in words
        for words in paragraphs(f"{FIRST}<p>{term}</p>{LAST}")
    )


def test_what_is_hidden_is_named_whole_and_without_its_scripts() -> None:
    hidden = " ".join(f"Wick {number} was cut by the boy on a day in May." for number in range(9))
    found = read(f"{FIRST}<div hidden><p>{hidden}</p><script>wick(1)</script></div>{LAST}")
    assert [one.text for one in found.dropped if one.rule == "hidden from view"] == [hidden]


TEASER = "<p>The boat was out of use since the storm, when its engine failed.</p>"


@pytest.mark.parametrize(
    "below",
    [
        f"<h3><a href='/boat'>Pilot boat gets an engine</a></h3>{TEASER}"
        "<p><a href='/boat'>Read more</a></p>",
        f"<div><h3><a href='/boat'>Pilot boat gets an engine</a></h3>{TEASER}</div>",
        f"<div><a href='/boat'>Pilot boat gets an engine</a>{TEASER}</div>",
        f"<div><h3><a href='/boat'>Pilot boat gets an engine</a></h3>{TEASER}</div>"
        f"<div><h3><a href='/nets'>Nets are found far out at sea</a></h3>{TEASER}</div>",
    ],
)
def test_a_teaser_or_two_below_the_text_are_named(below: str) -> None:
    found = read(f"{FIRST}{LAST}{FIRST.replace('Monday', 'Tuesday')}{LAST}{below}")
    assert found.article is not None
    assert "boat" not in " ".join(found.article.paragraphs)
    assert "Pilot boat gets an engine" in " ".join(one.text for one in found.dropped)


def test_the_last_of_several_things_with_links_is_text() -> None:
    things = "".join(
        f"<h3><a href='/{name}'>The {name} of the old pier</a></h3>{LAST.replace('it', name)}"
        for name in ("lamp", "wick", "ladder")
    )
    assert "The ladder of the old pier" in paragraphs(FIRST + things)


@pytest.mark.parametrize(
    "twice",
    [
        "<div class=s><p>The lamp is lit.</p></div><div class=l><p>The lamp is lit.</p></div>",
        "<h2 class=phone>The lamp is lit.</h2><h2 class=wide>The lamp is lit.</h2>",
    ],
)
def test_what_is_there_for_small_and_for_large_screens_is_text_once(twice: str) -> None:
    assert paragraphs(f"{FIRST}{twice}{LAST}").count("The lamp is lit.") == 1


@pytest.mark.parametrize(
    ("again", "words"),
    [
        (f"<p>Light, more light!</p>{FIRST}<p>Light, more light!</p>", "Light, more light!"),
        ("<div class=home>2</div><div class=away>2</div>", "2"),
        ("<dl><dt>Oil</dt><dd class=a>4 cans</dd><dd class=b>4 cans</dd></dl>", "4 cans"),
    ],
)
def test_a_refrain_a_score_or_a_cell_is_text_each_time(again: str, words: str) -> None:
    assert paragraphs(f"{FIRST}{again}{LAST}").count(words) == 2


def test_the_caption_of_a_picture_above_the_headline_is_no_text() -> None:
    page = (
        "<body><article><header><figure><img src='https://a.example/lamp.jpg' alt=''>"
        "<figcaption>The lamp, seen from the ferry. Ada Finch</figcaption></figure>"
        f"<h1>Old lamp is lit</h1></header><div>{FIRST}{LAST}</div></article>"
    )
    found = normalise(read_page("page.html", page.encode()))
    assert found.article is not None
    assert len(found.article.paragraphs) == 2
    assert "ferry" not in found.article.content
    assert any("seen from the ferry" in one.text for one in found.dropped)


@pytest.mark.parametrize(
    "plea",
    [
        "Follow the Pier Post on Facebook and Instagram for more of the lamp.",
        "Síguenos en Telegram y Facebook para saber más de la lámpara.",
        "Lust auf mehr? Abonniere unseren Newsletter, dann weißt du es als Erster.",
        "Subscribe now to our printed edition for the full story.",
        "This website uses cookies, as all of them do, and says so at the end.",
        "Der Beitrag wurde am Montag um 12:15 Uhr veröffentlicht und unter Lampen abgelegt.",
        "https://a.example/lamp.jpg 540 960 ada https://a.example/logo.png ada2026-01-02",
        "This site is protected by reCAPTCHA, and two kinds of terms apply.",
    ],
)
def test_what_newsrooms_ask_for_below_a_text_is_no_text(plea: str) -> None:
    found = read(f"{FIRST}{LAST}<p>{plea}</p>")
    assert found.article is not None
    assert len(found.article.paragraphs) == 2
    assert any(plea in one.text for one in found.dropped)


@pytest.mark.parametrize(
    "told",
    [
        "Follow the lamp's keeper to the ladder, and then go up with him.",
        "Get the oil from the mill, not from the shop on the pier.",
    ],
)
def test_a_last_sentence_that_asks_for_something_else_is_text(told: str) -> None:
    assert paragraphs(f"{FIRST}{LAST}<p>{told}</p>")[-1] == told


@pytest.mark.parametrize(
    "announced",
    [
        "<p>From the boy's diary:</p><p><a href='/a'>How I came to the pier</a></p>",
        "<h2>From our shelves</h2><p><a href='/a'>How I came to the pier</a></p><h2>The oil</h2>",
        "<h3>Das könnte dich auch interessieren</h3><p><a href='/a'>How I came to it</a></p>",
    ],
)
def test_what_announces_links_alone_goes_with_them(announced: str) -> None:
    found = paragraphs(f"{FIRST}{announced}{LAST}")
    assert not {"From the boy's diary:", "From our shelves"}.intersection(found)
    assert "Das könnte dich auch interessieren" not in found


def test_a_number_that_is_called_a_count_is_no_text_and_another_number_is() -> None:
    found = paragraphs(f"{FIRST}<div class='like-count'>12</div><p>1890</p>{LAST}")
    assert "12" not in found
    assert "1890" in found


def test_a_box_that_asks_for_donations_is_no_text() -> None:
    box = "<div class='donate-box'><h3>Your pier</h3><p>The lamp costs more each year.</p></div>"
    assert len(paragraphs(f"{FIRST}{box}{LAST}")) == 2


def test_what_a_site_says_of_its_links_above_a_text_is_no_text() -> None:
    assert len(paragraphs(f"<p>This article contains affiliate links.</p>{FIRST}{LAST}")) == 2


@pytest.mark.parametrize("heading", ["<h3>Sources</h3>", "<p><strong>Quellen</strong></p>"])
def test_sources_with_links_are_text(heading: str) -> None:
    names = ("Lamps of the north", "On the price of oil", "A boy and his wick")
    rows = "".join(f"<li><a href='https://b.example/{name[0]}'>{name}</a></li>" for name in names)
    assert set(names) <= set(paragraphs(f"{FIRST}{heading}<ul>{rows}</ul>{LAST}"))


@pytest.mark.parametrize(
    "closing",
    [
        "<ul><li>Oil</li><li>Salt</li></ul>",
        "<ol><li>Oil</li><li>Salt</li></ol>",
        "<dl><dt>Oil</dt><dd>9 l</dd><dt>Salt</dt><dd>2 kg</dd></dl>",
        "<p>To be bought:</p><ul><li>Oil</li><li>Salt</li></ul>",
        "<h2>To be bought</h2><ul><li>Oil</li><li>Salt</li></ul>",
    ],
)
def test_a_list_that_ends_the_text_is_text(closing: str) -> None:
    page = f"<body><div><h1>Old lamp is lit</h1>{FIRST}{LAST}{closing}</div></body>"
    article = normalise(read_page("page.html", page.encode())).article
    assert article is not None
    assert "Oil" in article.content
    assert "Salt" in article.content
    assert ("To be bought" in article.content) == ("To be bought" in closing)


@pytest.mark.parametrize(
    "closing",
    [
        "<ul><li><a href='/a'>Oil is dear</a></li><li><a href='/b'>Salt is not</a></li></ul>",
        "<h3>Latest news</h3><ul><li>Oil is dear</li><li>Salt is not</li></ul>",
        "<h3>Elsewhere</h3><h3>Latest news</h3><ul><li>Oil is dear</li><li>Salt</li></ul>",
        "<p><a href='/c'>Bishop blesses a boat</a></p><ul><li>Oil is dear</li><li>Salt</li></ul>",
    ],
)
def test_a_list_of_other_stories_below_the_text_is_none(closing: str) -> None:
    page = f"<body><div><h1>Old lamp is lit</h1>{FIRST}{LAST}{closing}</div></body>"
    article = normalise(read_page("page.html", page.encode())).article
    assert article is not None
    assert "Oil" not in article.content


@pytest.mark.parametrize("template", ["{quote}{first}{last}", "{first}{last}{quote}"])
def test_who_is_quoted_in_a_figure_is_text_at_both_ends_of_the_text(template: str) -> None:
    quote = (
        "<figure><blockquote>It has burnt for nine nights without us.</blockquote>"
        "<figcaption>— Ada Finch, keeper</figcaption></figure>"
    )
    assert "Ada Finch" in content(template.format(quote=quote, first=FIRST, last=LAST))


def test_the_shortcode_around_a_picture_is_none_of_its_caption() -> None:
    shortcode = (
        '<p>[caption id="a_1" width="300"]<img src="https://tide.example/lamp.jpg">'
        " The lamp[/caption]</p>"
    )
    for markup in (shortcode + FIRST + LAST, FIRST + shortcode + LAST, FIRST + LAST + shortcode):
        article = read(markup).article
        assert article is not None
        assert "caption id" not in article.content
        assert "[/caption]" not in article.content


@pytest.mark.parametrize(
    "line",
    [
        "<p>Rate this post: 4.5/5 (12 votes)</p>",
        "<p>Рейтинг: 4.7 (Голосов: 33)</p>",
        "<p>★★★★☆ 4.2 (120)</p>",
        "<p>Vor 3 Stunden aktualisiert</p>",
        "<p>Mis à jour il y a 3 heures</p>",
        "<p>3 saat önce güncellendi</p>",
        "<p>3시간 전 업데이트</p>",
        "<p>3小时前更新</p>",
        "<p>Last updated yesterday</p>",
        "<p>Posted an hour ago</p>",
        "<p>This page was last modified 3 hours ago.</p>",
        "<p>By Ada Finch, 3 hours ago</p>",
        "<p>Liked by 12 readers</p>",
        "<p>EUR/USD 1.0812 ▲ 0.3%</p>",
        "<p><i class='fa fa-eye'></i> 1204 <i class='fa fa-comment'></i> 3</p>",
    ],
)
def test_a_line_that_is_another_at_each_save_is_no_text(line: str) -> None:
    assert len(paragraphs(FIRST + line + LAST)) == 2


@pytest.mark.parametrize(
    "line",
    ["Farleigh 3 (1)", "By the pier, three hours ago, it rang.", "He went home an hour ago."],
)
def test_a_result_and_what_was_done_an_hour_ago_are_text(line: str) -> None:
    assert line in paragraphs(f"{FIRST}<p>{line}</p>{LAST}")


@pytest.mark.parametrize("counter", ["👁 1204", "Переглядів: 1204", "1204 перегляди"])
def test_a_line_of_the_header_may_count_something(counter: str) -> None:
    page = (
        '<html lang="uk"><body><main><h1>Стару лампу запалили</h1><div class="info">'
        f"<span>26 листопада 2026, 14:20</span><span>{counter}</span>"
        "<span>Автор: Оксана Гнатюк</span><span>Оновлено: 27 листопада 2026, 09:05</span></div>"
        "<div><p>Лампу на старому причалі знову запалили в понеділок, після сорока років.</p>"
        "<p>Ніхто її не замовляв, і ніхто досі не питає, хто платить за цю олію.</p></div></main>"
    )
    article = normalise(read_page("page.html", page.encode())).article
    assert article is not None
    assert len(article.paragraphs) == 2
    assert article.authors == ("Оксана Гнатюк",)


@pytest.mark.parametrize("template", ["{aside}{first}{last}", "{first}{aside}{last}"])
def test_a_correction_beside_the_text_belongs_to_it(template: str) -> None:
    aside = "<aside><p>Correction: The keeper is called Finch, not Linnet.</p></aside>"
    assert "not Linnet" in content(template.format(aside=aside, first=FIRST, last=LAST))


def test_what_else_stands_beside_the_text_does_not() -> None:
    aside = "<aside><p>The keeper corrected the clock, too, and was thanked.</p></aside>"
    assert "thanked" not in content(FIRST + aside + LAST)


@pytest.mark.parametrize("heading", ["Sources", "Show notes"])
def test_sources_that_end_the_text_are_of_it(heading: str) -> None:
    links = (
        "<li><a href='https://a.example/1'>Register of lamps</a></li>"
        "<li><a href='https://b.example/2'>Letter of the bishop</a></li>"
    )
    found = content(f"{FIRST}{LAST}<h3>{heading}</h3><ul>{links}</ul>")
    assert heading in found
    assert "Letter of the bishop" in found


def test_a_short_point_among_longer_ones_is_text() -> None:
    points = (
        "<ul><li>The lamp burns again for ships</li><li>The pier is open to all</li>"
        "<li>Nobody was hurt</li></ul>"
    )
    assert "Nobody was hurt" in content(f"<div>{points}</div>{FIRST}{LAST}")


def test_the_first_clock_of_a_live_blog_stays_as_the_others_do() -> None:
    posts = "".join(
        f'<section class="post"><time datetime="2026-11-27T{clock}:00Z">{clock}</time>'
        f"<h3>{heading}</h3>{text}</section>"
        for clock, heading, text in (("17:31", "Lit again", FIRST), ("12:10", "No oil", LAST))
    )
    assert [clock in content(posts) for clock in ("17:31", "12:10")] == [True, True]


def test_how_much_of_a_thing_is_needed_counts_no_readers() -> None:
    rows = "<div><span class='amount'></span>2 <div>small lamps</div></div>"
    assert "2" in paragraphs(FIRST + rows + LAST)


def test_a_sentence_about_advertising_is_text() -> None:
    line = "Advertisement: that was her word for the lamp."
    found = paragraphs(f"{FIRST}<p>{line}</p><p>Advertisement: Buy lamps.</p>{LAST}")
    assert line in found
    assert len(found) == 3


def test_a_link_to_a_recording_is_text_as_one_to_a_document_is() -> None:
    assert "Hear the bell" in content(
        f"{FIRST}<a href='https://a.example/bell.mp3'>Hear the bell</a>{LAST}"
    )


def test_a_note_below_the_text_may_be_a_link() -> None:
    notes = (
        "<p><sup>1</sup> County archive, box 12.</p>"
        "<p><sup>2</sup> <a href='https://a.example/l'>Letter of the bishop</a></p>"
    )
    assert "Letter of the bishop" in content(FIRST + LAST + notes)


def test_a_list_may_count_in_letters() -> None:
    assert '<ol type="a">' in content(f"{FIRST}<ol type='a'><li>Oil</li><li>Salt</li></ol>{LAST}")


@pytest.mark.parametrize("tag", ["noscript", "template", "button"])
def test_what_waits_for_a_script_among_paragraphs_is_named(tag: str) -> None:
    found = read(f"{FIRST}<{tag}><p>The ferry is free.</p></{tag}>{LAST}")
    assert any("The ferry is free." in one.text for one in found.dropped)


def test_the_heading_of_a_table_of_contents_is_no_text() -> None:
    links = "<ul><li><a href='#oil'>Oil</a></li></ul>"
    assert "Contents" not in paragraphs(f"{FIRST}<div><p>Contents</p>{links}</div>{LAST}")


QUESTION = "<h3>Should the lamp burn all night?</h3>"


@pytest.mark.parametrize(
    ("poll", "rule"),
    [
        (
            f"<div>{QUESTION}<label><input type=radio name=a> Yes, all night</label>"
            "<label><input type=radio name=a> Until ten</label><button>Vote</button></div>",
            "form",
        ),
        (
            f"<div class=poll-box>{QUESTION}<p>Yes, all night <b>61%</b></p><p>No 39%</p></div>",
            "poll",
        ),
    ],
)
def test_a_poll_between_paragraphs_is_no_text_and_is_named(poll: str, rule: str) -> None:
    reading = read(f"{FIRST}{poll}{LAST}")
    assert reading.article is not None
    assert len(reading.article.paragraphs) == 2
    assert rule in {item.rule for item in reading.dropped if "burn all night" in item.text}


def test_a_paragraph_beside_a_poll_is_text() -> None:
    field = "<input type=radio name=a>"
    poll = f"<div><label>{field} Yes</label> <label>{field} No</label></div>"
    assert len(paragraphs(f"<div>{FIRST}{poll}{LAST}</div>")) == 2


def test_an_article_that_is_called_a_poll_is_one() -> None:
    assert len(paragraphs(f"<div class=poll>{FIRST}{LAST}</div>")) == 2


def test_a_paragraph_called_as_those_of_the_text_are_is_text_behind_an_advertisement() -> None:
    blocks = "".join(
        f"<div><div class='{names}'><p class=block>{words}</p></div></div><div class=ads>Ad</div>"
        for names, words in (
            (
                "story -space",
                "The lamp on the old pier was lit again on Monday, after forty years.",
            ),
            ("story -space", "Nobody had ordered it, and nobody has asked who pays for its oil."),
            ("story", "It will burn until the oil is gone, and there is a barrel of it left."),
        )
    )
    page = f"<body><article><h1>Old lamp is lit</h1><div class=a>{blocks}</div></article>"
    article = normalise(read_page("page.html", page.encode())).article
    assert article is not None
    assert len(article.paragraphs) == 3


def test_rows_of_links_with_names_of_their_own_are_text() -> None:
    rows = (
        "<p><a href=/n>North shore</a>: <a href=/n/1>Aldby</a>, <a href=/n/2>Holm</a></p>"
        "<p>South shore: <a href=/s/1>Tarn</a></p>"
    )
    for markup in (FIRST + rows + LAST, FIRST + LAST + rows):
        article = read(markup).article
        assert article is not None
        assert "North shore: Aldby, Holm" in article.paragraphs
        assert "South shore: Tarn" in article.paragraphs


def test_what_stands_in_a_box_of_pleas_is_one_of_them() -> None:
    box = (
        "<div class=x><p>Gift this article</p><p>Support our journalism</p><p>Whoever has an "
        "account reads all of it.</p></div>"
    )
    reading = read(f"{FIRST}{LAST}<p>The harbour office has a barrel left, and a rope.</p>{box}")
    assert reading.article is not None
    assert len(reading.article.paragraphs) == 3
    assert any("Whoever has an account" in item.text for item in reading.dropped)


def test_a_paragraph_called_a_caption_below_a_picture_is_one() -> None:
    picture = "<div><img src=/lamp.jpg width=600><p class=thumb-caption>He lights it.</p></div>"
    assert len(paragraphs(f"{picture}{FIRST}{LAST}")) == 2


TABLE = (
    "<table><tr><th>Month</th><th>Oil</th></tr>"
    "<tr><td><a href=/j>June</a></td><td>9</td></tr></table>"
)


def test_a_table_with_headings_below_the_text_is_text_with_its_heading() -> None:
    assert paragraphs(f"{FIRST}{LAST}<div><h4>What it burns</h4>{TABLE}</div>")[2:] == (
        "What it burns",
        "Month | Oil",
        "June | 9",
    )


def test_a_table_in_the_header_of_a_page_is_no_text_and_is_named() -> None:
    header = f"<header><h1>Old lamp is lit</h1>{TABLE}</header>"
    page = f"<body><article>{header}<div>{FIRST}{LAST}</div></article>"
    reading = normalise(read_page("page.html", page.encode()))
    assert reading.article is not None
    assert len(reading.article.paragraphs) == 2
    assert [item.rule for item in reading.dropped] == ["facts about the page"]
