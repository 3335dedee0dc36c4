r"""The words by which pages say what their parts are, concept by concept, one language a line.

A language is added here and nowhere else: its tag (BCP 47) and its words, in every table for
which it has some.

Rules
- Words are patterns (``re``) in small letters, divided by ``|``. A blank is one blank: lines are
  squeezed before anybody looks for words in them. Groups are ``(?:…)``.
- A word that several languages share stands in one of them. ``mul`` is for those of none.
- Words only; what a line *is* depends on where it stands, and that is decided elsewhere.
- A page in a language that isn't here is read by its shape alone, and loses no more than a heading
  that passes for a line of text.
"""

from __future__ import annotations

OTHER_STORIES = r"""
en (?:the )?(?:latest|last|recent|breaking|top|most recent|other|all|more) (?:news|headlines|stories|posts|articles|added)(?: (?:feed|line))?
en last added|news ?(?:line|feed)|top (?:10|ten|5|five)|most (?:read|popular|viewed)|trending(?: now)?|read more(?=\s*:)
en you (?:may|might) also like|check also|more (?:from|on) this(?: \w+)?
az son xəbərlər|oxşar (?:yazılar|xəbərlər|məqalələr)|bənzər (?:məqalələr|xəbərlər|yazılar)|digər xəbərlər|ən çox oxunan(?:lar)?|xəbər lenti|son əlavələr
tr son haberler|(?:günün )?diğer haberler(?:i)?|bu haber(?:i|ler) de oku(?:yun)?|benzer haberler|ilgili haberler|en çok okunan(?:lar)?|öne çıkanlar
ru последние (?:новости|от автора)|(?:также|ещё|еще) по теме|(?:самое|самые) (?:популярное|читаемое|читаемые)|читайте также|лента новостей
ru новости по теме|другие новости|все новости|главные новости|похожие новости
uk останні новини|читайте також|стрічка новин|інші новини|популярні новини|новини за темою
ka სიახლეები|ბოლო (?:ამბები|სიახლეები)|დღის (?:ამბები|სიახლეები)|მსგავსი (?:თემები|სიახლეები|ამბები)|ასევე დაგაინტერესებთ|ახალი ამბები
hy լրահոս|վերջին (?:լուրեր|նորություններ)|նույն թեմայով|ամենաընթերցված(?:ը)?
de (?:letzte|neueste|weitere|aktuelle) (?:nachrichten|meldungen)|weitere artikel|meist ?gelesen|lesen sie (?:auch|mehr(?: zum thema| dazu)?)|mehr zum thema|das könnte sie auch interessieren
es última hora|lo último|más le[ií]do|últimas noticias|entradas recientes|lo más leído|más noticias|noticias relacionadas|te puede interesar
pt mais (?:recentes|lidas)|últimas notícias|leia (?:também|mais)
fr à la une|derniers articles|en continu|articles? récents?|fil info|dernières? (?:nouvelles|actualités|infos)|à lire (?:aussi|également)|les plus lus|sur le même sujet|la rédaction vous (?:conseille|recommande)|nos lecteurs ont lu ensuite
it ultimi articoli|ultima ora|i più letti|ultime notizie|ultim['’]ora|leggi anche|le più lette|articoli correlati|potrebbe interessarti(?: anche)?
pl ostatnie (?:wpisy|wiadomości)|najnowsze (?:wpisy|wiadomości|artykuły)|najpopularniejsze|zobacz także|czytaj (?:także|też|również|więcej)
cs nejčtenější
el τελευταία νέα|δημοφιλή|δείτε επίσης|διαβάστε (?:επίσης|ακόμη?|ακόμα)|ροή ειδήσεων|πρόσφατα
kk соңғы жаңалықтар|ең көп оқылған(?:дар)?
uz со'?нгги янгиликлар|so[‘'ʻ]nggi yangiliklar
ky акыркы жаңылыктар
hi ताज़?ा ख़?बरें|ताज़ा समाचार|यह भी पढ़ें|सबसे ज़्यादा पढ़ी गईं?
sr poslednje vesti|naj(?:novije|čitanije) vesti|последње вести
hr pročitaj(?:te)? (?:više|još|i)|najnovije vijesti|najčitanije|povezane vijesti
fa آخرین اخبار|پربازدیدترین
he חדשות אחרונות
nl laatste nieuws|meest gelezen
sv senaste nytt|mest läst
ro alte (?:ştiri|știri)(?: de(?: la)? \S+(?: \S+){0,3})?|ultimele (?:ştiri|știri)|cele mai citite|citeşte şi|citește și
ar (?:آخر|أحدث) (?:الأخبار|الاخبار)|اقرأ (?:أيضا|أيضًا|ايضا)|الأكثر قراءة|أخبار ذات صلة
id berita (?:terbaru|terkini|lainnya|populer)|terpopuler
ms berita terkini
vi tin (?:mới nhất|mới|nóng|đọc nhiều)(?!\w)|đọc nhiều nhất|tin tức mới nhất
th ข่าวล่าสุด|ข่าวยอดนิยม
bn সর্বশেষ (?:খবর|সংবাদ)|সর্বাধিক পঠিত
ur تازہ ترین(?: خبریں)?|مقبول ترین
zh 最新(?:消息|新闻|新聞|文章|资讯|資訊|动态|報導|报道)|热门(?:文章|新闻)|熱門(?:文章|新聞)|即時新聞
ja 最新(?:ニュース|記事|の記事)|新着(?:記事|ニュース)|人気記事|アクセスランキング
ko 최신\s?(?:뉴스|기사)|많이\s?본\s?(?:뉴스|기사)|인기\s?기사
da seneste nyt|mest læste?
no siste nytt|mest leste?
fi (?:uusimmat|viimeisimmät) (?:uutiset|jutut)|luetuimmat
hu legfrissebb (?:hírek|cikkek)|legolvasottabb
bg последни новини|най-четени
cs nejnovější (?:zprávy|články)
sk najnovšie (?:správy|články)|najčítanejšie
lt naujausios naujienos|skaitomiausi
lv jaunākās ziņas|lasītākie
et viimased uudised|loetumad
sq lajmet e fundit|më të lexuarat
ca últimes notícies
sw habari (?:mpya|za hivi punde)
"""
"""The heading of a list of other stories, which may be glued to the first headline."""

OWN_LISTS = r"""
en (?:a |the )?(?:chronology|time ?line)(?: of .{1,40})?|(?:list of )?(?:sources|references|footnotes|notes|bibliography|literature)|key (?:dates|events)|show ?notes|documents|links in this episode|how (?:it|we) (?:came about|got here)|what happened when
de (?:chronologie|zeitleiste|zeittafel)(?: .{1,40})?|(?:die )?chronik(?: .{1,40})?|quellen(?:angaben|verzeichnis)?|einzelnachweise|literatur(?:verzeichnis)?|links zur (?:folge|sendung|episode)|shownotes|dokumente|fußnoten|anmerkungen
fr (?:la )?chronologie(?: .{1,40})?|(?:les )?(?:sources|références|notes)|bibliographie|les dates[- ]clés
es (?:la )?cronología(?: .{1,40})?|(?:las )?(?:fuentes|referencias|notas)|bibliografía|fechas clave|línea de tiempo
pt (?:a )?cronologia(?: .{1,40})?|(?:as )?(?:fontes|referências|notas)|linha do tempo
it (?:la )?cronologia(?: .{1,40})?|(?:le )?(?:fonti|note)|riferimenti|le tappe
nl (?:de )?tijdlijn(?: .{1,40})?|bronnen|chronologie
sv (?:detta har hänt|tidslinje|källor)
da (?:tidslinje|kilder)
no (?:tidslinje|kilder)
fi (?:aikajana|lähteet)
pl (?:kalendarium|chronologia)(?: .{1,40})?|źródła|przypisy
cs (?:časová osa|zdroje|chronologie)
tr (?:kronoloji|kaynaklar|kaynakça|zaman çizelgesi)
ru (?:хронология|хроника)(?: .{1,40})?|источники|примечания
uk (?:хронологія|хроніка)(?: .{1,40})?|джерела|примітки
"""
"""The heading of a list that is an article's own, and of no other stories."""

CORRECTED = r"""
en corrections?|clarifications?|editor['’]?s['’]? note|(?:this|the) (?:article|story|report|post|page|piece|headline|text) (?:was|has been) (?:corrected|amended|updated|clarified|changed)|(?:an )?earlier versions? of this
de korrektur|berichtigung|richtigstellung|anm(?:erkung|\.) der redaktion|in einer (?:früheren|ersten|vorherigen) (?:version|fassung)
fr rectificatif|correction|erratum|précision|note de la rédaction
es corrección|fe de erratas|rectificación|aclaración|nota (?:de la redacción|del editor)
pt correção|errata|nota (?:da redação|do editor)
it correzione|errata(?: corrige)?|rettifica|precisazione|nota (?:della redazione|dell['’]editore)
nl correctie|rectificatie|verduidelijking
sv rättelse|förtydligande
no rettelse|presisering
da rettelse|præcisering
fi oikaisu|korjaus
pl sprostowanie|korekta|errata
cs oprava|upřesnění
hu helyesbítés|helyreigazítás
tr düzeltme
ru исправление|уточнение|поправка|примечание редакции
uk виправлення|уточнення
ja 訂正|おわび
zh 更正|勘误
ko 정정|바로잡습니다
"""
"""How a correction or a clarification of the story begins."""

OTHER_STORIES_ALONE = r"""
en read (?:also|next)|also (?:in this section|read)|see also|related(?: (?:news|stories|articles|posts))?|related (?:content|topics|coverage|links|reading|stories)|further reading|recommended(?: (?:for you|reading|stories|articles|content|posts))?|more like this|more stories(?: (?:like this|for you))?|you (?:may|might) also (?:be interested in|enjoy)|keep reading|read this next|what to read next|in other news|editor['’]?s['’]? picks?|from the archives?|don['’]t miss|popular (?:posts|stories|articles)|also on \S{2,30}|more (?:on|about) this (?:story|topic|subject)|in case you missed it
tr son dakika|ilginizi çekebilir|benzer (?:haberler|yazılar)
hr najnovije
de das (?:thema )?könnte (?:dich|sie|euch) (?:auch|ebenfalls) interessieren|diese (?:artikel|beiträge|themen) könnten (?:dich|sie|euch) (?:auch|ebenfalls) interessieren|(?:zum|zum thema) weiterlesen|auch interessant|auch auf \S{2,30}|mehr (?:zu diesem thema|dazu|zum thema)|weitere (?:themen|beiträge|storys|news|meldungen|informationen zum thema|artikel zum thema)|ähnliche (?:artikel|beiträge|themen|meldungen)|verwandte (?:artikel|beiträge|themen|inhalte)|schon gelesen|lesetipps?|aus dem archiv|passend zum thema|links zum thema|lesen sie auch(?: die folgenden beiträge)?|vorschau auf den nächsten artikel|(?:das|dies) könnte (?:dich|sie) (?:auch )?interessieren|entdecke weitere \w+|meistgelesen(?:e artikel)?
fr (?:à )?lire aussi|voir aussi|sur le même (?:thème|sujet)|articles? (?:similaires?|liés?|connexes?|associés?|recommandés?)|vous aimerez (?:aussi|peut-être)|pour aller plus loin|plus d['’]articles|contenus? (?:associés?|liés?)
es contenidos? relacionados?|(?:lee|lea) también|lea además|también te puede interesar|(?:te )?puede(?: que)? (?:te )?interes(?:ar|arte|e)|artículos relacionados|notas relacionadas|relacionad[oa]s|ver también|más sobre (?:el|este) tema|temas relacionados|contenido recomendado
pt você (?:também )?pode (?:gostar|se interessar)(?: também)?|veja também|conteúdos? relacionados?|(?:matérias|notícias) relacionadas|artigos relacionados|relacionad[oa]s|saiba mais sobre|leia ainda
it vedi anche|articoli (?:correlati|consigliati)|ti potrebbe interessare|potrebbe interessarti|approfondimenti
nl lees ook|meer over dit onderwerp|gerelateerd(?:e (?:artikelen|berichten))?
sv läs (?:också|även)|relaterat|relaterade artiklar|mer om ämnet
da læs også|relaterede artikler
no les også|relaterte saker
fi lue myös|aiheesta lisää
pl (?:przeczytaj|zobacz|czytaj) (?:też|także|również)|podobne (?:artykuły|wpisy)|powiązane(?: artykuły)?|polecamy
cs (?:čtěte|přečtěte si) (?:také|i)|související(?: články)?|mohlo by vás (?:také )?zajímat
hu kapcsolódó(?: (?:cikkek|tartalmak))?|olvasd el ezt is|ez is érdekelheti
ro (?:citește|citeşte) (?:și|şi|mai mult)|articole (?:similare|asemănătoare|recomandate)
ru вам может быть интересно|смотрите также|похожие (?:статьи|материалы)|материалы по теме|по теме
uk вас може зацікавити|дивіться також|схожі (?:статті|матеріали)|за темою
el διαβάστε (?:ακόμα|ακόμη|επίσης)|σχετικά (?:άρθρα|θέματα)
id baca juga|artikel terkait|berita terkait
th ข่าวที่เกี่ยวข้อง|อ่านเพิ่มเติม
bn আরও পড়ুন|সম্পর্কিত (?:খবর|সংবাদ)
vi tin liên quan|bài viết liên quan
ja 関連記事|関連ニュース|あわせて読みたい|おすすめ(?:の)?記事
ko 관련\s?(?:기사|뉴스)|추천\s?기사
zh 相关(?:阅读|新闻|文章|链接)|延伸(?:阅读|閱讀)|推荐阅读|相關(?:新聞|文章)
ar (?:مواضيع|مقالات|أخبار) (?:ذات صلة|متعلقة|مشابهة)|اقرأ أيضا?ً?
fa مطالب مرتبط|اخبار مرتبط
he כתבות נוספות|עוד בנושא
"""
"""Such headings in words that begin sentences too: only alone on a line, or before a colon."""

READ_MORE = r"""
en read more
tr bu haber(?:i|ler) de oku(?:yun)?
ru читайте также
uk читайте також
de lesen sie (?:auch|mehr(?: zum thema| dazu)?)
es te puede interesar
pt leia (?:também|mais)
fr à lire (?:aussi|également)
it leggi anche
pl zobacz także|czytaj (?:także|też|również|więcej)
el δείτε επίσης|διαβάστε (?:επίσης|ακόμη?|ακόμα)
hi यह भी पढ़ें
hr pročitaj(?:te)? (?:više|još|i)
ro citeşte şi|citește și
ar اقرأ (?:أيضا|أيضًا|ايضا)
"""
"""Those of the headings of other stories that ask readers to read one."""

NEWS_IN_WORDS = (
    "en room|letter|paper|wire|cast|reel|stand|feed|flash|man|men|woman|maker|agent|day|hound"
)
"""How a word goes on that begins with "news", and is no heading with a headline glued to it."""

NEIGHBOURS = r"""
en (?:next|previous) (?:article|story|post|news)
az (?:əvvəlki|növbəti) xəbər
tr (?:önceki|sonraki) haber
ru (?:предыдущ|следующ)\S+ (?:новость|статья|материал)
uk (?:попередня|наступна) (?:новина|стаття)
de (?:vorheriger|nächster) artikel
"""
"""What announces the headline of the story before or after."""

PHOTOS = r"""
en photo(?:s|graph|graphs)?
az şəkil
tr fotoğraf(?:lar)?|görsel
ru фото(?:графия)?
uk світлина
ka ფოტო|სურათი
hy լուսանկար(?:ը|ներ)?
ar صورة|الصورة
de foto(?:s|graf|grafie)?|bild
es fotograf[ií]a|imagen
"""
"""A picture, as it is called in its credit."""

PICTURES = r"""
en pictures|picture|image|illustration|collage|screenshot|archive photo
ru коллаж|скриншот
mul getty images|shutterstock|reuters|afp|epa
"""
"""Other kinds of pictures, and those who sell them."""

CREDITS = r"""
en credits?
de bildrechte|bildquelle|quelle
fr crédits?(?: photo)?
es crédito
it crediti|foto di
nl beeld
sv bild
no foto
is ljósmynd
"""
"""What stands before whose a picture is, behind what it shows."""

CREDITED = r"""
en by|from|courtesy|credit|source
ru из|предоставлено|архив
"""
"""What stands between a picture and whose it is."""

PICTURED = r"""
en pictured(?: (?:above|below|left|right|here|at|from|are|is)|[:,])|(?:shown|seen) (?:here|above|left|right)|in (?:this|the) (?:photo|picture|image)
az (?:fotoda|şəkildə)
tr (?:fotoğrafta|resimde)
ru на (?:фото(?:графии)?|снимке)
uk на (?:фото|світлині|знімку)
ka (?:ფოტოზე|სურათზე)
hy լուսանկարում
de (?:im bild|auf dem (?:bild|foto))[: ]
es en la (?:foto(?:grafía)?|imagen)
pt na (?:foto|imagem)
fr (?:sur (?:la|cette) (?:photo|image)|en photo)
it nella (?:foto|immagine)
nl op de (?:foto|afbeelding)
sv på (?:bilden|fotot)
da på (?:billedet|fotoet)
no på bildet
fi kuvassa
pl na (?:zdjęciu|fotografii)
cs na (?:snímku|fotografii)
sk na (?:snímke|fotografii)
hu a (?:képen|fotón|felvételen)
ro în (?:fotografie|imagine)
hr na (?:fotografiji|slici)
el στη φωτογραφία
"""
"""What begins a line that says who is seen on a picture."""

