"""Words of relative times ("2 hours ago", "вчера") in some fifty languages, lower-case, without full stops."""

from newsreader.extraction.phrases import phrases, words

# Words as they are, for each unit; what begins with one of the stems counts too.
WORDS = {
    "second": "s sec secs sek seg с сек sn",
    "minute": "m mn min mins minut minuta minute minuten minuto minuti minutes minutos minuut minuuttia minuutti perc"
    " perce percekkel perccel м мин хв dk dakika λεπτό λεπτά phút menit minit mín minút minúty minútami mínútum"
    " mínútur minuta minúta минута minit minuts دقیقه daqiqa dəqiqə dəq minutit"
    " minutu minutë minuter minutter منٹ मिनेट",
    "hour": "h hr hrs std st hora horas hores ora ore oră orë uur uren timme timmar tim time timer tunti tuntia óra"
    " órája órával órán godz ч час год saat sa soat сағ жам jam sat sata sati ur ura ure uri urami urama tundi tund"
    " stundas stundām stundu val oras ordu ساعة ساعات ساعت گھنٹے گھنٹہ שעה שעות hodina hodinu hodinou"
    " hodin hodiny hodín hodinami t klst klukkustund klukkustundum heure heures ώρα ώρες giờ timar masaa órával"
    " сат сата сати hs соат",
    "day": "d j tag tage tagen jour jours día dia días dias dies giorno giorni dag dagen dage dagar dager dni"
    " dzień dn"
    " dnů dny dní den deň dnem dňami дн день дня дней дні днів суток дана dana dan dni dnevi päivä päivää nap napja"
    " nappal gün day days يوم أيام ايام روز יום ימים ngày hari päeva päev dienas dienām dienų ditë zi"
    " zile g kun күн кун ден дни ημέρα ημέρες μέρες μέρα araw siku दिन দিন egun dögum дена dae دن",
    "week": "w wk wks woche wochen semaine semaines semana semanas settimana settimane setmana week weken vecka"
    " veckor"
    " uke uker uge uger viikko viikkoa hét hete tydzień tygodnie tygodni týden týdny týdnů týdnem týždeň týždne"
    " неделя неделю недели недель тиждень тижні тижнів тижня седмица седмици hafta nedelja sedmica tjedan tjedna"
    " týždňami vikum wiki"
    " weeks أسبوع أسابيع اسبوع שבוע שבועות tuần minggu εβδομάδα εβδομάδες săptămână săptămâni апта",
    "month": "mo mos monat monate monaten mois mes meses mese mesi maand maanden månad månader måned måneder kuukausi"
    " kuukautta hónap hónapja miesiąc miesiące miesięcy měsíc měsíce měsíců mesiac mesiace mesiacov month months ay"
    " месяц месяца месяцев місяць місяці місяців месец месеца شهر أشهر شهور חודש חודשים tháng bulan μήνας μήνες lună"
    " luni mês meseca ай",
    "year": "y yr yrs year years jahr jahre jahren an ans année années año años ano anos anno anni any anys jaar"
    " jaren"
    " år vuosi vuotta év éve rok roky roků rokem roka rokov lat lata года лет рік роки років година године yıl سنة"
    " سنوات عام أعوام שנה שנים năm tahun χρόνος χρόνια ani god godina жыл",
}
# Two of a unit, in languages that have a form for two.
PAIRS = {
    "second": "ثانيتين ثانيتان",
    "minute": "دقيقتين دقيقتان minutejn",
    "hour": "ساعتين ساعتان שעתיים שעתים sagħtejn",
    "day": "يومين يومان יומיים יומים jumejn",
    "week": "أسبوعين أسبوعان שבועיים שבועים ġimagħtejn",
    "month": "شهرين شهران חודשיים xahrejn",
    "year": "سنتين سنتان عامين عامان שנתיים שנתים sentejn",
}
# Numbers in words, as they are before a unit and a word such as "ago".
COUNTS = {
    2: "two zwei twee två to deux dos dois duas due două dva dvije dvě dvěma dvoma dwa dwie dwiema два"
    " две дві двух δύο iki kaksi két kettő שתי שני दो dua hai",
    3: "three drei drie tre trois tres três tri tři třemi tromi trzy trzema три τρεις τρία üç kolme"
    " három ثلاث ثلاثة שלוש שלושה तीन tiga ba",
    4: "four vier fyra fire quatre cuatro quatro quattro patru četiri čtyři čtyřmi štyri cztery четыре"
    " чотири τέσσερις τέσσερα dört neljä négy أربع أربعة ארבע ארבעה चार empat bốn",
    5: "five fünf vijf fem cinq cinco cinque cinci pet pět pěti päť pięć пять п'ять πέντε beş viisi öt"
    " خمس خمسة חמש חמישה पांच पाँच lima năm",
    6: "six sechs zes sex seks seis sei șase šest šesti šesť sześć шесть шість έξι altı kuusi hat ست ستة"
    " שש שישה छह enam",
    7: "seven sieben zeven sju syv sept siete sete sette șapte sedam sedm sedmi sedem siedem семь сім"
    " επτά yedi seitsemän hét سبع سبعة שבע שבעה सात tujuh",
    8: "eight acht åtta otte åtte huit ocho oito otto opt osam osm osmi osem osiem восемь вісім οκτώ"
    " sekiz kahdeksan nyolc ثماني ثمانية שמונה आठ delapan",
    9: "nine neun negen nio ni neuf nueve nove nouă devet devět devíti deväť dziewięć девять дев'ять"
    " εννέα dokuz yhdeksän kilenc تسع تسعة תשע תשעה नौ sembilan",
    10: "ten zehn tien tio ti dix diez dez dieci zece deset deseti desať dziesięć десять δέκα on kymmenen"
    " tíz عشر عشرة עשר עשרה दस sepuluh",
}
# Some hold a space, so that commas part them.
STEMS = {
    "second": "second, sekund, секунд, secund, segund, sekunt, másodperc, saniye, δευτερόλεπτ, 秒, 초, ثانية, ثواني,"
    " שניות, วินาที, giây, detik, सेकंड, सेकेंड, সেকেন্ড, วิ",
    "minute": "minut, minút, mínút, хвилин, минут, хвіл, мінут, minūt, minuč, mínút, minuut, 分, 분, دقيق, دقائق,"
    " דקה, דקות, นาที,"
    " मिनट, मिनिट, মিনিট, நிமிட, నిమిష, ನಿಮಿಷ, മിനിറ്റ, મિનિટ, ਮਿੰਟ, dakik, daqiq, րոպե, წუთ, မိနစ်, នាទី",
    "hour": "hour, stunde, часа, часо, годин, гадзін, сағат, саат, godzin, hodin, heure, valand, stund, tunni,"
    " klukkust, 小时, 小時, 時間, 鐘頭, 시간, ชั่วโมง, ชม, घंट, घण्ट, ঘণ্টা, ঘন্টা, மணி, గంట, ಗಂಟೆ, മണിക്കൂ, કલાક, ਘੰਟ, तास,"
    " ժամ, საათ, နာရီ",
    "day": "天, 日前, 일전, วัน, દિવસ, ਦਿਨ, నాట, రోజు, ദിവസ, ದಿನ, நாட், நாள், நாளு, दिवस, օր, დღ",
    "week": "week, tygod, týdn, тижн, недел, седмиц, nedēļ, savait, nädal, semana, 週間, 星期, 礼拜, สัปดาห์, हफ़्त, हफ्त,"
    " सप्ताह, সপ্তাহ, 周前, 周, 週前, 주 전, 주전",
    "month": "month, месяц, місяц, mėnes, mēnes, kuud, 个月, 個月, か月, ヶ月, カ月, ヵ月, 개월, เดือน, महीन, মাস",
    "year": "year, jahre, metų, gada, aasta, 年前, 년 전, 년전, ปี, साल, বছর",
}
# A word that in one language is another unit than everywhere else.
ELSEWHERE = {"uk": {"год": "hour", "година": "hour"}, "ru": {"год": "year"}, "be": {"год": "year"}, "bg": {"г": "year"}}
SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2629800, "year": 31557600}

