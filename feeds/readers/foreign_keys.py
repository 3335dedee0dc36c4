"""The keys of other programs' front matter, by what they say of a page.

Each is written by its letters and digits alone, in small letters. The first of several that a page
has is taken.
"""

from __future__ import annotations

from typing import Literal

Meaning = Literal[
    "title", "date", "dated", "updated", "authors", "categories", "tags", "url", "permalink",
    "slug", "former", "image", "alt", "summary", "language", "rights", "unsyndicated",
    "image_rights",
    "keeps", "lets", "locks", "standing", "access", "readership", "release", "expiry", "paid",
    "free", "build", "unindexed", "indexed", "robots", "layout", "unknown",
]  # fmt: skip
"""What a key says of its page.

``date``: its day, ``dated``: the same, or when it goes out if a day is stated besides; ``alt``:
what is to be said in place of its picture; ``former``: where it was before;
``unsyndicated``: for our own site alone if the value is true.
*keeps*: it is kept back if the value is true, *lets*: if it is false, *locks*: whatever it is;
*standing*: a word says whether; *access*, *readership*: a word says for whom, and of the second
many words say nothing of the kind; *release*, *expiry*: from when, until when it may be read;
*paid*, *free*: whether for everybody; *build*: how often it is listed; *unindexed*, *indexed*,
*robots*: whether search engines may have it; *layout*: how it looks.
"""

KEEPING: frozenset[Meaning] = frozenset(
    [
        "keeps",
        "lets",
        "locks",
        "standing",
        "access",
        "readership",
        "release",
        "expiry",
        "paid",
        "free",
        "build",
    ]
)
"""Those that may keep a page from readers."""

