r"""What templates call the parts of a page: names in ``class``, ``id`` and ``itemprop``.

Rules
- A name is a pattern in small letters, a word of its own: "post-author" has "author" in it,
  "authority" has not.
- What is beside the article may be a list of other stories, even if it is called navigation.
"""

from __future__ import annotations

from feeds.normalise import verdicts
from feeds.normalise.words import vocabulary
from feeds.normalise.words.patterns import Words, words_of

_NAVIGATION = "nav navbar menu pagination bread-?crumbs?"
# those of a match are the reporter's, minute by minute
_COMMENTS = (
    r"(?<!live[_-])(?<!match[_-])comments? "
    r"comment-?(?:list|area|section|box|thread|author|meta|form|item)s? "
    r"(?<!live[_-])(?<!match[_-])commentaires? "
    r"comment[io] comentarios? coment[aá]rios? kommentar(?:er|e|en)? respond "
    r"(?:leser|user|besucher)-?kommentare? lesermeinung(?:en)? kommentar(?:bereich|liste) "
    r"reacties? koment(?:arz|arze|arzy|are|ari|arji|ari[ui]|aras|arai|[aá][rř]e?) kommentit? "
    r"hozz[aá]sz[oó]l[aá]s(?:ok)? yorum(?:lar[iı]?)? okur-?yorumlar[iı] (?:s|ş)[eə]rh(?:l[eə]r)? "
    r"kommentari[ij]? komment(?:arii|y)? binh-?luan postings reply replies "
    r"(?:user|reader|fb|facebook)-?comments? guest-?book "
    r"disqus\w* giscus utterances remark42 cusdis isso-thread hyvor-talk\S* coral-talk\S*"
)
_SHARING = "share sharing social"
_ADVERTISING = r"advert\w* ads?"


def _any_name(*names: str) -> Words:
    return Words(rf"(?:^|[\s_-])(?:{'|'.join(' '.join(names).split())})(?=$|[\s_-])")


_FURNITURE = (
    (verdicts.NAVIGATION, f"{_NAVIGATION} navigation next-prev"),
    (verdicts.COMMENTS, _COMMENTS),
    (verdicts.SHARING, f"{_SHARING} follow-us sharedaddy sd-like sd-sharing jetpack-likes"),
    (verdicts.ADVERTISING, rf"{_ADVERTISING} sponsored outbrain taboola"),
    (
        verdicts.PLAYER,
        r"(?:audio|video|media|podcast|jw|html5)-?player\S* player-?(?:controls?|ui|bar) vjs-\S+ "
        r"mejs-\S+ plyr\S* text-?to-?speech",
    ),
    (
        verdicts.POLL,
        r"(?:wp-?)?polls? poll-?(?:box|widget|container|question|results?|options?|answers?)",
        r"umfrage-?(?:box|modul|widget)? sondage encuesta sondaggio enquete ankieta vote-?box",
    ),
    (
        verdicts.INVITATION,
        r"donate donations? support-?us newsletters? newsletter-?\w+ signup-?(?:card|form|box) "
        "mc4wp-form cookies? consent",
    ),
    (verdicts.TAGS, "tags? tag-?cloud keywords"),
    (verdicts.CAPTION, "captions? caption-?text legend wp-caption bildunterschrift"),
    (verdicts.GALLERY, "galler(?:y|ies) slideshow carousel slider swiper lightbox"),
    (
        verdicts.ABOUT_AUTHOR,
        r"author-?(?:bio|box|info|profile|description|card|about)\w*"
        " bio(?:graphy)? about-?author authorprofile",
    ),
    (
        verdicts.OTHER_STORIES,
        r"related recommend\w* most-?read popular trending read-?more more-?news see-?also",
    ),
    (verdicts.BOX, "sidebar footer promo banner widget teasers? latest ticker"),
)
FURNITURE = tuple((_any_name(*called), rule) for rule, *called in _FURNITURE)
"""What is no text of the article, and what it is: the first that fits."""

ANY_FURNITURE = _any_name(*(names for _, *called in _FURNITURE for names in called))
"""Most names are none of these, which one pattern says in a third of the time."""

NAVIGATION = _any_name(_NAVIGATION)
"""What leads around the site, if there are links in it."""

