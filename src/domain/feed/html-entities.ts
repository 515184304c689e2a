/** Names of HTML 4 and those of HTML 5 that occur in running text, each with its code point in hexadecimal. */
const NAMES = `
  Tab 9, NewLine a, excl 21, quot 22, num 23, dollar 24, percnt 25, amp 26, apos 27, lpar 28, rpar 29, ast 2a
  plus 2b, comma 2c, period 2e, sol 2f, colon 3a, semi 3b, lt 3c, equals 3d, gt 3e, quest 3f, commat 40, lbrack 5b
  lsqb 5b, bsol 5c, rbrack 5d, rsqb 5d, lowbar 5f, grave 60, lbrace 7b, lcub 7b, verbar 7c, vert 7c, rbrace 7d
  rcub 7d, nbsp a0, iexcl a1, cent a2, pound a3, curren a4, yen a5, brvbar a6, sect a7, uml a8, copy a9, ordf aa
  laquo ab, not ac, shy ad, reg ae, macr af, deg b0, plusmn b1, sup2 b2, sup3 b3, acute b4, micro b5, para b6
  middot b7, cedil b8, sup1 b9, ordm ba, raquo bb, frac14 bc, frac12 bd, half bd, frac34 be, iquest bf, Agrave c0
  Aacute c1, Acirc c2, Atilde c3, Auml c4, Aring c5, AElig c6, Ccedil c7, Egrave c8, Eacute c9, Ecirc ca, Euml cb
  Igrave cc, Iacute cd, Icirc ce, Iuml cf, ETH d0, Ntilde d1, Ograve d2, Oacute d3, Ocirc d4, Otilde d5, Ouml d6
  times d7, Oslash d8, Ugrave d9, Uacute da, Ucirc db, Uuml dc, Yacute dd, THORN de, szlig df, agrave e0
  aacute e1, acirc e2, atilde e3, auml e4, aring e5, aelig e6, ccedil e7, egrave e8, eacute e9, ecirc ea, euml eb
  igrave ec, iacute ed, icirc ee, iuml ef, eth f0, ntilde f1, ograve f2, oacute f3, ocirc f4, otilde f5, ouml f6
  divide f7, oslash f8, ugrave f9, uacute fa, ucirc fb, uuml fc, yacute fd, thorn fe, yuml ff, Ccaron 10c
  ccaron 10d, Gbreve 11e, gbreve 11f, Idot 130, imath 131, inodot 131, OElig 152, oelig 153, Scedil 15e
  scedil 15f, Scaron 160, scaron 161, Yuml 178, Zcaron 17d, zcaron 17e, fnof 192, circ 2c6, tilde 2dc, Alpha 391
  Beta 392, Gamma 393, Delta 394, Epsilon 395, Zeta 396, Eta 397, Theta 398, Iota 399, Kappa 39a, Lambda 39b
  Mu 39c, Nu 39d, Xi 39e, Omicron 39f, Pi 3a0, Rho 3a1, Sigma 3a3, Tau 3a4, Upsilon 3a5, Phi 3a6, Chi 3a7, Psi 3a8
  Omega 3a9, alpha 3b1, beta 3b2, gamma 3b3, delta 3b4, epsilon 3b5, zeta 3b6, eta 3b7, theta 3b8, iota 3b9
  kappa 3ba, lambda 3bb, mu 3bc, nu 3bd, xi 3be, omicron 3bf, pi 3c0, rho 3c1, sigmaf 3c2, sigma 3c3, tau 3c4
  upsilon 3c5, phi 3c6, chi 3c7, psi 3c8, omega 3c9, thetasym 3d1, upsih 3d2, piv 3d6, IOcy 401, Acy 410, Bcy 411
  Vcy 412, Gcy 413, Dcy 414, IEcy 415, ZHcy 416, Zcy 417, Icy 418, Jcy 419, Kcy 41a, Lcy 41b, Mcy 41c, Ncy 41d
  Ocy 41e, Pcy 41f, Rcy 420, Scy 421, Tcy 422, Ucy 423, Fcy 424, KHcy 425, TScy 426, CHcy 427, SHcy 428
  SHCHcy 429, HARDcy 42a, Ycy 42b, SOFTcy 42c, Ecy 42d, YUcy 42e, YAcy 42f, acy 430, bcy 431, vcy 432, gcy 433
  dcy 434, iecy 435, zhcy 436, zcy 437, icy 438, jcy 439, kcy 43a, lcy 43b, mcy 43c, ncy 43d, ocy 43e, pcy 43f
  rcy 440, scy 441, tcy 442, ucy 443, fcy 444, khcy 445, tscy 446, chcy 447, shcy 448, shchcy 449, hardcy 44a
  ycy 44b, softcy 44c, ecy 44d, yucy 44e, yacy 44f, iocy 451, ensp 2002, emsp 2003, numsp 2007, puncsp 2008
  thinsp 2009, hairsp 200a, ZeroWidthSpace 200b, zwnj 200c, zwj 200d, lrm 200e, rlm 200f, dash 2010, hyphen 2010
  ndash 2013, mdash 2014, horbar 2015, lsquo 2018, rsquo 2019, rsquor 2019, sbquo 201a, ldquo 201c, rdquo 201d
  bdquo 201e, ldquor 201e, dagger 2020, Dagger 2021, bull 2022, hellip 2026, permil 2030, prime 2032, Prime 2033
  lsaquo 2039, rsaquo 203a, oline 203e, frasl 2044, euro 20ac, image 2111, numero 2116, weierp 2118, real 211c
  trade 2122, alefsym 2135, frac13 2153, frac23 2154, larr 2190, uarr 2191, rarr 2192, darr 2193, harr 2194
  crarr 21b5, lArr 21d0, uArr 21d1, rArr 21d2, dArr 21d3, hArr 21d4, forall 2200, part 2202, exist 2203
  empty 2205, nabla 2207, isin 2208, notin 2209, ni 220b, prod 220f, sum 2211, minus 2212, lowast 2217, radic 221a
  prop 221d, infin 221e, ang 2220, and 2227, or 2228, cap 2229, cup 222a, int 222b, there4 2234, sim 223c
  cong 2245, asymp 2248, ne 2260, equiv 2261, le 2264, ge 2265, sub 2282, sup 2283, nsub 2284, sube 2286
  supe 2287, oplus 2295, otimes 2297, perp 22a5, sdot 22c5, lceil 2308, rceil 2309, lfloor 230a, rfloor 230b
  lang 2329, rang 232a, loz 25ca, spades 2660, clubs 2663, hearts 2665, diams 2666, check 2713
`;

