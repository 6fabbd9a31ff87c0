"""Words with which pages in many languages say that something is in the way of reading.

No word is proof by itself: an article may be about any of these things.
"""

from collections.abc import Iterable

from newsreader.extraction.caseless import Caseless
from newsreader.extraction.phrases import phrases


def _pattern(alternatives: str) -> Caseless:
    """Return a pattern of alternatives, one or more a line, for text with single spaces."""
    return Caseless("|".join(line.strip() for line in alternatives.strip().splitlines()))


BOT_CHECK = _pattern(
    r"""
    verify (?:that )?you(?: a|')re (?:a )?(?:human|not a (?:robot|bot))|are you (?:a )?(?:human|robot)
    i(?: a|')m not a robot|checking (?:if the site connection is secure|your browser)
    (?:performing|complete) (?:a |the )?security (?:check|verification)
    (?:unusual|suspicious|automated) (?:traffic|activity|requests)|security check
    bot (?:detection|protection|verification)|prove (?:that )?you(?: a|')re (?:human|not)|press (?:and|&) hold
    complete the captcha|solve (?:the|this) (?:captcha|puzzle)|ddos[ -]protection|attention required|just a moment
    access (?:to this page )?(?:has been )?denied|request blocked|pardon our interruption|human verification
    why (?:do i have|have i been)|ray id|your (?:ip|request) has been blocked|подтвердите,? что (?:вы|запросы)
    вы не робот|проверка браузера|я не робот|доступ (?:к сайту )?ограничен|підтвердьте,? що ви|ви не робот
    перевірка (?:браузера|безпеки)|sind sie ein (?:mensch|roboter)|kein roboter|sicherheits(?:prüfung|überprüfung)
    bestätigen sie,? dass sie (?:ein mensch|kein)|êtes-vous un (?:humain|robot)
    vérifi(?:ez|ons|er) que vous (?:êtes|n'êtes)|pas un robot|verifi(?:ca|que) que eres|no (?:eres|soy) un robot
    não (?:é|sou) um robô|non sei un robot|nie jesteś robotem|nejste robot|robot olmadığınız|人間であること
    ロボットではありません|安全验证|人机验证|验证您是真人|로봇이 아닙니다|لست روبوت|لست برنامج|אינני רובוט
    """
)
NO_SCRIPTS = _pattern(
    r"""
    (?:enable|activate|turn on|requires?|need|without|allow|run) (?:java ?script|js\b)
    java ?script (?:is|to be|must be|has been|seems) \w+
    java ?script[^.]{0,40}(?:enable|disabled|required|aktivieren|deaktiviert|activer|désactivé|activar|attiva)
    java ?script[^.]{0,40}(?:włącz|povol|etkin)
    (?:включит[еь]|увімкніть|ввімкніть|разрешите)[^.]{0,30}java ?script
    java ?script[^.]{0,30}(?:отключен|вимкнен|выключен)
    (?:aktivieren|activer|activez|activar|active|ative|abilita|attiva|włącz)[^.]{0,30}java ?script
    (?:povolte|zapněte|slå på|aktivera|inschakelen)[^.]{0,30}java ?script
    java ?script[^。]{0,20}(?:有効|启用|啟用|활성화)|(?:启用|啟用|打开)[^。]{0,8}java ?script|you need to enable
    browser (?:is )?not supported
    """
)
CONSENT = _pattern(
    r"""
    (?:we|us) (?:and our|&) (?:\d+ )?(?:partners|vendors)|store and/or access information on a device
    we value your privacy|(?:accept|reject|manage|agree to)(?: all)? (?:cookies|purposes|preferences)
    before you continue|your (?:privacy|data) (?:choices|matters?)|(?:use|uses|using) cookies|consent to the use
    legitimate interest|personali[sz]ed (?:ads|advertising)|withdraw your consent
    cookies? (?:akzeptieren|zustimmen|ablehnen)|alle(?:n)? (?:akzeptieren|zustimmen|cookies)
    (?:mit werbung|ohne werbung) (?:weiter|lesen|nutzen)|einwilligung|unsere (?:\d+ )?partner
    datenschutz(?:einstellungen|erklärung)|zustimmen (?:und|&) weiter|berechtigtes? interesse
    accepter (?:et|&|tout|les cookies)|continuer sans accepter|nos (?:\d+ )?partenaires|votre vie privée
    déposer des cookies|aceptar (?:y|todo|todas|las cookies|cookies)|nuestros socios|(?:usamos|utilizamos) cookies
    política de (?:cookies|privacidad)|accetta (?:e|tutti|i cookie|tutto)|i nostri (?:\d+ )?partner|consenso
    aceitar (?:e|todos|tudo|cookies)|nossos parceiros|(?:принять|отклонить) (?:все|cookie)
    использу(?:ем|ет) (?:файлы )?cookie|использование файлов|(?:прийняти|відхилити) (?:всі|усі|cookie)
    використову(?:ємо|є) (?:файли )?cookie|zgod[aęy] na|plik(?:i|ów) cookie|akceptuj|zaakceptuj|nasi partnerzy
    souhlas|soubory cookie|acceptera (?:alla|cookies)|samtyck|godta alle|aksepter|samtykke|hyväksy|evästeit
    alles accepteren|cookies accepteren|toestemming|çerez|elfogad|acceptă|クッキー|同意|接受所有|쿠키
    ملفات تعريف الارتباط
    """
)
AGREE = _pattern(
    r"""
    ^\W*(?:(?:i )?(?:accept|agree|consent|allow|ok)|reject)(?: all| cookies| (?:and|&) continue| all cookies)?\W*$
    ^\W*(?:alle[ns]? )?(?:akzeptieren|zustimmen|einverstanden|annehmen)(?: (?:und|&) .{0,20})?\W*$
    ^\W*(?:tout )?accepter(?: .{0,25})?\W*$|^\W*aceptar(?: .{0,25})?\W*$|^\W*accetta(?: .{0,25})?\W*$
    ^\W*aceitar(?: .{0,25})?\W*$|^\W*(?:принять|прийняти|согласен|погоджуюсь)(?: .{0,20})?\W*$
    ^\W*(?:zgadzam się|akceptuj\w*|souhlasím|přijmout|godta|acceptera|godkänn|hyväksy)(?: .{0,25})?\W*$
    ^\W*(?:akkoord|kabul et|elfogad\w*|同意\w*|동의\w*|موافق)(?: .{0,25})?\W*$
    """
)
NOT_FOUND = _pattern(
    r"""
    (?:(?:error|http|status|code|fehler|erreur|errore|ошибка|помилка)[ :]{1,2})?\b404\b(?: error| page)?
    (?:page|article|story|content|url) (?:was |is |could |can )?(?:not|n't|no longer) (?:be )?(?:found|exist|available)
    not found|(?:page|article|story) (?:does not|doesn't|no longer) exist|can(?:no|')t find (?:the|that|this) page
    page (?:unavailable|missing)|seite (?:wurde )?nicht (?:gefunden|verfügbar)
    (?:artikel|inhalt) (?:wurde )?nicht (?:gefunden|verfügbar|mehr)|existiert nicht|page (?:non trouvée|introuvable)
    n'existe (?:pas|plus)|página no (?:encontrada|existe|disponible)|no (?:se ha )?encontrad[oa]
    página não (?:encontrada|existe)|pagina non trovata|non (?:esiste|trovata)|pagina niet gevonden|bestaat niet
    (?:страниц[аы]|материал|статья|новость) (?:не найден[аоы]?|не существует|удален[аоы]?)|не найдено|ошибка 404
    (?:сторінк[аиу]|матеріал|статтю|новину) (?:не знайдено|не існує|видалено)|не знайдено|помилка 404
    (?:strona|strony|artykuł) nie (?:została? )?(?:znalezion\w+|istnieje)|nie znaleziono
    stránka (?:nebyla nalezena|neexistuje)|sidan (?:hittades inte|finns inte|kunde inte)
    siden (?:ble ikke funnet|finnes ikke|blev ikke fundet|findes ikke)|sivua ei (?:löyty\w+|ole)|sayfa bulunamadı
    nem található|pagina nu (?:a fost găsită|există)|stranica ne postoji|страницата не (?:е намерена|съществува)
    δεν βρέθηκε|ページ(?:が|は)見つかりません|お探しのページ|页面不存在|頁面不存在|找不到(?:页面|頁面|网页)
    페이지를 찾을 수 없|الصفحة غير موجودة|הדף לא נמצא
    """
)
LOGIN = _pattern(
    r"""
    log ?in|sign ?in|sign up|anmelden|einloggen|connexion|se connecter|iniciar sesión|acceder|entrar|accedi|inloggen
    logga in|logg inn|log ind|kirjaudu|zaloguj|logowanie|přihlá|prihlás|войти|вход|авторизац|увійти|вхід|giriş
    bejelentkez|autentific|σύνδεση|ログイン|登录|登入|로그인|تسجيل الدخول|התחבר
    """
)
PAYWALL = _pattern(
    r"""
    (?:subscribe|register|sign in|log in|sign up)[^.]{0,30} to (?:continue|keep|read|unlock|access|view)
    create (?:a free |an )?account to (?:continue|keep|read|unlock)
    (?:this|the full|full|premium|exclusive) (?:article|content|story|access)[^.]{0,40}(?:subscri[bp]|members)
    (?:exclusive to|only (?:for|to)|available to) (?:our )?(?:paid |paying |digital )?(?:subscribers|members)
    for subscribers only
    (?:already|not yet|become) a (?:subscriber|member)\?|subscriber[- ]only|members[- ]only
    continue reading (?:with|for|this article)|unlock (?:this|the full|unlimited)
    you(?:'ve| have) (?:reached|used|read)[^.]{0,40}(?:free|limit)|to read the full (?:article|story)
    (?:jetzt )?weiterlesen (?:mit|für|und)
    (?:mit|nur|exklusiv) (?:einem |für )?[^.]{0,20}(?:\babo\b|abonne|\bplus\b)[^.]{0,40}(?:lesen|weiter|zugang)
    (?:artikel|inhalt|beitrag)[^.]{0,40}(?:nur|exklusiv)[^.]{0,30}(?:abonnent|mitglied|registriert|plus)
    sie haben bereits ein (?:abo|konto)|schon abonnent
    lesen sie (?:diesen|den|unbegrenzt)[^.]{0,30}(?:weiter|artikel|mit|alle)
    (?:réservé|accessible)[^.]{0,20} aux abonnés|(?:déjà )?abonné ?\?|il vous reste \d+ ?%|pour lire la suite
    (?:abonnez-vous|je m'abonne)[^.]{0,30}(?:lire|continuer|accéder)
    suscr(?:íbete|ibirse|íbase)[^.]{0,30}(?:leer|seguir|continuar)|(?:exclusivo|solo|sólo) para suscriptores
    contenido exclusivo|¿ya (?:eres|es) suscriptor|para continuar (?:leyendo|lendo)|(?:exclusivo|só) para assinantes
    já é assinante|assine (?:para|e)|riservat[oa] agli abbonati|(?:abbonati|registrati) per (?:continuare|leggere)
    sei già abbonato|(?:dostępn\w+|tylko) (?:jest )?(?:tylko )?dla (?:subskrybent\w+|prenumerator\w+)
    wykup (?:dostęp|subskrypcję)|czytaj dalej z|(?:доступн\w*|только)[^.]{0,20}(?:для )?(?:подписчик\w+|по подписке)
    оформите подписку|(?:доступн\w*|лише|тільки)[^.]{0,20}(?:для )?передплатник\w+|оформіть передплату
    (?:endast|bara) för prenumeranter|för att läsa (?:vidare|hela|artikeln)|kun for abonnenter|for abonnenter
    bli abonnent|allerede abonnent|vain tilaajille|lue koko|(?:alleen|exclusief) voor abonnees
    lees verder (?:met|voor)|al abonnee|(?:pouze|jen) pro (?:předplatitele|členy)|předplaťte|csak előfizető
    előfizetőink|(?:この|続きを|残り)[^。]{0,20}(?:有料|会員|読むには|文字)|会員限定|有料会員|订阅后|会员专享
    구독자 전용|للمشتركين فقط|למנויים
    """
)

