"""Names of months and weekdays as news pages write them: Unicode CLDR's, full and short, in some seventy languages.

In lower case, without full stops; names of several words are kept as their words.
"""


def words(text: str) -> frozenset[str]:
    """Return the words of a table written as running text."""
    return frozenset(text.split())


# A month says little alone ("may", "mar"): it counts beside a number.
MONTHS = words(
    """
abe abendua abr abril abu abuztua aga agasti ago agost agosti agosto agu agustus aib aibreán août api
apirila apr aprel april aprile aprili aprilie aprill apríl apríla aprīlis ara aralık aug august augusta
augusti augusts augustus augusztus avg avgust avq avqust avr avril aza azaroa ağu ağustos bal balandis
balandžio beal bealtaine birž birželio birželis bře březen března cze czerwca czerwiec d'abr d'abril d'ag
d'agost d'oct d'octubre dec decembar december decembra decembrie decembris decembro deireadh dek dekabr des
desemba desember desembre dets detsember dez dezember dezembro dfómh dhj dhjetor dic dicembre diciembre dis
disemba disember dub duben dubna déc décembre ean eanáir eka ekaina eki ekim elo elokuu elokuuta ene enero
eph ephreli eyl eylül feabh feabhra feb febbraio febr febreiro febrer febrero februar februari februarie
february februwari február februára februāris febrúar fev fevereiro fevral févr février fómhair geg gegužė
gegužės gen gener gennaio giu giugno gru grudnia grudzień gruod gruodis gruodžio gush gusht haz haziran
heinä heinäkuu heinäkuuta helmi helmikuu helmikuuta huhti huhtikuu huhtikuuta ian ianuarie ira iraila iul
iulie iun iunie iyl iyn iyul iyun iúil jaan jaanuar jan janar janeiro januar januari january januwari január
januára janv janvier janvāris janúar joulu joulukuu joulukuuta juil juillet juin jul julai julayi julho juli
julij julio juliol july jun june junho juni junij junio juny juuli juuni júl júla július júlí jún júna
június júní jūl jūlijs jūn jūnijs kas kasım kesä kesäkuu kesäkuuta kol kolovoz kolovoza korr korrik kov
kovas kovo kvě květen května kwi kwiecień kwietnia lapkr lapkritis lapkričio led leden ledna liep liepa
liepos lip lipanj lipca lipiec lipnja lis listopad listopada listopadu loka lokakuu lokakuuta lug luglio lut
lutego luty lún lúnasa maalis maaliskuu maaliskuuta maart mac machi mag maggio mai maiatza maig maijs maio
maj maja mar marca march marec maret marras marraskuu marraskuuta mars mart martie marts martxoa marzec
marzo març março mas mashi may mayo mayıs maí mei meith meitheamh mey meyi meán mfómh mrt máj mája május
márc március márta mär märts märz nis nisan noiembrie noll nollaig nov novemba novembar november novembra
novembre novembris novembro noviembre noy noyabr nën nëntor nóv nóvember oca ocak oct october octobre
octombrie octubre ogo ogos okt oktabr okthoba oktoba oktobar oktober oktobris oktoober oktyabr október
októbra ots otsaila ott ottobre out outubro ožu ožujak ožujka paź październik października pri prill pro
prosinac prosinca prosince prosinec qer qershor rugp rugpjūtis rugpjūčio rugs rugsėjis rugsėjo ruj rujan
rujna samh samhain saus sausio sausis sen sentabr sentyabr sep sept septemba septembar september septembra
septembre septembrie septembris septhemba septiembre set setembre setembro settembre shk shkurt sht shtator
sie sierpień sierpnia sij siječanj siječnja spal spalio spalis srp srpanj srpen srpna srpnja stu studeni
studenoga sty styczeń stycznia svi svibanj svibnja syys syyskuu syyskuuta szept szeptember tammi tammikuu
tammikuuta tem temmuz tet tetor touko toukokuu toukokuuta tra travanj travnja urr urria urt urtarrila uzt
uztaila vas vasario vasaris veebr veebruar velj veljača veljače wrz wrzesień września xan xaneiro xul xullo
xuño yan yanvar zář září ágú ágúst ápr április úno únor února červen července červenec června čvc čvn říj
říjen října şub şubat απρ απρίλιος απριλίου αυγ αυγούστου αύγ αύγουστος δεκ δεκέμβριος δεκεμβρίου ιαν
ιανουάριος ιανουαρίου ιουλ ιουλίου ιουν ιουνίου ιούλ ιούλιος ιούν ιούνιος μάι μάιος μάρ μάρτιος μαΐ μαΐου
μαρ μαρτίου νοέ νοέμβριος νοε νοεμβρίου οκτ οκτωβρίου οκτώβριος σεπ σεπτέμβριος σεπτεμβρίου φεβ φεβρουάριος
φεβρουαρίου авг август августа апр апрель апреля април ақп ақпан бер березень березня вер верасень верасня
вересень вересня груд грудень грудня дек декабрь декабря декември дец децембар жел желтоқсан жні жнівень
жніўня жовт жовтень жовтня июл июль июля июн июнь июня кас кастрычнік кастрычніка квіт квітень квітня кра
красавік красавіка лип липень липня лист листопад листопада лют лютага лютий лютого люты ліп ліпень ліпеня
ліс лістапад лістапада май мам мамыр мар март марта мау маусым мая мај нау наурыз нов новембар ное ноември
ноя нояб ноябрь ноября окт октобар октомври октябрь октября сак сакавік сакавіка сен сент сентябрь сентября
сеп септембар септември серп серпень серпня сне снежань снежня сту студзень студзеня січ січень січня сәу
сәуір там тамыз трав травень травня феб фебруар фев февр февраль февраля февруари черв червень червня чэр
чэрвень чэрвеня шіл шілде юли юни янв январь января яну януари јан јануар јануари јул јули јун јуни қаз
қазан қар қараша қаң қаңтар қыр қыркүйек ապր ապրիլ ապրիլի դեկ դեկտեմբեր դեկտեմբերի հլս հնս հնվ հոկ հոկտեմբեր
հոկտեմբերի հուլիս հուլիսի հունիս հունիսի հունվար հունվարի մայիս մայիսի մարտ մարտի մյս մրտ նոյ նոյեմբեր
նոյեմբերի սեպ սեպտեմբեր սեպտեմբերի փետրվար փետրվարի փտվ օգոստոս օգոստոսի օգս אוגוסט אוג׳ אוקטובר אוק׳ אפריל
אפר׳ דצמבר דצמ׳ יולי יוני ינואר ינו׳ מאי מרץ נובמבר נוב׳ ספטמבר ספט׳ פברואר פבר׳ آوریل أبريل أغسطس أكتوبر
اوت اپریل اکتبر اکتوبر اګست اگست جنوري جنوری جولائی جولای جون دسامبر دسمبر ديسمبر سبتمبر ستمبر سپتامبر
سپتمبر سېپتمبر فبراير فبروري فروری فوریه فوریهٔ فېبروري مئی مارس مارچ مايو مه مهٔ مۍ نوامبر نوفمبر نومبر
يناير يوليو يونيو شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين كانون جانفي فيفري أفريل جوان جويلية أوت غشت
شتنبر نونبر دجنبر يوليوز فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند ژانویه ژانویهٔ
ژوئن ژوئیه ژوئیهٔ अक्टूबर अक्तूबर अक्टू॰ अक्टोबर अगस्ट अगस्त अग॰ अप्रिल अप्रैल
एप्रि एप्रिल ऑक्टो ऑक्टोबर ऑग ऑगस्ट जनवरी जन॰ जाने जानेवारी जुन जुलाई जुलै जुल॰ जून डिसें डिसेंबर डिसेम्बर
दिसंबर दिस॰ नवंबर नव॰ नोभेम्बर नोव्हें नोव्हेंबर फ़रवरी फ़र॰ फेब्रु फेब्रुअरी फेब्रुवारी मई मार्च मे सप्टें
सप्टेंबर सितंबर सित॰ सेप्टेम्बर অক্টো অক্টোবর আগ আগস্ট এপ্রি এপ্রিল জানু জানুয়ারী জানুয়ারি জুন জুল জুলাই ডিসে
ডিসেম্বর নভে নভেম্বর ফেব ফেব্রুয়ারী ফেব্রুয়ারি মার্চ মে সেপ সেপ্টেম্বর ਅਕਤੂ ਅਕਤੂਬਰ ਅਗ ਅਗਸਤ ਅਪ੍ਰੈ ਅਪ੍ਰੈਲ ਜਨ ਜਨਵਰੀ ਜੁਲਾ
ਜੁਲਾਈ ਜੂਨ ਦਸੰ ਦਸੰਬਰ ਨਵੰ ਨਵੰਬਰ ਫ਼ਰ ਫ਼ਰਵਰੀ ਮਈ ਮਾਰਚ ਸਤੰ ਸਤੰਬਰ એપ્રિલ ઑક્ટો ઑક્ટોબર ઑગસ્ટ જાન્યુ જાન્યુઆરી જુલાઈ
જૂન ડિસે ડિસેમ્બર નવે નવેમ્બર ફેબ્રુ ફેબ્રુઆરી માર્ચ મે સપ્ટે સપ્ટેમ્બર அக் அக்டோபர் ஆக ஆகஸ்ட் ஏப் ஏப்ரல்
செப் செப்டம்பர் ஜன ஜனவரி ஜூன் ஜூலை டிச டிசம்பர் நவ நவம்பர் பிப் பிப்ரவரி மார் மார்ச் மே అక్టో అక్టోబర్ ఆగ
ఆగస్టు ఏప్రి ఏప్రిల్ జన జనవరి జులై జూన్ డిసెం డిసెంబర్ నవం నవంబర్ ఫిబ్ర ఫిబ్రవరి మార్చి మే సెప్టెం
సెప్టెంబర్ ಅಕ್ಟೋ ಅಕ್ಟೋಬರ್ ಆಗ ಆಗಸ್ಟ್ ಏಪ್ರಿ ಏಪ್ರಿಲ್ ಜನ ಜನವರಿ ಜುಲೈ ಜೂನ್ ಡಿಸೆಂ ಡಿಸೆಂಬರ್ ನವೆಂ ನವೆಂಬರ್ ಫೆಬ್ರ
ಫೆಬ್ರವರಿ ಮಾರ್ಚ್ ಮೇ ಸೆಪ್ಟೆಂ ಸೆಪ್ಟೆಂಬರ್ ഏപ്രി ഏപ്രിൽ ഒക്ടോ ഒക്‌ടോബർ ഓഗ ഓഗസ്റ്റ് ജനു ജനുവരി ജൂലൈ ജൂൺ ഡിസം
ഡിസംബർ നവം നവംബർ ഫെബ്രു ഫെബ്രുവരി മാർ മാർച്ച് മേയ് സെപ്റ്റം സെപ്റ്റംബർ අගෝ අගෝස්තු අප්‍රේල් ඔක් ඔක්තෝබර් ජන
ජනවාරි ජූනි ජූලි දෙසැ දෙසැම්බර් නොවැ නොවැම්බර් පෙබ පෙබරවාරි මාර් මාර්තු මැයි සැප් සැප්තැම්බර් กค กพ กย
กรกฎาคม กันยายน กุมภาพันธ์ ตค ตุลาคม ธค ธันวาคม พค พย พฤศจิกายน พฤษภาคม มกราคม มค มิถุนายน มิย มีค มีนาคม สค
สิงหาคม เมย เมษายน စက် စက်တင်ဘာ ဇန် ဇန်နဝါရီ ဇူ ဇူလိုင် ဇွန် ဒီ ဒီဇင်ဘာ နို နိုဝင်ဘာ ဖေ ဖေဖော်ဝါရီ မတ် မေ
အောက် အောက်တိုဘာ ဧပြီ ဩဂုတ် აგვ აგვისტო აპრ აპრილი დეკ დეკემბერი თებ თებერვალი იან იანვარი ივლ ივლისი ივნ
ივნისი მაი მაისი მარ მარტი ნოე ნოემბერი ოქტ ოქტომბერი სექ სექტემბერი
"""
)
# Hebrew writes "on the" or "of" and its month as one word.
MONTHS |= {f"ב{name}" for name in MONTHS if "א" <= name[0] <= "ת"}