WORDS: dict[Meaning, str] = {
    "title": "headline",
    "date": "date created createdat createdon creationdate creation datecreated posted postedat"
    " postdate writtenon",
    "dated": "published pubdate pubdatetime datepublished publishedat publishedon publisheddate"
    " publicationdate publishedtime datetimepublished firstpublished publishdatetime",
    "updated": "lastmod modified lastmodified lastmodifiedat lastmodifieddate modifieddate"
    " datemodified dateupdated updatedat updateddate updatedon moddatetime"
    " modificationdate lastupdated lastupdate lastupdatedat dateupdatedat revised"
    " lastedited modifiedat mtime lastmoddate changed",
    "authors": "byline writer writers by creator displayname reporter",
    "categories": "category section sections ressort rubric channel",
    "tags": "tags tag keywords keyword hashtags topics topic labels newskeywords metakeywords",
    "permalink": "permalink path dgpermalink",
    "url": "canonicalurl canonical canonicallink",
    "slug": "slug urlslug postslug basename",
    "former": "aliases alias redirectfrom redirectsfrom formerurls oldurl oldurls previousurls"
    " oldpermalink oldpermalinks",
    "image": "cover coverimage coverimg featuredimage featureimage featuredimg featimg"
    " imagefeature hero heroimage headerimage headerimg banner bannerimage bannerimg"
    " leadimage mainimage postimage images img picture photo previewimage preview ogimage"
    " socialimage shareimage twitterimage cardimage overlayimage poster thumbnail"
    " thumbnailimage thumb thumbnailimg teaserimage",
    "alt": "imagealt coveralt heroalt altimage imgalt thumbnailalt featuredimagealt heroimagealt",
    "summary": "description excerpt standfirst dek deck lead lede abstract teaser intro"
    " introduction subtitle subheading subhead subheadline strapline blurb synopsis tagline"
    " metadescription seodescription ogdescription shortdescription",
    "language": "lang locale languagecode lng",
    "rights": "syndicationrights hassyndicationrights syndicate syndicatable republish"
    " republishable republishing allowsyndication allowrepublishing",
    "unsyndicated": "nosyndication nosyndicate dontsyndicate donotsyndicate norepublish"
    " norepublishing notforsyndication ownsite ownsiteonly excludefromsyndication",
    "image_rights": "imagerights picturerights photorights coverrights featuredimagerights"
    " imagesyndicationrights",
    "keeps": "draft drafts unpublished unpublish private hidden hide unlisted unlist scheduled wip"
    " workinprogress withheld onhold hold embargoed confidential internal internalonly"
    " secret eleventyexcludefromcollections excludefromcollections headless disabled"
    " excludefromfeed excludefromrss feedexclude rssexclude hidefromfeed hidefromrss"
    " hiddenfromfeed hiddenfromrss nofeed norss skipfeed skiprss rssignore excludefeed"
    " disablefeed disablerss hiddenfromhomepage hiddeninhomelist hidefromhome"
    " hidefromhomepage hidefromlist hidefromlists hiddenfromlist excludefromlist"
    " excludefromlists excludefromindex notforpublication donotpublish dontpublish"
    " nopublish ispending pending archived excluded restricted classified locked entwurf черновик"
    " brouillon borrador bozza rascunho taslak qaralama чернетка kladde utkast luonnos"
    " szkic loginrequired requireslogin requirelogin requiresauth authrequired expired"
    " retracted withdrawn trashed deleted dghide noindexentry previewonly staffonly",
    "lets": "publish public listed listable live visible ispublic online active render rendered"
    " available enabled enable ready approved released rss feed infeed inrss includeinfeed"
    " includeinrss showinfeed showinlist showinlists showonhome showinhome dgpublish"
    " discoverable output homepage onhomepage showonhomepage frontpage showonfrontpage",
    "locks": "password passwd passphrase hugoencryptor encryptpassword protected passwordprotected"
    " encrypt encrypted",
    "standing": "visibility poststatus pagestatus publishstatus publicationstatus publicationstate"
    " workflow workflowstate workflowstatus editorialstatus reviewstatus articlestatus"
    " contentstatus",
    "access": "accesslevel membership subscription tier tiers entitlement",
    "readership": "audience audiences plan plans readership permission permissions role roles scope"
    " restrictto visibleto sharedwith login contenttier security sensitivity",
    "release": "embargo embargodate embargountil embargoeduntil embargoends embargoend publishdate"
    " publishon publishat publishfrom publishafter notbefore golive goliveat goliveon"
    " golivedate livefrom liveon liveat livedate release releaseat releaseon releasedate"
    " releasetime releaseddate availablefrom availableat availableon availableafter"
    " visiblefrom visibleafter visibleat showfrom showafter startpublishing publishstart"
    " publishtime publishup scheduledfor scheduledat scheduledate scheduleddate"
    " scheduletime holduntil hiddenuntil draftuntil privateuntil validfrom onlinefrom"
    " activefrom displayfrom launchdate launchat",
    "expiry": "expirydate expires expiry expire expiresat expireson expireat expiration"
    " expirationdate unpublishdate unpublishon unpublishat depublish depublishdate"
    " depublicationdate unpublishafter publishuntil publishend publishdown validuntil"
    " validthrough validto visibleuntil availableuntil showuntil displayuntil liveuntil"
    " onlineuntil offlineat offlinefrom removeon removeat deleteon deleteat deleteafter"
    " takedowndate takedownat endpublishing publicuntil activeuntil removeafter",
    "paid": "membersonly memberonly membersarea paywall paywalled premium subscribers"
    " subscribersonly subscriberonly subscriptiononly subscriptionrequired paidonly paid"
    " plusarticle gated paidcontent paidpost paying metered membercontent premiumcontent"
    " exclusiveformembers patrononly patronsonly requiressubscription",
    "free": "accessibleforfree free freetoread openaccess",
    "build": "build",
    "unindexed": "noindex norobots robotsnoindex nosearch excludefromsearch searchexclude"
    " hiddenfromsearch searchhidden hidefromsearch excludefromsitemap sitemapexclude"
    " noarchive hidefromsitemap hiddenfromsitemap donotindex nositemap metarobotsnoindex",
    "indexed": "sitemap index indexable insearchindex searchable search insitemap sitemapinclude"
    " includeinsitemap",
    "robots": "robots metarobots robotsmeta googlebot",
    "layout": "layout template weight toc tableofcontents menu menus nav navigation series"
    " seriesorder seriesweight seriesnumber type math mathjax katex latex usemath hasmath"
    " mermaid comments comment commentable disqus giscus utterances share sharing"
    " socialshare showtoc cascade outputs sidebar sidebars sidebarposition sidebarlabel"
    " sidebarmenus eleventynavigation eleventycomputed eleventyimport"
    " templateengineoverride templateclass dynamicpermalink pagination paginate cssclass"
    " cssclasses cssid style styles css customcss js javascript script scripts class"
    " classes bodyclass pageclass icon icons emoji color colour theme themecolor"
    " background backgroundcolor linktitle shorttitle menutitle navtitle seotitle"
    " metatitle browsertitle titletemplate ogtitle ogtype socialtitle twittertitle"
    " twittercard twitter opengraph og facebook social socials seo meta markup params"
    " extra data page post site frontmatter taxonomies resources resource publishresources"
    " iscjklanguage translationkey translationof translations featured feature pin pinned"
    " sticky top toporder order navorder position rank priority sort sortby sortorder"
    " parent grandparent child children haschildren collapse collapsed expanded alwaysopen"
    " collapsiblemenu chapter authorprofile readtime readingtime timetoread"
    " estimatedreadingtime wordcount related relatedposts header footer navbar tocsticky"
    " toclabel tocicon toclevels tocopen tochide autonumbering anchor anchors"
    " anchorheadings insertanchorlinks headinglevel generatefeed generatefeeds transparent"
    " paginateby paginatepath pagetemplate alternate annotations highlight highlighting"
    " syntaxhighlight codecopy copycode codemaxlines linenumbers lightbox lightgallery"
    " gallery galleries video videos audio podcast embed breadcrumb breadcrumbs pager prev"
    " next prevnext nextprev subscribe newsletter license licence copyright attribution"
    " credits credit photocredit imagecredit caption imagecaption covercaption"
    " imageposition imagewidth imageheight imagestyle objectposition fit width height"
    " fullwidth wide narrow columns ads adsense advertising analytics tracking"
    " renderwithliquid liquid excerptseparator summarylength readmore moretext buttontext"
    " cta subnav view views viewcount likes reactions rating votes wordpressid"
    " wordpressurl postid pageid uid uuid guid parentid authorlogin authoremail authorid"
    " authorurl authoravatar authorbio avatar email postformat format posttype pingstatus"
    " commentstatus model modelname filters contenttype mimetype encoding lektor"
    " attachmenttype hidetitle hidemeta hidesummary prettyurl nocomments hyphenate"
    " previewtext donateurl github edit editurl editlink editpage customediturl editable"
    " displayedsidebar hidetableofcontents tocminheadinglevel tocmaxheadinglevel"
    " paginationnext paginationprev paginationlabel hideedit hideeditpost mobile"
    " kanbanplugin excalidrawplugin obsidianuimode dghome dgpinned dgpath dgnotetoc"
    " dgnoteicon tasks difficulty level duration timezone tz dateformat showdate reward"
    " donate isstarred starred bookmark favorite favourite code playground tweets tweet"
    " mastodon bluesky syndication webmentions likeof replyto canonicaltitle revision"
    " revisions changelog git source sources references bibliography citations footnotes"
    " glossary note notes reviewer reviewers editor editors translator translators"
    " illustrator photographer contributors contributor location city country place venue"
    " geo coordinates latitude longitude map mapzoom question answer answers faq steps"
    " ingredients recipe menuorder menuweight navweight identifier pageref group groups"
    " collection collections subsection permalinkpattern errorlevel hideinmenu mastodonid"
    " commentsid discussionid discourse reply remark42 isso navexclude childnavorder"
    " toctree hascomments showbreadcrumbs showrssbuttoninsectiontermlist usehugotoc"
    " disablehljs showrelatedcontent showpostnavlinks invertpagination"
    " layoutbackgroundblur layoutbackgroundheaderspace groupbyyear cardview"
    " cardviewscreenwidth orderbyweight herostyle featuredimagepreview fontawesome"
    " linktomarkdown linktosource rssfulltext twemoji ruby fraction library repost"
    " outdatedinfowarning expirationreminder csl linkcitations numbersections"
    " execute freeze codefold codetools jupyter engine knitr bibliographystyle geometry"
    " fontsize localgraph showlocalgraph showbacklinks enablesearch showfiletree"
    " showinlinetitle linkpreview showtags noads advertise amp popular trending breaking"
    " editorspick topstory leadstory promoted carousel slider sponsored opinion liveblog"
    " darkmode dark rtl ltr numbered hreflang redirectto redirectpage schema jsonld"
    " minutes weather mood single version bundle headingpre headingpost"
    " lastmodifierdisplayname lastmodifieremail",
}
