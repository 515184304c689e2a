/** Ends the session; the server answers with the page to sign in. */
export function SignOut({ class: name, children }: { class: string; children: string }) {
  return (
    <form method="post" action="/sign-out">
      <button type="submit" class={name}>
        {children}
      </button>
    </form>
  );
}