# What every sentence of a kind has one of: looked for first, because it is fast.
CONSENT_STEMS = phrases(
    """
    cookie, consent, partner, privac, privat, akzeptier, einwillig, zustimm, interess, accept, datenschutz,
    continu, aceptar, aceitar, accett, socios, parceiros, consenso, принять, прийняти, отклонить, відхилити,
    файл, zgod, pliki, akceptuj, souhlas, soubory, samty, godta, aksepter, hyväksy, eväst, toestemming, çerez,
    elfogad, クッキー, 同意, 接受, 쿠키, ملفات, vendors, device, choices, advertising, personal, zaakceptuj, votre vie,
    werbung, cookies
    """
)
PAYWALL_STEMS = phrases(
    """
    subscri, member, regist, sign in, log in, sign up, account, unlock, limit, free, full article, full story,
    abo, weiterlesen, mitglied, plus, lesen sie, réservé, lire, suscri, exclusiv, assin, lendo, leyendo,
    riservat, dostęp, prenumer, wykup, czytaj, подпис, передплат, předpl, členy, tilaa, lue koko, läsa,
    előfiz, 会員, 有料, 読む, 文字, 订阅, 会员, 구독, مشترك, מנוי, lees verder
    """
)


def has_any(text: str, stems: Iterable[str]) -> bool:
    """Return whether one of the stems is in the text, whatever its case."""
    return any(map(text.lower().__contains__, stems))