AGO = words(
    "acum ago atrás depuis duela enllà evvel ezelőtt fa geleden hace há iliyopita lalu minns nakaraan oldin parë"
    " pirms pre pred prieš prije před sedan siden sitten síðan tagasi temu trước undan vor vorm önce əvvəl πριν"
    " zilizopita ilu முன் முன்பு fyrir пре бұрын назад пред преди таму тому өнө առաջ միջոց לפני قبل منذ پہلے پیش आधी"
    " पहले আগে ที่ผ่านมา ที่แล้ว წინ gelede urmă олдин अगाडि క్రితం ಹಿಂದೆ മുമ്പ് മുൻപ് પહેલા પહેલાં perce órája"
)
AGO_ENDINGS = ("前", "전", "ที่แล้ว", "ที่ผ่านมา", "之前")
JUST_NOW = phrases(
    "just now, right now, moments ago, a moment ago, seconds ago, a few seconds ago, a few moments ago, только что,"
    " прямо сейчас, щойно, тільки що, тільки-но, толькі што, gerade eben, eben gerade, soeben, vor wenigen sekunden,"
    " à l'instant, a l'instant, il y a un instant, il y a quelques instants, il y a quelques secondes, ahora mismo,"
    " hace un momento, hace instantes, hace unos instantes, hace unos segundos, agora mesmo, agora há pouco,"
    " há instantes, há poucos segundos, hai un momento, ara mateix, fa un moment, oraintxe, proprio ora, poco fa,"
    " un attimo fa, pochi istanti fa, pochi secondi fa, chiar acum, acum câteva secunde, przed chwilą,"
    " dosłownie przed chwilą, kilka sekund temu, právě teď, před chvílí, před okamžikem, práve teraz, pred chvíľou,"
    " pravkar, ravnokar, pred trenutkom, upravo sada, maloprije, maločas, prije nekoliko sekundi, pre nekoliko sekundi,"
    " управо сада, малопре, пре неколико секунди, штотуку, пред малку, току-що, току що, преди малко, преди секунди,"
    " juuri nyt, hetki sitten, just nu, alldeles nyss, lige nu, for et øjeblik siden, akkurat nå, nettopp, nå nettopp,"
    " for et øyeblikk siden, rétt í þessu, rétt áðan, zojuist, zonet, daarnet, een moment geleden, äsja, hetk tagasi,"
    " ką tik, tikko, az imént, épp most, pár másodperce, néhány másodperce, az önce, az evvel, şimdi, şu anda,"
    " birkaç saniye önce, indicə, az öncə, bir az əvvəl, hozirgina, ҳозиргина, жаңа ғана, дәл қазір, азыр эле,"
    " πριν από λίγο, πριν λίγο, μόλις τώρα, πριν από λίγα δευτερόλεπτα, ახლახან, հենց նոր, الآن, قبل قليل, منذ قليل,"
    " قبل لحظات, منذ لحظات, لحظاتی پیش, همین حالا, هم اکنون, هم‌اکنون, ابھی ابھی, עכשיו, ממש עכשיו, לפני רגע, אך עתה,"
    " अभी-अभी, अभी अभी, आत्ताच, आताच, भर्खरै, এইমাত্র, এই মাত্র, હમણાં જ, ਹੁਣੇ ਹੁਣੇ, சற்று முன், சற்றுமுன், சற்று முன்பு,"
    " ఇప్పుడే, ಇದೀಗ, ಈಗಷ್ಟೇ, ഇപ്പോൾ, දැන්, baru saja, barusan, baru sahaja, sebentar tadi, ngayon lang,"
    " kani-kanina lang, sasa hivi, hivi punde, vừa xong, vừa mới đây, เมื่อสักครู่, เมื่อสักครู่นี้, เมื่อครู่,"
    " 刚刚, 刚才, 剛剛, 剛才, たった今, 방금, 방금 전, 방금전"
)
# Days before today, by the words for them; an underscore stands for a space.
DAY_WORDS = {
    0: "today сегодня сьогодні сёння днес денес danas danes dnes dzisiaj dziś heute aujourd'hui hoy hoje oggi avui"
    " vandaag idag i_dag í_dag tänään täna šodien šiandien ma azi astăzi bugün bu_gün bu_gece бүгін бугун bugun"
    " σήμερα اليوم امروز آج היום today's आज আজ ఈరోజు 今天 今日 오늘 hôm_nay hari_ini วันนี้ leo ngayon sot gaur i_kveld"
    " ikveld i_morges i_kväll tonight இன்று",
    1: "yesterday вчера вчора учора ўчора вчерашний jučer juče jucer včeraj včera wczoraj gestern hier ayer ontem"
    " ieri ahir gisteren igår i_går í_gær eilen eile vakar tegnap dün кеше kecha кеча dünən χθες χτες أمس امس دیروز کل"
    " אתמול कल গতকাল 昨天 昨日 어제 hôm_qua kemarin semalam เมื่อวาน เมื่อวานนี้ jana kahapon dje atzo јуче երեկ გუშინ"
    " நேற்று నిన్న",
    2: "позавчера позавчора prekjučer prekjuče předevčírem predvčerom przedwczoraj vorgestern avant-hier anteayer"
    " anteontem eergisteren i_forgårs i_förrgår förrgår toissapäivänä tegnapelőtt alaltăieri önceki_gün"
    " evvelsi_gün προχθές 前天 一昨日 그저께 שלשום",
}
# Those which are other words elsewhere, by the language in which they are days.
ONLY_IN = {"ma": "hu", "hier": "fr", "leo": "sw", "jana": "sw", "sot": "sq", "eile": "et", "azi": "ro", "gaur": "eu"}
# A number of minutes beside one of these is the time that reading takes.
READING = phrases(
    "read, lese, čten, číta, чита, чте, lect, leitura, lettura, läs, læs, lukua, olvas, okuma, czyta, читан,"
    " ανάγνω, 読, 阅读, 閱讀, 읽, قراءة, baca, listen, watch, video"
)
