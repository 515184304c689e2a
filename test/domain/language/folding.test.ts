import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type FoldedText,
  foldPhrase,
  foldText,
  originalEnd,
  originalStart,
} from "../../../src/domain/language/folding.ts";

const spelled = ({ units, length }: FoldedText): string => String.fromCharCode(...units.subarray(0, length));

describe("folding", () => {
  it.each([
    ["أُرمينيا", "ارمينيا"],
    ["إردوغان", "اردوغان"],
    ["ســـقط", "سقط"],
    ["مدرسة", "مدرسه"],
    ["کریمی", "كريمي"],
    ["٤٩ و ۱۰۵", "49 و 105"],
    ["ﻻ", "لا"],
    ["ﷺ", "صلي الله عليه وسلم"],
    ["İSTANBUL’DA ılık", "istanbul'da ilik"],
    ["Ermənistan", "ermənistan"],
    ["ЁЖ Йод", "еж йод"],
    ["й", "й"],
    ["а́рмия", "армия"],
    ["և ո՞վ", "եւ ով"],
    ["13–14—15−1", "13-14-15-1"],
    ["１２３", "123"],
    ["co\u00adop\u200ber", "cooper"],
    ["a\u00a0b\u202fc", "a b c"],
  ])("writes %s as %s", (text, folded) => {
    expect(spelled(foldText(text))).toBe(folded);
  });

  it("keeps apart letters that tell words apart", () => {
    expect(foldPhrase("öldü")).not.toBe(foldPhrase("oldu"));
    expect(foldPhrase("й")).not.toBe(foldPhrase("и"));
  });

  it("leads every folded unit back to where it began, in order", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const folded = foldText(text);
        const { length } = folded;
        expect(originalStart(folded, length)).toBe(text.length);
        for (let unit = 1; unit <= length; unit += 1)
          expect(originalStart(folded, unit)).toBeGreaterThanOrEqual(originalStart(folded, unit - 1));
      }),
    );
  });

  it("is at rest after one folding", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 100 }), (text) => {
        const once = spelled(foldText(text));
        expect(spelled(foldText(once))).toBe(once);
      }),
    );
  });

  it("ends a span behind vowel marks but before invisible ones", () => {
    const vowelled = foldText("جُنْدِيٌّ قتل");
    expect(vowelled.original.slice(0, originalEnd(vowelled, 4))).toBe("جُنْدِيٌّ");
    const marked = foldText("105\u200f killed");
    expect(marked.original.slice(0, originalEnd(marked, 3))).toBe("105");
  });

  it("maps back where letters are dropped, and where none are", () => {
    const plain = foldText("Ереван 49");
    expect(originalStart(plain, 7)).toBe(7);
    const marked = foldText("مُقتل 49");
    expect(marked.original.slice(originalStart(marked, spelled(marked).indexOf("4")))).toBe("49");
  });

  it("takes units that are no characters", () => {
    expect(spelled(foldText("49\ufffe\uffff dead"))).toContain("dead");
  });
});
