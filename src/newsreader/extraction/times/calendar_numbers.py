"""Numbers of months and weekdays by name: Unicode CLDR's names, full and short, in some seventy languages.

In lower case, without full stops. Names that mean different months in different languages are listed separately.
"""

# January first.
MONTHS = (
    (
        "ean eanáir ene enero gen gener gennaio ian ianuarie ion ionawr jaan jaanuar jan janar janeiro januar januari "
        "januarie januaro january januwari január januára janv janvier janvāris janúar led leden ledna oca ocak saus "
        "sausio sausis sij siječanj siječnja sty styczeń stycznia tammi tammikuu tammikuuta urt urtarrila xan xaneiro "
        "yan yanvar ιαν ιανουάριος ιανουαρίου сту студзень студзеня січ січень січня янв январ январь января яну "
        "януари јан јануар јануари қаң қаңтар հնվ հունվար հունվարի ינואר ינו׳ جنوري جنوری جانفي يناير ژانویه "
        "ژانویهٔ जनवरी "
        "जन॰ जाने जानेवारी জানু জানুয়ারী জানুয়ারি ਜਨ ਜਨਵਰੀ જાન્યુ જાન્યુઆરી ஜன ஜனவரி జన జనవరి ಜನ ಜನವರಿ ജനു "
        "ജനുവരി ජන ජනවාරි "
        "มกราคม มค ມກ ມັງກອນ ဇန် ဇန်နဝါရီ იან იანვარი ጃን ጃንዋሪ មករា"
    ),
    (
        "chw chwef chwefror feabh feabhra feb febbraio febr febreiro febrer febrero februar februari februarie "
        "februaro february februwari február februára februāris febrúar fev fevereiro fevral févr février helmi "
        "helmikuu helmikuuta lut lutego luty ots otsaila peb pebrero shk shkurt vas vasario vasaris veebr veebruar "
        "velj veljača veljače úno únor února şub şubat φεβ φεβρουάριος φεβρουαρίου ақп ақпан лют лютага лютий лютого "
        "люты феб фебруар фев февр феврал февраль февраля февруари փետրվար փետրվարի փտվ פברואר פבר׳ فبراير "
        "شباط فيفري فبروري "
        "فروری فوریه فوریهٔ فېبروري फ़रवरी फ़र॰ फेब्रु फेब्रुअरी फेब्रुवारी ফেব ফেব্রুয়ারী ফেব্রুয়ারি ਫ਼ਰ "
        "ਫ਼ਰਵਰੀ ફેબ્રુ "
        "ફેબ્રુઆરી பிப் பிப்ரவரி ఫిబ్ర ఫిబ్రవరి ಫೆಬ್ರ ಫೆಬ್ರವರಿ ഫെബ്രു ഫെബ്രുവരി පෙබ පෙබරවාරි กพ กุมภาพันธ์ ກພ ກຸມພາ "
        "ဖေ ဖေဖော်ဝါရီ თებ თებერვალი ፌብ ፌብሩዋሪ កុម្ភៈ"
    ),
    (
        "bře březen března kov kovas kovo maalis maaliskuu maaliskuuta maart mac machi mar marca march marec maret "
        "mars marso mart martie marto marts martxoa marzec marzo març março mas mashi maw mawrth mrt márc március "
        "márta mäe mäerz mär märts märz ožu ožujak ožujka μάρ μάρτιος μαρ μαρτίου бер березень березня мар март марта "
        "нау наурыз сак сакавік сакавіка մարտ մարտի մրտ מרץ آذار مارس مارچ मार्च মার্চ ਮਾਰਚ માર્ચ மார் மார்ச் మార్చి "
        "ಮಾರ್ಚ್ മാർ മാർച്ച് මාර් මාර්තු มีค มีนาคม ມນ ມີນາ မတ် მარ მარტი ማርች មីនា"
    ),
    (
        "abr abril abrëll aib aibreán api apirila apr aprel april aprile aprili aprilie aprill aprilo apríl apríla "
        "aprīlis avr avril bal balandis balandžio dub duben dubna ebr ebrill eph ephreli huhti huhtikuu huhtikuuta "
        "kwi kwiecień kwietnia nis nisan pri prill tra travanj travnja ápr április απρ απρίλιος απριλίου апр апрел "
        "апрель апреля април квіт квітень квітня кра красавік красавіка сәу сәуір ապր ապրիլ ապրիլի אפריל אפר׳ آوریل "
        "نيسان أفريل أبريل اپریل अप्रिल अप्रैल एप्रि एप्रिल এপ্রি এপ্রিল ਅਪ੍ਰੈ ਅਪ੍ਰੈਲ એપ્રિલ ஏப் ஏப்ரல் ఏప్రి "
        "ఏప్రిల్ ಏಪ್ರಿ "
        "ಏಪ್ರಿಲ್ ഏപ്രി ഏപ്രിൽ අප්‍රේල් เมย เมษายน ມສ ເມສາ ဧပြီ აპრ აპრილი ኤፕሪ ኤፕሪል មេសា"
    ),
    (
        "beal bealtaine geg gegužė gegužės kvě květen května mag maggio mai maiatza maig maijs maio maj maja majo may "
        "mayo mayıs maí mee mei mey meyi máj mája május svi svibanj svibnja touko toukokuu toukokuuta μάι μάιος μαΐ "
        "μαΐου май мам мамыр мая мај трав травень травня մայիս մայիսի մյս מאי مئی أيار مايو مه مهٔ مۍ मई मे "
        "মে ਮਈ મે மே మే "
        "ಮೇ മേയ് මැයි พค พฤษภาคม ພພ ພຶດສະພາ မေ მაი მაისი ሜይ ឧសភា"
    ),
    (
        "birž birželio birželis cze czerwca czerwiec eka ekaina giu giugno haz haziran hun hunyo iun iunie iyn iyun "
        "juin jun june junho juni junie junij junio juny juuni jún júna június júní jūn jūnijs kesä kesäkuu kesäkuuta "
        "lipanj lipnja meh mehefin meith meitheamh qer qershor xuño červen června čvn ιουν ιουνίου ιούν ιούνιος июн "
        "июнь июня мау маусым черв червень червня чэр чэрвень чэрвеня юни јун јуни հնս հունիս հունիսի יוני "
        "جون حزيران جوان يونيو "
        "ژوئن जुन जून জুন ਜੂਨ જૂન ஜூன் జూన్ ಜೂನ್ ജൂൺ ජූනි มิถุนายน มิย ມິຖ ມິຖຸນາ ဇွန် ივნ ივნისი ጁን មិថុនា"
    ),
    (
        "gor gorff gorffennaf heinä heinäkuu heinäkuuta hul hulyo iul iulie iyl iyul iúil juil juillet jul julai "
        "julayi julho juli julie julij julio juliol july juuli júl júla július júlí jūl jūlijs korr korrik liep liepa "
        "liepos lipca lipiec lug luglio srpanj srpnja tem temmuz uzt uztaila xul xullo července červenec čvc ιουλ "
        "ιουλίου ιούλ ιούλιος июл июль июля лип липень липня ліп ліпень ліпеня шіл шілде юли јул јули հլս հուլիս "
        "հուլիսի יולי جولائی جولای تموز جويلية يوليوز يوليو ژوئیه ژوئیهٔ जुलाई जुलै जुल॰ জুল জুলাই ਜੁਲਾ ਜੁਲਾਈ "
        "જુલાઈ ஜூலை జులై ಜುಲೈ ജൂലൈ "
        "ජූලි กค กรกฎาคม ກລ ກໍລະກົດ ဇူ ဇူလိုင် ივლ ივლისი ጁላይ កក្កដា"
    ),
    (
        "abu abuztua ag aga agasti ago agost agosti agosto agu agustus août aug august augusta augusti augusts "
        "augustus augusztus avg avgust avq avqust awst ağu ağustos aŭg aŭgusto elo elokuu elokuuta gush gusht kol "
        "kolovoz kolovoza lún lúnasa ogo ogos rugp rugpjūtis rugpjūčio sie sierpień sierpnia srpen srpna ágú ágúst "
        "αυγ αυγούστου αύγ αύγουστος авг август августа жні жнівень жніўня серп серпень серпня там тамыз օգոստոս "
        "օգոստոսի օգս אוגוסט אוג׳ أغسطس آب غشت أوت اوت اګست اگست अगस्ट अगस्त अग॰ ऑग ऑगस्ट আগ আগস্ট ਅਗ ਅਗਸਤ "
        "ઑગસ્ટ ஆக ஆகஸ்ட் ఆగ "
        "ఆగస్టు ಆಗ ಆಗಸ್ಟ್ ഓഗ ഓഗസ്റ്റ് අගෝ අගෝස්තු สค สิงหาคม ສຫ ສິງຫາ ဩဂုတ် აგვ აგვისტო ኦገስ ኦገስት សីហា"
    ),
    (
        "eyl eylül ira iraila medi mfómh rugs rugsėjis rugsėjo ruj rujan rujna sen sentabr sentyabr sep sept septemba "
        "septembar september septembra septembre septembrie septembris septembro septhemba septiembre set setembre "
        "setembro settembre setyembre sht shtator syys syyskuu syyskuuta szept szeptember wrz wrzesień września zář "
        "září σεπ σεπτέμβριος σεπτεμβρίου вер верасень верасня вересень вересня сен сент сентябр сентябрь сентября "
        "сеп септембар септември қыр қыркүйек սեպ սեպտեմբեր սեպտեմբերի ספטמבר ספט׳ سبتمبر أيلول شتنبر ستمبر "
        "سپتامبر سپتمبر "
        "سېپتمبر सप्टें सप्टेंबर सितंबर सित॰ सेप्टेम्बर সেপ সেপ্টেম্বর ਸਤੰ ਸਤੰਬਰ સપ્ટે સપ્ટેમ્બર செப் செப்டம்பர் "
        "సెప్టెం సెప్టెంబర్ ಸೆಪ್ಟೆಂ ಸೆಪ್ಟೆಂಬರ್ സെപ്റ്റം സെപ്റ്റംബർ සැප් සැප්තැම්බර් กย กันยายน ກຍ ກັນຍາ စက် စက်တင်ဘာ "
        "სექ სექტემბერი ሴፕቴ ሴፕቴምበር កញ្ញា"
    ),
    (
        "dfómh eki ekim hyd hydref loka lokakuu lokakuuta oct october octobre octombrie octubre okt oktabr okthoba "
        "oktoba oktobar oktober oktobris oktobro oktoober oktubre oktyabr október októbra ott ottobre out outubro paź "
        "październik października spal spalio spalis tet tetor urr urria říj říjen října οκτ οκτωβρίου οκτώβριος жовт "
        "жовтень жовтня кас кастрычнік кастрычніка окт октобар октомври октябр октябрь октября қаз қазан հոկ "
        "հոկտեմբեր հոկտեմբերի אוקטובר אוק׳ أكتوبر اکتبر اکتوبر अक्टूबर अक्तूबर अक्टू॰ अक्टोबर ऑक्टो ऑक्टोबर "
        "অক্টো অক্টোবর "
        "ਅਕਤੂ ਅਕਤੂਬਰ ઑક્ટો ઑક્ટોબર அக் அக்டோபர் అక్టో అక్టోబర్ ಅಕ್ಟೋ ಅಕ್ಟೋಬರ್ ഒക്ടോ ഒക്‌ടോബർ ඔක් ඔක්තෝබර් ตค ตุลาคม "
        "ຕລ ຕຸລາ အောက် အောက်တိုဘာ ოქტ ოქტომბერი ኦክቶ ኦክቶበር តុលា"
    ),
    (
        "aza azaroa kas kasım lapkr lapkritis lapkričio listopadu marras marraskuu marraskuuta nob nobyembre "
        "noiembrie nov novemba novembar november novembra novembre novembris novembro noviembre noy noyabr nën nëntor "
        "nóv nóvember samh samhain stu studeni studenoga tach tachwedd νοέ νοέμβριος νοε νοεμβρίου лист листопад "
        "листопада ліс лістапад лістапада нов новембар ное ноември ноя нояб ноябр ноябрь ноября қар қараша նոյ "
        "նոյեմբեր նոյեմբերի נובמבר נוב׳ نوامبر نونبر نوفمبر نومبر नवंबर नव॰ नोभेम्बर नोव्हें नोव्हेंबर নভে নভেম্বর ਨਵੰ "
        "ਨਵੰਬਰ નવે નવેમ્બર நவ நவம்பர் నవం నవంబర్ ನವೆಂ ನವೆಂಬರ್ നവം നവംബർ නොවැ නොවැම්බර් พย พฤศจิกายน ພຈ ພະຈິກ နို "
        "နိုဝင်ဘာ ნოე ნოემბერი ኖቬም ኖቬምበር វិច្ឆិកា"
    ),
    (
        "abe abendua ara aralık dec decembar december decembra decembrie decembris decembro dek dekabr des desemba "
        "desember desembre dets detsember dez dezember dezembro dhj dhjetor dic dicembre diciembre dis disemba "
        "disember disyembre déc décembre gru grudnia grudzień gruod gruodis gruodžio joulu joulukuu joulukuuta noll "
        "nollaig pro prosinac prosinca prosince prosinec rhag rhagfyr δεκ δεκέμβριος δεκεμβρίου груд грудень грудня "
        "дек декабр декабрь декабря декември дец децембар жел желтоқсан сне снежань снежня դեկ դեկտեմբեր դեկտեմբերի "
        "דצמבר דצמ׳ دسامبر دسمبر دجنبر ديسمبر डिसें डिसेंबर डिसेम्बर दिसंबर दिस॰ ডিসে ডিসেম্বর ਦਸੰ ਦਸੰਬਰ ડિસે "
        "ડિસેમ્બર டிச "
        "டிசம்பர் డిసెం డిసెంబర్ ಡಿಸೆಂ ಡಿಸೆಂಬರ್ ഡിസം ഡിസംബർ දෙසැ දෙසැම්බර් ธค ธันวาคม ທວ ທັນວາ ဒီ ဒီဇင်ဘာ დეკ "
        "დეკემბერი ዲሴም ዲሴምበር ធ្នូ"
    ),
)