OF = """
de von
es de
"""
"""The same at the beginning of a line alone: elsewhere, what follows is what the picture shows."""

SOURCES = r"""
en source
az mənbə
tr kaynak
ru источник
uk джерело
ka წყარო
de quelle
es fuente
pt fonte
nl bron
pl źródło
sv källa
da kilde
zh 来源|來源
ja 出典
ko 출처
"""
"""Where a text or a picture is from."""

COUNTED = r"""
en (?:(?:post|page|total) )?views?|people (?:like|are reading) this(?: now)?|downloads?|times?|repl(?:y|ies)|reads?|hits|comments?|shares?|likes?|visits?
az baxış(?: sayı)?|baxış\w*|baxılıb|oxun\w+|oxuma
tr okunma|görüntüle\w+|izlenme|beğeni
ru просмотр\w*|прочтен\w*|прочитан\w*|комментари\w*
uk перегляд\w*
ka ნახვ\w+
hy դիտ\w+
ar (?:عدد )?(?:ال)?(?:مشاهد\w+|قراء\w+|زيار\w+)
de aufrufe
es visitas|lecturas|vistas
fr lectures
it letture|visualiza\w+
ro vizualiz\w+|afişări
hr pregled\w*
pl odsłon\w*|wyświetle\w*
el αναγνώσεις|προβολές
"""
"""What is counted beside a story."""

COMMENTS = r"""
en (?:(?:reader|user|all|latest|recent|your|view|read|show|visitor) )?comments?|replies|responses
az (?:oxucu )?şərhlər(?:i)?|rəylər
tr (?:okur |okuyucu )?yorum(?:lar[ıi]?)?|görüşler
ru комментари(?:и|ев|й|я)(?: читателей)?|отзывы
uk коментар(?:і|ів|ь)(?: читачів)?
ka კომენტარ(?:ი|ები)
hy մեկնաբանություն(?:ներ)?
ar (?:ال)?تعليقات|(?:ال)?تعليق(?:ا|ات القراء)?
fa نظرات|دیدگاه\W?ها|نظر(?: کاربران)?
he תגובות
de (?:leser|user|nutzer)?-?kommentare?n?|postings?|lesermeinung(?:en)?|diskussion zum artikel
es comentarios?(?: de (?:los )?lectores)?|respuestas
pt comentários?(?: dos leitores)?|respostas
fr (?:vos )?(?:commentaires?|réactions?)(?: des lecteurs)?|réagir
it commenti?(?: dei lettori)?|commento
nl reacties?
sv kommentar(?:er)?
da kommentarer?
no kommentarer?
fi kommenti(?:t|a)?
pl komentarz(?:e|y)?|opinie
cs komentáře?|diskuse
sk komentáre?|diskusia
hu hozzászólás(?:ok)?
ro comentarii?(?:le)?
hr komentar(?:i|a)?
sr коментари
sl komentar(?:ji|jev)
bg коментари?
el σχόλια|σχόλιο
kk пікір(?:лер)?
uz izohlar|изоҳлар
hi टिप्पणियाँ|टिप्पणियां
vi bình luận
id komentar
th ความคิดเห็น
bn মন্তব্য
ja コメント(?:一覧|欄)?
zh (?:网友)?评论|留言|評論
ko 댓글|의견
"""
"""What readers write below a story, as its heading calls it."""

LATEST_COMMENTS = r"""
en (?:latest|recent|newest|most recent|last|new) (?:reader |user )?(?:comments?|replies|responses)|comments lately|what readers say
az (?:son|yeni|ən son) (?:şərhlər|rəylər)
tr (?:en )?(?:son|yeni) yorumlar
ru (?:последние|свежие|новые|недавние) (?:комментарии|отзывы)
uk (?:останні|свіжі|нові|нещодавні) коментарі
ka (?:ბოლო|უახლესი|ახალი) კომენტარები
hy (?:վերջին|նոր) մեկնաբանություններ(?:ը)?
ar (?:آخر|أحدث) (?:ال)?تعليقات
fa (?:آخرین|جدیدترین|تازه\W?ترین) (?:نظرات|نظرها|دیدگاه\W?ها)
he תגובות (?:אחרונות|חדשות)
de (?:neue(?:ste)?|letzte|aktuelle|jüngste)[ -](?:leser-?)?(?:kommentare|postings?)
es (?:últimos )?comentarios recientes|últimos comentarios
pt (?:últimos )?comentários recentes|últimos comentários
fr (?:derniers )?commentaires récents|derniers commentaires|dernières réactions
it (?:ultimi )?commenti recenti|ultimi commenti
nl (?:recente|laatste|nieuwste) reacties
sv (?:senaste|nyaste) kommentarer(?:na)?
da (?:seneste|nyeste) kommentarer
no (?:siste|nyeste) kommentarer
fi (?:viimeisimmät|viimeiset|uusimmat|tuoreimmat) kommentit
pl (?:ostatnie|najnowsze|nowe) komentarze
cs (?:poslední|nejnovější|nové) komentáře
sk (?:posledné|najnovšie|nové) komentáre
hu (?:legutóbbi|legújabb|legfrissebb|friss|utolsó) hozzászólások
ro (?:ultimele )?comentarii recente|ultimele comentarii
hr (?:najnoviji|posljednji|zadnji|nedavni) komentari
sr (?:најновији|последњи|скорашњи) коментари
sl (?:zadnji|najnovejši|nedavni) komentarji
bg (?:последни|най-нови|скорошни) коментари
el (?:τελευτα[ίι]α|πρ[όο]σφατα|ν[έε]α) σχ[όο]λια
kk (?:соңғы|жаңа) пікірлер
uz (?:so['‘’ʻ]nggi|oxirgi|yangi) (?:izohlar|fikrlar)|(?:сўнгги|охирги) изоҳлар
hi (?:ताज़ा|ताजा|हाल की|नवीनतम) टिप्पणियाँ
vi bình luận (?:mới nhất|mới|gần đây)
id komentar (?:terbaru|terkini|terakhir)
th ความ(?:คิด)?เห็นล่าสุด
bn (?:সাম্প্রতিক|সর্বশেষ) মন্তব্য
ja (?:最近の|最新の?|新着)コメント
zh (?:最新|近期|最近|新)的?(?:评论|留言|評論|回應|迴響)
ko (?:최근|최신|새) ?(?:댓글|의견)
"""
"""The heading of what readers wrote lately, below whichever stories of the site."""

COMMENTS_ON = r"""
en (?:thoughts?|comments?|repl(?:y|ies)|responses?) (?:on|to)
az şərh
de (?:gedanken?|kommentare?|antworten?) (?:zu|auf)
es (?:comentarios?|respuestas?|pensamientos?) (?:en|a|sobre)
pt (?:comentários?|respostas?|pensamentos?) (?:em|a|sobre)
fr (?:commentaires?|réponses?|réflexions?) (?:sur|à|au sujet de)
it (?:commenti?|pensieri|risposte) (?:su|a)
nl (?:gedachten?|reacties?) (?:over|op)
ru (?:комментари\w*|мысл\w*) (?:к|на|о)
tr (?:yorum|düşünce)
pl (?:komentarz\w*|myśl\w*) (?:do|na temat)
"""
"""What a blog counts below a post, before the post's title."""

COMMENTS_ASKED = r"""
en (?:leave|post|add|write|submit|make) (?:a|your) (?:comment|reply)(?: here)?|(?:start|join) the (?:conversation|discussion)|have your say|what do you think\?|be the first to comment|comments (?:are )?closed
az (?:şərh|rəy) (?:yaz(?:ın)?|bildirin|əlavə et)
tr yorum (?:yaz|yap|ekle|gönder)(?:ın)?|ilk yorumu (?:sen|siz) yap(?:ın)?
ru (?:оставить|добавить|написать) (?:комментарий|отзыв)|добавить свой комментарий
uk (?:залишити|додати) коментар
de (?:schreiben sie|schreibe?|hinterlasse?n?(?: sie)?) (?:einen|ihren|deinen) kommentar|(?:kommentar|antwort) (?:schreiben|verfassen|hinterlassen)|einen kommentar schreiben|diskutieren sie mit|ihre meinung
es (?:deja|escribe|añade|agrega) (?:un|tu) comentario|deja una respuesta|dejar un comentario
pt (?:deixe|escreva|adicione) (?:um|o seu) comentário|deixe uma resposta
fr (?:laisser|écrire|ajouter|poster|publier) un commentaire|laissez un commentaire|votre commentaire
it (?:lascia|scrivi|aggiungi) un commento|lascia una risposta
nl (?:geef|plaats|laat|schrijf) (?:een|je) reactie(?: achter)?|reageer
sv (?:lämna|skriv) en kommentar|kommentera
da skriv (?:en )?kommentar
no (?:legg igjen|skriv) en kommentar
fi (?:jätä|kirjoita) kommentti
pl (?:dodaj|zostaw|napisz) komentarz|skomentuj
cs (?:přidat|napsat) komentář
hu (?:szólj hozzá|hozzászólás írása)
ro (?:lasă|lăsați|adaugă) un (?:comentariu|răspuns)
hr (?:ostavi|napiši)(?:te)? komentar
el (?:αφήστε|γράψτε) (?:ένα )?σχόλιο
ar (?:اترك|أضف|اكتب) (?:تعليقا?|ردا?|تعليقك)
fa (?:دیدگاه|نظر) (?:خود را )?(?:بنویسید|ثبت کنید|بگذارید)
ja コメントを(?:書く|残す|投稿(?:する)?)
zh (?:发表|我来|添加)评论|發表(?:評論|留言)
ko 댓글 (?:쓰기|달기|남기기)
"""
"""What asks readers for a comment."""

ANSWER = r"""
en reply(?: to .{1,40})?|report|log in to reply
az cavab(?:la| ver)?
tr (?:yanıtla|cevapla|yanıt|cevap)(?: ver)?
ru ответить
uk відповісти
de antworten|beantworten|(?:kommentar )?melden
es responder|contestar
fr répondre|signaler
it rispondi
nl (?:be)?antwoord(?:en)?
sv svara
da svar
fi vastaa
pl odpowiedz
cs odpovědět
hu válasz
ro răspunde(?:ți)?
hr odgovori
el απάντηση
ar رد
fa پاسخ
ja 返信(?:する)?
zh 回[复復覆]
ko 답글(?: 쓰기)?
"""
"""What stands below a comment, and has it answered."""

LABELS = r"""
en exclusive|premium|live|live ?blog|breaking(?: news)?|video|podcast|watch|photos|in pictures|opinion|analysis|interview|sponsored|updated?|edit|new|subscribers? only
az eksklüziv|canlı|yenilənib
tr özel haber|son dakika|canlı
ru эксклюзив|видео|фото|срочно|онлайн|обновлено
uk ексклюзив|відео|терміново|оновлено
de exklusiv|plus|abo|eilmeldung|kommentar|liveticker|bearbeiten|analyse|meinung
es exclusiva|en vivo|en directo|última hora|opinión|vídeo|editar
pt exclusivo|ao vivo|opinião
fr exclusif|en direct|abonnés|réservé aux abonnés|vidéo|modifier
it esclusiva|diretta|in diretta|abbonati
nl exclusief|bewerken
pl na żywo|pilne|wideo|tylko u nas
sv exklusivt|direkt
mul \+|plus|\[edit\]
"""
"""A label beside a headline: what kind of story it is, for whom, or a tool for editors."""

PUBLISHED = r"""
en (?:(?:this )?(?:article|story|post|page) )?(?:was )?(?:first |originally |date )?(?:published|posted)(?: (?:on|at))?|for immediate release|publi(?:cation|shing) date|date|created|added|issued
az dərc (?:olunub|edilib|tarixi)|tarix|yayımlan\w+|nəşr \w+
tr yayı[nm](?:lanma|lama|landı)?(?: tarihi)?|(?:giriş|eklenme|oluşturulma)(?: tarihi)?
ru дата публикации|опублик\w+|опубл\w+|размещено|добавлено|дата
uk дата публікації|опубл\w+|створено
be апублік\w+
ka გამოქვეყნდა|გამოქვეყნებულია|თარიღი
hy հրապարակվել է|հրապարակված|ամսաթիվ
ar نشر(?: في)?|تاريخ(?: النشر)?|نُشر(?: في)?
fa تاریخ انتشار|منتشر شده(?: در)?|انتشار
ur تاریخ اشاعت|شائع
he פורסם(?: ב-?)?|תאריך(?: פרסום)?
de (?:veröffentlicht|erschienen|publiziert|erstellt|eingestellt|gespeichert)(?: am)?|(?:artikel|beitrag|meldung|bericht|nachricht|(?:presse)?mitteilung|ausgabe) vom|online seit|datum|stand
es (?:publicad[oa]|cread[oa])(?: (?:el|em))?|fecha(?: de publicación)?
ca publicat(?: el)?
pt data(?: de publicação)?|(?:publicad[oa]|postad[oa]|criad[oa])(?: em)?
fr (?:publiée?|parue?|créée?|mise? en ligne)(?: le)?|date de publication|(?:article|communiqué) du
it (?:pubblicat[oa]|creat[oa])(?: il)?|data(?: di pubblicazione)?
ro publicat[ăa]?(?: la| pe)?|data publicării
nl (?:gepubliceerd|geplaatst|aangemaakt)(?: op)?|publicatiedatum
sv publicera[dt]
da publiceret|offentliggjort|udgivet
nb publisert
fi julkaistu
et avaldatud|lisatud
lt paskelbta|publikuota
lv publicēts
cs publikováno|vydáno|zveřejněno
sk publikované|zverejnené|uverejnené
hr objavljeno|izdano
sl objavljeno
sr објављено
bg публикуван[ао]?
mk објавено
pl opublikowano|(?:data )?publikacj[ai]|dodano|utworzono
hu közzétéve|megjelent|publikálva
el δημοσι[εέ][υύ]\w+|δημοσίευσ\w+
hi प्रकाशित(?: तिथि)?
bn প্রকাশ(?:িত)?
ta வெளியிடப்பட்டது
id (?:diterbitkan|dipublikasikan|terbit|tayang)(?: pada)?
vi ngày đăng|đăng(?: lúc| ngày)?|xuất bản
th เผยแพร่(?:เมื่อ)?|โพสต์เมื่อ
ja (?:公開|掲載|投稿|配信|発行)(?:日時?)?
zh (?:发布|發布|發佈|发表|發表|刊登)(?:时间|時間|日期|于|於)?
ko 기사입력|입력|승인|등록일?|발행일?|게재일?
kk жарияланды|жарияланған
uz e.lon qilin\w+|chop etil\w+
sq e publikuar
"""
"""What stands before an article's own date."""

AS_OF = r"""
de stand
"""
"""What stands before the day of which a text is: that of its change, if it has another."""

TO_COME = r"""
en next|upcoming|deadline|due(?: date)?|when|starts?|begins?|opens?|opening|closes|closing|ends|expires|valid|register|registration|apply|rsvp|tickets?|save the date|kick-?off|doors|meeting|event|concert|exhibition|premiere|workshop|webinar|born|died
de nächste[rsn]?|kommende[rsn]?|termin|sitzung|versammlung|frist|(?:bewerbungs|einsende|anmelde|melde)schluss|anmeldung|veranstaltung|beginn|eröffnung|premiere|konzert|ausstellung|tickets|karten|gültig|einlass|wann|geboren|gestorben
fr prochaine?s?|réunion|échéance|date limite|concert|inscriptions?|clôture|ouverture|exposition|billets|quand|née?
es próxim[oa]s?|reunión|plazo|fecha límite|concierto|inscripci(?:ón|ones)|apertura|entradas|exposición|estreno|cuándo|nacid[oa]
pt próxim[oa]s?|reunião|prazo|inscriç(?:ão|ões)|abertura|concerto|estreia|ingressos|bilhetes|exposição|quando|nascid[oa]
it prossim[oaie]|riunione|scadenza|concerto|iscrizioni|apertura|mostra|biglietti|quando|nat[oa]
nl volgende|vergadering|deadline|concert|aanmelden|tentoonstelling|kaarten|wanneer
sv nästa|möte|sista dag|konsert|anmälan|utställning|biljetter
da næste|møde|frist|koncert|tilmelding|udstilling|billetter
no neste|møte|konsert|påmelding|utstilling
fi seuraava|kokous|määräaika|konsertti|ilmoittautuminen|näyttely|liput
pl następn[eay]|spotkanie|termin|koncert|zapisy|wystawa|bilety|kiedy
cs příští|schůze|termín|koncert|výstava|vstupenky|kdy
hu következő|ülés|határidő|koncert|kiállítás|jegyek|mikor
ro următo(?:rul|area)|ședința|termen(?:ul)?(?: limită)?|concert|expoziție|bilete
ru следующ\w+|ближайш\w+|заседание|встреча|срок|концерт|премьера|билеты|выставка|когда
uk наступн\w+|засідання|зустріч|термін|концерт|виставка|квитки|коли
tr sonraki|gelecek|toplantı|son başvuru|son tarih|konser|sergi|biletler
az növbəti|iclas|son tarix|konsert|sərgi
ar القادمة?|المقبلة?|موعد|الموعد(?: النهائي)?|حفل
ja 次回.*|開催日?|締[め]?切り?|〆切|会期|公演日?
zh 下次.*|下一次.*|截止.*|活动时间|举办时间
ko 다음 .*|마감일?|일시|행사|공연
"""
"""What a day is that a line gives for something else than a text: above all, what is to come."""

