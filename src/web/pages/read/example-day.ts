/**
 * The third day after the reference article, at noon: the example is about the story then, and "on Sunday" in it is that
 * day. The article's day is the one where it was published, whatever day that was in UTC.
 */
export function exampleDay(article: string): string {
  const noon = Date.parse(`${article.slice(0, 10)}T12:00:00Z`);
  return `${new Date(noon + 3 * 86_400_000).toISOString().slice(0, 10)}T12:00`;
}
