"""The lines by which web servers, and CDNs before a bucket, serve an export. Pure.

They answer what ``feeds serve`` answers, as far as files can: types, codings, what clients may keep
and for how long, 410 for what is gone, and a person's browser is led to the page for people.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from feeds.export import layout
from feeds.export.caddy import caddy
from feeds.export.layout import GONE_SUFFIX, NOTHING
from feeds.export.served import NAME, STORY, TYPES, guesses, links_of, polling, quoted
from feeds.model import FORMATS
from feeds.newsroom.site import Site
from feeds.syndication import licence
from feeds.web import policy

__all__ = ["caddy", "cdn", "nginx"]

_PARTED = f"(?<feeds_story>(?<feeds_shard>(?<feeds_shelf>{STORY}){STORY}){STORY}+)"


def nginx(site: Site, root: str) -> str:
    """The lines for the server block, for an export to the directory ``root``."""
    path = urlsplit(site.feeds_url).path
    start = re.escape(path)
    types = "\n".join(f'    "{kind}" {end};' for end, kind in TYPES.items())
    guessed = "\n".join(
        f"""\
  location ~ "^{start}(?:{guesses(form)})/?$" {{
    set $feeds_caching "{layout.HOUR}";
    return 308 {path}{site.feeds[0].name}.{form};
  }}"""
        for form in FORMATS
    )
    of_page = f"""\
    add_header X-Robots-Tag noindex always;
    add_header X-Content-Type-Options nosniff always;
    add_header Content-Security-Policy "{policy.POLICY}" always;
    add_header Referrer-Policy {policy.REFERRER} always;"""
    return f"""\