UNTIL = r"""
en (?:up )?until|till|no later than|not after|before|through|(?:entries|applications?|apply|register|registration|submit|submissions?|due|reply|rsvp|book|order|return|closes) by
de bis(?: (?:zum|einschließlich|spätestens(?: am)?))?|spätestens(?: am)?|vor dem
fr jusqu.au|avant le|au plus tard le
es hasta(?: el)?|antes del?
pt até(?: (?:ao?|dia|ao dia))?|antes de
it fino al?|entro(?: il| e non oltre il)?|prima del
nl tot(?: en met)?|t/m|uiterlijk|vóór
sv till(?: och med)?|senast(?: den)?|t\.?o\.?m\.?|före(?: den)?
da (?:frem )?til(?: og med)?|senest(?: den)?|inden(?: den)?
no (?:fram )?til(?: og med)?|innen|senest
pl do(?: dnia)?|najpóźniej(?: do)?|przed
cs do(?: dne)?|nejpozději(?: do)?
hr do|najkasnije(?: do)?
ro până(?: (?:la|pe|în))?(?: data de)?
el (?:έ|ε)ως(?: τις)?|μέχρι(?: τις)?
lt iki
lv līdz
et kuni
ru (?:вплоть )?до|не позднее|по
uk до|не пізніше
bg до|не по-късно от
id sampai(?: dengan)?|hingga
vi (?:cho )?đến(?: hết)?(?: ngày)?|trước(?: ngày)?
ar حتى|لغاية|قبل|إلى
fa تا
he עד
th (?:จน)?ถึง(?:วันที่)?
"""
"""What stands before the last day of something."""

UNTIL_BEHIND = r"""
fi asti|saakka|mennessä
hu ig
tr kadar|dek
az qədər|kimi|dək
ja まで(?:に)?
ko 까지
"""
"""What stands behind the last day of something, as a word or an ending."""

SINCE = r"""
en from|starting(?: on)?|as from|effective
de ab(?: (?:dem|sofort))?|seit(?: dem)?|von
fr (?:à partir|à compter) du|dès le|depuis le|du
es (?:a partir del?|desde)(?: el)?|del
pt a partir de|desde
it (?:a partire )?dal
nl vanaf|met ingang van|per
sv från(?: och med)?(?: den)?
da fra(?: og med)?(?: den)?
no fra(?: og med)?
pl od(?: dnia)?
cs od(?: dne)?
hr od
ro (?:de la|începând (?:cu|din))(?: data de)?
el από(?: τις)?
ru со?|начиная с
uk з|від|починаючи з
tr itibaren
id mulai|dari|sejak
vi (?:kể )?từ(?: ngày)?
ar من|ابتداءً? من|اعتبارا من
"""
"""What stands alone before the first day of something."""

ON_A_DAY = r"""
en on|of|dated
de vom|am
fr le|du
es el|del
it il|del
pt em|de
nl op|van
sv den
pl z(?: dnia)?
cs ze dne
ru от
uk від
"""
"""What stands right before a day in words."""

POSTED = r"""
en this (?:entry|post|article) was (?:posted|published|written) (?:on|in)
de dieser (?:eintrag|beitrag|artikel) wurde (?:am|veröffentlicht am)
fr (?:cet article|ce billet|cette entrée) a été (?:publiée?|postée?) le
es esta entrada fue publicada el
it (?:questo articolo|questa voce) è stat[oa] pubblicat[oa] (?:il|da)?
pt (?:este post|esta entrada) foi publicad[oa] em
nl (?:dit bericht|dit artikel) (?:is|werd) (?:geplaatst|gepubliceerd) op
"""
"""A sentence by which a system says when it published a text, up to the date."""

UPDATED = r"""
en (?:last )?(?:updated?|modifi(?:ed|cation)|edited(?! by))(?: (?:on|at))?|last changed?(?: on)?
az yenilən\w+
tr güncelle\w*(?: tarihi)?|son güncelleme
ru обновл\w+|изменен[оа]|дата обновления
uk оновлен\w+|змінено
be абноўлен\w+
ka განახლდა
hy թարմացվել է
ar تحديث|آخر تحديث
fa به.?روز ?رسانی|آخرین به.?روز ?رسانی|ویرایش
he עודכן(?: ב-?)?|עדכון(?: אחרון)?
de (?:zuletzt )?(?:aktualisier(?:t|ung)|geändert)(?: am)?|akt\.|letzte[s]? (?:aktualisierung|änderung|update)
es (?:última )?actualiza(?:d[oa]|ción)(?: el)?|act\.
ca actualitzat(?: el)?
pt (?:última )?(?:atualizad[oa]|atualização|modificação|modificado)(?: em)?
fr (?:article )?(?:(?:dernière )?mise? à jour|modifiée?|actualisée?)(?: le)?|dernière modification
it (?:aggiornat|modificat)[oa](?: il)?|ultimo aggiornamento|ultima modifica(?: il)?|modifica il
ro actualizat[ăa]?|ultima actualizare
nl (?:laatst )?(?:bijgewerkt|gewijzigd|aangepast|geüpdatet)(?: op)?|laatste update
sv (?:senast )?uppdatera[dt]
da (?:sidst )?opdateret
nb (?:sist )?oppdatert
fi päivitetty|muokattu
et uuendatud|muudetud
lt atnaujinta
lv atjaunots|papildināts
cs (?:naposledy )?aktualizov\w+|upraveno|aktualizace
sk (?:naposledy )?aktualizov\w+|upravené
hr ažurirano
sl posodobljeno
sr ажурирано
bg обновен[ао]?|актуализ\w+
mk ажурирано
pl (?:ostatnia )?aktualizacja|zaktualizowano|zmodyfikowano
hu frissít\w+|módosít\w+
el (?:τελευταία )?ενημέρωση|ενημερώθηκε
hi अपडेट(?:ेड)?|अद्यतन|संशोधित
bn আপডেট|হালনাগাদ
ta புதுப்பிக்கப்பட்டது
id (?:diperbarui|diupdate|pembaruan|update)(?: pada)?
vi cập nhật(?: lúc| ngày| lần cuối)?
th อัปเดต|อัพเดท|แก้ไข(?:ล่าสุด)?|ปรับปรุง
ja (?:最終)?更新(?:日時?)?
zh (?:最后|最後)?(?:更新|修改)(?:时间|時間|日期|于|於)?
ko (?:최종)?\s?수정|업데이트
sq përditësuar
"""
"""What stands before the date of an article's last change."""

CAPTURED = r"""
en (?:page |copy )?(?:saved|archived|captured|retrieved|downloaded)(?:(?: from(?: \S+){1,4})? (?:on|at))?|capture date|date (?:saved|of capture|retrieved)
az (?:yadda saxlanıl\w+|arxivləşdiril\w+|saxlanma tarixi)
tr kaydedil(?:di|me tarihi|miş)|arşivlen(?:di|me tarihi)
ru сохранен[оа]?|страница сохранена|дата сохранения|архивирован[оа]?|скопирован[оа]?
uk збережен[оа]|архівован[оа]|дата збереження
ka შენახულია|დაარქივდა
hy պահպանված է|արխիվացված է
ar (?:تم )?(?:حفظ\w*|حُفظت?|أرشف\w*)(?: في)?|تاريخ الحفظ
fa ذخیره شده(?: در)?|بایگانی شده(?: در)?
he נשמר(?: ב-?)?|אוחזר(?: ב-?)?
de (?:gespeichert|archiviert|abgerufen|gesichert)(?: am)?|abrufdatum
es (?:guardad|archivad|recuperad|capturad)[oa](?: el)?
ca (?:desat|arxivat|recuperat)(?: el)?
pt (?:salv|guardad|arquivad|capturad)[oa](?: em)?
fr (?:enregistr|archiv|sauvegard|captur)ée?(?: le)?
it (?:salvat|archiviat|recuperat)[oa](?: il)?
ro (?:salvat|arhivat)[ăa]?(?: la| pe)?
nl (?:opgeslagen|gearchiveerd|opgehaald)(?: op)?
sv (?:sparad|arkiverad|hämtad)(?: den)?
da (?:gemt|arkiveret|hentet)(?: den)?
nb (?:lagret|arkivert|hentet)(?: den)?
fi tallennettu|arkistoitu|haettu
cs uloženo|archivováno|staženo
sk uložené|archivované|stiahnuté
pl zapisan[oa]|zarchiwizowan[oa]|pobran[oa]
hu mentve|archiválva
bg запазен[ао]|архивиран[ао]
el αποθηκεύτηκε|αρχειοθετήθηκε
id (?:disimpan|diarsipkan)(?: pada)?
vi (?:đã )?lưu(?: ngày| lúc| vào)?
ja (?:保存|取得|アーカイブ)(?:日時?)?
zh (?:保存|存档|存檔|抓取)(?:时间|時間|日期|于|於)?
ko (?:저장|보관)(?:일|됨)?
"""
"""What stands before the day on which a page was saved."""

WRITERS = r"""
en authors? writers? journalists? reporters?
az mu[əe]llif(?:i)?
tr yazar(?:i|ı|lar|-?ad[iı])? muhabir(?:i|ler|-?ad[iı])?
ru автор(?:ы|и)? avtor(?:y|i)?
de autor(?:in|en|zeile)? verfasser(?:in)? redakteur(?:in)?s?
es autor(?:a|es)? redactor(?:a|es)? firmas?
fr auteure?s? autrices? rédacteurs? redacteurs?
it autore autori autric[ei]
ro autor(?:i|ul)?
nl auteurs? redacteurs?
sv f[öo]rfattare skribent(?:er)?
da forfattere? skribent(?:er)?
fi kirjoittajat?
pl autor(?:zy|ka)?
cs autor(?:ka|[ií])?
hu szerz[őo]k?
lt autori(?:us|ai)
lv autors
el συντ[άα]κτης syntaktis
id penulis
vi tac-?gia
"""
"""What templates call whoever wrote a text, also without the signs that a language writes with."""

BYLINES = r"""
en (?:(?:written|reported|posted|submitted|published|story|words|interview|article) )?by|(?:(?:view|see) )?all (?:posts|articles|stories) (?:by|from)|author(?:s)?|text|reporter
az müəllif(?:i)?
tr yazar(?:ı)?|yazan|haber(?! (?:merkezi|servisi|müdürlüğü))|muhabir|hazırla(?:dı|yan)
ru автор(?:ы)?|текст|от
uk автор(?:и|ка)?
bg автор
ka ავტორი
hy հեղինակ
ar الكاتب|كتبت?|بقلم|تحرير
fa نویسنده|به قلم
ur تحریر|مصنف
hi लेखक
de (?:(?:ein )?(?:gespeichert|geschrieben|verfasst|eingestellt|veröffentlicht|text|bericht|beitrag|interview|gastbeitrag|kommentar|analyse) )?von|aus \S+ berichte[nt]|(?:zeige )?alle (?:beiträge|artikel) von|autor(?:a|i|ul|en|in)?
es (?:(?:escrito|enviado|publicado) )?por|de|ver todas las entradas (?:de|por)|texto(?: de)?|autora?
pt (?:escrito|redigido|texto|enviado|submetido|publicado) por|texto(?: de)?
fr (?:(?:rédigé|écrit|publié|proposé|posté|soumis)e? )?par|(?:voir )?tous (?:les|ses) articles (?:de|par)|auteur|autrice|(?:texte|propos recueillis|article) (?:de|par)|signé
it di|da|dall?a?(?= nostr)|autore|(?:(?:vedi|leggi|mostra) )?tutti gli articoli (?:di|da)|(?:testo|articolo) di|a cura di|(?:scritto|inviato|pubblicato) da
ro (?:scris|redactat|publicat|trimis) de|autor
nl (?:(?:geschreven|ingediend|ingezonden|geplaatst|gepubliceerd) )?door|(?:bekijk )?alle (?:berichten|artikelen) (?:van|door)
he מאת
zh 作者|撰文|文|撰稿|采写
ja 文|執筆|筆者|取材・文|聞き手|この記事を書いた人|著者|執筆者|ライター
sv (?:skriven |text |(?:skickat|inlagt|publicerat) )?av
da (?:(?:skrevet|indsendt|oprettet) )?af
nb (?:skrevet |tekst |(?:sendt inn|publisert) )?av
fi kirjoittanut
pl od|(?:opublikowan[eya]|przesłan[eya]|napisan[eya]|dodan[eya]) przez|autor(?:ka)?|opracowa(?:ł|ła|nie)|oprac\.
cs autor(?:ka|ři)?|napsala?|(?:vložila?|odeslala?)(?: uživatel)?
sk autor(?:ka)?
hu szerző|írta|beküldte
hr autor(?:ica)?|piše|napisa(?:o|la)
sr аутор|пише
lt autorius
lv autors
el (?:γράφ(?:ει|ουν)|κείμενο)(?: (?:ο|η|οι|του|της))?|του|της|συντάκτ(?:ης|ρια)
id penulis
vi tác giả
th โดย
"""
"""What introduces a byline."""

PHOTOGRAPHED = r"""
en portraits?|pictures|photography|illustrations?|video
nl beeld
fi kuvat?
pl fot\.|zdjęcia
hu fotók?|képek?
el φωτογραφί(?:α|ες)|φωτό
ja 写真|撮影
zh 摄影|攝影
ko 사진
"""
"""What introduces whose the pictures are, behind a byline."""

UNSORTED = r"""
en uncategori[sz]ed
fr non class[ée]e?
es sin categor[íi]a
it senza categoria
pt sem categoria
nl geen categorie
pl bez kategorii
ru без рубрики
uk без категорії
sv okategoriserade?
da ikke[- ]kategoriseret
nb ukategorisert
"""
"""What systems call the section of whatever nobody put into one."""

BYLINES_LABELLED = r"""
en interview|words
de interview|das (?:interview|gespräch) führten?
fr entretien|textes?
es entrevista
it intervista
nl interview|tekst
sv intervju
da interview|tekst
nb intervju|tekst
fi haastattelu|teksti
pl rozmawia(?:ła|ł)?|tekst
id oleh
lv teksts
ko 글
ru интервью|беседовала?
ar حوار|حاوره|أجرى الحوار
"""
"""What introduces a byline only before a colon: else a headline may begin so."""

BYLINES_OF_TEXT = r"""
en story|text|reporting|article|writing
de text|bericht|reportage
fr textes?|reportage
es textos?
pt textos?
it testo|testi
nl tekst
sv text
da tekst
nb tekst
fi teksti
pl tekst
cs text
ru текст
"""
"""What somebody made who wrote, where it stands before the pictures: "text and photos"."""

AND = r"""
en and
az və
tr ve
ru и
uk та|й|і
be і
bg и
ka და
hy և|եւ
ar و
fa و
he ו
hi और
de und
es y|e
ca i
gl e
pt e
fr et
it e|ed
nl en
sv och
da og
fi ja
et ja
pl i|oraz
cs a
sk a
hr i
hu és
ro și|şi
el και
sq dhe
lv un
lt ir
id dan
vi và
kk және
uz va
sw na
ko 와|과|및
zh 和|与|與|及
ja と
"""
"""What stands between two names."""

WITH = r"""
en with
de mit
fr avec
es con
pt com
nl met
sv med
fi yhdessä
"""
"""What stands between two names, if a whole name follows; else an outlet does."""

AND_GLUED = r"""
ar و
he ו
"""
"""What is written together with the name that it adds to others."""

NAMES_LIKE_AND = r"""
ar وليد|وائل|وسام|وسيم|وسن|وفاء|وفيق|وجدي|وجدان|وجيه|وحيد|وهب\w*|وهيب|ورد\w*|وداد|وديع|وضاح|واصف|وافي|والي|واكد|وصفي|وعد|ولاء|ونيس|وهدان|وقاص|ورود|وئام|وكيل|وزير|ولد
he ו(?:רד\w*|יק\w*|לד\w*|יט\w*|יול\w*|לר\w*|לנ\w*|יל\w*|ינס\w*|ירג\w*|סילי|נסה|רוניקה|יצמן|ולף|ולפ\w*|ייס|יינ\w*|קסמן)
"""
"""Names that begin with the letter by which others are added."""

