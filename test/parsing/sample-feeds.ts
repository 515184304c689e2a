/** Documents of every format as publishers write them; the starting points of mutation. */
export const SAMPLE_FEEDS: readonly string[] = [
  `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Border Wire</title><link>https://wire.example/</link><atom:link rel="self" href="https://wire.example/rss"/><description>News &amp; views</description><language>en</language><ttl>15</ttl><skipHours><hour>2</hour></skipHours>
<item><title>Ministry reports 12 dead</title><link>https://wire.example/a/1?utm_source=rss</link><guid isPermaLink="false">w-1</guid><pubDate>Wed, 14 Sep 2022 09:30:00 +0400</pubDate><dc:creator>Desk</dc:creator><category>Politics</category><description><![CDATA[<p>Twelve were killed &mdash; officials said.</p><figure><img src="x.jpg"/><figcaption>A post in 2020</figcaption></figure>]]></description><content:encoded><![CDATA[<p>Twelve were killed.</p><ul><li>One</li><li>Two</li></ul>]]></content:encoded><media:content url="https://wire.example/x.jpg"><media:description>Archive</media:description></media:content></item>
<item><title>Talks &lt;b&gt;begin&lt;/b&gt;</title><guid>https://wire.example/a/2</guid><pubDate>14 сентября 2022, 10:00</pubDate><description>Plain words &amp;nbsp; here</description></item>
</channel></rss>`,
  `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://fil.example/"><title type="text">Fil</title><link href="/"/><updated>2022-09-14T08:00:00Z</updated><entry><id>tag:fil.example,2022:1</id><title type="html">Bilan &lt;i&gt;provisoire&lt;/i&gt;</title><link rel="alternate" href="a/1"/><published>2022-09-14T08:00:00+02:00</published><updated>2022-09-14T08:05:00Z</updated><author><name>Rédaction</name><email>r@fil.example</email></author><category term="guerre" label="Guerre"/><summary>Court</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Au moins <b>49</b> morts.</p></div></content></entry></feed>`,
  `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title><entry><title>Entry</title><link rel="alternate" type="text/html" href="https://old.example/1"/><id>o1</id><issued>2022-09-14T08:00:00Z</issued><modified>2022-09-14T09:00:00Z</modified><content mode="escaped" type="text/html">&lt;p&gt;Body&lt;/p&gt;</content></entry></feed>`,
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel rdf:about="https://rdf.example/"><title>RDF</title><link>https://rdf.example/</link><sy:updatePeriod>hourly</sy:updatePeriod><items><rdf:Seq><rdf:li rdf:resource="https://rdf.example/1"/></rdf:Seq></items></channel><item rdf:about="https://rdf.example/1"><title>حصيلة جديدة</title><link>https://rdf.example/1</link><description>مقتل ٤٩ جنديا</description><dc:date>2022-09-14T08:00Z</dc:date></item></rdf:RDF>`,
  `<rss version="0.91"><channel><title>Nine</title><link>http://nine.example</link><item><title>One</title><link>/1</link><description>Text</description></item><item><title>Two</title></item></channel></rss>`,
  JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: "JSON",
    home_page_url: "https://json.example/",
    items: [
      {
        id: 7,
        url: "https://json.example/7",
        title: "Seven",
        content_html: "<p>Seven <b>killed</b></p>",
        date_published: "2022-09-14T08:00:00Z",
        authors: [{ name: "A" }],
        tags: ["x"],
      },
      { id: "8", content_text: "Plain\n\ntext", summary: "S", date_modified: "2022-09-14T08:00:00+04:00" },
    ],
  }),
  `<?xml version="1.0"?><a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>P</a:title><a:entry><a:id>1</a:id><a:title>Prefixed</a:title><a:link/><a:updated>not a date</a:updated></a:entry></a:feed>`,
];
