import type { ComponentChildren } from "preact";

interface StorySelectProps {
  readonly class?: string;
  readonly label: ComponentChildren;
  readonly stories: readonly { readonly id: string; readonly title: string }[];
  readonly story: string;
  readonly onStory: (id: string) => void;
}

/** One of the stories. */
export function StorySelect({ class: looks, label, stories, story, onStory }: StorySelectProps) {
  return (
    <label class={looks}>
      {label}
      <select value={story} onChange={(event) => onStory(event.currentTarget.value)}>
        {stories.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
