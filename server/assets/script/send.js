// Posting a form without leaving the page, so that nothing typed is lost when the network is.

/** The answer's page as a document, or why there is none: "offline", or "busy" where the server cannot say anything of ours. */
export async function post(address, fields, fetcher = fetch) {
  let answer;
  try {
    answer = await fetcher(address, { method: "POST", body: new URLSearchParams(fields), credentials: "omit" });
  } catch {
    return "offline";
  }
  const text = await answer.text();
  return /<div data-page="/.test(text) ? text : "busy";
}

/** 32 hexadecimal digits from the phone's own source of chance: the key under which sending twice is sending once. */
export function newKey(source = crypto) {
  return Array.from(source.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
