"""Words with which pages in many languages say that something is not their article."""

import re

from newsreader.extraction.caseless import Caseless


def words(text: str) -> frozenset[str]:
    """Return the words of a table written as running text."""
    return frozenset(text.split())


def phrases(text: str) -> frozenset[str]:
    """Return the phrases of a table written with commas, each with single spaces."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


def _pattern(alternatives: str) -> Caseless:
    """Return a pattern of alternatives, one or more a line; a space in them stands for any run of white space."""
    joined = re.sub(r"\|?\s*\n\s*\|?", "|", alternatives.strip())
    return Caseless(joined.replace(" ", r"\s+"))


# After these a class name says what its element is not, or what is beside it: "no-toc", "has-sidebar".
SPEAK_OF_ANOTHER = words("no not non without has with")
# In class names: who wrote it.
OF_AUTHORS = words(
    "author authors authorname autor autoren autores autore auteur auteurs byline bylines writer reporter journalist"
    " columnist columnista kolumnist contributor contributors redakteur skribent forfatter"
    " podpis verfasser signature firma firmas imza yazar muhabir szerzo kirjoittaja avtor penulis"
)
SECTION_ADDRESS = re.compile(r"/(?:categor|section|topic|tag|thema|rubri)", re.IGNORECASE)
"""In the addresses of sections and topics."""
RELATED = _pattern(
    r"""
    ^\W*(?:read (?:more|also|next|the full)\b|also read|must read|see also|see more|related\b|more on\b|more from\b
    more:|also on\b|don.?t miss|recommended\b|watch(?: now|:| more)|click here
    lea (?:también|más|aquí)|lea:|vea (?:también|más)|lee? (?:también|más)|le puede interesar|te puede interesar
    te recomendamos|leer más|ver también|mira también|puedes leer|(?:le|te) sugerimos
    lesen sie|lies auch|mehr zum thema|mehr dazu|mehr zu\b|auch interessant|das könnte (?:sie|dich|euch)
    schon gelesen|siehe auch|weiterlesen|weiterführende|zum thema\b|mehr:|passend dazu|auch auf\b
    (?:à |a )?lire aussi|à lire|voir aussi|en savoir plus|lire la suite
    leia (?:também|mais)|veja (?:também|mais)|saiba mais|confira também
    czytaj (?:także|też|więcej|również|dalej)|zobacz (?:także|też|również|więcej)
    przeczytaj (?:także|też|również)|polecamy|leggi anche|guarda anche|lees ook|läs (?:också|mer|även)|les også
    читайте также|смотрите также|читать также|прочтите также|читайте також|дивіться також|читайте:
    you (?:may|might) (?:also )?(?:like|be interested)|get access to)
    """
)
CALL_TO_ACTION = _pattern(
    r"""
    sign up (?:for|to|here)|subscribe (?:to|now|here|today)|follow (?:us|me|him|her|them|\w+) on|follow @|like us on
    ^\W*join (?:us|our)|join our (?:newsletter|mailing|community|channel)
    share (?:this|on|via)|get the .{0,30}\bapp\b|download (?:the|our) .{0,30}\bapp\b
    our (?:free )?newsletter|^\W*like this:|loading\.\.\.|sharing is caring|like this story|all rights reserved
    newsletter abonnieren|abonnieren sie|folgen sie uns|folge uns|jetzt (?:abonnieren|anmelden)
    unser(?:en)? newsletter|alle rechte vorbehalten|wird geladen|^\W*gefällt mir\b
    suscríbete|suscribirse|síguenos|inscreva-se|assine|abonnez-vous|suivez[- ]nous|iscriviti
    we.d (?:like|love) to hear (?:what you think|from you)
    got a (?:story|tip)\?|have something to add|(?:share|write|sound off|let us know) .{0,40}\bin the comments\b
    ^\W*for more .{3,80} (?:please )?visit\b
    for more (?:stories|news|articles) like this|^\W*get in touch with (?:us|our)\b
    tell us what you think|this slideshow requires|please enable javascript|send us|have a tip
    what do you think\?|let us know|may be reached at|got a tip|bookmark the permalink|this entry was posted
    contributed to this (?:report|story|article)|the thomson reuters trust principles|click here
    ^powered by [^.!?]{2,60}$
    ^\W*(?:additional )?reporting by|^\W*editing by
    is a (?:reporter|writer|journalist|staff writer|contributor|correspondent|columnist|freelance)
    подписывайтесь|подпишитесь|підписуйтесь|підпишіться|стежте за нами|следите за нами
    obserwuj nas|śledź nas|polub nas|sledujte nás|volg ons (?:op|via)|följ oss|følg os[s]? på|seuraa meitä
    (?:baixe|baixa) o nosso app|descarga nuestra app|téléchargez notre appli|laden sie unsere app
    (?:скачайте|завантажте) (?:наше|наш|нашу) (?:приложение|застосунок|додаток)|डाउनलोड करें (?:हमारा|हमारी) ऐप
    uygulamamızı indir|pobierz naszą aplikację|stáhněte si naši aplikaci|unduh aplikasi kami
    tekst se nastavlja ispod|continúa después de la publicidad|continua (?:depois|após) (?:da|a) publicidade
    ^\W*(?:sertai|ikuti|gabung di) (?:saluran|grup|kumpulan)\b
    bizi takip ed|seguici su|siga-nos|ακολουθήστε μας|تابعونا|フォローして|关注我们|팔로우하
    """
)
NEVER_PROSE = _pattern(
    r"""
    ^\W*(?:additional )?reporting by |^\W*(?:writing|editing) by |contribut(?:ed|ing) (?:to this|reporting)
    bookmark the permalink|this slideshow requires|all rights reserved|alle rechte vorbehalten
    thomson reuters trust principles|this entry was posted|tell us what you think|like this story
    sign up (?:for|to) (?:our|the) .{0,40}newsletter|suscríbete a|siguenos en
    """
)
# Behind what a picture shows: "The mill in May. Photo: Jane Doe".
CREDIT_BEHIND = re.compile(
    r"[.!?…\"»”’)|] ?(?:photos?|photograph|images?|pictures?|fotos?|fotograf\w*|bild(?:er)?|billede|kuva|kép|imagen"
    r"|imagem|fot\.|zdj\.|zdjęcie|снимка|фото(?:графія|графия)?|φωτογραφία|صورة|תמונה|写真|图|圖|사진)\s?[:/：]\s?[^:!?]{2,60}\Z",
    re.IGNORECASE,
)
CREDIT = _pattern(
    r"""
    ^\W*(?:photos?|image|images|picture|foto|fotos|bild|bilder|beitragsbild|titelbild|grafik|photograph)_OF_
    ^\W*(?:illustration|credit|source|sources|quelle|quellen|bildquelle|fonte|copyright|file photo|img)_OF_
    ^\W*(?:bildrechte|rechte|фото|снимка|фотографи[яію]|zdjęcie|kuva|источник|джерело)_OF_
    ^\W*(?:kaynak|fuentes?|źródł[oa]|zdroj|bron|kilde|källa|forrás|lähde|πηγή|izvor)_OF_
    \((?:\w+ ){0,2}(?:photo|foto)/[^()]{2,60}\)\W*$
    \b(?:credit|photo credit|image credit|bildnachweis|crédit photo): [^.:]{2,60}$
    \((?:foto|photo|bild|image|picture|symbolbild|archivbild|фото)\b[^()]{0,80}\)\W*$|^(?:subscribe|sign up|more:?)$
    ^\W*(?:(?:featured?|header|cover|main) )?(?:photo|image|picture|video)s? (?:by|via|courtesy of) [^.!?]{2,99}$
    ^\W*(?:фото|фота|foto|fotos|photos?) (?:автор\w*|аўтар\w*|autor\w*|by the author|de l.auteur)\b[^.!?]{0,40}$
    ^published in the print edition of\b
    ^\W*©|^\(c\)|^(?:image )?(?:copyright|caption)\b|getty images$
    ^\W*(?:tags?|filed under|categories|kategorien?|schlagw[oö]rter|schlagworte|tagged|posted in)\b
    ^\W*(?:etiquetas|tagi|topics|themen|теги)\b
    ^advertisement|^\W*(?:advert|anzeige|werbung|publicidade?|publicité|pubblicità|reklam[ae]?|реклама|annonse?)\W*$
    ^\W*(?:annonce|advertentie|mainos|διαφήμιση|広告|广告|廣告|광고|إعلان|iklan)\W*$|^\W*(?:ad|ads|pr)\W*$|^video$|^close$|^comments?$|^share$
    ^teilen$|^(?:\d+ )?(?:kommentare?|comments?)\W*\d*\W*$|^drucken$|^print$|^zurück$|^back$
    """.replace("_OF_", r"\b\s*(?:credit|by|copyright|quelle)?\s*[:\-–©/]")
)
# A heading over what readers said, with how many of them did.
OVER_COMMENTS = _pattern(
    r"""
    ^\W{0,9}(?:\d{1,6} )?(?:comments?|kommentare?|комментарии|коментарі|каментары|commentaires|comentarios|comentários
    commenti|komentarze|komentáře|komentáre|yorumlar|kommentarer|reacties|σχόλια|تعليقات|التعليقات|نظرات|תגובות
    टिप्पणियाँ|评论|評論|コメント|댓글)\W{0,9}\d{0,6}\W{0,9}$
    """
)
DEAD_HEADING = _pattern(
    r"""
    ^(?:recommended|you may also like|you might also like|more (?:stories|news|from|on|in|like)|most (?:read|popular)
    also (?:read|on)|read (?:more|next)|see also|don.t miss|leave a (?:reply|comment)|about the author|über den autor
    mehr zum thema|das (?:thema )?könnte
    weitere (?:artikel|beiträge|infos|informationen|links|meldungen|nachrichten|themen)
    auch interessant|ähnliche (?:artikel|beiträge|themen)|verwandte|lesen sie|artigos relacionados|leia|veja|te puede
    noticias relacionadas|artículos relacionados|lo más|schon gelesen|teilen (?:mit|sie)
    neueste (?:artikel|beiträge)|mehr dazu|powiązane|zobacz|polecane|lire aussi|sur le même
    articles liés|popular posts|sign up|up next|editor.s picks?|our standards
    further reading|читайте также|читайте також|похожие|по теме)\b
    ^(?:related|trending|popular|latest|tags?|comments?|kommentare?|share|newsletter|join|follow|subscribe|support us
    quellen|references?|weblinks?|contact|kontakt|pressekontakt|ansprechpartner|impressum)_END_
    """.replace("_END_", r"(?: (?:us|me|news|posts?|stories|articles?|this|topics|links|content|\W*\d+))?\W*$")
)
FINAL_HEADING = _pattern(
    r"""
    ^(?:tags?|comments?|leave a (?:reply|comment)|about the author|über den autor|kommentare?|newsletter|join|follow
    subscribe|sign up|support us|contact|kontakt|pressekontakt|ansprechpartner|impressum|quellen|references?$)\b
    """
)
# Who reported and edited, or whose pictures these are: a whole line, however long.
WORKERS = _pattern(
    r"""
    ^\W*(?:additional )?(?:reporting|report|writing|editing) by \S.{2,900}$
    ^\W*(?:edited|reviewed|written|fact[- ]?checked)(?: (?:&|and) (?:edited|reviewed|fact[- ]?checked))? by \S.{2,900}$
    ^\W*[(\[](?:bericht|geschrieben|redigiert) von \S.{2,900}[)\]]\W*$
    ^\W*[(\[](?:reportage|rédigé|édité|reporte|reportado|editado|escrito)\b.{0,9} (?:de|par|por) .{2,900}[)\]]\W*$
    ^\W*[(\[](?:reportagem|edição)\b.{0,9} (?:de|por) .{2,900}[)\]]\W*$
    ^\W*(?:photo|image|picture)[- ]?(?:sources?|credits?)\s?: .{2,900}$
    ^\W*(?:bild|foto)(?:nachweise?|quellen?)\s?: .{2,900}$
    ^\W*cr[ée]dit[os]?s? (?:de las? )?(?:photos?|fotos?)\s?: .{2,900}$
    """
)
EMBED_NOTICE = _pattern(
    r"""
    empfohlener (?:redaktioneller )?(?:externer )?inhalt|findest du einen externen inhalt|externen inhalt(?:en|e|s)? von
    externe inhalte angezeigt|inhalte von \w+ angezeigt werden|um eingebettete inhalte anzuzeigen
    personenbezogene daten (?:können )?an dritt|an drittplattformen|dieser inhalt (?:stammt|kann) (?:von|nicht)
    this (?:content|video|embed) (?:is hosted by|is provided by|is not available|could not be|can't be|cannot be)
    this video (?:has|can.t|cannot)|video has failed to load|to (?:view|see|display) this (?:content|embed|video|post)
    allow .{0,30}(?:content|cookies)\?|accept cookies|enable cookies to|your browser does not support
    contenido externo|ce contenu (?:est bloqué|n.est pas)|cliquez .{0,40} pour (?:activer|accepter)|questo contenuto
    ta treść|treści zewnętrzne|denne (?:innholdet|videoen)
    """
)
# How long a text takes to read, in a line of its own.
READING_TIME = _pattern(
    r"""
    \b(?:reading|read) time\b|\bmin(?:ute)?s?[ -]read\b|\d ?min(?:utes?)?\.? (?:to )?read\b|\blese(?:zeit|dauer)\b
    \btemps de lecture\b|\btiempo de lectura\b|\btempo d[ie] le(?:ttura|itura)\b|\bleestijd\b|\bl[äæe]s(?:e)?tid\b
    \b(?:czas|doba) (?:czytania|čtení)\b|\bokuma süresi\b|\blukuaika\b|\bolvasási idő\b|\bčas branja\b
    \bвремя (?:на )?чтени[ея]\b|\bчас (?:на )?читання\b|\bχρόνος ανάγνωσης\b|وقت القراءة|مدة القراءة
    阅读(?:时间|需|约)|閱讀時間|読了時間|この記事は.{0,6}分で読め
    """
)
# How often a page was opened, in a line of its own.
VIEWED = _pattern(
    r"""
    ^\W*(?:просмотр\w*|показ(?:ов|ы)|прочтени[йея]|перегляд\w*|прочит\w*|преглед\w*)_COUNT_
    ^\W*(?:(?:page )?views?|hits|aufrufe|vues|lectures|visitas|lecturas|acessos|visualizzazioni|letture)_COUNT_
    ^\W*(?:wyświetleń|odsłon[ay]?|zhlédnutí|přečteno|görüntülenme|okunma|megtekintés\w*|vizualizări)_COUNT_
    ^\W*(?:lượt xem|dilihat|dibaca|閲覧数?|浏览(?:次数)?|阅读量?|조회수?|(?:عدد )?المشاهدات|مشاهدات|بازدید|צפיות)_COUNT_
    """.replace("_COUNT_", r"\W{1,4}\d{1,3}(?:[ .,\d]{0,12}\d)?\W*$")
)
LOOKS_DATED = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.]\d\d\b|\d\s?[年년]\s?\d{1,2}\s?[月월]")
# About purchases through a page: that the site is paid for them.
PAID_FOR = _pattern(
    r"""
    \b(?:may|might|can|could|will) (?:get|earn|receive|make|take) (?:a |an |some )?(?:\w+ ){0,2}commissions?\b
    \bcommission earned\b|\baffiliate links?\b|\b(?:provision|affiliate-links?)\b.{0,40}\b(?:erhalten|bekommen)\b
    """
)

# "By doing this, you agree to that", beside forms and players. For each language the deed and the consent.
_AGREEMENTS = (
    (
        r"by (?:clicking|signing|subscribing|continuing|using|entering|submitting|pressing|checking|registering)",
        r"you(?:.re| are)? (?:agree|accept|consent|confirm|acknowledg)",
    ),
    (
        r"(?:mit|durch) (?:dem|der|einem|ihre[mr]|deine[mr]|klick)",
        r"(?:(?:stimmen|akzeptieren|erklären|willigen|bestätigen) sie|(?:stimmst|akzeptierst|erklärst) du)\b",
    ),
    (
        r"en (?:cliquant|poursuivant|continuant|vous inscrivant|validant|soumettant)",
        r"vous (?:acceptez|consentez|reconnaissez)\b",
    ),
    (
        r"al (?:hacer clic|continuar|registrarse|registrarte|suscribirse|suscribirte|enviar|pulsar)",
        r"acepta[sn]?\b.{0,80}\b(?:términos|condiciones|política|privacidad|datos)\b",
    ),
    (
        r"ao (?:clicar|continuar|se inscrever|enviar|assinar)",
        r"(?:concorda|aceita|consente)\b.{0,80}\b(?:termos|política|privacidade|dados)\b",
    ),
    (r"(?:cliccando|proseguendo|continuando|iscrivendoti|inviando)", r"(?:accett[io]|acconsenti|dichiari)\b"),
    (r"door (?:op|te|verder|je|u|hier)", r"akkoord\b"),
    (r"(?:klikając|kontynuując|zapisując się|przesyłając)", r"(?:zgadzasz|akceptujesz|wyrażasz)\b"),
    (
        r"(?:нажимая|продолжая|оставляя|отправляя|подписываясь|регистрируясь|кликая)",
        r"(?:соглашаетесь|принимаете|да[её]те|подтверждаете)\b",
    ),
    (
        r"(?:натискаючи|продовжуючи|надсилаючи|підписуючись|реєструючись|залишаючи)",
        r"(?:погоджуєте|приймаєте|надаєте|да[єе]те|підтверджуєте)",
    ),
)
AGREEMENT = Caseless("|".join(rf"^\W*{deed}\b.{{0,160}}\b{consent}" for deed, consent in _AGREEMENTS))


_LONGEST_FORM = 20  # letters
# What badges on cards say: the form of a story, for whom it is, how new it is.
_FORMS = phrases(
    "live, live blog, liveblog, live updates, breaking, breaking news, exclusive, exklusiv, exclusif,"
    " exclusiva, exclusivo, esclusiva, эксклюзив, ексклюзив, ekskluzywnie, eksklusivt, exclusief, özel,"
    " updated, update, actualizado, aggiornato, обновлено, оновлено, обновляется, watch, listen, video, vídeo,"
    " видео, відео, vidéo, wideo, βίντεο, فيديو, ویدیو, וידאו, वीडियो, ভিডিও, วิดีโอ, 视频, 動画, 영상, audio,"
    " podcast, подкаст, photos, photo, foto, fotos, фото, gallery, galerie, galería, galeria, fotogalerie,"
    " fotogallery, صور, premium, plus, плюс, abo, abonnés, subscribers, abonnenter, subscriber only, members"
    " only, en directo, en vivo, en direct, direct, direto, ao vivo, diretta, in diretta, na żywo, živě,"
    " naživo, uživo, v živo, canlı, онлайн, live-ticker, liveticker, ζωντανά, مباشر, زنده, שידור חי, सीधा"
    " प्रसारण, 直播, 速報, 속보, son dakika, срочно, терміново, urgent, urgente, última hora, ultima ora, opinion,"
    " analysis, analyse, análisis, analisi, анализ, аналіз, interview, інтерв'ю, интервью, entrevista,"
    " intervista, intervju, explainer, long read, new, neu"
)


def names_a_form(text: str) -> bool:
    """Return whether some words are what badges on cards say: "LIVE", "Video", "Premium"."""
    return len(text) <= _LONGEST_FORM and text.casefold().strip(" :.+▶►●•|") in _FORMS


_LONGEST_NOTICE = 40  # letters
_SOLD = phrases(
    "sponsored, sponsored content, sponsored post, sponsored story, sponsored article, paid content, paid"
    " post, paid partnership, partner content, partner post, branded content, brand content, advertorial,"
    " promoted content, promoted post, native ad, bezahlte anzeige, gesponsert, gesponserter inhalt,"
    " sponsorisé, contenu sponsorisé, contenu partenaire, publirédactionnel, publirreportaje, contenido"
    " patrocinado, conteúdo patrocinado, sponsorizzato, contenuto sponsorizzato, gesponsord, annonsørinnhold,"
    " annonsörsinnehåll, sponsoreret, sponset, kaupallinen yhteistyö, materiał sponsorowany, artykuł"
    " sponsorowany, komerční sdělení, komerčný článok, szponzorált tartalom, támogatott tartalom,"
    " sponzorisano, sponzorirano, oglasno sporočilo, на правах рекламы, на правах реклами, партнерский"
    " материал, партнёрский материал, партнерський матеріал, спецпроект рекламодателя, платена публикация,"
    " χορηγούμενο, sponsorlu, sponsorlu içerik, محتوى مدفوع, رپورتاژ آگهی, תוכן שיווקי, תוכן ממומן"
)
# Those that also are what a story is about.
_MAY_BE_SOLD = phrases(
    "advertisement, promoted, anzeige, werbung, publicité, publicidad, patrocinado, publicidade, pubblicità,"
    " advertentie, annons, annonce, mainos, reklama, reklám, publicitate, oglas, реклама, διαφήμιση, reklam,"
    " إعلان, विज्ञापन, โฆษณา, tài trợ, quảng cáo, iklan, 広告, 廣告, 广告, 推广, 광고"
)
_SOLD_BY = ("sponsored by ", "presented by ", "paid for by ", "promoted by ", "präsentiert von ", "gesponsert von ")


def says_sold(text: str) -> bool:
    """Return whether some words are a notice that what follows is an advertisement."""
    if len(text) > _LONGEST_NOTICE:
        return False
    plain = _bare_notice(text)
    return plain in _SOLD or plain.startswith(_SOLD_BY)


def may_say_sold(text: str) -> bool:
    """Return whether a word is such a notice, or a subject: "Advertisement"."""
    return len(text) <= _LONGEST_NOTICE and _bare_notice(text) in _MAY_BE_SOLD


def _bare_notice(text: str) -> str:
    return text.casefold().strip(" :.|•·-–()[]")
