"""The words by which pages say what their parts are: headings, labels, credits, furniture.

Rules
- Words only; what a line *is* depends on where it stands, and that is decided elsewhere.
- A heading opens a list of other stories. It may be glued to the first headline.
- The languages are those in which such lines were met. A page in another language is read
  by its shape alone, and loses no more than a heading that passes for a line of text.
"""

from __future__ import annotations

import re


class Words:
    """A pattern of words, written in small letters, that matches them in any case.

    Its positions are those in the text itself. ``pattern`` is for texts that are ``small``.
    """

    def __init__(self, pattern: str) -> None:
        # small letters and a pattern without flags are several times faster than IGNORECASE
        self.pattern = re.compile(pattern.replace("ı", "i"))

    def match(self, text: str) -> re.Match[str] | None:
        """The words at the beginning of ``text``."""
        return self.pattern.match(small(text))

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The words, if they are all of ``text``."""
        return self.pattern.fullmatch(small(text))


def small(text: str) -> str:
    """``text`` in small letters, as long as it was; dotted and dotless i are one."""
    if text.isascii():
        return text.lower()
    return text.replace("İ", "i").replace("ı", "i").lower()


_HEADINGS = r"""
(?:the\ )?(?:latest|last|recent|breaking|top|most\ recent|other|all|more)\ (?:news|headlines|stories|posts|articles|added)
(?:\ (?:feed|line))?
|last\ added|news\ ?(?:line|feed)|top\ (?:10|ten|5|five)|most\ (?:read|popular|viewed)|trending(?:\ now)?
|read\ more(?=\s*:)|read\ (?:also|next)(?=\s*:|\s*$)|also\ (?:in\ this\ section|read)(?=\s*:|\s*$)|see\ also(?=\s*:|\s*$)
|you\ (?:may|might)\ also\ like|check\ also|related(?:\ (?:news|stories|articles|posts))?(?=\s*:|\s*$)
|more\ (?:from|on)\ this(?:\ \w+)?
|son\ xəbərlər|oxşar\ (?:yazılar|xəbərlər|məqalələr)|bənzər\ (?:məqalələr|xəbərlər|yazılar)|digər\ xəbərlər
|ən\ çox\ oxunan(?:lar)?|xəbər\ lenti|son\ əlavələr
|son\ haberler|(?:günün\ )?diğer\ haberler(?:i)?|bu\ haber(?:i|ler)\ de\ oku(?:yun)?|benzer\ haberler
|ilgili\ haberler|en\ çok\ okunan(?:lar)?|son\ dakika(?=\s*:|\s*$)|öne\ çıkanlar
|последние\ (?:новости|от\ автора)|(?:также|ещё|еще)\ по\ теме|(?:самое|самые)\ (?:популярное|читаемое|читаемые)
|читайте\ также|лента\ новостей|новости\ по\ теме|другие\ новости|все\ новости|главные\ новости|похожие\ новости
|останні\ новини|читайте\ також|стрічка\ новин|інші\ новини|популярні\ новини|новини\ за\ темою
|სიახლეები|ბოლო\ (?:ამბები|სიახლეები)|დღის\ ამბები|მსგავსი\ (?:თემები|სიახლეები|ამბები)|ასევე\ დაგაინტერესებთ
|ახალი\ ამბები|დღის\ სიახლეები
|լրահոս|վերջին\ (?:լուրեր|նորություններ)|նույն\ թեմայով|ամենաընթերցված(?:ը)?
|letzte\ (?:meldungen|nachrichten)|meist\ gelesen|última\ hora|lo\ último|más\ le[ií]do|à\ la\ une|derniers\ articles
|en\ continu|articles?\ récents?|fil\ info|ultimi\ articoli|ultima\ ora|i\ più\ letti|ostatnie\ wpisy|najnowsze\ wpisy|najpopularniejsze
|zobacz\ także|nejčtenější|τελευταία\ νέα|δημοφιλή|δείτε\ επίσης|διαβάστε\ (?:επίσης|ακόμη?|ακόμα)|ροή\ ειδήσεων|πρόσφατα
|соңғы\ жаңалықтар|ең\ көп\ оқылған(?:дар)?|со'?нгги\ янгиликлар|so[‘'ʻ]nggi\ yangiliklar|акыркы\ жаңылыктар
|ताज़?ा\ ख़?बरें|ताज़ा\ समाचार|यह\ भी\ पढ़ें|सबसे\ ज़्यादा\ पढ़ी\ गईं?|mais\ recentes|poslednje\ vesti|naj(?:novije|čitanije)\ vesti
|آخرین\ اخبار|پربازدیدترین|חדשות\ אחרונות|laatste\ nieuws|meest\ gelezen|senaste\ nytt|mest\ läst
|alte\ (?:ştiri|știri)(?:\ de(?:\ la)?\ \S+(?:\ \S+){0,3})?|ultimele\ (?:ştiri|știri)|cele\ mai\ citite|citeşte\ şi|citește\ și
|(?:آخر|أحدث)\ (?:الأخبار|الاخبار)|اقرأ\ (?:أيضا|أيضًا|ايضا)|الأكثر\ قراءة|أخبار\ ذات\ صلة
|lesen\ sie\ auch|das\ könnte\ sie\ auch\ interessieren|neueste\ (?:nachrichten|meldungen)|mehr\ zum\ thema
|meistgelesen|weitere\ (?:nachrichten|meldungen|artikel)|aktuelle\ (?:nachrichten|meldungen)
|últimas\ noticias|entradas\ recientes|lo\ más\ leído|más\ noticias|noticias\ relacionadas|te\ puede\ interesar
|últimas\ notícias|mais\ lidas|leia\ (?:também|mais)
|pročitaj(?:te)?\ (?:više|još|i)|najnovije\ vijesti|najčitanije|najnovije(?=\s*:|\s*$)|povezane\ vijesti|последње\ вести
|dernières?\ (?:nouvelles|actualités|infos)|à\ lire\ (?:aussi|également)|les\ plus\ lus|sur\ le\ même\ sujet
|ultime\ notizie|ultim['’]ora|leggi\ anche|le\ più\ lette|articoli\ correlati|potrebbe\ interessarti(?:\ anche)?
|najnowsze\ (?:wiadomości|artykuły)|czytaj\ (?:także|też|również|więcej)|ostatnie\ wiadomości
"""
HEADING = Words(rf"[\W_]{{0,4}}(?:{re.sub(chr(10), '', _HEADINGS)})(?:\s*:)?")
"""At the start of a line: the heading of a list of other stories."""

# all pairs of letters that may begin a branch of the pattern, and some that don't
_STARTS = re.findall(r"(?<=[|:?\n])(?=(\w.))", _HEADINGS.replace("\\ ", " "))
HEADING_STARTS = frozenset(
    start.replace("i", i) for start in _STARTS for i in ("i", "ı", "i\u0307")
)
"""With which two letters, lowered, a line begins that begins with a letter of a heading."""

_CREDIT_WORDS = (
    r"(?:photo(?:s|graph|graphs)?|foto(?:s|ğraf|graf[ií]a|grafie|graf|ğraflar)?|picture|image|illustration|"
    r"фото(?:графия)?|світлина|ფოტო|სურათი|լուսանկար(?:ը|ներ)?|صورة|الصورة|şəkil|görsel|imagen|bild|"
    r"collage|коллаж|screenshot|скриншот|archive\ photo|getty\ images|shutterstock|reuters|afp|epa)"
)
CREDIT = Words(
    rf"(?:[\W_]{{0,3}}{_CREDIT_WORDS}(?:\s*(?:by|credit|courtesy|from|source|from\ the|de|von|:|/|—|–|-|©).*)?"
    rf"|[\W_]{{0,3}}{_CREDIT_WORDS}\s+\S+(?:\s\S+){{0,4}}"
    rf"|.{{0,160}}?[.,(\s/|]\s*{_CREDIT_WORDS}(?:\s*(?:by|from|courtesy|credit|:|/|©|из|предоставлено|архив).{{0,60}}|\s*[.)]?)"
    r"|.{0,90}?[.(/|]\s*(?:photos?|foto(?:s|ğraf)?|фото|şəkil|ფოტო|լուսանկար|صورة)(?:\s\S+){0,5}"
    r"|[\W_]{0,3}(?:©|\(c\)|copyright\b).{0,100}"
    r"|(?:image|source|credit|caption|источник|mənbə|kaynak|джерело|quelle|fuente)\s*:.{0,60})[.)\]]*",
)
"""A whole short line that credits or captions a picture."""

_CREDIT_MARKS = tuple(
    "photo foto фото світлина ფოტო სურათი լուսանկար الصورة صورة şəkil görsel imagen bild image picture "
    "illustration collage коллаж screenshot скриншот getty shutterstock reuters afp epa © c) copyright "
    "source credit caption источник mənbə kaynak джерело quelle fuente".split()
)
_OPENING = '([/|.,-–—•*«"“'
_CREDIT_STARTS = frozenset(
    start
    for mark in _CREDIT_MARKS
    for start in (mark[:3], *(opening + mark[:2] for opening in _OPENING))
)


def is_credit(lowered: str) -> bool:
    """Whether ``lowered``, a whole line in small letters, credits or captions a picture."""
    # the pattern itself is slow where it fails, and it mostly does
    parts = lowered.replace("/", " ").split()
    if _CREDIT_STARTS.isdisjoint([part[:3] for part in parts]):
        return False
    marked = any(part.lstrip(_OPENING).startswith(_CREDIT_MARKS) for part in parts)
    return marked and CREDIT.pattern.fullmatch(lowered) is not None


COUNTED = Words(
    r"[\W\d_]*(?:views?|reads?|hits|comments?|shares?|likes?|visits?|просмотр\w*|прочтен\w*|прочитан\w*|комментари\w*|перегляд\w*"
    r"|baxış\w*|baxılıb|oxun\w+|oxuma|okunma|görüntülen\w+|izlenme|ნახვ\w+|դիտ\w+|مشاهد\w+|قراء\w+|aufrufe|visitas|lecturas"
    r"|vistas|lectures|letture|vizualiz\w+|afişări|pregled\w*|odsłon\w*|wyświetle\w*|visualiza\w+|αναγνώσεις|προβολές)\b"
)
"""At the start of a line, numbers apart: what is counted."""

_PUBLISHED_WORDS = (
    r"(?:date\s+)?publish(?:ed|ing\s+date)(?:\s+(?:on|at))?|posted(?:\s+(?:on|at))?|publication\s+date|date"
    r"|created|added|issued|first\s+published"
    r"|дата\s+(?:публікації|публикации)|опублик\w+|опубл\w+|размещено|добавлено|створено|дата"
    r"|yayın(?:lanma|lama|landı)?(?:\s+tarihi)?|giriş(?:\s+tarihi)?|eklenme(?:\s+tarihi)?|oluşturulma(?:\s+tarihi)?"
    r"|dərc\s+(?:olunub|edilib|tarixi)|tarix|yayımlan\w+|nəşr\s+\w+"
    r"|نشر(?:\s+في)?|تاريخ(?:\s+النشر)?|نُشر(?:\s+في)?"
    r"|veröffentlicht(?:\s+am)?|erschienen(?:\s+am)?|datum|stand|publicado(?:\s+(?:el|em))?|fecha|data"
    r"|publié(?:\s+le)?|mis\s+en\s+ligne(?:\s+le)?|pubblicat[oa](?:\s+il)?|opublikowano|objavljeno|publicat(?:\s+la|\s+pe)?"
    r"|გამოქვეყნდა|გამოქვეყნებულია|თარიღი|հրապարակվել\s+է|հրապարակված|ամսաթիվ|objavljeno|izdano|प्रकाशित(?:\s+तिथि)?|δημοσιεύ\w+|жарияланды|жарияланған|e\s+publikuar"
)
PUBLISHED = Words(rf"[\W_]*(?:{_PUBLISHED_WORDS})[\s:.։՝–—-]*")
"""What stands before an article's own date, up to the date."""

UPDATED = Words(
    r"[\W_]*(?:(?:last\s+)?(?:updated?|modified|edited)(?:\s+(?:on|at))?|обновл\w+|изменено|оновлен\w+"
    r"|güncelle\w*(?:\s+tarihi)?|son\s+güncelleme|yenilən\w+|aktualisiert(?:\s+am)?|actualizado(?:\s+el)?"
    r"|mis\s+à\s+jour(?:\s+le)?|aggiornat[oa](?:\s+il)?|تحديث|آخر\s+تحديث|atualizado(?:\s+em)?|actualizat"
    r"|განახლდა|թարմացվել\s+է|ažurirano|zaktualizowano)[\s:.–—-]*",
)
"""What stands before the date of an article's last change."""

BY = (
    r"(?:by|von|por|par|di|da|door|av|af|od|автор(?:ы)?|author(?:s)?|müəllif(?:i)?|yazar|yazan|haber|muhabir"
    r"|ავტორი|հեղինակ|autor(?:a|i|ul|en)?|auteur|autore|текст|text|written\s+by|reported\s+by|reporter"
    r"|الكاتب|كتب|بقلم|de|hazırladı|от)"
)
"""The words that introduce a byline."""

STAFF = Words(
    r"(?:the\s+)?(?:staff|news\s*room|editorial|editors?|desk|web\s+desk|admin|agenc(?:y|ies)|redaction|redak\w+"
    r"|редакци\w+|редакці\w+|redacción|redacția|redaktion|redazione|rédaction|haber\s+merkezi)\b.*"
    r"|.*\b(?:staff|reports?|desk|agency|agentliyi|ajansı|агентство|newsroom|news|редакция|haber\s+merkezi)",
)
"""A byline that names no person."""

FURNITURE = Words(
    r"[\W_]*(?:skip\s+to\s+(?:main\s+)?content|оставить\s+отзыв|залишити\s+відгук|leave\s+a\s+(?:review|reply|comment)|(?:add|post|write)\s+a\s+comment|no\s+comments?(?:\s+yet)?"
    r"|comments?(?:\s*\(?\d*\)?)|\d+\s+comments?|share(?:\s+(?:this|on|it|via)\b.*)?|follow\s+(?:us|me)\b.*|subscribe\b.*|sign\s+up\b.*"
    r"|print(?:\s+(?:this|version))?|e-?mail(?:\s+this)?|read\s+more|load\s+more|show\s+more|continue\s+reading"
    r"|back\s+to\s+top|advertis(?:e)?ment|ads?|sponsored(?:\s+\w+)?|реклама|tags?\s*:.*|hashtags?\s*:.*"
    r"|facebook|twitter|telegram|whatsapp|instagram|x|linkedin|copy\s+link|home|contacts?|about\s+us|menu|search"
    r"|news\s*letter|cookie\w*\b.*|all\s+rights\s+reserved.*|terms\s+of\s+use.*|privacy\s+policy.*"
    r"|follow\s+us\s+on\s+social\s+networks"
    r"|ilk\s+yorum\s+yazan\s+siz\s+olun|yorum(?:lar)?(?:\s+(?:yaz|ekle|yap))?(?:\s*\(?\d*\)?)|paylaş|etiketler\s*:.*|reklam|anasayfa|ana\s+sayfa"
    r"|şərh(?:lər)?(?:\s+\w+)?|paylaşın?|(?:\S+\s+){0,2}bizi\s+(?:\S+\s+)?(?:izləyin|takip\s+edin)|teqlər\s*:.*|oxunub\s*:?\s*\d*|ardını\s+oxu|(?:daha\s+)?ətraflı(?:\s+oxu)?|rəy\s+yaz(?:ın)?|şərh\s+yaz(?:ın)?|abunə\s+ol\w*.*"
    r"|комментари(?:и|ев|й)(?:\s*\(?\d*\)?)|оставить\s+комментарий|поделиться(?:\s+.*)?|подписывайтесь.*|подпишитесь.*|теги\s*:.*|распечатать"
    r"|читать\s+далее|подробнее|наверх|поширити|підписуйтесь.*|підпишіться.*|коментарі(?:в)?|залишити\s+коментар|теґи\s*:.*"
    r"|გაზიარება|კომენტარ(?:ი|ები)|კომენტარის\s+დატოვება|տպել|կիսվել|մեկնաբանություններ|շարունակել"
    r"|شارك|شاركها|تعليقات|اترك\s+تعليقا?|طباعة|كلمات\s+مفتاحية.*|إعلان"
    r"|kommentare?(?:\s+\w+)?|teilen|drucken|anzeige|werbung|compartir|comentarios?|deja\s+un\s+comentario|etiquetas\s*:.*|publicidad|imprimir"
    r"|partager|commentaires?|publicité|imprimer|condividi|commenti|stampa|distribuie|comentarii|komentar(?:i|z|ze)?|podijeli|podziel\s+się"
    r"|undefined)[\s.!:»›>…]*",
)
"""A whole short line that belongs to the site, not to a story."""

_LONGER_FURNITURE = re.compile(
    r"[\W_]*(?:share|follow|subscri|sign|tags?|hashtags|cookie|all|terms|privacy|comment|etiket|bizi|teq|abun"
    r"|поделит|подпи|теги|підпи|теґи|كلمات|deja|etiquetas|sosial|sosyal|advert|sponsor|leave|add|post|write|continue|читать"
    r"|залишити|მ?კომენტარის|ilk)"
)
_SHORT_FURNITURE = 30


def is_furniture(lowered: str) -> bool:
    """Whether ``lowered``, a whole line in small letters, is the site's rather than a story's."""
    # the pattern itself is slow where it fails; the longer ones begin with a few words only
    if len(lowered) > _SHORT_FURNITURE and not _LONGER_FURNITURE.match(lowered):
        return False
    return FURNITURE.pattern.fullmatch(lowered) is not None


NEIGHBOUR = Words(
    r"(?:next|previous)\s+(?:article|story|post|news)|əvvəlki\s+xəbər|növbəti\s+xəbər|önceki\s+haber"
    r"|sonraki\s+haber|(?:предыдущ|следующ)\S+\s+(?:новость|статья|материал)|vorheriger\s+artikel"
    r"|nächster\s+artikel|(?:попередня|наступна)\s+(?:новина|стаття)",
)
"""A whole line that announces the headline of the story before or after."""

_LOG_IN = (
    r"\b(?:log\s?in|sign\s+in|subscrib\w+|register\w*|abonn\w+|abone|abunə|подпи\w+|увійд\w+|войдите|авториз\w+"
    r"|зарегистрир\w+|передплат\w+|suscr\w+|iscriv\w+|abbona\w+|accedi|anmelden|einloggen|giriş\s+(?:edin|yapın)"
    r"|zaloguj|prenumer\w+|اشترك|تسجيل\s+الدخول)"
)
_TO_READ = (
    r"\b(?:read\w*|continu\w+|full|access|unlock|rest|more|чита\w+|прочита\w+|доступ\w*|полн\w+|продолж\w+|повн\w+"
    r"|oxu\w*|davam\w*|devam\w*|oku\w*|tamam\w*|leer|seguir|weiter\w*|lesen|lire|suite|legg\w+|continuare"
    r"|czyta\w*|citi\w*|قراءة|المزيد)"
)
PAYWALL = Words(rf"(?=.{{0,160}}{_TO_READ}).{{0,80}}{_LOG_IN}.{{0,90}}")
"""A whole short line that asks readers to log in or to pay."""

COUNTER = Words(
    r"[\W_]*(?:\d{1,3}(?:[\s.,]\d{3})*|\d{1,7})(?:\s*[kK])?(?:\s[^\W\d]\S{2,20})?[\W_]*"
    r"|[\W_]*[^\W\d]\S{1,20}(?:\s[^\W\d]\S{1,15})?\s*:\s*\d[\d\s.,]*[kK]?[\W_]*"
)
"""A number that counts something: views, comments, a rank. As a whole line."""

SECTIONS = frozenset(
    small(name)
    for name in (
        "politics political society social economy economics business finance sport sports culture world news "
        "region incidents health science technology tech opinion analysis interview education local international "
        "lifestyle entertainment crime weather others other media "
        "gündem güncel ekonomi siyaset spor dünya sağlık eğitim kültür magazin teknoloji yaşam yerel asayiş haber "
        "siyasət iqtisadiyyat cəmiyyət idman mədəniyyət dünya hadisə kriminal sosial müsahibə təhsil texnologiya "
        "политика общество экономика спорт культура мир происшествия наука технологии здоровье образование новости "
        "політика суспільство економіка культура світ події освіта наука здоров'я новини "
        "პოლიტიკა საზოგადოება ეკონომიკა სპორტი კულტურა მსოფლიო სამართალი "
        "քաղաքականություն հասարակություն տնտեսություն սպորտ մշակույթ աշխարհ "
        "politik wirtschaft gesellschaft kultur sport welt lokales política sociedad economía cultura deportes local "
        "sociedade cultura desporto país mundo saúde société économie santé sports monde culture cronaca esteri salute "
        "polityka społeczeństwo gospodarka kraj świat zdrowie sport kultura κοινωνία πολιτική οικονομία αθλητικά κόσμος πολιτισμός "
        "саясат қоғам экономика әлем мәдениет спорт राजनीति समाज खेल दुनिया व्यापार संस्कृति देश analytics аналитика "
        "mundo politică social economie cultură sănătate externe politique économie société monde politica economia "
        "cronaca sport vijesti politika kultura gospodarstvo svijet سياسة اقتصاد رياضة ثقافة محليات العالم مجتمع"
    ).split()
)
"""What newspapers call their sections, in small letters."""

_LONGEST_SECTION = 30


def is_section(text: str) -> bool:
    """Whether ``text`` is the name of a section and nothing else."""
    if len(text) > _LONGEST_SECTION:
        return False
    return small(text.strip(" \t-–—•:|#/.")) in SECTIONS


def is_small(text: str) -> bool:
    """Whether ``text`` begins with a small letter of a script that has capitals as well."""
    # Georgian has capitals since Unicode 11, and begins no sentence with them
    return text[:1].islower() and not "\u10d0" <= text[0] <= "\u10ff"


def without_sections(text: str) -> str:
    """``text`` without the name of a section that is glued to its beginning or its end."""
    last = text[text.rfind(" ") + 1 :]
    if not (last.isalpha() and last[1:].islower()):  # as most last words are
        match = _SECTION_BEHIND.search(text[-24:])
        if match and is_section(match[1] or match[2]):
            return text[: len(text) - len(match[1] or match[2])]
    quoted = "“" in text or "«" in text or '"' in text
    if quoted and (match := _SECTION_BEFORE.match(text)) and is_section(match[1]):
        return text[match.end(1) :]
    if not text[2:3].isupper():
        return text
    for place in range(3, min(len(text), _LONGEST_SECTION)):
        if not text[place - 1].isupper():
            break
        if (
            text[place : place + 1].isupper()
            and text[place + 1 : place + 2].islower()
            and is_section(text[:place])
        ):
            return text[place:]
    return text


# …teklifiGüncel, …нашлиКУЛЬТУРА, …5:5СПОРТ; ОБЩЕСТВО«…
_SECTION_BEHIND = re.compile(
    r"[^\W_A-ZА-ЯЁÇĞİÖŞÜƏ]([A-ZА-ЯЁÇĞİÖŞÜƏ][^\W\d_]{2,20})$|(?<=[»”\")!?])([^\W\d_]{3,20})$"
)
_SECTION_BEFORE = re.compile(r"([^\W\d_]{3,20})(?=[«“\"])")
