/** Words of which the load's texts are made, by language. A sentence is subject, verb, object and adjunct; names are made of syllables. */
export interface Wording {
  readonly subjects: readonly string[];
  readonly verbs: readonly string[];
  readonly objects: readonly string[];
  readonly adjuncts: readonly string[];
  readonly syllables: readonly string[];
  /** Joins the four parts; the default puts them in this order. */
  readonly join?: (subject: string, verb: string, object: string, adjunct: string) => string;
  /** First sentences of items on the story with nothing new: no figure, no position. */
  readonly story: readonly string[];
  /** What else items on the story say. */
  readonly aside: Pick<Wording, "subjects" | "verbs" | "objects" | "adjuncts">;
  readonly credit: string;
  readonly end: string;
}

const list = (text: string): string[] => text.split("|").map((part) => part.trim());

const en: Wording = {
  subjects: list(
    "the harbour board of NAME|a choir from NAME|the bakers of NAME|the rowing club NAME|engineers at NAME|the museum in NAME|a jury in NAME|the tram company NAME|growers around NAME|the new director of NAME|students at NAME|the orchestra of NAME|a survey by NAME|the chess champion NAME|the ferry operator NAME|the painter NAME|nurses at NAME|the city garden of NAME|the film festival NAME|a weather station near NAME",
  ),
  verbs: list(
    "has opened|will rebuild|wants to sell|has tested|is looking for|has postponed|praised|has measured|will show|has bought|is repairing|has won|will teach|has counted|plans to replace|has found|is moving|will lend|has drawn|has doubted",
  ),
  objects: list(
    "NUM wooden boats|the old reading room|a bridge over the canal|NUM hours of recordings|an orchard of late apples|the winter timetable|a prize for young cooks|NUM pairs of storks|the roof of the market hall|a machine that sorts glass|the longest of its trails|a letter by the poet NAME|the colours of the town clock|NUM tickets for the final|a cheaper way of drying tea|the cellar of the opera|a school for sailors|NUM kilometres of cable|its summer quarters|a map of quiet streets",
  ),
  adjuncts: list(
    "before the first frost|at the request of the parish|in spite of the rain|with help from NAME|after NUM months of work|for the third time|during the autumn fair|without raising the price|on the road to NAME|because the lease has run out|together with the fishermen of NAME|in front of a full house|as the council of NAME had asked|for less than NUM euros a day|while the lift is out of order|at the end of a dry summer",
  ),
  syllables: list("bel|cor|dan|fen|gar|hol|lin|mar|nor|pel|ros|sel|tam|ver|wick|ton|ford|by|ham|ley"),
  story: list(
    "Shelling between Armenian and Azerbaijani forces was heard near Jermuk and Sotk during the night.|Residents of the border villages between Armenia and Azerbaijan spoke of the fighting of this week.|Diplomats discussed the clashes between Armenia and Azerbaijan and the situation around Vardenis.|Shops in Goris stayed closed while Armenian and Azerbaijani troops fought on the border.",
  ),
  aside: {
    subjects: list(
      "the mayor of NAME|residents of NAME|a teacher from NAME|drivers near NAME|the pharmacist of NAME|farmers around NAME|a doctor in NAME",
    ),
    verbs: list("spoke about|waited for|asked about|worried about|described|wrote about"),
    objects: list(
      "the closed road|the shelling of the border villages|the power cuts|the Armenian and Azerbaijani positions|the broken windows|the convoys on the border|the night in the cellars",
    ),
    adjuncts: list(
      "in the village of NAME|near NAME|on the way to NAME|with neighbours from NAME|in the hills above NAME|while the fighting went on",
    ),
  },
  credit: "NAME News",
  end: ".",
};