ROLES = r"""
en reporters?|editors?|writers?|correspondents?|journalists?|columnists?|staff|contributors?|photographers?|producers?|analysts?|bureau|intern
en editor-in-chief|sub-?editor|newsreader|presenter|professor|lecturer|director|critic|fellow|author|minister|team|service
az müxbir\w*|redaktor\w*|jurnalist\w*
tr muhabir\w*|editör\w*|gazeteci\w*|yazar\w*
ru корреспондент\w*|журналист\w*|редактор\w*|обозреватель|собкор\w*|автор
uk кореспондент\w*|журналіст\w*|редактор\w*|оглядач\w*
ka ჟურნალისტი|რედაქტორი
hy լրագրող|խմբագիր
ar مراسل\w*|صحفي\w*|محرر\w*|كاتب\w*
de redakteur\w*|\w*korrespondent\w*|\w*reporter\w*|journalist\w*|\w*redaktor\w*|volont[aä]r\w*|ressortleiter\w*|chefredakt\w*|praktikant\w*|autor(?:in)?|mitarbeiter\w*|kolumnist\w*
es periodista|corresponsal|redactora?|reporter[oa]|colaborador\w*|enviad[oa]
pt jornalista|rep[óo]rter|editora?|colunista|redatora?|correspondente
fr journalistes?|correspondante?s?|rédact(?:eur|rice)s?|envoyée?s?|chroniqueu(?:r|se)s?|reporters?
it giornalista|inviat[oa]|corrispondente|redattore|redattrice|cronista
nl verslaggever|redacteur|correspondente?
sv journalist|redaktör|korrespondent|skribent
da journalist\w*|redaktør|korrespondent
fi toimittaja|kirjeenvaihtaja
pl dziennikar\w+|redaktor\w*|korespondent\w*|publicyst\w+
cs redaktor\w*|novinář\w*|reportér\w*
hu újságíró|szerkesztő|tudósító
ro jurnalist\w*|reporter|redactor|corespondent
hr novinar\w*|urednik|urednica
el δημοσιογράφος|συντάκτ\w+|ανταποκριτής
lt žurnalist\w*|korespondent\w*|redaktor\w*|profesor\w*
id wartawan|jurnalis|pewarta
vi phóng viên
ko 기자|특파원|논설위원|인턴기자|선임기자|객원기자|앵커
ja 記者|編集委員|特派員|論説委員
zh 记者|編輯|编辑
"""
"""What a word of a byline says of whom it names: what they are, and for whom."""

RANKS = """
en senior chief deputy assistant associate managing executive special foreign political freelance staff guest contributing former junior lead principal our
de freier freie freiberuflicher leitender leitende stellvertretender politischer
fr grand notre
es nuestro nuestra
"""
"""What stands before what somebody is."""

OUR = r"""
en our|the
de unser\w*
fr notre|nos
es nuestr[oa]s?
pt noss[oa]s?
it nostr[oaie]
nl onze
sv vår
da vores
no vår
"""
"""What a newsroom calls its own people, before what they are."""

ARTICLES = """
en the
de der die das dem den
fr le la les
es el la los las
pt o a os as
it il la i gli le
nl de het
"""
"""What stands before the name of a paper or a place."""

WRITES_FROM = """
en in at for from of with
de in aus für
fr à en pour
es en desde para
it a da per
pt em no na para
nl in uit voor
sv i för
da i for
pl w z dla
cs v z
ru в из для
uk у в з
"""
"""What stands between somebody's name and a place, or an outlet."""

NO_ENDS = """
en article alerts content comment comments photo photos stories gallery newsletter profile release services demand morning evening afternoon
de artikel kommentare kommentar newsletter anmelden lesen
fr article commentaires lettre
es artículo comentarios boletín
it articolo commenti
pt artigo comentários
nl artikel reacties
"""
"""What no person's whole name ends with."""

BEHIND_NAMES = """
en follow following unfollow email e-mail subscribe twitter facebook instagram linkedin bluesky
en yesterday
de folgen abonnieren gestern
fr suivre
es seguir suscribirse
pt ontem
nl volgen volg gisteren
sv följ igår
da følg
fi seuraa eilen
pl obserwuj wczoraj
cs včera
ru подписаться вчера
uk підписатися вчора
tr dün
az dünən
"""
"""What stands right behind a name in its box: buttons, and the day. No words that are surnames, or end papers' names."""

NAME_ENDS = """
mul jr sr ii iii iv phd ph.d md m.d mba mp esq obe qc kc
"""
"""What follows a name, after a comma, and belongs to it."""

PARTICLES = """
ar al bin el
az oğlu qızı
de den der von
es de
fr du la le
it da di
nl ten ter van
"""
"""What is written small in people's names."""

NO_NAMES = """
en a the of in on at for from and or to with by new no not what how why when who after before is are was were has have
en this that these those his her their all more latest read see
en only
"""
"""Words that are in no name, however they are written."""

NOBODY = """
en anonymous unknown name guest article courtesy please leave comment comments reply
de anonym unbekannt gast artikel red name antworten antwort kommentar kommentare
fr anonyme inconnu invité article répondre commentaire commentaires
es anónimo desconocido invitado artículo cortesía red responder comentario comentarios
it anonimo sconosciuto ospite articolo red
pt anônimo anónimo desconhecido convidado artigo
nl anoniem onbekend gast artikel
pl anonim nieznany gość red
cs red
ru аноним неизвестно гость
tr anonim bilinmeyen misafir
"""
"""Words that are nobody's name if they stand alone."""

NO_BEGINNINGS = """
en the our your this all view more share read sign log updated listen print contact top save copy load get add courtesy contributed sponsored written published press wire popular
de dein deine deiner euer eure ihr ihre unser unsere alle zur zum teilen weiterlesen
fr votre notre nos vos lire partager voir
es nuestro nuestra vuestro leer compartir
it vostro vostra tutti leggi condividi
"""
"""What no person's name begins with."""

TEXT_KINDS = r"""
en comment|commentary|column|essay|report|review|interview|press release|guest post|analysis|opinion
de (?:gast)?(?:kommentar|beitrag|kolumne|essay|artikel)|reportage|analyse|interview|pressemitteilung|bericht|rezension|glosse|porträt
fr tribune|chronique|entretien|analyse|reportage|critique|enquête
es columna|opinión|análisis|entrevista|crónica|reportaje
pt coluna|opinião|análise|entrevista|crónica|reportagem
it commento|intervista|analisi|reportage
nl column|recensie|opinie|analyse
sv krönika|kommentar|recension|intervju
da kommentar|kronik|anmeldelse
pl komentarz|felieton|wywiad|recenzja
"""
"""What kind of text somebody wrote, before the word that introduces whom."""

DESKS = r"""
en university of|staff|news ?(?:room|desk)|editorial|editors?|desk|web desk|admin|agenc(?:y|ies)|redaction
az xəbər (?:mərkəzi|xidməti)
tr haber(?:ler)? (?:merkezi|servisi|müdürlüğü)
ru редакци\w+
uk редакці\w+
de redak\w+
es redacción
fr rédaction
it redazione
ro redacția
pt redação
nl redactie\w*
sv redaktionen
fi toimitus
cs redakce
sk redakcia
hu szerkesztőség
el σύνταξη
ar (?:هيئة )?التحرير|وكالات
ja \w*(?:編集部|編集局|取材班|報道部)
zh 本[报報](?:[记記]者|[讯訊])?|[编編][辑輯]部
ko \w*(?:편집국|편집부|뉴스팀|취재팀)
"""
"""How a signature begins that is no person's."""

DESKS_LAST = r"""
en staff|reports?|desk|agency|newsroom|news|university|council|committee|club
az agentliyi
tr ajansı|haber merkezi|servisi
ru агентство|редакция
"""
"""How a signature ends that is no person's."""

SHARED = r"""
en tweets?|pins?|repl(?:y|ies)|reactions?|followers?|votes?|claps?|saves?
de klicks|kommentare?(?: insgesamt)?|gefällt mir
fr vues|partages|j['’]aime|commentaires?
es comentarios?|compartid[oa]s?|me gusta
pt visualizações|compartilhamentos|curtidas|comentários?
nl keer gelezen|weergaven|reacties
sv visningar|delningar|kommentarer
no visninger|delinger|kommentarer
fi katselu(?:kerta)?a|katselukertoja|luku(?:kerta)?a|lukukertoja
cs zobrazení|přečtení
hu megtekintés(?:ek)?
bg преглед\w*
el κοινοποιήσεις
fa بازدید|تعداد بازدید
he צפיות
hi बार देखा गया
id dilihat|pembaca
vi lượt (?:xem|đọc|thích)
th ครั้ง
ja 閲覧(?:数|回数)?|再生(?:数|回数)?|いいね|ビュー
zh 阅读(?:量|数|次数)?|閱讀(?:量|數)?|浏览(?:量|数|次数)?|瀏覽(?:量|數|次數)?|点击(?:量|数|率)?|點擊(?:量|數)?|人气|评论|点赞|次阅读
ko 조회(?:수)?|추천(?:수)?|공감|댓글|좋아요
pl lubię to!?
"""
"""What else is counted beside a text."""

SEEN = r"""
en (?:viewed|read|seen|visited|clicked|shared|downloaded)
de (?:gelesen|angesehen|aufgerufen|angeklickt|geteilt)
fr (?:lue?|vue?|consultée?|partagée?)
es (?:visto|vista|leído|leída|visitad[oa]|compartid[oa])
pt (?:visto|vista|lid[oa]|visualizad[oa]|acessad[oa])
it (?:letto|letta|visto|vista|visualizzat[oa])
nl (?:gelezen|bekeken)
sv (?:läst|visad|sedd)
no lest|vist
da læst|vist
pl (?:przeczytano|wyświetlono|czytano)
cs (?:přečteno|zobrazeno|zhlédnuto)
hr (?:pročitano|pregledano)
id (?:dibaca|dilihat)
vi đọc|xem
tr (?:okundu|görüntülendi|izlendi)
az oxunub|baxılıb
ru (?:прочитано|просмотрено)
uk (?:прочитано|переглянуто)
th อ่าน|ดู|เข้าชม
"""
"""What readers did with a story as often as is counted."""

TIMES = r"""
en times?
de mal
fr fois
es veces
pt vezes
it volte
nl keer
sv gånger
no ganger
da gange
pl raz(?:y|ów)?
cs krát|x
hr puta
id kali
vi lượt|lần
tr kez|kere|defa
az dəfə
ru раз\w?
uk раз\w?
ja 回|件|人
zh 次|人
ko 회|명|건
th ครั้ง
"""
"""Times, behind how many of them there were."""

THIS_STORY = r"""
en this (?:article|story|post|page|entry|item) (?:has been|was)
de (?:dieser|der) (?:artikel|beitrag|text) wurde(?: bereits| bisher)?
fr (?:cet article|cette page) a été
es (?:este artículo|esta noticia|esta nota) (?:ha sido|fue)
it questo articolo è stato
"""
"""What was read as often as follows."""

VOTES = r"""
en (?:visited|viewed) \d[\d.,]* times?\W.{0,30}|rating\W{0,2}\d[\d.,]*\s?/\s?\d{1,2}\s?\(\d[\d.,]* votes?.{0,10}|\d{1,2}(?:[.,]\d+)?\s?/\s?\d{1,2}\W{0,4}\d[\d.,]*\s(?:votes?|ratings?)|average rating\W{0,3}\d.{0,60}|\d[\d.,]* people (?:found|find) this.{0,20}|word count\W{0,3}\d[\d.,]*|(?:liked|loved|saved|shared) by \d[\d.,]* (?:readers?|people|others?|users?)|\d{1,3} (?:days?|hours?|minutes?) left
de \d[\d.,]* (?:stimmen?|bewertungen?)\W.{0,50}|durchschnittliche bewertung\W{0,3}\d.{0,60}|\d[\d.,]* personen fanden (?:dies|das).{0,20}
fr note moyenne\W{0,3}\d.{0,60}|\d[\d.,]* (?:votes?|avis)\W.{0,50}
es \d[\d.,]* votos?\W.{0,50}|(?:valoración|puntuación) media\W{0,3}\d.{0,60}
"""
"""How many voted on a story, and how."""

VOTED = r"""
en votes?|voters?|ratings?|reviews?
de stimmen?|bewertung(?:en)?
fr votes?|avis
es votos?|valoraciones
pt votos?|avaliações
it vot[oi]|voti|valutazioni
nl stemmen|beoordelingen
pl głos(?:y|ów)?|ocen\w*
cs hlas(?:y|ů)?|hodnocení
ru голос\w*|оцен\w+
uk голос\w*|оцін\w+
tr oy|değerlendirme
"""
"""What voters give, behind or before how many there were."""

AGO = r"""
en ago
de vor
fr il y a
es hace
pt há|atrás
it fa
nl geleden
sv sedan
no siden
da siden
pl temu
cs před
ru назад
uk тому
tr önce
az əvvəl
el πριν
ar منذ
"""
"""How long ago something was, before or behind a number of minutes, hours or days."""

AGO_GLUED = r"""
ko 전
ja 前
zh 前
"""
"""The same where no blank stands between words."""

A_SPAN = r"""
en (?:an?|one|a few|several) (?:minute|hour|day|week|month|year)s?
de (?:eine[mnr]?|wenigen|einigen) (?:minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?|jahr(?:en)?)
fr (?:une?|quelques) (?:minutes?|heures?|jours?|semaines?|mois|ans?)
es (?:una?|unos|unas) (?:minutos?|horas?|días?|semanas?|mes(?:es)?|años?)
it (?:un['’]?|una|pochi|poche) ?(?:minut[oi]|or[ae]|giorn[oi]|settiman[ae]|mes[ei])
nl (?:een|enkele) (?:minuut|minuten|uur|uren|dag(?:en)?|we(?:e)?k(?:en)?)
sv en (?:minut|timme|dag|vecka)
"""
"""How long ago something was, without a number."""

LATELY = r"""
en yesterday|today|just now|moments ago
de gestern|heute|gerade eben|soeben
fr hier|aujourd['’]hui|à l['’]instant
es ayer|hoy|ahora mismo
pt ontem|hoje|agora mesmo
it ieri|oggi|adesso
nl gisteren|vandaag|zojuist
sv i ?går|i ?dag|nyss
pl wczoraj|dziś|dzisiaj|przed chwilą
cs včera|dnes|právě teď
ru вчера|сегодня|только что
uk вчора|сьогодні|щойно
tr dün|bugün|az önce|şimdi
"""
"""When something was, behind the label of a date."""

LISTEN = r"""
en listen(?: to (?:this|the) (?:article|story|post))?|(?:this|the) article (?:read|listen) aloud
de artikel (?:an)?hören|(?:diesen )?artikel vorlesen(?: lassen)?|vorlesen
fr écouter (?:l['’]article|cet article)
es escuchar (?:artículo|el artículo|este artículo)|escucha (?:este artículo|la noticia)
pt ouvir (?:o |este )?artigo|ouça (?:este|o) (?:artigo|conteúdo)
it ascolta (?:l['’]|questo )?articolo
nl luister naar dit artikel
ru (?:слушать|прослушать) (?:статью|новость)
tr haberi dinle
"""
"""The button that has a text read aloud."""

ADVERTISEMENT = r"""
en advertis(?:e)?ments?|sponsored(?: (?:content|post|by))?|promoted(?: (?:content|by))?|paid (?:content|post)
az reklam
de anzeigen?|werbung
fr publicité|contenu sponsorisé
es publicidad|contenido patrocinado
pt publicidade|conteúdo patrocinado
it pubblicità|contenuto sponsorizzato
nl advertentie
sv annons
no annonse
da annonce
fi mainos
pl reklama
cs reklama|inzerce
ru реклама
uk реклама
tr reklam
el διαφήμιση
ar إعلان
ko 광고
ja 広告
"""
"""What stands before an advertisement."""

