/** Items about the conflict, in any year, with as little to hold on to as short reports often give. */
export const STORY_SUBJECTS: readonly (readonly [lang: string, title: string, text: string])[] = [
  [
    "en",
    "Shots fired near Kapan overnight",
    "Armenia's defence ministry said its positions near Kapan came under fire from Azerbaijani troops; nobody was hurt.",
  ],
  [
    "en",
    "Baku hands over two captives",
    "Two Armenian servicemen returned to Yerevan on Tuesday through the mediation of Hungary.",
  ],
  [
    "en",
    "Foreign ministers to discuss draft peace treaty",
    "Ararat Mirzoyan and Jeyhun Bayramov will meet in Washington for another round of talks.",
  ],
  [
    "en",
    "Mine blast in Fuzuli",
    "A road worker lost his foot when a land mine went off in Azerbaijan's Fuzuli district, prosecutors said.",
  ],
  [
    "en",
    "World court orders Azerbaijan to end Lachin blockade",
    "The International Court of Justice ordered Azerbaijan to ensure free movement along the Lachin corridor.",
  ],
  [
    "en",
    "EU monitors start patrols",
    "Monitors of the European Union's mission began patrols on the Armenian side of the border.",
  ],
  [
    "en",
    "More than 100,000 flee Karabakh",
    "Nearly all ethnic Armenians have left the region for Armenia, the government in Yerevan said.",
  ],
  [
    "en",
    "CSTO secretary general in Yerevan",
    "Stanislav Zas and his mission arrived in Armenia to study the situation on the border.",
  ],
  [
    "en",
    "Protesters in Yerevan demand Pashinyan go",
    "Thousands gathered outside parliament after reports that the premier was ready to sign a paper with Azerbaijan giving up Artsakh.",
  ],
  [
    "ru",
    "Армения сообщила об обстреле позиций",
    "ВС Азербайджана открыли огонь по армянским позициям у Сотка, потерь нет, заявили в Минобороны.",
  ],
  [
    "ru",
    "Баку вернул Еревану троих пленных",
    "Трое армянских военнослужащих переданы на границе при посредничестве России.",
  ],
  ["ru", "Совбез ООН обсудит блокаду Лачинского коридора", "Заседание созвано по просьбе Еревана."],
  ["ru", "ОДКБ не направит войска в Армению", "Организация ограничится миссией, сообщили в секретариате."],
  ["ru", "Миротворцы покидают Карабах", "Российские военные начали вывод техники, подтвердили в Кремле."],
  ["ru", "Алиев и Пашинян поговорили в Брюсселе", "Стороны обсудили делимитацию границы и мирный договор."],
  [
    "ar",
    "اشتباك جديد على الحدود الأرمينية الأذربيجانية",
    "أفادت يريفان بإصابة جندي بنيران القوات الأذربيجانية قرب غوريس.",
  ],
  ["ar", "باكو تسلم يريفان جثامين جنود", "سلمت أذربيجان جثامين 30 جنديا بحضور الصليب الأحمر."],
  ["ar", "نازحون من كاراباخ يصلون إلى غوريس", "وصل آلاف الأرمن إلى أرمينيا هربا من الإقليم بعد العملية العسكرية."],
  ["ar", "لغم يقتل مدنيا في أغدام", "قالت النيابة الأذربيجانية إن لغما انفجر في منطقة أغدام وأودى بحياة مدني."],
  [
    "ar",
    "أردوغان يجدد دعمه لأذربيجان",
    "قال الرئيس التركي إن بلاده تقف إلى جانب أذربيجان في مواجهة الاعتداءات الأرمينية.",
  ],
  ["ar", "باريس تدعو إلى احترام الهدنة", "دعت فرنسا أرمينيا وأذربيجان إلى احترام وقف إطلاق النار والعودة إلى الحوار."],
  [
    "tr",
    "Sınırda Ermeni provokasyonu",
    "Azerbaycan Savunma Bakanlığı, Kelbecer yönündeki mevzilere ateş açıldığını bildirdi.",
  ],
  [
    "tr",
    "Azerbaycan iki Ermeni askeri iade etti",
    "İki asker, Avrupa Birliği'nin aracılığıyla Erivan'a teslim edildi.",
  ],
  ["tr", "Laçın'da mayın patladı", "Mayın patlaması sonucu bir Azerbaycan askeri şehit oldu."],
  ["tr", "Mirzoyan ile Bayramov Cenevre'de görüştü", "İki bakan barış anlaşması taslağını ele aldı."],
  [
    "fr",
    "Nouveaux tirs à la frontière arménienne",
    "Erevan accuse l'Azerbaïdjan d'avoir ouvert le feu sur ses positions près de Goris.",
  ],
  [
    "fr",
    "Le blocus de Latchine entre dans son troisième mois",
    "Les habitants du Haut-Karabakh manquent de vivres et de médicaments.",
  ],
  [
    "fr",
    "Bakou libère dix prisonniers arméniens",
    "Ils ont été remis à l'Arménie à la frontière, selon le ministère de la Défense.",
  ],
  [
    "fr",
    "Paris condamne l'offensive azerbaïdjanaise",
    "La France demande le retrait des troupes du territoire arménien.",
  ],
  [
    "hy",
    "Կրակոցներ Կապանի ուղղությամբ",
    "Ադրբեջանի զինված ուժերը կրակ են բացել հայկական դիրքերի վրա, տուժածներ չկան, հայտնել է ՊՆ-ն։",
  ],
  ["hy", "Բաքուն երկու գերի է վերադարձրել", "Երկու զինծառայող արդեն Հայաստանում է։"],
  [
    "hy",
    "ԵՄ դիտորդները պարեկություն են իրականացրել",
    "Քաղաքացիական առաքելության դիտորդները շրջել են Վարդենիսի սահմանամերձ գյուղերով։",
  ],
  [
    "hy",
    "Արցախում երկու վիրավոր կա",
    "Ադրբեջանական կողմի կրակոցից վիրավորվել է պաշտպանության բանակի երկու զինծառայող։",
  ],
  ["hy", "Ալիևն ու Փաշինյանը կհանդիպեն Բրյուսելում", "Օրակարգում խաղաղության պայմանագիրն ու սահմանազատումն են։"],
  [
    "hy",
    "Զոհված զինծառայողների անունները",
    "ՀՀ ՊՆ-ն հրապարակել է սեպտեմբերի 13-14-ը հակառակորդի հարձակումից զոհված 12 զինծառայողի անունները։",
  ],
  [
    "az",
    "Laçın istiqamətində mövqelərimiz atəşə tutulub",
    "Ermənistan silahlı qüvvələri atıcı silahlardan atəş açıb, itki yoxdur, Müdafiə Nazirliyi bildirib.",
  ],
  ["az", "Ağdamda mina partlayışı", "Mina partlayışı nəticəsində bir nəfər həlak olub, ANAMA məlumat yayıb."],
  ["az", "Ermənistana 15 hərbçi qaytarılıb", "Humanitar addım kimi 15 erməni əsiri təhvil verilib."],
  [
    "az",
    "Şəhid hərbçilərin adları açıqlanıb",
    "Müdafiə Nazirliyi sentyabrın 13-də Ermənistanın təxribatı nəticəsində şəhid olan 71 hərbçinin siyahısını yayıb.",
  ],
  ["az", "Bayramov Mirzoyanla görüşüb", "Nazirlər sülh müqaviləsinin layihəsini müzakirə ediblər."],
  [
    "de",
    "Wieder Schüsse an der Grenze zwischen Armenien und Aserbaidschan",
    "Beide Seiten werfen sich vor, die Waffenruhe verletzt zu haben.",
  ],
  [
    "es",
    "Armenia eleva a 135 los soldados muertos",
    "El primer ministro Pashinián dijo que la cifra de militares caídos en los combates con Azerbaiyán no es definitiva.",
  ],
  [
    "uk",
    "У Вірменії повідомили про обстріл прикордонних сіл",
    "Війська Азербайджану застосували артилерію, є поранені.",
  ],
];