const fr: Wording = {
  subjects: list(
    "le port de NAME|la chorale de NAME|les boulangers de NAME|le club d'aviron NAME|l'atelier NAME|le musée de NAME|un jury réuni à NAME|la compagnie NAME|les vergers de NAME|la directrice de NAME|l'orchestre de NAME|une enquête de NAME|le champion NAME|le peintre NAME|l'hôpital de NAME|le festival NAME|la station météo de NAME|la bibliothèque de NAME",
  ),
  verbs: list(
    "a ouvert|va rebâtir|veut vendre|a essayé|cherche|a remis à plus tard|a salué|a mesuré|va montrer|a acheté|répare|a gagné|va enseigner|a compté|remplace|a retrouvé|déplace|va prêter|a dessiné",
  ),
  objects: list(
    "NUM barques en bois|l'ancienne salle de lecture|un pont sur le canal|NUM heures d'enregistrements|un verger de pommes tardives|l'horaire d'hiver|un prix pour jeunes cuisiniers|NUM couples de cigognes|le toit de la halle|une machine à trier le verre|le plus long des sentiers|une lettre du poète NAME|les couleurs de l'horloge|NUM billets pour la finale|une façon moins chère de sécher le thé|la cave de l'opéra|NUM kilomètres de câble|le plan des rues calmes",
  ),
  adjuncts: list(
    "avant les premières gelées|à la demande de la paroisse|malgré la pluie|avec l'aide de NAME|après NUM mois de travaux|pour la troisième fois|pendant la foire d'automne|sans augmenter le prix|sur la route de NAME|parce que le bail a pris fin|avec les pêcheurs de NAME|devant une salle pleine|pour moins de NUM euros par jour|à la fin d'un été sec",
  ),
  syllables: list("bel|cour|dan|fon|gar|mont|lin|mar|nor|pel|ros|sel|ville|ver|bois|ton|sur|lac|rive|clos"),
  story: list(
    "Des tirs entre forces arméniennes et azerbaïdjanaises ont été entendus la nuit près de Djermouk et de Sotk.|Des habitants des villages frontaliers entre l'Arménie et l'Azerbaïdjan parlent des combats de cette semaine.|Des diplomates ont évoqué les affrontements entre l'Arménie et l'Azerbaïdjan et la situation autour de Vardenis.",
  ),
  aside: {
    subjects: list(
      "le maire de NAME|des habitants de NAME|une institutrice de NAME|des conducteurs près de NAME|le pharmacien de NAME|des paysans de NAME|un médecin de NAME",
    ),
    verbs: list("a parlé de|attendait|a demandé des nouvelles de|s'inquiète de|a décrit"),
    objects: list(
      "la route fermée|les tirs sur les villages de la frontière|les coupures de courant|les positions arméniennes et azerbaïdjanaises|les vitres brisées|les convois à la frontière|la nuit dans les caves",
    ),
    adjuncts: list(
      "au village de NAME|près de NAME|sur le chemin de NAME|avec des voisins de NAME|dans les collines de NAME|pendant que les combats continuaient",
    ),
  },
  credit: "Dépêche NAME",
  end: ".",
};

const ru: Wording = {
  subjects: list(
    "порт города NAME|хор из города NAME|пекари посёлка NAME|гребной клуб «NAME»|инженеры завода «NAME»|музей в городе NAME|жюри конкурса «NAME»|трамвайное депо «NAME»|садоводы из NAME|новая директриса театра «NAME»|оркестр города NAME|опрос компании «NAME»|шахматист NAME|художник NAME|больница города NAME|фестиваль «NAME»|метеостанция у NAME|библиотека имени NAME",
  ),
  verbs: list(
    "открыл|перестроит|хочет продать|проверил|ищет|отложил|похвалил|измерил|покажет|купил|чинит|выиграл|сосчитал|заменит|нашёл|перевозит|одолжит|нарисовал",
  ),
  objects: list(
    "NUM деревянных лодок|старый читальный зал|мост через канал|NUM часов записей|сад поздних яблок|зимнее расписание|приз для молодых поваров|NUM пар аистов|крышу рынка|машину для сортировки стекла|самую длинную тропу|письмо поэта NAME|цвета городских часов|NUM билетов на финал|дешёвый способ сушить чай|подвал оперы|NUM километров кабеля|карту тихих улиц",
  ),
  adjuncts: list(
    "до первых заморозков|по просьбе прихода|несмотря на дождь|с помощью фонда «NAME»|после NUM месяцев работы|в третий раз|во время осенней ярмарки|не поднимая цены|на дороге в NAME|потому что кончилась аренда|вместе с рыбаками из NAME|при полном зале|дешевле NUM рублей в день|в конце сухого лета",
  ),
  syllables: list("бер|кор|дан|лес|гор|хол|лин|мар|нов|пел|рос|сел|там|вер|ино|ово|град|бор|ка|ский"),
  story: list(
    "Ночью у Джермука и Сотка были слышны выстрелы между армянскими и азербайджанскими силами.|Жители приграничных сёл между Арменией и Азербайджаном рассказали о боях этой недели.|Дипломаты говорили о столкновениях Армении и Азербайджана и о положении вокруг Вардениса.",
  ),
  aside: {
    subjects: list(
      "мэр посёлка NAME|жители села NAME|учительница из NAME|водители у NAME|аптекарь из NAME|крестьяне из NAME|врач из NAME",
    ),
    verbs: list("рассказал про|ждал|спрашивал про|беспокоится про|описал"),
    objects: list(
      "закрытую дорогу|обстрел приграничных сёл|перебои с током|армянские и азербайджанские позиции|выбитые окна|колонны на границе|ночь в подвалах",
    ),
    adjuncts: list("в селе NAME|у NAME|по дороге в NAME|с соседями из NAME|на холмах над NAME|пока продолжались бои"),
  },
  credit: "Агентство «NAME»",
  end: ".",
};