PLEAS = r"""
en (?:gift|rate|save|bookmark|print|like|recommend|download) (?:this|the) (?:article|story|post|page)|text size|font size
en (?:please )?(?:support|fund) (?:our|independent|local|student|quality) (?:\w+ )?(?:journalism|reporting|journalists|newsroom)(?: today)?
en your (?:donation|gift|support|contribution) (?:will )?(?:supports?|helps?|funds?|keeps?) .{3,80}
en (?:got|have|do you have) a (?:news )?(?:story|tip)(?: for us)?\?.{0,60}|sharing is caring|latest posts by .{2,60}\(see all\)|(?:thank you|thanks) for (?:rating|voting|your vote)
en (?:like what you read\? )?join [\d.,]+ .{3,60} who (?:get|receive|read) .{3,60}
en was this (?:article|story|page|post|content|information) (?:helpful|useful|interesting)(?: to you)?|how useful was this (?:article|post|page)|be the first to (?:like|rate|comment(?: on)?|review)(?: (?:this|the)(?: \w+)?)?|no (?:votes|ratings) (?:so far|yet)
en follow us on .{2,60}|like (?:us|our page)(?: on .{2,40})?|share (?:this|the) (?:article|story|post)(?: (?:on|via|with) .{2,40})?
de (?:fandest du|fanden sie) (?:den|diesen) (?:artikel|beitrag) (?:hilfreich|nützlich|gut|interessant)|war (?:dieser|der|dieses|das) (?:artikel|beitrag|text|inhalt) (?:hilfreich|nützlich|interessant)(?: für (?:dich|sie))?|(?:möchten sie|möchtest du|wollen sie) (?:den|diesen) (?:artikel|beitrag) teilen|(?:noch )?keine bewertungen(?: vorhanden)?
de (?:artikel|beitrag) (?:teilen|drucken|merken|verschenken|speichern|kommentieren)|folgen sie uns(?: auf .{2,60})?|unterstützen sie (?:uns|unseren? .{3,50})
fr cet article vous a-t-il (?:été utile|plu|intéressé)\s?|(?:cet article|cette page) vous a-t-(?:il|elle) été utile\s?
fr soutenez (?:une presse|la presse|le journalisme|notre journal|notre travail|nous)(?: \w+){0,3}|je m['’]abonne|suivez[- ]nous(?: sur .{2,60})?|partage[rz] (?:cet|l['’]) ?article
es ¿?te (?:ha gustado|gustó|ha resultado útil|fue útil|sirvió) (?:este|el|esta|la) (?:artículo|noticia|nota)
es (?:comparte|compartir|guarda|imprime) (?:esta|este|la|el) (?:noticia|artículo|nota)|síguenos(?: en .{2,60})?|apoya (?:el|nuestro) periodismo(?: \w+)?
pt (?:este artigo|esta página|este conteúdo) foi útil(?: para você)?|gostou (?:deste artigo|desta notícia|do artigo)
pt (?:compartilhe|partilhe) (?:esta|este|a|o) (?:notícia|artigo|matéria)|siga-nos(?: (?:no|na|em) .{2,60})?
it (?:ti è|vi è) (?:piaciuto|stato utile) (?:questo|l['’])\s?articolo|(?:questo )?articolo (?:ti )?è stato utile
it condividi (?:questo articolo|questa notizia|l['’]articolo|la notizia)|seguici(?: (?:su|sui) .{2,60})?|sostieni (?:il|il nostro) (?:giornale|giornalismo|lavoro)
nl (?:was dit artikel|vond (?:je|u) dit artikel) (?:nuttig|interessant|handig)
nl deel dit artikel|volg ons(?: op .{2,60})?|steun (?:ons|onze journalistiek)
tr haberin devamı(?: \w+){0,2} tıkla(?:y[ıi]n(?:[ıi]z)?)?|(?:\S+ ){0,3}bize abone olun|haberi paylaş|(?:\S+ ){0,3}bizi (?:\S+ )?takip edin|abone ol(?:un)?
pl udostępnij(?: artykuł)?|obserwuj nas(?: (?:na|w) .{2,60})?
en (?:please )?(?:log ?in|sign in|register)(?: or (?:register|sign up|create an account))? to (?:post|leave|write|add|submit)(?: a)? comments?
en (?:click here to )?(?:follow|join|subscribe to) (?:us|our|the) .{0,40}\b(?:whatsapp|telegram|youtube)(?: (?:channel|group))?(?: (?:for|to) .{3,60})?
de (?:bitte )?(?:anmelden|melden sie sich an)(?: oder (?:neu )?registrieren)?,? um (?:kommentare|einen kommentar) (?:verfassen|schreiben|zu (?:verfassen|schreiben))(?: zu können)?
fr (?:se connecter|connectez-vous)(?: ou (?:s['’]inscrire|inscrivez-vous|créer? un compte))? pour (?:publier|poster|ajouter|laisser) (?:un|des) commentaires?
es (?:inicie|inicia) sesión(?: o (?:regístrese|regístrate))? para (?:enviar|dejar|añadir) (?:un )?comentarios?|(?:haz )?clic(?: aquí)? para (?:unirte|seguirnos|suscribirte) .{2,80}|únete (?:a nuestro|al) canal de (?:whatsapp|telegram)(?: .{2,50})?
pt clique (?:aqui|e) (?:(?:para|e) )?(?:seguir|siga|receb[ae]r?|entr[ae]r?|particip[ae]r?) .{2,90}
nl (?:log in|login|inloggen)(?: of registreer)? om (?:reacties te (?:kunnen )?plaatsen|te (?:kunnen )?reageren)
ru подпис(?:ывайтесь|ывайся|аться) на (?:наш\w* |нас )?.{0,40}(?:telegram|телеграм\w*|канал\w*|youtube|whatsapp)(?: .{0,30})?|(?:войдите|авторизуйтесь)(?: или зарегистрируйтесь)?,? чтобы (?:оставлять|оставить) комментари[ий]
uk підпис(?:уйтесь|уйтеся|атися) на (?:наш\w* |нас )?.{0,40}(?:telegram|телеграм\w*|канал\w*|youtube|whatsapp)(?: .{0,30})?
"""
"""What a page asks its readers for, as whole lines: to share, to follow, to pay."""

READING_TIMES = r"""
en \d{1,3}[\s-]?(?:minutes?|mins?)\.?(?:[\s-]+(?:read|listen|watch)(?:ing)?(?: time)?)?|(?:estimated |est\. )?(?:reading|read) time\W{0,3}.{1,20}
de (?:lesezeit|lesedauer|geschätzte lesezeit)\W{0,3}.{1,20}|(?:ca\. )?\d{1,3} (?:min\.?|minuten?)(?: (?:lesezeit|lesedauer|zum lesen))?
fr (?:temps de )?lecture\W{0,3}\d.{0,12}|\d{1,3} min(?:\.|utes?)?(?: de lecture)?
es (?:tiempo de )?lectura\W{0,3}\d.{0,12}|\d{1,3} min(?:\.|utos?)? de lectura
pt (?:tempo de )?leitura\W{0,3}\d.{0,12}|\d{1,3} min(?:\.|utos?)? de leitura
it (?:tempo di )?lettura\W{0,3}\d.{0,12}|\d{1,3} min(?:\.|ut[oi])? di lettura
nl leestijd\W{0,3}.{1,12}|\d{1,3} min(?:\.|uten)? (?:leestijd|lezen)
sv lästid\W{0,3}.{1,12}|\d{1,3} min(?:uter?)? (?:läsning|lästid)
no (?:lesetid|læsetid)\W{0,3}.{1,12}|\d{1,3} min(?:utter?)? (?:lesetid|læsetid|læsning)
pl czas czytania\W{0,3}.{1,12}|\d{1,3} min(?:\.|ut\w?)? czytania
cs (?:doba|čas) (?:čtení|čítania)\W{0,3}.{1,12}|\d{1,3} min(?:\.|ut\w?)? čtení
ru время (?:на )?(?:чтения|прочтения|чтение)\W{0,3}.{1,12}|\d{1,3} мин(?:ут\w?)?\.?(?: (?:чтения|на чтение))?
uk час читання\W{0,3}.{1,12}|\d{1,3} хв(?:илин\w?)?\.?(?: читання)?
tr (?:tahmini )?okuma süresi\W{0,3}.{1,12}|\d{1,3} (?:dk\.?|dakika)(?: okuma(?: süresi)?|da okunur)?
az oxu(?:nma|ma) (?:müddəti|vaxtı)\W{0,3}.{1,12}|\d{1,3} dəq\w*
ar (?:وقت|مدة|زمن) القراءة\W{0,3}.{1,12}|\d{1,3} (?:دقيقة|دقائق|دقيقه)(?: (?:قراءة|للقراءة))?|قراءة \d{1,3} (?:دقيقة|دقائق|دقيقه)
he זמן קריאה\W{0,3}.{1,12}|\d{1,3} דקות קריאה
hu olvasási idő\W{0,3}.{1,12}|\d{1,3} perc(?:es)? olvasás
ro timp de citire\W{0,3}.{1,12}|\d{1,3} min(?:ute)? (?:de )?citi(?:re|t)
fi lukuaika\W{0,3}.{1,12}
el χρόνος ανάγνωσης\W{0,3}.{1,12}
id (?:waktu|lama) baca\W{0,3}.{1,12}|\d{1,3} menit (?:baca|membaca)
vi \d{1,3} phút đọc
ja (?:この記事は)?\s?\d{1,3}\s?分で読め(?:ます|る)|読了(?:時間|目安)\W{0,3}.{1,8}
zh (?:阅读时间|閱讀時間|预计阅读)\W{0,3}.{1,10}|(?:大?约|約)?\d{1,3}\s?分(?:钟|鐘)(?:阅读|閱讀)
ko 읽는 시간\W{0,3}.{1,8}|\d{1,3}분 (?:분량|읽기)
"""
"""How long it takes to read a story."""

CONSENTS = r"""
en (?:allow|load|show|accept|enable|view) (?:the )?(?:external |embedded |all )?(?:youtube |twitter |x |instagram |facebook |tiktok |third[\s-]party )?(?:content|embeds?|cookies)(?: and continue)?
en (?:allow \w+ content\?|we need your (?:consent|permission) to .*|we ask for your permission before anything is loaded.*)
en (?:this article contains|the following is|this is) content (?:provided|hosted) by .*|to (?:view|see|show|display|watch) this (?:content|post|video|tweet|embed).{0,80}(?:cookie|consent|accept|permission|preferences|javascript).*
en (?:this (?:content|embed|post|video|element)|external content) (?:is not available|could ?n[o']t be (?:loaded|displayed)|cannot be displayed|is hosted by|is blocked).*
en (?:please )?(?:enable|turn on) (?:javascript|cookies).*|javascript (?:is|must be) (?:disabled|required|enabled).*|(?:this|the) (?:slideshow|site|page|video|website) requires javascript.*|(?:sorry, )?your browser (?:does ?n[o'’]t|is ?n[o'’]t|is not) (?:support|able|currently).*
de (?:empfohlene[rns]? |externe[rns]? |redaktionelle[rns]? ){1,2}inhalte?(?: (?:anzeigen|laden|aktivieren|erlauben|zulassen|nicht verfügbar|von .{2,30}))?|(?:\S{2,20}[\s-])?inhalte? (?:erlauben|anzeigen|laden|aktivieren|zulassen|freigeben|immer laden)
de an dieser stelle (?:findest|finden|befindet|steht|würde|möchten|wird|ist) .{0,60}(?:extern|inhalt|eingebunden).*|(?:ich bin (?:damit )?einverstanden|hiermit stimme ich zu), dass mir .*
de (?:damit |dabei |hierbei |dadurch )?(?:können |werden )?(?:dabei )?personenbezogene daten (?:können |werden )?.{0,40}(?:dritt\w+|übermittelt).*|(?:sie|du) (?:können|kannst) (?:ihn|sie|es|den inhalt) (?:dir |sich )?mit einem klick .*|(?:mit|durch) (?:einem|dem|ihrem|deinem) klick .{0,60}(?:stimm|einwillig).*
de (?:zum (?:anzeigen|laden)|um (?:diesen|dieses) (?:inhalt|video|element|beitrag)) .{0,60}(?:zustimmung|cookies|einwilligung|datenschutz).*|(?:wir benötigen|wir brauchen) (?:ihre|deine) (?:zustimmung|einwilligung).*|(?:deine|ihre) (?:privatsphäre|datenschutz)-?\s?einstellungen .*|(?:dieser|dieses) (?:inhalt|video|element|beitrag) .{0,60}(?:cookies|zustimmung|datenschutz|blockiert|drittanbieter).*
fr (?:ce contenu|cette vidéo) .{0,80}(?:bloqué|cookies|consentement|traceurs).*|contenu (?:bloqué|tiers|externe)|(?:j['’])?(?:accepter|accepte|autoriser|afficher) (?:les cookies|le contenu|tous les cookies).{0,40}|pour (?:voir|afficher|visionner|consulter|lire) (?:ce|cette) .{0,80}(?:cookies|accepter|consent|javascript).*|votre navigateur ne (?:supporte|prend).*
es (?:este contenido|este vídeo) .{0,80}(?:bloquead|cookies|consentimiento).*|para (?:ver|visualizar) este (?:contenido|vídeo).{0,80}(?:cookies|acept|javascript).*|(?:tu|su) navegador no (?:soporta|admite|es compatible).*
pt (?:este conteúdo|este vídeo) .{0,80}(?:bloquead|cookies|consentimento).*|(?:seu|o seu|o teu) navegador não (?:suporta|é compatível).*
it per (?:vedere|visualizzare) (?:questo|il) .{0,80}(?:cookie|consen|accett).*|(?:questo|il) contenuto .{0,60}(?:bloccato|cookie).*|il (?:tuo|suo) browser non supporta.*
nl (?:deze|dit) (?:inhoud|content|video|bericht) .{0,80}(?:cookies|toestemming|geblokkeerd).*|(?:externe )?(?:inhoud|content) (?:toestaan|tonen|laden)|(?:om|je moet) .{0,60}(?:cookies|toestemming) .{0,60}(?:bekijken|zien|tonen|accepteren).*
pl (?:aby|żeby) (?:wyświetlić|zobaczyć|obejrzeć) .{0,80}(?:zgod|cookies|akcept).*|(?:twoja|państwa) przeglądarka nie (?:obsługuje|wspiera).*
sv .{0,30}(?:innehåll|innhold|indhold) (?:från|fra) .{2,20}(?:cookies|samtyck|samtyk|tillåt|tillat|tillad).*|för att (?:visa|se) .{0,60}(?:cookies|samtyck).*|for (?:å|at) (?:vise|se) .{0,60}(?:cookies|samtyk|informasjonskapsler).*
tr tarayıcınız .{0,40}desteklem.*
ru ваш браузер не поддерживает.*
"""
"""What stands in the place of something that people have to agree to, or that their browser can't show."""

CONTROLS = r"""
en (?:table of )?contents|(?:article|story) continues below(?: this)?(?: advertisement)?|(?:tap|click) to (?:enlarge|zoom)|(?:(?:slide|image|photo) )?\d{1,3} (?:of|/) \d{1,3}|(?:link )?copied(?: to clipboard)?!?|(?:link copied!? )?book ?mark(?:ed)?|article content|main content|placeholder image\W?\d*|order reprints|print article|advert|watch now|up next|now playing|play video|watch (?:the |this )?video|recommended (?:videos|stories|reading)|view (?:all )?comments|(?:start|join) the conversation
en end of (?:the )?(?:article|story)|(?:your )?(?:map|video|content) is (?:being )?load(?:ed|ing)\W{0,3}
de (?:die )?karte wird geladen.{0,25}|vielen dank für (?:ihre|deine) (?:bewertung|stimme)
fr chargement(?: en cours)?\W{0,3}
es (?:obteniendo|cargando)\W{0,3}
pt carregando\W{0,3}
it caricamento(?: in corso)?\W{0,3}
en duration\W{0,2}\d[\d:.\s]{0,8}|\d{1,2}:\d\d(?::\d\d)?\s?/\s?\d{1,2}:\d\d(?::\d\d)?|(?:un)?mute|full ?screen|auto ?play|current time\W.{0,10}|loading(?: \w+){0,2}\W{0,3}|.{0,150} back to video|volume|playback speed|close(?: dialog)?|open (?:image )?in (?:gallery|full ?screen).{0,20}|enlarge(?: image)?|zoom(?: image)?|tap to unmute|skip ad\w*
en like this\W?|like loading\W{0,3}|(?:read|save) (?:it )?(?:for )?later|0?0:00|(?:(?:playback )?(?:speed|rate)\W{0,2})?[0-3](?:[.,]\d{1,2})?\s?[x×]|(?:follow|unfollow|follow topic|add to (?:my )?list|save(?:d)?(?: for later)?|notify me|add us on google|make us preferred.{0,40}|add as (?:a )?preferred source.{0,30})|report (?:an )?(?:error|typo|mistake)|reactions?\W*\d*
de (?:für )?später lesen|(?:auf die |zur )?merkliste(?: hinzufügen)?|link kopiert\W?|(?:ende der )?weiteren? informationen|hauptinhalt|fehler (?:gefunden|melden|im text)\W.{0,30}|auch interessant|artikel (?:anhören|merken)|merken|zur startseite|bild vergrößern|bildergalerie|video (?:abspielen|starten)|abspielen|wird geladen\W{0,3}|zitiervorschlag|zurück zum (?:inhaltsverzeichnis|anfang|seitenanfang)|drucken|vorlesefunktion
fr lire plus tard|(?:lien )?copié\W?|copier le lien|ajouter à (?:mes|vos) favoris|lire la vidéo|agrandir(?: l['’]image)?|signaler une erreur
es leer (?:más tarde|después)|(?:enlace )?copiado\W?|copiar enlace|ver (?:el )?vídeo|ampliar(?: foto| imagen)?|flecha|reproducir
pt copiar (?:o )?link|link copiado\W?|ver (?:o )?vídeo|ampliar
it copia (?:il )?link|link copiato\W?|guarda il video|ingrandisci
pl skopiuj link|skopiowano\W?|posłuchaj artykułu
cs článek|zkopírovat odkaz|sdílet(?: článek)?|uložit
no kopier lenke|lenke kopiert
ru скопировать ссылку|ссылка скопирована|увеличить|слушать|смотреть видео
tr (?:daha )?sonra oku|(?:bağlantıyı|linki) kopyala|kopyalandı|google news.?(?:'?te|de)? .{0,20}
mul a\s?\+\s?/?\s?a\s?[-–−]|a\s?[-–−]\s?/?\s?(?:a\s?)?a\s?\+|a a a
ja 拡大する|画像を拡大|記事を(?:印刷|保存)(?:する)?|関連キーワード|関連(?:記事|ニュース|リンク)|おすすめ(?:情報|記事)|記事一覧|あわせて読みたい
ko (?:기사\s?)?url이? 복사.{0,10}|관련\s?(?:기사|뉴스)|글자\s?크기.{0,10}|기사\s?(?:저장|스크랩|공유)
zh 分享到?.{0,12}|相关(?:阅读|新闻|推荐)|延伸阅读|展开全文|扫码.{0,20}
ar نسخ الرابط|تم نسخ.{0,10}|شارك.{0,20}|حجم الخط.{0,10}
he העתק קישור|הקישור הועתק|שתפו.{0,20}
"""
"""Buttons and labels of a page, a player, a gallery: as whole lines, or as words that announce what follows."""