# A week day is part of a time, never a time of its own.
DAYS = words(
    """
ahad ahd alhamisi antradienis aoine asteartea asteazkena astelehena axşamı ba bazar be bil bảy ca ceturtd
ceturtdiena chor chorshanba chủ cmt csütörtök cum cuma cumartesi czw czwartek céad céadaoin cümə die diel
dienstag dijous dilluns dim dimanche dimarts dimecres dinsdag dissabte diumenge divendres dom domenica domh
domhnaigh domingo donderdag donnerstag dum duminică dush dushanba dé déar déardaoin e enj enjte ertəsi
esmaspäev fim fimmtudagur fre fredag freitag fri friday fös föstudagur gio giovedì hai haoine hla hétfő hën
hënë igandea ijumaa isn isnin isonto jeu jeudi joi jue jueves jum juma jumaat jumamosi jumanne jumapili
jumat jumatano jumatatu kam kamis kedd keskiviikko keskiviikkona ketvirtadienis kha khamis kolmapäev
larunbata lau lauantai lauantaina laugardagur laupäev luain luan lun lundi lunedì lunes luni luns lör lördag
lør lørdag maanantai maanantaina maandag man mandag mar mardi martedì martes martë marți mer mercoledì
mercredi mgq mie miercuri min minggu mittwoch mié miércoles mið miðvikudagur mon monday montag mso máirt mán
mánudagur mån måndag mér mércores mër mërkurë ned nedelja nedeľa nedjelja neděle neljapäev nhật niedz
niedziela năm ons onsdag osteguna ostirala otrd otrdiena pay payshanba paz pazar pazartesi penktadienis per
perjantai perjantaina perşembe pet petak petek piatok piektd piektdiena pirmadienis pirmd pirmdiena piątek
pon pondelok pondělí ponedeljak ponedeljek ponedjeljak poniedziałek pre premte pzt pátek péntek pühapäev qua
quarta quarta-feira qui quinta quinta-feira rab rabu reede sab sabato sabtu sal salı sam samedi samstag sat sath
sathairn saturday seg segunda segunda-feira sekmadienis sel selasa sen senin sesh seshanba sestd sestdiena sex sexta
feira shan shanba sht shtunë sin sob sobota son sonntag sre sreda sri srijeda streda středa sub subota sun sunday
sunnudagur sunnuntai svētd svētdiena sze szerda szo szombat sáb sábado sáu sâm sâmbătă sön söndag søn søndag
teisipäev ter terça terça-feira tha thu thursday thứ tiistai tiistaina tir tirs tirsdag tis tisdag tor torek tors
torsdag torstai torstaina trečiadienis trešd trešdiena tue tuesday tư ulwesibili ulwesihlanu ulwesine
ulwesithathu umgqibelo umsombuluko uto utorak utorok vasárnap ven vendredi venerdì venres vie viernes vin
vineri vrijdag wed wednesday woensdag wtorek xov xoves yak yakshanba zaterdag zondag ça çar çarşamba
çərşənbə úterý þri þriðjudagur čet četrtek četvrtak čtvrtek środa şənbə šeštadienis štvrtok δευ δευτέρα κυρ
κυριακή πέμ πέμπτη παρ παρασκευή σάβ σάββατο τετ τετάρτη τρί τρίτη аўторак бейсенбі бейш бейшемби
воскресенье вто вторник вівторок дүй дүйсенбі дүйшөмбү жек жексенбі жекшемби жума жұма ишемби ишм нед недела
неделя недеља неділя нядзеля пʼятниця панядзелак пет петак петок петък пон понеделник понедельник понедељак
понеділок пятница пятніца саб сабота сейсенбі сенбі серада середа сре среда сряда суб суббота субота събота
сәрсенбі уто уторак чацвер чет четвер четверг четвртак четврток четвъртък шарш шаршемби шейш шейшемби
երեքշաբթի երկ երկուշաբթի երք կիր կիրակի հինգշաբթի հնգ շաբաթ շբթ ուր ուրբաթ չորեքշաբթի չրք א׳ ב׳ ג׳ ד׳ ה׳ ו׳
חמישי יום ראשון רביעי שבת שישי שלישי שני اتوار الأحد الأربعاء الاثنين الثلاثاء الجمعة الخميس السبت اونۍ بدھ
جمعرات جمعه جمعہ درېنۍ دوشنبه دونۍ سه‌شنبه شنبه منگل يونۍ پنجشنبه پينځنۍ پیر څلرنۍ چهارشنبه ہفتہ یکشنبه आइत
आइतबार गुरु गुरुवार बिहि बिहिबार बुध बुधबार बुधवार मंगल मंगलवार मंगळ मंगळवार मङ्गल मङ्गलबार रवि रविवार शनि
शनिबार शनिवार शुक्र शुक्रबार शुक्रवार सोम सोमबार सोमवार বুধ বুধবার বৃহস্পতি বৃহস্পতিবার মঙ্গল মঙ্গলবার রবি
রবিবার শনি শনিবার শুক্র শুক্রবার সোম সোমবার ਐਤਵਾਰ ਬੁੱਧ ਬੁੱਧਵਾਰ ਮੰਗਲ ਮੰਗਲਵਾਰ ਵੀਰ ਵੀਰਵਾਰ ਸ਼ਨਿੱਚਰ ਸ਼ਨਿੱਚਰਵਾਰ
ਸ਼ੁੱਕਰ ਸ਼ੁੱਕਰਵਾਰ ਸੋਮ ਸੋਮਵਾਰ ગુરુ ગુરુવાર બુધ બુધવાર મંગળ મંગળવાર રવિ રવિવાર શનિ શનિવાર શુક્ર શુક્રવાર સોમ
સોમવાર சனி செவ் செவ்வாய் ஞாயி ஞாயிறு திங் திங்கள் புத புதன் வியா வியாழன் வெள் வெள்ளி ఆది ఆదివారం గురు
గురువారం బుధ బుధవారం మంగళ మంగళవారం శని శనివారం శుక్ర శుక్రవారం సోమ సోమవారం ಗುರು ಗುರುವಾರ ಬುಧ ಬುಧವಾರ ಭಾನು
ಭಾನುವಾರ ಮಂಗಳ ಮಂಗಳವಾರ ಶನಿ ಶನಿವಾರ ಶುಕ್ರ ಶುಕ್ರವಾರ ಸೋಮ ಸೋಮವಾರ ചൊവ്വ ചൊവ്വാഴ്ച ചൊവ്വാഴ്‌ച ഞായറാഴ്‌ച ഞായർ
തിങ്കളാഴ്‌ച തിങ്കൾ ബുധനാഴ്‌ച ബുധൻ വെള്ളി വെള്ളിയാഴ്‌ച വ്യാഴം വ്യാഴാഴ്‌ച ശനി ശനിയാഴ്‌ച අඟහ අඟහරුවාදා ඉරිදා
බදාදා බ්‍රහස් බ්‍රහස්පතින්දා සඳුදා සිකු සිකුරාදා සෙන සෙනසුරාදා วันจันทร์ วันพฤหัสบดี วันพุธ วันศุกร์
วันอังคาร วันอาทิตย์ วันเสาร์ ကြာသပတေး စနေ တနင်္ဂနွေ တနင်္လာ ဗုဒ္ဓဟူး သောကြာ အင်္ဂါ კვი კვირა ოთხ ოთხშაბათი
ორშ ორშაბათი პარ პარასკევი სამ სამშაბათი შაბ შაბათი ხუთ ხუთშაბათი
"""
)