const tr: Wording = {
  subjects: list(
    "NAME liman kurulu|NAME korosu|NAME fırıncıları|NAME kürek kulübü|NAME mühendisleri|NAME müzesi|NAME jürisi|NAME tramvay şirketi|NAME çiftçileri|NAME'nin yeni müdürü|NAME öğrencileri|NAME orkestrası|NAME anketi|satranç şampiyonu NAME|ressam NAME|NAME hastanesi|NAME film festivali|NAME kütüphanesi",
  ),
  verbs: list(
    "açtı|yeniden kuracak|satmak istiyor|denedi|arıyor|erteledi|övdü|ölçtü|gösterecek|satın aldı|onarıyor|kazandı|öğretecek|saydı|değiştirecek|buldu|taşıyor|ödünç verecek",
  ),
  objects: list(
    "NUM tahta kayığı|eski okuma odasını|kanal üzerindeki köprüyü|NUM saatlik kaydı|geç elma bahçesini|kış tarifesini|genç aşçılar ödülünü|NUM leylek çiftini|pazarın çatısını|cam ayıran makineyi|en uzun yürüyüş yolunu|şair NAME'nin mektubunu|kent saatinin renklerini|NUM final biletini|ucuz çay kurutma yolunu|operanın mahzenini|NUM kilometre kabloyu|sessiz sokaklar haritasını",
  ),
  adjuncts: list(
    "ilk dondan önce|mahallenin isteğiyle|yağmura rağmen|NAME'nin yardımıyla|NUM ay çalıştıktan sonra|üçüncü kez|güz panayırında|fiyatı artırmadan|NAME yolunda|kira sözleşmesi bittiği için|NAME balıkçılarıyla birlikte|dolu bir salonda|günde NUM liradan ucuza|kurak yazın sonunda",
  ),
  syllables: list("bel|kor|dan|fen|gar|hol|lin|mar|nur|pel|göz|sel|tam|ver|köy|tepe|su|dağ|ova|kaya"),
  join: (subject, verb, object, adjunct) => `${adjunct} ${subject} ${object} ${verb}`,
  story: list(
    "Gece Cermuk ve Sotk yakınında Ermeni ve Azerbaycan güçleri arasında silah sesleri duyuldu.|Ermenistan ile Azerbaycan arasındaki sınır köylerinin sakinleri bu haftaki çatışmaları anlattı.|Diplomatlar Ermenistan ile Azerbaycan arasındaki çatışmaları ve Vardenis çevresindeki durumu konuştu.",
  ),
  aside: {
    subjects: list(
      "NAME belediye başkanı|NAME sakinleri|NAME öğretmeni|NAME sürücüleri|NAME eczacısı|NAME köylüleri|NAME doktoru",
    ),
    verbs: list("anlattı|bekledi|sordu|merak etti|yazdı"),
    objects: list(
      "kapalı yolu|sınır köylerinin bombalanmasını|elektrik kesintilerini|Ermeni ve Azerbaycan mevzilerini|kırık camları|sınırdaki konvoyları|bodrumlardaki geceyi",
    ),
    adjuncts: list("NAME köyünde|NAME yakınında|NAME yolunda|NAME komşularıyla|NAME tepelerinde|çatışmalar sürerken"),
  },
  credit: "NAME Haber",
  end: ".",
};