TO_SHARE = r"""
en share(?: (?:this|on|via|with|it|article|story))*|follow(?: us)?(?: on)?
az paylaş
tr (?:haberi )?paylaş
ru поделиться(?: в)?
uk поділитися
ka გაზიარება
ar شارك|مشاركة|شارك على
de (?:artikel |beitrag )?teilen(?: auf| über)?
es compartir(?: en)?|comparte(?: en)?
pt (?:compartilhar?|partilhar?)(?: (?:no|em))?
fr partager(?: sur| via)?
it condividi(?: su)?
nl deel(?: op| via)?|delen
sv dela(?: på)?
no del(?: på)?
fi jaa
pl udostępnij(?: na)?
cs sdílet(?: na)?
hu megosztás
ro distribuie(?: pe)?
hr podijeli(?: na)?
el κοινοποίηση
ja シェア(?:する)?
zh 分享
ko 공유(?:하기)?
"""
"""What stands before the names of networks on which readers may share a text."""

NETWORKS = r"""
mul facebook(?: messenger)?|messenger|twitter|x|x \(twitter\)|telegram|whats ?app|instagram|linked ?in|pinterest|reddit|tumblr|threads|bluesky|mastodon|viber|vk|vkontakte|ok|odnoklassniki|xing|line|hatena|pocket|flipboard|tiktok|youtube|rss|skype|weibo|wechat
en e-?mail|mail|print|copy(?: link)?|link|sms|send
de drucken|link kopieren|per mail
fr imprimer|courriel|copier le lien
es imprimir|correo(?: electrónico)?|copiar enlace
pt imprimir|copiar link
it stampa|copia link
nl afdrukken|kopieer link
pl drukuj
tr yazdır|e-?posta|linki kopyala
ru вконтакте|одноклассники|печать|почта
ar فيسبوك|تويتر|واتساب|تيليجرام|طباعة|نسخ الرابط
"""
"""Where readers may share a text, and what else the buttons beside that do."""

PAID = r"""
en (?:this|the) (?:article|story|content|post|page|text|feature|report|column) is (?:only |exclusively |currently )?(?:for|available (?:only |exclusively )?(?:to|for)|exclusive to|exclusively for|reserved for|restricted to|limited to) (?:our )?(?:\w+ ){0,3}?(?:subscribers?|members?|premium)\b.{0,80}|(?:this )?(?:article|story|content|post) (?:is )?(?:reserved )?for (?:paying |paid )?(?:subscribers|members)(?: only)?
en already (?:a |an )?(?:\w+ )?(?:subscriber|member)\W{1,3}(?:log|sign) ?in to (?:continue|keep|read|access|unlock) .{0,60}|(?:please )?(?:subscribe|become a (?:\w+ )?(?:member|subscriber)|start your (?:free )?(?:\w+ )?trial|log in or subscribe|sign in or subscribe|upgrade)(?: now| today)? to (?:continue(?: reading)?|keep reading|read (?:on|more|the (?:rest|full|whole|entire)|this|it all|full)|unlock|(?:get |gain )?(?:full |unlimited )?access(?: to)? (?:this|the (?:full|whole))|view the full)\b.{0,80}
en (?:to (?:continue|keep) reading|to read (?:on|the (?:rest|full|whole) .{1,20}|this .{1,20})|want to (?:keep reading|read (?:on|more))\?|the (?:rest|remainder) of this (?:article|story|post|text) is)\W.{0,30}\b(?:subscri|paying|paid|member).{0,80}|(?:only )?for (?:paying )?subscribers(?: only)?|subscribers?[- ]only(?: (?:content|article|story))?|members?[- ]only (?:content|article|story)|\d{1,2} ?(?:%|per cent|percent) of this (?:article|story|text) (?:remains|is left)\b.{0,60}|continue reading with a.{0,30} subscription.{0,40}
de (?:dieser|dieses|der|das) (?:artikel|beitrag|inhalt|text|stück) ist (?:nur |exklusiv |ausschließlich )?(?:für|unseren) (?:unsere |zahlende |registrierte )*(?:\S{0,15}abonnent|abo|plus|premium|mitglieder|\S{0,10}leser).{0,80}|(?:nur|exklusiv|ausschließlich) für (?:unsere )?(?:abonnent\S{0,8}|mitglieder|plus-leser\S{0,5})
de (?:jetzt )?weiterlesen mit .{1,40}|(?:jetzt |um )?(?:abonnieren|abo abschließen) (?:und|zum) weiterlesen.{0,60}|(?:um|zum) (?:weiterzulesen|weiterlesen|weiterlesen\?)\W.{0,40}abo.{0,60}|lesen sie (?:jetzt )?(?:weiter|den ganzen (?:artikel|text)) mit .{1,40}|sie (?:möchten|wollen) weiterlesen\?.{0,80}|(?:dieser|der) (?:artikel|beitrag|text) ist (?:teil|inhalt) von .{0,12}(?:\+|plus|premium|abo)|(?:noch|weitere) \d{1,2} ?% (?:dieses|des) (?:artikels|textes).{0,60}
fr (?:(?:cet |l['’])?article|(?:ce )?contenu|(?:ce )?texte)(?: est)?(?: exclusivement| uniquement)? réservée?s? (?:à nos|aux) (?:abonné|membre).{0,80}|réservé (?:à nos|aux) abonnés|il (?:vous )?reste (?:encore )?\d.{0,20} (?:à lire|à découvrir).{0,40}|la suite (?:de cet article )?est réservée.{0,60}
fr (?:pour|afin de) lire la suite\W.{0,20}abonne.{0,60}|(?:abonnez|connectez)-vous pour (?:lire|continuer|accéder à (?:cet|la suite|l['’]article|l['’]intégralité)|découvrir la suite).{0,60}
es (?:este|el) (?:contenido|artículo|texto) es (?:exclusivo|solo|sólo|únicamente) para .{0,20}(?:suscriptor|socio|abonad|miembro).{0,60}|(?:contenido|artículo|noticia|texto)(?: solo| sólo| exclusiv[oa])? para (?:suscriptores|socios|abonados)|(?:solo|exclusivo) para suscriptores|suscr[ií]b[ea](?:te|se) para (?:seguir leyendo|continuar|leer).{0,60}|para seguir leyendo\W.{0,30}(?:suscr|hazte).{0,60}|te queda(?:n)? (?:un |el )?\d.{0,20} por leer.{0,40}
pt (?:este |o )?(?:conteúdo|artigo|texto)(?: é)? (?:exclusivo|reservado|só|apenas) (?:para|a|aos) (?:os )?(?:assinantes|subscritores).{0,60}|(?:esta |a )?(?:matéria|reportagem|notícia)(?: é)? exclusiva para assinantes.{0,40}|exclusivo para assinantes|(?:assine|torne-se assinante) (?:já )?para (?:continuar|ler).{0,60}|para continuar (?:lendo|a ler)\W.{0,20}assin.{0,60}
it (?:questo |l['’])?(?:articolo|contenuto|testo)(?: è)? (?:riservato|disponibile solo|solo|accessibile solo) (?:agli|ai|per gli) .{0,12}(?:abbonati|soci).{0,60}|(?:riservato|solo per)(?: a?gli)? abbonati|abbonati (?:ora |subito )?per (?:continuare|leggere|proseguire).{0,60}|per (?:continuare a |proseguire (?:la|nella) )?(?:leggere|lettura)\W.{0,20}abbona.{0,60}
nl (?:dit|het) artikel is (?:exclusief|alleen)(?: beschikbaar| toegankelijk)? voor .{0,12}(?:abonnee|leden).{0,60}|(?:alleen|exclusief) voor (?:abonnees|leden)|(?:verder|volledig artikel) lezen\?\W{0,3}(?:word|neem een) .{0,20}(?:abonne|lid).{0,40}|(?:neem een abonnement|word (?:lid|abonnee)|abonneer je) (?:om|en lees) .{0,30}(?:lezen|verder).{0,40}
sv (?:(?:den här|denna|det här) )?(?:artikeln?|texten|innehållet) är (?:bara |endast |enbart )?(?:för|till) .{0,20}(?:prenumerant|medlem|abonnent).{0,60}|(?:endast|bara|enbart) för prenumeranter|(?:bli prenumerant|prenumerera) för att (?:läsa|fortsätta).{0,60}
no (?:denne|dette) (?:saken|artikkelen|innholdet) er (?:kun |bare |forbeholdt )?(?:for )?.{0,12}(?:abonnent|medlem).{0,60}|(?:kun|bare) for abonnenter|(?:bli|kjøp) abonne(?:nt|ment) for å (?:lese|fortsette).{0,60}
da (?:denne|dette) (?:artikel|artiklen|indhold) er (?:kun |forbeholdt |kun tilgængelig )?(?:for )?.{0,12}(?:abonnent|medlem).{0,60}|(?:bliv|tegn) abonne(?:nt|ment) (?:for at|og) læs.{0,60}
fi (?:tämä )?(?:artikkeli|juttu|sisältö) on (?:vain )?(?:tilaajille|tilaajien).{0,60}|(?:vain )?tilaajille|tilaa ja (?:lue|jatka).{0,60}
pl (?:dalsza|pełna|pozostała) (?:część|treść)(?: artykułu| tekstu)?(?: jest)? dostępna (?:tylko|wyłącznie) dla .{0,12}(?:prenumerator|subskryb|abonent).{0,60}|(?:ten )?(?:artykuł|tekst|materiał)(?: jest)? (?:dostępny )?(?:tylko|wyłącznie) dla .{0,12}(?:prenumerator|subskryb|abonent).{0,60}|(?:ta )?treść (?:jest )?(?:dostępna )?(?:tylko|wyłącznie) dla .{0,12}(?:prenumerator|subskryb).{0,60}|tylko dla (?:prenumeratorów|subskrybentów)|(?:pozostało|do przeczytania zostało) \d{1,2} ?%.{0,60}|(?:subskrybuj|wykup (?:dostęp|subskrypcję|prenumeratę)),? (?:aby|żeby|i) .{0,30}czyta.{0,40}
cs (?:tento )?(?:článek|obsah|text) je (?:určen |dostupný )?(?:jen|pouze|výhradně)? ?(?:pro předplatitele|předplatitelům).{0,60}|(?:jen|pouze) pro předplatitele|(?:předplaťte si|pokračujte ve čtení s) .{0,60}
sk (?:tento )?(?:článok|obsah) je (?:určený )?(?:len|iba|výhradne)? ?pre predplatiteľov.{0,60}|(?:len|iba) pre predplatiteľov
hu (?:ez a |a )?(?:cikk|tartalom) (?:csak|kizárólag) .{0,12}előfizető.{0,60}|csak előfizetőknek|a (?:folytatáshoz|teljes cikk elolvasásához) .{0,30}(?:előfizet|fizessen).{0,40}
ro (?:acest )?(?:articol|conținut)(?: este)? (?:rezervat|disponibil (?:doar|numai)|exclusiv) (?:pentru )?.{0,12}abonați.{0,60}|(?:doar|numai) pentru abonați|abonează-te (?:ca să|pentru a) (?:citi|continua).{0,60}
hr (?:ovaj )?(?:članak|sadržaj) (?:je )?(?:dostupan )?(?:samo|isključivo)(?: je)?(?: dostupan)? (?:za )?(?:naše )?pretplatni.{0,60}|samo za pretplatnike|pretplati(?:te)? se (?:za|kako|i) .{0,20}(?:čita|nastav).{0,40}
el (?:αυτό )?το (?:άρθρο|περιεχόμενο) (?:είναι |διατίθεται )?(?:διαθέσιμο )?(?:μόνο |αποκλειστικά )?(?:για|σε) (?:τους )?συνδρομητές.{0,60}|(?:μόνο|αποκλειστικά) για συνδρομητές
ru (?:этот |эта )?(?:материал|статья|текст|контент)(?: доступ\w{1,3})? только (?:для )?(?:\w+ )?(?:подписчик|абонент).{0,60}|только для подписчиков|(?:оформите подписку|подпишитесь),? чтобы (?:\w+ )?(?:чита|дочита|прочита|продолж).{0,60}|(?:чтобы|для того,? чтобы) (?:дочитать|прочитать|читать|продолжить)\W.{0,60}подпис.{0,60}
uk (?:цей |ця )?(?:матеріал|стаття|текст)(?: доступ\w{1,3})? (?:лише|тільки) (?:для )?(?:передплатник|підписник).{0,60}|(?:лише|тільки) для передплатників|(?:передплатіть|оформіть передплату|підпишіться),? щоб (?:\w+ )?(?:чита|дочита|прочита|продовж).{0,60}
tr (?:bu )?(?:haber|yazı|içerik|makale)(?: sadece| yalnızca)? abone(?:ler(?:imiz)?)?(?:e| içindir|e özel).{0,60}|(?:sadece|yalnızca) aboneler(?:e| için)|abonelere özel(?: içerik)?|(?:haberin|yazının|okumanın) (?:devamı|tamamı)(?:nı okumak)? için .{0,30}abone.{0,60}|(?:okumaya devam etmek|devamını okumak) için .{0,20}abone.{0,60}
az (?:bu )?(?:məqalə|yazı|material) (?:yalnız|ancaq) abunəçilər.{0,60}|(?:davamını oxumaq|oxumağa davam etmək) üçün abunə.{0,60}
ar (?:هذا |هذه )?(?:المقال|المحتوى|المقالة)(?: متاح| مخصص| حصري)?(?: متاحة)? (?:فقط )?للمشتركين.{0,60}|(?:حصري |خاص )?للمشتركين فقط|(?:لمتابعة|لإكمال|لاستكمال) القراءة.{0,20}(?:اشترك|الاشتراك).{0,60}|(?:اشترك|اشتركوا) (?:ل(?:متابعة|إكمال|مواصلة)|لقراءة) .{0,60}
he (?:כתבה|תוכן|הכתבה|מאמר) (?:זו |זה )?(?:זמינ\w? |מיועד\w? |פתוח\w? )?(?:רק )?למנויים(?: בלבד)?.{0,40}|למנויים בלבד
hi (?:यह )?(?:लेख|सामग्री|कहानी) (?:केवल|सिर्फ) (?:सब्सक्राइबर|सदस्य|ग्राहक).{0,60}
id (?:artikel|konten|berita) ini (?:hanya|khusus) (?:untuk|bagi) pelanggan.{0,60}
vi (?:bài viết|nội dung) (?:này )?(?:chỉ )?dành (?:riêng )?cho (?:thuê bao|hội viên|độc giả trả phí).{0,40}
ja (?:この(?:記事|コンテンツ)|ここから先|続き|全文)は.{0,20}(?:会員|有料|購読者).{0,60}|(?:残り|のこり)[:：\s]?[\d,０-９]+\s?(?:文字|字).{0,40}|(?:有料|プレミアム)?会員(?:限定|だけが読める)(?:の?記事|です|コンテンツ).{0,40}|有料(?:会員)?記事
zh (?:本文|此文|该文|本篇)(?:仅|僅|只|為|为).{0,10}(?:订阅|訂閱|会员|會員|付费|付費).{0,30}|(?:订阅|訂閱|付费|付費)(?:后|後|以)(?:继续|繼續|阅读|閱讀).{0,30}|(?:剩余|剩餘)\s?\d{1,2}\s?%.{0,30}
ko (?:이 |본 )?(?:기사|콘텐츠)는.{0,10}(?:유료|구독자|회원|멤버십).{0,40}|(?:유료|구독자|회원) ?전용(?: 기사| 콘텐츠)?
"""
"""What says that a text, or the rest of it, is for those who pay: whole lines."""

