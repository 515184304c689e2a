import { counted, defineWords } from "../../words/words.ts";

export const words = defineWords({
  en: {
    title: "First steps",
    lead: "From an empty ledger to an alert that reaches you. What is done is ticked by itself.",
    done: "Done",
    open: "To do",
    progress: (done: number, all: number) => `${done} of ${all} done`,
    allDone: "Everything is set up. The story page shows what is reported now.",
    feeds: "Give Rasid feeds to watch",
    feedsText: "RSS, Atom or JSON feeds of news agencies. A site's address is enough: its feed is looked for.",
    feedsNow: (count: number) => counted("en", count, { one: "# feed is watched", other: "# feeds are watched" }),
    feedsFailing: (count: number) =>
      counted("en", count, { one: "# of them does not answer", other: "# of them do not answer" }),
    feedsAction: "Add a feed",
    feedsOpen: "See the feeds",
    items: "Wait for the first items",
    itemsText: "Each feed is asked within minutes of being added, then by its own rhythm.",
    itemsNow: "Items are coming in.",
    itemsAction: "See the items",
    endpoint: "Say where alerts go",
    endpointText:
      "An endpoint is an address of yours that receives signed webhooks. Send it a test at once. Without one, alerts can be read here, as a stream, a JSON Feed or Atom.",
    endpointNow: (count: number) =>
      counted("en", count, { one: "# endpoint receives alerts", other: "# endpoints receive alerts" }),
    endpointAction: "Add an endpoint",
    endpointOpen: "See the endpoints",
    key: "Make an API key",
    keyText:
      "Without a key, everybody on this machine may read and change everything, and no other machine is answered. With one, browsers sign in.",
    keyNow: "You are signed in with a key.",
    keyAction: "Make a key",
    keyOpen: "Open keys",
    demo: "Or see it at work first",
    demoText:
      "The demo starts a daemon of its own on another port, with eleven invented agencies that publish a week of September 2022 in quick motion. Nothing of it enters this ledger.",
    demoRun: "Run in Rasid's folder:",
    read: "Try a text of your own",
    readText:
      "Paste any report and see which figures and statements are read in it, and why an alert would be raised or not.",
    readAction: "Read a text",
    story: "Go to the story",
  },
  ar: {
    title: "الخطوات الأولى",
    lead: "من سجلّ فارغ إلى تنبيه يصل إليك. تُعلَّم الخطوات المنجزة تلقائيًا.",
    done: "أُنجزت",
    open: "لم تُنجز بعد",
    progress: (done: number, all: number) => `أُنجز ${done} من ${all}`,
    allDone: "كل شيء جاهز. تعرض صفحة القصة ما يُنقل الآن.",
    feeds: "أضف مصادر يرصدها راصد",
    feedsText: "خلاصات RSS أو Atom أو JSON لوكالات الأنباء. يكفي عنوان الموقع، فيُبحث عن خلاصته.",
    feedsNow: (count: number) =>
      counted("ar", count, {
        zero: "لا يُرصد أي مصدر",
        one: "يُرصد مصدر واحد",
        two: "يُرصد مصدران",
        few: "تُرصد # مصادر",
        many: "يُرصد # مصدرًا",
        other: "يُرصد # مصدر",
      }),
    feedsFailing: (count: number) =>
      counted("ar", count, {
        one: "واحد منها لا يستجيب",
        two: "اثنان منها لا يستجيبان",
        few: "# منها لا تستجيب",
        many: "# منها لا تستجيب",
        other: "# منها لا تستجيب",
      }),
    feedsAction: "أضف مصدرًا",
    feedsOpen: "اعرض المصادر",
    items: "انتظر المواد الأولى",
    itemsText: "يُسأل كل مصدر خلال دقائق من إضافته، ثم بحسب وتيرته.",
    itemsNow: "المواد ترِد.",
    itemsAction: "اعرض المواد",
    endpoint: "حدّد وجهة التنبيهات",
    endpointText:
      "نقطة الاستلام عنوان لديك يتلقى رسائل موقّعة (webhooks). أرسل إليها رسالة تجريبية فورًا. ومن دونها تُقرأ التنبيهات هنا، أو بثًّا، أو عبر JSON Feed أو Atom.",
    endpointNow: (count: number) =>
      counted("ar", count, {
        one: "تتلقى نقطة واحدة التنبيهات",
        two: "تتلقى نقطتان التنبيهات",
        few: "تتلقى # نقاط التنبيهات",
        many: "تتلقى # نقطة التنبيهات",
        other: "تتلقى # نقطة التنبيهات",
      }),
    endpointAction: "أضف نقطة استلام",
    endpointOpen: "اعرض نقاط الاستلام",
    key: "أنشئ مفتاحًا للواجهة",
    keyText:
      "من دون مفتاح يستطيع كل من على هذا الجهاز أن يقرأ كل شيء ويغيّره، ولا يُجاب أي جهاز آخر. ومع المفتاح تسجّل المتصفحات دخولها.",
    keyNow: "دخلتَ بمفتاح.",
    keyAction: "أنشئ مفتاحًا",
    keyOpen: "افتح المفاتيح",
    demo: "أو شاهده يعمل أولًا",
    demoText:
      "يشغّل العرض التجريبي خادمًا خاصًا به على منفذ آخر، مع إحدى عشرة وكالة متخيَّلة تنشر أسبوعًا من سبتمبر 2022 بوتيرة سريعة. لا يدخل شيء منه هذا السجلّ.",
    demoRun: "نفّذ في مجلد راصد:",
    read: "جرّب نصًا من عندك",
    readText: "الصق أي خبر لترى ما يُقرأ فيه من أرقام ومواقف، ولماذا يصدر عنه تنبيه أو لا يصدر.",
    readAction: "اقرأ نصًا",
    story: "إلى القصة",
  },
});
