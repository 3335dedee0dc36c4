"""The lines of a Caddyfile that serve an export, as ``recipes`` says. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from feeds.export import layout
from feeds.export.layout import GONE_SUFFIX, NOTHING
from feeds.export.served import NAME, STORY, TYPES, guesses, links_of, polling, quoted
from feeds.model import FORMATS
from feeds.newsroom.site import Site
from feeds.syndication import licence
from feeds.web import policy


def caddy(site: Site, root: str) -> str:
    """The lines for a Caddyfile's site block, for an export to the directory ``root``."""
    path = urlsplit(site.feeds_url).path
    start = re.escape(path)
    types = "\n".join(
        f'        @{end} path *.{end}\n        header @{end} Content-Type "{kind}"'
        for end, kind in TYPES.items()
        if end != "html"
    )
    guessed = "\n".join(
        f"""\
    @guess_{form} path_regexp ^{start}(?:{guesses(form)})/?$
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
  root * {quoted(f"{root}/current")}
  request_header -Range
  route {{
    @person {{
      path_regexp person ^{start}({NAME})\\.({forms})$
      header Sec-Fetch-Mode navigate
      header Sec-Fetch-Dest document
      not query raw=*
    }}
    header @person Cache-Control no-store
    redir @person {path}{{re.person.1}} 303
    @asks {{
      path_regexp ^{start}{NAME}\\.({forms})$
      method OPTIONS
    }}
    header @asks {{
      Access-Control-Allow-Origin *
      Access-Control-Allow-Methods "GET, HEAD"
      Access-Control-Allow-Headers "If-None-Match, If-Modified-Since, A-IM"
      Access-Control-Max-Age 86400
    }}
    respond @asks 204
    @named path_regexp named ^{start}({NAME})(?:\\.(?:{forms}))?$
    vars @named feeds_gone {path}{{re.named.1}}{GONE_SUFFIX}
    @story path_regexp story ^{start}stories/((({STORY}){STORY}){STORY}+)$
    vars @story feeds_gone {path}stories/{{re.story.3}}/{{re.story.2}}/{{re.story.1}}{GONE_SUFFIX}
    @gone file {{vars.feeds_gone}}
    handle @gone {{
      rewrite * {{vars.feeds_gone}}
      {gone}
    }}
{guessed}
    @guess_xml {{
      path_regexp xml ^{start}({NAME})\\.xml$
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
{_licence(site)}{types}
        @pages path *.html
        header @pages Content-Security-Policy "{policy.POLICY}"
        header @pages Referrer-Policy {policy.REFERRER}
        @feeds path_regexp \\.({forms})$
        header @feeds Cache-Control "{polling(site)}"
        @static path {path}static/*
        header @static Cache-Control "{layout.DAY}"
        header {path}news-sitemap.xml Cache-Control "{layout.FIVE_MINUTES}"
        @others not path *.html
        header @others Access-Control-Allow-Origin *
{_document_links(site, path)}        header {path}healthz Cache-Control {layout.NEVER}
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


def _licence(site: Site) -> str:
    if site.rights is None:
        return ""
    lines = [f"{name} `{value}`" for name, value in licence.headers(site)]
    return "".join(f"        header {line}\n" for line in lines)


def _document_links(site: Site, path: str) -> str:
    if not site.hubs:
        return ""
    named = f"^{re.escape(path)}({NAME})\\.({'|'.join(FORMATS)})$"
    links = links_of(site, "{re.document.1}.{re.document.2}")
    return (
        f"        @document path_regexp document {named}\n        header @document Link `{links}`\n"
    )