MEMBERS = r"""
en you must be (?:logged in|registered|a member) .*|(?:already|not yet|are you) (?:a |an )?(?:subscriber|member|subscribed)\?.*|this (?:article|story|content|page) is (?:only |exclusively )?(?:for|available to|exclusive to|reserved for) (?:our )?(?:subscribers|members|registered|premium).*|(?:create|register for) (?:a|your) free account.*|unlock (?:this|full|unlimited|the full) .*
en our community members are treated to .*|(?:get|receive) (?:the |our )?(?:latest|daily|breaking|best|top|free) .{0,80}(?:to your phone|inbox|whatsapp|newsletter|e-?mail|delivered).*|join (?:us|our) (?:on |in )?(?:the |our )?(?:whatsapp|telegram|facebook|newsletter|mailing|community).*|for more stories like this, .*|check out (?:more of )?(?:our|the) .{0,60}(?:newsletter|page|channel).*|(?:get|keep) in touch with (?:our|us|the) .{0,80}
en we want to hear from you.*|like this (?:story|article|post)\?.*|(?:do )?you have a (?:news )?(?:story|tip).*|(?:tell us|let us know) (?:what you think|in the comments).*|if you (?:enjoyed|liked) (?:this (?:article|story|post|piece)|what you).*|want (?:to read )?more(?: (?:stories|news|like this).{0,40})?\?.*|(?:have|got) (?:a )?(?:news tip|tip|story)\b.*|our standards: .*|(?:you can )?(?:follow|find|like) us (?:on|at) .*
de sie haben noch kein abo.*|jetzt .{0,30}(?:kostenlos|gratis) (?:testen|lesen).{0,40}|jetzt (?:abonnieren|testen|weiterlesen|registrieren|anmelden|unterstützen|abo|kostenlos).{0,120}|(?:bereits|schon|sie sind bereits) abonnent\w*\W.*|hat (?:ihnen|dir) (?:dieser|der|dieses) (?:artikel|beitrag|text) gefallen\?.*|(?:sie müssen|du musst) (?:sich |dich )?(?:eingeloggt|angemeldet|einloggen|anmelden|registrieren).*|mit (?:meiner|ihrer|deiner) anmeldung .*
de (?:aktuelle )?nachrichten aufs handy\?.*|.{0,40}auch bei social media.*|exklusive .{0,40}für sie recherchiert|sie lesen gerade auf .*|ihre meinung ist uns wichtig.*|(?:nichts|keine \w+) (?:.{0,60} )?mehr verpassen.*|(?:dieser|der) (?:artikel|beitrag|inhalt) ist (?:nur )?(?:für|exklusiv für) (?:abonnenten|registrierte|mitglieder).*|lesen sie (?:jetzt )?(?:weiter|alle artikel) .*|(?:folge|folgen sie) uns .*
fr (?:cet article est|contenu|article) réservé aux abonnés.*|(?:déjà|vous êtes déjà) abonné\W.*|il vous reste .{0,30} (?:de cet article )?à (?:lire|découvrir).*|la suite est réservée .*|abonnez-vous .*|s['’]abonner|pour (?:lire la suite|accéder en illimité).*|recevez .{0,80}(?:newsletter|mail|alerte).*|inscrivez-vous .*|rejoignez-nous sur .*
es tu suscripción .*|suscr[ií]b(?:ete|ase|ete) .*|(?:regístrate|inicia sesión) .*|(?:este|el) (?:contenido|artículo) es (?:exclusivo|solo) para .*|¿(?:quieres añadir|aún no eres|ya eres|por qué estás viendo) .*|apúntate .*|recibe .{0,80}(?:newsletter|boletín|correo|whatsapp).*|únete a .{0,80}|contenido exclusivo para suscriptores
pt (?:conteúdo|artigo|matéria) exclusiv[oa] para assinantes.*|já é assinante\W.*|receba .{0,80}(?:whatsapp|e-?mail|newsletter).*|(?:entre|participe) (?:no|do) .{0,40}(?:whatsapp|telegram|canal|grupo).*|inscreva-se .*
it (?:questo|il) (?:articolo|contenuto) è (?:riservato|disponibile solo).*|abbonati (?:ora|subito|qui|per leggere|a partire)\b.*|sei già abbonato\W.*|iscriviti .*|per (?:continuare a )?leggere .{0,60}(?:abbon|registr|accedi).*
nl dit artikel is (?:exclusief|alleen) voor .*|(?:al|nog geen) abonnee\W.*|meld je (?:hier |nu )?aan .*|schrijf je (?:hier |nu )?in .*
sv (?:den här|denna) artikeln? är (?:bara )?för .*|bli (?:prenumerant|medlem|abonnent) .*|(?:redan|allerede|er du) (?:prenumerant|abonnent|kunde)\W.*|denne? (?:saken|artikkelen|artiklen|artikel) er (?:kun )?for (?:abonnenter|medlemmer).*
pl (?:artykuł|treść|materiał) (?:dostępn[ya]|tylko|wyłącznie) .{0,40}(?:subskryb|prenumer).*|zapisz się .*|zaprenumeruj .*|zapraszamy (?:też |także )?do subskrypcji.*|dołącz do .{0,60}(?:newslet|grup|subskryb).*
cs (?:tento )?článek je (?:jen |pouze )?pro předplatitele.*|předplaťte si .*|chcete-li článek poslouchat.*
ru (?:чтобы|для того,? чтобы) (?:прочитать|читать|оставить|комментировать) .{0,80}(?:подпи|войд|зарегистр|авториз).*|(?:читайте|смотрите) (?:нас|наш\w*) .*|(?:нашли|заметили|увидели) (?:ошибку|опечатку).*|присоединяйтесь .{0,80}|(?:подписывайтесь|подписаться|подпишитесь) .*
uk (?:помітили|знайшли|побачили) (?:помилку|одрук).*|приєднуйтесь .{0,80}|читайте нас .*|підписатися .*
tr .{0,80}abonelere sunulan.*|(?:haberin|yazının) (?:devamı|tamamı) için .*|yorum (?:yapabilmek|yazabilmek) için .*|kaynak göster\w* .{0,60}yasak.*
ar (?:اشترك|اشتركوا|تابعنا|تابعونا|انضم|للاشتراك|لمتابعة) .{0,100}(?:نشرة|بريد|قناة|واتساب|تلغرام|تليجرام|تويتر|فيسبوك|جوجل).*
he (?:הירשמו|הצטרפו|לרכישת מינוי|עקבו אחרינו|לקבלת עדכונים) .*|(?:כתבה|תוכן) זו?ה? למנויים.*
id baca juga\W.*|(?:ikuti|dapatkan|simak) .{0,80}(?:whatsapp|google news|telegram|saluran|grup).*
ja (?:この(?:記事|コンテンツ)|ここから先|続き)は.{0,20}(?:会員|有料|ログイン).*|(?:有料|無料)?会員(?:に(?:なる|登録)|登録).*|.{0,40}(?:読み放題|会員登録(?:する|できます|はこちら)|会員限定(?:です|の?記事)|会員向け記事).{0,40}|.{0,30}ログインして(?:続きを)?(?:読む|お読み).*|.{0,40}メールマガジン.{0,20}
ko .{0,40}(?:구독\s?신청|구독하기|무단\s?전재.{0,20}금지|저작권자.{0,40}|네이버.{0,20}구독|카카오톡.{0,20}제보).*
hi .{0,80}(?:व्हाट्सएप|टेलीग्राम|व्हाट्सऐप) (?:चैनल|ग्रुप).*
"""
"""What asks readers to log in, to pay, to follow, to write: beginnings of lines, and all that follows."""

MADE_BY = r"""
en (?:additional |with )?reporting by |(?:writing|editing|edited|translated|translation) by |with files from
de (?:redaktion|sendung|mitarbeit|dieses thema im programm)\s?:\s|übersetzt von\s
zh (?:责任编辑|責任編輯|责编|責編|编辑|編輯|校对|校對|审核|審核)\s?[:：]
"""
"""Who else has a hand in a story, and where it is broadcast: beginnings of lines."""

INVITED = r"""
en (?:please )?(?:follow|find|join|like|subscribe|sign up|register|download|get|receive|support|donate|become|help|stay|keep|never miss|don['’]t miss|for (?:the )?(?:latest|more)|want|looking for|if you (?:enjoyed|liked|like)|do you|have you|like what|we want|send|submit|share your|tell us|click here)
de (?:bitte )?(?:folge[nt]?|folgt|abonniere[nt]?|melde[nt]?|jetzt|unterstütze[nt]?|hol|holen|lade[nt]?|werde[nt]?|lust auf|mehr|möchte[nt]?|keine|nichts|nie|immer|du (?:willst|möchtest)|sie (?:wollen|möchten)|gefällt|hier|erhalte[nt]?)
fr (?:suivez|retrouvez|abonnez|inscrivez|rejoignez|recevez|téléchargez|soutenez|pour (?:ne rien|recevoir|suivre)|vous avez|envie)
es (?:s[ií]gue(?:nos)?|siga(?:nos)?|s[ií]ganos|suscr[ií]b(?:ete|ase)|únete|recibe|descarga|apoya|¿(?:quieres|ya|te)|no te pierdas|visita|hazte|encuentra)
pt (?:siga|sigam|acompanhe|curta|inscreva|assine|receba|baixe|apoie|participe|entre|quer|clique)
it (?:segui(?:ci|te)?|iscriviti|abbonati|ricevi|scarica|sostieni|unisciti|resta|vuoi)
nl (?:volg|abonneer|meld|schrijf|ontvang|download|steun|word|wil|mis)
sv (?:följ|prenumerera|anmäl|få|ladda|stöd|bli|missa)
da (?:følg|tilmeld|abonn[ée]r|få|hent|støt|bliv)
no (?:følg|meld|abonn[ée]r|få|last|støtt|bli)
fi (?:seuraa|tilaa|liity|lataa|tue)
pl (?:obserwuj|śledź|polub|zapisz|dołącz|wesprzyj|pobierz|zaprenumeruj|chcesz)
cs (?:sledujte|přihlaste|odebírejte|podpořte|stáhněte)
ru (?:подпис\w+|следите|читайте|присоединяйтесь|скачайте|поддержите|хотите)
uk (?:підпис\w+|стежте|читайте|приєднуйтесь|завантажте|підтримайте)
tr (?:(?:bizi )?takip|abone|katıl\w*|indir\w*|destek)
id (?:ikuti|simak|dapatkan|unduh|berlangganan)
"""
"""How an invitation to readers begins."""

INVITED_TO = r"""
mul facebook|twitter|instagram|telegram|whatsapp|youtube|tik ?tok|linked ?in|google news|bluesky|mastodon|threads|discord|patreon|steady|paypal|ko-fi
en news ?letters?|inbox|mailing list|app|apps|(?:independent|our|this) (?:journalism|reporting|work|newsroom)|supporter|donation|membership|subscription|subscrib\w+|edition|updates|alerts|letters? to the editor
de newsletter|posteingang|app|unsere? (?:arbeit|journalismus)|spende|abo|abonnement|mitgliedschaft|kanal
fr newsletters?|lettre d['’]information|application|notre (?:journal|travail)|don|abonnement|chaîne
es bolet[ií]n(?:es)?|newsletter|app|aplicación|canal|nuestro (?:periodismo|trabajo)|suscripción|redes sociales
pt newsletter|boletim|aplicativo|app|canal|nosso (?:jornalismo|trabalho)|assinatura|redes sociais
it newsletter|app|canale|nostro (?:giornalismo|lavoro)|abbonamento|social
nl nieuwsbrief|app|kanaal|journalistiek|abonnement
sv nyhetsbrev\w*|app\w*|prenumeration
da nyhedsbrev\w*|app\w*
no nyhetsbrev\w*|app\w*
fi uutiskir\w+|sovellu\w+
pl newslett\w+|aplikacj\w+|kanał\w*
cs newslett\w+|aplikac\w+
ru рассылк\w+|телеграм\w*|канал\w*|вконтакте|дзен\w*
uk розсилк\w+|телеграм\w*|канал\w*|фейсбук\w*
tr bülten\w*|uygulama\w*|kanal\w*
id saluran|aplikasi|kanal
"""
"""What it invites them to: networks, letters, apps, gifts."""

CLOSING = r"""
en this site is protected by (?:re)?captcha|we may (?:receive|earn) (?:a |an )?(?:commission|compensation)|(?:this|the) (?:article|post|story|page)(?: and the photos within it)? (?:may )?contains? affiliate links|(?:advertising|affiliate) disclosure\W|if you (?:buy|purchase) something through|we want to hear (?:from you|what you think)|(?:send|submit|write) (?:us )?(?:a |your )?letters? to the editor|have a (?:story|tip|news tip)\b
en you(?:['’]re| are)? (?:receiv(?:e|ed|ing)|get(?:ting)?|got) this (?:e-?mail|message|(?:news)?letter|because you)|do you have an opinion on the issues raised in this article
de (?:sie erhalten|du erhältst|ihr erhaltet) diese[n]? (?:e-?mail|nachricht|newsletter)
en (?:this|our) (?:web)?site uses cookies|we use cookies|this entry was posted (?:on|in|by) |latest posts by .{2,60}\(see all\)
de \*?(?:hinweis: )?(?:dieser|der) (?:artikel|beitrag|text) enthält (?:affiliate|werbe)|(?:für|bei) (?:käufe|einkäufe)n? über (?:diese|unsere) links|(?:alle|die mit .{1,20}) (?:links|angebote) .{0,40}affiliate|in den .{0,40} befinden sich .{0,20}affiliate
de (?:datenschutz & cookies: )?(?:diese|unsere) (?:web)?(?:site|seite) (?:verwendet|nutzt|benutzt|setzt) cookies|wir (?:verwenden|nutzen|benutzen|setzen) (?:auf .{3,40} )?cookies|um (?:unsere|diese) (?:web)?(?:site|seite) .{0,100}cookies|(?:dieser|der) (?:beitrag|artikel|eintrag) wurde am .{0,90}(?:veröffentlicht|erstellt|geschrieben|abgelegt)|(?:erstellt|geschrieben|veröffentlicht) (?:am|von) .{0,80}abgelegt unter|von .{2,40} abgelegt unter
fr cet article (?:contient|peut contenir) des liens affiliés|(?:ce site|nous) utilis(?:e|ons) des cookies|cette entrée a été publiée
es (?:este|esta) (?:sitio|web|página)(?: web)? (?:usa|utiliza) cookies|(?:utilizamos|usamos) cookies|esta entrada fue publicada|el periodismo (?:independiente|de calidad) necesita
pt (?:este|esse) site (?:usa|utiliza) cookies|(?:utilizamos|usamos) cookies|este artigo foi publicado em
it (?:questo sito|il sito) (?:usa|utilizza) (?:i )?cookie|utilizziamo (?:i )?cookie|questa voce è stata pubblicata
nl (?:deze|onze) (?:web)?site (?:gebruikt|maakt gebruik van) cookies|wij gebruiken cookies|dit bericht (?:is|werd) geplaatst
pl (?:ta |nasza )?(?:strona|witryna) (?:używa|korzysta z|wykorzystuje) .{0,10}cookie|używamy .{0,10}cookie|ten wpis został opublikowany
sv (?:den här|vår) (?:webbplatsen?|sidan?) använder cookies|vi använder cookies
no (?:dette|vårt) nettstedet bruker (?:informasjonskapsler|cookies)|vi bruker (?:informasjonskapsler|cookies)
da (?:denne|vores) (?:hjemmeside|website|side) (?:bruger|anvender) cookies|vi bruger cookies
tr (?:bu |sitemiz )?(?:web )?sitesi(?:nde|nde)? çerez
ru (?:этот сайт|мы|наш сайт) использу(?:ет|ем) .{0,10}(?:cookie|куки)
"""
"""What stands below a text for legal reasons, or to sell something: beginnings of sentences."""

NEWSLETTERS = r"""
en news ?letters?|inbox
nl nieuwsbrief
sv nyhetsbrev
no nyhetsbrev
es bolet[ií]n(?:es)?
tr bülten\w*
ru рассылк\w*
"""
"""The letters that newsrooms send."""

INBOX = r"""
en inbox|sign ?up|get the latest
de hier entlang|anmelde\w*
sv prenumerera
nl schrijf je in
pt assine|inscreva-se
fr inscri\w+|abonne\w+
"""
"""What else is said where readers are asked to have them sent."""

OUTLETS_LAST = r"""
en press|team|times|gazette|herald|courier|tribune|post|daily|weekly|online|tv|radio|magazine|desk
az qəzeti
tr gazetesi|haber
de redaktion|nachrichten|zeitung|anzeiger|tageblatt
es noticias|diario
it redazione
"""
"""How the name of a paper or of its people ends."""

AGENCIES = r"""
en (?:the )?associated press|ap|reuters|pa media|pa|upi|bloomberg|(?:the )?canadian press|aap|pti|ians|ani
az azertag|azərtac|report
tr anadolu ajansı|aa|iha|dha
ru тасс|интерфакс|риа новости|tass|interfax
uk укрінформ|ukrinform
de dpa|deutsche presse-agentur|apa|sda|keystone-sda|sid|epd|kna
fr afp|agence france-presse|ats|belga
es efe|europa press|télam
it ansa|adnkronos|agi
pt lusa
nl anp
sv tt|ntb|ritzau|stt
pl pap
cs čtk
ro agerpres|mediafax
zh xinhua|新华社|新華社|中央社|cna
ja 共同通信|時事通信|kyodo
ko 연합뉴스|yonhap
"""
"""News agencies, which sign as people do."""

HOME = r"""
en home
az ana səhifə
tr ana ?sayfa
ru главная
uk головна
ka მთავარი
hy գլխավոր
ar الرئيسية
de startseite
es inicio
fr accueil
ro acasă
hr naslovna
pl strona główna
pt página inicial
el αρχική
fa صفحه اصلی
vi trang chủ
id beranda
fi etusivu
hu kezdőlap
th หน้าแรก
hi होम
zh 首页|首頁
ja ホーム
ko 홈
"""
"""The site's first page, where a way to this one begins."""

