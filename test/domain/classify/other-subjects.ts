/** Items that name the story's countries, people or kinds of happenings and are about something else. */
export const OTHER_SUBJECTS: readonly (readonly [lang: string, title: string, text: string])[] = [
  // sport, shows
  [
    "en",
    "Qarabag held to a draw",
    "The Azerbaijani champions drew 1-1 away and will host the second leg in Baku next week. The Armenian referee showed nine cards.",
  ],
  [
    "en",
    "Armenian chess team beats Azerbaijan",
    "Armenia's grandmasters defeated Azerbaijan in the fifth round of the Olympiad and moved to second place.",
  ],
  [
    "en",
    "Wrestlers bring seven medals home to Yerevan",
    "The Armenian squad took seven medals at the European championship, two of them in bouts against Azerbaijan.",
  ],
  [
    "ru",
    "Сборная Армении проиграла в Баку",
    "Матч отборочного турнира завершился со счетом 2:1. Армянские футболисты не выиграли ни одной встречи, тренер взял вину на себя.",
  ],
  [
    "ru",
    "Азербайджанский дзюдоист стал чемпионом Европы",
    "В финале турнира в Праге он одолел соперника из Армении. У сборной Азербайджана три медали.",
  ],
  [
    "ar",
    "قره باغ يتأهل إلى دور المجموعات",
    "تغلب نادي قره باغ الأذربيجاني على ضيفه بهدفين دون رد في باكو ضمن تصفيات الدوري الأوروبي.",
  ],
  [
    "ar",
    "لاعب أرميني يسجل هاتريك",
    "سجل مهاجم منتخب أرمينيا ثلاثة أهداف في المباراة التي أقيمت في يريفان ضمن تصفيات كأس العالم.",
  ],
  [
    "tr",
    "Karabağ Avrupa Ligi'nde tur atladı",
    "Azerbaycan temsilcisi Bakü'deki rövanş maçını 3-0 kazanarak gruplara kaldı.",
  ],
  [
    "tr",
    "Türkiye Ermenistan'ı 2-1 yendi",
    "A Milli Futbol Takımı, Erivan'da oynanan eleme maçında Ermenistan'ı yenerek üç puan aldı.",
  ],
  [
    "fr",
    "Le Qarabağ éliminé de la Ligue des champions",
    "Battu à Bakou, le club azerbaïdjanais quitte la compétition. L'entraîneur regrette un but refusé.",
  ],
  [
    "fr",
    "L'Arménie remporte l'Eurovision junior",
    "La jeune chanteuse arménienne a devancé la Géorgie ; l'Azerbaïdjan termine douzième.",
  ],
  [
    "hy",
    "Հայաստանի հավաքականը հաղթեց Լատվիային",
    "Ֆուտբոլի Հայաստանի հավաքականը Երևանում 2:0 հաշվով հաղթեց Լատվիայի ընտրանուն։",
  ],
  [
    "hy",
    "Լևոն Արոնյանը հաղթեց մրցաշարում",
    "Հայ գրոսմայստերը շախմատի մրցաշարի վերջին տուրում պարտության է մատնել ադրբեջանցի մրցակցին։",
  ],
  [
    "az",
    "“Qarabağ” Avropa Liqasının qrupuna düşüb",
    "Azərbaycan çempionu Bakıda keçirilən oyunda rəqibini 2:0 hesabı ilə məğlub edib.",
  ],
  [
    "az",
    "Azərbaycan güləşçiləri Avropa çempionatında 5 medal qazanıb",
    "Millimizin üzvü finalda Ermənistan təmsilçisinə qalib gəlib.",
  ],
  // energy, economy, climate
  [
    "en",
    "Azerbaijan to double gas exports to Europe",
    "President Ilham Aliyev told investors in Baku that exports through the pipeline would reach 20 billion cubic metres a year.",
  ],
  [
    "ru",
    "Цена на азербайджанскую нефть выросла",
    "Баррель нефти марки Azeri Light подорожал до 98 долларов. Экспорт из Баку через Грузию идет по плану.",
  ],
  [
    "ar",
    "أذربيجان ترفع صادرات الغاز إلى إيطاليا",
    "قالت شركة سوكار إن صادرات الغاز عبر خط الأنابيب ارتفعت بنسبة 15 بالمئة هذا العام.",
  ],
  [
    "tr",
    "Azerbaycan'dan Türkiye'ye doğal gaz",
    "Bakü, yıllık 10 milyar metreküp doğalgaz ihracatı için Ankara ile anlaştı.",
  ],
  [
    "fr",
    "COP29 : Bakou promet un accord sur le climat",
    "À Bakou, les délégués, dont ceux de l'Arménie, discutent du financement climatique et des émissions.",
  ],
  [
    "hy",
    "Գազի սակագինը կբարձրանա",
    "Հայաստանում հաջորդ ամսից գազի և էլեկտրաէներգիայի սակագները կբարձրանան, հայտնել է հանձնաժողովը։",
  ],
  [
    "az",
    "COP29 Bakıda keçiriləcək",
    "Ermənistan da daxil olmaqla regional qrup Azərbaycanın namizədliyini dəstəkləyib, iqlim konfransına on minlərlə qonaq gözlənilir.",
  ],
  // 1915 and 1988
  [
    "en",
    "Thousands march in Los Angeles on genocide anniversary",
    "Armenian Americans marked the anniversary of the 1915 massacres, in which up to 1.5 million Armenians were killed under Ottoman rule. Turkey rejects the term.",
  ],
  [
    "ru",
    "В Ереване вспоминают жертв геноцида",
    "24 апреля тысячи людей пришли к мемориалу жертв геноцида армян в Османской империи, погибли до 1,5 млн человек.",
  ],
  [
    "ar",
    "تركيا ترفض بيان واشنطن حول أحداث 1915",
    "رفضت أنقرة وصف مقتل مئات آلاف الأرمن في عهد الدولة العثمانية بأنه إبادة جماعية للأرمن.",
  ],
  [
    "tr",
    "Ankara'dan soykırım iddialarına tepki",
    "Dışişleri, 1915 olaylarına ilişkin Ermeni iddialarını kabul eden parlamento kararını kınadı.",
  ],
  [
    "fr",
    "Macron rend hommage aux victimes du génocide arménien",
    "Le président a déposé une gerbe le 24 avril devant la statue de Komitas à Paris, en mémoire des victimes de 1915.",
  ],
  [
    "hy",
    "Գյումրիում հարգեցին երկրաշարժի զոհերի հիշատակը",
    "1988 թվականի դեկտեմբերի 7-ի երկրաշարժից զոհվել է 25 հազար մարդ, վիրավորվել՝ 19 հազարը։",
  ],
  // elections and affairs at home
  [
    "en",
    "Armenia votes in early election",
    "Prime Minister Nikol Pashinyan's party leads with 53 percent of the vote, the Central Electoral Commission said; turnout was 49 percent.",
  ],
  [
    "ru",
    "В Азербайджане прошли выборы президента",
    "Ильхам Алиев набирает более 90 процентов голосов, сообщила избирательная комиссия, явка составила 76 процентов.",
  ],
  [
    "ar",
    "اعتقال وزير سابق في أرمينيا بتهمة الفساد",
    "أوقفت الشرطة في يريفان وزيرا سابقا بتهمة تلقي رشوة، وقالت النيابة إن التحقيق مستمر.",
  ],
  [
    "tr",
    "Ermenistan'da erken seçim",
    "Ermenistan'da pazar günü yapılan erken seçimi Paşinyan'ın partisi kazandı, katılım yüzde 49 oldu.",
  ],
  [
    "fr",
    "Arménie : l'archevêque placé en détention",
    "La police a arrêté un archevêque accusé de corruption ; l'Église apostolique arménienne dénonce une affaire politique.",
  ],
  [
    "hy",
    "Քաղաքապետի ընտրություն Վանաձորում",
    "Քվեարկությանը մասնակցել է ընտրողների 39 տոկոսը, ոստիկանությունը երկու մարդու է ձերբակալել։",
  ],
  [
    "az",
    "Bakıda keçmiş nazir həbs edilib",
    "Keçmiş nazir korrupsiya ittihamı ilə həbs olunub, polis onun evində axtarış aparıb.",
  ],
  // accidents and nature
  [
    "en",
    "Earthquake in Iran's West Azerbaijan province kills three",
    "A magnitude 5.9 earthquake struck Khoy in West Azerbaijan province, killing three people and injuring more than 800.",
  ],
  [
    "en",
    "Plane crashes on way from Baku",
    "An Azerbaijan Airlines jet with 67 passengers crashed near Aktau, killing 38; officials in Baku declared a day of mourning.",
  ],
  [
    "ru",
    "Два человека погибли в ДТП под Ереваном",
    "На трассе Ереван – Севан столкнулись автобус и легковой автомобиль, еще семь человек ранены, сообщили спасатели.",
  ],
  [
    "ru",
    "Землетрясение на северо-западе Ирана",
    "В провинции Восточный Азербайджан произошли толчки магнитудой 5,4, погибли пять человек, десятки ранены.",
  ],
  [
    "ar",
    "قتلى في حريق بمستشفى في باكو",
    "لقي 25 شخصا مصرعهم في حريق اندلع في مستشفى في العاصمة الأذربيجانية باكو، وفتح تحقيق.",
  ],
  [
    "ar",
    "زلزال يضرب محافظة أذربيجان الغربية في إيران",
    "ضرب زلزال بقوة 5.6 درجات محافظة أذربيجان الغربية وأسفر عن مقتل ثلاثة أشخاص وإصابة المئات.",
  ],
  [
    "tr",
    "Bakü'de yangın: 25 ölü",
    "Azerbaycan'ın başkenti Bakü'de bir tedavi merkezinde çıkan yangında 25 kişi hayatını kaybetti.",
  ],
  [
    "fr",
    "Incendie mortel dans une caserne arménienne",
    "Quinze soldats sont morts dans l'incendie de leur caserne, causé selon le ministère par un poêle à essence.",
  ],
  [
    "hy",
    "Ավտովթար Երևան-Գյումրի ճանապարհին",
    "Բախվել են բեռնատարն ու ավտոբուսը, զոհվել է երեք մարդ, վիրավորներին տեղափոխել են հիվանդանոց, հայտնել են փրկարարները։",
  ],
  [
    "az",
    "Bakıda qaz partlayışı: iki ölü",
    "Nərimanov rayonunda yaşayış binasında qaz partlayışı olub, iki nəfər ölüb, dörd nəfər yaralanıb.",
  ],
  ["az", "Yevlaxda yol qəzası", "Avtobusla yük avtomobili toqquşub, üç nəfər ölüb, on nəfər xəsarət alıb."],
  // other conflicts and relations
  [
    "en",
    "Kyrgyzstan says 46 dead in border fighting",
    "Fighting on the border with Tajikistan killed 46 people, the Kyrgyz Health Ministry said. The CSTO called for a ceasefire.",
  ],
  [
    "en",
    "Turkey and Armenia agree to open border to third-country citizens",
    "Special envoys Serdar Kilic and Ruben Rubinyan agreed to open the land border to travellers and to begin cargo flights.",
  ],
  [
    "en",
    "Ukraine exchanges bodies of 210 soldiers with Russia",
    "Kyiv said 210 bodies of its soldiers were returned; Moscow confirmed the exchange mediated by the Red Cross.",
  ],
  [
    "ru",
    "ОДКБ проведет учения в Казахстане",
    "В учениях ОДКБ примут участие более тысячи военнослужащих из России, Белоруссии, Армении и Таджикистана, сообщил Анатолий Сидоров.",
  ],
  [
    "ru",
    "Потери при обстреле Харькова",
    "Число погибших при обстреле выросло до семи, ранены 20 мирных жителей, сообщили в обладминистрации.",
  ],
  [
    "ar",
    "مجلس الأمن يبحث الحرب في غزة",
    "عقد مجلس الأمن جلسة طارئة بعد مقتل 71 فلسطينيا في غارات على غزة، ودعا غوتيريش إلى وقف إطلاق النار.",
  ],
  [
    "ar",
    "قتلى في اشتباكات على الحدود القرغيزية الطاجيكية",
    "ارتفع عدد القتلى إلى 94 بعد اشتباكات بين حرس الحدود في قرغيزستان وطاجيكستان رغم وقف إطلاق النار.",
  ],
  [
    "tr",
    "Irak'ta üç asker şehit oldu",
    "Milli Savunma Bakanı Hulusi Akar, Irak'ın kuzeyinde çıkan çatışmada üç Türk askerinin şehit düştüğünü açıkladı.",
  ],
  [
    "tr",
    "Erdoğan ve Putin tahıl koridorunu görüştü",
    "Cumhurbaşkanı Erdoğan, Putin ile Semerkant'ta bir araya gelerek Ukrayna'dan tahıl sevkiyatını ele aldı.",
  ],
  [
    "fr",
    "Gaza : le Conseil de sécurité vote une résolution",
    "Le Conseil de sécurité réclame un cessez-le-feu à Gaza, où plus de 40 000 personnes ont été tuées.",
  ],
  [
    "fr",
    "Biélorussie : l'OTSC réunie à Minsk",
    "Les dirigeants de l'OTSC ont parlé de la guerre en Ukraine ; l'Arménie était absente.",
  ],
  [
    "hy",
    "Իսրայելը հարվածել է Գազային",
    "Գազայի հատվածում ռմբակոծությունից զոհվել է 32 մարդ, վիրավորվել՝ 200-ը, հայտնել է առողջապահության նախարարությունը։",
  ],
  [
    "az",
    "Ukraynada 20 mülki şəxs həlak olub",
    "Rusiya ordusunun raket zərbəsi nəticəsində Xarkovda 20 nəfər həlak olub, 50 nəfər yaralanıb.",
  ],
  [
    "az",
    "Putin Səmərqənddə Si Cinpinlə görüşüb",
    "ŞƏT sammitində iki ölkənin prezidentləri ticarəti və Ukraynadakı vəziyyəti müzakirə ediblər.",
  ],
  [
    "en",
    "Georgian separatist regions hold vote",
    "Abkhazia and South Ossetia voted on Sunday; Tbilisi called the elections illegal and the EU condemned them.",
  ],
  [
    "en",
    "Armenia reports 1,200 new coronavirus cases",
    "The health ministry in Yerevan said 23 people had died of COVID-19 in the past day, bringing the death toll to 3,056.",
  ],
  [
    "ru",
    "Пашинян поздравил Эрдогана с победой на выборах",
    "Премьер-министр Армении выразил надежду на установление дипломатических отношений с Турцией.",
  ],
  [
    "en",
    "Kyrgyz border town counts its dead",
    "Officials in Batken said 31 people had died in the fighting with Tajikistan. It broke out two days after the one between Armenia and Azerbaijan had died down.",
  ],
  [
    "ar",
    "تجدد القتال على حدود طاجيكستان",
    "قالت بيشكيك إن 31 شخصا قتلوا في المواجهات مع طاجيكستان، التي جاءت بعد المعارك بين أرمينيا وأذربيجان.",
  ],
  [
    "en",
    "Armenia road deaths rise",
    "The toll of traffic accidents in Armenia rose to 210 this year, the police in Yerevan said.",
  ],
  ["en", "Troops fly to Kazakhstan", "The CSTO, which Armenia chairs, sent soldiers to Kazakhstan after unrest."],
  // Russia's call-up
  [
    "fr",
    "Fuir la mobilisation",
    "Des milliers de Russes gagnent Erevan ou Bakou pour échapper à la mobilisation de 300 000 réservistes.",
  ],
  ["tr", "Rusya'da seferberlik", "Putin'in kısmi seferberlik kararından sonra Erivan ve Bakü'ye uçuşlar doldu."],
  [
    "az",
    "Rusiyada səfərbərlik",
    "Qismən səfərbərlik elan olunandan sonra hərbçi yaşında olanlar İrəvana və Bakıya uçur.",
  ],
  [
    "hy",
    "Զորահավաք Ռուսաստանում",
    "Պուտինի հրամանից հետո պահեստազորայինները մեկնում են Երևան և Բաքու, տոմսերն այդ ուղղությամբ սպառվել են։",
  ],
  // another war, the story's sides only beside it
  [
    "en",
    "Students among Kharkiv dead",
    "Two students from Azerbaijan were killed when a rocket hit a hostel in Kharkiv.",
  ],
  [
    "en",
    "Drones reshape Ukraine war",
    "Ukraine flies the drones with which Azerbaijan beat Armenia in 2020, when some 6,000 died.",
  ],
  [
    "tr",
    "Kırgız-Tacik ateşkesi",
    "Kırgızistan ile Tacikistan anlaştı; geçen hafta Ermenistan ile Azerbaycan da ateşkes ilan etmişti.",
  ],
  [
    "ru",
    "ОДКБ в Алма-Ате",
    "Миротворцы ОДКБ, где председательствует Армения, взяли под охрану аэропорт Алма-Аты в Казахстане.",
  ],
];