const CODE_POINTS = new Map<string, string>(
  NAMES.split(/[,\n]/)
    .map((pair) => pair.trim().split(" "))
    .filter((pair) => pair.length === 2)
    .map(([name, code]) => [name as string, String.fromCodePoint(Number.parseInt(code as string, 16))]),
);

/** Code points 128 to 159 name controls, but writers mean windows-1252 (HTML Standard, numeric character references). */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** The text of a named reference ("nbsp"), or undefined where the name is not known. */
export function namedEntity(name: string): string | undefined {
  return CODE_POINTS.get(name);
}

/** The text of a numeric reference ("#8217", "#x2019"); what is no character becomes U+FFFD. */
export function numericEntity(reference: string): string {
  const hex = reference[1] === "x" || reference[1] === "X";
  const code = Number.parseInt(reference.slice(hex ? 2 : 1), hex ? 16 : 10);
  if (code >= 0x80 && code <= 0x9f) return WINDOWS_1252[code - 0x80] as string;
  const none =
    Number.isNaN(code) ||
    code > 0x10ffff ||
    (code >= 0xd800 && code <= 0xdfff) ||
    (code < 0x20 && ![9, 10, 13].includes(code));
  return none ? "\ufffd" : String.fromCodePoint(code);
}

/** Decodes the references in HTML text once. The semicolon may be missing where no letter or digit follows. */
export function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(#[xX][0-9a-fA-F]{1,8}|#\d{1,8}|[A-Za-z][A-Za-z0-9]{1,31})(;|(?![A-Za-z0-9=]))/g,
    (whole, reference: string) =>
      reference.startsWith("#") ? numericEntity(reference) : (CODE_POINTS.get(reference) ?? whole),
  );
}
