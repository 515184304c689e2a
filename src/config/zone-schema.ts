import { z } from "zod";

/** A time zone by its IANA name. */
export const zoneSchema = z.string().refine(
  (name) => {
    try {
      return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
    } catch {
      return false;
    }
  },
  { error: "must be an IANA time zone such as Asia/Yerevan" },
);
