/** The one thing to do for who is not signed in, with the way back to where they came. */
export function LoginFirst({ back, words }: { back: string; words: { login: string; loginLead: string } }) {
  return (
    <>
      <p class="actions">
        <a class="button big" href={`/login?return=${encodeURIComponent(back)}`}>
          {words.login}
        </a>
      </p>
      <p class="note">{words.loginLead}</p>
    </>
  );
}
