"""The lines by which web servers, and CDNs before a bucket, serve an export. Pure.

They answer what ``feeds serve`` answers, as far as files can: types, codings, what clients may keep
and for how long, 410 for what is gone, and a person's browser is led to the page for people.
"""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

from feeds.export import layout
from feeds.export.layout import GONE_SUFFIX, NOTHING
from feeds.model import FORMATS
from feeds.newsroom.site import Site
from feeds.syndication import licence
from feeds.web import caching, documents, policy

_STORY = "[a-z2-7]"
_PARTED = f"(?<feeds_story>(?<feeds_shard>(?<feeds_shelf>{_STORY}){_STORY}){_STORY}+)"
_NAME = "[a-z0-9-]+"
"""Nothing else gets from an address into a header: a line's end there would begin another one."""
_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json",
    "opml": "text/x-opml; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
"""By the ends of files' names; as the app has them, which a test holds them to."""


def nginx(site: Site, root: str) -> str:
    """The lines for the server block, for an export to the directory ``root``."""
    path = urlsplit(site.feeds_url).path
    start = re.escape(path)
    types = "\n".join(f'    "{kind}" {end};' for end, kind in _TYPES.items())
    guessed = "\n".join(
        f"""\
  location ~ "^{start}(?:{_any(form)})/?$" {{
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
  root {_quoted(f"{root}/current")};
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
  location ~ "^{start}(?<feeds_name>{_NAME})\\.(?<feeds_form>{"|".join(FORMATS)})$" {{
    set $feeds_caching "{_polling(site)}";
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
    set $feeds_caching "{_polling(site)}";
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
  location ~ "^{start}(?<feeds_named>{_NAME})\\.xml$" {{
    set $feeds_caching "{layout.HOUR}";
    return 308 {path}$feeds_named.rss;
  }}
  location ~ "^{start}(?<feeds_page>{_NAME})$" {{
    error_page 404 {path}{NOTHING}.html;
    error_page 410 {path}$feeds_page{GONE_SUFFIX};
    if (-f $document_root{path}$feeds_page{GONE_SUFFIX}) {{
      return 410;
    }}
    try_files $uri.html =404;
  }}
}}
location @feeds_missing {{
  root {_quoted(f"{root}/current")};
  error_page 404 {path}{NOTHING}.html;
  error_page 410 {path}$feeds_name{GONE_SUFFIX};
  if (-f $document_root{path}$feeds_name{GONE_SUFFIX}) {{
    return 410;
  }}
  return 404;
}}"""


def caddy(site: Site, root: str) -> str:
    """The lines for a Caddyfile's site block, for an export to the directory ``root``."""
    path = urlsplit(site.feeds_url).path
    start = re.escape(path)
    types = "\n".join(
        f'        @{end} path *.{end}\n        header @{end} Content-Type "{kind}"'
        for end, kind in _TYPES.items()
        if end != "html"
    )
    guessed = "\n".join(
        f"""\
    @guess_{form} path_regexp ^{start}(?:{_any(form)})/?$
    header @guess_{form} Cache-Control "{layout.HOUR}"
    redir @guess_{form} {path}{site.feeds[0].name}.{form} 308"""
        for form in FORMATS
    )
    forms = "|".join(FORMATS)
    page = f"""\
header X-Content-Type-Options nosniff
      header X-Robots-Tag noindex
      header Content-Security-Policy "{policy.POLICY}"
      header Referrer-Policy {policy.REFERRER}"""
    gone = f"""\
{page}
      header Cache-Control "{layout.MINUTE}"
      file_server {{
        status 410
        precompressed gzip
      }}"""
    return f"""\
redir {path.removesuffix("/")} {path} 302
handle {path}* {{
  root * {_quoted(f"{root}/current")}
  request_header -Range
  route {{
    @person {{
      path_regexp person ^{start}({_NAME})\\.({forms})$
      header Sec-Fetch-Mode navigate
      header Sec-Fetch-Dest document
      not query raw=*
    }}
    header @person Cache-Control no-store
    redir @person {path}{{re.person.1}} 303
    @asks {{
      path_regexp ^{start}{_NAME}\\.({forms})$
      method OPTIONS
    }}
    header @asks {{
      Access-Control-Allow-Origin *
      Access-Control-Allow-Methods "GET, HEAD"
      Access-Control-Allow-Headers "If-None-Match, If-Modified-Since, A-IM"
      Access-Control-Max-Age 86400
    }}
    respond @asks 204
    @named path_regexp named ^{start}({_NAME})(?:\\.(?:{forms}))?$
    vars @named feeds_gone {path}{{re.named.1}}{GONE_SUFFIX}
    @story path_regexp story ^{start}stories/((({_STORY}){_STORY}){_STORY}+)$
    vars @story feeds_gone {path}stories/{{re.story.3}}/{{re.story.2}}/{{re.story.1}}{GONE_SUFFIX}
    @gone file {{vars.feeds_gone}}
    handle @gone {{
      rewrite * {{vars.feeds_gone}}
      {gone}
    }}
{guessed}
    @guess_xml {{
      path_regexp xml ^{start}({_NAME})\\.xml$
      not path {path}news-sitemap.xml {path}{licence.NAME}
    }}
    header @guess_xml Cache-Control "{layout.HOUR}"
    redir @guess_xml {path}{{re.xml.1}}.rss 308
    @own path *{GONE_SUFFIX} *.gz *.br {path}{NOTHING}*
    rewrite @own {path}{NOTHING}/
    header @story X-Robots-Tag noindex
    rewrite @story {path}stories/{{re.story.3}}/{{re.story.2}}/{{re.story.1}}
    @there file {{path}} {{path}}.html {{path}}index.html
    handle @there {{
      rewrite * {{http.matchers.file.relative}}
      route {{
        header X-Content-Type-Options nosniff
        header {{
          Vary Accept-Encoding
          defer
        }}
        header Cache-Control "{layout.MINUTE}"
{_caddy_licence(site)}{types}
        @pages path *.html
        header @pages Content-Security-Policy "{policy.POLICY}"
        header @pages Referrer-Policy {policy.REFERRER}
        @feeds path_regexp \\.({forms})$
        header @feeds Cache-Control "{_polling(site)}"
        @static path {path}static/*
        header @static Cache-Control "{layout.DAY}"
        header {path}news-sitemap.xml Cache-Control "{layout.FIVE_MINUTES}"
        @others not path *.html
        header @others Access-Control-Allow-Origin *
{_caddy_links(site, path)}        header {path}healthz Cache-Control {layout.NEVER}
        header {path}healthz Content-Type application/json
        header {path}{licence.NAME} Content-Type "{licence.MEDIA_TYPE}; charset=utf-8"
        header {path}{licence.NAME} Cache-Control "{layout.FIVE_MINUTES}"
        file_server {{
          precompressed br gzip
        }}
      }}
    }}
    handle {{
      rewrite * {path}{NOTHING}.html
      {page}
      file_server {{
        status 404
      }}
    }}
  }}
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


def _caddy_licence(site: Site) -> str:
    if site.rights is None:
        return ""
    lines = [f"{name} `{value}`" for name, value in licence.headers(site)]
    return "".join(f"        header {line}\n" for line in lines)


def _caddy_links(site: Site, path: str) -> str:
    if not site.hubs:
        return ""
    named = f"^{re.escape(path)}({_NAME})\\.({'|'.join(FORMATS)})$"
    links = _links(site, "{re.document.1}.{re.document.2}")
    return (
        f"        @document path_regexp document {named}\n        header @document Link `{links}`\n"
    )


def _polling(site: Site) -> str:
    return caching.polling_cache_control((), timedelta(minutes=site.ttl))


def _document_links(site: Site) -> str:
    if not site.hubs:
        return ""
    links = _links(site, "$feeds_name.$feeds_form").replace('"', '\\"')
    return f'\n    set $feeds_link "{links}";'


def _links(site: Site, own: str = "") -> str:
    """A Link header: the hubs of what is at the address ``own``, and the licence."""
    links = [f'<{hub}>; rel="hub"' for hub in site.hubs] if own else []
    links += [f'<{site.feeds_url}{own}>; rel="self"'] if own else []
    links += [] if site.rights is None else [licence.link(site)]
    return ", ".join(links)


def _licence_link(site: Site) -> str:
    return _links(site).replace('"', '\\"')


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


def _any(form: str) -> str:
    """A pattern of the addresses that people guess for the main feed in the format ``form``."""
    return "|".join(re.escape(one) for one in documents.guessed_addresses(form))


def _quoted(path: str) -> str:
    """``path`` as nginx and Caddy read it, whatever is in it."""
    return f'"{path}"' if re.search(r'[\s;{}"]', path) else path
