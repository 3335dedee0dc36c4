"""Short news in many languages, and the encodings that such news was ever saved in."""

from __future__ import annotations

from typing import NamedTuple


class Text(NamedTuple):
    """News in one language, and the encodings to try, by the names that browsers know."""

    language: str
    encodings: tuple[str, ...]
    text: str


TEXTS = (
    Text(
        "Russian",
        ("windows-1251", "koi8-r", "ibm866", "x-mac-cyrillic", "iso-8859-5"),
        "Маяк на молу снова светит\n\nВ четверг смотритель зажёг новую лампу: старая "
        "прослужила девять лет. «Мы ждали её с марта», – сказала начальница порта "
        "Нина Полозова.\nРыбаки просят не выключать свет до утра. Подъезд к пристани "
        "откроют, когда высохнет краска. Расходы взял на себя город, хотя часть депутатов "
        "была против.\n12.03.2024\n",
    ),
    Text(
        "Ukrainian",
        ("windows-1251", "koi8-u"),
        "Пором повернувся до пристані\n\nУ п’ятницю екіпаж привів його з ремонту на "
        "два дні раніше. Їхати через річку можна щогодини, крім ночі. «Ґанок каси "
        "ще фарбують, але квитки є», – каже касирка Єва Шульга.\nМешканці лівого берега "
        "чекали цього від грудня. Ціна не зміниться, обіцяє міська рада.\n",
    ),
    Text(
        "Bulgarian",
        ("windows-1251",),
        "Мостът край мелницата отново е отворен\n\nРаботниците приключиха в сряда, "
        "седмица преди срока. Колите минават само в едната посока, докато изсъхне "
        "боята. Кметът обеща пейки и лампи до пролетта, а децата вече ловят риба от "
        "перилата.\n",
    ),
    Text(
        "Serbian",
        ("windows-1251",),
        "Скела поново вози преко реке\n\nУ петак ујутру први путници прешли су на "
        "другу обалу. Љубица Ђурић каже да је чекала два сата. Џакови брашна путују "
        "бесплатно, а цена карте остаје иста до краја године. Ћерка старог скелеџије "
        "сада држи кормило.\n",
    ),
    Text(
        "German",
        ("windows-1252", "macintosh"),
        "Die Fähre fährt wieder\n\nSeit Montag können Fußgänger und Räder übersetzen. "
        "Das Schiff war überholt worden, für größere Lasten ist es noch nicht zugelassen. "
        "„Es hätte früher gehen müssen“, sagte die Wirtin am Anleger.\nDie Gemeinde "
        "prüft, ob im März auch abends gefahren wird.\n",
    ),
    Text(
        "German, one letter",
        ("windows-1252",),
        "The ferry to the island stops for the winter\n\nPassengers have to wait until "
        "spring, said Jan Müller, who has steered the boat for nine years. Nobody "
        "else knows the sandbanks as well as he does.\n",
    ),
    Text(
        "French, few letters",
        ("windows-1252",),
        "The old bakery opens again\n\nBread is sold from six in the morning, and "
        "the café next door has put its tables out. The owner came from Orléans last "
        "year.\n",
    ),
    Text(
        "French",
        ("windows-1252", "iso-8859-15", "macintosh"),
        "Le phare s’éclaire à nouveau\n\nLa lampe a été remplacée jeudi, après neuf "
        "années de service. Les pêcheurs l’espéraient dès février. « Cela a coûté "
        "moins cher que prévu », assure la maire, Hélène Guérin.\nLe gardien, lui, "
        "dort mieux : l’ancienne sirène se taisait où l’on en avait besoin, et hurlait "
        "à côté.\n",
    ),
    Text(
        "Spanish",
        ("windows-1252",),
        "El faro vuelve a brillar\n\nEl jueves se encendió la lámpara nueva, después "
        "de nueve años. ¿Por qué tardó tanto? Según la alcaldesa, faltaba el último "
        "permiso. Los niños del barrio pintaron la señal de la entrada, y un vecino "
        "donó el árbol que está junto al muelle.\n",
    ),
    Text(
        "Portuguese",
        ("windows-1252",),
        "A balsa voltou ao rio\n\nDesde sexta-feira os moradores já não precisam dar "
        "a volta pela ponte. A revisão custou menos do que a câmara tinha previsto. "
        "As crianças não pagam, e os pescadores pedem uma ligação à noite até ao fim "
        "do verão.\n",
    ),
    Text(
        "Italian",
        ("windows-1252",),
        "Il faro è di nuovo acceso\n\nLa lampada è stata cambiata giovedì, dopo nove "
        "anni. La città ha pagato metà della spesa, perché il porto non ne aveva più. "
        "Però la sirena tace ancora: sarà pronta lunedì, così dice il custode.\n",
    ),
    Text(
        "Swedish",
        ("windows-1252",),
        "Färjan går igen\n\nSedan måndag kan både bilar och gående åka över ån. Båten "
        "hade legat på varvet i två månader. Nästa år får den en ny motor, säger hamnchefen "
        "Åsa Öberg. Priset är detsamma som förut.\n",
    ),
    Text(
        "Norwegian",
        ("windows-1252",),
        "Fergen går igjen\n\nSiden mandag kan både biler og gående dra over fjorden. "
        "Båten hadde ligget på verft i to måneder. Neste år får den ny motor, sier "
        "havnesjefen. Prisen blir den samme, men køen på søndag blir nok lang.\n",
    ),
    Text(
        "Turkish",
        ("windows-1254",),
        "Fener yeniden yanıyor\n\nPerşembe günü eski lamba değiştirildi; dokuz yıl "
        "dayanmıştı. Balıkçılar ışığın sabaha kadar yanmasını istiyor. İskele müdürü "
        "Gülşen Çağlar, “Boya kuruyunca giriş açılacak,” dedi. Belediye masrafın yarısını "
        "ödedi.\n",
    ),
    Text(
        "Turkish, few letters",
        ("windows-1254",),
        "Ferry notes\n\nThe boat to the islands leaves at nine from now on, the captain "
        "Barış Yıldız said in an interview. Tickets cost as much as before, and dogs "
        "travel free.\n",
    ),
    Text(
        "Polish",
        ("windows-1250", "iso-8859-2"),
        "Latarnia znów świeci\n\nW czwartek wymieniono żarówkę, która służyła dziewięć "
        "lat. Rybacy proszą, żeby nie gasić światła przed świtem. „Czekaliśmy od marca” "
        "– mówi kierowniczka portu. Wejście na pomost zostanie otwarte, gdy wyschnie "
        "farba; ćwierć kosztów pokryło miasto.\n",
    ),
    Text(
        "Czech",
        ("windows-1250", "iso-8859-2"),
        "Přívoz opět jezdí\n\nOd pondělí mohou pěší i cyklisté znovu přes řeku. Loď "
        "byla dva měsíce v opravně. „Chtěli jsme začít dříve, ale čekalo se na nový "
        "šroub,“ říká převozník Jiří Vlček. Lístek stojí stejně jako loni, děti mají "
        "jízdu zdarma.\n",
    ),
    Text(
        "Hungarian",
        ("windows-1250", "iso-8859-2"),
        "Újra jár a komp\n\nHétfőtől gyalogosok és kerékpárosok ismét átkelhetnek "
        "a folyón. A hajót két hónapig javították. Őszig nem emelik a jegy árát, ígéri "
        "az üzemeltető. A gyerekek ingyen utaznak, a kutyákért külön kell fizetni.\n",
    ),
    Text(
        "Romanian",
        ("windows-1250", "iso-8859-2"),
        "Bacul circulă din nou\n\nDe luni, pietonii şi bicicliştii pot trece iarăşi "
        "râul. Vasul a stat două luni în reparaţii. „Am fi vrut să începem mai devreme”, "
        "spune căpitanul. Preţul biletului rămâne acelaşi până în toamnă.\n",
    ),
    Text(
        "Croatian",
        ("windows-1250", "iso-8859-2"),
        "Trajekt ponovno vozi\n\nOd ponedjeljka pješaci i biciklisti opet mogu preko "
        "rijeke. Brod je dva mjeseca bio u škveru. Željeli smo početi ranije, kaže "
        "skipper Đuro Čačić, ali čekali smo vijak. Cijena karte ostaje ista do kraja "
        "godine.\n",
    ),
    Text(
        "Lithuanian",
        ("windows-1257",),
        "Keltas vėl plaukia\n\nNuo pirmadienio pėstieji ir dviratininkai gali keltis "
        "per upę. Laivas du mėnesius buvo remontuojamas. Žvejai prašo, kad šviesa "
        "degtų ir naktį. Bilieto kaina nesikeičia, vaikams kelionė nieko nekainuoja, "
        "sakė uosto viršininkas.\n",
    ),
    Text(
        "Latvian",
        ("windows-1257",),
        "Prāmis atkal kursē\n\nKopš pirmdienas gājēji un riteņbraucēji var šķērsot "
        "upi. Kuģis divus mēnešus bija remontā. Zvejnieki lūdz, lai gaisma degtu arī "
        "naktī. Biļetes cena nemainās, bērni brauc par brīvu, teica ostas vadītāja.\n",
    ),
    Text(
        "Greek",
        ("windows-1253", "iso-8859-7"),
        "Ο φάρος ανάβει ξανά\n\nΤην Πέμπτη άλλαξε η λάμπα, ύστερα από εννέα χρόνια. "
        "Οι ψαράδες ζητούν να μένει το φως αναμμένο ώς το πρωί. Η είσοδος στην προβλήτα "
        "θα ανοίξει όταν στεγνώσει η μπογιά, είπε η λιμενάρχης. Άλλα έξοδα δεν υπάρχουν.\n",
    ),
    Text(
        "Arabic",
        ("windows-1256", "iso-8859-6"),
        "المنارة تضيء من جديد\n\nاستبدل الحارس المصباح يوم الخميس بعد تسع سنوات. ويطلب "
        "الصيادون أن يبقى الضوء حتى الصباح. وقالت مديرة الميناء إن المدخل سيفتح عندما "
        "يجف الطلاء، وإن البلدية دفعت نصف الكلفة.\n",
    ),
    Text(
        "Hebrew",
        ("windows-1255",),
        "המגדלור מאיר שוב\n\nביום חמישי הוחלפה הנורה אחרי תשע שנים. הדייגים מבקשים "
        "שהאור יישאר עד הבוקר. מנהלת הנמל אמרה כי הכניסה תיפתח כאשר הצבע יתייבש, והעירייה "
        "שילמה מחצית.\n",
    ),
    Text(
        "Thai",
        ("windows-874",),
        "เรือข้ามฟากกลับมาแล่นอีกครั้ง\n\nตั้งแต่วันจันทร์ชาวบ้านข้ามแม่น้ำได้ตามปกติ "
        "เรือซ่อมอยู่สองเดือน ราคาตั๋วยังเท่าเดิม เด็กไม่ต้องจ่ายเงิน\n",
    ),
    Text(
        "Japanese",
        ("shift_jis", "euc-jp"),
        "灯台が再び光る\n\n木曜日に新しいランプが取り付けられた。古いものは九年間使われていた。"
        "漁師たちは朝まで消さないでほしいと話している。港の入口は塗料が乾いたら開く予定だ。\n",
    ),
    Text(
        "Korean",
        ("euc-kr",),
        "등대가 다시 켜졌다\n\n목요일에 새 전구로 바꾸었다. 옛 전구는 아홉 해 동안 "
        "쓰였다. 어부들은 아침까지 불을 끄지 말아 달라고 한다. 부두 입구는 칠이 마르면 "
        "열린다.\n",
    ),
    Text(
        "Chinese, simplified",
        ("gb18030",),
        "渡船恢复运行\n\n从星期一起，行人和自行车又可以过河了。船修理了两个月。船长说，本来想早"
        "一点开始，但是一直在等新的零件。票价和去年一样，孩子不用买票。\n",
    ),
    Text(
        "Chinese, traditional",
        ("big5",),
        "渡船恢復行駛\n\n從星期一起，行人和自行車又可以過河了。船修理了兩個月。船長說，本來想早"
        "一點開始，但是一直在等新的零件。票價和去年一樣，孩子不用買票。\n",
    ),
)