# Monday first, as `date.weekday` counts.
WEEKDAYS = (
    (
        "astelehena dilluns dush dushanba esmaspäev hétfő hën isn isnin jumatatu llun luan lun lundi lundo lunedì "
        "lunes luni luns maanantai maanantaina maandag man mandag mon monday montag mso mán mánudagur må mån måndag "
        "méi méindeg pazartesi pirmadienis pirmd pirmdiena pon pondelok pondělí ponedeljek ponedjeljak poniedziałek "
        "pzt seg segunda segunda-feira sen senin umsombuluko δευ δευτέρα да даваа дс душанбе дшб дүй дүйсенбі дүйшөмбү "
        "панядзелак пн пон понеделник понедельник понедељак понеділок երկ երկուշաբթի الاثنين دوشنبه دونۍ پیر सोम "
        "सोमबार सोमवार সোম সোমবার ਸੋਮ ਸੋਮਵਾਰ સોમ સોમવાર திங் திங்கள் సోమ సోమవారం ಸೋಮ ಸೋಮವಾರ തിങ്കളാഴ്‌ച തിങ്കൾ සඳුදා "
        "วันจันทร์ ຈັນ ວັນຈັນ တနင်္လာ ორშ ორშაბათი ሰኞ ចន្ទ ច័ន្ទ"
    ),
    (
        "antradienis asteartea bil dienstag dimarts dinsdag dën dënschdeg jumanne kedd mar mardi mardo martedì martes "
        "marți maw máirt otrd otrdiena sal salı sel selasa sesh seshanba teisipäev ter terça terça-feira "
        "tiistai tiistaina "
        "tir tirs tirsdag tis tisdag torek tue tuesday tys tysdag ulwesibili uto utorak utorok wtorek ça út úterý þri "
        "þriðjudagur τρί τρίτη аў аўторак вт вто вторник вівторок мя мягмар сейсенбі сешанбе сс сшб уто уторак шейш "
        "шейшемби երեքշաբթի երք الثلاثاء درېنۍ سه‌شنبه منگل मंगल मंगलवार मंगळ मंगळवार मङ्गल मङ्गलबार মঙ্গল মঙ্গলবার "
        "ਮੰਗਲ ਮੰਗਲਵਾਰ મંગળ મંગળવાર செவ் செவ்வாய் మంగళ మంగళవారం ಮಂಗಳ ಮಂಗಳವಾರ ചൊവ്വ ചൊവ്വാഴ്ച ചൊവ്വാഴ്‌ച අඟහ අඟහරුවාදා "
        "วันอังคาร ວັນອັງຄານ ອັງຄານ အင်္ဂါ სამ სამშაბათი ማክሰ ማክሰኞ អង្គារ"
    ),
    (
        "asteazkena chor chorshanba céad dimecres jumatano keskiviikko keskiviikkona kolmapäev mer mercoledì mercredi "
        "merkredo mie miercuri mittwoch miy miyerkules mié miércoles mið miðvikudagur mér mércores mër mët mëttwoch "
        "ons onsdag qua quarta quarta-feira rab rabu sre sreda sri srijeda streda středa sze szerda tha "
        "trečiadienis trešd "
        "trešdiena ulwesithathu wed wednesday woensdag çar çarşamba çərşənbə śr środa τετ τετάρτη лх лхагва серада "
        "середа ср сре среда сряда сәрсенбі чоршанбе чшб шарш шаршемби չորեքշաբթի չրք الأربعاء بدھ څلرنۍ چهارشنبه बुध "
        "बुधबार बुधवार বুধ বুধবার ਬੁੱਧ ਬੁੱਧਵਾਰ બુધ બુધવાર புத புதன் బుధ బుధవారం ಬುಧ ಬುಧವಾರ ബുധനാഴ്‌ച ബുധൻ බදාදා "
        "วันพุธ ພຸດ ວັນພຸດ ဗုဒ္ဓဟူး ოთხ ოთხშაბათი ረቡዕ ពុធ"
    ),
    (
        "alhamisi ceturtd ceturtdiena csütörtök czw czwartek dijous don donderdag donnerstag donneschdeg déar "
        "déardaoin enj fim fimmtudagur gio giovedì huw huwebes iau jeu jeudi joi jue jueves kam kamis ketvirtadienis "
        "kha khamis neljapäev osteguna pay payshanba per perşembe qui quinta quinta-feira sin thu thursday "
        "tors torsdag "
        "torstai torstaina ulwesine xov xoves čet četrtek četvrtak čt čtvrtek ĵa ĵaŭdo štvrtok πέμ πέμπτη бейсенбі "
        "бейш бейшемби бс панҷшанбе пшб пү пүрэв чацвер чет четвер четверг четвртак четврток четвъртък чт чц "
        "հինգշաբթի հնգ الخميس جمعرات پنجشنبه پينځنۍ गुरु गुरुवार बिहि बिहिबार বৃহস্পতি বৃহস্পতিবার ਵੀਰ ਵੀਰਵਾਰ ગુરુ "
        "ગુરુવાર வியா வியாழன் గురు గురువారం ಗುರು ಗುರುವಾರ വ്യാഴം വ്യാഴാഴ്‌ച බ්‍රහස් බ්‍රහස්පතින්දා พฤ วันพฤหัสบดี "
        "ພະຫັດ ວັນພະຫັດ ကြာသပတေး ხუთ ხუთშაბათი ሐሙስ ព្រហ ព្រហស្បតិ៍"
    ),
    (
        "aoine biy biyernes cum cuma cümə divendres fre fredag freideg freitag fri friday fös föstudagur gwe gwen hla "
        "ijumaa jum juma jumaat jumat ostirala penktadienis perjantai perjantaina pet petak petek piatok piektd "
        "piektdiena piątek pre pá pátek péntek reede sex sexta sexta-feira ulwesihlanu ven vendredi vendredo "
        "venerdì venres "
        "vie viernes vin vineri vrijdag vrydag παρ παρασκευή ба баасан жм жума жұма пʼятниця пет петак петок петък пт "
        "пятница пятніца ҷмъ ҷумъа ուր ուրբաթ الجمعة جمعه جمعہ शुक्र शुक्रबार शुक्रवार শুক্র শুক্রবার ਸ਼ੁੱਕਰ "
        "ਸ਼ੁੱਕਰਵਾਰ શુક્ર શુક્રવાર வெள் வெள்ளி శుక్ర శుక్రవారం ಶುಕ್ರ ಶುಕ್ರವಾರ വെള്ളി വെള്ളിയാഴ്‌ച සිකු සිකුරාදා "
        "วันศุกร์ ວັນສຸກ ສຸກ သောကြာ პარ პარასკევი ዓርብ សុក្រ"
    ),
    (
        "cmt cumartesi dissabte jumamosi larunbata lau lauantai lauantaina laugardagur laupäev laurdag lör lördag lør "
        "lørdag mgq sab sabado sabato sabtu sad sam samedi samschdeg samstag sat saterdag sath saturday sestd "
        "sestdiena shan shanba sht sob sobota sub subota szo szombat sáb sábado sâm sâmbătă umgqibelo zaterdag şənbə "
        "šeštadienis σάβ σάββατο бя бямба ишемби ишм саб сабота сб сенбі суб суббота субота събота шанбе шнб շաբաթ "
        "շբթ שבת السبت اونۍ شنبه ہفتہ शनि शनिबार शनिवार শনি শনিবার ਸ਼ਨਿੱਚਰ ਸ਼ਨਿੱਚਰਵਾਰ શનિ શનિવાર சனி శని శనివారం ಶನಿ "
        "ಶನಿವಾರ ശനി ശനിയാഴ്‌ച සෙන සෙනසුරාදා วันเสาร์ ວັນເສົາ ເສົາ စနေ შაბ შაბათი ቅዳሜ សៅរ៍"
    ),
    (
        "ahad ahd bazar die dim dimanche dimanĉo diumenge dom domenica domh domingo dum duminică igandea isonto "
        "jumapili lin linggo min minggu ned nedelja nedeľa nedjelja neděle niedz niedziela paz pazar pühapäev "
        "sekmadienis son sondag sonndeg sonntag sul sun sunday sunnudagur sunnuntai svētd svētdiena sön söndag sø søn "
        "søndag vasárnap yak yakshanba zondag κυρ κυριακή воскресенье вс жек жексенбі жекшемби жс нд нед недела "
        "неделя недеља неділя ня нядзеля ням якшанбе яшб կիր կիրակի اتوار الأحد يونۍ یکشنبه आइत आइतबार रवि रविवार রবি "
        "রবিবার ਐਤ ਐਤਵਾਰ રવિ રવિવાર ஞாயி ஞாயிறு ఆది ఆదివారం ಭಾನು ಭಾನುವಾರ ഞായറാഴ്‌ച ഞായർ ඉරිදා วันอาทิตย์ อา ວັນອາທິດ "
        "ອາທິດ တနင်္ဂနွေ კვი კვირა እሑድ អាទិត្យ"
    ),
)