const az: Wording = {
  subjects: list(
    "NAME limanının şurası|NAME xoru|NAME çörəkçiləri|NAME avarçəkmə klubu|NAME mühəndisləri|NAME muzeyi|NAME münsiflər heyəti|NAME tramvay şirkəti|NAME bağbanları|NAME teatrının yeni direktoru|NAME tələbələri|NAME orkestri|NAME sorğusu|şahmatçı NAME|rəssam NAME|NAME xəstəxanası|NAME film festivalı|NAME kitabxanası",
  ),
  verbs: list(
    "açıb|yenidən quracaq|satmaq istəyir|sınaqdan keçirib|axtarır|təxirə salıb|tərifləyib|ölçüb|göstərəcək|alıb|təmir edir|udub|öyrədəcək|sayıb|dəyişəcək|tapıb|daşıyır|borc verəcək",
  ),
  objects: list(
    "NUM taxta qayığı|köhnə oxu zalını|kanal üzərindəki körpünü|NUM saatlıq yazını|gec alma bağını|qış cədvəlini|gənc aşpazlar mükafatını|NUM leylək cütünü|bazarın damını|şüşə ayıran maşını|ən uzun cığırı|şair NAME məktubunu|şəhər saatının rənglərini|NUM final biletini|ucuz çay qurutma üsulunu|operanın zirzəmisini|NUM kilometr kabeli|sakit küçələrin xəritəsini",
  ),
  adjuncts: list(
    "ilk şaxtadan əvvəl|məhəllənin xahişi ilə|yağışa baxmayaraq|NAME fondunun köməyi ilə|NUM ay işdən sonra|üçüncü dəfə|payız yarmarkasında|qiyməti artırmadan|NAME yolunda|icarə müddəti bitdiyi üçün|NAME balıqçıları ilə birgə|dolu zalda|gündə NUM manatdan ucuz|quraq yayın sonunda",
  ),
  syllables: list("bəl|qor|dan|fər|gül|hol|lin|mar|nur|pəl|göy|sel|tam|ver|kənd|təpə|su|dağ|qaya|çay"),
  join: (subject, verb, object, adjunct) => `${adjunct} ${subject} ${object} ${verb}`,
  story: list(
    "Gecə Cermuk və Sotk yaxınlığında Ermənistan və Azərbaycan qüvvələri arasında atışma səsləri eşidilib.|Ermənistanla Azərbaycan arasındakı sərhəd kəndlərinin sakinləri bu həftəki döyüşlərdən danışıb.|Diplomatlar Ermənistanla Azərbaycan arasındakı toqquşmaları və Vardenis ətrafındakı vəziyyəti müzakirə edib.",
  ),
  aside: {
    subjects: list(
      "NAME kəndinin başçısı|NAME sakinləri|NAME müəllimi|NAME sürücüləri|NAME əczaçısı|NAME kəndliləri|NAME həkimi",
    ),
    verbs: list("danışıb|gözləyib|soruşub|təsvir edib|yazıb"),
    objects: list(
      "bağlı yolu|sərhəd kəndlərinin atəşə tutulmasını|işıq kəsilməsini|Ermənistan və Azərbaycan mövqelərini|sınıq şüşələri|sərhəddəki karvanları|zirzəmilərdəki gecəni",
    ),
    adjuncts: list(
      "NAME kəndində|NAME yaxınlığında|NAME yolunda|NAME qonşuları ilə|NAME təpələrində|döyüşlər gedərkən",
    ),
  },
  credit: "NAME Xəbər",
  end: ".",
};

