// One report to the server. What comes back is one of:
//   sent (location, message) · sign-in · conflict (message) · refused (message) · later · unknown

const PATIENCE = 20_000;

export async function post(url, body, owner) {
  const form = new URLSearchParams(body);
  form.set("owner", owner);
  let answer;
  try {
    answer = await fetch(url, {
      method: "POST",
      headers: { "X-Offline-Report": "1", Accept: "application/json" },
      body: form,
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return { state: "later" };
  }
  return judge(answer);
}

/** Whether the server can be reached at all. */
export async function reachable() {
  try {
    return (await fetch("/health/live", { cache: "no-store", signal: AbortSignal.timeout(5_000) })).status < 500;
  } catch {
    return false;
  }
}

async function judge(answer) {
  const { status } = answer;
  // A guard that sends to the sign-in page says the same as 401.
  if (status === 401 || answer.type === "opaqueredirect") return { state: "sign-in" };
  if (status >= 500 || status === 429 || status === 408) return { state: "later" };
  const { location = "/", message = "" } = await answer.json().catch(() => ({}));
  if (status === 200 || status === 201) return { state: "sent", location, message };
  if (status === 409) return { state: "conflict", message };
  if (status === 422) return { state: "refused", message };
  return { state: "unknown", message };
}