set $feeds_caching "{layout.MINUTE}";
set $feeds_origin "";
set $feeds_link "{_licence_link(site)}";
set $feeds_robots "";
set $feeds_policy "{policy.POLICY}";
set $feeds_referrer "{policy.REFERRER}";
location = {path.removesuffix("/")} {{
  absolute_redirect off;
  return 302 {path};
}}
location {path} {{
  root {quoted(f"{root}/current")};
  default_type text/html;
  types {{
{types}
  }}
  gzip_static on;
  # brotli_static on;  # where nginx has that module; Debian: libnginx-mod-http-brotli-static
  gzip_vary on;
  if_modified_since before;
  max_ranges 0;
  absolute_redirect off;
  error_page 404 {path}{NOTHING}.html;
  add_header Cache-Control $feeds_caching;
  add_header Access-Control-Allow-Origin $feeds_origin;
  add_header Link $feeds_link;
  add_header X-Robots-Tag $feeds_robots;
  add_header Content-Security-Policy $feeds_policy;
  add_header Referrer-Policy $feeds_referrer;
  add_header X-Content-Type-Options nosniff;{_reserved(site)}
  try_files $uri $uri.html ${{uri}}index.html =404;
{guessed}
  location ~ "^{start}(?<feeds_name>{NAME})\\.(?<feeds_form>{"|".join(FORMATS)})$" {{
    set $feeds_caching "{polling(site)}";
    set $feeds_origin "*";
    set $feeds_policy "";
    set $feeds_referrer "";{_document_links(site)}
    set $feeds_asks "$http_sec_fetch_mode $http_sec_fetch_dest";
    if ($args ~ "(^|&)raw(=|&|$)") {{
      set $feeds_asks "";
    }}
    if ($feeds_asks = "navigate document") {{
      add_header Cache-Control no-store;
      return 303 $feeds_name;
    }}
    if ($request_method = OPTIONS) {{
      add_header Access-Control-Allow-Origin *;
      add_header Access-Control-Allow-Methods "GET, HEAD";
      add_header Access-Control-Allow-Headers "If-None-Match, If-Modified-Since, A-IM";
      add_header Access-Control-Max-Age 86400;
      return 204;
    }}
    recursive_error_pages on;
    error_page 404 = @feeds_missing;
  }}
  location ~ "^{start}[^/]+/archive/[0-9]+\\.({"|".join(FORMATS)})$" {{
    set $feeds_caching "{polling(site)}";
    set $feeds_origin "*";
    set $feeds_policy "";
    set $feeds_referrer "";
    try_files $uri =404;
  }}
  location ~ "^{start}stories/{_PARTED}$" {{
    set $feeds_robots noindex;
    error_page 404 {path}{NOTHING}.html;
    error_page 410 {path}stories/$feeds_shelf/$feeds_shard/$feeds_story{GONE_SUFFIX};
    if (-f $document_root{path}stories/$feeds_shelf/$feeds_shard/$feeds_story{GONE_SUFFIX}) {{
      return 410;
    }}
    try_files {path}stories/$feeds_shelf/$feeds_shard/$feeds_story.html =404;
  }}
  location ~ "{re.escape(GONE_SUFFIX)}$" {{
    internal;
    add_header Cache-Control "{layout.MINUTE}" always;
{of_page}
  }}
  location = {path}{NOTHING}.html {{
    internal;
{of_page}
  }}
  location ~ "/{NOTHING}$|\\.(gz|br)$" {{
    return 404;
  }}
  location ~ "^{start}(static/.+|feeds\\.opml)$" {{
    set $feeds_caching "{layout.DAY}";
    if ($uri ~ opml$) {{
      set $feeds_caching "{layout.MINUTE}";
    }}
    set $feeds_origin "*";
    set $feeds_policy "";
    set $feeds_referrer "";
    try_files $uri =404;
  }}
  location = {path}news-sitemap.xml {{
    set $feeds_caching "{layout.FIVE_MINUTES}";
    set $feeds_origin "*";
    set $feeds_policy "";
    set $feeds_referrer "";
  }}
{_licence(site, path)}  location = {path}healthz {{
    default_type application/json;
    set $feeds_caching "{layout.NEVER}";
    set $feeds_origin "*";
    set $feeds_policy "";
    set $feeds_referrer "";
  }}
  location ~ "^{start}(?<feeds_named>{NAME})\\.xml$" {{
    set $feeds_caching "{layout.HOUR}";
    return 308 {path}$feeds_named.rss;
  }}
  location ~ "^{start}(?<feeds_page>{NAME})$" {{
    error_page 404 {path}{NOTHING}.html;
    error_page 410 {path}$feeds_page{GONE_SUFFIX};
    if (-f $document_root{path}$feeds_page{GONE_SUFFIX}) {{
      return 410;
    }}
    try_files $uri.html =404;
  }}
}}
location @feeds_missing {{
  root {quoted(f"{root}/current")};
  error_page 404 {path}{NOTHING}.html;
  error_page 410 {path}$feeds_name{GONE_SUFFIX};
  if (-f $document_root{path}$feeds_name{GONE_SUFFIX}) {{
    return 410;
  }}
  return 404;
}}"""


def cdn(site: Site, target: str) -> str:
    """What a CDN before a bucket is told, for an export to ``target``."""
    path = urlsplit(site.feeds_url).path
    added = [("X-Content-Type-Options", "nosniff"), ("Access-Control-Allow-Origin", "*")]
    added += licence.headers(site)
    return f"""\
Origin: the bucket of {target}, for {path}*, private but for the CDN
{path} is the object index.html of that prefix (default root object, or a rewrite)
Compress: on, for text/html, application/rss+xml, application/atom+xml, application/feed+json
Keep for as long as Cache-Control says; the cache's key is the path, without any query
Errors 403 and 404: show {path}{NOTHING} as 404, keep it for 60 seconds
Add to each answer: {", ".join(f"{name}: {value}" for name, value in added)}
What is gone is an object that says so (noindex); a bucket answers 200 for it"""


def _document_links(site: Site) -> str:
    if not site.hubs:
        return ""
    links = links_of(site, "$feeds_name.$feeds_form").replace('"', '\\"')
    return f'\n    set $feeds_link "{links}";'


def _licence_link(site: Site) -> str:
    return links_of(site).replace('"', '\\"')


def _reserved(site: Site) -> str:
    return "".join(f"\n  add_header {name} {value};" for name, value in licence.reservation(site))


def _licence(site: Site, path: str) -> str:
    if site.rights is None:
        return ""
    return f"""\
  location = {path}{licence.NAME} {{
    types {{ }}
    default_type "{licence.MEDIA_TYPE}; charset=utf-8";
    set $feeds_caching "{layout.FIVE_MINUTES}";
    set $feeds_origin "*";
    set $feeds_policy "";
    set $feeds_referrer "";
  }}
"""