const ar: Wording = {
  subjects: list(
    "ميناء NAME|جوقة NAME|خبازو NAME|نادي NAME للتجديف|مهندسو NAME|متحف NAME|لجنة تحكيم NAME|شركة ترام NAME|مزارعو NAME|مديرة مسرح NAME|طلاب NAME|أوركسترا NAME|استطلاع NAME|لاعب الشطرنج NAME|الرسام NAME|مستشفى NAME|مهرجان NAME|مكتبة NAME",
  ),
  verbs: list(
    "افتتح|يعيد بناء|يريد بيع|جرّب|يبحث عن|أجّل|امتدح|قاس|سيعرض|اشترى|يصلح|كسب|سيدرّس|أحصى|يستبدل|عثر على|ينقل|سيعير",
  ),
  objects: list(
    "NUM قاربا خشبيا|قاعة المطالعة القديمة|جسرا فوق القناة|NUM ساعة من التسجيلات|بستان التفاح المتأخر|جدول الشتاء|جائزة الطهاة الشباب|NUM زوجا من اللقالق|سقف السوق|آلة لفرز الزجاج|أطول الدروب|رسالة الشاعر NAME|ألوان ساعة البلدة|NUM تذكرة للنهائي|طريقة أرخص لتجفيف الشاي|قبو دار الأوبرا|NUM كيلومترا من الكابلات|خريطة الشوارع الهادئة",
  ),
  adjuncts: list(
    "قبل أول صقيع|بطلب من الحي|رغم المطر|بمساعدة NAME|بعد NUM شهرا من العمل|للمرة الثالثة|خلال معرض الخريف|من دون رفع السعر|على طريق NAME|لأن عقد الإيجار انتهى|مع صيادي NAME|أمام قاعة ممتلئة|بأقل من NUM دينارا في اليوم|في نهاية صيف جاف",
  ),
  syllables: list("بل|كور|دان|فن|غار|هول|لين|مار|نور|بيل|روس|سل|تام|فير|وان|رين|ساد|جيب|زاد|شير"),
  join: (subject, verb, object, adjunct) => `${verb} ${subject} ${object} ${adjunct}`,
  story: list(
    "سُمع ليلا إطلاق نار بين القوات الأرمينية والأذربيجانية قرب جيرموك وسوتك.|تحدث سكان القرى الحدودية بين أرمينيا وأذربيجان عن معارك هذا الأسبوع.|ناقش دبلوماسيون الاشتباكات بين أرمينيا وأذربيجان والوضع حول فاردينيس.",
  ),
  aside: {
    subjects: list("رئيس بلدية NAME|سكان NAME|معلمة من NAME|سائقون قرب NAME|صيدلي NAME|فلاحو NAME|طبيب من NAME"),
    verbs: list("وصف|انتظر|سأل عن|كتب عن"),
    objects: list(
      "الطريق المغلق|قصف القرى الحدودية|انقطاع الكهرباء|المواقع الأرمينية والأذربيجانية|النوافذ المحطمة|القوافل على الحدود|الليلة في الأقبية",
    ),
    adjuncts: list("في قرية NAME|قرب NAME|على طريق NAME|مع جيران من NAME|في تلال NAME|بينما استمر القتال"),
  },
  credit: "وكالة NAME",
  end: ".",
};

const hy: Wording = {
  subjects: list(
    "NAME նավահանգիստը|NAME երգչախումբը|NAME հացթուխները|NAME թիավարման ակումբը|NAME ճարտարագետները|NAME թանգարանը|NAME ժյուրին|NAME տրամվայի ընկերությունը|NAME այգեգործները|NAME թատրոնի նոր տնօրենը|NAME ուսանողները|NAME նվագախումբը|NAME հարցումը|շախմատիստ NAME|նկարիչ NAME|NAME հիվանդանոցը|NAME փառատոնը|NAME գրադարանը",
  ),
  verbs: list(
    "բացել է|վերակառուցելու է|ցանկանում է վաճառել|փորձարկել է|փնտրում է|հետաձգել է|գովել է|չափել է|ցուցադրելու է|գնել է|նորոգում է|շահել է|ուսուցանելու է|հաշվել է|փոխարինելու է|գտել է|տեղափոխում է",
  ),
  objects: list(
    "NUM փայտե նավակ|հին ընթերցասրահը|ջրանցքի կամուրջը|NUM ժամ ձայնագրություն|ուշ խնձորի այգին|ձմեռային ժամանակացույցը|երիտասարդ խոհարարների մրցանակը|NUM զույգ արագիլ|շուկայի տանիքը|ապակի տեսակավորող մեքենան|ամենաերկար արահետը|բանաստեղծ NAME նամակը|քաղաքի ժամացույցի գույները|NUM տոմս եզրափակչի համար|թեյը չորացնելու էժան եղանակը|օպերայի նկուղը|NUM կիլոմետր մալուխ|հանգիստ փողոցների քարտեզը",
  ),
  adjuncts: list(
    "առաջին ցրտերից առաջ|թաղամասի խնդրանքով|չնայած անձրևին|NAME հիմնադրամի օգնությամբ|NUM ամիս աշխատանքից հետո|երրորդ անգամ|աշնանային տոնավաճառի ժամանակ|առանց գինը բարձրացնելու|NAME տանող ճանապարհին|քանի որ վարձակալությունն ավարտվել է|NAME ձկնորսների հետ|լեփ-լեցուն դահլիճում|օրական NUM դրամից էժան|չոր ամառվա վերջում",
  ),
  syllables: list("բել|կոր|դան|ֆեն|գար|հոլ|լին|մար|նոր|պել|ռոս|սել|թամ|վեր|ավան|շեն|ձոր|սար|քար|բերդ"),
  join: (subject, verb, object, adjunct) => `${adjunct} ${subject} ${verb} ${object}`,
  story: list(
    "Գիշերը Ջերմուկի և Սոթքի մոտ կրակոցներ են լսվել հայկական և ադրբեջանական ուժերի միջև։|Հայաստանի և Ադրբեջանի սահմանամերձ գյուղերի բնակիչները պատմել են այս շաբաթվա մարտերի մասին։|Դիվանագետները քննարկել են Հայաստանի և Ադրբեջանի բախումները և Վարդենիսի շուրջ իրավիճակը։",
  ),
  aside: {
    subjects: list(
      "NAME գյուղապետը|NAME բնակիչները|NAME ուսուցիչը|NAME վարորդները|NAME դեղագործը|NAME գյուղացիները|NAME բժիշկը",
    ),
    verbs: list("պատմել է|սպասել է|հարցրել է|նկարագրել է|գրել է"),
    objects: list(
      "փակ ճանապարհի մասին|սահմանամերձ գյուղերի գնդակոծության մասին|հոսանքի անջատումների մասին|հայկական և ադրբեջանական դիրքերի մասին|կոտրված պատուհանների մասին|սահմանի շարասյունների մասին|նկուղներում անցկացրած գիշերվա մասին",
    ),
    adjuncts: list(
      "NAME գյուղում|NAME մոտ|NAME տանող ճանապարհին|NAME հարևանների հետ|NAME բլուրներում|մինչ մարտերը շարունակվում էին",
    ),
  },
  credit: "NAME լուր",
  end: "։",
};