NO_LIST = _any_name(_COMMENTS, _SHARING)
"""What holds no list of other stories, whatever dates are in it."""

ADVERTISING = _any_name(
    _ADVERTISING,
    r"(?<!node-)(?<!node--)promoted",
    r"sponsor\w* outbrain taboola native-?ads? advertorial anzeigen? werbung",
)

EVENTS = _any_name(r"events event-?list event-?calendar upcoming veranstaltung\w* termine agenda")
"""A list of what is to come."""

CHRONOLOGY = _any_name(r"time-?line chronolog\w* chronik zeitleiste cronolog\w*")
"""What came before a story, from the first day on."""

HEADLINE = _any_name(r"\w*headlines? \w*title hed titel titre titulo titulos? manset")
"""The headline of a story in a list."""

TEASER = _any_name(
    r"teaser sub-?\w+ dek lead lede standfirst summary excerpt description intro text"
)
"""What goes on after the headline of a story in a list."""

STANDFIRST = _any_name(
    r"stand-?first deck? lede lead(?:-?(?:in|text))? sub-?(?:title|head(?:line|ing)?)s?",
    "intro(?:-?text)? introduction excerpt summary abstract preamble blurb teaser-?text",
    "vorspann chapo chapeau accroche entradilla bajada copete sumario sommario occhiello",
    "catenaccio resumo linha-?fina ingress perex manchet spot ozet podnaslov",
)
"""What stands between the headline and the text, and leads from one to the other."""

LEADING_BOX = _any_name("teasers?")
"""What is called as boxes of other stories are, and leads into the text below a headline."""

_LABELS = (
    r"kickers? badges? labels? flags? overline eyebrow supra-?title surtitle dachzeile roofline "
    r"topline pill premium exclusive category section topics?"
)

LIST_LABEL = _any_name(
    _LABELS,
    r"\w*kickers? \w*categor(?:y|ies) cat sections? tags? over-?title pre-?title super-?headline",
    r"plus icon sr-?only visually-?hidden screen-?reader\S* authors? bylines? counts? comments?",
    "type duration",
)
"""What stands beside the headline of a story in a list."""

TIME_LABEL = _any_name("dates? time timestamp")
"""What says when a story of a list came out, if it is as short as that."""

BYLINE = _any_name(
    "by by-?lines? author-?names? contributors? signatures? firmatari",
    *words_of(vocabulary.WRITERS),
)
"""Who wrote a story."""

HEADING_LABEL = _any_name(_LABELS, "rubric rubrik edit editsection catlinks counts? comments?")
"""What stands beside a headline within its heading, and is no part of it."""

UNHEARD = _any_name(
    r"sr-?only screen-?reader screen-?reader-?text visually-?hidden visuallyhidden a11y-?hidden",
    r"head(?:er|ing)-?link heading-?anchor anchor-?link permalink mw-editsection editsection",
)
"""What a heading has for machines, for readers who don't see it, or for links to itself."""

UPDATED = Words("updat|modif|aktualis|actualiz|mise-?a-?jour")
"""The date of the last change; also as a part of a name, as in "dateModified"."""

PUBLISHED = Words("publi[sc]|posted|created|issued")
"""The date of publication; also as a part of a name, as in "datePublished"."""

DATE = Words(
    r"(?:^|[\s_-])(?:(?:post|entry|article|story|news|byline|pub|publish|meta|content)?[_-]?"
    r"(?:date|time|datetime|timestamp|dateline|published|posted|pubdate|tarih)|posted-on)(?:$|[\s_-])"
)
"""Dates of the story that they stand beside."""

ROW_OF_FACTS = _any_name("(?:post|entry|article|story|news)?-?(?:meta|infos?|details|byline)")
"""The row below a headline that says who wrote the story, and when."""

OTHER_DATE = Words(r"event|birth|expir|deadline|(?:^|[\s_-])(?:start|end|due)[_-]")
"""Dates of something else."""

EVENT = Words(r"(?:^|\s)(?:events?|event-\w+|tribe-events\S*|vevent|termin)(?=$|\s)")
"""What happens on a day, rather than what is told of it."""

CAPTIONED = _any_name("captions? caption-?text wp-caption wp-caption-text bildunterschrift")
"""What stands below a picture."""