FURNITURE = r"""
en skip to (?:main )?content|leave a (?:review|reply|comment)|(?:add|post|write) a comment|no comments?(?: yet)?|comments?(?:\s*\(?\d*\)?)|\d+ comments?
en share|print(?: (?:this|version))?|e-?mail(?: this)?|(?:read|load|show) more|continue reading|back to top|advertis(?:e)?ment|ads?|sponsored(?: \w+)?
en copy link|contacts?|about us|menu|search|news ?letter|(?:next|previous) page|(?:older|newer) posts
en (?:open|view) (?:(?:this )?e-?mail )?in (?:your )?browser|manage (?:your )?preferences
az şərh(?:lər)?(?: \w+)?|paylaşın?|oxunub\s*:?\s*\d*|ardını oxu|(?:daha )?ətraflı(?: oxu)?|(?:rəy|şərh) yaz(?:ın)?
tr devamı(?:n[ıi] oku)?|ilk yorum yazan siz olun|yorum(?:lar)?(?: (?:yaz|ekle|yap))?(?:\s*\(?\d*\)?)|paylaş|reklam
ru читать (?:дальше|полностью)|комментари(?:и|ев|й)(?:\s*\(?\d*\)?)|оставить (?:комментарий|отзыв)|распечатать|читать далее|подробнее|наверх|реклама
uk поширити|читати далі|детальніше|коментарі(?:в)?|залишити (?:коментар|відгук)
ka გაზიარება|კომენტარ(?:ი|ები)|კომენტარის დატოვება
hy տպել|կիսվել|մեկնաբանություններ|շարունակել
ar شارك|شاركها|تعليقات|اترك تعليقا?|طباعة|إعلان
de weiterlesen|kommentare?(?: \w+)?|teilen|drucken|anzeige|werbung|mehr laden|(?:nächste|vorherige) seite|im browser (?:ansehen|anzeigen|öffnen)
es leer más|seguir leyendo|compartir|comentarios?|deja un comentario|publicidad|imprimir
fr partager|commentaires?|publicité|imprimer|lire la suite|page suivante
it leggi tutto|continua a leggere|condividi|commenti|stampa
ro distribuie|comentarii
hr komentar(?:i|z|ze)?|podijeli
pl podziel się|czytaj dalej
nl lees meer|lees verder|delen
sv läs mer|dela
da læs mere|del
no les mer
pt continue lendo|continuar a ler|partilhar|compartilhar
mul facebook|twitter|telegram|whatsapp|instagram|x|linkedin|undefined
"""
"""Short lines that belong to the site, not to a story."""

FURNITURE_BEGUN = r"""
en share (?:this|on|it|via)\b|follow (?:us|me)\b|(?:un)?subscribe\b|sign up\b|cookie|all rights reserved|terms of use|privacy policy
az abunə ol|(?:\S+ ){0,2}bizi (?:\S+ )?izləyin|ən son xəbərləri və
ja この記事は(?:有料)?会員|会員登録|有料会員|ログインして
tr (?:\S+ ){0,2}bizi (?:\S+ )?takip edin
ru поделиться\b|подписывайтесь|подпишитесь
uk підписуйтесь|підпишіться
"""
"""Beginnings of lines that belong to the site, whatever follows."""

NUMBERED = r"""
en page|issue|vol\.
de seite|ausgabe
fr page
es página
pt página
ru стр\.|страница
mul №
"""
"""What the page or the issue of a paper has a number behind, above its headlines."""

MAIL_NOTES = r"""
en you(?:['’]re| are)? receiv(?:e|ed|ing) this (?:e-?mail|message|newsletter)|to (?:stop receiving|unsubscribe)
de (?:sie|du) (?:erhalten|erhältst) diese[ns]? (?:e-?mail|nachricht|newsletter)|wenn (?:sie|du) diese[ns]? (?:e-?mail|newsletter) nicht mehr
es recib(?:es?|iste|ió) este (?:correo|mensaje|boletín)
fr vous recevez (?:cet? (?:e-?mail|message|courriel|newsletter)|cette (?:lettre|newsletter))
it (?:hai ricevuto|ricevi) quest['’ae] ?(?:e-?mail|messaggio|newsletter)
nl je ontvangt deze (?:e-?mail|nieuwsbrief)|u ontvangt deze (?:e-?mail|nieuwsbrief)
pt (?:você )?recebeu? este (?:e-?mail|boletim)
ru вы получили это письмо
"""
"""How a letter to subscribers says, at its end, why they get it."""

TAGS = r"""
en (?:hash)?tags?|keywords?|topics?|filed under|labels?
az teqlər|açar sözlər
tr etiket(?:ler)?|anahtar kelimeler
ru теги|метки|ключевые слова
uk теги|теґи|мітки
ar كلمات مفتاحية|الكلمات المفتاحية|الوسوم|وسوم
fa برچسب\W?ها|کلیدواژه\W?ها
he תגיות
de schlagw(?:ö|o)rter?|stichw(?:ö|o)rter?|themen
fr mots[- ]clés|étiquettes
es etiquetas|palabras clave
pt palavras[- ]chave|marcadores
it parole chiave|argomenti|etichette
nl trefwoorden
sv taggar
da emneord
nb stikkord
fi avainsanat|asiasanat|tunnisteet
pl tagi|słowa kluczowe
cs štítky|klíčová slova
sk štítky|kľúčové slová
hu címkék|kulcsszavak
ro etichete
hr oznake|ključne riječi
el ετικέτες
vi từ khóa
ja タグ|キーワード
zh 标签|標籤|关键词|關鍵字
ko 태그|키워드
"""
"""What a page calls the words under which a story is filed, before a colon."""

LOG_IN = r"""
en log ?in|sign ?in\b|subscri\w+|register\w*
az abunə
tr abone|giriş (?:edin|yapın)
ru подпи\w+|войдите|авториз\w+|зарегистрир\w+
uk увійд\w+|передплат\w+
ar اشترك|تسجيل الدخول
de abonn\w+|anmelden|einloggen
es suscr\w+
it iscriv\w+|abbona\w+|accedi
pl zaloguj|prenumer\w+
"""
"""What readers are asked to do before they may read on."""

TO_READ = r"""
en read\w*|continu\w+|full|access|unlock
az oxu\w*|davam\w*
tr devam\w*|oku\w*|tamam\w*
ru чита\w+|прочита\w+|доступ\w*|полн\w+|продолж\w+
uk повн\w+
ar قراءة
de (?:weiter)?lesen
es leer
fr lire|suite
it legg\w+|continuare
ro citi\w*
pl czyta\w*
"""
"""What they may do then."""

TO_READ_MORE = r"""
en rest|more
ar المزيد
de weiter\w*
es seguir
"""
"""The same in words of invitations to newsletters, by which an HTML page isn't paid for."""

ASKED_OF_READERS = r"""
en (?:^|[.!?,:;–—]\s*)(?:(?:please|now|simply|just|to|already|not|only|or|and) )*(?:log ?in|sign ?in|subscribe|subscription|register|read|continue|unlock|become|join|keep)\b|\b(?:this|the|our) (?:(?:full|whole|entire|complete|remaining) )?(?:article|story|text|post|content|piece|feature)\b|\brest of (?:the|this)|\b(?:full access|read (?:on|this|more)|continue reading)\W*$|\byou (?:need|must|have) |\byour (?:account|subscription)|\bmembers? (?:only|exclusive)
"""
"""How a notice asks readers to log in before they read on; others may do so in a story."""

LEADS_ON = r"""
en (?:read|see) (?:more|on|(?:the )?(?:full |whole )?(?:story|article))|continue reading|full (?:story|article)|more
az ardını oxu|(?:daha )?ətraflı(?: oxu)?
tr devamı(?:nı oku)?|devamını okuyun|haberin devamı
ru читать (?:далее|дальше|полностью)|подробнее
uk читати (?:далі|повністю)|детальніше
ar (?:اقرأ )?المزيد
de weiterlesen|mehr(?: lesen| dazu| erfahren)?|zum artikel|artikel lesen
fr lire (?:la suite|plus|l['’]article)|en savoir plus
es leer más|seguir leyendo|ver más
pt l(?:eia|er) mais|continuar lendo|saiba mais
it leggi (?:tutto|di più|l['’]articolo)|continua(?: a leggere)?
nl lees (?:meer|verder)
sv läs mer
da læs mere
no les mer
fi lue lisää
pl czytaj (?:więcej|dalej)
cs číst (?:dál|více)
"""
"""What leads from the beginning of a story in a list to the whole."""

ERRORS = r"""
en error
az xəta
tr hata
ru ошибка
de fehler
fr erreur
"""
"""What stands before the number of a server's error."""

NOT_FOUND = r"""
en page (?:was |is )?not (?:be )?found|page can.t be found
az səhifə tapılmad
tr sayfa bulunamad
ru страница не найдена
uk сторінк[уа] не знайдено
de seite nicht gefunden
es página no encontrada
pt página não encontrada
fr page (?:introuvable|non trouvée)
"""
"""The title of what a server shows for a page that it hasn't got."""

SECTIONS = """
en politics political society social economy economics business finance sport sports culture world news region incidents
en health science technology tech opinion analysis interview education local international lifestyle entertainment crime weather
en others other media analytics headlines business lifestyle
az siyasət iqtisadiyyat cəmiyyət idman mədəniyyət dünya hadisə kriminal sosial müsahibə təhsil texnologiya
tr gündem güncel ekonomi siyaset spor dünya sağlık eğitim kültür magazin teknoloji yaşam yerel asayiş haber
ru новости политика общество экономика спорт культура мир происшествия наука технологии здоровье образование новости аналитика
uk політика суспільство економіка культура світ події освіта наука здоров'я новини
ka პოლიტიკა საზოგადოება ეკონომიკა სპორტი კულტურა მსოფლიო სამართალი
hy քաղաքականություն հասարակություն տնտեսություն սպորտ մշակույթ աշխարհ
ar سياسة اقتصاد رياضة ثقافة محليات العالم مجتمع
de politik wirtschaft gesellschaft kultur sport welt lokales nachrichten aktuelles regional panorama meinung wissen ausland inland
es noticias actualidad opinión política sociedad economía cultura deportes local
pt notícias sociedade cultura desporto país mundo saúde
fr actualité actualités politique société économie monde culture santé sports
it notizie politica economia cronaca esteri salute sport
ro mundo politică social economie cultură sănătate externe
hr vijesti politika kultura gospodarstvo svijet
pl polityka społeczeństwo gospodarka kraj świat zdrowie sport kultura
el κοινωνία πολιτική οικονομία αθλητικά κόσμος πολιτισμός
kk саясат қоғам экономика әлем мәдениет спорт
hi राजनीति समाज खेल दुनिया व्यापार संस्कृति देश
"""
"""What newspapers call their sections."""

DOMAINS = """
mul com|net|org|info|biz|tv|me|eu|news|example|test
az az
tr tr
ru ru
uk ua
ka ge
hy am
de de
es es
sr rs
hr hr
pl pl
ro ro|md
"""
"""How the names of newspapers' sites end."""

ADVERTISING = r"""
en (?:paid )?ad(?:vertise)?(?:ment)?s?|sponsored(?: (?:by .{0,30}|content|links?|posts?|stor(?:y|ies)))?|promoted(?: (?:by .{0,30}|content|links?|stor(?:y|ies)))?
en paid (?:content|post|partner(?:ship)?(?: content)?)|in (?:paid )?partnership with .{0,30}|(?:paid(?: for)?|presented|brought to you) by .{0,30}|partner content|advertorial|from our (?:partners|sponsors)|brand ?(?:ed )?(?:content|voice)
de in (?:bezahlter )?kooperation mit .{0,30}|anzeigen?|werbung|gesponsert|bezahlte anzeige|sponsored
fr publicité|sponsorisé|contenu (?:sponsorisé|partenaire)|publi-?(?:reportage|rédactionnel)
es publicidad|patrocinado|contenido patrocinado|publirreportaje
pt publicidade|patrocinado|conteúdo patrocinado|publieditorial
it pubblicità|sponsorizzato|contenuto sponsorizzato
nl advertentie|gesponsord
sv annons|(?:betalt|kommersiellt) samarbete|sponsrat
da annonce|sponsoreret
no annonse|betalt innhold|annonsørinnhold
fi mainos|kaupallinen yhteistyö|maksettu sisältö
pl reklama|artykuł sponsorowany|materiał sponsorowany
cs reklama|inzerce|komerční (?:sdělení|prezentace|článek)|placená (?:inzerce|spolupráce)
sk reklama|inzercia|platená spolupráca
hu hirdetés|szponzorált(?: tartalom)?|támogatott tartalom
ro publicitate|conținut sponsorizat
tr reklam|(?:i|i̇)lan|sponsorlu(?: içerik)?
az sponsor məzmun
ru реклама|на правах рекламы|спонсорский материал|партн[её]рский материал
uk на правах реклами
ar إعلان|محتوى ممول|برعاية
ja 広告|pr|スポンサー
zh 广告|廣告|赞助|推广|推廣|贊助
ko 광고
"""
"""What is paid for, as its label says."""

EVENTS = r"""
en (?:upcoming|local|next|future) (?:events?|dates?|shows?|concerts?|matches|games|fixtures)|events? (?:calendar|to come)|calendar(?: of events)?|what['’]?s on|events|coming up
de veranstaltung(?:en|skalender|stipps?)|termine|terminkalender|kommende (?:termine|spiele)
fr agenda|événements(?: à venir)?|prochains? (?:événements|rendez-vous)
es agenda|(?:próximos )?eventos|próximas fechas
pt próximos eventos
it (?:prossimi )?eventi|appuntamenti
nl evenementen|agenda
sv evenemang|kalender
pl wydarzenia|kalendarz|nadchodzące (?:\w+)
tr etkinlik(?:ler)?(?: takvimi)?|yaklaşan \w+
ru афиша|календарь|предстоящие \w+
uk афіша
ar فعاليات|الفعاليات القادمة
"""
"""The heading of a list of what is to come."""

NO_NEWS = r"""
en (?:latest |current |new |local )?(?:jobs?|job (?:offers|ads|listings|vacancies|board)|vacancies|careers)|(?:latest |recent )?(?:obituaries|death notices|funeral notices|classifieds?|classified ads)|(?:local )?weather forecast|(?:latest )?(?:results|scores|standings|fixtures and results|league tables?)|horoscopes?|tenders|public notices
de (?:aktuelle )?(?:stellen(?:anzeigen|angebote|markt)|jobs?|offene stellen)|traueranzeigen|todesanzeigen|familienanzeigen|kleinanzeigen|wettervorhersage|tabellen?|ergebnisse|horoskope?|amtliche bekanntmachungen
fr (?:offres? d['’]emplois?|emplois?)|avis de décès|nécrologies?|petites annonces|prévisions météo|(?:classements?|résultats)|horoscopes?
es (?:ofertas? de )?empleos?|(?:bolsa de trabajo)|esquelas|obituarios|clasificados|resultados|clasificaci(?:ón|ones)|horóscopos?
pt (?:vagas|empregos?)|necrologia|obituários|classificados|previsão do tempo|resultados|horóscopo
it (?:offerte di )?lavoro|necrologi|annunci|previsioni meteo|risultati|classifiche?|oroscopo
nl vacatures|familieberichten|overlijdensberichten|weerbericht|uitslagen|stand(?:en)?|horoscoop
sv lediga (?:jobb|tjänster)|dödsannonser|minnesord|väderprognos|resultat|tabeller|horoskop
da ledige stillinger|dødsannoncer|vejrudsigt|resultater|horoskop
no ledige stillinger|dødsannonser|værmelding|resultater|horoskop
fi avoimet työpaikat|kuolinilmoitukset|sääennuste|tulokset|horoskooppi
pl oferty pracy|praca|nekrologi|ogłoszenia|prognoza pogody|wyniki|tabele?|horoskop
cs (?:nabídky )?práce|volná místa|smuteční oznámení|inzerce|předpověď počasí|výsledky|tabulky?|horoskop
tr iş ilanları|vefat (?:ilanları|edenler)|ilanlar|hava durumu|puan durumu|sonuçlar|burçlar
az vakansiyalar|iş elanları|elanlar|hava proqnozu|nəticələr|bürclər
ru вакансии|работа|некрологи|объявления|прогноз погоды|результаты|турнирная таблица|гороскоп
uk вакансії|робота|некрологи|оголошення|прогноз погоди|результати|турнірна таблиця|гороскоп
ar وظائف|وفيات|إعلانات مبوبة|حالة الطقس|النتائج|جدول الترتيب
ja 求人|求人情報|訃報|お悔やみ|天気予報|試合結果|順位表
zh 招聘|讣告|天气预报|赛果|积分榜
ko 채용|구인|부고|날씨 예보|경기 결과|순위
"""
"""The heading of a list of what is no story: jobs, notices of deaths, forecasts, results.

Weather alone may be the name of a section with stories.
"""

WEATHER = r"""
en (?:local |the )?weather(?: (?:today|report|outlook))?
de (?:das )?wetter(?:bericht)?
fr (?:la )?météo
es (?:el )?(?:tiempo|clima)
pt (?:o )?tempo
it (?:il )?meteo
nl (?:het )?weer
sv vädret
da vejret
no været
fi sää
pl pogoda
cs počasí
tr hava
ru погода
uk погода
ja 天気
zh 天气
ko 날씨
"""
"""The heading of forecasts, or of a section with stories of the weather."""
