import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadLanguages } from "../../../src/config/load-languages.ts";

const { detect } = loadLanguages(fileURLToPath(new URL("../../../config", import.meta.url)));

/** Short texts of our own; names of the other side's script stand in several of them. */
const TEXTS: readonly (readonly [string, string])[] = [
  ["en", "Officials said the shelling stopped after midnight"],
  ["en", "Yerevan says truce holds; Երևան reports no firing"],
  ["fr", "Le ministère n'a pas encore publié de bilan"],
  ["fr", "Trois soldats blessés près de la frontière"],
  ["de", "Die Regierung in Eriwan meldete am Abend mehrere Verletzte"],
  ["es", "El gobierno informó de que las tropas se retiraron de la frontera"],
  ["pt", "O governo disse que as tropas não avançaram durante a noite"],
  ["it", "Il governo ha detto che le truppe sono state ritirate dopo gli scontri"],
  ["nl", "De regering zegt dat het leger zich heeft teruggetrokken van de grens"],
  ["pl", "Rząd poinformował, że wojska zostały wycofane z granicy"],
  ["ro", "Guvernul a anunțat că trupele au fost retrase de la frontieră"],
  ["tr", "Bakanlık, sınır hattında ateşin kesildiğini açıkladı"],
  ["tr", "Sınırda gece boyunca silah sesleri duyuldu"],
  ["az", "Nazirlik sərhəddə atəşin dayandığını açıqlayıb"],
  ["az", "Hərbçilərin dəfn mərasimi keçirilib"],
  ["ru", "Министерство сообщило о прекращении огня на границе"],
  ["ru", "Обстрел утих к утру"],
  ["uk", "Міністерство повідомило про припинення вогню на кордоні"],
  ["bg", "Министерството съобщи, че огънят по границата е спрял"],
  ["sr", "Министарство је саопштило да је ватра на граници престала"],
  ["sr", "Ministarstvo je saopštilo da je vatra na granici prestala nakon ponoći"],
  ["mk", "Министерството соопшти дека огнот на границата престана и не се обновува, според неговите зборови"],
  ["hy", "Նախարարությունը հայտնել է կրակի դադարեցման մասին"],
  ["hy", "ՊՆ-ն հայտնում է (MoD Armenia) լարված իրավիճակի մասին"],
  ["ar", "أعلنت الوزارة وقف إطلاق النار على الحدود"],
  ["ar", "باكو: هدوء نسبي على الجبهة"],
  ["fa", "وزارت دفاع اعلام کرد که تیراندازی در مرز متوقف شده است"],
  ["ur", "وزارت نے کہا ہے کہ سرحد پر فائرنگ رک گئی ہے"],
  ["ka", "სამინისტრომ საზღვარზე ცეცხლის შეწყვეტის შესახებ განაცხადა"],
  ["el", "Το υπουργείο ανακοίνωσε κατάπαυση του πυρός στα σύνορα"],
  ["he", "המשרד הודיע על הפסקת אש בגבול"],
];

describe("language detection", () => {
  it.each(TEXTS)("%s: %s", (lang, text) => {
    expect(detect(text)).toBe(lang);
  });

  it("takes the feed's word where a text is too short to tell", () => {
    expect(detect("COP29", "fr")).toBe("fr");
    expect(detect("Sarkissian à Paris", "fr")).toBe("fr");
    expect(detect("Pashinyan, Aliyev", "tr")).toBe("tr");
  });

  it("does not take the feed's word against a text that speaks clearly", () => {
    expect(detect("The ministry said that the shelling had stopped and that it was not going to resume.", "fr")).toBe(
      "en",
    );
    expect(detect("Նախարարությունը հայտնել է կրակի դադարեցման մասին", "en")).toBe("hy");
    expect(detect("Министерство сообщило о прекращении огня", "az")).toBe("ru");
  });

  it("reads the region off a language tag", () => {
    expect(detect("Erdogan", "TR-tr")).toBe("tr");
  });

  it("keeps a language without a folder when the feed claims it and nothing speaks against it", () => {
    expect(detect("Kilu ndio habari leo", "sw")).toBe("sw");
  });

  it("says so when there is nothing to read", () => {
    expect(detect("")).toBe("und");
    expect(detect("105 – 71 (…)")).toBe("und");
    expect(detect("105", "en")).toBe("en");
  });
});
