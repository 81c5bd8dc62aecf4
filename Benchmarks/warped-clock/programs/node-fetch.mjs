// Delivers one event with fetch and setTimeout: 30 s limit, retries after 5 and 10 minutes.

const url = process.env.HOOK_URL;
const pauses = [300_000, 600_000];

async function attempt() {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: 'evt_1' }),
      signal: AbortSignal.timeout(30_000),
    });
    await answer.text();
    return answer.status;
  } catch (failure) {
    return failure.name;
  }
}

async function deliver(failures) {
  const started = performance.now();
  const outcome = await attempt();
  console.log(`${outcome} after ${((performance.now() - started) / 1000).toFixed(3)} s`);
  if (outcome === 200 || failures === pauses.length) process.exit(outcome === 200 ? 0 : 1);
  setTimeout(() => deliver(failures + 1), pauses[failures]);
}

deliver(0);
