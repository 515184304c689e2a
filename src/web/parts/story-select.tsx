interface StorySelectProps {
  readonly stories: readonly { readonly id: string; readonly title: string }[];
  readonly story: string;
  readonly onStory: (id: string) => void;
}

/** One of the stories; its label stands around it. */
export function StorySelect({ stories, story, onStory }: StorySelectProps) {
  return (
    <select value={story} onChange={(event) => onStory(event.currentTarget.value)}>
      {stories.map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </select>
  );
}