TODAY = Words(
    r"(?:^|\s)(?:today|now|clock)(?:$|\s)|current[_-]?(?:date|day|time)|todays?[_-]?date"
    r"|date[_-]?today|(?:^|[\s_-])(?:weather|wetter|meteo)(?:$|[\s_-])"
)
"""The day on which somebody looks at the page."""

CREDIT = Words("credit|copyright|photographer|source|author")
"""Whose a picture is, within its caption."""

NO_EMBED = Words(
    r"advert|(?:^|[\s/._-])ads?(?=$|[\s/._-])|3rd party ad|doubleclick|googlesyndication"
    r"|googletagmanager|gtm-|ns\.html\?id|analytics|adservice|adsystem|taboola|outbrain|criteo|captcha|onetrust|consent"
    r"|(?<!no)cookie|plugins/(?:like|share_button|page|comments|follow)|(?:follow|tweet)_button|widget_iframe"
    r"|mgid|sibforms|smartads?\b|revcontent|disqus|accounts\.google|광고|реклам|広告|广告"
)
"""What is embedded and is nothing to look at."""

NO_TITLE = Words(
    r"|(?:youtube |html5 )?(?:video|audio|media|podcast) ?player"
    r"|youtube(?: video player)?|vimeo|embedded \w+|external content|i?frame"
)
"""What an embed is called that has no title."""

CONSENT = Words("consent|opt-?in|two-?click|2-?click|embed-?(?:privacy|placeholder)")
"""What stands in an embed's place until people agree to it."""

QUOTE = _any_name(
    r"(?:\w+-)?quotes?(?:__\w+)? (?:pull|block)-?quotes?\w* testimonial zitat citation"
)
"""A quotation, with the words that say whose it is."""

POST = Words(r"embed|tweet|twitter|instagram|tiktok|fb-(?:post|video)|text-post|social-?post|toot")
"""A post of another site."""

CARD = Words(r"book-?mark(?!s|let)|link-?(?:card|preview)|url-?card|file-?(?:card|block|download)")
"""A card that leads to a page or a file which the text speaks of."""

STORY_CARD = Words("wp-(?:block-)?embed")
"""Another story, which a blog embeds as it does posts."""

COUNTS = _any_name(r"\w*counts? counters? \w*likes? \w*claps? \w*shares? \w*views? hits")
"""What holds how many readers did something."""

COUNTER = Words(
    r"//(?:pixel|beacon|counter|stats|track(?:ing|er)?)\d*\.|//[^/]*(?:vgwort\.de|scorecardresearch|doubleclick)"
    r"|/(?:1x1|pixel|spacer|blank|clear|trans(?:parent)?|beacon|counter)(?:\.(?:gif|png|php))?(?:$|\?)"
)
"""The address of a picture that counts readers, or fills a gap."""

DECORATION = Words(
    r"(?:^|[/._-])(?:logos?|icons?|app-?icons?|avatars?|gravatar|sprites?|bookmark|placeholders?"
    r"|profile-?(?:images?|pics?|photos?)|authors?|autor(?:en|es)?|werbung|banners?)(?:[/._-]|$)"
)
"""The address of a picture that belongs to a site and no story."""

FACE = _any_name("avatars? by-?lines? authors? author-?\\w+ autor gravatar bio biography")
"""What shows who wrote a story."""

EMOJI = _any_name("emoji wp-smiley smiley twemoji")
"""A picture of a character."""

PAYWALL = Words(r"(?:^|[\s_-])(?:paywall|login-?wall|regwall|subscribe-?wall|piano)")
"""The notice that asks readers to log in or to subscribe."""

LISTING = frozenset(
    "home archive archives category tag search search-results blog index front-page frontpage "
    "homepage taxonomy listing".split()
)
"""The ``body`` of a page of headlines."""

STORY = frozenset("single single-post article post story news-detail".split())
"""The ``body`` of an article's page."""

PRINT = "print(?:able|er)?"
PRINT_VERSION = Words(rf"{PRINT}(?:[-_]?(?:page|version|view|friendly|article))?")
"""The ``body`` of a page made for printing."""

ERROR = Words(r"(?:^|\s)(?:error|page)?-?(?:404|not-?found)(?:-page)?(?=\s|$)")
"""The ``body`` of what a server shows for a page that it hasn't got."""