export const WORDING = { en, ar, ru, tr, fr, hy, az } as const satisfies Record<string, Wording>;
export type LoadLanguage = keyof typeof WORDING;
export const LOAD_LANGUAGES = Object.keys(WORDING) as readonly LoadLanguage[];

/** Tolls of ten subjects, one for each feed that raises alerts: each number is higher than the one before. */
export const TOLLS: readonly { readonly lang: LoadLanguage; readonly text: (toll: number) => string }[] = [
  {
    lang: "en",
    text: (toll) =>
      `At least ${toll} Armenian soldiers have been killed in the fighting with Azerbaijan this week, Prime Minister Nikol Pashinyan told the cabinet.`,
  },
  {
    lang: "ru",
    text: (toll) =>
      `В боях с Арменией погибли ${toll} азербайджанских военнослужащих, сообщило Министерство обороны Азербайджана.`,
  },
  {
    lang: "ar",
    text: (toll) => `قالت وزارة الدفاع الأرمينية إن ${toll} جنديا أرمينيا أصيبوا في الاشتباكات مع أذربيجان.`,
  },
  {
    lang: "tr",
    text: (toll) =>
      `Azerbaycan Savunma Bakanlığı, Ermenistan ile çatışmalarda ${toll} Azerbaycan askerinin yaralandığını açıkladı.`,
  },
  {
    lang: "fr",
    text: (toll) =>
      `Le ministère arménien de la Défense a annoncé que ${toll} soldats arméniens ont été faits prisonniers lors des combats avec l'Azerbaïdjan.`,
  },
  {
    lang: "hy",
    text: (toll) =>
      `Ադրբեջանի գնդակոծության հետևանքով Հայաստանում տեղահանվել է ${toll} մարդ, հայտնել է Հայաստանի կառավարությունը։`,
  },
  {
    lang: "az",
    text: (toll) =>
      `Ermənistanla döyüşlərdə ${toll} Azərbaycan hərbçisi itkin düşüb, Azərbaycanın Müdafiə Nazirliyi bildirib.`,
  },
  {
    lang: "en",
    text: (toll) =>
      `${toll} civilians have been killed in Armenia by Azerbaijani shelling, Armenia's human rights defender said.`,
  },
  {
    lang: "en",
    text: (toll) =>
      `${toll} Armenian soldiers are missing after the border clashes with Azerbaijan, the Armenian Defence Ministry said.`,
  },
  {
    lang: "fr",
    text: (toll) =>
      `${toll} civils ont été blessés en Arménie par les tirs azerbaïdjanais, a annoncé le gouvernement arménien.`,
  },
];
