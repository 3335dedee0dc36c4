"""What a client is, by its User-Agent, which may say anything.

Rules
- A client is one of five kinds. An *aggregator* polls for many people and may say for how many;
  a *reader* is somebody's feed reader; a *script* is a tool or a library for HTTP in general; a
  *browser* may be a person who opened a feed's address; a *bot* collects pages.
- Names come from the table alone, so that what somebody wrote into a User-Agent is kept nowhere.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from feeds.model.audience import Kind

SUBSCRIBING: tuple[Kind, ...] = ("aggregator", "reader")
"""The kinds that count as subscribers."""

_MOST = 100_000_000
_MOST_OF_UNKNOWN = 1_000
"""Of so many people an aggregator is believed that the table lacks: anybody may say anything."""


class Client(NamedTuple):
    """What a User-Agent tells: a ``name`` of the table, and for aggregators for whom they poll.

    ``subscribers`` is None if it gives no number. ``group`` tells apart numbers of one
    aggregator that concern different people.
    """

    name: str
    kind: Kind
    subscribers: int | None = None
    group: str = ""


# What is found in a User-Agent in small letters, without groups, and what it is then called. What
# stands first in the User-Agent counts, and of rows that fit there the first.
_TABLE: dict[Kind, str] = {
    "aggregator": """
feedly=Feedly
feedbin=Feedbin
inoreader=Inoreader
newsblur=NewsBlur
theoldreader|the old reader=The Old Reader
bloglovin=Bloglovin
bazqux=BazQux
feed wrangler|feedwrangler=Feed Wrangler
feedspot=Feedspot
g2reader=G2Reader
netvibes=Netvibes
superfeedr=Superfeedr
feedburner=FeedBurner
blogtrottr=Blogtrottr
feeder\\.co|feederbot=Feeder.co
flipboard=Flipboard
kill the newsletter|kill-the-newsletter=Kill the Newsletter
mailchimp=Mailchimp
ifttt=IFTTT
zapier=Zapier
slackbot|slack-imgproxy=Slack
pocket casts|pocketcasts=Pocket Casts
protopage=Protopage
mastofeed=Mastofeed
rss\\.app=RSS.app
feed43=Feed43
""",
    "reader": """
netnewswire=NetNewsWire
newsboat=newsboat
newsbeuter=newsbeuter
miniflux=Miniflux
freshrss=FreshRSS
commafeed=CommaFeed
tiny ?tiny ?rss|tt-rss=Tiny Tiny RSS
reeder=Reeder
readkit=ReadKit
liferea=Liferea
akregator=Akregator
quiterss=QuiteRSS
rss ?guard=RSS Guard
thunderbird=Thunderbird
nextcloud.news=Nextcloud News
vienna=Vienna
leafrss|leaf/=Leaf
unread=Unread
fluent ?reader=Fluent Reader
read ?you=Read You
feedme=FeedMe
feedbro=Feedbro
feeder/|feeder \\(|spacecowboy=Feeder
flym=Flym
gfeeds=GNOME Feeds
newsflash=NewsFlash
raven reader|ravenreader=Raven Reader
rssowl=RSSOwl
feeddemon=FeedDemon
feedreader=FeedReader
windows-rss-platform=Windows RSS Platform
microsoft outlook|ms-office=Outlook
apple-pubsub|syndication/=Apple PubSub
lire/=Lire
elytra=Elytra
feedlynx=Feedlynx
newsify=Newsify
rss2email=rss2email
feed2exec=feed2exec
feed2imap=feed2imap
rawdog=rawdog
sfeed=sfeed
elfeed|gnus/|emacs=Emacs
snownews=Snownews
yarr=Yarr
selfoss=selfoss
stringer=Stringer
rsshub=RSSHub
rss-bridge|rssbridge=RSS-Bridge
wordpress=WordPress
simplepie=SimplePie
feedparser=feedparser
magpierss=MagpieRSS
python-reader|reader/[0-9]+\\.[0-9.]+ =reader
rss-parser=rss-parser
feed-extractor|feed-reader=feed-extractor
gofeed=gofeed
feedjira=Feedjira
rome client=Rome
podcast|overcast|castro|antennapod|itunes=podcast players
""",
    "bot": """
googlebot|google-|googleother|adsbot|mediapartners|feedfetcher=Google
bingbot|bingpreview|msnbot=Bing
yandex=Yandex
baiduspider=Baidu
applebot|applenewsbot=Apple
facebookexternalhit|facebot|meta-external=Facebook
gptbot|chatgpt|oai-searchbot=OpenAI
claudebot|anthropic=Anthropic
ccbot=Common Crawl
duckduck=DuckDuckGo
petalbot=Petal
semrush=Semrush
ahrefs=Ahrefs
mj12bot=Majestic
amazonbot=Amazon
bytespider=ByteDance
archive\\.org|ia_archiver|heritrix=Internet Archive
uptime|pingdom|statuscake|monitor|nagios|check_http|zabbix|healthcheck|kube-probe=monitors
validator|feedvalidator=validators
bot\\b|crawl|spider|slurp|scrape|preview|fetcher|scan=other bots
""",
    "script": """
curl/=curl
wget=Wget
python-requests|python-urllib|aiohttp|httpx|urllib3|python/=Python
go-http-client=Go
okhttp|java/|apache-httpclient|jakarta=Java
node-fetch|axios|undici|node\\.js|got \\(=Node.js
ruby|faraday=Ruby
libwww-perl|lwp::=Perl
guzzle|php/=PHP
cfnetwork|dalvik=apps
powershell|winhttp|\\.net=Windows scripts
""",
}
_ROWS: tuple[tuple[re.Pattern[str], str, Kind], ...] = tuple(
    (re.compile(pattern), name, kind)
    for kind, rows in _TABLE.items()
    for pattern, _, name in (row.partition("=") for row in rows.split("\n") if row)
)
# without groups, which would keep it from skipping rows by their first letter
_KNOWN = re.compile("|".join(pattern.pattern for pattern, _, _ in _ROWS))
_UNKNOWN = "other aggregators"
_BROWSER = re.compile(
    r"mozilla/.*(?:firefox|chrome|safari|edg|trident|msie|opera)|opera/|lynx|w3m|links"
)
_COUNT = re.compile(r"(?<![0-9])([0-9]{1,12}) (?:subscriber|reader|follower|user)s?\b")
_GROUP = re.compile(r"(?:feed[-_ ]?id[:= ]*|newsblur\.com/site/)([0-9a-z-]{1,40})")
_PRODUCT = re.compile(r"[a-z][a-z .-]{0,30}")


def identify(agent: bytes) -> Client:
    """What the client is that calls itself ``agent``; without a name it is an unknown reader."""
    text = agent[:1024].decode("latin-1").lower()
    name, kind = _named(text)
    count = _COUNT.search(text)
    if not count:
        return Client(name, kind)
    product = None
    if kind != "aggregator":
        name, kind = _UNKNOWN, "aggregator"
        product = _PRODUCT.match(text)
    feed = _GROUP.search(text)
    group = f"{product[0] if product else ''} {feed[1] if feed else ''}".strip()
    most = _MOST_OF_UNKNOWN if name == _UNKNOWN else _MOST
    return Client(name, kind, min(int(count[1]), most), group)


def _named(text: str) -> tuple[str, Kind]:
    if found := _KNOWN.search(text):
        start = found.start()
        return next((name, kind) for row, name, kind in _ROWS if row.match(text, start))
    return ("browsers", "browser") if _BROWSER.match(text) else ("other readers", "reader")
