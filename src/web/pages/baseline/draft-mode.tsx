import { useState } from "preact/hooks";
import type { CodedShown } from "../../../api/coded-reason.ts";
import type { BaselineDraft } from "../../../domain/baseline/draft.ts";
import type { Article } from "../../../domain/baseline/draft-article.ts";
import { post } from "../../api/client.ts";
import { useUnsaved } from "../../api/unsaved.ts";
import { useSubmission } from "../../api/use-submission.ts";
import { Form } from "../../parts/form.tsx";
import { FormField } from "../../parts/form-field.tsx";
import { LanguageField } from "../../parts/language-field.tsx";
import { useWords } from "../../words/words.ts";
import type { BaselineShown } from "./baseline-page.tsx";
import { ReviewStep } from "./review-step.tsx";
import { words } from "./words.ts";

export interface Drawn {
  readonly article: Article;
  readonly draft: BaselineDraft;
  readonly notesCoded: Readonly<Record<string, CodedShown>>;
}

/** From a pasted article to a reviewed baseline. The text stays in this window: neither it nor the draft is kept. */
export function DraftMode({ file, onSaved }: { file: BaselineShown; onSaved: () => void }) {
  const text = useWords(words);
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const [turn, setTurn] = useState(0);
  if (drawn !== null)
    return <ReviewStep key={turn} file={file} drawn={drawn} onAgain={() => setDrawn(null)} onSaved={onSaved} />;
  return (
    <ArticleForm
      story={file.story}
      text={text}
      onDrawn={(found) => {
        setTurn(turn + 1);
        setDrawn(found);
      }}
    />
  );
}

interface ArticleFormProps {
  readonly story: string;
  readonly text: (typeof words)["en"];
  readonly onDrawn: (drawn: Drawn) => void;
}

/** What the API takes. */
const LONGEST = 200_000;

function ArticleForm({ story, text, onDrawn }: ArticleFormProps) {
  const [article, setArticle] = useState("");
  useUnsaved(article.trim() !== "");
  const [published, setPublished] = useState("");
  const [lang, setLang] = useState("");
  const {
    busy,
    problem,
    submit: draw,
  } = useSubmission(async () => {
    const given = { story, article, ...(published === "" ? {} : { published }), ...(lang === "" ? {} : { lang }) };
    onDrawn(await post<Drawn>("/api/v1/baseline/draft", given));
  });
  return (
    <Form class="card stack" onSubmit={draw}>
      <FormField
        label={text.article}
        hint={text.articleHint}
        problem={problem?.problemOf("article") ?? problem?.problemApartFrom("article", "published", "lang")}
      >
        {(control) => (
          <textarea
            {...control}
            dir="auto"
            rows={14}
            required
            maxLength={LONGEST}
            value={article}
            onInput={(event) => setArticle(event.currentTarget.value)}
          />
        )}
      </FormField>
      <div class="baseline-said">
        <FormField label={text.published} hint={text.publishedHint} optional problem={problem?.problemOf("published")}>
          {(control) => (
            <input
              {...control}
              type="date"
              value={published}
              onInput={(event) => setPublished(event.currentTarget.value)}
            />
          )}
        </FormField>
        <LanguageField
          label={text.lang}
          hint={text.langHint}
          optional
          problem={problem?.problemOf("lang")}
          lang={lang}
          onLang={setLang}
        />
      </div>
      <p>
        <button type="submit" class="button button-primary" disabled={busy || article.trim() === ""}>
          {busy ? text.drawing : text.draw}
        </button>
      </p>
    </Form>
  );
}
